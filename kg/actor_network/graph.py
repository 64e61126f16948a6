"""Store ─▶ networkx: actors as nodes, events as edges.

An event with agent and recipient is an edge from the one to the other; one of equals (a meeting)
is an edge between each two participants. Office holdings tie a person to a state.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from kg.actor_network.measures import betweenness
from kg.actor_network.when import when
from kg.store import select

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pyoxigraph import Store

# In parts, joined here: in one query, an event with five participants and three sentences is fifteen rows of everything.
_ROLES = """
SELECT ?event ?role ?who WHERE {
  VALUES (?property ?role) { (dip:agent "agent") (dip:recipient "recipient") (dip:participant "participant") (dip:destination "destination") (dip:body "body") }
  ?event ?property ?who .
  FILTER (?role IN ("agent", "recipient", "participant") || EXISTS { ?who a dip:State })
}
"""
_TOLD = """
SELECT ?event ?class ?factuality ?date ?earliest ?latest ?words ?confidence WHERE {
  ?event dip:confidence ?confidence ; dip:factuality ?factuality ; a ?class .
  FILTER (?class NOT IN (dip:Event, dip:Situation))
  OPTIONAL { ?event dip:date ?date }
  OPTIONAL { ?event dip:earliest ?earliest }
  OPTIONAL { ?event dip:latest ?latest }
  OPTIONAL { ?event dip:timeExpression ?words }
}
"""
_EVIDENCE = """
SELECT ?event ?mention ?clause ?context WHERE { ?event dip:evidence ?mention . ?mention nif:anchorOf ?clause ; nif:referenceContext ?context }
"""
_SENTENCES = "SELECT DISTINCT ?mention ?whole WHERE { ?event dip:evidence ?mention . ?mention nif:sentence ?sentence . ?sentence nif:anchorOf ?whole }"
_DOCUMENTS = """
SELECT ?context ?doc ?reported WHERE { ?context a dip:Document ; dct:identifier ?doc . OPTIONAL { ?context dct:issued ?reported } }
"""
_SOURCES = "SELECT ?event (MIN(?l) AS ?label) WHERE { ?event dip:attributedTo/rdfs:label ?l } GROUP BY ?event"
_PLACES = "SELECT ?event (MIN(?l) AS ?label) WHERE { ?event dip:place/rdfs:label ?l } GROUP BY ?event"
_ACTORS = """
SELECT ?actor (MIN(?l) AS ?label) (MIN(?k) AS ?kind) (MIN(?c) AS ?country) (MIN(STR(?match)) AS ?wikidata) WHERE {
  ?actor a dip:Actor , ?class ; rdfs:label ?l .
  FILTER (?class NOT IN (dip:Actor, dip:Organization) || NOT EXISTS { ?actor a ?other FILTER (?other NOT IN (dip:Actor, dip:Organization)) })
  BIND (STR(?class) AS ?k)
  OPTIONAL { ?actor dip:country/rdfs:label ?c }
  OPTIONAL { ?actor skos:exactMatch ?match }
}
GROUP BY ?actor
"""


class _Event(NamedTuple):
    roles: dict[str, dict[str, None]]
    attributes: dict[str, str]
    sentences: dict[str, None]


def read_network(store: Store) -> MultiDiGraph:
    """The network of a store.

    Nodes are actor IRIs with ``label``, ``kind`` (class), ``country``, ``wikidata``, ``degree`` (events), ``betweenness``,
    ``first`` and ``last`` (days of events, by `kg.actor_network.when`); edges carry ``event``, ``kind``, ``factuality``,
    ``date``, ``earliest``, ``latest``, ``reported``, ``dated`` (which of these the event goes by), ``time``, ``place``,
    ``source``, ``confidence``, ``sentence``, ``document`` and ``directed``.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    actors = {row["actor"].value: row for row in select(store, _ACTORS)}
    for iri, event in sorted(_events(store).items()):
        for source, target, directed in _pairs(event):
            for node in (source, target):
                if node not in graph and node in actors:
                    graph.add_node(
                        node,
                        label=_value(actors[node]["label"]),
                        kind=_local(_value(actors[node]["kind"])),
                        country=_value(actors[node]["country"]),
                        wikidata=_value(actors[node]["wikidata"]).rpartition("/")[2],
                    )
            if source in graph and target in graph:
                graph.add_edge(
                    source, target, event=iri, directed=directed,
                    sentence=" […] ".join(event.sentences), dated=when(event.attributes).kind, **event.attributes,
                )  # fmt: skip
    _measure(graph)
    return graph


def _measure(graph: MultiDiGraph) -> None:
    """Add to each actor how central he is and when he was in the news."""
    central = betweenness(graph)
    for node, data in graph.nodes(data=True):
        around = [d for _, _, d in (*graph.in_edges(node, data=True), *graph.out_edges(node, data=True))]
        days = sorted(d for e in around for d in when(e)[:2] if d)
        data.update(
            degree=len({e["event"] for e in around}), betweenness=central[node],
            first=days[0] if days else "", last=days[-1] if days else "",
        )  # fmt: skip


def _events(store: Store) -> dict[str, _Event]:
    """The events that somebody has a role in and a sentence tells, with the day of the first document that tells them."""
    documents = {c.value: (_value(doc), _value(day)) for c, doc, day in select(store, _DOCUMENTS)}
    whole = {mention.value: _value(sentence) for mention, sentence in select(store, _SENTENCES)}
    evidence: dict[str, set[tuple[str, str, str]]] = {}
    for event, mention, clause, context in select(store, _EVIDENCE):
        if context.value in documents:
            sentence = whole.get(mention.value) or _value(clause)
            evidence.setdefault(event.value, set()).add((sentence, *documents[context.value]))
    sources, places = (
        {event.value: _value(label) for event, label in select(store, query)} for query in (_SOURCES, _PLACES)
    )
    told = {
        row[0].value: row
        for row in sorted(select(store, _TOLD), key=lambda r: _value(r["class"]), reverse=True)
    }
    events: dict[str, _Event] = {}
    for iri, role, who in sorted((e.value, _value(r), w.value) for e, r, w in select(store, _ROLES)):
        if iri not in told or iri not in evidence:
            continue
        if iri not in events:
            row, sentences = told[iri], sorted(evidence[iri])
            attributes = {
                "kind": _local(_value(row["class"])),
                "factuality": _local(_value(row["factuality"])),
                "date": _value(row["date"]),
                "earliest": _value(row["earliest"]),
                "latest": _value(row["latest"]),
                "reported": min((day for _, _, day in sentences if day), default=""),
                "time": _value(row["words"]),
                "place": places.get(iri, ""),
                "source": sources.get(iri, ""),
                "confidence": _value(row["confidence"]),
                "document": sentences[0][1],
            }
            events[iri] = _Event({}, attributes, dict.fromkeys(sentence for sentence, _, _ in sentences))
        events[iri].roles.setdefault(role, {})[who] = None
    return events


def _pairs(event: _Event) -> list[tuple[str, str, bool]]:
    agents = list(event.roles.get("agent", ()))
    targets = [
        *event.roles.get("recipient", ()),
        *event.roles.get("destination", ()),
        *event.roles.get("body", ()),
    ]
    if agents:
        return [(a, t, True) for a in agents for t in dict.fromkeys(targets) if a != t]
    return [(a, b, False) for a, b in combinations(sorted(event.roles.get("participant", ())), 2)]


def _value(term: object) -> str:
    return str(getattr(term, "value", "") or "")


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
