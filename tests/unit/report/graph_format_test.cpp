// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/graph_format.hpp"

#include <atomic>
#include <string>

#include "catch.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

/// One round of so many investors: every two of them are a tie.
Dataset syndicate_of(std::size_t investors) {
  std::string line = "R1 Alpha 2020";
  for (std::size_t i = 0; i < investors; ++i) line += " investor" + std::to_string(i);
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"deals.csv", "deals.csv", "", 1}), {line});
  return builder.finish().value();
}

TEST_CASE("a writer that is stopped leaves the rest of the edges out") {
  const Dataset data = syndicate_of(400);
  const Deals deals = select(data, {});
  const Coinvestment graph = build_coinvestment(deals, build_bipartite(deals), {}, {}).value();
  for (const GraphFormat& format : graph_formats())
    for (const GraphPart& part : format.parts) {
      if (part.write == nullptr) break;
      std::atomic<bool> stop{false};
      Context context;
      context.stop = &stop;
      const AttributedGraph of = attributed(deals, {graph, data}, context).value();
      std::size_t whole = 0, written = 0;
      const Sink count = [&](std::string_view bytes) { whole += bytes.size(); };
      const Sink interrupt = [&](std::string_view bytes) {
        written += bytes.size();
        stop = true;
      };
      {
        Pieces out(count);
        part.write(of, out);
      }
      {
        Pieces out(interrupt);
        part.write(of, out);
      }
      INFO(format.name << part.name);
      CHECK((written < whole) == (whole > (std::size_t{3} << 19)));  // the first piece is of 1 MiB
    }
  std::atomic<bool> stopped{true};
  Context context;
  context.stop = &stopped;
  CHECK(attributed(deals, {graph, data}, context).error().kind == ErrorKind::cancelled);
}

TEST_CASE("the two sides of one organisation know each other") {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"deals.csv", "deals.csv", "", 2}),
                       {"R1 Alpha 2020 A Beta", "R2 Beta 2021 A"});
  const Dataset data = builder.finish().value();
  const Deals deals = select(data, {});
  const Bipartite graph = build_bipartite(deals);
  const AttributedGraph of = attributed(deals, {graph, data}, {}).value();
  const std::vector<std::uint32_t> expected{AttributedGraph::no_vertex, 3, AttributedGraph::no_vertex, 1};
  CHECK(of.same_as == expected);  // A, Beta; Alpha, Beta
  const auto written = [&](auto write) {
    std::string text;
    const Sink sink = [&](std::string_view bytes) { text += bytes; };
    {
      Pieces out(sink);
      write(of, out);
    }
    return text;
  };
  CHECK(written(write_neo4j_same_as) == ":START_ID(Investor),:END_ID(Company),:TYPE\ni:Beta,c:Beta,SAME_AS\n");
  CHECK(written(write_node_link).find("\"same_as\": \"c:Beta\"") != std::string::npos);
}

}  // namespace
}  // namespace coinvest
