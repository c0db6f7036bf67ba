// SPDX-License-Identifier: Apache-2.0
#include "coinvest/centrality/measures.hpp"

#include <algorithm>
#include <array>

namespace coinvest {
namespace {

constexpr auto all_measures = std::to_array<Measure>({
    {"degree", "how many companies, investors or partners it is tied to", "neighbours", "O(V)",
     "Freeman 1978, doi:10.1016/0378-8733(78)90021-7", DefinedOn::both, degree_centrality},
    {"strength", "the sum of the weights of its ties", "sum of weights", "O(V+E)",
     "Barrat et al. 2004, doi:10.1073/pnas.0400087101", DefinedOn::both, strength},
    {"indegree", "how many partners led rounds in which it took part", "partners", "O(V + arcs)",
     "Hochberg et al. 2007, doi:10.1111/j.1540-6261.2007.01207.x", DefinedOn::coinvest, indegree},
    {"outdegree", "how many partners took part in rounds that it led", "partners", "O(V + arcs)",
     "Hochberg et al. 2007, doi:10.1111/j.1540-6261.2007.01207.x", DefinedOn::coinvest, outdegree},
    {"betweenness", "how many pairs' shortest paths lead through it", "pairs", "O(VE)",
     "Brandes 2001, doi:10.1080/0022250X.2001.9990249", DefinedOn::both, betweenness},
    {"harmonic", "how near it is to all others: the sum of 1/distance", "1/steps", "O(VE)",
     "Boldi & Vigna 2014, doi:10.1080/15427951.2013.865686", DefinedOn::both, harmonic},
    {"closeness", "how near it is to all others: the least possible sum of distances over its own", "share of the best",
     "O(VE)", "Borgatti & Everett 1997, doi:10.1016/S0378-8733(96)00301-2", DefinedOn::both, closeness},
    {"eigenvector", "how well connected its ties are, in turn", "share of a unit vector", "O(steps E)",
     "Bonacich 1972, doi:10.1080/0022250X.1972.9989806", DefinedOn::both, eigenvector},
    {"hits", "hub and authority scores: the eigenvector of each side, by its other name", "share of a unit vector",
     "O(steps E)", "Kleinberg 1999, doi:10.1145/324133.324140", DefinedOn::bipartite, eigenvector},
    {"beta", "status: how high its ties stand, nearer ones counting more", "root mean square", "O(steps E)",
     "Bonacich 1987, doi:10.1086/228631", DefinedOn::coinvest, beta_status},
    {"pagerank", "how often a random walk along the ties comes by", "probability", "O(steps E)",
     "Page et al. 1999, Stanford InfoLab 1999-66", DefinedOn::both, pagerank},
    {"birank", "how highly ranked the other side's vertices are that it is tied to, in turn", "rank", "O(steps E)",
     "He et al. 2017, doi:10.1109/TKDE.2016.2611584", DefinedOn::bipartite, birank},
    {"core", "the largest k such that it is in a group where everyone has k ties", "ties", "O(V+E)",
     "Batagelj & Zaversnik 2003, arXiv:cs/0310049", DefinedOn::both, core},
    {"constraint", "how much its partners are tied to each other: high without structural holes", "squared shares",
     "O(sum d^2)", "Burt 1992, Structural Holes", DefinedOn::coinvest, constraint},
    {"effective_size", "how many partners it has that are not tied to its others", "partners", "O(sum d^2)",
     "Borgatti 1997, Connections 20(1)", DefinedOn::coinvest, effective_size},
    {"clustering", "how much its companies or investors overlap with those of its partners", "share", "O(sum d^2)",
     "Latapy et al. 2008, doi:10.1016/j.socnet.2007.04.006", DefinedOn::bipartite, clustering},
    {"redundancy", "the share of pairs among its companies or investors that others join, too", "share of pairs",
     "O(sum d^2)", "Latapy et al. 2008, doi:10.1016/j.socnet.2007.04.006", DefinedOn::bipartite, redundancy},
});

}  // namespace

std::span<const Measure> measures() {
  return all_measures;
}

const Measure* find_measure(std::string_view name) {
  const auto found = std::ranges::find(all_measures, name, &Measure::name);
  return found == all_measures.end() ? nullptr : &*found;
}

std::string_view name_of(Why why) {
  static constexpr std::array<std::string_view, 12> names{"",
                                                          "single_vertex",
                                                          "not_in_dominant_component",
                                                          "tied_components",
                                                          "no_edges",
                                                          "too_few_vertices",
                                                          "isolate",
                                                          "too_few_neighbours",
                                                          "no_partners",
                                                          "component_size",
                                                          "no_leads",
                                                          "no_known_weight"};
  return names.at(static_cast<std::size_t>(why));
}

}  // namespace coinvest
