"""Scores of a pipeline on the named test parts, by the measure of the model card.

Gold tokens and sentences; punctuation left out; label sub-types merged (``nsubj:pass`` counts as
``nsubj``); lemmas without regard to case. Names: exact spans of GermEval's outer entities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.training import ner
from kg.training.conllu import Sentence, read
from kg.training.treebanks import normalise, to_doc

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.language.lemmas import Lemmatizer

PUD_TEST = slice(500, 1000)
"""The sentences of PUD that nothing is trained on or chosen by."""
LABELS = ("nsubj", "obj", "iobj", "obl", "nmod", "appos", "ccomp", "aux", "compound:prt")


def test_sentences(corpora: Path) -> list[Sentence]:
    """PUD sentences 501 to 1000."""
    return [normalise(s) for s in read(corpora / "treebank" / "de_pud-ud-test.conllu")][PUD_TEST]


def score_syntax(
    nlp: Language, sentences: Iterable[Sentence], lemmatizer: Lemmatizer | None = None
) -> dict[str, float]:
    """UAS, LAS, UPOS, features and lemma accuracy in percent, and ``LAS label`` per label."""
    from spacy.tokens import Doc

    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    gold = [to_doc(nlp.vocab, [s], morphology=True) for s in sentences]
    inputs = (
        Doc(
            nlp.vocab,
            words=[t.text for t in g],
            spaces=[bool(t.whitespace_) for t in g],
            sent_starts=[i == 0 for i in range(len(g))],
        )
        for g in gold
    )
    for g, p in zip(gold, nlp.pipe(inputs), strict=True):
        for a, b in zip(g, p, strict=True):
            if a.pos_ == "PUNCT":
                continue
            attached = a.head.i == b.head.i
            labelled = attached and _merged(a.dep_) == _merged(b.dep_)
            lemma = lemmatizer.lemma(b.text, b.lemma_, b.pos_, []) if lemmatizer else b.lemma_
            outcome = {
                "UAS": attached,
                "LAS": labelled,
                "UPOS": a.pos_ == b.pos_,
                "features": a.morph == b.morph,
                "lemma": a.lemma_.lower() == lemma.lower(),
            }
            label = a.dep_ if a.dep_ in LABELS else _merged(a.dep_)
            if label in LABELS:
                outcome[f"LAS {label}"] = labelled
            for name, right in outcome.items():
                total[name] += 1
                hits[name] += right
    return {name: round(100 * hits[name] / n, 1) for name, n in sorted(total.items())}


def _merged(label: str) -> str:
    return label.partition(":")[0]


def score_names(nlp: Language, path: Path) -> dict[str, float]:
    """Precision, recall and F1 of exact entity spans over PER, LOC, ORG and MISC, and F1 of each label, in percent."""
    from spacy.tokens import Doc

    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    sentences = list(ner.read(path))
    docs = nlp.pipe(
        Doc(nlp.vocab, words=words, sent_starts=[i == 0 for i in range(len(words))]) for words, _ in sentences
    )
    for (_, tags), doc in zip(sentences, docs, strict=True):
        gold, system = set(ner.spans(tags)), {(e.start, e.end, e.label_) for e in doc.ents}
        for counts, entities in ((right, gold & system), (found, system), (wanted, gold)):
            counts.update(label for _, _, label in entities)
    precision, recall, f1 = _f1(*(sum(counts[c] for c in ner.CORE) for counts in (right, found, wanted)))
    of_labels = {f"names {c} F1": _f1(right[c], found[c], wanted[c])[2] for c in (*ner.CORE, *ner.RELATED)}
    return {"names P": precision, "names R": recall, "names F1": f1, **of_labels}


def _f1(right: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1)
