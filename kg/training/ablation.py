"""What each kind of data brings: the syntax trained anew with one kind more, scored on the same test part.

Every row has the same configuration, seed and number of steps (fewer than the shipped pipeline has), so rows can be
compared with each other, not with the model card. Vectors, features and the teacher come from a finished training.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc
from spacy.util import load_config

from kg.training import evaluate, selftrain
from kg.training.conllu import Sentence
from kg.training.corpora import read_treebanks
from kg.training.network import Workplace, docs_of, save, train
from kg.training.treebanks import to_doc, trees

STEPS = 2500
_SEED = 3
ROWS = ("baseline", "vectors", "converted", "generated", "self-training", "taught vectors", "first lesson")
"""Trees of GSD's dev and test part and LIT; + vectors of Brown clusters; + PARSEME's and PUD's trees and GSD's gold tags,
brought to one convention; + generated sentences; + tags and trees by the teacher; + clusters split by the teacher; + a
network that first learns to say what the teacher's last layer says."""


def ablate(place: Workplace, row: str) -> dict[str, float]:
    """Train one row and score it, in percent. What is there already is not trained again.

    Args:
        place: the folder of a finished training.
        row: one of `ROWS`; it has all that the rows before it have.
    """
    out, number = place.path(f"ablation-{row}"), ROWS.index(row)
    if not out.exists():
        corpus = "syntax.spacy"
        if number < ROWS.index("self-training"):
            corpus = f"{out.name}.spacy"
            save(place.path(corpus), _corpus(place, number))
        config = place.path(f"{out.name}.cfg")
        _config(row).to_disk(config)
        vectors = "vectors" if number >= ROWS.index("taught vectors") else "classes" if number else None
        lesson = "syntax.lesson" if row == "first lesson" else None
        train(place, config, corpus, "dev.spacy", out, STEPS, vectors=vectors, lesson=lesson)
    return evaluate.score_syntax(spacy.load(out), evaluate.test_sentences(place.corpora))


def _config(row: str) -> Any:
    config: Any = load_config(Path(__file__).with_name("syntax.cfg"), interpolate=False)
    if row == "baseline":
        config["components"]["tok2vec"]["model"]["embed"]["include_static_vectors"] = False
    return config


def _corpus(place: Workplace, row: int) -> list[Doc]:
    """What is trained on without a teacher."""
    banks = read_treebanks(place.corpora)
    first = spacy.load(place.path("first"))
    vocab = spacy.blank("de").vocab

    def filled(sentences: list[Sentence]) -> list[Sentence]:
        return list(selftrain.fill_features(first, sentences))

    parts = [(banks.gsd, True)] * 3 + [(filled(banks.lit), True)]
    extra: list[Doc] = []
    if row >= ROWS.index("converted"):
        parts += [(filled(banks.parseme), True)] * 3 + [(filled(banks.pud), True)] * 6
        extra += [to_doc(vocab, [s], morphology=True, trees=False) for s in filled(banks.tagged)]
    if row >= ROWS.index("generated"):
        extra += [to_doc(vocab, [s], morphology=True) for s in trees(place.path("generated.conllu"))]
    docs = docs_of(parts) + extra
    random.Random(_SEED).shuffle(docs)
    return docs


def table(scores: Callable[[str], dict[str, float]]) -> str:
    """The rows as a Markdown table."""
    columns = ("UAS", "LAS", "UPOS", "lemma", *(f"LAS {label}" for label in evaluate.LABELS))
    lines = [f"| | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for row in ROWS:
        found = scores(row)
        lines.append(
            f"| {'' if row == ROWS[0] else '+ '}{row} | {' | '.join(str(found.get(c, '–')) for c in columns)} |"
        )
    return "\n".join(lines)
