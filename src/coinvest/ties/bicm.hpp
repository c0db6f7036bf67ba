// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/ties/validation.hpp"

namespace coinvest {

/// The bipartite configuration model: the most random graph in which every investor and every company has its degree
/// on average. An edge has probability x y / (1 + x y), where x belongs to the investor's degree and y to the
/// company's.
class Bicm {
 public:
  /// `rows` and `columns` are degrees of a real graph. Investors of all companies, and the like, are set aside and
  /// certain; the rest is solved by Newton's method, per distinct degree, until no degree is off by more than 1e-10.
  /// Fails (numeric) if 200 steps do not get there; cancelled. O(c³) per step for c distinct degrees.
  static Result<Bicm> solve(std::span<const std::uint32_t> rows, std::span<const std::uint32_t> columns,
                            const Context& context = {});

  /// Of an edge between an investor and a company of these degrees, which must occur.
  double probability(std::uint32_t row, std::uint32_t column) const;
  double log_likelihood() const { return log_likelihood_; }  ///< of the graph

  /// How two investors of these degrees share companies by chance: P(X = x) for x = 0 ... at least `most`, up to where
  /// terms no longer count. X is Poisson-binomial: exact, by convolution over the companies' degrees.
  /// Of no use once the stop flag is raised.
  std::vector<double> shared(std::uint32_t row_a, std::uint32_t row_b, std::uint32_t most,
                             const Context& context = {}) const;

 private:
  std::map<std::uint32_t, std::size_t> row_class_, column_class_;
  std::vector<double> column_count_;
  std::vector<std::vector<double>> probability_;  ///< per row class and column class
  double log_likelihood_ = 0;
};

/// As `validate_hypergeometric`, but companies differ in how many investors they attract: X is the number of companies
/// (rounds) that both hold in the bipartite configuration model. Exact, no approximation. Runs on threads.
/// Fails (usage): alpha outside (0, 1), ties of a window; numeric; cancelled. O(pairs of distinct degrees · c ·
/// shared²). Source: Saracco et al. 2017, doi:10.1088/1367-2630/aa6b38; Newton: Vallarano et al. 2021,
/// doi:10.1038/s41598-021-93830-4.
Result<TieTests> validate_bicm(const Deals& deals, std::span<const Tie> ties, const ValidateOptions& options,
                               const Context& context);

}  // namespace coinvest
