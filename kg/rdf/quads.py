"""Extraction ─▶ quads: one named graph per document, complete in itself, no blank nodes."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Entity, EntityClass, Event, Extraction, Mention
from kg.rdf.iris import Iris
from kg.rdf.provenance import Provenance, document_triples, graph_triples
from kg.rdf.spans import SpanWriter
from kg.rdf.terms import DATE, DECIMAL, LABEL, SCHEMA, SITUATIONS, SKOS, TYPE, WIKIDATA, Triple, dip

_ORGANIZATIONS = frozenset(
    {
        EntityClass.INTERNATIONAL_ORGANIZATION, EntityClass.GOVERNMENT_BODY, EntityClass.NEWS_AGENCY,
        EntityClass.MEDIA_OUTLET, EntityClass.ARMED_GROUP, EntityClass.PARTY,
    }
)  # fmt: skip


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
        self._spans = SpanWriter(extraction.document, extraction.sentences, iris)
        self._id = extraction.document.id
        self._document = NamedNode(iris.document(self._id))
        self._language = extraction.document.language

    def triples(self) -> Iterator[Triple]:
        yield from document_triples(self._x.document, self._iris)
        yield from graph_triples(self._x.document, self._iris, self._provenance)
        named = self._named()
        for key in sorted(named):
            yield self._document, NamedNode(f"{SCHEMA}mentions"), self._entity(key)
        used = named | {c for k in named if (c := self._x.entities[k].country) in self._x.entities and c}
        for key in sorted(used):
            yield from self._of_entity(self._x.entities[key])
        for mention in self._x.mentions:
            refers_to = [self._entity(k) for k in _keys(mention) if k in used]
            if refers_to:
                yield from self._spans.mention(mention.span, refers_to)
        for event in self._x.events:
            yield from self._of_event(event)

    def _named(self) -> set[str]:
        """The entities that the document lists, and those that fill a role."""
        named = set(self._x.listed)
        for event in self._x.events:
            named.update(event.actors, event.attributed_to)
            named.update(k for k in (event.place, event.destination, event.body) if k)
        return named

    def _entity(self, key: str) -> NamedNode:
        return NamedNode(self._iris.entity(self._x.entities[key], self._id))

    def _text(self, text: str) -> Literal:
        return Literal(text, language=self._language)

    def _of_entity(self, entity: Entity) -> Iterator[Triple]:
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

    def _of_event(self, event: Event) -> Iterator[Triple]:
        node = NamedNode(self._iris.event(event, dict(self._x.entities), self._id))
        yield node, TYPE, dip(event.kind)
        yield node, TYPE, dip("Situation" if event.kind in SITUATIONS else "Event")
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
        yield node, dip("confidence"), Literal(str(round(event.confidence, 2)), datatype=DECIMAL)
        yield node, dip("frame"), Literal(event.frame)
        for span in event.evidence:
            yield node, dip("evidence"), self._spans.node(span)
            yield from self._spans.mention(span)

    def _of_time(self, node: NamedNode, event: Event) -> Iterator[Triple]:
        time = event.time
        if time is None:
            return
        yield node, dip("timeExpression"), self._text(time.text)
        for name, day in (("date", time.date), ("earliest", time.earliest), ("latest", time.latest)):
            if day is not None and (name == "date" or time.date is None):
                yield node, dip(name), Literal(day.isoformat(), datatype=DATE)


def _keys(mention: Mention) -> tuple[str, ...]:
    """The entities that a mention stands for, the place first where it is one."""
    if mention.place is not None and (mention.local or not mention.actors):
        return (mention.place,)
    return mention.actors
