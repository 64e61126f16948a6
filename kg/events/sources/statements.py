"""Statements that no verb tells: *laut X*, *„…“, so X*, *X: „…“*."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.events.sources.openers import Form, Opener
from kg.events.sources.quotations import Quotation
from kg.events.sources.rules import SourceRules
from kg.model import Entity, Event, Parse, Span, Telling

_CONFIDENCE = {Form.PHRASE: 0.7, Form.TAG: 0.9, Form.COLON: 0.85}
_FRAME = "discourse.toml:sources"


def told_without_verb(
    rules: SourceRules, parse: Parse, entities: Mapping[str, Entity], openers: Iterable[Opener],
    quotes: Sequence[Quotation], events: Sequence[Event], deeds: frozenset[int],
) -> Iterator[Event]:  # fmt: skip
    """The statements of tags and phrases.

    Args:
        events: those that are believed, whose word is then told.
        deeds: the sentences that tell what is an event itself, whether all who took part are known or not.

    A phrase makes none where its speaker's word is already told: as the source of an event in its
    sentence (*laut Kiew griff Moskau an*), or where it only passes on what somebody else says
    (*sagte Putin laut Interfax*), or only judges a noun (*die in seinen Augen falsche Politik*). A medium
    states nothing.
    """
    of_sentence: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.kind != "OfficeHolding":
            of_sentence[event.sentence].append(event)
    of_opener: dict[int, list[Quotation]] = defaultdict(list)
    for quote in quotes:
        of_opener[id(quote.opener)].append(quote)
    for opener in openers:
        if opener.form in (Form.VERB, Form.NOUN) or not opener.speakers:
            continue
        if any(rules.is_medium(entities[k]) for k in opener.speakers):
            continue
        beside = of_sentence[opener.sentence]
        told = any(set(opener.speakers) & {*e.attributed_to, *e.agents} for e in beside)
        passed_on = any(e.kind == "Statement" for e in beside)
        aside = (
            opener.clause is not None
            and opener.clause.relation in ("acl", "amod")
            and not opener.clause.finite
        )
        if opener.form is Form.PHRASE and (passed_on or told or aside or opener.sentence in deeds):
            continue
        yield _statement(parse, opener, of_opener[id(opener)])


def _statement(parse: Parse, opener: Opener, quotes: Sequence[Quotation]) -> Event:
    sentence = parse.sentences[opener.sentence]
    span = opener.clause.span if opener.clause is not None else Span(sentence.begin, sentence.end)
    words = parse.text[opener.words.begin : opener.words.end]
    quotation = parse.text[quotes[0].span.begin : quotes[0].span.end].rstrip(",") if quotes else None
    return Event(
        kind="Statement",
        agents=opener.speakers,
        quotation=quotation,
        evidence=tuple(dict.fromkeys((span, *(q.span for q in quotes)))),
        confidence=_CONFIDENCE[opener.form],
        frame=_FRAME,
        sentence=opener.sentence,
        tellings=(Telling(span, _FRAME, words, f"source in a {opener.form}"),),
    )
