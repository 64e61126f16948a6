"""Sentences of similar length together, filled up to one of few lengths, so that few programs are compiled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.training import encoder
from kg.training.heads import IGNORED, Array, Arrays

_PIECES_IN_BATCH = 900
_LONGEST = 200
"""Words of a sentence that are looked at."""
LENGTHS = (8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 510)
WORD_LENGTHS = (4, 6)
"""Pieces to which sentences are filled up, and single words, of which there are many."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of similar length; arrays are sentences × words unless said otherwise."""

    arrays: Arrays
    gold: tuple[Array, ...]
    """Names: one label per word. Trees: head, label, tag, and the tag again where the treebank is
    the one whose conventions are wanted. `IGNORED` where there is none."""


class Batcher:
    """Turns sentences into batches of the encoder's.

    Args:
        tags: universal tags, which the heads for trees are told by number.
    """

    def __init__(self, tags: Sequence[str]) -> None:
        self._tags = tags
        self._vocabulary, self.base = encoder.load()

    def __call__(
        self,
        items: Sequence[tuple[Sequence[str], Any, tuple[Any, ...]]],
        lengths: Sequence[int] = LENGTHS,
    ) -> Iterator[tuple[list[int], Batch]]:
        """Group (words, tags, gold) by length; with each batch the numbers of its sentences."""
        prepared = [encoder.words_to_pieces(self._vocabulary, words[:_LONGEST]) for words, _, _ in items]
        for numbers, length, size in by_length([len(pieces) for pieces, _ in prepared], lengths):
            yield numbers, self._batch([(*prepared[n], *items[n][1:]) for n in numbers], length, size)

    def number_tags(self, row: Array, tags: Sequence[str]) -> None:
        """Write the numbers of a sentence's tags into its row; 0 is none."""
        for word, tag in enumerate(tags[: len(row)]):
            row[word] = self._tags.index(tag) + 1 if tag in self._tags else 0

    def _batch(self, rows: list[Any], length: int, size: int) -> Batch:
        ids = np.full((size, length), self._vocabulary.pad)
        mask = np.zeros((size, length), bool)
        mask[:, 0] = True
        pooling = np.zeros((size, length, length), "f4")
        tags = np.zeros((size, length), "i4")
        count = max((len(gold) for *_, gold in rows), default=0)
        golds = tuple(np.full((size, length), IGNORED, "i4") for _ in range(count))
        for r, (pieces, spans, upos, gold) in enumerate(rows):
            pieces = pieces[:length]
            ids[r, : len(pieces)] = pieces
            mask[r, : len(pieces)] = True
            for w, (a, b) in enumerate(spans):
                if b <= length:
                    pooling[r, w, a:b] = 1 / (b - a)
            self.number_tags(tags[r], (upos or ())[: len(spans)])
            for target, values in zip(golds, gold, strict=True):
                target[r, : len(spans)] = values[: len(spans)]
        return Batch((encoder.embed(self.base, ids), mask, pooling, tags), golds)


def by_length(sizes: Sequence[int], lengths: Sequence[int]) -> Iterator[tuple[list[int], int, int]]:
    """Numbers of items of similar size, the length to which they are filled up, how many make a batch."""
    groups: dict[int, list[int]] = {}
    for number, size in enumerate(sizes):
        length = next((n for n in lengths if n >= size), lengths[-1])
        groups.setdefault(length, []).append(number)
    for length, numbers in groups.items():
        size = max(_PIECES_IN_BATCH // length, 1)
        for i in range(0, len(numbers), size):
            yield numbers[i : i + size], length, size
