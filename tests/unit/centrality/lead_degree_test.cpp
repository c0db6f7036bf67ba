// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "centrality/run.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "fixtures.hpp"

namespace coinvest {
namespace {

Coinvestment ties_of(const std::vector<std::string_view>& lines, std::uint32_t max_syndicate = 0) {
  DatasetBuilder builder(Identity::safe, Cleaning::standard);
  fixtures::add_rounds(builder, builder.add_file({"a.csv", "a.csv", "", lines.size()}), lines);
  const Dataset data = builder.finish().value();
  const Deals deals = select(data, {});
  return build_coinvestment(deals, build_bipartite(deals), {.max_syndicate = max_syndicate}, Context{}).value();
}

Column lead_column(std::string_view name, const Coinvestment& ties) {
  return find_measure(name)->run(ties.view(), MeasureParams{}, Context{}).value();
}

TEST_CASE("nine rounds: A led B; C led A and B; D led B and E") {
  const Dataset data = fixtures::f1();
  const Deals deals = select(data, {});
  const Coinvestment ties = build_coinvestment(deals, build_bipartite(deals), {}, Context{}).value();
  CHECK(ties.leads.followers == std::vector<std::uint32_t>{1, 0, 1, 1, 4});
  CHECK(ties.leads.weights == std::vector<double>{1, 2, 1, 1, 1});  // C led A twice
  CHECK(lead_column("outdegree", ties).values == std::vector<double>{1, 0, 2, 2, 0});
  CHECK(lead_column("indegree", ties).values == std::vector<double>{1, 3, 0, 0, 1});
  CHECK(lead_column("outdegree", ties).normalised == std::vector<double>{.25, 0, .5, .5, 0});
}

TEST_CASE("co-leads have no arc, and a sole lead leads nobody") {
  const auto ties = ties_of({"R1 X 2020 A* B* C", "R2 Y 2020 D*"});
  CHECK(lead_column("outdegree", ties).values == std::vector<double>{1, 1, 0, 0});
  CHECK(lead_column("indegree", ties).values == std::vector<double>{0, 0, 2, 0});
}

TEST_CASE("without a known lead the lead degrees are undefined, not zero") {
  for (const auto& ties : {ties_of({"R1 X 2020 A B"}), ties_of({"R1 X 2020 A* B C"}, 2)}) {
    for (const char* name : {"indegree", "outdegree"}) {
      const auto column = lead_column(name, ties);
      CHECK(std::isnan(column.values[0]));
      CHECK(std::isnan(column.normalised[0]));
      CHECK(column.why == std::vector<Why>(ties.investors.size(), Why::no_leads));
    }
  }
}

}  // namespace
}  // namespace coinvest
