"""Word patterns of the data files: ``Minister`` or ``*minister``."""

from __future__ import annotations

from collections.abc import Iterable


class WordSet:
    """A set of words, some given by their end.

    >>> words = WordSet(["Papst", "*minister"])
    >>> "Außenminister" in words, "Papst" in words, "minister" in words, "Papsttum" in words
    (True, True, False, False)
    """

    __slots__ = ("_ends", "_known", "_words")

    def __init__(self, patterns: Iterable[str]) -> None:
        patterns = list(patterns)
        self._words = frozenset(p for p in patterns if not p.startswith("*"))
        self._ends = tuple(p[1:] for p in patterns if p.startswith("*"))
        self._known: dict[str, bool] = {}

    def __contains__(self, word: str) -> bool:
        if word in self._words:
            return True
        if not self._ends:  # as most sets of the lexicon, which would remember every word in vain
            return False
        known = self._known.get(word)
        if known is None:
            known = any(word.endswith(end) and len(word) > len(end) for end in self._ends)
            self._known[word] = known
        return known
