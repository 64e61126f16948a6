"""Word vectors: Brown clusters, each split by what a teacher knows of its words.

``spacy-lookups-data`` holds a Brown clustering of a million German forms (about 750 clusters).
A cluster's number is its path in a binary tree, lowest bit first, so clusters that share low bits
are neighbours. A vector that sums one random vector per path prefix puts neighbours close
together.

A teacher (`kg.training.teacher`) has read more text and tells towns from surnames within a
cluster. With one, clusters are split by k-means over its vectors of the words and the kinds of names
that it takes them for, and a word's vector is that of its Brown cluster beside the mean of its part.
All words of a part share one row, so the table stays small.

Names are rarer than other words. So beyond the most frequent forms, those are kept that are written
like names and stand in a cluster of names, by text whose names are marked.

Source: Brown et al. 1992, "Class-Based n-gram Models of Natural Language".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.training.ner import CORE, Tagged

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.training.teacher import Teacher

WIDTH = 96
FORMS = 350_000
PARTS = 4_500
"""Rows of the split table; about a hundred words share one."""
_BROWN, _TAUGHT = 40, 48
_OFTEN, _NAMED = 5, 0.5
"""How often a cluster of names is met in the marked text, at least, and how often as part of a name."""
_SEED = 7
_CHUNK = 20_000

Matrix = np.ndarray[Any, Any]


def add_vectors(
    nlp: Language, teacher: Teacher | None = None, marked: Sequence[Tagged] = (), *, forms: int = FORMS
) -> None:
    """Give ``nlp.vocab`` vectors for the most frequent ``forms`` forms and for rarer names.

    Args:
        teacher: without one, a row per Brown cluster (`WIDTH` numbers); with one, about `PARTS` rows.
        marked: sentences whose names tell the clusters of names; without any, rarer forms are left out.
    """
    from spacy.strings import get_string_id
    from spacy.vectors import Vectors

    words, clusters = _clusters(forms, marked)
    if teacher is None:
        numbers, rows = np.unique(clusters, return_inverse=True)
        table = _unit(_brown(numbers, WIDTH))
    else:
        chunks = (words[i : i + _CHUNK] for i in range(0, len(words), _CHUNK))
        taught = np.concatenate([v for chunk in chunks for v in teacher.vectors([[w] for w in chunk])])
        known = np.concatenate([principal(taught, _TAUGHT), teacher.kinds(taught)], axis=1)
        table, rows = _split(clusters, known)
    vectors = Vectors(data=table.astype("float32"), name="de_word_classes")
    # Keyed by hash: the forms stay out of the string store, and so out of the wheel.
    for word, row in zip(words, rows, strict=True):
        vectors.add(get_string_id(word), row=int(row))
    nlp.vocab.vectors = vectors


def brown_clusters() -> dict[str, int]:
    """The number of each word's Brown cluster; the most frequent words first."""
    import spacy_lookups_data
    import srsly

    path = Path(spacy_lookups_data.de["lexeme_cluster"]).with_suffix(".json.gz")
    return {word: int(number) for word, number in srsly.read_gzip_json(path).items()}


def _clusters(forms: int, marked: Sequence[Tagged]) -> tuple[list[str], Matrix]:
    """The forms that get a vector and the numbers of their Brown clusters."""
    kept = _kept(brown_clusters(), forms, marked)
    return list(kept), np.array(list(kept.values()))


def _kept(table: Mapping[str, int], forms: int, marked: Sequence[Tagged]) -> dict[str, int]:
    of_names = clusters_of_names(table, marked)
    return dict(islice(table.items(), forms)) | {
        word: number
        for word, number in islice(table.items(), forms, None)
        if number in of_names and word.istitle() and word.isalpha()
    }


def clusters_of_names(table: Mapping[str, int], marked: Sequence[Tagged]) -> set[int]:
    """The clusters whose words are most often part of a name where they are met in marked text."""
    met: Counter[int] = Counter()
    named: Counter[int] = Counter()
    for words, tags in marked:
        for word, tag in zip(words, tags, strict=True):
            if word in table:
                met[table[word]] += 1
                named[table[word]] += tag[2:] in CORE
    return {number for number in met if met[number] >= _OFTEN and named[number] > _NAMED * met[number]}


def _brown(numbers: Sequence[int] | Matrix, width: int) -> Matrix:
    """A vector per cluster: one random vector per prefix of its path, the short prefixes longest."""
    rng = np.random.default_rng(_SEED)
    prefixes: dict[tuple[int, int], Matrix] = {}
    table = np.zeros((len(numbers), width))
    for row, number in enumerate(int(n) for n in numbers):
        for length in range(1, max(number.bit_length(), 1) + 1):
            key = (length, number & ((1 << length) - 1))
            if key not in prefixes:
                prefixes[key] = rng.normal(0, 1 / (1 + length / 4), width)
            table[row] += prefixes[key]
    return table


def _split(clusters: Matrix, taught: Matrix) -> tuple[Matrix, Matrix]:
    """Cut each cluster into parts alike in ``taught``: (a vector per part, each word's part)."""
    from scipy.cluster.vq import kmeans2

    numbers, of = np.unique(clusters, return_inverse=True)
    brown = _unit(_brown(numbers, _BROWN))
    table: list[Matrix] = []
    rows = np.zeros(len(clusters), dtype="int64")
    for i in range(len(numbers)):
        members = np.flatnonzero(of == i)
        count = max(1, round(PARTS * len(members) / len(clusters)))
        _, parts = kmeans2(taught[members], count, minit="points", seed=_SEED)
        _, parts = np.unique(parts, return_inverse=True)
        rows[members] = len(table) + parts
        table += [
            np.concatenate([brown[i], taught[members[parts == part]].mean(0)])
            for part in range(parts.max() + 1)
        ]
    return np.stack(table), rows


def principal(vectors: Matrix, width: int) -> Matrix:
    """The ``width`` directions in which vectors differ most, at mean length one."""
    centred = vectors - vectors.mean(0)
    _, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    found = centred @ directions[:, ::-1][:, :width]
    return np.asarray(found / np.linalg.norm(found, axis=1).mean())


def _unit(table: Matrix) -> Matrix:
    return np.asarray(table / np.linalg.norm(table, axis=1, keepdims=True))
