// SPDX-License-Identifier: Apache-2.0
#include "coinvest/ties/hypergeometric.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

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
  if (auto accepted = check_options(options); !accepted) return tl::unexpected(accepted.error());
  const Choices choices = count_choices(deals, options.by);
  TieTests result;
  result.total = static_cast<std::uint32_t>(choices.chosen_by.size());
  result.tests = count_tests(choices, ties, options);
  const Hypergeometric distribution(result.total);

  // Few distinct degrees, many ties.
  std::map<std::array<std::uint32_t, 3>, Tails> known;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> least;
  result.rows.reserve(ties.size());
  for (const Tie& tie : ties) {
    if (context.stopped()) return cancelled();
    const auto [fewer, more] = std::minmax(choices.chosen.at(tie.a), choices.chosen.at(tie.b));
    const std::uint32_t shared = options.by == TieBy::round ? tie.shared_rounds : tie.shared_companies;
    const auto [tails, is_new] = known.try_emplace({fewer, more, shared});
    if (is_new) tails->second = distribution.tails(fewer, more, shared);
    const auto [smallest, first_seen] = least.try_emplace({fewer, more});
    if (first_seen) smallest->second = distribution.tails(fewer, more, fewer).over;
    TieTest& row = result.rows.emplace_back();
    row.p_over = tails->second.over;
    row.p_under = tails->second.under;
    row.p_least = smallest->second;
  }
  correct(result, options);
  return result;
}

}  // namespace coinvest
