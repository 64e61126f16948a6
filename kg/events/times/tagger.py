"""Finds the times of a text and says what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from kg import lang
from kg.events.times.context import Context, Direction
from kg.events.times.grammar import Grammar, Match
from kg.events.times.phrases import Phrase, Understood, bounded, phrases
from kg.events.times.surroundings import Surroundings, Told
from kg.events.times.values import Meaning, whole
from kg.events.times.words import Word
from kg.lang import LanguageData
from kg.model import Span, Time


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a text, with its place and TIMEX3's value and type (*2018-04*, ``DATE``)."""

    span: Span
    time: Time
    value: str = ""
    type: str = "DATE"
    mod: str = ""
    phrase: Phrase | None = field(default=None, repr=False, compare=False)

    @property
    def relation(self) -> str:
        """How the time bounds what it dates: ``since``, ``until``, ``before``, ``after`` …, or not at all."""
        return self.phrase.relation if self.phrase else ""


class TimeReader:
    """Finds and resolves the time expressions of a language."""

    def __init__(self, data: LanguageData) -> None:
        """Compile ``time.toml``; a fault in it is a `DataError`."""
        self._grammar = Grammar(data)

    def find(self, text: str, published: date | None) -> list[TimeExpression]:
        """The single times of a text as TIMEX3 has them: the days are those of its value.

        *Seit Montag* is the Monday, *Ende Juni* June with the modifier ``END``, *vom 3. bis 5. Mai* two days.

        Args:
            published: the day that *am Mittwoch* and *im März* count from.
        """
        words = self._grammar.lexicon.words(text)
        return [
            _expression(text, Span(words[p.match.first].begin, words[p.match.last - 1].end), whole(p.meaning))
            for p in self._understood(words, published)
        ]

    def adverbials(self, text: str, published: date | None) -> list[TimeExpression]:
        """The times of a text as they date events: *seit Montag* has a beginning only, *vom 3. bis 5. Mai* is one."""
        words = self._grammar.lexicon.words(text)
        found = []
        for phrase in phrases(words, list(self._understood(words, published)), self._grammar.relations):
            span = Span(words[phrase.first].begin, words[phrase.last - 1].end)
            expression = _expression(text, span, bounded(phrase), phrase)
            if (
                phrase.relation in ("until", "ahead")
                and phrase.parts[0].context.direction is Direction.UNKNOWN
            ):
                expression = self.resolve(expression, published, Direction.PRESENT)  # "bis Freitag"
            found.append(expression)
        return found

    def resolve(
        self, expression: TimeExpression, published: date | None, direction: Direction
    ) -> TimeExpression:
        """The same words, understood as lying behind or ahead of the day of publication."""
        phrase = expression.phrase
        if phrase is None:
            return expression
        if phrase.relation == "since" and not phrase.starts and direction is Direction.PRESENT:
            direction = Direction.PAST  # "seit Montag verhandeln sie"
        if phrase.relation == "ahead":
            direction = Direction.AHEAD
        parts = []
        for part in phrase.parts:
            context = replace(part.context, published=published, direction=direction)
            parts.append(Understood(part.match, _meaning(part.match, context), context))
        again = replace(phrase, parts=tuple(parts))
        return _timed(expression.time.text, expression.span, bounded(again), again)

    def _understood(self, words: Sequence[Word], published: date | None) -> Iterator[Understood]:
        matches = list(self._grammar.matches(words))
        if not matches:
            return
        around = Surroundings(words, self._grammar.tense)
        days, times, years = Told(around, 2), Told(around, 2), Told(around, 1)
        named: dict[int, date] = {}
        for match in matches:
            at = match.first
            context = Context(
                published, around.direction(at), days.near(at), times.near(at), years.near(at), named
            )
            meaning = _meaning(match, context)
            yield Understood(match, meaning, context)
            if meaning.first is None or meaning.type not in ("DATE", "TIME"):
                continue
            times.tell(match.last, meaning)
            if meaning.is_day:
                days.tell(match.last, meaning)
                if "weekdays" in match.found and ("year" in match.found or "months" in match.found):
                    named = named | {meaning.first.weekday(): meaning.first}
            if "year" in match.found:
                years.tell(match.last, meaning)


def _meaning(match: Match, context: Context) -> Meaning:
    try:
        return match.compute(match.found, context)
    except (ValueError, LookupError, OverflowError):  # 31. Februar, vor 9000 Jahren, no day of publication
        return Meaning("")


def _expression(text: str, span: Span, meaning: Meaning, phrase: Phrase | None = None) -> TimeExpression:
    return _timed(text[span.begin : span.end], span, meaning, phrase)


def _timed(words: str, span: Span, meaning: Meaning, phrase: Phrase | None) -> TimeExpression:
    if meaning.is_day:
        time = Time(words, meaning.first)
    else:
        time = Time(words, None, meaning.first, meaning.last)
    return TimeExpression(span, time, meaning.value, meaning.type, meaning.mod, phrase)


@cache
def time_reader(language: str) -> tuple[LanguageData, TimeReader]:
    """The reader of a language without a user's data, compiled once."""
    data = lang.load(language)
    return data, TimeReader(data)
