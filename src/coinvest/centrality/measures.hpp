// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "coinvest/centrality/measure.hpp"

namespace coinvest {

// The measures, one file each; the table says on which graphs. They return one value per vertex, investors first, and
// fail with `cancelled` when the stop flag is raised. Formulas and sources: docs/methods.md.

/// Number of neighbours: companies of an investor, investors of a company, partners of an investor. Normalised by the
/// number of vertices that could be neighbours; NaN if there are none. O(V).
Result<Column> degree_centrality(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Partners that took part in rounds which the investor led (outdegree), and partners that led rounds in which it took
/// part (indegree), on the co-investment graph. Each partner once; co-leads have no arc. Normalised by n−1. NaN
/// (no_leads) for all if no round has a known lead. O(V + arcs). Source: Hochberg, Ljungqvist & Lu 2007,
/// doi:10.1111/j.1540-6261.2007.01207.x.
Result<Column> outdegree(const GraphView& graph, const MeasureParams& params, const Context& context);
Result<Column> indegree(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Sum of the weights of the edges at each vertex; exact where the weights are counts. NaN (no_known_weight) for a
/// vertex of the bipartite graph without any. Not normalised. O(V+E).
Result<Column> strength(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Betweenness of every vertex: sum over unordered pairs of other vertices of the share of shortest paths through it,
/// in steps or lengths. Unit: pairs. Normalised by the largest value possible: on the bipartite graph that of Borgatti
/// and Halgin for the vertex' side, else (n−1)(n−2)/2; NaN where that is zero. Pairs without a path add nothing.
/// Path counts are double: 64-bit integers overflow on a 50×50 grid. O(VE) after folding pendant trees, with lengths
/// O(VE log V) and no folding; memory O(V+E) per thread and 64 sums per vertex. Above params.betweenness_budget, or
/// with params.sources, an unbiased estimate with standard errors. Fails (numeric) if a number of shortest paths
/// exceeds 10^308. Source: Brandes 2001, doi:10.1080/0022250X.2001.9990249; sampled: 2007,
/// doi:10.1142/S0218127407018403.
Result<Column> betweenness(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Harmonic centrality: sum of 1/distance over all other vertices, 0 for those out of reach; defined on disconnected
/// graphs. Normalised by its largest value: m + (n−1)/2 for investors, n + (m−1)/2 for companies, n−1 among investors.
/// Exact, O(VE/512) word operations; memory O(V+E) per thread and 64 sums per vertex.
/// Source: Rochat 2009; Boldi & Vigna 2014, doi:10.1080/15427951.2013.865686.
Result<Column> harmonic(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Closeness: the smallest sum of distances that the vertex could have, over the one that it has. Bipartite:
/// (m+2(n−1))/Σ for investors, (n+2(m−1))/Σ for companies; among investors (n−1)/Σ. On a disconnected graph n and m
/// count the component, and the value is multiplied by (vertices reached)/(all others) (Wasserman & Faust); isolates 0,
/// and a component of one pair is marked component_size. NaN alone. In [0,1], so that there is no normalised form.
/// Cost as harmonic. Source: Freeman 1978; Borgatti & Everett 1997, doi:10.1016/S0378-8733(96)00301-2.
Result<Column> closeness(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Leading eigenvector of the weighted adjacency matrix, entries ≥ 0, of length 1; on the bipartite graph the leading
/// singular vectors of the investor–company matrix, each side of length 1. Normalised: the largest entry (of the side)
/// is 1. The component with the largest eigenvalue has it, others 0 (not_in_dominant_component); components whose
/// largest eigenvalues agree to 1e-9 make it undefined there (tied_components), and so does a graph without edges.
/// O(steps · E). Fails (numeric) when max_steps do not reach the tolerance.
/// Source: Bonacich 1972, doi:10.1080/0022250X.1972.9989806.
Result<Column> eigenvector(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Beta status on the co-investment graph: c = α(I − βA)⁻¹A1 with β = params.beta/λ₁, λ₁ the largest eigenvalue of the
/// whole graph, and α such that the mean square is 1. Isolates 0; without edges NaN (no_edges). A negative beta makes
/// ties to the well connected count against one; values may then be negative. Not normalised otherwise. O(steps · E):
/// λ₁ as in eigenvector, then conjugate gradients to the tolerance. Fails (usage) on a beta outside (-1, 1), (numeric)
/// when max_steps do not reach the tolerance. Source: Bonacich 1987, doi:10.1086/228631.
Result<Column> beta_status(const GraphView& graph, const MeasureParams& params, const Context& context);

/// PageRank with edge weights, uniform teleport, dangling mass spread uniformly; sums to 1. Not normalised.
/// O(steps · E), by damped_ranks. Fails (usage) on a damping outside [0, 1), (numeric) when max_steps do not reach the
/// tolerance. Source: Page, Brin, Motwani & Winograd 1999, Stanford InfoLab 1999-66.
Result<Column> pagerank(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Core number, unweighted: the largest k such that the vertex lies in a subgraph where everyone has k neighbours.
/// 0 for isolates. Not normalised. O(V+E). Source: Batagelj & Zaversnik 2003, arXiv:cs/0310049.
Result<Column> core(const GraphView& graph, const MeasureParams& params, const Context& context);

/// BiRank on the bipartite graph: p = dSᵀu + (1−d)/m, u = dSp + (1−d)/n with S the weights over the roots of both ends'
/// strengths, u the investors' and p the companies' ranks; params.query takes the place of 1/n and 1/m. Normalised: the
/// share of the side's sum. O(steps · E). Fails as pagerank does. Source: He, Gao, Kan & Wang 2017,
/// doi:10.1109/TKDE.2016.2611584.
Result<Column> birank(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Burt's constraint on the co-investment graph: Σ_j (p_ij + Σ_q p_iq p_qj)² over direct contacts j, p_ij the share of
/// the tie in the strength of i. High: its contacts know each other. NaN for isolates. Not normalised; may exceed 1.
/// O(Σ d²) for d ties of each; O(V) memory per thread. Source: Burt 1992, "Structural Holes".
Result<Column> constraint(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Burt's effective size on the co-investment graph, unweighted: contacts less the mean number of ties that each of
/// them has to the others, n − 2t/n. NaN for isolates. Not normalised. Cost as constraint. Source: Burt 1992; Borgatti
/// 1997, Connections 20(1).
Result<Column> effective_size(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Latapy's clustering coefficient on the bipartite graph: the mean overlap of the vertex' neighbours with those of
/// each vertex that shares one, by params.overlap. In (0,1]; NaN (no_partners) if nobody shares one. The whole graph's
/// is the share of paths of three edges that a fourth one closes. Unweighted. O(Σ d²), O(V) memory per thread. Source:
/// Latapy, Magnien & Del Vecchio 2008, doi:10.1016/j.socnet.2007.04.006; Robins & Alexander 2004,
/// doi:10.1023/B:CMOT.0000032580.12184.c0.
Result<Column> clustering(const GraphView& graph, const MeasureParams& params, const Context& context);

/// Latapy's redundancy on the bipartite graph: the share of the pairs of the vertex' neighbours that would be joined
/// without it. NaN (too_few_neighbours) below two neighbours. Unweighted. At most O(Σ d · shared neighbours), O(Σ d) of
/// one vertex' neighbours in memory per thread. Source: Latapy, Magnien & Del Vecchio 2008.
Result<Column> redundancy(const GraphView& graph, const MeasureParams& params, const Context& context);

}  // namespace coinvest
