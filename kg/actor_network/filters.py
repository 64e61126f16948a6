"""Part of a network: by class, time, factuality, actor, source, confidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.actor_network.when import when

if TYPE_CHECKING:
    from networkx import MultiDiGraph


@dataclass(frozen=True, slots=True)
class Filters:
    """What stays; an empty condition keeps everything.

    ``actors`` are IRIs: with ``radius`` 1 (an ego network) the actors, those they share an event with, and all
    events among these; with 0 only events that one of them takes part in. ``min_weight`` is the least number of
    events between two actors. ``since`` and ``until`` go by an event's own day, else its bounds, else the day that it
    was reported on.
    """

    classes: frozenset[str] = frozenset()
    factualities: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    radius: int = 0
    since: date | None = None
    until: date | None = None
    min_confidence: float = 0.0
    min_weight: int = 1

    def apply(self, graph: MultiDiGraph) -> MultiDiGraph:
        """The network with the events that stay and the actors that take part in one."""
        kept = _with_edges(graph, lambda a, b, d: self._keeps(d))
        if self.actors:
            kept = self._around(kept)
        if self.min_weight > 1:
            weights: dict[frozenset[str], int] = {}
            for a, b in kept.edges():
                pair = frozenset((a, b))
                weights[pair] = weights.get(pair, 0) + 1
            kept = _with_edges(kept, lambda a, b, _: weights[frozenset((a, b))] >= self.min_weight)
        return kept

    def _keeps(self, event: dict[str, Any]) -> bool:
        begin, end, _ = when(event)
        return (
            (not self.classes or event["kind"] in self.classes)
            and (not self.factualities or event["factuality"] in self.factualities)
            and (not self.sources or event["source"] in self.sources)
            and float(event["confidence"] or 0) >= self.min_confidence
            and (self.since is None or (bool(end or begin) and (end or begin) >= self.since.isoformat()))
            and (self.until is None or (bool(begin or end) and (begin or end) <= self.until.isoformat()))
        )

    def _around(self, graph: MultiDiGraph) -> MultiDiGraph:
        if self.radius == 0:
            return _with_edges(graph, lambda a, b, _: a in self.actors or b in self.actors)
        near = set(self.actors) & set(graph)
        for _ in range(self.radius):
            near |= {n for a in near for n in (*graph.successors(a), *graph.predecessors(a))}
        return _with_edges(graph, lambda a, b, _: a in near and b in near)


def _with_edges(graph: MultiDiGraph, keeps: Callable[[str, str, dict[str, Any]], bool]) -> MultiDiGraph:
    """The sub-network of the edges that a condition keeps, and of their ends."""
    import networkx as nx

    kept = nx.MultiDiGraph()
    for a, b, data in graph.edges(data=True):
        if keeps(a, b, data):
            for node in (a, b):
                kept.add_node(node, **graph.nodes[node])
            kept.add_edge(a, b, **data)
    return kept
