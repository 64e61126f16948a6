"""Parse + Discourse ─▶ Events: the stage's entry point."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.entities.vocabulary import Vocabulary
from kg.events.appointments import AppointmentReader
from kg.events.dating import Dating, continued
from kg.events.factuality import FactualityReader
from kg.events.judge import Judge, SignReader
from kg.events.lexicon import SYMMETRIC, Lexicon
from kg.events.match import Match, Matcher
from kg.events.merge import merge
from kg.events.office_verbs import OfficeVerbs
from kg.events.offices import holdings, told_event
from kg.events.places import going_on
from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.events.sources import (
    Attribution,
    Form,
    Opener,
    PhraseReader,
    Quotation,
    ScopeReader,
    SourceRules,
    TagReader,
    attribute_quotations,
    by_topic,
    nouns_of_saying,
    told_without_verb,
    touching,
    with_what_goes_on,
    with_whom_media_cite,
)
from kg.events.times import TimeReader
from kg.lang import LanguageData
from kg.language.clauses import ClauseReader, describe
from kg.language.grammar import Grammar
from kg.model import Clause, Discourse, Document, Event, Factuality, Parse, Span, Telling


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of one document while its events are read; `kg read` shows it."""

    document: Document
    parse: Parse
    discourse: Discourse
    clauses: tuple[Clause, ...]
    matches: tuple[Match, ...]
    openers: tuple[Opener, ...]
    quotes: tuple[Quotation, ...]
    dating: Dating
    factuality: FactualityReader
    signs: SignReader
    scope: ScopeReader
    referents: Referents
    matcher: Matcher


