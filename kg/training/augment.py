"""More text from the same: sentences with words replaced by others that the teacher takes for alike.

A small network learns a few thousand sentences by heart sooner than what they have in common. Words that
share a row of the vectors (`kg.training.vectors`) are alike in their Brown cluster and in what the teacher
knows of them, so what is true of a sentence stays about true, and it need not make sense: *Bangkok schlug
der EU Verhandlungen vor* ─▶ *Damaskus unterbreitete der EU Beratungen vor*.

Source: Jiao et al. 2020, "TinyBERT: Distilling BERT for Natural Language Understanding" (data
augmentation by similar words).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.vectors import Vectors

_OF_NAMES, _OF_OTHERS = 0.5, 0.15
"""How often a word of a name, and another word, is replaced."""
_SHORTEST = 4
_ENDING = 2
"""Letters at the end of a word that stay, so that most inflection does."""

_Kind = tuple[int, bool, str]


@dataclass(frozen=True, slots=True)
class SimilarWords:
    """Which words may stand for each other.

    Those of one row that are both capitalised or both not and, but for names, end alike.
    """

    _kinds: Mapping[str, _Kind]
    _alike: Mapping[_Kind, Sequence[str]]

    @classmethod
    def of(cls, vectors: Vectors, clusters: Mapping[str, int], of_names: Collection[int]) -> SimilarWords:
        """By the rows of ``vectors``.

        Args:
            clusters: words that may be replaced, each with its Brown cluster.
            of_names: the clusters of names; capitalised words of theirs are replaced more often.
        """
        from spacy.strings import get_string_id

        words = [word for word in clusters if len(word) >= _SHORTEST and word.isalpha()]
        rows = vectors.find(keys=[get_string_id(word) for word in words])
        kinds: dict[str, _Kind] = {}
        alike: dict[_Kind, list[str]] = {}
        for word, row in zip(words, rows, strict=True):
            if row < 0:
                continue
            named = clusters[word] in of_names and word.istitle()
            kinds[word] = (int(row), word.istitle(), "" if named else word[-_ENDING:])
            alike.setdefault(kinds[word], []).append(word)
        return cls(kinds, alike)

    def replaced(self, words: Sequence[str], rng: Random) -> list[str]:
        """The words of a sentence, some of them replaced."""
        return [self._similar(word, rng) for word in words]

    def _similar(self, word: str, rng: Random) -> str:
        kind = self._kinds.get(word)
        if kind is None:
            return word
        often = _OF_OTHERS if kind[2] else _OF_NAMES
        return rng.choice(self._alike[kind]) if rng.random() < often else word
