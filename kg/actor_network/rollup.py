"""Coarser networks: persons as their states, all events of a pair as one weighted edge."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.actor_network.measures import balances
from kg.actor_network.when import when

if TYPE_CHECKING:
    from networkx import DiGraph, MultiDiGraph


def to_states(graph: MultiDiGraph) -> MultiDiGraph:
    """Persons and organisations of a state act as the state; what then happens within one is left out."""
    import networkx as nx

    states = {d["label"]: n for n, d in graph.nodes(data=True) if d["kind"] == "State"}
    label_only = {
        d["country"] for _, d in graph.nodes(data=True) if d["country"] and d["country"] not in states
    }
    rolled = nx.MultiDiGraph()
    names = {n: states.get(d["country"], d["country"]) or n for n, d in graph.nodes(data=True)}
    for node, data in graph.nodes(data=True):
        new = names[node]
        if new in label_only:
            rolled.add_node(new, **{**data, "kind": "State", "label": new, "country": new, "wikidata": ""})
        else:
            rolled.add_node(new, **graph.nodes[new])
    for a, b, data in graph.edges(data=True):
        if names[a] != names[b]:
            rolled.add_edge(names[a], names[b], **data)
    rolled.remove_nodes_from([n for n in list(rolled) if rolled.degree(n) == 0])
    return rolled


def weighted(graph: MultiDiGraph) -> DiGraph:
    """One edge per ordered pair: ``weight`` events, ``kinds`` ("Meeting 2, Visit 1"), ``first``, ``last``, ``goldstein``."""
    import networkx as nx

    flat = nx.DiGraph()
    flat.add_nodes_from(graph.nodes(data=True))
    pairs = balances(graph)
    for a, b in sorted({(a, b) for a, b in graph.edges()}):
        events = list(graph[a][b].values())
        days = sorted(d for e in events for d in when(e)[:2] if d)
        kinds = Counter(e["kind"] for e in events)
        balance = pairs.get((min(a, b), max(a, b)))
        flat.add_edge(
            a, b, weight=len(events), kinds=", ".join(f"{k} {n}" for k, n in sorted(kinds.items())),
            first=days[0] if days else "", last=days[-1] if days else "",
            goldstein=balance.goldstein if balance else 0.0,
        )  # fmt: skip
    return flat
