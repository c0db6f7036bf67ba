#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""graph-tool; OMP_NUM_THREADS says how many threads."""
import graph_tool
import graph_tool.centrality
import graph_tool.topology
import numpy

from graph_file import main


def kernel(run):
    def prepare(edges):
        graph = graph_tool.Graph(directed=False)
        graph.add_vertex(edges.vertices)
        graph.add_edge_list(edges.ends)
        weight = graph.new_edge_property("double", vals=edges.weights)
        return lambda: run(graph, weight)

    return prepare


def harmonic(g, _):
    values = graph_tool.centrality.closeness(g, harmonic=True, norm=False)
    return numpy.nanmax(values.a)


main({
    "betweenness": kernel(lambda g, w: graph_tool.centrality.betweenness(g, norm=False)[0].a.max()),
    "harmonic": kernel(harmonic),
    "pagerank": kernel(lambda g, w: graph_tool.centrality.pagerank(g, weight=w, epsilon=1e-10).a.max()),
    "core": kernel(lambda g, w: graph_tool.topology.kcore_decomposition(g).a.max()),
})
