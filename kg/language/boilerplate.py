"""Stretches of a text that are not the article: credits, teaser lists, picture notes.

The text stays as it is, so that offsets count in what was given; words in these stretches are
just not read.
"""

from __future__ import annotations

import re

from kg.errors import DataError
from kg.lang import LanguageData
from kg.model import Span


class Boilerplate:
    """Finds boilerplate by the patterns of ``boilerplate.toml``."""

    def __init__(self, data: LanguageData) -> None:
        """Compile the patterns; one that is no regular expression is a `DataError`."""
        self._patterns: list[re.Pattern[str]] = []
        for pattern in data.toml("boilerplate.toml").get("patterns", ()):
            try:
                self._patterns.append(re.compile(pattern, re.MULTILINE))
            except re.error as error:
                raise DataError(f"boilerplate.toml: {pattern!r}: {error}") from None

    def find(self, text: str) -> list[Span]:
        """The boilerplate of a text, in order."""
        return sorted(Span(*m.span()) for p in self._patterns for m in p.finditer(text) if m.group())
