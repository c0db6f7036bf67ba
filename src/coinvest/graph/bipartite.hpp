// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "coinvest/graph/view.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// Weight of the tie between an investor and a company. Of an amount the lower end counts, in units of the currency of
/// most disclosed ones: money that is certain.
enum class BipartiteWeight : std::uint8_t {
  binary,        ///< 1
  rounds,        ///< in how many selected rounds of the company the investor took part
  amount_known,  ///< sum of the investor's own amounts, as far as disclosed
  amount_split,  ///< sum over these rounds of the round's amount over its named participants: an imputation
  recency,       ///< sum over these rounds of 2^(−age/half-life), from the middle of the date to the as-of day
};

constexpr bool uses_amounts(BipartiteWeight weight) {
  return weight == BipartiteWeight::amount_known || weight == BipartiteWeight::amount_split;
}

struct BipartiteOptions {
  BipartiteWeight weight = BipartiteWeight::binary;
  double half_life = 3;  ///< of BipartiteWeight::recency, in years of 365.25 days; above 0
};

/// What the weights of a graph do not know.
struct UnknownWeights {
  Currency currency;                 ///< of amounts
  std::uint64_t participations = 0;  ///< without a disclosed amount, or without a date: they add nothing
  std::uint64_t other_currency = 0;  ///< participations with an amount in another one: they add nothing
  std::uint64_t edges = 0;           ///< to whose weight nothing adds: left out
};

/// The investor–company graph of the selected deals: vertices are the investors and companies that occur in a kept
/// round with a named participant, each side in byte order of names; several rounds make one edge. An edge of which
/// nothing says the weight is left out; its ends stay.
struct Bipartite {
  std::vector<InvestorId> investors;  ///< of vertices [0, n), ascending
  std::vector<CompanyId> companies;   ///< of vertices [n, n+m), ascending
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint32_t> neighbours;
  std::vector<double> weights;
  BipartiteOptions options;
  UnknownWeights unknown;

  GraphView view() const;
};

/// O(P log P) for P participations.
Bipartite build_bipartite(const Deals& deals, const BipartiteOptions& options = {});

}  // namespace coinvest
