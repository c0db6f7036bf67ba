// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "coinvest/graph/view.hpp"
#include "coinvest/model/selection.hpp"

namespace coinvest {

/// Weight of the tie between an investor and a company.
enum class BipartiteWeight : std::uint8_t {
  binary,  ///< 1
  rounds,  ///< in how many selected rounds of the company the investor took part
};

/// The investor–company graph of the selected deals: vertices are the investors and companies that occur in a kept
/// round with a named participant, each side in byte order of names; several rounds make one edge.
struct Bipartite {
  std::vector<InvestorId> investors;  ///< of vertices [0, n), ascending
  std::vector<CompanyId> companies;   ///< of vertices [n, n+m), ascending
  std::vector<std::uint64_t> offsets;
  std::vector<std::uint32_t> neighbours;
  std::vector<double> weights;

  GraphView view() const;
};

/// O(P log P) for P participations.
Bipartite build_bipartite(const Deals& deals, BipartiteWeight weight = BipartiteWeight::binary);

}  // namespace coinvest
