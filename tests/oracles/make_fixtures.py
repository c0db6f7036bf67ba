#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""make_fixtures.py: writes tests/data/oracles: small graphs, and what NetworkX and igraph say of them.

Run it where python3-networkx and python3-igraph are installed; the tests read the files alone. EDGES: a,b,weight.
SCORES: measure,form,library,vertex,value, where form is raw, normalised, or inverse (lengths are 1/weight).
"""
import csv
import math
import pathlib
import random

import igraph
import networkx
from networkx.algorithms import bipartite

HERE = pathlib.Path(__file__).resolve().parent.parent / "data" / "oracles"
NETWORKX, IGRAPH = f"networkx {networkx.__version__}", f"igraph {igraph.__version__}"


def write(name, head, rows):
    with open(HERE / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def both(edges, vertices):
    """The graph in either library; `length` is a whole number of twelfths, so that ties are exact."""
    nx = networkx.Graph()
    nx.add_nodes_from(range(vertices))
    for a, b, weight in edges:
        nx.add_edge(a, b, weight=weight, length=12 // weight)
    ig = igraph.Graph(n=vertices, edges=[(a, b) for a, b, _ in edges])
    ig.es["weight"] = [weight for _, _, weight in edges]
    return nx, ig


def common(nx, ig):
    n = ig.vcount()
    yield "betweenness", "raw", IGRAPH, ig.betweenness()
    yield "betweenness", "raw", NETWORKX, networkx.betweenness_centrality(nx, normalized=False)
    lengths = networkx.betweenness_centrality(nx, normalized=False, weight="length")
    yield "betweenness", "inverse", NETWORKX, lengths
    yield "harmonic", "raw", IGRAPH, [value * (n - 1) for value in ig.harmonic_centrality()]
    yield "harmonic", "raw", NETWORKX, networkx.harmonic_centrality(nx)
    yield "pagerank", "raw", IGRAPH, ig.pagerank(weights="weight")
    yield "pagerank", "raw", NETWORKX, networkx.pagerank(nx, tol=1e-15, max_iter=10_000)
    yield "core", "raw", IGRAPH, ig.coreness()
    yield "strength", "raw", IGRAPH, ig.strength(weights="weight")


def two_sides(nx, ig, investors):
    yield from common(nx, ig)
    own = range(investors)
    yield "degree", "normalised", NETWORKX, bipartite.degree_centrality(nx, own)
    yield "betweenness", "normalised", NETWORKX, bipartite.betweenness_centrality(nx, own)
    if networkx.is_connected(nx):  # else NetworkX takes the sizes of the whole graph for those of the component
        yield "closeness", "raw", NETWORKX, bipartite.closeness_centrality(nx, own)
    yield "clustering", "raw", NETWORKX, {v: x for v, x in bipartite.latapy_clustering(nx).items() if nx[v]}
    pairs = [v for v in nx if len(nx[v]) >= 2]
    yield "redundancy", "raw", NETWORKX, bipartite.node_redundancy(nx, pairs)


def ties(nx, ig):
    yield from common(nx, ig)
    yield "degree", "normalised", NETWORKX, networkx.degree_centrality(nx)
    yield "closeness", "raw", NETWORKX, networkx.closeness_centrality(nx)
    vector = ig.eigenvector_centrality(weights="weight", scale=False)
    length = math.sqrt(sum(value * value for value in vector))
    yield "eigenvector", "raw", IGRAPH, [value / length for value in vector]
    yield "constraint", "raw", IGRAPH, ig.constraint(weights="weight")
    yield "constraint", "raw", NETWORKX, networkx.constraint(nx, weight="weight")
    yield "effective_size", "raw", NETWORKX, networkx.effective_size(nx)


def save(name, edges, scores):
    write(f"{name}_edges.csv", ["a", "b", "weight"], edges)
    rows = []
    for measure, form, library, values in scores:
        pairs = values.items() if isinstance(values, dict) else enumerate(values)
        rows += [[measure, form, library, v, repr(float(x))] for v, x in sorted(pairs) if not math.isnan(x)]
    write(f"{name}_scores.csv", ["measure", "form", "library", "vertex", "value"], rows)


davis = networkx.davis_southern_women_graph()
number = {name: i for i, name in enumerate(davis.graph["top"] + davis.graph["bottom"])}
edges = sorted((number[a], number[b], 1) for a, b in davis.edges)
save("davis", edges, two_sides(*both(edges, 32), 18))

draw = random.Random(1)
found = {(draw.randrange(15), 15 + draw.randrange(20)): draw.choice([1, 2, 3, 4]) for _ in range(45)}
edges = sorted((a, b, weight) for (a, b), weight in found.items())
save("bipartite", edges, two_sides(*both(edges, 35), 15))

found = {tuple(sorted(draw.sample(range(30), 2))): draw.choice([1, 2, 3, 4]) for _ in range(75)}
edges = sorted((a, b, weight) for (a, b), weight in found.items())
save("ties", edges, ties(*both(edges, 30)))
