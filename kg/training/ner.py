"""GermEval 2014 ─▶ spaCy documents with entity spans.

Outer entities (column 3) only. ``deriv`` (nordkoreanisch) and ``part`` (Uno-Sanktionen) are kept
as labels of their own, so that they are not learnt as names; MISC is GermEval's OTH.

Source: Benikova et al. 2014, "NoSta-D Named Entity Annotation for German".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

CORE = ("PER", "LOC", "ORG", "MISC")


def read(path: Path) -> Iterator[tuple[list[str], list[str]]]:
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


def to_doc(vocab: Vocab, words: list[str], tags: list[str]) -> Doc:
    """A document with `doc.ents` set."""
    from spacy.tokens import Doc, Span

    doc = Doc(vocab, words=words)
    doc.set_ents([Span(doc, b, e, label) for b, e, label in spans(tags)], default="outside")
    return doc
