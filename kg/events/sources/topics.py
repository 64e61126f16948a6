"""One statement per speaker and topic: *X sagte, … Er betonte, …* is one, *Außerdem sagte er, …* the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.events.merge import unite
from kg.events.sources.openers import Opener
from kg.events.sources.rules import SourceRules
from kg.model import Event, Parse, Span


def by_topic(rules: SourceRules, parse: Parse, events: Iterable[Event]) -> list[Event]:
    """Unite the statements of one speaker that follow each other within a paragraph.

    A word that turns to something else (*außerdem*, *zugleich*) begins the next statement.
    """
    found: list[Event] = []
    open_at: dict[tuple[str, ...], tuple[int, int]] = {}
    """Speakers ─▶ where their last statement is in ``found``, and the last sentence that it reaches."""
    for event in events:
        if event.kind != "Statement":
            found.append(event)
            continue
        place, last = open_at.get(event.agents, (-1, -1))
        goes_on = event.sentence == last + 1 and _same_paragraph(parse, last, event.sentence)
        if place >= 0 and goes_on and not _turns(rules, parse, event.sentence):
            found[place] = unite(found[place], event)
        else:
            place = len(found)
            found.append(event)
        open_at[event.agents] = (place, _last_sentence(parse, event))
    return found


def with_what_goes_on(
    parse: Parse, events: Iterable[Event], continued: Mapping[int, tuple[Opener, Span]]
) -> list[Event]:
    """Statements with the sentences that only go on in Konjunktiv I as evidence, as long as none comes between."""
    found: list[Event] = []
    for event in events:
        spans: list[Span] = []
        following = event.sentence + 1
        while event.kind == "Statement" and following in continued:
            opener, span = continued[following]
            if opener.speakers != event.agents or not _same_paragraph(parse, event.sentence, following):
                break
            spans.append(span)
            following += 1
        found.append(replace(event, evidence=(*event.evidence, *spans)) if spans else event)
    return found


def _same_paragraph(parse: Parse, a: int, b: int) -> bool:
    return parse.sentences[a].paragraph == parse.sentences[b].paragraph


def _turns(rules: SourceRules, parse: Parse, sentence: int) -> bool:
    s = parse.sentences[sentence]
    return any(t.text.lower() in rules.turning for t in parse.tokens[s.first : s.last])


def _last_sentence(parse: Parse, event: Event) -> int:
    """The last sentence that a statement with its quotation reaches."""
    end = max(span.end for span in event.evidence)
    reached = (s.index for s in parse.sentences[event.sentence :] if s.begin < end)
    return max(reached, default=event.sentence)