class EventExtractor:
    """Reads events through a language's lexicon."""

    def __init__(self, data: LanguageData, *, proposals: bool = False) -> None:
        """Read lexicon and rules; a fault in them is a `DataError`.

        Args:
            proposals: keep the events that the judge does not believe, too.
        """
        self._proposals = proposals
        self.lexicon = Lexicon.of(data)
        self.judge = Judge.of(data)
        self._rules = DiscourseRules.of(data)
        self._sources = SourceRules.of(data)
        self._times = TimeReader(data)
        vocabulary = Vocabulary.of(data)
        self._first_person, self._offices = vocabulary.first_person, vocabulary.office
        self._office_verbs = OfficeVerbs.of(data)
        self._reader = ClauseReader(Grammar.of(data), self.lexicon.is_event_noun)

    def extract(self, document: Document, discourse: Discourse) -> tuple[Event, ...]:
        """All events of a document, re-tellings merged, in text order."""
        return self.events(self.read(document, discourse))

    def events(self, reading: Reading) -> tuple[Event, ...]:
        """The events of a document whose clauses have been read."""
        discourse = reading.discourse
        events = [e for m in reading.matches if (e := self._event(reading, m)) is not None]
        sure = [e for e in events if e.actors and self.judge.believes(self._judged(reading, e))]
        told = told_without_verb(
            self._sources, reading.parse, discourse.entities, reading.openers, reading.quotes, sure,
            frozenset(c.sentence for c in reading.clauses if c.relation != "acl" and self._is_deed(c)),
        )  # fmt: skip
        events.extend([*told, *holdings(discourse.offices, self._told(reading), self._offices)])
        events.sort(key=lambda e: (e.sentence, e.evidence[0]))
        events = with_what_goes_on(reading.parse, events, reading.scope.continued())
        merged = merge(continued(events, reading.parse, self._rules))
        judged = (
            self._judged(reading, e) for e in by_topic(self._sources, reading.parse, merged) if e.actors
        )
        return tuple(e for e in judged if self._proposals or self.judge.believes(e))

    def _judged(self, reading: Reading, event: Event) -> Event:
        """An event with its signs and the probability that it is true of the article."""
        event = replace(event, signs=reading.signs.of_event(event))
        return replace(event, confidence=round(self.judge.probability(event), 2))

    def _told(self, reading: Reading) -> Iterator[Event]:
        """The offices that verbs tell, with when and how certain."""
        reader = AppointmentReader(
            self._office_verbs, self._offices, reading.discourse, reading.clauses, reading.referents
        )
        for told in reader.read():
            factuality = reading.factuality.of(told.clause)
            if told.ahead and factuality is Factuality.ACTUAL:
                factuality = Factuality.PLANNED
            event = told_event(told, factuality, describe(reading.parse, told.clause))
            time = reading.dating.of(told.clause, factuality) or event.time
            source = reading.scope.of(told.clause)
            speakers = tuple(k for k in source.speakers if k not in event.agents) if source else ()
            yield replace(event, time=time, attributed_to=speakers)

    def read(self, document: Document, discourse: Discourse) -> Reading:
        """Find clauses, the lines that fit them, and whose word they are."""
        parse = discourse.parse
        clauses = self._reader.read(parse)
        speaker: dict[int, tuple[str, ...]] = {}
        referents = Referents(parse, discourse, self._rules, self._first_person, speaker)
        matcher = Matcher(self.lexicon, self._rules, parse, clauses, referents)
        first = {c.index: matcher.match(c) for c in clauses}
        openers = self._openers(parse, clauses, referents, [m for m in first.values() if m is not None])
        quotes = attribute_quotations(self._sources, parse, openers)
        for quote in quotes:
            for token in parse.within(quote.span.begin, quote.span.end):
                speaker[token.index] = quote.speakers
        # Quoted clauses once more: with the speakers known, "zwischen mir und …" has referents.
        quoted = {parse.tokens[i].sentence for i in speaker}
        found = (matcher.match(c) if c.sentence in quoted else first[c.index] for c in clauses)
        matches = _without_consumed([m for m in found if m is not None])
        return Reading(
            document, parse, discourse, clauses, matches, openers, tuple(quotes),
            Dating(self._times, self._rules, document, parse, clauses),
            FactualityReader(self._rules, parse, clauses, matcher.certainty),
            SignReader(parse, discourse, clauses, matches, [q.span for q in quotes]),
            ScopeReader(self._sources, self._rules, parse, clauses, openers, quotes, self._is_speech_verb, matcher.certainty),
            referents, matcher,
        )  # fmt: skip

    def _openers(
        self, parse: Parse, clauses: Sequence[Clause], referents: Referents, matches: Sequence[Match]
    ) -> tuple[Opener, ...]:
        """All that gives the word to somebody, in text order."""
        told = [
            Opener(
                Form.NOUN if m.clause.nominal else Form.VERB, m.sources if m.sources and not m.agents else m.agents, m.clause.sentence, m.clause.head,
                Span(parse.tokens[m.clause.head].begin, parse.tokens[m.clause.head].end), m.clause,
            )
            for m in matches
            if m.kind in self._rules.speech and m.agents
        ]  # fmt: skip
        phrases = tuple(PhraseReader(self._sources, parse, clauses, referents).read())
        told, phrases = with_whom_media_cite(self._sources, referents.discourse.entities, told, phrases)
        nouns = nouns_of_saying(self._sources, parse, referents)
        tags = TagReader(self._sources, parse, clauses, referents).read()
        return tuple(sorted((*told, *nouns, *phrases, *tags), key=lambda o: o.head))

    def _is_deed(self, clause: Clause) -> bool:
        """Whether a verb by itself means an event that is no speech: *erobern*, *festnehmen*."""
        return not clause.nominal and any(
            t.kind and t.kind not in {*self._rules.speech, *self._rules.visits} and not t.specificity
            for t in self.lexicon.for_verb(clause.predicate)
        )

    def _is_speech_verb(self, lemma: str) -> bool:
        """Whether a verb by itself tells that somebody speaks (*sagen*, but not *sprechen*, which needs *von*)."""
        return any(
            t.kind == "Statement" and not t.specificity and not t.marks for t in self.lexicon.for_verb(lemma)
        )

    def _event(self, reading: Reading, match: Match) -> Event | None:
        clause = match.clause
        # "hält das Abkommen nicht ein": what the trigger asks for denies nothing.
        asked = any(reading.parse.tokens[i].text.lower() in self._rules.denying for i in match.words)
        judged = replace(clause, negated=False) if asked else clause
        if match.kind == "Statement":
            # "wollte wissen" is what the line says; "musste einräumen" has been said
            over = self._rules.hollow_past if clause.past else frozenset()
            said = tuple(m for m in judged.modals if m not in {*over, match.trigger.lemma})
            judged = replace(judged, modals=said)
        factuality = match.trigger.factuality or reading.factuality.of(judged)
        if match.kind == "Statement":
            if clause.marker in self._sources.parenthetic:  # "Wie aus einem Bericht der Uno hervorgeht, …"
                factuality = Factuality.ACTUAL
            wish = not clause.finite and clause.relation == "acl"  # "ihr Drang zu schreiben"
            uttered = factuality is Factuality.ACTUAL and not self._hollow(judged) and not wish
            if not uttered or self._is_medium(reading, match.agents) or _within_own_words(reading, match):
                return None
        speech = match.kind in self._rules.speech
        if factuality is Factuality.ACTUAL and not speech and reading.factuality.refused(clause):
            factuality = Factuality.NEGATED
        time = reading.dating.of(clause, factuality, speech=speech)
        if factuality is Factuality.ACTUAL and (
            reading.dating.is_ahead(time) or self._goes_on(reading, clause)
        ):
            factuality = Factuality.PLANNED  # "kommt am Freitag nach Berlin"
        source = None if match.sources else reading.scope.of(clause)
        attributed = match.sources or (source.speakers if source else ())
        if factuality is Factuality.ACTUAL and not attributed and reading.factuality.is_hearsay(clause):
            factuality = Factuality.POSSIBLE  # "soll ihn getroffen haben", and nobody says so
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
            frame=match.trigger.id,
            sentence=clause.sentence,
            tellings=(
                Telling(
                    clause.span,
                    match.trigger.where,
                    match.trigger.id,
                    describe(reading.parse, clause),
                    _explained(reading.parse, source) if attributed else "",
                    reading.signs.of_telling(match),
                ),
            ),
        )

    def _goes_on(self, reading: Reading, clause: Clause) -> bool:
        """Whether a clause in the present goes on with a plan: *reist morgen nach Athen, wo sie Tsipras trifft*."""
        if clause.past or clause.parent is None or going_on(reading.parse, clause, self._rules) is None:
            return False
        above = reading.clauses[clause.parent]
        factuality = reading.factuality.of(above)
        planned = factuality is Factuality.PLANNED
        return planned or reading.dating.is_ahead(reading.dating.of(above, factuality))

    def _hollow(self, clause: Clause) -> bool:
        """Ability or obligation to speak is no statement (*will sich nicht äußern*)."""
        return any(m in self._rules.hollow for m in clause.modals)

    def _is_medium(self, reading: Reading, keys: tuple[str, ...]) -> bool:
        entities = reading.discourse.entities
        return bool(keys) and all(self._sources.is_medium(entities[k]) for k in keys)


