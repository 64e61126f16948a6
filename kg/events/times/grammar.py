"""The grammar of times: ``time.toml`` ─▶ where in a text which form stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import DataError
from kg.events.times import days, periods, told
from kg.events.times.context import Context, Found
from kg.events.times.pattern import Pattern, compile_form
from kg.events.times.values import Meaning
from kg.events.times.words import Lexicon, Word
from kg.lang import LanguageData

Compute = Callable[[Found, Context], Meaning]

MEANINGS: Mapping[str, Sequence[Compute]] = {
    "day": (days.day,),
    "days": (days.first_of_days, days.day),
    "three_days": (days.first_of_days, days.second_of_days, days.day),
    **{f.__name__: (f,) for f in (
        days.weekday, days.day_word, days.night, days.feast,
        periods.month, periods.season, periods.year, periods.decade, periods.century, periods.quarter, periods.half,
        periods.unit, periods.weekend, periods.week, periods.calendar_week, periods.edge,
        told.ago, told.from_now, told.told, told.span, told.duration, told.part_of_day, told.clock, told.reference,
        told.often,
    )},
}  # fmt: skip
"""What a form's ``value`` is computed by; several where a form tells several times."""


_LEADING = ("plain", "ahead", "since", "starting", "until", "before", "after", "from")
"""The relations whose words show that a time follows."""


@dataclass(frozen=True, slots=True)
class Form:
    """One line of the grammar."""

    name: str
    pattern: Pattern
    meanings: Sequence[Compute]
    guard: str


@dataclass(frozen=True, slots=True)
class Match:
    """A form that stands in a text: the words from ``first`` to before ``last``, and what of it computes a meaning."""

    form: Form
    first: int
    last: int
    found: Found
    compute: Compute


