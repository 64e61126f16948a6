"""What the pages show, looked up in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from kg.rdf.terms import DIP, NIF, PREFIXES

_MOST = 200
_EVENTS = """
SELECT ?node ?event (SAMPLE(?c) AS ?class) (GROUP_CONCAT(DISTINCT ?name; SEPARATOR=", ") AS ?who)
  (MIN(COALESCE(?exact, ?from)) AS ?begin) (MAX(COALESCE(?exact, ?to)) AS ?end) (MIN(?fact) AS ?factuality)
WHERE {
  ?event PATTERN ?node .
  ?event a ?c ; dip:participant/rdfs:label ?name ; dip:factuality ?fact .
  FILTER (?c NOT IN (dip:Event, dip:Situation))
  OPTIONAL { ?event dip:date ?exact } OPTIONAL { ?event dip:earliest ?from } OPTIONAL { ?event dip:latest ?to }
}
GROUP BY ?node ?event ORDER BY ?begin ?class ?who LIMIT 200
"""
_SENTENCES = """
SELECT DISTINCT ?node ?doc ?id ?sentence ?begin ?sb ?se WHERE {
  ?node dip:evidence ?m . ?m nif:beginIndex ?begin ; nif:referenceContext ?doc . ?doc dct:identifier ?id .
  OPTIONAL { ?m nif:sentence ?s . ?s nif:anchorOf ?full ; nif:beginIndex ?sb ; nif:endIndex ?se }
  ?m nif:anchorOf ?anchor . BIND (COALESCE(?full, ?anchor) AS ?sentence)
} ORDER BY ?id ?begin
"""
_SPANS = """
SELECT ?node ?begin ?end ?entity ?label ?event WHERE {
  ?m nif:referenceContext ?node ; nif:beginIndex ?begin ; nif:endIndex ?end .
  { ?m itsrdf:taIdentRef ?entity . ?entity rdfs:label ?label } UNION { ?event dip:evidence ?m }
} ORDER BY ?begin ?end
"""
_NEIGHBOURS = """
SELECT ?node ?other ?label (COUNT(DISTINCT ?event) AS ?events) WHERE {
  ?event dip:participant ?node , ?other . FILTER (?other != ?node) ?other rdfs:label ?label
} GROUP BY ?node ?other ?label ORDER BY DESC(?events) ?label LIMIT 50
"""
_ORIGINAL = """
SELECT ?node ?name ?format ?position ?pages ?sha256 WHERE {
  ?node dct:isFormatOf ?original . ?original schema:name ?name ; schema:encodingFormat ?format ; schema:sha256 ?sha256 .
  OPTIONAL { ?original schema:position ?position } OPTIONAL { ?original schema:pagination ?pages }
}
"""
_MENTIONED = """
SELECT ?node ?id ?title ?issued WHERE {
  ?doc schema:mentions ?node ; dct:identifier ?id . OPTIONAL { ?doc dct:title ?title } OPTIONAL { ?doc dct:issued ?issued }
} ORDER BY ?issued ?id LIMIT 200
"""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an article's text: what it names, and the events that it is evidence of."""

    text: str
    begin: int
    entity: str = ""
    label: str = ""
    events: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    """The events whose evidence ends here."""
    page: int = 0
    """The number of the original's page that begins here."""


@dataclass(slots=True)
class Node:
    """A node's values by property (local names of the ontology, else whole IRIs), with names of IRIs."""

    iri: str
    values: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def all(self, name: str) -> list[tuple[str, str]]:
        """(value, its name) of a property."""
        return self.values.get(name, [])

    def one(self, name: str) -> str:
        """The first value's name, or nothing."""
        return next((label for _, label in self.all(name)), "")


