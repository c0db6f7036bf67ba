// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/graph_format.hpp"

namespace coinvest {
namespace {

constexpr std::array<GraphFormat, 7> all_formats{{
    {"graphml", ".graphml", "GraphML with typed attributes: igraph, NetworkX, Gephi, yEd", {{{"", write_graphml}}}},
    {"gexf",
     ".gexf",
     "GEXF 1.3 with the days from which to which vertices and edges are there: Gephi",
     {{{"", write_gexf}}}},
    {"json", ".json", "node-link JSON: NetworkX, D3", {{{"", write_node_link}}}},
    {"pajek", ".net", "Pajek network, of two modes if bipartite", {{{"", write_pajek}}}},
    {"csv",
     ".csv",
     "edge list as Gephi imports it, beside it the nodes",
     {{{"", write_gephi_edges}, {"-nodes.csv", write_gephi_nodes}}}},
    {"mtx",
     ".mtx",
     "Matrix Market, beside it what rows and columns are: SciPy, Octave, R",
     {{{"", write_matrix_market}, {"-nodes.csv", write_gephi_nodes}}}},
    {"neo4j",
     "",
     "a folder for neo4j-admin import, with a Cypher script",
     {{{"investors.csv", write_neo4j_investors},
       {"companies.csv", write_neo4j_companies},
       {"relationships.csv", write_neo4j_relationships},
       {"same_as.csv", write_neo4j_same_as},
       {"load.cypher", write_neo4j_script}}}},
}};

}  // namespace

std::span<const GraphFormat> graph_formats() {
  return all_formats;
}

std::string_view xml_type(AttributeType type) {
  switch (type) {
    case AttributeType::count:
      return "long";
    case AttributeType::number:
      return "double";
    case AttributeType::yes_no:
      return "boolean";
    case AttributeType::text:
      break;
  }
  return "string";
}

std::string escape_xml(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\t')
      out += "&#9;";
    else if (c == '\n')
      out += "&#10;";
    else if (c == '\r')
      out += "&#13;";
    else if (c >= 0 && c < 0x20)
      out += {'\xE2', '\x90', static_cast<char>('\x80' + c)};
    else if (text.substr(at).starts_with("\xEF\xBF\xBE") || text.substr(at).starts_with("\xEF\xBF\xBF")) {
      out += "\uFFFD";
      at += 2;
    } else
      out += c;
  }
  return out;
}

}  // namespace coinvest
