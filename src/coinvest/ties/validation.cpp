// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/validation.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "coinvest/base/statistics.hpp"

namespace coinvest {

Choices count_choices(const Deals& deals, TieBy by) {
  std::vector<std::pair<InvestorId, std::uint64_t>> choices;
  std::vector<std::uint64_t> groups;
  for (std::size_t position = 0; position < deals.size(); ++position)
    for (const InvestorId investor : deals.participants(position)) {
      groups.push_back(by == TieBy::round ? position : index(deals.company(position)));
      choices.emplace_back(investor, groups.back());
    }
  const auto distinct = [](auto& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  };
  distinct(choices);
  distinct(groups);
  Choices result;
  result.chosen_by.assign(groups.size(), 0);
  for (const auto& [investor, group] : choices) {
    ++result.chosen[investor];
    ++result
          .chosen_by[static_cast<std::size_t>(std::lower_bound(groups.begin(), groups.end(), group) - groups.begin())];
  }
  return result;
}

Result<void> check_alpha(double alpha) {
  if (alpha > 0 && alpha < 1) return {};
  return fail(ErrorKind::usage, "alpha must lie between 0 and 1, not " + std::to_string(alpha));
}

Result<void> check_options(const ValidateOptions& options) {
  if (options.by == TieBy::window)
    return fail(ErrorKind::usage, "ties of a window have no test against chance: no null model here knows days");
  return check_alpha(options.alpha);
}

std::uint64_t count_tests(const Choices& choices, std::span<const Tie> ties, const ValidateOptions& options) {
  const std::uint64_t investors = choices.chosen.size();
  const std::uint64_t pairs = options.tests == TestsCounted::observed ? ties.size() : investors * (investors - 1) / 2;
  return options.sides == Sides::both ? 2 * pairs : pairs;
}

void correct(TieTests& tests, const ValidateOptions& options) {
  std::vector<double> p;  // all over-tails, then all under-tails if tested
  for (const TieTest& row : tests.rows) p.push_back(row.p_over);
  if (options.sides == Sides::both)
    for (const TieTest& row : tests.rows) p.push_back(row.p_under);
  if (options.correction == Correction::fdr) {
    p = benjamini_hochberg(p, tests.tests);
  } else {
    for (double& value : p) value = std::min(1.0, value * static_cast<double>(tests.tests));
  }
  const auto passed = static_cast<double>(std::ranges::count_if(p, [&](double q) { return q <= options.alpha; }));
  const double rank = options.correction == Correction::fdr ? std::max(1.0, passed) : 1;
  tests.threshold = options.alpha * rank / static_cast<double>(std::max<std::uint64_t>(1, tests.tests));
  for (std::size_t row = 0; row < tests.rows.size(); ++row) {
    tests.rows[row].q = p[row];
    if (options.sides == Sides::both && tests.rows[row].p_under < tests.rows[row].p_over)
      tests.rows[row].q = p[row + tests.rows.size()];
    tests.rows[row].validated = tests.rows[row].q <= options.alpha;
    if (tests.rows[row].validated) ++tests.validated;
  }
}

}  // namespace coinvest