class Reading:
    """Look-ups for pages. Values come in as bound terms."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rows(self, query: str, **values: str) -> list[dict[str, str]]:
        """The rows of a query, as text; IRIs are bound to variables that it selects."""
        bound: dict[Variable, Any] = {Variable(k): NamedNode(v) for k, v in values.items()}
        result = self._store.query(query, prefixes=PREFIXES, substitutions=bound or None)
        assert isinstance(result, QuerySolutions)
        names = [v.value for v in result.variables]
        return [{n: _text(row[n]) for n in names} for row in result]

    def document(self, identifier: str) -> str | None:
        """The IRI of a document by its id."""
        found = self._store.quads_for_pattern(
            None, NamedNode("http://purl.org/dc/terms/identifier"), Literal(identifier), None
        )
        return next((str(getattr(q.subject, "value", "")) for q in found), None)

    def node(self, iri: str) -> Node | None:
        """All that is said of a node; None if nothing is."""
        node = Node(iri)
        query = "SELECT DISTINCT ?node ?p ?o ?label { ?node ?p ?o . OPTIONAL { ?o rdfs:label ?label } } ORDER BY ?p ?label ?o"
        for row in self.rows(query, node=iri):
            name = row["p"].removeprefix(DIP)
            node.values.setdefault(name, []).append((row["o"], row["label"] or row["o"].removeprefix(DIP)))
        return node if node.values else None

    def events(self, iri: str, pattern: str = "dip:participant") -> list[dict[str, str]]:
        """The events that a node takes part in, or that ``pattern`` leads to it from."""
        found = self.rows(_EVENTS.replace("PATTERN", pattern), node=iri)
        for row in found:
            row["class"] = row["class"].removeprefix(DIP)
            row["factuality"] = row["factuality"].removeprefix(DIP)
        return found

    def sentences(self, event: str) -> list[dict[str, str]]:
        """The sentences that an event rests on, with the original of each, if its text is not one itself."""
        found = self.rows(_SENTENCES, node=event)
        originals = {iri: self.original(iri) for iri in {row["doc"] for row in found}}
        for row in found:
            original = originals[row["doc"]]
            row["origin"] = ", ".join(v for v in (original.get("name"), original.get("position")) if v)
            row["page"] = str(page_at(original, int(row["sb"] or row["begin"])) or "")
        return found

    def neighbours(self, iri: str) -> list[dict[str, str]]:
        """With whom an actor shares events, most first."""
        return self.rows(_NEIGHBOURS, node=iri)

    def mentioned(self, iri: str) -> list[dict[str, str]]:
        """The documents that mention a node."""
        return self.rows(_MENTIONED, node=iri)

    def documents(self, offset: int = 0) -> list[dict[str, str]]:
        """A page of the documents."""
        return self.rows(
            "SELECT ?id ?title ?issued { ?doc a dip:Document ; dct:identifier ?id . OPTIONAL { ?doc dct:title ?title } "
            f"OPTIONAL {{ ?doc dct:issued ?issued }} }} ORDER BY ?issued ?id LIMIT {_MOST} OFFSET {int(offset)}"
        )

    def original(self, iri: str) -> dict[str, str]:
        """What a document was read from: name, format, position in it, where its pages begin; nothing if that is the text itself."""
        return next(iter(self.rows(_ORIGINAL, node=iri)), {})

    def segments(self, iri: str, text: str) -> list[Segment]:
        """A document's text, cut wherever a mention begins or ends."""
        spans = self.rows(_SPANS, node=iri)
        pages = {
            begin: number for number, begin in page_begins(self.original(iri)).items() if begin < len(text)
        }
        edges = sorted({0, len(text), *pages, *(int(r[e]) for r in spans for e in ("begin", "end"))})
        return [_segment(text, a, b, spans, pages.get(a, 0)) for a, b in pairwise(edges)]


def page_begins(original: Mapping[str, str]) -> dict[int, int]:
    """Where in the text the pages of an original begin.

    >>> page_begins({"pages": "1:0 2:2310"})
    {1: 0, 2: 2310}
    """
    return {int(n): int(at) for n, _, at in (p.partition(":") for p in original.get("pages", "").split())}


def page_at(original: Mapping[str, str], begin: int) -> int:
    """The page on which something stands; 0 if there are none.

    >>> page_at({"pages": "1:0 2:2310"}, 2500), page_at({}, 2500)
    (2, 0)
    """
    return max((n for n, at in page_begins(original).items() if at <= begin), default=0)


def _segment(text: str, begin: int, end: int, spans: list[dict[str, str]], page: int) -> Segment:
    inside = [r for r in spans if int(r["begin"]) <= begin and end <= int(r["end"])]
    names = [r for r in inside if r["entity"]]
    name: Mapping[str, str] = min(names, key=lambda r: int(r["end"]) - int(r["begin"]), default={})
    events = tuple(dict.fromkeys(r["event"] for r in inside if r["event"]))
    ending = tuple(e for e in events if any(r["event"] == e and int(r["end"]) == end for r in inside))
    return Segment(
        text[begin:end], begin, name.get("entity", ""), name.get("label", ""), events, ending, page
    )


def _text(term: Any) -> str:
    return str(getattr(term, "value", "") or "")


INDEX = f"{NIF}isString"
