"""Stretches of a text that are not the article, or not to be read: credits, teaser lists, picture notes, paragraphs in other languages.

The text stays as it is, so that offsets count in what was given; words in these stretches are
just not read.
"""

from __future__ import annotations

import re

from kg.errors import DataError
from kg.lang import LanguageData
from kg.language.identify import foreign_paragraphs
from kg.model import Span


class Boilerplate:
    """Finds boilerplate by the patterns of ``boilerplate.toml``, and paragraphs in other languages."""

    def __init__(self, data: LanguageData) -> None:
        """Compile the patterns; one that is no regular expression is a `DataError`."""
        self._language = data.language
        self._patterns: list[re.Pattern[str]] = []
        for pattern in data.toml("boilerplate.toml").get("patterns", ()):
            try:
                self._patterns.append(re.compile(pattern, re.MULTILINE))
            except re.error as error:
                raise DataError(f"boilerplate.toml: {pattern!r}: {error}") from None

    def find(self, text: str) -> list[Span]:
        """The boilerplate of a text, in order."""
        by_pattern = (Span(*m.span()) for p in self._patterns for m in p.finditer(text) if m.group())
        return sorted((*by_pattern, *foreign_paragraphs(text, self._language)))
