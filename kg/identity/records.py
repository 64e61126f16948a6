"""Document graphs ─▶ what is compared between documents: records of texts, entities and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from pyoxigraph import Quad

from kg.rdf.shards import read_shard
from kg.rdf.terms import DCT, DIP, LABEL, NIF, PROV, TYPE

_SITUATIONS = frozenset({"Alliance", "Tension", "OfficeHolding"})
_GENERAL = frozenset({"Event", "Situation", "Actor", "Organization"})


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A document: the IRIs of its graph and of itself, its text and the day it appeared."""

    graph: str
    document: str
    identifier: str
    text: str
    issued: date | None


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity as one document graph describes it."""

    graph: str
    iri: str
    kind: str
    label: str
    country: str | None = None
    offices: frozenset[tuple[str, str]] = frozenset()
    """(office, IRI of the body) of a person."""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """An event or situation as one document graph tells it; roles hold entity IRIs."""

    graph: str
    iri: str
    kind: str
    factuality: str
    participants: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    place: str | None = None
    destination: str | None = None
    topics: frozenset[str] = frozenset()
    office: str | None = None
    body: str | None = None
    quotation: str = ""
    evidence: frozenset[str] = frozenset()
    day: date | None = None
    earliest: date | None = None
    latest: date | None = None
    issued: date | None = None

    @property
    def situation(self) -> bool:
        """Whether it holds over a time."""
        return self.kind in _SITUATIONS

    @property
    def anchors(self) -> frozenset[str]:
        """Who and where: what two tellings must have in common."""
        return self.participants | {i for i in (self.place, self.destination, self.body) if i}


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a build, sorted, so that neither order nor workers of the build matter."""

    texts: tuple[TextRecord, ...]
    entities: tuple[EntityRecord, ...]
    events: tuple[EventRecord, ...]


def read_records(shards: Iterable[Path]) -> Records:
    """Read the records out of shards."""
    texts: list[TextRecord] = []
    entities: list[EntityRecord] = []
    events: list[EventRecord] = []
    for shard in shards:
        for graph, quads in groupby(
            sorted(read_shard(shard), key=lambda q: str(q.graph_name)),
            key=lambda q: str(getattr(q.graph_name, "value", "")),
        ):
            reader = _GraphReader(graph, quads)
            texts.append(reader.text())
            entities.extend(reader.entities())
            events.extend(reader.events())
    return Records(
        tuple(sorted(texts, key=lambda t: t.graph)),
        tuple(sorted(entities, key=lambda e: (e.graph, e.iri))),
        tuple(sorted(events, key=lambda e: (e.graph, e.iri))),
    )


class _GraphReader:
    """One document graph, by subject and property."""

    def __init__(self, graph: str, quads: Iterable[Quad]) -> None:
        self._graph = graph
        self._values: dict[str, dict[str, list[str]]] = {}
        for quad in quads:
            of_subject = self._values.setdefault(str(getattr(quad.subject, "value", "")), {})
            of_subject.setdefault(quad.predicate.value, []).append(str(getattr(quad.object, "value", "")))

    def text(self) -> TextRecord:
        document = self._one(self._graph, f"{PROV}wasDerivedFrom") or ""
        return TextRecord(
            self._graph,
            document,
            self._one(document, f"{DCT}identifier") or "",
            self._one(document, f"{NIF}isString") or "",
            _day(self._one(document, f"{DCT}issued")),
        )

    def entities(self) -> Iterator[EntityRecord]:
        offices: dict[str, set[tuple[str, str]]] = {}
        for iri in self._of_class("OfficeHolding"):
            for person in self._all(iri, f"{DIP}agent"):
                held = (self._one(iri, f"{DIP}office") or "", self._one(iri, f"{DIP}body") or "")
                offices.setdefault(person, set()).add(held)
        for general in ("Actor", "Place"):
            for iri in self._of_class(general):
                yield EntityRecord(
                    self._graph,
                    iri,
                    self._kind(iri),
                    min(self._all(iri, LABEL.value), default=""),
                    self._one(iri, f"{DIP}country"),
                    frozenset(offices.get(iri, ())),
                )

    def events(self) -> Iterator[EventRecord]:
        issued = self.text().issued
        for general in ("Event", "Situation"):
            for iri in self._of_class(general):
                yield self._event(iri, issued)

    def _event(self, iri: str, issued: date | None) -> EventRecord:
        anchors = (self._one(m, f"{NIF}anchorOf") or "" for m in self._all(iri, f"{DIP}evidence"))
        return EventRecord(
            graph=self._graph,
            iri=iri,
            kind=self._kind(iri),
            factuality=(self._one(iri, f"{DIP}factuality") or "").removeprefix(DIP),
            participants=self._set(iri, "participant"),
            agents=self._set(iri, "agent"),
            recipients=self._set(iri, "recipient"),
            place=self._one(iri, f"{DIP}place"),
            destination=self._one(iri, f"{DIP}destination"),
            topics=self._set(iri, "topic"),
            office=self._one(iri, f"{DIP}office"),
            body=self._one(iri, f"{DIP}body"),
            quotation=self._one(iri, f"{DIP}quotation") or "",
            evidence=frozenset(anchors),
            day=_day(self._one(iri, f"{DIP}date")),
            earliest=_day(self._one(iri, f"{DIP}earliest")),
            latest=_day(self._one(iri, f"{DIP}latest")),
            issued=issued,
        )

    def _of_class(self, name: str) -> list[str]:
        return [s for s, v in self._values.items() if f"{DIP}{name}" in v.get(TYPE.value, ())]

    def _kind(self, iri: str) -> str:
        """The most specific class."""
        names = {c.removeprefix(DIP) for c in self._all(iri, TYPE.value)}
        return min(names - _GENERAL, default=min(names, default=""))

    def _all(self, subject: str, predicate: str) -> list[str]:
        return self._values.get(subject, {}).get(predicate, [])

    def _set(self, subject: str, name: str) -> frozenset[str]:
        return frozenset(self._all(subject, f"{DIP}{name}"))

    def _one(self, subject: str, predicate: str) -> str | None:
        return min(self._all(subject, predicate), default=None)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # a year before 1 or after 9999
        return None
