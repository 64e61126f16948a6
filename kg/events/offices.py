"""Who holds which office: the tellings of one holding ─▶ one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.entities.vocabulary.offices import OfficeWords
from kg.events.appointments import Told
from kg.events.merge import unite
from kg.model import Event, Factuality, OfficeMention, Telling, Time

_FRAME, _VERBS = "offices.toml:titles", "offices.toml:verbs"


def holdings(offices: Sequence[OfficeMention], told: Iterable[Event], words: OfficeWords) -> list[Event]:
    """One event per person and office, with the text's fullest name for it and all its evidence.

    *Bundeskanzlerin Merkel … die Kanzlerin* is one holding; *Vizepräsident* and *Präsident* are two. A
    bare *der Präsident* is more evidence for what is told elsewhere, and no holding by itself.

    Args:
        told: the holdings that verbs tell (*wurde zum Präsidenten gewählt*).
    """
    found: list[Event] = []
    for event in (*(_event(o) for o in offices if not o.bare), *told):
        i = next((i for i, other in enumerate(found) if _is_same(other, event, words)), None)
        if i is None:
            found.append(event)
        else:
            found[i] = _united(found[i], event)
    for office in offices:
        if office.bare:
            event = replace(_event(office), body=None)
            i = next((i for i, other in enumerate(found) if _is_same(other, event, words)), None)
            if i is not None:
                found[i] = _united(found[i], event)
    return found


def told_event(told: Told, factuality: Factuality, clause: str) -> Event:
    """The event of a holding that a verb tells; its words are the clause's."""
    office, span = told.office, told.span
    return replace(
        _event(office),
        factuality=factuality,
        evidence=(span,),
        frame=_VERBS,
        sentence=told.clause.sentence,
        tellings=(Telling(span, _VERBS, office.title, clause),),
    )


def _event(office: OfficeMention) -> Event:
    return Event(
        kind="OfficeHolding",
        agents=(office.person,),
        office=office.title,
        body=office.body,
        time=Time(office.time) if office.time else None,
        factuality=Factuality.PLANNED if office.planned else Factuality.ACTUAL,
        evidence=(office.span,),
        confidence=office.confidence,
        frame=_FRAME,
        sentence=office.sentence,
        tellings=(Telling(office.span, _FRAME, office.title, office.how),),
    )


def _united(a: Event, b: Event) -> Event:
    return replace(unite(a, b), office=_fuller(a, b), time=_time(a, b))


def _is_same(a: Event, b: Event, words: OfficeWords) -> bool:
    if a.agents != b.agents or a.factuality is not b.factuality or not a.office or not b.office:
        return False
    if not words.same_office(a.office, b.office):
        return False
    return a.body == b.body or a.body is None or b.body is None


def _fuller(a: Event, b: Event) -> str:
    """*Bundeskanzlerin* of *Kanzlerin* and *Bundeskanzlerin*; of two words for one office the first."""
    one, other = a.office or "", b.office or ""
    longer = other.casefold().endswith(one.casefold()) and len(other) > len(one)
    return other if longer else one


def _time(a: Event, b: Event) -> Time | None:
    times = [t for t in (a.time, b.time) if t is not None]
    exact = [t for t in times if t.date or t.earliest or t.latest]
    return next(iter(exact or times), None)
