"""When two tellings are of one event: the same actors in the same roles, and times that fit.

Times are compared as intervals of days. A telling without a time is of about the day its article
appeared: news tells what is new, and announces what is near.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from kg.identity.records import EventRecord

RECENT, AHEAD = timedelta(days=14), timedelta(days=183)
"""How far before its article an undated event lies, how far after it an undated plan."""
VAGUE = timedelta(days=45)
"""Longer bounds than these ("in diesem Jahr") do not tell one event from the next of its kind."""
SAME_NEWS = timedelta(days=7)
"""Articles so close together may tell one undated event."""
LATER_NEWS = timedelta(days=30)
"""Articles so close together may tell one event that only one of them dates."""
_ENOUGH = 2
"""So many actors, places or topics two tellings must have in common."""
_UNREAL = frozenset({"Planned", "Possible"})


def interval(event: EventRecord) -> tuple[date, date] | None:
    """The first and last day that come into question; None where nothing is known."""
    if event.day:
        return event.day, event.day
    if event.earliest and event.latest:
        return event.earliest, event.latest
    issued = event.issued
    if event.earliest or event.latest:
        day = event.earliest or event.latest
        assert day is not None
        return (day, day + AHEAD) if event.earliest else (day - AHEAD, day)
    if issued is None:
        return None
    return (issued, issued + AHEAD) if event.factuality in _UNREAL else (issued - RECENT, issued)


def is_dated(event: EventRecord) -> bool:
    """Whether the telling itself says when, closely enough."""
    if event.day:
        return True
    return bool(event.earliest and event.latest and event.latest - event.earliest <= VAGUE)


def times_meet(a: EventRecord, b: EventRecord) -> bool:
    """Whether there is a day that comes into question for both."""
    one, other = interval(a), interval(b)
    return bool(one and other and one[0] <= other[1] and other[0] <= one[1])


def same_time(a: EventRecord, b: EventRecord) -> bool:
    """Whether two tellings can be of one event as far as time goes."""
    if not times_meet(a, b):
        return False
    dated = is_dated(a) + is_dated(b)
    if dated == 2:
        return True
    if a.issued is None or b.issued is None:
        return False
    return abs(a.issued - b.issued) <= (LATER_NEWS if dated else SAME_NEWS)


def same_roles(a: EventRecord, b: EventRecord, state_of: Mapping[str, str]) -> bool:
    """Whether actors, places and topics agree, as far as both tell them, and enough of them do."""
    return (
        _nested(a.participants, b.participants)
        and _nested(a.agents, b.agents)
        and _agree(a.recipients, b.recipients)
        and _same_place(a.place, b.place, state_of)
        and _same_place(a.destination, b.destination, state_of)
        and len((a.anchors | a.topics) & (b.anchors | b.topics)) >= _ENOUGH
    )


def same_event(a: EventRecord, b: EventRecord, state_of: Mapping[str, str], *, copies: bool) -> bool:
    """Whether two tellings, of different documents, are of one event or situation.

    Args:
        state_of: IRI of a place or organisation ─▶ IRI of its state.
        copies: whether one of the two articles is a copy of the other.
    """
    if (a.kind, a.factuality) != (b.kind, b.factuality) or a.graph == b.graph:
        return False
    if copies and a.participants == b.participants and a.evidence & b.evidence:
        return True
    if a.kind == "OfficeHolding":
        offices = {(e.office or "").casefold() for e in (a, b)}
        return a.agents == b.agents and len(offices) == 1 and a.body == b.body
    if a.situation:
        near = bool(a.issued and b.issued and abs(a.issued - b.issued) <= AHEAD)
        return near and a.participants == b.participants and len(a.participants) >= _ENOUGH
    if a.kind == "Statement":
        return a.agents == b.agents and _same_words(a.quotation, b.quotation)
    return same_roles(a, b, state_of) and same_time(a, b)


def likeness(a: EventRecord, b: EventRecord) -> float:
    """How alike two tellings are; the most alike are joined first."""
    days = 0.0
    one, other = interval(a), interval(b)
    if one and other:
        days = abs(((one[0] + (one[1] - one[0]) / 2) - (other[0] + (other[1] - other[0]) / 2)).days)
    return (
        4 * (a.day is not None and a.day == b.day)
        + 2 * (a.participants == b.participants)
        + 2 * (a.place is not None and a.place == b.place)
        + bool(a.topics & b.topics)
        - days / 100
    )


def _nested(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether one telling names all whom the other names."""
    return a == b or (bool(a and b) and (a <= b or b <= a))


def _agree(a: frozenset[str], b: frozenset[str]) -> bool:
    return not (a and b) or _nested(a, b)


def _same_place(a: str | None, b: str | None, state_of: Mapping[str, str]) -> bool:
    return a is None or b is None or a == b or state_of.get(a) == b or state_of.get(b) == a


def _same_words(a: str, b: str) -> bool:
    one, other = (" ".join(re.findall(r"\w+", text.casefold())) for text in (a, b))
    return bool(one and other) and (one in other or other in one)
