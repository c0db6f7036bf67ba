// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/hypergeometric.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include "coinvest/base/statistics.hpp"

namespace coinvest {
namespace {

/// A sum of terms given by their logarithms, without overflow or underflow of the largest.
class LogSum {
 public:
  void add(double log_term) {
    if (log_term > largest_) {
      sum_ = sum_ * std::exp(largest_ - log_term) + 1;
      largest_ = log_term;
    } else {
      sum_ += std::exp(log_term - largest_);
    }
  }
  double value() const { return std::min(1.0, std::exp(largest_) * sum_); }

 private:
  double largest_ = -std::numeric_limits<double>::infinity();
  double sum_ = 0;
};

/// What each investor chose from: its companies, or its rounds.
struct Choices {
  std::uint32_t total = 0;
  std::uint64_t investors = 0;
  std::map<InvestorId, std::uint32_t> chosen;
};

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
  result.total = static_cast<std::uint32_t>(groups.size());
  for (const auto& [investor, group] : choices) ++result.chosen[investor];
  result.investors = result.chosen.size();
  return result;
}

void adjust(TieTests& tests, const ValidateOptions& options) {
  std::vector<double> p;  // all over-tails, then all under-tails if tested
  for (const TieTest& row : tests.rows) p.push_back(row.p_over);
  if (options.sides == Sides::both)
    for (const TieTest& row : tests.rows) p.push_back(row.p_under);
  if (options.correction == Correction::fdr) {
    p = benjamini_hochberg(p, tests.tests);
  } else {
    for (double& value : p) value = std::min(1.0, value * static_cast<double>(tests.tests));
  }
  for (std::size_t row = 0; row < tests.rows.size(); ++row) {
    tests.rows[row].q = p[row];
    if (options.sides == Sides::both && tests.rows[row].p_under < tests.rows[row].p_over)
      tests.rows[row].q = p[row + tests.rows.size()];
    tests.rows[row].validated = tests.rows[row].q <= options.alpha;
    if (tests.rows[row].validated) ++tests.validated;
  }
}

}  // namespace

Hypergeometric::Hypergeometric(std::uint32_t total) : log_factorial_(std::size_t{total} + 1) {
  // Sums of logarithms would gather rounding errors; log-gamma does not.
  for (std::size_t k = 0; k < log_factorial_.size(); ++k) log_factorial_[k] = std::lgamma(static_cast<double>(k) + 1);
}

Tails Hypergeometric::tails(std::uint32_t chosen_a, std::uint32_t chosen_b, std::uint32_t shared) const {
  const auto total = static_cast<std::uint32_t>(log_factorial_.size() - 1);
  const std::uint32_t least = chosen_a > total - chosen_b ? chosen_a - (total - chosen_b) : 0;
  const std::uint32_t most = std::min(chosen_a, chosen_b);
  const double all = log_choose(total, chosen_b);
  LogSum over, under;
  for (std::uint32_t x = least; x <= most; ++x) {
    const double term = log_choose(chosen_a, x) + log_choose(total - chosen_a, chosen_b - x) - all;
    if (x >= shared) over.add(term);
    if (x <= shared) under.add(term);
  }
  return {shared <= least ? 1 : over.value(), shared >= most ? 1 : under.value()};
}

Result<TieTests> validate_hypergeometric(const Deals& deals, std::span<const Tie> ties, const ValidateOptions& options,
                                         const Context& context) {
  if (!(options.alpha > 0 && options.alpha < 1))
    return fail(ErrorKind::usage, "alpha must lie between 0 and 1, not " + std::to_string(options.alpha));
  const Choices choices = count_choices(deals, options.by);
  const Hypergeometric distribution(choices.total);
  TieTests result;
  result.total = choices.total;
  result.tests =
      options.tests == TestsCounted::observed ? ties.size() : choices.investors * (choices.investors - 1) / 2;
  if (options.sides == Sides::both) result.tests *= 2;

  std::map<std::array<std::uint32_t, 3>, Tails> known;  // few distinct degrees, many ties
  result.rows.reserve(ties.size());
  for (const Tie& tie : ties) {
    if (context.stopped()) return cancelled();
    const auto [fewer, more] = std::minmax(choices.chosen.at(tie.a), choices.chosen.at(tie.b));
    const std::uint32_t shared = options.by == TieBy::round ? tie.shared_rounds : tie.shared_companies;
    const auto [tails, is_new] = known.try_emplace({fewer, more, shared});
    if (is_new) tails->second = distribution.tails(fewer, more, shared);
    result.rows.push_back({tails->second.over, tails->second.under});
  }
  adjust(result, options);
  return result;
}

}  // namespace coinvest
