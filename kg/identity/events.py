"""Which tellings are of one event, which deny each other, and what became of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from kg.identity.clusters import Clusters
from kg.identity.records import EventRecord
from kg.identity.sameness import AHEAD, VAGUE, interval, likeness, same_event, same_roles, times_meet

_MOST_ANCHORS = 8
_Key = tuple[str, ...]


def join_events(
    events: Sequence[EventRecord], copies: Mapping[str, str], state_of: Mapping[str, str], clusters: Clusters
) -> None:
    """Join in ``clusters`` the events that are the same, the most alike first.

    Two events that one document tells apart stay apart, and so do different exact days.
    """
    tellings: dict[str, list[EventRecord]] = defaultdict(list)
    for event in events:
        tellings[event.iri].append(event)

    def alike(a: EventRecord, b: EventRecord) -> bool:
        return same_event(a, b, state_of, copies=_text(a, copies) == _text(b, copies))

    pairs = {
        (-likeness(a, b), min(a.iri, b.iri), max(a.iri, b.iri))
        for a, b in _candidates(events, lambda e: _keys(e, copies))
        if a.iri != b.iri and alike(a, b)
    }
    for _, one, other in sorted(pairs):
        together = [t for iri in clusters.members(one) | clusters.members(other) for t in tellings[iri]]
        if _consistent(together):
            clusters.join(one, other)


def realizations(events: Sequence[EventRecord], state_of: Mapping[str, str]) -> set[tuple[str, str]]:
    """(what took place, the plan of it): same class and actors, and a time that the plan allows."""
    best: dict[str, tuple[float, str]] = {}
    for a, b in _candidates(events, _anchor_keys):
        done, plan = (a, b) if a.factuality == "Actual" else (b, a)
        if done.factuality != "Actual" or plan.factuality not in ("Planned", "Possible"):
            continue
        if done.graph == plan.graph or not _comes_after(done, plan):
            continue
        if same_roles(done, plan, state_of) and times_meet(done, plan):
            best[plan.iri] = min(best.get(plan.iri, (99.0, "")), (-likeness(done, plan), done.iri))
    return {(done, plan) for plan, (_, done) in best.items()}


def contradictions(events: Sequence[EventRecord], state_of: Mapping[str, str]) -> set[tuple[str, str]]:
    """(what one document denies, what another tells as a fact)."""
    return {
        (denied.iri, told.iri)
        for a, b in _candidates(events, _anchor_keys)
        for denied, told in ((a, b), (b, a))
        if denied.factuality == "Negated"
        and told.factuality == "Actual"
        and denied.graph != told.graph
        and same_roles(denied, told, state_of)
        and times_meet(denied, told)
    }


def _comes_after(done: EventRecord, plan: EventRecord) -> bool:
    """Whether the plan was told before it happened."""
    happened = interval(done)
    return bool(happened and plan.issued and happened[1] >= plan.issued)


def _consistent(tellings: Iterable[EventRecord]) -> bool:
    of_graph: dict[str, str] = {}
    days: set[date] = set()
    for t in tellings:
        if of_graph.setdefault(t.graph, t.iri) != t.iri:
            return False
        if t.day and not t.situation:
            days.add(t.day)
    return len(days) <= 1


def _text(event: EventRecord, copies: Mapping[str, str]) -> str:
    return copies.get(event.graph, event.graph)


def _keys(event: EventRecord, copies: Mapping[str, str]) -> Iterator[_Key]:
    """What two tellings of one event share at least one of."""
    kind = (event.kind, event.factuality)
    yield ("text", *kind, _text(event, copies))
    if event.kind == "OfficeHolding":
        yield ("office", *sorted(event.agents), (event.office or "").casefold())
    elif event.kind == "Statement":
        if event.quotation:
            yield ("words", *sorted(event.agents))
    else:
        yield from ((*kind, *key) for key in _anchor_keys(event))


def _anchor_keys(event: EventRecord) -> Iterator[_Key]:
    if event.situation or event.kind == "Statement":
        return
    yield from (
        (event.kind, *pair) for pair in combinations(sorted(event.anchors | event.topics)[:_MOST_ANCHORS], 2)
    )


def _candidates(
    events: Sequence[EventRecord], keys: Callable[[EventRecord], Iterable[_Key]]
) -> Iterator[tuple[EventRecord, EventRecord]]:
    """Pairs that share a key and are not too far apart in time, each perhaps more than once."""
    blocks: dict[_Key, list[EventRecord]] = defaultdict(list)
    for event in events:
        for key in keys(event):
            blocks[key].append(event)
    for _, block in sorted(blocks.items()):
        yield from _near_pairs(block)


def _near_pairs(block: list[EventRecord]) -> Iterator[tuple[EventRecord, EventRecord]]:
    """In order of time, so that a long block costs its neighbours only."""
    far = timedelta(days=VAGUE.days + AHEAD.days)
    placed = [(interval(e) or (date.min, date.max), e) for e in block]
    placed.sort(key=lambda p: (p[0], p[1].graph, p[1].iri))
    for i, ((begin, _), a) in enumerate(placed):
        for (other, _), b in placed[i + 1 :]:
            if (other - begin) > far and begin != date.min:
                break
            yield a, b
