"""More text for the teacher to read: sentences with words replaced by others of the same Brown cluster.

A small network learns a few thousand sentences by heart sooner than what they have in common. The
teacher says of the new sentences what it says of any other, so what they mean need not be sense:
*Bangkok schlug der EU Verhandlungen vor* ─▶ *Damaskus unterbreitete der EU Beratungen vor*.

Source: Jiao et al. 2020, "TinyBERT: Distilling BERT for Natural Language Understanding" (data
augmentation by similar words).
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_OF_NAMES, _OF_OTHERS = 0.6, 0.2
"""How often a word of a name, and another word, is replaced."""
_SHORTEST = 4
_FREQUENT = 400
"""Among how many words of a cluster one is chosen; names are chosen among all."""
_ENDING = 2
"""Letters at the end of a word that stay, so that most inflection does."""


def with_similar_words(
    sentences: Iterable[Sequence[str]], clusters: Mapping[str, int], of_names: Collection[int], *, seed: int
) -> Iterator[list[str]]:
    """The words of each sentence, some of them replaced.

    Args:
        clusters: words by frequency, most frequent first, each with its cluster.
        of_names: the clusters of names; capitalised words of theirs are replaced more often, and by any other.
    """
    rng = random.Random(seed)
    alike: dict[tuple[int, bool, str], list[str]] = {}
    for word in clusters:
        if word.isalpha():
            alike.setdefault(_kind(word, clusters, of_names), []).append(word)
    for words in sentences:
        yield [_replaced(word, clusters, of_names, alike, rng) for word in words]


def _kind(word: str, clusters: Mapping[str, int], of_names: Collection[int]) -> tuple[int, bool, str]:
    """Words of one kind may stand for each other: by cluster, capital and, but for names, ending."""
    named = clusters[word] in of_names and word.istitle()
    return clusters[word], word.istitle(), "" if named else word[-_ENDING:]


def _replaced(
    word: str,
    clusters: Mapping[str, int],
    of_names: Collection[int],
    alike: Mapping[tuple[int, bool, str], list[str]],
    rng: random.Random,
) -> str:
    if len(word) < _SHORTEST or not word.isalpha() or word not in clusters:
        return word
    kind = _kind(word, clusters, of_names)
    named = not kind[2]
    if rng.random() >= (_OF_NAMES if named else _OF_OTHERS):
        return word
    return rng.choice(alike[kind] if named else alike[kind][:_FREQUENT])
