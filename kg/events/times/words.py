"""The words of a text as the grammar of times sees them: each with the classes that it has and their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kg.events.times.numbers import numbers, ordinals, years
from kg.events.times.pattern import MARK

PARAGRAPH = "\n"
"""The word that stands for the end of a paragraph."""

_WORD = re.compile(r"[^\W\d_]+|\d{4}-\d\d-\d\d(?!\d)|\d{1,3}(?:\.\d{3})+(?!\d)|\d+er\b|\d+|\n\s*\n|[^\w\s]")
_WHICH = ("which", "which_told", "day_adjectives")
_TABLES = (
    "months", "short_months", "weekdays", "seasons", "parts", "day_parts", "early", "days", "units", "plural_units",
    "year_words", "week_words", "edges", "halves", "approximate", "some", "both", "direction", "told_days",
    "references", "often", "decade_words", "feasts",
)  # fmt: skip


_REMEMBERED = 50_000
_Piece = tuple[str, Mapping[str, Any], str, bool]


class Word(NamedTuple):
    """A word or sign of a text. ``code`` has its classes for the regular expressions, empty where it has none.

    ``is_literal`` where it is only a word that some form asks for.
    """

    begin: int
    end: int
    text: str
    classes: Mapping[str, Any]
    code: str = ""
    is_literal: bool = True


class Lexicon:
    """What a language's words stand for where times are told."""

    def __init__(self, content: Mapping[str, Any], literal: Iterable[str]) -> None:
        """Collect the tables of ``time.toml`` and the words that its forms ask for themselves."""
        self._known: dict[str, dict[str, Any]] = {}
        for table in _TABLES:
            for text, value in content[table].items():
                self._add(text, table, value)
        for table in _WHICH:
            for stem, value in content[table].items():
                for ending in content["endings"]["all"]:
                    self._add(stem + ending, table, value)
        known = numbers(content)
        for word, value in known.items():
            self._add(word, "count", value)
        for word, value in years(content, known).items():
            self._add(word, "year", value)
        for word, value in ordinals(content, known):
            self._add(word, "ordinal", value)
        for word in literal:
            self._add(word, f"={word}", word)
        heads = sorted((*content["months"], *content["weekdays"]), key=len, reverse=True)
        tails = {**content["day_parts"], **content["halves"]}
        self._compound = re.compile(rf"({'|'.join(heads)})({'|'.join(t.lower() for t in tails if t)})")
        phrases = [w for w in self._known if " " in w]
        self._openers = frozenset(_WORD.findall(w)[0] for w in phrases)
        self._phrase = re.compile("|".join(rf"{_spaced(w)}\b" for w in phrases))
        self._tails = {t.lower(): t for t in tails}
        self._seen: dict[tuple[str, bool], Sequence[_Piece]] = {}

    @property
    def classes(self) -> frozenset[str]:
        """All classes that a word may have."""
        return frozenset(c for entry in self._known.values() for c in entry) | {
            "iso", "day", "month_number", "year", "short_year", "decade",
        }  # fmt: skip

    def _add(self, text: str, name: str, value: Any) -> None:
        self._known.setdefault(text, {})[name] = value

    def words(self, text: str) -> list[Word]:
        """The words and signs of a text; *Dienstagabend* is two, *Christi Himmelfahrt* one."""
        words: list[Word] = []
        known, end = self._seen, 0
        beginning = True
        for match in _WORD.finditer(text):
            begin = match.start()
            if begin < end:
                continue
            found, end = match[0], match.end()
            if found in self._openers and (phrase := self._phrase.match(text, begin)):
                found, end = " ".join(phrase[0].split()), phrase.end()
            pieces = known.get((found, beginning)) or self._pieces(found, beginning)
            if len(pieces) == 1:
                words.append(Word(begin, end, *pieces[0]))
            else:
                middle = begin + len(pieces[0][0])
                words += (Word(begin, middle, *pieces[0]), Word(middle, end, *pieces[1]))
            beginning = not found[-1].isalnum()
        return words

    def _pieces(self, text: str, beginning: bool) -> Sequence[_Piece]:
        """A word with its classes, or the two that it is made of; remembered, as most words come again."""
        if len(self._seen) > _REMEMBERED:
            self._seen.clear()
        compound = self._compound.fullmatch(text) if len(text) > 8 and text[0].isupper() else None
        if text[0].isspace():
            pieces: Sequence[_Piece] = [(PARAGRAPH, {}, "", True)]
        elif compound and text not in self._known:
            pieces = [self._piece(compound[1], False), self._piece(self._tails[compound[2]], False)]
        else:
            pieces = [self._piece(text, beginning)]
        self._seen[text, beginning] = pieces
        return pieces

    def _piece(self, text: str, beginning: bool) -> _Piece:
        classes = self._classes(text, beginning)
        code = f"{MARK}{MARK.join(classes)}{MARK} " if classes else ""
        return text, classes, code, all(c.startswith("=") for c in classes)

    def _classes(self, text: str, beginning: bool) -> dict[str, Any]:
        classes = dict(self._known.get(text, ()))
        lower = text[0].lower() + text[1:]
        if beginning and lower != text:
            classes = {**self._known.get(lower, {}), **classes}
        elif lower != text:  # "Am", "Seit": words without a meaning of their own
            classes |= {c: v for c, v in self._known.get(lower, {}).items() if c.startswith("=")}
        if text[0].isdigit():
            classes |= _number(text)
        return classes


def _number(text: str) -> dict[str, Any]:
    """What digits may stand for."""
    if text.endswith("er"):
        value = int(text[:-2]) if len(text) < 8 else 1
        return {"decade": value} if value % 10 == 0 and (value < 100 or 1000 <= value < 2200) else {}
    if "-" in text:
        return {"iso": text}
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        return {}
    value = int(text)
    found: dict[str, Any] = {"count": value}
    if 1 <= value <= 31 and len(text) <= 2:
        found["day"] = value
    if 1 <= value <= 12 and len(text) <= 2:
        found["month_number"] = value
    if len(text) == 4 and 1000 <= value < 2200:
        found["year"] = value
    if len(text) == 2:
        found["short_year"] = value
    return found


def _spaced(phrase: str) -> str:
    """A regular expression for several words with any space between."""
    return r"\s+".join(map(re.escape, phrase.split()))
