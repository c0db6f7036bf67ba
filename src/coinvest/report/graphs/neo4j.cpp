// SPDX-License-Identifier: Apache-2.0
#include "coinvest/base/text.hpp"
#include "coinvest/report/display.hpp"
#include "coinvest/report/graph_format.hpp"

namespace coinvest {
namespace {

std::string days(const RoundsBehind& behind) {
  return behind.dated() ? format_day(behind.first) + "," + format_day(behind.last) : ",";
}

}  // namespace

void write_neo4j_investors(const AttributedGraph& of, Pieces& out) {
  const NamedGraph& graph = of.graph;
  out << "investorId:ID(Investor),name,type,country,rounds:int,led:int,first:date,last:date,:LABEL\n";
  for (std::uint32_t v = 0; v < graph.view.investors; ++v) {
    const std::size_t investor = index(graph.investors[v]);
    out << csv_field(graph.id(v)) << "," << csv_field(graph.name(v)) << ","
        << csv_field(graph.data->investors.type[investor]) << "," << csv_field(graph.data->investors.country[investor])
        << "," << std::to_string(of.vertices[v].rounds) << "," << std::to_string(of.vertices[v].led) << ","
        << days(of.vertices[v]) << ",Investor\n";
  }
}

void write_neo4j_companies(const AttributedGraph& of, Pieces& out) {
  const NamedGraph& graph = of.graph;
  out << "companyId:ID(Company),name,sector,country,rounds:int,first:date,last:date,:LABEL\n";
  for (std::uint32_t v = graph.view.investors; v < graph.view.vertices(); ++v) {
    const std::size_t company = index(graph.companies[v - graph.view.investors]);
    out << csv_field(graph.id(v)) << "," << csv_field(graph.name(v)) << ","
        << csv_field(graph.data->companies.sector[company]) << "," << csv_field(graph.data->companies.country[company])
        << "," << std::to_string(of.vertices[v].rounds) << "," << days(of.vertices[v]) << ",Company\n";
  }
}

void write_neo4j_relationships(const AttributedGraph& of, Pieces& out) {
  const bool bipartite = of.graph.view.kind == GraphKind::bipartite;
  out << ":START_ID(Investor),weight:double,rounds:int,first:date,last:date,"
      << (bipartite ? ":END_ID(Company),:TYPE\n" : ":END_ID(Investor),:TYPE\n");
  for_each_edge(of, [&](const AttributedEdge& edge) {
    out << csv_field(of.graph.id(edge.source)) << "," << exact_text(Cell{edge.weight}) << ","
        << std::to_string(edge.behind->rounds) << "," << days(*edge.behind) << ","
        << csv_field(of.graph.id(edge.target)) << (bipartite ? ",INVESTED_IN\n" : ",COINVESTED_WITH\n");
  });
}

void write_neo4j_same_as(const AttributedGraph& of, Pieces& out) {
  out << ":START_ID(Investor),:END_ID(Company),:TYPE\n";
  for (std::uint32_t v = 0; v < of.graph.view.investors; ++v)
    if (of.same_as[v] != AttributedGraph::no_vertex)
      out << csv_field(of.graph.id(v)) << "," << csv_field(of.graph.id(of.same_as[v])) << ",SAME_AS\n";
}

void write_neo4j_script(const AttributedGraph& of, Pieces& out) {
  const bool bipartite = of.graph.view.kind == GraphKind::bipartite;
  out << R"(// Into an empty database, in one step:
//   neo4j-admin database import full --multiline-fields=true --nodes=investors.csv --nodes=companies.csv \
//     --relationships=relationships.csv --relationships=same_as.csv
// Or into a running one: copy the files to its import folder, and run this script.
CREATE CONSTRAINT IF NOT EXISTS FOR (i:Investor) REQUIRE i.investorId IS UNIQUE;
CREATE CONSTRAINT IF NOT EXISTS FOR (c:Company) REQUIRE c.companyId IS UNIQUE;
LOAD CSV WITH HEADERS FROM 'file:///investors.csv' AS row
MERGE (i:Investor {investorId: row['investorId:ID(Investor)']})
SET i.name = row.name, i.type = row.type, i.country = row.country, i.rounds = toInteger(row['rounds:int']),
    i.led = toInteger(row['led:int']), i.first = date(row['first:date']), i.last = date(row['last:date']);
LOAD CSV WITH HEADERS FROM 'file:///companies.csv' AS row
MERGE (c:Company {companyId: row['companyId:ID(Company)']})
SET c.name = row.name, c.sector = row.sector, c.country = row.country, c.rounds = toInteger(row['rounds:int']),
    c.first = date(row['first:date']), c.last = date(row['last:date']);
LOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row
MATCH (a:Investor {investorId: row[':START_ID(Investor)']})
)"
      << (bipartite ? "MATCH (b:Company {companyId: row[':END_ID(Company)']})\nMERGE (a)-[r:INVESTED_IN]->(b)\n"
                    : "MATCH (b:Investor {investorId: row[':END_ID(Investor)']})\nMERGE (a)-[r:COINVESTED_WITH]->(b)\n")
      << R"(SET r.weight = toFloat(row['weight:double']), r.rounds = toInteger(row['rounds:int']),
    r.first = date(row['first:date']), r.last = date(row['last:date']);
LOAD CSV WITH HEADERS FROM 'file:///same_as.csv' AS row
MATCH (a:Investor {investorId: row[':START_ID(Investor)']})
MATCH (b:Company {companyId: row[':END_ID(Company)']})
MERGE (a)-[:SAME_AS]->(b);
)";
}

}  // namespace coinvest
