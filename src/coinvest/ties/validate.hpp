// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "coinvest/base/context.hpp"
#include "coinvest/graph/coinvestment.hpp"
#include "coinvest/model/selection.hpp"
#include "coinvest/ties/ties.hpp"
#include "coinvest/ties/validation.hpp"

namespace coinvest {

/// What ties are tested with.
enum class Validation : std::uint8_t {
  hypergeometric,  ///< chance, given how much each investor invests
  bicm,            ///< chance, given also how many investors each company attracts
  disparity,       ///< none against chance: the backbone of each investor's strongest ties
};

struct TieValidation {
  Validation with = Validation::hypergeometric;
  ValidateOptions options;
};

/// The test of every tie, by the method asked for. Fails as that method does.
Result<TieTests> test_ties(const Deals& deals, const Coinvestment& graph, std::span<const Tie> ties,
                           const TieValidation& validation, const Context& context);

/// The graph with the ties alone that meet more often than by chance, or are the backbone; all investors stay.
/// Fails as the test does.
Result<Coinvestment> keep_validated(const Deals& deals, const Coinvestment& graph, const TieValidation& validation,
                                    const Context& context);

/// What the test is able to find among investors of one degree.
struct Power {
  std::uint32_t chosen = 0;     ///< companies (rounds) of each
  std::uint64_t investors = 0;  ///< that have so many
  std::uint64_t ties = 0;       ///< whose less active end has so many
  std::uint64_t validated = 0;  ///< of these
  double p_least = 1;           ///< of two such investors that share everything
  std::optional<std::uint32_t>
      needed;  ///< the fewest that two such investors must share to pass; nothing: none is enough
};

/// One entry per degree, ascending. `tests` is the answer of `test_ties` about `ties`. Fails (usage) for the disparity
/// filter, which knows no chance, and as the test does.
Result<std::vector<Power>> power(const Deals& deals, std::span<const Tie> ties, const TieTests& tests,
                                 const TieValidation& validation, const Context& context = {});

}  // namespace coinvest
