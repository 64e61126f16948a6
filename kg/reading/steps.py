"""Document ─▶ Account: the text is read as in a build, and every step is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.events.extract import Reading
from kg.events.judge import Judge
from kg.events.lacks import Lack
from kg.events.lexicon import Lexicon, Slot, Trigger
from kg.events.match import Match
from kg.language.edits import shown
from kg.model import Clause, Document, Event, Factuality, Mood, Voice
from kg.pipeline import Understanding
from kg.reading import account as told

_SIGNS = 5
"""So many signs are told for and against an event."""
_NAMES = {"accusative": "object", "content": "clause"}
"""Slots as the lexicon writes them."""


def account(understanding: Understanding, document: Document) -> told.Account:
    """Read a document and tell each step.

    Args:
        understanding: with ``proposals``, so that what the judge does not believe is told, too.

    Raises:
        DocumentError: it can't be read.
    """
    reading, events = understanding.steps(document)
    teller = _Teller(reading, understanding.lexicon, understanding.judge, events)
    return told.Account(
        tuple(teller.words()), tuple(teller.edits()), tuple(teller.links()), tuple(teller.clauses()), tuple(teller.events()),
        understanding.judge.threshold,
    )  # fmt: skip


class _Teller:
    """Puts what is known of one document into words and labels."""

    def __init__(self, reading: Reading, lexicon: Lexicon, judge: Judge, events: Sequence[Event]) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._judge = judge
        self._events = events
        self._matches = {m.clause.index: m for m in reading.matches}
        self._told = {(t.span, t.trigger): e for e in events for t in e.tellings}

    def words(self) -> Iterator[told.Word]:
        tokens = self._reading.parse.tokens
        for token in tokens:
            head = tokens[token.head].text if token.head != token.index else ""
            yield told.Word(token.text, token.lemma, token.label, head, token.sentence)

    def edits(self) -> Iterator[told.WordEdit]:
        parse = self._reading.parse
        for edited in parse.edited:
            before, after = shown(parse, edited)
            yield told.WordEdit(edited.edit, parse.tokens[edited.token].text, before, after)

    def links(self) -> Iterator[told.Link]:
        for mention in sorted(self._reading.discourse.mentions, key=lambda m: m.span):
            place = self._labels([mention.place] if mention.place else [])
            yield told.Link(
                mention.text, mention.kind.value, self._labels(mention.actors), "".join(place), mention.why
            )

    def clauses(self) -> Iterator[told.ClauseAccount]:
        for clause in self._reading.clauses:
            match = self._matches.get(clause.index)
            event = self._told.get((clause.span, match.trigger.id)) if match else None
            yield told.ClauseAccount(
                predicate=clause.predicate,
                nominal=clause.nominal,
                form=tuple(_form(clause)),
                text=self._text(clause.span.begin, clause.span.end),
                slots=tuple(self._slots(clause)),
                decided=self._lexicon.is_decided(clause.predicate, nominal=clause.nominal),
                candidates=tuple(self._candidates(clause)),
                fillings=tuple(self._fillings(match)) if match else (),
                certainty=self._certainty(match, event) if match else None,
                source=self._source(clause) if match else None,
                told=event is not None,
            )

    def events(self) -> Iterator[told.EventAccount]:
        for event in self._events:
            speaks_for, speaks_against = self._judge.strongest(event, _SIGNS)
            yield told.EventAccount(
                kind=event.kind,
                roles=dict(self._roles(event)),
                factuality=event.factuality.value,
                lines=tuple(dict.fromkeys(t.trigger or t.frame for t in event.tellings)),
                probability=event.confidence,
                kept=self._judge.believes(event),
                speaks_for=tuple(told.Sign(s, round(w, 3)) for s, w in speaks_for),
                speaks_against=tuple(told.Sign(s, round(w, 3)) for s, w in speaks_against),
            )

    def _slots(self, clause: Clause) -> Iterator[told.Slot]:
        for complement in clause.complements:
            yield told.Slot(
                _NAMES.get(complement.slot, complement.slot), self._word(complement.head), complement.case,
                self._labels(self._reading.referents.actors(complement.head)),
            )  # fmt: skip

    def _candidates(self, clause: Clause) -> Iterator[told.Candidate]:
        """The lines that were tried, then those that were not because one before them won or kept them out."""
        tried: dict[str, Trigger] = {}
        last = ""
        for trigger, found in self._reading.matcher.candidates(clause):
            tried[trigger.id], last = trigger, trigger.id
            lack, what = ("", "") if isinstance(found, Match) else (found.lack.value, found.what)
            yield told.Candidate(trigger.id, trigger.where, trigger.kind, lack, what)
            if not lack:
                break
        find = self._lexicon.for_noun if clause.nominal else self._lexicon.for_verb
        for trigger in find(clause.predicate):
            if trigger.id not in tried:
                yield told.Candidate(trigger.id, trigger.where, trigger.kind, Lack.RANK.value, last)

    def _fillings(self, match: Match) -> Iterator[told.Filling]:
        slots, clause = self._reading.matcher.slots, match.clause
        for role, wanted in match.trigger.roles.items():
            for slot in wanted:
                complements = list(slots.complements(clause, slot))
                yield told.Filling(
                    role,
                    _written(slot),
                    tuple(self._word(c.head) for c in complements),
                    self._labels(slots.actors(clause, slot, match.kind)),
                    elsewhere=any(c not in clause.complements or c.slot != slot.name for c in complements),
                )

    def _certainty(self, match: Match, event: Event | None) -> told.Certainty:
        verdict = self._reading.factuality.verdict(match.clause)
        value = event.factuality if event else match.trigger.factuality or verdict.value
        if value is verdict.value:
            return told.Certainty(value.value, verdict.ground.value, verdict.word)
        if value is match.trigger.factuality:
            return told.Certainty(value.value, "line", "")
        return told.Certainty(value.value, "refused" if value is Factuality.NEGATED else "ahead", "")

    def _source(self, clause: Clause) -> told.Source | None:
        source = self._reading.scope.of(clause)
        if source is None:
            return None
        words = source.opener.words
        return told.Source(
            self._labels(source.speakers), self._text(words.begin, words.end), source.opener.form.value, source.reach
        )  # fmt: skip

    def _roles(self, event: Event) -> Iterator[tuple[str, tuple[str, ...]]]:
        for role, keys in (
            ("agent", event.agents), ("recipient", event.recipients), ("participant", event.participants),
            ("source", event.attributed_to), ("place", (event.place,)), ("destination", (event.destination,)),
            ("body", (event.body,)),
        ):  # fmt: skip
            if labels := self._labels(k for k in keys if k):
                yield role, labels
        for role, texts in (("topic", event.topics), ("office", (event.office,))):
            if found := tuple(t for t in texts if t):
                yield role, found
        if event.time:
            yield "time", (event.time.text,)

    def _labels(self, keys: Iterable[str]) -> tuple[str, ...]:
        entities = self._reading.discourse.entities
        return tuple(entities[k].label if k in entities else k for k in keys)

    def _word(self, token: int) -> str:
        return self._reading.parse.tokens[token].text

    def _text(self, begin: int, end: int) -> str:
        return self._reading.parse.text[begin:end]


def _form(clause: Clause) -> Iterator[str]:
    """What a clause's own form says of it: *passive*, *konjunktiv I*, *sollen*, *past*, *negated*."""
    if clause.voice is Voice.PASSIVE:
        yield clause.voice.value
    if clause.mood is not Mood.INDICATIVE:
        yield clause.mood.value
    yield from clause.modals
    if clause.past:
        yield "past"
    if clause.negated:
        yield "negated"


def _written(slot: Slot) -> str:
    """A slot as the lexicon writes it: *in+Acc*, *object.owner*."""
    case, part = (f"+{slot.case}" if slot.case else ""), (f".{slot.part}" if slot.part else "")
    return f"{_NAMES.get(slot.name, slot.name)}{case}{part}"
