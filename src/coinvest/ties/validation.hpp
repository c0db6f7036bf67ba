// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <vector>

#include "coinvest/base/result.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/model/selection.hpp"
#include "coinvest/ties/ties.hpp"

// What the tests of ties share.

namespace coinvest {

/// How many tests are corrected for.
enum class TestsCounted : std::uint8_t {
  all,       ///< every pair of investors: those that never met were tested as well
  observed,  ///< the ties alone: a selection error, for replication only
};
enum class Correction : std::uint8_t { fdr, bonferroni };
enum class Sides : std::uint8_t {
  over,  ///< do they meet more often than by chance?
  both,  ///< more often or less often: twice the tests
};

struct ValidateOptions {
  static constexpr double default_alpha = 0.01;

  TieBy by = TieBy::round;  ///< what is shared and counted: rounds or companies
  double alpha = default_alpha;
  Correction correction = Correction::fdr;
  TestsCounted tests = TestsCounted::all;
  Sides sides = Sides::over;
};

/// The test of one tie.
struct TieTest {
  double p_over = 1;
  double p_under = 1;  ///< NaN if this tail is not tested
  double q = 1;        ///< the adjusted p of the tail tested; of the smaller tail if both are
  bool validated = false;
  /// The smallest p_over that these two could reach, by sharing all that the less active one has; NaN if not asked.
  double p_least = std::numeric_limits<double>::quiet_NaN();

  /// Validated because they meet less often than by chance.
  bool avoided() const { return validated && p_under < p_over; }
};

struct TieTests {
  std::vector<TieTest> rows;  ///< parallel to the ties
  std::uint32_t total = 0;    ///< N: companies (or rounds) with at least one named investor
  std::uint64_t tests = 0;    ///< T
  std::uint64_t validated = 0;
  double threshold = 0;  ///< a p up to this one passes, given the other tests
};

/// What each investor chose from: its companies, or its rounds.
struct Choices {
  std::map<InvestorId, std::uint32_t> chosen;  ///< how many
  std::vector<std::uint32_t> chosen_by;        ///< of each company or round with a named investor: how many investors
};

Choices count_choices(const Deals& deals, TieBy by);

/// Fails (usage) on an alpha outside (0, 1).
Result<void> check_alpha(double alpha);

/// The same, and on ties of a window: chance is not asked about days.
Result<void> check_options(const ValidateOptions& options);

/// How many tests T are corrected for.
std::uint64_t count_tests(const Choices& choices, std::span<const Tie> ties, const ValidateOptions& options);

/// Fills q, validated, their count and the threshold from the p-values of all rows and `tests`.
void correct(TieTests& tests, const ValidateOptions& options);

}  // namespace coinvest
