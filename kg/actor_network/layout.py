"""Places of actors, computed beforehand and seeded, so that a browser does not freeze and a picture can be had again."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from kg.actor_network.measures import simple_graph

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

_SEED = 7
_SMALL = 250
"""Up to so many actors the slower layout with better pictures is taken."""
_DISTANCE = 125


def places(graph: MultiDiGraph) -> dict[str, tuple[float, float]]:
    """(x, y) of each actor, in pixels around the middle."""
    simple = simple_graph(graph)
    if not simple:
        return {}
    found = _spring(simple) if len(simple) <= _SMALL else _grid(simple)
    most = max((max(abs(x), abs(y)) for x, y in found.values()), default=1) or 1
    spread = _DISTANCE * max(len(simple), 4) ** 0.5 / most
    return {node: (round(x * spread, 1), round(y * spread, 1)) for node, (x, y) in found.items()}


def _spring(simple: Graph) -> dict[str, tuple[float, float]]:
    import networkx as nx

    found = nx.spring_layout(simple, seed=_SEED, weight=None, k=2.6 / len(simple) ** 0.5, iterations=300)
    return {node: (float(x), float(y)) for node, (x, y) in found.items()}


def _grid(simple: Graph) -> dict[str, tuple[float, float]]:
    """Fruchterman & Reingold with a grid, by igraph: a tenth of a second for 2,000 actors."""
    import igraph

    nodes = list(simple)
    index = {node: i for i, node in enumerate(nodes)}
    graph = igraph.Graph(n=len(nodes), edges=[(index[a], index[b]) for a, b in simple.edges()])
    rng = random.Random(_SEED)
    begin = [[rng.uniform(-1, 1) * len(nodes) ** 0.5 for _ in range(2)] for _ in nodes]
    igraph.set_random_number_generator(rng)  # the library has no other way to be seeded
    found = graph.layout_fruchterman_reingold(seed=begin, niter=400, grid="grid")
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, found.coords, strict=True)}
