#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""igraph: one thread in everything that is measured here."""
import igraph

from graph_file import main


def graph(edges):
    result = igraph.Graph(n=edges.vertices, edges=edges.ends.tolist())
    result.es["weight"] = edges.weights.tolist()
    if edges.companies:
        result.vs["type"] = [v >= edges.investors for v in range(edges.vertices)]
    return result


def kernel(run):
    def prepare(edges):
        made = graph(edges)
        return lambda: run(made)

    return prepare


def harmonic(g):  # igraph divides by the number of the others
    return max(g.harmonic_centrality()) * (g.vcount() - 1)


main({
    "betweenness": kernel(lambda g: max(g.betweenness())),
    "harmonic": kernel(harmonic),
    "pagerank": kernel(lambda g: max(g.pagerank(weights="weight"))),
    "eigenvector": kernel(lambda g: max(g.eigenvector_centrality(weights="weight", scale=False))),
    "hits": kernel(lambda g: max(g.hub_score(scale=False))),
    "core": kernel(lambda g: max(g.coreness())),
    "projection": kernel(lambda g: g.bipartite_projection(which=0).ecount()),
})
