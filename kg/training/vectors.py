"""Word vectors from Brown clusters.

``spacy-lookups-data`` holds a Brown clustering of a million German forms (about 750 clusters).
A cluster's number is its path in a binary tree, lowest bit first, so clusters that share low bits
are neighbours. A vector that sums one random vector per path prefix puts neighbours close
together; all words of a cluster share one row, so the table stays small.

Source: Brown et al. 1992, "Class-Based n-gram Models of Natural Language".
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

WIDTH = 96
FORMS = 450_000
_LONGEST_PATH = 16


def add_vectors(nlp: Language, *, forms: int = FORMS, width: int = WIDTH, seed: int = 7) -> None:
    """Give ``nlp.vocab`` a vector per Brown cluster for the most frequent ``forms`` forms."""
    import numpy as np
    from spacy.lookups import load_lookups
    from spacy.vectors import Vectors

    # Keyed by hash, most frequent form first. Hashes suffice: the forms stay out of the string
    # store, and so out of the wheel.
    clusters = load_lookups("de", ["lexeme_cluster"]).get_table("lexeme_cluster")
    kept = {key: int(number) for key, number in islice(clusters.items(), forms)}
    numbers = sorted(set(kept.values()))
    rng = np.random.default_rng(seed)
    prefixes: dict[tuple[int, int], object] = {}
    table = np.zeros((len(numbers), width), dtype="float32")
    for row, number in enumerate(numbers):
        for length in range(1, max(number.bit_length(), 1) + 1):
            key = (length, number & ((1 << length) - 1))
            if key not in prefixes:
                prefixes[key] = rng.normal(0, 1 / (1 + length / 4), width)
            table[row] += prefixes[key]
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    row_of = {number: row for row, number in enumerate(numbers)}
    vectors = Vectors(data=table, name="de_brown_clusters")
    for key, number in kept.items():
        vectors.add(key, row=row_of[number])
    nlp.vocab.vectors = vectors