class Grammar:
    """The forms and words of a language's times."""

    def __init__(self, data: LanguageData) -> None:
        """Compile ``time.toml``.

        Raises:
            DataError: a form is none, or asks for a class or meaning that does not exist.
        """
        content = data.toml("time.toml")
        forms = [_form(name, entry) for name, entry in content["forms"].items()]
        self.relations: Mapping[str, frozenset[str]] = {
            name: frozenset(words) for name, words in content["relations"].items()
        }
        self._leading = frozenset(w for name in _LEADING for w in self.relations[name])
        joining = (self.relations[name] for name in ("articles", "and", "dashes", "until"))
        self._between = frozenset[str]({","}).union(*joining)
        self.tense = {w: name for name, words in content["tense"].items() for w in words}
        self._counted = {name: frozenset(words) for name, words in content["counted"].items()}
        edges = periods.with_parts(content["edges"], content["parts"])
        literal = {word for form in forms for word in form.pattern.words}
        self.lexicon = Lexicon({**content, "edges": edges}, literal)
        self._by_first: dict[str, list[Form]] = {}
        known = self.lexicon.classes
        for form in forms:
            for name in form.pattern.first:
                if name not in known:
                    raise DataError(f"time.toml: form {form.name}: no words are <{name}>")
                self._by_first.setdefault(name, []).append(form)
        self._order = {form.name: n for n, form in enumerate(forms)}

    def matches(self, words: Sequence[Word]) -> Iterator[Match]:
        """The forms in a text, in order; where several begin at a word, the longest."""
        begin, told = 0, False
        for at, word in enumerate(words):
            if word.code:
                told = told or not word.is_literal
            else:
                if told:
                    yield from self._in_run(words, begin, at)
                begin, told = at + 1, False
        if told:
            yield from self._in_run(words, begin, len(words))

    def _in_run(self, words: Sequence[Word], begin: int, end: int) -> Iterator[Match]:
        code = "".join(w.code for w in words[begin:end])
        place = 0
        skip = begin
        for at in range(begin, end):
            if at >= skip:
                found = list(self._at(words, at, code, place))
                if found:
                    skip = found[-1].last
                    yield from found
            place += len(words[at].code)

    def _at(self, words: Sequence[Word], at: int, code: str, place: int) -> Iterator[Match]:
        forms = {f.name: f for c in words[at].classes for f in self._by_first.get(c, ())}
        best: tuple[int, int, Form, dict[str, Any]] | None = None
        for form in forms.values():
            match = form.pattern.regex.match(code, place)
            if match is None:
                continue
            last = at + code.count(" ", place, match.end())
            rank = (last, -self._order[form.name])
            if (best is None or rank > best[:2]) and self._stands(form, words, at, last):
                values = _values(match, words, at)
                best = (*rank, form, values)
        if best is not None:
            last, _, form, values = best
            literal = {c: True for w in words[at:last] for c in w.classes if c.startswith("=")}
            found = Found({**literal, **values})
            spans = _parts(words, at, last, len(form.meanings))
            for compute, (begin, end) in zip(form.meanings, spans, strict=True):
                yield Match(form, begin, end, found, compute)

    def _stands(self, form: Form, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether the words around allow a form that may also be something else."""
        before = words[first - 1] if first else None
        match form.guard:
            case "count":
                return self._is_year(words, first, last)
            case "name":  # "Gabriele Sonntag", "die Wochenzeitung Der Freitag"
                single = last == first + 1
                return not (single and before is not None and self._is_name(before, words[first]))
            case "preceded":  # a part of a day
                return self._is_led(words, first)
            case "led":  # a month may be a first name, "5.6." a number
                several = last > first + 1 and not words[first].text[0].isdigit()
                return several or self._is_led(words, first)
        return True

    def _is_name(self, before: Word, word: Word) -> bool:
        """Whether a capitalised word stands right before another."""
        joined = before.end + 1 >= word.begin and not before.code and before.text[0].isupper()
        return joined and before.text.lower() not in self._leading

    def _is_year(self, words: Sequence[Word], first: int, last: int) -> bool:
        """*1900 Euro*, *Resolution 2254*, *Agenda-2030*, *rund 2000* and *5.2000* are no years."""
        before = words[first - 1] if first else None
        after = words[last] if last < len(words) else None
        if after is not None:
            if after.text in self._counted["after"] or after.text in "%€$":
                return False
            decimal = after.text in ",." and last + 1 < len(words) and words[last + 1].begin == after.end
            if decimal and words[last + 1].text[0].isdigit():
                return False
            following = {c for w in words[last : last + 3] for c in w.classes}
            if last == first + 1 and after.text == "im" and following & {"year", "which", "=Jahr"}:
                return False  # "davon 2000 im Jahr 2011"
        if before is None:
            return True
        joined = before.end == words[first].begin
        if joined and before.text in "-,.:€$#§" and first > 1:
            return before.text == "-" and "year" in words[first - 2].classes
        number = words[first].classes.get("year", 2000)
        return before.text not in self._counted["before"] and (
            number >= 1800 or before.text.lower() in self._leading
        )

    def _is_led(self, words: Sequence[Word], first: int) -> bool:
        """Whether a preposition stands before a word, or a time to which it belongs: *im Mai und Juni*."""
        for steps, word in enumerate(reversed(words[max(0, first - 3) : first])):
            if word.text.lower() in self._leading:
                return True
            if steps and (word.classes.keys() & {"months", "seasons", "weekdays", "year"}):
                return True
            if word.text.lower() not in self._between:
                return False
        return False


def _form(name: str, entry: Mapping[str, Any]) -> Form:
    where = f"time.toml: form {name}"
    try:
        meanings = MEANINGS[entry["value"]]
        return Form(name, compile_form(entry["form"], where), meanings, entry.get("guard", ""))
    except KeyError as error:
        raise DataError(f"{where}: there is no {error}") from None


def _parts(words: Sequence[Word], first: int, last: int, count: int) -> list[tuple[int, int]]:
    """Where the days of *14. bis 16. Mai* stand: the last has the month, each other its number and full stop."""
    numbers = [at for at in range(first, last) if "day" in words[at].classes][:count]
    return [*((at, at + 2) for at in numbers[:-1]), (numbers[-1], last)] if count > 1 else [(first, last)]


def _values(match: re.Match[str], words: Sequence[Word], at: int) -> dict[str, Any]:
    """The values of the words that the groups of a form stand for."""
    values: dict[str, Any] = {}
    for group, text in match.groupdict().items():
        if text is not None:
            word = words[at + match.string.count(" ", match.pos, match.start(group))]
            name, _, part = group.partition("__")
            key = name if not part or part.isdigit() else f"{name}_{part}"
            values.setdefault(key, word.classes[name])
    return values