def _without_consumed(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Matches without the nouns that a verb's trigger asked for: *ein Abkommen schließen* is one event."""
    consumed = {word for m in matches if not m.clause.nominal for word in m.words}
    return tuple(m for m in matches if not (m.clause.nominal and m.clause.head in consumed))


def _explained(parse: Parse, source: Attribution | None) -> str:
    """An attribution in one line for reading: what opens the report, and how far it reaches."""
    if source is None:
        return ""
    words = source.opener.words
    return f"{parse.text[words.begin : words.end]!r} ({source.opener.form}, {words.begin}–{words.end}) reaches {source.reach}"


def _quoted(reading: Reading, match: Match) -> tuple[Span, ...]:
    """The direct speech in the sentence of a reporting verb: it is the evidence of its statement, too."""
    if match.kind != "Statement":
        return ()
    sentence = reading.parse.sentences[match.clause.sentence]
    return tuple(
        quote.span
        for quote in touching(reading.quotes, Span(sentence.begin, sentence.end))
        if not quote.span.covers(match.clause.span) and set(quote.speakers) & set(match.agents)
    )


def _quotation(reading: Reading, match: Match) -> str | None:
    """The words quoted in the sentence of a reporting verb."""
    spans = _quoted(reading, match)
    return reading.parse.text[spans[0].begin : spans[0].end].rstrip(",") if spans else None


def _within_own_words(reading: Reading, match: Match) -> bool:
    """*„Ich hoffe, …“, sagte X*: what one says of one's own speaking belongs to what is said."""
    token = reading.parse.tokens[match.clause.head]
    head = Span(token.begin, token.end)
    return any(
        q.span.covers(head) and set(match.agents) <= set(q.speakers) for q in touching(reading.quotes, head)
    )
