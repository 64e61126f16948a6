"""Sentence boundaries by rule, set before the parser runs.

A parser trained on edited single sentences guesses boundaries badly in web text (headlines
without a full stop, teaser lists, missing spaces). These rules know ordinals, abbreviations,
quotations and paragraph breaks; the parser then keeps to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.lang import LanguageData

_LISTS = (
    "starters",
    "final",
    "closing",
    "opening",
    "bullets",
    "openers",
    "openers_before_small",
    "separators",
)
_DASHES = frozenset({"-", "–", "—", "--"})
_BETWEEN = frozenset({"/", ",", ")"})
_DATELINE = 9
"""Words of a dateline at most."""


@dataclass(frozen=True, slots=True)
class SentenceSplitter:
    """Finds sentence starts in a list of words. Language facts come from ``grammar.toml``."""

    starters: frozenset[str]
    final: frozenset[str]
    closing: frozenset[str]
    opening: frozenset[str]
    bullets: frozenset[str]
    openers: frozenset[str]
    openers_before_small: frozenset[str]
    separators: frozenset[str]

    @classmethod
    def of(cls, data: LanguageData) -> SentenceSplitter:
        """Read the rules of a language."""
        rules = data.toml("grammar.toml")["sentences"]
        return cls(**{k: frozenset(rules[k]) for k in _LISTS})

    def starts(self, words: Sequence[str]) -> list[bool]:
        """For every word whether it begins a sentence.

        Args:
            words: all words in order; white space that contains a line break is a word, too.
        """
        starts = [False] * len(words)
        fresh = True  # nothing but breaks or closing marks since the last sentence
        ended = False  # a final mark was seen, closing marks may follow
        line_break = ""
        before = ""
        for i, word in enumerate(words):
            if word.isspace():
                line_break += word
                continue
            starts[i] = fresh or self._begins(words, i, before, ended, line_break)
            before = word
            if ended and not starts[i] and word in self.closing:
                line_break = ""
                continue
            fresh = False
            ended = self._ends(word)
            line_break = ""
        for i in [i for i, start in enumerate(starts) if start]:
            behind = self._behind_dateline(words, i)
            if behind is not None:
                starts[behind] = True
        return starts

    def _behind_dateline(self, words: Sequence[str], first: int) -> int | None:
        """The word with which a report begins: *Der* in *Genf/Wien (AFP) – Der Sonderberichterstatter …*.

        Capitalised words alone with a dash and a new beginning behind are cut off, so that the parser takes no
        dateline for a subject; what a second dash closes is a parenthesis (*Rama – Premier seit 2013 – sagte …*).
        """
        dash = first
        inside = False
        while dash < min(first + _DATELINE, len(words)) and words[dash] not in _DASHES:
            word = words[dash]
            inside = (inside or word == "(") and word != ")"
            if word.isspace() or not (inside or word[:1].isupper() or word in _BETWEEN):
                return None
            dash += 1
        behind = dash + 1
        if dash == first or behind >= len(words) or words[dash] not in _DASHES:
            return None
        opens = words[behind : behind + 2] if words[behind] in self.opening else words[behind : behind + 1]
        if not opens[-1][:1].isupper():
            return None
        for word in words[behind:]:
            if word in self.final:
                return behind
            if word in _DASHES:
                return None
        return behind

    def _begins(self, words: Sequence[str], i: int, before: str, ended: bool, line_break: str) -> bool:
        """Whether a word begins a sentence.

        Args:
            before: the word before it that is no white space.
        """
        word = words[i]
        if line_break and (line_break.count("\n") > 1 or ended or word in self.bullets):
            return True
        if word in self.separators and before != word and words[i + 1 : i + 2] == [word]:
            return True  # "… sagt Reise ab +++ 13.40 Uhr: …"
        if not ended:
            # A headline without a full stop: "… ein langer Streit Der Pilot war …".
            opens = word in self.openers or (
                word in self.openers_before_small and _following(words, i).islower()
            )
            return opens and before[:1].isupper() and before.isalpha() and len(before) > 3
        if before in self.final or before in self.closing:
            if word in self.closing and word not in self.opening:
                return False
            return self._capital(words, i)
        return word[:1].isupper() and word.lower() in self.starters

    def _capital(self, words: Sequence[str], i: int) -> bool:
        """Whether the word, or what follows an opening mark, could begin a sentence."""
        word = words[i]
        if word in self.opening:
            if word in self.closing and _quote_open(words, i):
                return False
            following = _following(words, i)
            return following[:1].isupper() or following[:1].isdigit()
        return word[:1].isupper() or word[:1].isdigit() or word in self.bullets

    def _ends(self, word: str) -> bool:
        """A final mark, or an ordinal or abbreviation that may stand at a sentence's end."""
        return word in self.final or (len(word) > 1 and word.endswith("."))


def _following(words: Sequence[str], i: int) -> str:
    """The word behind one, white space passed over."""
    return next((w for w in words[i + 1 : i + 3] if not w.isspace()), "")


def _quote_open(words: Sequence[str], i: int) -> bool:
    """Whether the straight quotation mark at ``i`` closes: an odd number stands before it nearby."""
    mark = words[i]
    if mark not in ('"', "'"):
        return mark in ("“", "«", "‘")
    return sum(1 for w in words[max(0, i - 400) : i] if w == mark) % 2 == 1
