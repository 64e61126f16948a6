"""Which time dates which event.

A time dates the predicate that it stands with: its nearest one upwards in the tree. Each of two joined clauses
has its own, but they share what stands before both; what stands inside an attribute (*der am Dienstag gewählte
Präsident*), a name or brackets (*Bandera (1909–1959)*) dates nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.events.rules import DiscourseRules
from kg.events.times import Direction, TimeExpression, TimeReader
from kg.language.phrases import children, preposition
from kg.model import Clause, Document, Event, Factuality, Mood, Parse, Time, Token

_NEVER = 9
_SENTENCES_ON = 2


@dataclass(frozen=True, slots=True)
class Anchor:
    """A time with the predicate that it stands with, and the nouns between the two.

    ``attribute`` is the participle that it stands with inside a noun phrase (*in einem gestern ausgestrahlten
    Interview*), ``first`` its first token.
    """

    expression: TimeExpression
    clause: Clause
    nouns: tuple[Token, ...]
    attribute: Token | None
    first: int


class Dating:
    """Dates the clauses of one document."""

    def __init__(
        self,
        reader: TimeReader,
        rules: DiscourseRules,
        document: Document,
        parse: Parse,
        clauses: Sequence[Clause],
    ) -> None:
        self._reader = reader
        self._rules = rules
        self._published = document.published
        self._parse = parse
        self._clauses = clauses
        self._heads = {c.head: c for c in clauses}
        self._in_sentence: dict[int, list[Anchor]] = {}
        for expression in reader.adverbials(parse.text, document.published):
            if document.dated and document.dated.overlaps(expression.span):
                continue  # "(APA, 2.8.2015)"
            anchor = self._anchor(expression)
            if anchor is not None:
                self._in_sentence.setdefault(anchor.clause.sentence, []).append(anchor)

    def of(self, clause: Clause, factuality: Factuality, *, speech: bool = False) -> Time | None:
        """The time of a clause: its own, else the one that it shares with the clause it is joined to."""
        found = self._best(self._in_sentence.get(clause.sentence, ()), clause, factuality, speech)
        if found is not None or clause.nominal:
            return found
        return self._best(self._shared(clause, speech), clause, factuality, speech) or self._on_the_day(
            clause, speech
        )

    def _on_the_day(self, clause: Clause, speech: bool) -> Time | None:
        """*begrüßte den heutigen Beschluss*: what has been done to something of today was done today."""
        if not clause.past or clause.nominal or self._published is None:
            return None
        for complement in clause.complements:
            noun = self._parse.tokens[complement.head]
            if complement.slot == "subject" or noun.pos != "NOUN":
                continue
            for child in children(self._parse, noun, "amod"):
                if child.lemma in self._rules.today:
                    return Time(child.text, date=self._published)
        joined = speech and clause.relation == "conj" and not _has_subject(self._parse, clause)
        if not joined or clause.parent is None:
            return None
        return self._on_the_day(self._clauses[clause.parent], speech)

    def is_ahead(self, time: Time | None) -> bool:
        """Whether a time lies wholly behind the day of publication."""
        first = (time.date or time.earliest) if time else None
        return first is not None and self._published is not None and first > self._published

    def _is_to_come(self, time: Time) -> bool:
        """Whether a time ends after the day of publication, so that nothing said can be of then."""
        last = time.date or time.latest
        first = time.date or time.earliest
        whole = first is None or (self._published is not None and first > self._published)
        return whole and last is not None and self._published is not None and last > self._published

    # --- where a time stands ------------------------------------------------------------------

    def _anchor(self, expression: TimeExpression) -> Anchor | None:
        """Climb from a time to its predicate."""
        span = expression.span
        inside = {t.index for t in self._parse.within(span.begin, span.end)}
        if not inside or self._is_aside(expression, inside):
            return None
        tokens = self._parse.tokens
        token = next((tokens[i] for i in sorted(inside) if tokens[i].head not in inside), tokens[min(inside)])
        nouns: list[Token] = []
        attribute = self._enclosing(min(inside), max(inside))
        for _ in range(len(tokens)):
            if token.index not in inside:
                if token.index in self._heads:
                    anchor = Anchor(
                        expression, self._heads[token.index], tuple(nouns), attribute, min(inside)
                    )
                    return self._in_first_phrase(anchor)
                if token.label in ("amod", "acl") and token.pos != "NOUN":
                    attribute = attribute or token
                elif token.pos in ("NOUN", "PROPN"):
                    nouns.append(token)
            if token.head == token.index:
                break
            token = tokens[token.head]
        return None

    def _in_first_phrase(self, anchor: Anchor) -> Anchor:
        """Before the verb of a main clause stands one phrase: *Nach dem Sturz Mursis im Sommer 2013 griff …*.

        A time behind the noun that opens it is that noun's, wherever the parser has hung it.
        """
        clause = anchor.clause
        verb = _verb(self._parse, clause)
        main = clause.relation in ("root", "parataxis", "conj") and not clause.marker
        if clause.nominal or not main or anchor.nouns or anchor.attribute or verb <= anchor.first:
            return anchor
        first = self._parse.sentences[clause.sentence].first
        before = self._parse.tokens[first : anchor.first]
        if any(t.pos in ("PUNCT", "CCONJ", "VERB", "AUX") for t in before):
            return anchor
        noun = next((t for t in before if t.pos == "NOUN" and t.head == clause.head), None)
        if noun is None:
            return anchor
        if noun.index in self._heads:
            return replace(anchor, clause=self._heads[noun.index])
        return replace(anchor, nouns=(noun,))

    def _enclosing(self, first: int, last: int) -> Token | None:
        """The attribute of *der am Dienstag gewählte Präsident*: an article before the time, whose noun comes later."""
        tokens = self._parse.tokens
        if first == 0 or tokens[first].pos not in ("ADP", "ADV") or tokens[first - 1].pos != "DET":
            return None
        after = tokens[last + 1 : last + 5]
        return next((t for t in after if t.label == "amod" or t.pos == "ADJ"), None)

    def _is_aside(self, expression: TimeExpression, inside: set[int]) -> bool:
        """*Bandera (1909–1959)*, *2000 Soldaten*: a time in brackets behind a name, a number, part of a name."""
        if expression.type == "DURATION" and not (expression.time.earliest or expression.time.latest):
            return expression.relation != "since"
        text, span = self._parse.text, expression.span
        if text[: span.begin].rstrip().endswith(("(", "*", "†")) and text[span.end :].lstrip()[:1] in ")–-,":
            return True
        first = self._parse.tokens[min(inside)]
        if first.label == "nummod" and first.head > first.index and len(inside) == 1:
            return self._parse.tokens[first.head].pos == "NOUN"
        return any(name.first < first.index < name.last for name in self._parse.names)

    # --- which time a clause has --------------------------------------------------------------

    def _best(
        self, anchors: Sequence[Anchor], clause: Clause, factuality: Factuality, speech: bool
    ) -> Time | None:
        direction = _direction(clause, factuality)
        best: tuple[tuple[bool, int], Time] | None = None
        for anchor in anchors:
            rank, side = self._rank(anchor, clause, speech=speech)
            if rank == _NEVER or (speech and anchor.expression.relation == "until"):
                continue  # "bat bis zum 30. Juni um Aufschub"
            expression = anchor.expression
            if direction is not None and not anchor.attribute:
                expression = self._reader.resolve(expression, self._published, direction)
            time = _bounded(expression.time, side)
            if speech and factuality is Factuality.ACTUAL and self._is_to_come(time):
                continue  # "kündigte für Mitte Juni Gespräche an"
            key = (not (time.date or time.earliest or time.latest), rank)
            if best is None or key < best[0]:
                best = key, time
        return best[1] if best else None

    def _rank(self, anchor: Anchor, clause: Clause, *, speech: bool) -> tuple[int, str]:
        """How directly a time dates a clause (`_NEVER` where it does not), and whether it only bounds it."""
        if speech and self._is_published(clause, anchor):
            return 1, ""
        if anchor.attribute is not None:
            return _NEVER, ""
        if anchor.clause is not clause:
            return (1, "") if self._takes_place_in(clause, anchor) else (_NEVER, "")
        rank, side = 0, ""
        for noun in anchor.nouns:
            how = self._through(noun, clause)
            if how is None:
                return _NEVER, ""
            rank, side = (2, how) if how else (max(rank, 1), side)
        return rank, side

    def _is_published(self, clause: Clause, anchor: Anchor) -> bool:
        """*kritisierte in einem am Montag veröffentlichten Interview*: what is said there is said then."""
        tokens = self._parse.tokens
        attribute = anchor.attribute or tokens[anchor.clause.head]
        if attribute.label not in ("amod", "acl"):
            return False
        noun = tokens[attribute.head]
        names = {attribute.lemma.lower(), attribute.text.lower(), anchor.clause.predicate}
        return noun.head == clause.head and noun.label == "obl" and bool(names & self._rules.publishing)

    def _through(self, noun: Token, clause: Clause) -> str | None:
        """What the time of a noun says of the predicate that the noun stands with; None where it says nothing.

        *bei der Wahl am Sonntag*: then; *nach der Wahl am Sonntag*: since then; *die Wahl am Sonntag*: nothing.
        """
        if noun.pos == "PROPN" or any(True for _ in children(self._parse, noun, "flat", "appos")):
            return ""  # "traf Außenminister Lawrow am Montag"
        adposition = preposition(self._parse, noun)
        word = adposition.text.lower() if adposition is not None else ""
        if word in self._rules.after:
            return "after"
        if word in self._rules.earlier:
            return "before"
        if word:
            return "" if word in self._rules.at_time else None
        return None if noun.label.startswith("nsubj") else ""

    def _takes_place_in(self, clause: Clause, anchor: Anchor) -> bool:
        """A noun that tells an event shares the time of what it happens in: *Am Montag kam es zu Protesten*."""
        above = anchor.clause
        if not clause.nominal or clause.parent != above.index or anchor.nouns:
            return False
        adposition = preposition(self._parse, self._parse.tokens[clause.head])
        word = adposition.text.lower() if adposition is not None else ""
        return above.predicate in self._rules.occurrence or word in self._rules.during

    def _shared(self, clause: Clause, speech: bool) -> list[Anchor]:
        """The times that stand before a clause and the one that it is joined to.

        *Am Montag traf er Xi und reiste weiter*; but not *Er traf am Montag Xi und reiste weiter*. What is said in
        one breath is said then: *Er forderte am Montag Hilfe und warnte vor Krieg*.
        """
        above = self._clauses[clause.parent] if clause.parent is not None else None
        joined = clause.relation == "conj" and above is not None and not _has_subject(self._parse, clause)
        if above is None or not joined or above.nominal or clause.past != above.past:
            return []
        own = self._standing_with(above)
        if not own:
            return self._shared(above, speech)
        return [replace(a, clause=clause) for a in own if speech or a.first < _verb(self._parse, above)]

    def _standing_with(self, clause: Clause) -> list[Anchor]:
        return [a for a in self._in_sentence.get(clause.sentence, ()) if a.clause is clause]


def _direction(clause: Clause, factuality: Factuality) -> Direction | None:
    """The tense of a clause; in the present a day that is named lies ahead: *kommt am Freitag*."""
    if factuality in (Factuality.PLANNED, Factuality.POSSIBLE):
        return Direction.AHEAD
    if clause.past:
        return Direction.PAST
    if clause.finite and clause.mood is Mood.INDICATIVE:
        return Direction.PRESENT
    return None


def _bounded(time: Time, side: str) -> Time:
    """Of *nach der Wahl am Sonntag* only the beginning is known, of *vor der Wahl am Sonntag* the end."""
    if side == "after":
        return replace(time, date=None, earliest=time.date or time.earliest, latest=None)
    if side == "before":
        return replace(time, date=None, earliest=None, latest=time.date or time.latest)
    return time


def _has_subject(parse: Parse, clause: Clause) -> bool:
    return any(True for _ in children(parse, parse.tokens[clause.head], "nsubj", "nsubj:pass"))


def _verb(parse: Parse, clause: Clause) -> int:
    """The first word of a clause's verb group."""
    head = parse.tokens[clause.head]
    return min([clause.head, *(t.index for t in children(parse, head, "aux", "aux:pass", "cop"))])


def continued(events: Sequence[Event], parse: Parse, rules: DiscourseRules) -> list[Event]:
    """The events, with what one goes on to say dated like what one had said before.

    *Am Abend nahm der Kanzler Stellung. Er wies darauf hin, …*: the same speaker, in the same paragraph, a sentence
    or two on, in the past and with nothing that leads to another time (*zuvor*, *hatte gesagt*).
    """
    found: list[Event] = []
    last: dict[tuple[str, ...], Event] = {}
    for event in events:
        if event.kind in rules.speech and event.factuality is Factuality.ACTUAL:
            before = last.get(event.agents)
            if event.time is None and before is not None and _goes_on(before, event, parse, rules):
                event = replace(event, time=before.time)
            if event.time is None or not (event.time.date or event.time.earliest):
                last.pop(event.agents, None)
            else:
                last[event.agents] = event
        found.append(event)
    return found


def _goes_on(before: Event, event: Event, parse: Parse, rules: DiscourseRules) -> bool:
    one, other = parse.sentences[before.sentence], parse.sentences[event.sentence]
    if other.index - one.index > _SENTENCES_ON or one.paragraph != other.paragraph:
        return False
    words = {t.text.lower() for t in parse.tokens[other.first : other.last]}
    return not words & rules.other_times
