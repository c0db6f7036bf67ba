// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/model/selection.hpp"
#include "coinvest/ties/ties.hpp"
#include "coinvest/ties/validation.hpp"

namespace coinvest {

/// Chance of sharing that many or more, and that many or fewer, of N if both had chosen at random.
struct Tails {
  double over = 1;
  double under = 1;
};

/// Tail sums of the hypergeometric distribution: a chooses `chosen_a`, b `chosen_b` of `total`, `shared` in common.
/// Summed as logarithms, so that p-values far below 1e-300 of single terms stay right relative to each other.
/// The least p that b can reach is that of shared = min(chosen_a, chosen_b). O(min(chosen_a, chosen_b)) after a table
/// of O(total) logarithms, made once per object.
class Hypergeometric {
 public:
  explicit Hypergeometric(std::uint32_t total);
  Tails tails(std::uint32_t chosen_a, std::uint32_t chosen_b, std::uint32_t shared) const;

 private:
  double log_choose(std::uint32_t of, std::uint32_t chosen) const {
    return log_factorial_[of] - log_factorial_[chosen] - log_factorial_[of - chosen];
  }
  std::vector<double> log_factorial_;
};

/// Which ties are closer than chance, given how much each investor invests. Companies are taken as equally likely:
/// their popularity is not modelled. Pairs without a tie count as tests with p = 1, never as rows.
/// Two investors with one company each reach at best p = 1/N and cannot pass a correction for all pairs of real data.
/// Fails (usage): alpha outside (0, 1), ties of a window; cancelled. O(distinct (k_a, k_b, x) · k + T' log T') for T'
/// ties. Source: Tumminello et al. 2011, doi:10.1371/journal.pone.0017994.
Result<TieTests> validate_hypergeometric(const Deals& deals, std::span<const Tie> ties, const ValidateOptions& options,
                                         const Context& context);

}  // namespace coinvest
