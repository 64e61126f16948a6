"""Document graphs ─▶ what is compared between documents: records of texts, entities and events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from kg.rdf.facts import Facts
from kg.rdf.shards import read_shard
from kg.rdf.terms import DCT, DIP, NIF, SITUATIONS

_T = TypeVar("_T")


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
        return self.kind in SITUATIONS

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
    once = Once()
    for shard in shards:
        for graph, quads in groupby(
            sorted(read_shard(shard), key=lambda q: str(q.graph_name)),
            key=lambda q: str(getattr(q.graph_name, "value", "")),
        ):
            facts = Facts(graph, quads)
            texts.append(_text(graph, facts))
            entities.extend(_entities(graph, facts, once))
            events.extend(_events(graph, facts, once))
    return Records(
        tuple(sorted(texts, key=lambda t: t.graph)),
        tuple(sorted(entities, key=lambda e: (e.graph, e.iri))),
        tuple(sorted(events, key=lambda e: (e.graph, e.iri))),
    )


def _text(graph: str, facts: Facts) -> TextRecord:
    return TextRecord(
        graph, facts.document, facts.identifier, facts.one(facts.document, f"{NIF}isString"), _issued(facts)
    )


def _issued(facts: Facts) -> date | None:
    return _day(facts.one(facts.document, f"{DCT}issued"))


class Once(dict[Any, Any]):
    """Equal values kept once: thousands of articles name the same actors, and few events have a place or an office.

    >>> once = Once()
    >>> once("ab" + "c"[:1]) is once("".join(["a", "b", "c"]))
    True
    """

    def __call__(self, value: _T) -> _T:
        """The first value that was equal to this one."""
        kept: _T = self.setdefault(value, value)
        return kept


def _entities(graph: str, facts: Facts, once: Once) -> Iterator[EntityRecord]:
    offices: dict[str, set[tuple[str, str]]] = {}
    for held in facts.of_class("OfficeHolding"):
        for person in facts.all(held, "agent"):
            offices.setdefault(person, set()).add((facts.one(held, "office"), facts.one(held, "body")))
    for iri in facts.of_class("Actor", "Place"):
        yield EntityRecord(
            graph,
            once(iri),
            once(facts.kind(iri)),
            once(facts.label(iri)),
            once(facts.one(iri, "country") or None),
            once(frozenset(offices.get(iri, ()))),
        )


def _events(graph: str, facts: Facts, once: Once) -> Iterator[EventRecord]:
    issued = _issued(facts)

    def several(event: str, name: str) -> frozenset[str]:
        return once(frozenset(map(once, facts.all(event, name))))

    def one(event: str, name: str) -> str | None:
        return once(facts.one(event, name) or None)

    for iri in facts.of_class("Event", "Situation"):
        yield EventRecord(
            graph=graph,
            iri=iri,
            kind=once(facts.kind(iri)),
            factuality=once(facts.one(iri, "factuality").removeprefix(DIP)),
            participants=several(iri, "participant"),
            agents=several(iri, "agent"),
            recipients=several(iri, "recipient"),
            place=one(iri, "place"),
            destination=one(iri, "destination"),
            topics=several(iri, "topic"),
            office=one(iri, "office"),
            body=one(iri, "body"),
            quotation=facts.one(iri, "quotation"),
            evidence=once(
                frozenset(once(facts.one(m, f"{NIF}anchorOf")) for m in facts.all(iri, "evidence"))
            ),
            day=_day(facts.one(iri, "date")),
            earliest=_day(facts.one(iri, "earliest")),
            latest=_day(facts.one(iri, "latest")),
            issued=issued,
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # a year before 1 or after 9999
        return None
