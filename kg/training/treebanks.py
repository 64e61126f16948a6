"""Treebank sentences ─▶ spaCy training documents, in one common label set.

The German treebanks disagree on sub-types (GSD writes ``acl`` where LIT writes ``acl:relcl``), and
the PARSEME release of GSD mixes UD v1 and v2. `normalise` brings all of them to the labels
that the clause reader reads.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.training import conventions
from kg.training.conllu import Sentence, Word, hyphenated, read

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_V1_TO_V2 = {
    "dobj": "obj",
    "iobj": "obl:arg",
    "nsubjpass": "nsubj:pass",
    "auxpass": "aux:pass",
    "mwe": "fixed",
    "name": "flat",
    "neg": "advmod",
}
_MERGED = {
    "acl:relcl": "acl",
    "flat:name": "flat",
    "nmod:poss": "nmod",
    "obl:tmod": "obl",
    "obl:agent": "obl",
    "cc:preconj": "cc",
    "nsubj:outer": "nsubj",
    "expl:pv": "expl",
    "det:poss": "det",
    "csubj:pass": "csubj",
}
_VERBAL = {"VERB", "AUX", "ADJ"}


def normalise(sentence: Sentence) -> Sentence:
    """Bring UD v1 labels and rare sub-types to the common label set."""
    words = []
    for word in sentence.words:
        label = _V1_TO_V2.get(word.deprel, word.deprel)
        if label == "nmod" and sentence.words[word.head].upos in _VERBAL:
            label = "obl"
        words.append(replace(word, deprel=_MERGED.get(label, label)))
    return Sentence(tuple(words))


def trees(path: Path) -> list[Sentence]:
    """All trees of a file in the common label set and conventions, without malformed ones."""
    common = conventions.load()
    return [s for s in (common.apply(normalise(t)) for t in read(path)) if is_tree(s)]


def with_joined_hyphens(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Each sentence, and once more with its hyphenated compounds joined, if it has any."""
    for sentence in sentences:
        yield sentence
        joined = hyphenated(sentence)
        if len(joined.words) < len(sentence.words) and is_tree(joined):
            yield joined


def tagged(path: Path) -> list[Sentence]:
    """Read ``form##UPOS`` lines: sentences with tags but no trees (every word its own head)."""
    opener = lzma.open if path.suffix == ".xz" else open
    common = conventions.load()
    sentences = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            words: list[Word] = []
            parts_left = 0
            for item in line.split():
                form, _, upos = item.rpartition("##")
                if upos == "_":  # a contraction; its two parts follow
                    parts_left = 2
                    words.append(Word(form, "_", "ADP", "_", len(words), "dep", True))
                elif parts_left:
                    parts_left -= 1
                else:
                    words.append(Word(form, "_", upos, "_", len(words), "dep", True))
            if words:
                sentences.append(common.apply(Sentence(tuple(words))))
    return sentences


def is_tree(sentence: Sentence) -> bool:
    """Whether there is one root and every word leads to it."""
    roots = [i for i, w in enumerate(sentence.words) if w.head == i]
    if len(roots) != 1:
        return False
    for i in range(len(sentence.words)):
        seen = set()
        while sentence.words[i].head != i:
            if i in seen:
                return False
            seen.add(i)
            i = sentence.words[i].head
    return True


def to_doc(vocab: Vocab, sentences: Iterable[Sentence], *, morphology: bool, trees: bool = True) -> Doc:
    """One spaCy document of several sentences.

    Args:
        morphology: False leaves tag and features unset, so that nothing is learnt from corpora
            that annotate features only in part.
        trees: False leaves heads and labels unset.
    """
    from spacy.tokens import Doc

    words = [w for s in sentences for w in s.words]
    offsets = [o for s, o in _offsets(sentences) for _ in s.words]
    return Doc(
        vocab,
        words=[w.form for w in words],
        spaces=[w.space for w in words],
        lemmas=[("" if w.lemma == "_" else w.lemma.split("|")[0]) for w in words],
        pos=[w.upos for w in words] if morphology else None,
        morphs=["" if w.feats == "_" else w.feats for w in words] if morphology else None,
        heads=[w.head + o for w, o in zip(words, offsets, strict=True)] if trees else None,
        deps=[("ROOT" if w.deprel == "root" else w.deprel) for w in words] if trees else None,
        sent_starts=[i == 0 for s in sentences for i in range(len(s.words))] if not trees else None,
    )


def _offsets(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, int]]:
    total = 0
    for sentence in sentences:
        yield sentence, total
        total += len(sentence.words)


def grouped(sentences: list[Sentence], *, seed: int) -> Iterator[list[Sentence]]:
    """Cut a corpus into documents of one to four sentences, so that boundaries are learnt too."""
    rng = random.Random(seed)
    i = 0
    while i < len(sentences):
        size = rng.choice((1, 1, 1, 2, 3, 4))
        yield sentences[i : i + size]
        i += size
