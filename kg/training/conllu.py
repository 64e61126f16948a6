"""Read CoNLL-U and PARSEME ``.cupt`` files into sentences of surface tokens.

Universal Dependencies splits a German contraction (*im* ─▶ *in* + *dem*); spaCy's tokenizer does
not. A reader that wants to train on running text must therefore join the parts again:
`surface` gives one token per written word, headed and labelled as the part that carries the
phrase (the preposition), with the article's case, gender and number.

Format: https://universaldependencies.org/format.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.training.parseme import with_particles

_COLUMNS = 10
_UNSET = "_"


@dataclass(frozen=True, slots=True)
class Word:
    """One line of a tree. ``head`` is the 0-based index in the sentence, itself for the root."""

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    space: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A tree: words in order, heads as indices into `words`."""

    words: tuple[Word, ...]


def read(path: Path) -> Iterator[Sentence]:
    """Yield every tree of a CoNLL-U file as surface tokens.

    Raises:
        ValueError: a line does not have ten columns, with file and line number.
    """
    for block in blocks(path):
        yield surface(with_particles(block))


def blocks(path: Path) -> Iterator[list[list[str]]]:
    """Yield the columns of every sentence's lines, comments left out.

    Raises:
        ValueError: a line does not have ten columns, with file and line number.
    """
    block: list[list[str]] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if block:
                yield block
                block = []
            continue
        columns = line.split("\t")
        if len(columns) < _COLUMNS:
            raise ValueError(f"{path}:{number}: {len(columns)} columns, expected {_COLUMNS}")
        block.append(columns)
    if block:
        yield block


def surface(block: list[list[str]]) -> Sentence:
    """Join the parts of multi-word tokens and drop empty nodes."""
    first_of: dict[int, int] = {}  # word id ─▶ id of the surface token that it is part of
    spans: dict[int, list[str]] = {}  # first id ─▶ the columns of the joined token
    for columns in block:
        if "-" in columns[0]:
            begin, end = map(int, columns[0].split("-"))
            spans[begin] = columns
            first_of.update(dict.fromkeys(range(begin, end + 1), begin))
    rows = {int(c[0]): c for c in block if c[0].isdigit()}
    ids = [i for i in rows if first_of.get(i, i) == i]
    index = {word: position for position, word in enumerate(ids)}

    def head_of(word: int) -> int:
        head = int(rows[word][6])
        return index[first_of.get(head, head)] if head else index[word]

    words = []
    for i in ids:
        parts = [j for j, first in first_of.items() if first == i] or [i]
        lead = _carrier(parts, rows)
        columns = rows[lead]
        shown = spans.get(i, columns)
        words.append(
            Word(
                form=shown[1],
                lemma=columns[2],
                upos=columns[3],
                feats=_joined_feats([rows[p][5] for p in parts]),
                head=head_of(lead),
                deprel=columns[7],
                space="SpaceAfter=No" not in shown[9],
            )
        )
    return Sentence(tuple(words))


def _carrier(parts: list[int], rows: dict[int, list[str]]) -> int:
    """The part whose head lies outside the joined token."""
    return next((p for p in parts if int(rows[p][6]) not in parts), parts[0])


def _joined_feats(feats: list[str]) -> str:
    known = [f for f in feats if f != _UNSET]
    return known[-1] if known else _UNSET


def hyphenated(sentence: Sentence) -> Sentence:
    """Join words that are written together around a hyphen (*US* *-* *Präsident*).

    The German treebanks split such compounds, the tokenizer keeps them. The joined word takes
    tag and attachment of its last part that is headed outside, as compounds are headed right.
    """
    groups: list[list[int]] = []
    for i, word in enumerate(sentence.words):
        glued = bool(groups) and not sentence.words[i - 1].space
        if glued and (word.form == "-" or sentence.words[i - 1].form == "-") and _wordlike(word, sentence, i):
            groups[-1].append(i)
        else:
            groups.append([i])
    place = {i: g for g, group in enumerate(groups) for i in group}
    words = []
    for group in groups:
        lead = next((i for i in reversed(group) if sentence.words[i].head not in group), group[-1])
        if sentence.words[group[-1]].upos != "PUNCT":
            lead = group[-1] if sentence.words[lead].upos == "PUNCT" else lead
        word = sentence.words[lead]
        tail = sentence.words[group[-1]]
        outside = next((i for i in group if sentence.words[i].head not in group), lead)
        root = next((i for i in group if sentence.words[i].head == i), None)
        anchor = sentence.words[outside if root is None else root]
        words.append(
            replace(
                word,
                form="".join(sentence.words[i].form for i in group),
                lemma="".join(sentence.words[i].form for i in group[:-1]) + tail.lemma,
                upos=tail.upos if tail.upos != "PUNCT" else word.upos,
                feats=tail.feats,
                head=place[anchor.head] if root is None else place[root],
                deprel=anchor.deprel,
                space=tail.space,
            )
            if len(group) > 1
            else replace(word, head=place[word.head])
        )
    return Sentence(tuple(words))


def _wordlike(word: Word, sentence: Sentence, i: int) -> bool:
    """A hyphen joins only between two written parts, never as a dash."""
    if word.form != "-":
        return word.form[:1].isalnum()
    before = sentence.words[i - 1].form
    after = sentence.words[i + 1].form if i + 1 < len(sentence.words) and not word.space else ""
    return before[:1].isalnum() and after[:1].isalnum()
