// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "coinvest/base/file.hpp"
#include "coinvest/graph/attributed.hpp"

namespace coinvest {

/// Gathers small pieces of text, so that a sink gets few large ones.
class Pieces {
 public:
  explicit Pieces(const Sink& sink) : sink_(&sink) {}
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;
  ~Pieces() { (*sink_)(text_); }
  Pieces& operator<<(std::string_view text) {
    text_ += text;
    if (text_.size() < largest) return *this;
    (*sink_)(text_);
    text_.clear();
    return *this;
  }

 private:
  static constexpr std::size_t largest = std::size_t{1} << 20;
  const Sink* sink_;
  std::string text_;
};

/// A file of a format: all the bytes, from the graph alone. Stopped, it leaves out edges: the caller asks the context.
struct GraphPart {
  std::string_view name;  ///< "": the file itself; "-x.csv": beside it, behind its name; else a file of a folder
  void (*write)(const AttributedGraph&, Pieces&) = nullptr;
};

/// A graph format of other tools.
struct GraphFormat {
  std::string_view name;
  std::string_view extension;  ///< of file names, with its dot; "" for a folder
  std::string_view summary;
  std::array<GraphPart, 5> parts;  ///< the main one first; unused ones have no writer

  bool is_folder() const { return extension.empty(); }
};

std::span<const GraphFormat> graph_formats();

// One per file, each in the file of its format.
void write_graphml(const AttributedGraph& graph, Pieces& out);
void write_gexf(const AttributedGraph& graph, Pieces& out);
void write_node_link(const AttributedGraph& graph, Pieces& out);
void write_pajek(const AttributedGraph& graph, Pieces& out);
void write_matrix_market(const AttributedGraph& graph, Pieces& out);
void write_gephi_edges(const AttributedGraph& graph, Pieces& out);
void write_gephi_nodes(const AttributedGraph& graph, Pieces& out);
void write_neo4j_investors(const AttributedGraph& graph, Pieces& out);
void write_neo4j_companies(const AttributedGraph& graph, Pieces& out);
void write_neo4j_relationships(const AttributedGraph& graph, Pieces& out);
void write_neo4j_same_as(const AttributedGraph& graph, Pieces& out);
void write_neo4j_script(const AttributedGraph& graph, Pieces& out);

/// What the formats of XML call a type.
std::string_view xml_type(AttributeType type);

/// What XML may hold: & < > " and white space that a reader would change as entities, other control characters as
/// pictures (U+2400...), the two characters that no document may have as U+FFFD.
std::string escape_xml(std::string_view text);

}  // namespace coinvest
