"""GermEval 2014 ─▶ spaCy documents with entity spans.

Outer entities (column 3) only. ``deriv`` (nordkoreanisch) and ``part`` (Uno-Sanktionen) are kept
as labels of their own, so that they are not learnt as names; MISC is GermEval's OTH.

Source: Benikova et al. 2014, "NoSta-D Named Entity Annotation for German".
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Probabilities: TypeAlias = "np.ndarray[Any, Any]"
Tagged = tuple[list[str], list[str]]
"""Words and their BIO tags."""
CORE = ("PER", "LOC", "ORG", "MISC")
RELATED = ("LOCderiv", "LOCpart", "ORGpart")
"""Words with a name in them that are none: the usual ones (*nordkoreanisch*, *US-Präsident*, *Uno-Sanktionen*)."""


def read(path: Path) -> Iterator[Tagged]:
    """Yield (words, BIO tags) per sentence of a GermEval file."""
    words: list[str] = []
    tags: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            if words:
                yield words, tags
                words, tags = [], []
            continue
        columns = line.split("\t")
        words.append(columns[1])
        tags.append(columns[2].replace("OTH", "MISC"))
    if words:
        yield words, tags


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """BIO tags ─▶ (begin, end, label) in tokens, end exclusive."""
    found: list[tuple[int, int, str]] = []
    begin = 0
    label = ""
    for i, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            found.append((begin, i, label))
            label = ""
        if tag.startswith("B-") or (tag.startswith("I-") and not label):
            begin, label = i, tag[2:]
    return found


def likeliest(labels: Sequence[str], probabilities: Probabilities) -> list[str]:
    """The likeliest BIO tag of each word (words × tags); an inside tag that continues nothing begins a name."""
    found: list[str] = []
    for tag in (labels[i] for i in probabilities.argmax(-1)):
        before = found[-1] if found else "O"
        found.append(f"B-{tag[2:]}" if tag.startswith("I-") and before[2:] != tag[2:] else tag)
    return found


def with_other_names(sentences: Sequence[Tagged], pool: Iterable[Tagged], *, seed: int) -> Iterator[Tagged]:
    """Each sentence that has names once more, with names of the same kind from ``pool`` in their place.

    Source: Dai & Adel 2020, "An Analysis of Simple Data Augmentation for Named Entity Recognition"
    (mention replacement).
    """
    rng = random.Random(seed)
    names: dict[str, list[list[str]]] = {}
    for words, tags in pool:
        for begin, end, label in spans(tags):
            names.setdefault(label, []).append(words[begin:end])
    for words, tags in sentences:
        if not spans(tags):
            continue
        others, other_tags = list(words), list(tags)
        for begin, end, label in reversed(spans(tags)):
            name = rng.choice(names[label])
            others[begin:end] = name
            other_tags[begin:end] = [f"B-{label}", *[f"I-{label}"] * (len(name) - 1)]
        yield others, other_tags


def to_doc(vocab: Vocab, words: list[str], tags: list[str]) -> Doc:
    """A document with `doc.ents` set."""
    from spacy.tokens import Doc, Span

    doc = Doc(vocab, words=words)
    doc.set_ents([Span(doc, b, e, label) for b, e, label in spans(tags)], default="outside")
    return doc
