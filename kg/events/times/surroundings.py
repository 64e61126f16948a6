"""What stands around a time in its text: the tense of its sentence, and the times told before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from kg.events.times.context import Direction
from kg.events.times.values import Meaning
from kg.events.times.words import PARAGRAPH, Word

_TENSES = {"past": Direction.LIKELY_PAST, "ahead": Direction.AHEAD}
_A_PARAGRAPH = 1000
_FAR = 20
"""How many words a tense reaches where no full stops part a text, as in a programme."""
_REMEMBERED = 60
"""How many words a time is remembered."""


class Surroundings:
    """The sentences of a text, as far as signs tell them, and the words that tell their tense."""

    def __init__(self, words: Sequence[Word], tense: Mapping[str, str]) -> None:
        self._sentence: list[int] = []
        self._cues: list[tuple[int, Direction]] = []
        number = 0
        before = ""
        for at, word in enumerate(words):
            text = word.text
            self._sentence.append(number)
            if text in tense:
                self._cues.append((at, _TENSES[tense[text]]))
            elif text == PARAGRAPH:
                number += _A_PARAGRAPH
            elif text in ".!?" and not before[:1].isdigit():  # after a number it makes an ordinal
                number += 1
            before = text

    def direction(self, at: int) -> Direction:
        """The tense around a word, by the nearest word of its sentence that tells it."""
        place = bisect_left(self._cues, (at, Direction.UNKNOWN))
        near = [
            (abs(where - at), direction)
            for where, direction in self._cues[max(0, place - 1) : place + 1]
            if self._sentence[where] == self._sentence[at] and abs(where - at) <= _FAR
        ]
        return min(near)[1] if near else Direction.UNKNOWN

    def distance(self, before: int, at: int) -> int:
        """How many sentences one word is after another; paragraphs are far from each other."""
        return self._sentence[at] - self._sentence[before]


class Told:
    """The last time of a kind that was told, as long as it is near."""

    def __init__(self, around: Surroundings, sentences: int) -> None:
        self._around = around
        self._sentences = sentences
        self._last: tuple[int, Meaning] | None = None

    def tell(self, last: int, meaning: Meaning) -> None:
        """Remember a time whose words end before ``last``."""
        self._last = last - 1, meaning

    def near(self, at: int) -> Meaning | None:
        """The time, where it was told less than so many sentences before."""
        if self._last is None:
            return None
        last, meaning = self._last
        near = at - last <= _REMEMBERED and self._around.distance(last, at) < self._sentences
        return meaning if near else None
