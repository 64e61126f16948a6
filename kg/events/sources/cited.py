"""Whom media have their news from: *meldete die dpa unter Berufung auf Diplomaten*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.events.sources.openers import Opener
from kg.events.sources.rules import SourceRules
from kg.model import Entity


def with_whom_media_cite(
    rules: SourceRules, entities: Mapping[str, Entity], verbs: Sequence[Opener], phrases: Sequence[Opener]
) -> tuple[list[Opener], tuple[Opener, ...]]:
    """Verbs of saying whose medium cites somebody, with that source; of such phrases only those beside a medium.

    Whoever else invokes somebody (*forderte Merkel unter Berufung auf die Nato*) speaks for himself.
    """
    cited = {p.clause.index: p.speakers for p in phrases if p.cites and p.clause is not None}
    found: list[Opener] = []
    passed_on: set[int] = set()
    for verb in verbs:
        sources = cited.get(verb.clause.index) if verb.clause is not None else None
        if sources and verb.clause and all(rules.is_medium(entities[k]) for k in verb.speakers):
            passed_on.add(verb.clause.index)
            verb = replace(verb, speakers=(*sources, *verb.speakers))
        found.append(verb)
    return found, tuple(p for p in phrases if not p.cites or (p.clause and p.clause.index in passed_on))
