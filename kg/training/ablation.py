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

from kg import lang
from kg.training import evaluate, selftrain
from kg.training.corpora import read_treebanks
from kg.training.generate import generate
from kg.training.teacher import Teacher
from kg.training.train import Workplace, docs_of, save, train
from kg.training.treebanks import to_doc

STEPS = 2500
_SEED = 3
ROWS = ("baseline", "vectors", "converted", "generated", "self-training", "taught vectors")
"""Trees of GSD's dev and test part and LIT; + vectors of Brown clusters; + PARSEME's and PUD's trees and GSD's gold tags,
brought to one convention; + generated sentences; + trees of the teacher for tagged sentences; + clusters split by the teacher."""


def ablate(place: Workplace, row: str, generated: int) -> dict[str, float]:
    """Train one row and score it, in percent. What is there already is not trained again.

    Args:
        place: the folder of a finished training.
        row: one of `ROWS`; it has all that the rows before it have.
    """
    out = place.path(f"ablation-{row}")
    if not out.exists():
        save(place.path(f"{out.name}.spacy"), _corpus(place, ROWS.index(row), generated))
        config = place.path(f"{out.name}.cfg")
        _config(row).to_disk(config)
        vectors = {"baseline": None, ROWS[-1]: "vectors"}.get(row, "classes")
        train(place, config, f"{out.name}.spacy", "dev.spacy", out, STEPS, vectors=vectors)
    return evaluate.score_syntax(spacy.load(out), evaluate.test_sentences(place.corpora))


def _config(row: str) -> Any:
    config: Any = load_config(Path(__file__).with_name("syntax.cfg"), interpolate=False)
    if row == "baseline":
        config["components"]["tok2vec"]["model"]["embed"]["include_static_vectors"] = False
    return config


def _corpus(place: Workplace, row: int, generated: int) -> list[Doc]:
    banks = read_treebanks(place.corpora)
    first = spacy.load(place.path("first"))
    vocab = spacy.blank("de").vocab
    trees = [(banks.gsd, True)] * 3 + [(list(selftrain.fill_features(first, banks.lit)), True)]
    extra: list[Doc] = []
    if row >= ROWS.index("converted"):
        parseme, pud = (list(selftrain.fill_features(first, bank)) for bank in (banks.parseme, banks.pud))
        trees += [(parseme, True)] * 3 + [(pud, True)] * 6
        tagged = list(selftrain.fill_tagged(first, banks))
        if row >= ROWS.index("self-training"):
            parsed = list(selftrain.parsed(Teacher.load(place.path("teacher.pickle")), tagged))
            forms = {tuple(w.form for w in s.words) for s in parsed}
            tagged = [s for s in tagged if tuple(w.form for w in s.words) not in forms]
            trees.append((parsed, True))
        extra += [to_doc(vocab, [s], morphology=True, trees=False) for s in tagged]
    if row >= ROWS.index("generated"):
        extra += [to_doc(vocab, [s], morphology=True) for s in generate(lang.load("de"), generated)]
    docs = docs_of(trees) + extra
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
