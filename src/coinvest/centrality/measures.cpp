// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/measures.hpp"

#include <algorithm>
#include <array>

namespace coinvest {
namespace {

constexpr std::array<Measure, 7> all_measures{{
    {"degree", "how many companies, investors or partners it is tied to", "neighbours", "O(V)",
     "Freeman 1978, doi:10.1016/0378-8733(78)90021-7", DefinedOn::both, degree_centrality},
    {"strength", "the sum of the weights of its ties", "sum of weights", "O(V+E)",
     "Barrat et al. 2004, doi:10.1073/pnas.0400087101", DefinedOn::both, strength},
    {"betweenness", "how many pairs' shortest paths lead through it", "pairs", "O(VE)",
     "Brandes 2001, doi:10.1080/0022250X.2001.9990249", DefinedOn::both, betweenness},
    {"harmonic", "how near it is to all others: the sum of 1/distance", "1/steps", "O(VE)",
     "Boldi & Vigna 2014, doi:10.1080/15427951.2013.865686", DefinedOn::both, harmonic},
    {"eigenvector", "how well connected its ties are, in turn", "share of a unit vector", "O(steps E)",
     "Bonacich 1972, doi:10.1080/0022250X.1972.9989806", DefinedOn::both, eigenvector},
    {"pagerank", "how often a random walk along the ties comes by", "probability", "O(steps E)",
     "Page et al. 1999, Stanford InfoLab 1999-66", DefinedOn::both, pagerank},
    {"core", "the largest k such that it is in a group where everyone has k ties", "ties", "O(V+E)",
     "Batagelj & Zaversnik 2003, arXiv:cs/0310049", DefinedOn::both, core},
}};

}  // namespace

std::span<const Measure> measures() {
  return all_measures;
}

const Measure* find_measure(std::string_view name) {
  const auto found = std::ranges::find(all_measures, name, &Measure::name);
  return found == all_measures.end() ? nullptr : &*found;
}

std::string_view name_of(Why why) {
  static constexpr std::array<std::string_view, 6> names{
      "", "single_vertex", "not_in_dominant_component", "tied_components", "no_edges", "too_few_vertices"};
  return names.at(static_cast<std::size_t>(why));
}

}  // namespace coinvest
