"""A form of the grammar, *<day> . <months> <year>?* ─▶ a regular expression over classes of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import DataError

MARK = "¦"
"""Stands around the names of classes in the code of a word, which no class may hold."""

_SYMBOL = re.compile(r'<(\w+)(?:@(\w+))?>|"(.)"|([()|?])|([^\s()|?<>"]+)')


@dataclass(frozen=True, slots=True)
class Symbol:
    """A class of words, a word itself, or an operator."""

    name: str
    group: str = ""
    operator: str = ""

    @property
    def regex(self) -> str:
        """One coded word of this class, whatever other classes it has."""
        word = rf"[^ ]*{MARK}{re.escape(self.name)}{MARK}[^ ]* "
        return f"(?P<{self.group}>{word})" if self.group else f"(?:{word})"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled form: its expression, and the classes and words that it may begin with and is made of."""

    regex: re.Pattern[str]
    first: frozenset[str]
    words: frozenset[str]


def compile_form(form: str, where: str) -> Pattern:
    """Read a form; a fault names it.

    >>> sorted(compile_form("am? <weekdays>", "").first)
    ['=am', 'weekdays']
    """
    symbols = list(_symbols(form, where))
    try:
        expression = "".join(s.operator or s.regex for s in symbols)
        regex = re.compile(expression)
    except re.error as error:
        raise DataError(f"{where}: {error}") from None
    words = frozenset(s.name[1:] for s in symbols if s.name.startswith("="))
    first, optional, rest = _first(symbols)
    if rest or optional:
        raise DataError(f"{where}: {'a bracket too many' if rest else 'may be empty'}")
    return Pattern(regex, first, words)


def _symbols(form: str, where: str) -> Iterator[Symbol]:
    used: dict[str, int] = {}
    end = 0
    for match in _SYMBOL.finditer(form):
        if form[end : match.start()].strip():
            raise DataError(f"{where}: {form[end : match.start()].strip()!r} is no word of a form")
        end = match.end()
        name, part, mark, operator, word = match.groups()
        if operator:
            yield Symbol("", operator="(?:" if operator == "(" else operator)
        elif name:
            group = f"{name}__{part}" if part else name
            used[group] = used.get(group, 0) + 1
            yield Symbol(name, group if used[group] == 1 else f"{group}__{used[group]}")
        else:
            yield Symbol(f"={mark or word}")
    if form[end:].strip():
        raise DataError(f"{where}: {form[end:].strip()!r} is no word of a form")


def _first(symbols: list[Symbol]) -> tuple[frozenset[str], bool, list[Symbol]]:
    """What an alternation may begin with, whether it may be empty, and what is left after it."""
    found, empty = frozenset[str](), False
    while True:
        first, optional, symbols = _sequence(symbols)
        found, empty = found | first, empty or optional
        if not symbols or symbols[0].operator != "|":
            return found, empty, symbols
        symbols = symbols[1:]


def _sequence(symbols: list[Symbol]) -> tuple[frozenset[str], bool, list[Symbol]]:
    found, open_ = frozenset[str](), True
    while symbols and symbols[0].operator not in ("|", ")"):
        head, symbols = symbols[0], symbols[1:]
        if head.operator == "(?:":
            first, optional, symbols = _first(symbols)
            symbols = symbols[1:]
        else:
            first, optional = frozenset({head.name}), False
        if symbols and symbols[0].operator == "?":
            optional, symbols = True, symbols[1:]
        found = found | first if open_ else found
        open_ = open_ and optional
    return found, open_, symbols
