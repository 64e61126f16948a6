"""Parse + Discourse ─▶ Events: the stage's entry point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.entities.vocabulary import Vocabulary
from kg.events.attribution import AttributionReader, Report
from kg.events.factuality import FactualityReader
from kg.events.lexicon import SYMMETRIC, Lexicon
from kg.events.match import Match, Matcher
from kg.events.merge import merge
from kg.events.offices import holdings
from kg.events.places import going_on
from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.events.times import TimeExpression, TimeReader
from kg.lang import LanguageData
from kg.language.clauses import ClauseReader, describe
from kg.language.grammar import Grammar
from kg.language.quotations import quotations
from kg.model import Clause, Discourse, Document, Event, Factuality, Mood, Parse, Span, Telling, Time

_VERBAL, _NOMINAL = 0.9, 0.75
_INDIRECT, _SUPPORTED, _NOT_ACTUAL, _SPECIFIC = 0.1, 0.1, 0.05, 0.05


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that is known of one document while its events are read."""

    document: Document
    parse: Parse
    discourse: Discourse
    clauses: tuple[Clause, ...]
    matches: tuple[Match, ...]
    quotes: tuple[tuple[Span, tuple[str, ...]], ...]
    times: tuple[TimeExpression, ...]
    factuality: FactualityReader
    attribution: AttributionReader


