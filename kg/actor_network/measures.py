"""Measures of a network: who is central, who belongs together, how a pair gets on, when what happened."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from kg.actor_network.when import when
from kg.rdf.codes import EventCodes

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

_SAMPLE, _SEED = 200, 7
"""Betweenness of larger networks is estimated from so many actors (Brandes & Pich 2007)."""


class Balance(NamedTuple):
    """How two actors get on: numbers of cooperative and conflictual events, mean Goldstein value (-10 to 10)."""

    cooperative: int
    conflictual: int
    goldstein: float


def simple_graph(graph: MultiDiGraph) -> Graph:
    """One undirected edge per pair, with the number of events as ``weight``; nodes and edges in order."""
    import networkx as nx

    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    for a, b in sorted(graph.edges()):
        if a != b:
            weight = simple.get_edge_data(a, b, {}).get("weight", 0) + 1
            simple.add_edge(a, b, weight=weight)
    return simple


def betweenness(graph: MultiDiGraph) -> dict[str, float]:
    """Share of shortest ways between others that lead over an actor, 0 to 1."""
    import networkx as nx

    simple = simple_graph(graph)
    sample = min(_SAMPLE, len(simple)) or None
    values: dict[str, float] = nx.betweenness_centrality(simple, k=sample, seed=_SEED)
    return {node: round(value, 4) for node, value in values.items()}


def pagerank(graph: MultiDiGraph) -> dict[str, float]:
    """Importance by the importance of those one shares events with; the values sum to 1."""
    import networkx as nx

    ranks: dict[str, float] = nx.pagerank(simple_graph(graph)) if graph else {}
    return ranks


def communities(graph: MultiDiGraph) -> dict[str, int]:
    """Groups that share more events inside than outside (Louvain, seeded); the largest is 0."""
    import networkx as nx

    found = nx.community.louvain_communities(simple_graph(graph), seed=_SEED) if graph else []
    ordered = sorted(found, key=lambda group: (-len(group), min(group)))
    return {node: number for number, group in enumerate(ordered) for node in group}


def timeline(graph: MultiDiGraph) -> dict[str, dict[str, int]]:
    """Month (``2018-05``) ─▶ class ─▶ number of events, by `kg.actor_network.when`; what has no day at all is left out."""
    events = {d["event"]: d for _, _, d in graph.edges(data=True)}
    months: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for data in events.values():
        begin, end, _ = when(data)
        day = begin or end
        if day:
            months[day[:7]][data["kind"]] += 1
    return {month: dict(sorted(kinds.items())) for month, kinds in sorted(months.items())}


def balances(graph: MultiDiGraph) -> dict[tuple[str, str], Balance]:
    """How each pair (in order of IRIs) gets on, by the events that happened.

    Values after Goldstein 1992, "A Conflict-Cooperation Scale for WEIS Events Data", per class in the ontology.
    """
    codes = EventCodes.load()
    values: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for a, b, data in graph.edges(data=True):
        value = codes.of(data["kind"]).goldstein
        if value is not None and data["factuality"] == "Actual":
            values[min(a, b), max(a, b)].append(value)
    return {
        pair: Balance(sum(v > 0 for v in found), sum(v < 0 for v in found), round(sum(found) / len(found), 2))
        for pair, found in sorted(values.items())
    }
