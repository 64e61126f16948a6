"""Several tellings of one event in one document ─▶ one event with all its evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kg.events.lexicon import SYMMETRIC
from kg.model import Event, Time

_Key = tuple[object, ...]
_TALKS = frozenset({"Meeting", "Negotiation", "PhoneCall"})
_UTTERED = frozenset({"Statement"})
_LASTING = frozenset({"Visit", "Protest"})
"""What an article comes back to: *demonstrierten* and *die Proteste* of the same are one."""
_FARTHEST = 400
"""How many sentences make one article at most; tellings farther apart are not of one event."""
_NEAR = 3
"""How many sentences on a nameless *das Treffen* may take up an event."""


def merge(events: Iterable[Event]) -> list[Event]:
    """Unite tellings of the same event; the most specific values win.

    Two tellings are the same when class and factuality agree, the participants of one are among
    those of the other, and neither time nor places contradict. Events without participants are
    taken up by the last talks before them, or dropped.
    """
    merged: list[Event] = []
    alike: dict[_Key, list[int]] = defaultdict(list)
    for event in events:
        target = (
            _nameless_target(merged, event) if not event.actors else _same(merged, alike[_key(event)], event)
        )
        if target is not None:
            merged[target] = unite(merged[target], event)
        elif event.actors and not (event.kind in SYMMETRIC and len(event.participants) < 2 and _vague(event)):
            alike[_key(event)].append(len(merged))
            merged.append(event)
    return merged


def _key(event: Event) -> _Key:
    """What tellings of one event have in common."""
    return (event.kind, event.agents, event.office) if event.kind == "OfficeHolding" else (event.kind,)


def _vague(event: Event) -> bool:
    """A symmetric event with one known participant says too little without place or time."""
    return event.place is None and event.time is None and not event.topics


def _nameless_target(merged: list[Event], event: Event) -> int | None:
    if event.kind not in _TALKS:
        return None
    for i in range(len(merged) - 1, -1, -1):
        other = merged[i]
        if event.sentence - other.sentence > _NEAR:
            return None
        if other.kind in _TALKS and event.sentence >= other.sentence:
            # Talks of another class that bring no place, time or topic may be any talks.
            fits = other.kind == event.kind or not _vague(event)
            return i if fits and _compatible(other, event) else None
    return None


def _same(merged: list[Event], alike: list[int], event: Event) -> int | None:
    for i in reversed(alike):
        other = merged[i]
        if _one_event(other, event):
            return i
        if event.sentence - other.sentence > _FARTHEST:
            return None
    return None


def _one_event(a: Event, b: Event) -> bool:
    if a.kind in _UTTERED:
        return a.sentence == b.sentence and a.agents == b.agents and not (a.quotation and b.quotation)
    if a.kind == "OfficeHolding":
        return False  # see `offices.one_each`
    if a.factuality is not b.factuality:
        return False
    if a.kind in SYMMETRIC:
        same = set(a.participants) <= set(b.participants) or set(b.participants) <= set(a.participants)
        if a.sentence != b.sentence and min(len(a.participants), len(b.participants)) < 2:
            same = False
    else:
        same = (
            a.agents == b.agents
            and (not a.recipients or not b.recipients or set(a.recipients) == set(b.recipients))
            and (
                a.sentence == b.sentence
                or bool(a.recipients and b.recipients)
                or a.kind in _LASTING
                or _same_noun(a, b)
            )
        )
        if a.kind == "Visit" and a.destination != b.destination:
            same = False
    return same and _compatible(a, b)


def _same_noun(a: Event, b: Event) -> bool:
    """*der Ausstieg der USA … seit dem Ausstieg der USA*: the same noun of the same actor takes up the event."""
    nouns = [{t.trigger for t in e.tellings if t.trigger[:1].isupper()} for e in (a, b)]
    return bool(nouns[0] & nouns[1])


def _compatible(a: Event, b: Event) -> bool:
    if a.place and b.place and a.place != b.place:
        return False
    if a.destination and b.destination and a.destination != b.destination:
        return False
    return _times_agree(a.time, b.time)


def _times_agree(a: Time | None, b: Time | None) -> bool:
    if a is None or b is None:
        return True
    low_a, high_a = a.date or a.earliest, a.date or a.latest
    low_b, high_b = b.date or b.earliest, b.date or b.latest
    if None in (low_a, high_a, low_b, high_b):
        return not (low_a or low_b) or a.text == b.text or not (low_a and low_b)
    return low_a <= high_b and low_b <= high_a  # type: ignore[operator]


def unite(a: Event, b: Event) -> Event:
    """One event of two tellings; what ``a`` says wins unless ``b`` is more exact."""
    return replace(
        a,
        participants=_union(a.participants, b.participants),
        agents=_union(a.agents, b.agents),
        recipients=_union(a.recipients, b.recipients),
        place=a.place or b.place,
        destination=a.destination or b.destination,
        topics=_union(a.topics, b.topics),
        time=_more_exact(a.time, b.time),
        attributed_to=a.attributed_to,
        quotation=a.quotation or b.quotation,
        body=a.body or b.body,
        evidence=tuple(dict.fromkeys((*a.evidence, *b.evidence))),
        confidence=max(a.confidence, b.confidence),
        tellings=(*a.tellings, *b.tellings),
    )


def _union(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))


def _more_exact(a: Time | None, b: Time | None) -> Time | None:
    if a is None or b is None:
        return a or b

    def width(time: Time) -> float:
        if time.date:
            return 0
        if time.earliest and time.latest:
            return (time.latest - time.earliest).days
        return float("inf")

    return b if width(b) < width(a) else a