class EventExtractor:
    """Reads events through a language's lexicon."""

    def __init__(self, data: LanguageData) -> None:
        """Read lexicon and rules; a fault in them is a `DataError`."""
        self.lexicon = Lexicon.of(data)
        self._rules = DiscourseRules.of(data)
        self._times = TimeReader(data)
        vocabulary = Vocabulary.of(data)
        self._first_person, self._offices = vocabulary.first_person, vocabulary.office
        self._reader = ClauseReader(Grammar.of(data), self.lexicon.is_event_noun)

    def extract(self, document: Document, discourse: Discourse) -> tuple[Event, ...]:
        """All events of a document, re-tellings merged, in text order."""
        reading = self._read(document, discourse)
        events = [e for m in reading.matches if (e := self._event(reading, m)) is not None]
        events.extend(holdings(discourse.offices, (), self._offices))
        events.sort(key=lambda e: (e.sentence, e.evidence[0]))
        return tuple(e for e in merge(events) if e.actors)

    def _read(self, document: Document, discourse: Discourse) -> _Reading:
        parse = discourse.parse
        clauses = self._reader.read(parse)
        speaker: dict[int, tuple[str, ...]] = {}
        referents = Referents(parse, discourse, self._rules, self._first_person, speaker)
        matcher = Matcher(self.lexicon, self._rules, parse, clauses, referents)
        first = {c.index: matcher.match(c) for c in clauses}
        reports = self._reports([m for m in first.values() if m is not None])
        quotes = _speakers(parse, reports)
        for span, keys in quotes:
            for token in parse.tokens:
                if span.begin <= token.begin < span.end:
                    speaker[token.index] = keys
        # Quoted clauses once more: with the speakers known, "zwischen mir und …" has referents.
        quoted = {parse.tokens[i].sentence for i in speaker}
        found = (matcher.match(c) if c.sentence in quoted else first[c.index] for c in clauses)
        matches = _without_consumed([m for m in found if m is not None])
        return _Reading(
            document, parse, discourse, clauses, matches, tuple(quotes),
            tuple(self._times.find(parse.text, document.published)),
            FactualityReader(self._rules, parse, clauses, matcher.certainty),
            AttributionReader(self._rules, parse, clauses, referents, reports, quotes),
        )  # fmt: skip

    def _reports(self, matches: Sequence[Match]) -> list[Report]:
        return [
            Report(m.clause, m.sources if m.sources and not m.agents else m.agents)
            for m in matches
            if m.kind in self._rules.speech and not m.clause.nominal and m.agents
        ]

    def _event(self, reading: _Reading, match: Match) -> Event | None:
        clause = match.clause
        # "hält das Abkommen nicht ein": what the trigger asks for denies nothing.
        asked = any(reading.parse.tokens[i].text.lower() in self._rules.denying for i in match.words)
        judged = replace(clause, negated=False) if asked else clause
        factuality = match.trigger.factuality or reading.factuality.of(judged)
        if match.kind == "Statement":
            wish = not clause.finite and clause.relation == "acl"  # "ihr Drang zu schreiben"
            uttered = factuality is Factuality.ACTUAL and not self._hollow(clause) and not wish
            if not uttered or self._is_medium(reading, match.agents) or _within_own_words(reading, match):
                return None
        speech = match.kind in self._rules.speech
        if factuality is Factuality.ACTUAL and not speech and reading.factuality.refused(clause):
            factuality = Factuality.NEGATED
        time = self._time(reading, clause, factuality, speech=speech)
        if factuality is Factuality.ACTUAL and (
            _ahead(time, reading.document) or self._goes_on(reading, clause)
        ):
            factuality = Factuality.PLANNED  # "kommt am Freitag nach Berlin"
        attributed = match.sources or reading.attribution.of(clause)
        if speech:
            attributed = tuple(k for k in attributed if k not in match.agents)
        return Event(
            kind=match.kind,
            participants=match.participants if match.kind in SYMMETRIC else (),
            agents=() if match.kind in SYMMETRIC else match.agents,
            recipients=() if match.kind in SYMMETRIC else match.recipients,
            place=match.place,
            destination=match.destination,
            topics=match.topics,
            time=time,
            factuality=factuality,
            attributed_to=attributed,
            quotation=_quotation(reading, match),
            evidence=(clause.span, *_quoted(reading, match)),
            confidence=_confidence(match, factuality),
            frame=match.trigger.id,
            sentence=clause.sentence,
            tellings=(
                Telling(clause.span, match.trigger.where, match.trigger.id, describe(reading.parse, clause)),
            ),
        )

    def _goes_on(self, reading: _Reading, clause: Clause) -> bool:
        """Whether a clause in the present goes on with a plan: *reist morgen nach Athen, wo sie Tsipras trifft*."""
        if clause.past or clause.parent is None or going_on(reading.parse, clause, self._rules) is None:
            return False
        above = reading.clauses[clause.parent]
        factuality = reading.factuality.of(above)
        planned = factuality is Factuality.PLANNED
        return planned or _ahead(self._time(reading, above, factuality), reading.document)

    def _is_deadline(self, reading: _Reading, time: Span) -> bool:
        """*bis zum 30. Juni*"""
        first = next((t for t in reading.parse.tokens if t.end > time.begin), None)
        words = reading.parse.tokens[max(0, first.index - 1) : first.index + 1] if first else ()
        return any(t.text.lower() in self._rules.deadlines for t in words)

    def _hollow(self, clause: Clause) -> bool:
        """Ability or obligation to speak is no statement (*will sich nicht äußern*)."""
        return any(m in self._rules.hollow for m in clause.modals)

    def _is_medium(self, reading: _Reading, keys: tuple[str, ...]) -> bool:
        entities = reading.discourse.entities
        return bool(keys) and all(
            entities[k].kind in self._rules.media_classes
            or entities[k].label.endswith(self._rules.media_words)
            for k in keys
        )

    def _time(
        self, reading: _Reading, clause: Clause, factuality: Factuality, *, speech: bool = False
    ) -> Time | None:
        # In the present tense a day that is named lies ahead: "kommt am Freitag".
        present = clause.finite and not clause.past and clause.mood is Mood.INDICATIVE
        ahead = factuality in (Factuality.PLANNED, Factuality.POSSIBLE) or present
        best: Time | None = None
        for expression in reading.times:
            if not _belongs(reading, expression.span, clause, self._rules.occurrence):
                continue
            if speech and self._is_deadline(reading, expression.span):
                continue
            time = self._times.resolve(expression, reading.document.published, ahead)
            if best is None or ((time.date or time.earliest) and not (best.date or best.earliest)):
                best = time
        return best


