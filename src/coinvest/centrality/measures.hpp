// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/centrality/measure.hpp"

namespace coinvest {

// The measures, one file each. All take bipartite and co-investment graphs, return one value per vertex, investors
// first, and fail with `cancelled` when the stop flag is raised. Formulas and sources: docs/methods.md.

/// Number of neighbours: companies of an investor, investors of a company, partners of an investor. Normalised by the
/// number of vertices that could be neighbours; NaN if there are none. O(V).
Result<Column> degree_centrality(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Sum of the weights of the edges at each vertex; exact where the weights are counts. Not normalised. O(V+E).
Result<Column> strength(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Betweenness of every vertex: sum over unordered pairs of other vertices of the share of shortest paths through it,
/// unweighted. Unit: pairs. Normalised by the largest value possible: on the bipartite graph that of Borgatti and
/// Halgin for the vertex' side, else (n−1)(n−2)/2; NaN where that is zero. Pairs without a path add nothing.
/// Path counts are double: 64-bit integers overflow on a 50×50 grid. O(VE) after folding pendant trees; memory
/// O(V+E) per thread and 64 sums per vertex. Fails (numeric) if a number of shortest paths exceeds 10^308.
/// Source: Brandes 2001, doi:10.1080/0022250X.2001.9990249.
Result<Column> betweenness(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Harmonic centrality: sum of 1/distance over all other vertices, 0 for those out of reach; defined on disconnected
/// graphs. Normalised by its largest value: m + (n−1)/2 for investors, n + (m−1)/2 for companies, n−1 among investors.
/// Exact, O(VE/512) word operations; memory O(V+E) per thread and 64 sums per vertex.
/// Source: Rochat 2009; Boldi & Vigna 2014, doi:10.1080/15427951.2013.865686.
Result<Column> harmonic(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Leading eigenvector of the weighted adjacency matrix, entries ≥ 0, of length 1; on the bipartite graph the leading
/// singular vectors of the investor–company matrix, each side of length 1. Normalised: the largest entry (of the side)
/// is 1. The component with the largest eigenvalue has it, others 0 (not_in_dominant_component); components whose
/// largest eigenvalues agree to 1e-9 make it undefined there (tied_components), and so does a graph without edges.
/// O(steps · E). Fails (numeric) when max_steps do not reach the tolerance.
/// Source: Bonacich 1972, doi:10.1080/0022250X.1972.9989806.
Result<Column> eigenvector(const GraphView& graph, const MeasureParams& params, const Context& context);

/// PageRank with edge weights, uniform teleport, dangling mass spread uniformly; sums to 1. Not normalised.
/// O(steps · E). Fails (usage) on a damping outside [0, 1), (numeric) when max_steps do not bring the change (L1) below
/// the tolerance. Source: Page, Brin, Motwani & Winograd 1999, Stanford InfoLab 1999-66.
Result<Column> pagerank(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Core number, unweighted: the largest k such that the vertex lies in a subgraph where everyone has k neighbours.
/// 0 for isolates. Not normalised. O(V+E). Source: Batagelj & Zaversnik 2003, arXiv:cs/0310049.
Result<Column> core(const GraphView& graph, const MeasureParams& params, const Context& context);

}  // namespace coinvest
