"""Extraction ─▶ quads: one named graph per document, complete in itself, no blank nodes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Entity, EntityClass, Event, Extraction, Mention, MentionKind, Span
from kg.rdf.iris import Iris
from kg.rdf.terms import DCT, LABEL, NIF, PROV, SCHEMA, SKOS, TYPE, WIKIDATA, XSD, dip, nif

_DATE = NamedNode(f"{XSD}date")
_INDEX = NamedNode(f"{XSD}nonNegativeInteger")
_DECIMAL = NamedNode(f"{XSD}decimal")
_SITUATIONS = frozenset({"Alliance", "Tension", "OfficeHolding"})
_ORGANIZATIONS = frozenset(
    {
        EntityClass.INTERNATIONAL_ORGANIZATION, EntityClass.GOVERNMENT_BODY, EntityClass.NEWS_AGENCY,
        EntityClass.MEDIA_OUTLET, EntityClass.ARMED_GROUP, EntityClass.PARTY,
    }
)  # fmt: skip

_Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Provenance:
    """What wrote a graph. ``generated`` is an ISO time, stated only on request."""

    program: str
    pipeline: str
    rules: str
    generated: str | None = None


def document_quads(extraction: Extraction, iris: Iris, provenance: Provenance) -> list[Quad]:
    """All quads of one document, sorted, each once: equal input gives equal output."""
    graph = NamedNode(iris.graph(extraction.document.id))
    triples = _Writer(extraction, iris, provenance).triples()
    quads = {Quad(s, p, o, graph) for s, p, o in triples}
    return sorted(quads, key=str)


class _Writer:
    def __init__(self, extraction: Extraction, iris: Iris, provenance: Provenance) -> None:
        self._x = extraction
        self._iris = iris
        self._provenance = provenance
        self._id = extraction.document.id
        self._document = NamedNode(iris.document(self._id))
        self._language = extraction.document.language

    def triples(self) -> Iterator[tuple[NamedNode, NamedNode, _Term]]:
        yield from self._of_document()
        yield from self._of_graph()
        used = self._used()
        for key in sorted(used):
            yield from self._of_entity(self._x.entities[key])
        for event in self._x.events:
            yield from self._of_event(event)

    def _used(self) -> set[str]:
        """The entities that the document names, and those that fill a role."""
        named: set[str] = set()
        for mention in self._x.mentions:
            named.update(_named_by(mention))
        for event in self._x.events:
            named.update(event.actors, event.attributed_to)
            named.update(k for k in (event.place, event.destination, event.body) if k)
        states = {c for k in named if (c := self._x.entities[k].country) and c in self._x.entities}
        self._mentioned = set(named)
        return named | states

    def _of_document(self) -> Iterator[tuple[NamedNode, NamedNode, _Term]]:
        document, d = self._x.document, self._document
        yield d, TYPE, dip("Document")
        yield d, TYPE, nif("Context")
        yield d, NamedNode(f"{DCT}identifier"), Literal(document.id)
        yield d, nif("isString"), Literal(document.text)
        digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        yield d, dip("sha256"), Literal(digest)
        yield d, NamedNode(f"{DCT}language"), Literal(document.language)
        if document.title:
            yield d, NamedNode(f"{DCT}title"), Literal(document.title, language=document.language)
        if document.published:
            yield d, NamedNode(f"{DCT}issued"), Literal(document.published.isoformat(), datatype=_DATE)
        if document.publisher:
            yield d, NamedNode(f"{DCT}publisher"), Literal(document.publisher)
        if document.url:
            yield d, NamedNode(f"{DCT}source"), Literal(document.url)
        self._used()
        for key in sorted(self._mentioned):
            yield d, NamedNode(f"{SCHEMA}mentions"), self._entity(key)

    def _of_graph(self) -> Iterator[tuple[NamedNode, NamedNode, _Term]]:
        graph = NamedNode(self._iris.graph(self._id))
        yield graph, NamedNode(f"{PROV}wasDerivedFrom"), self._document
        yield graph, dip("programVersion"), Literal(self._provenance.program)
        yield graph, dip("pipelineVersion"), Literal(self._provenance.pipeline)
        yield graph, dip("rulesVersion"), Literal(self._provenance.rules)
        if self._provenance.generated:
            yield (
                graph,
                NamedNode(f"{PROV}generatedAtTime"),
                Literal(self._provenance.generated, datatype=NamedNode(f"{XSD}dateTime")),
            )

    def _entity(self, key: str) -> NamedNode:
        return NamedNode(self._iris.entity(self._x.entities[key], self._id))

    def _text(self, text: str) -> Literal:
        return Literal(text, language=self._language)

    def _of_entity(self, entity: Entity) -> Iterator[tuple[NamedNode, NamedNode, _Term]]:
        node = self._entity(entity.key)
        yield node, TYPE, dip(entity.kind)
        if entity.kind.is_actor:
            yield node, TYPE, dip("Actor")
        if entity.kind in _ORGANIZATIONS:
            yield node, TYPE, dip("Organization")
        yield node, LABEL, self._text(entity.label)
        for alias in entity.aliases:
            yield node, NamedNode(f"{SKOS}altLabel"), self._text(alias)
        if entity.wikidata:
            yield node, NamedNode(f"{SKOS}exactMatch"), NamedNode(f"{WIKIDATA}{entity.wikidata}")
        if entity.country and entity.country != entity.key and entity.country in self._x.entities:
            yield node, dip("country"), self._entity(entity.country)

    def _of_event(self, event: Event) -> Iterator[tuple[NamedNode, NamedNode, _Term]]:
        node = NamedNode(self._iris.event(event, dict(self._x.entities), self._id))
        yield node, TYPE, dip(event.kind)
        yield node, TYPE, dip("Situation" if event.kind in _SITUATIONS else "Event")
        for role, keys in (
            ("participant", event.actors),
            ("agent", event.agents),
            ("recipient", event.recipients),
            ("attributedTo", event.attributed_to),
        ):
            for key in keys:
                yield node, dip(role), self._entity(key)
        for role, key_or_none in (
            ("place", event.place), ("destination", event.destination), ("body", event.body),
        ):  # fmt: skip
            if key_or_none:
                yield node, dip(role), self._entity(key_or_none)
        for topic in event.topics:
            topic_node = NamedNode(self._iris.topic(topic))
            yield node, dip("topic"), topic_node
            yield topic_node, TYPE, dip("Topic")
            yield topic_node, LABEL, self._text(topic)
        yield from self._of_time(node, event)
        yield node, dip("factuality"), dip(event.factuality)
        if event.office:
            yield node, dip("office"), self._text(event.office)
        if event.quotation:
            yield node, dip("quotation"), self._text(event.quotation)
        yield node, dip("confidence"), Literal(str(round(event.confidence, 2)), datatype=_DECIMAL)
        yield node, dip("frame"), Literal(event.frame)
        for span in event.evidence:
            yield node, dip("evidence"), NamedNode(self._iris.mention(self._id, span))
            yield from self._of_mention(span)

    def _of_time(self, node: NamedNode, event: Event) -> Iterator[tuple[NamedNode, NamedNode, _Term]]:
        time = event.time
        if time is None:
            return
        yield node, dip("timeExpression"), self._text(time.text)
        for name, day in (("date", time.date), ("earliest", time.earliest), ("latest", time.latest)):
            if day is not None and (name == "date" or time.date is None):
                yield node, dip(name), Literal(day.isoformat(), datatype=_DATE)

    def _of_mention(self, span: Span) -> Iterator[tuple[NamedNode, NamedNode, _Term]]:
        node = NamedNode(self._iris.mention(self._id, span))
        yield node, TYPE, dip("Mention")
        yield node, NamedNode(f"{NIF}beginIndex"), Literal(str(span.begin), datatype=_INDEX)
        yield node, NamedNode(f"{NIF}endIndex"), Literal(str(span.end), datatype=_INDEX)
        yield node, nif("anchorOf"), Literal(self._x.document.text[span.begin : span.end])
        yield node, nif("referenceContext"), self._document


def _named_by(mention: Mention) -> Iterator[str]:
    """The entity that a name stands for: the place of a local phrase, else the actor."""
    if mention.kind is MentionKind.NAME:
        if mention.place is not None and (mention.local or not mention.actors):
            yield mention.place
        else:
            yield from mention.actors
    elif mention.kind is MentionKind.DESCRIPTION and mention.names:
        yield from mention.actors