def _without_consumed(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Matches without the nouns that a verb's trigger asked for: *ein Abkommen schließen* is one event."""
    consumed = {word for m in matches if not m.clause.nominal for word in m.words}
    return tuple(m for m in matches if not (m.clause.nominal and m.clause.head in consumed))


def _ahead(time: Time | None, document: Document) -> bool:
    """Whether a time lies wholly behind the day of publication."""
    first = (time.date or time.earliest) if time else None
    return first is not None and document.published is not None and first > document.published


def _speakers(parse: Parse, reports: Sequence[Report]) -> list[tuple[Span, tuple[str, ...]]]:
    """Every quotation with who speaks: the tag beside it, else whoever spoke before it."""
    found: list[tuple[Span, tuple[str, ...]]] = []
    for span in quotations(parse.text):
        sentences = [s for s in parse.sentences if s.begin < span.end and span.begin < s.end]
        if not sentences:
            continue
        inside = {s.index for s in sentences}
        outside = [
            r
            for r in reports
            if r.clause.sentence in inside and not span.begin <= parse.tokens[r.clause.head].begin < span.end
        ]
        tags = sorted(outside, key=lambda r: _distance(parse, r, span))
        if tags:
            found.append((span, tags[0].speakers))
        elif found and span.begin - found[-1][0].end < 300 and _opens_sentence(parse, span):
            found.append((span, found[-1][1]))
    return found


def _distance(parse: Parse, report: Report, span: Span) -> int:
    token = parse.tokens[report.clause.head]
    return span.begin - token.end if token.end <= span.begin else token.begin - span.end


def _opens_sentence(parse: Parse, span: Span) -> bool:
    return any(s.begin in (span.begin, span.begin - 1) for s in parse.sentences)


def _quoted(reading: _Reading, match: Match) -> tuple[Span, ...]:
    """The direct speech in the sentence of a reporting verb: it is the evidence of its statement, too."""
    if match.kind != "Statement":
        return ()
    sentence = reading.parse.sentences[match.clause.sentence]
    return tuple(
        span
        for span, keys in reading.quotes
        if span.begin < sentence.end
        and sentence.begin < span.end
        and not span.covers(match.clause.span)
        and set(keys) & set(match.agents)
    )


def _quotation(reading: _Reading, match: Match) -> str | None:
    """The words quoted in the sentence of a reporting verb."""
    spans = _quoted(reading, match)
    return reading.parse.text[spans[0].begin : spans[0].end].rstrip(",") if spans else None


def _within_own_words(reading: _Reading, match: Match) -> bool:
    """*„Ich hoffe, …“, sagte X*: what one says of one's own speaking belongs to what is said."""
    token = reading.parse.tokens[match.clause.head]
    head = Span(token.begin, token.end)
    return any(span.covers(head) and set(match.agents) <= set(keys) for span, keys in reading.quotes)


def _belongs(reading: _Reading, time: Span, clause: Clause, occurrence: frozenset[str]) -> bool:
    """Whether a time expression stands with a predicate: its nearest one upwards in the tree."""
    sentence = reading.parse.sentences[clause.sentence]
    if not sentence.begin <= time.begin < sentence.end:
        return False
    heads = {c.head: c for c in reading.clauses}
    token = next((t for t in reading.parse.tokens if t.begin <= time.begin < t.end), None)
    if token is None or token.sentence != clause.sentence:
        return False
    if (
        token.label == "nummod"
        and token.head > token.index
        and reading.parse.tokens[token.head].pos == "NOUN"
    ):
        return False  # "2000 Soldaten"
    inside = {t.index for t in reading.parse.tokens if time.begin <= t.begin < time.end}
    seen: set[int] = set()
    while token.index not in seen:
        seen.add(token.index)
        if token.index in heads and token.index not in inside:
            found = heads[token.index]
            if found.index == clause.index:
                return True
            return clause.nominal and clause.parent == found.index and found.predicate in occurrence
        token = reading.parse.tokens[token.head]
    return False


def _confidence(match: Match, factuality: Factuality) -> float:
    """From how direct the match was; between 0.4 and 0.95."""
    value = _NOMINAL if match.clause.nominal else _VERBAL
    if match.indirect:
        value -= _INDIRECT
    if match.supported:
        value -= _SUPPORTED
    if factuality is not Factuality.ACTUAL:
        value -= _NOT_ACTUAL
    if match.trigger.specificity:
        value += _SPECIFIC
    return round(min(0.95, max(0.4, value)), 2)
