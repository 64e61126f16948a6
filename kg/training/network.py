"""One network of spaCy's: the documents that it learns from, and its training to the best weights."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.cli.train import train as spacy_train
from spacy.tokens import Doc, DocBin

import kg.training.pretrain  # noqa: F401 - the configurations name its reader and its architecture
from kg.language.backend import fast_products
from kg.training.conllu import Sentence
from kg.training.treebanks import grouped, to_doc, with_joined_hyphens

_SEED = 3


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a training reads and writes."""

    corpora: Path
    work: Path
    generated: int
    """Generated sentences to add to the trees; see the model card for what they bring."""

    def path(self, name: str) -> Path:
        """A file or folder of the work folder."""
        return self.work / name


def docs_of(parts: Sequence[tuple[list[Sentence], bool]]) -> list[Doc]:
    """Documents of one to four sentences, shuffled; with features or without, by corpus."""
    vocab = spacy.blank("de").vocab
    docs = [
        to_doc(vocab, group, morphology=morphology)
        for seed, (sentences, morphology) in enumerate(parts)
        for group in grouped(list(with_joined_hyphens(sentences)), seed=seed)
    ]
    random.Random(_SEED).shuffle(docs)
    return docs


def save(path: Path, docs: list[Doc]) -> None:
    """Write a training corpus."""
    DocBin(docs=docs, store_user_data=False).to_disk(path)


def train(
    place: Workplace,
    config: Path,
    corpus: str,
    dev: str,
    out: Path,
    steps: int,
    *,
    vectors: str | None = "vectors",
    lesson: str | None = None,
    syntax: str | None = None,
    seed: int | None = None,
) -> None:
    """One run of spaCy's training loop; the best model by the development scores is kept.

    Args:
        lesson: weights to start from, see `kg.training.pretrain`.
        syntax: a trained pipeline whose network the new one reads, too, see `kg.language.recogniser`.
        seed: in place of the config's.
    """
    beside = out.with_name(f"{out.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    overrides = {
        "paths.train": str(place.path(corpus)),
        "paths.dev": str(place.path(dev)),
        "paths.vectors": str(place.path(vectors)) if vectors else None,
        "paths.init_tok2vec": str(place.path(lesson)) if lesson else None,
        "training.max_steps": max(steps, 1),
        "training.max_epochs": 0,
    }
    if syntax:
        overrides["paths.syntax"] = str(place.path(syntax))
    if seed is not None:
        overrides["system.seed"] = seed
    with fast_products():
        spacy_train(config, beside, overrides=overrides)
    (beside / "model-best").rename(out)
    shutil.rmtree(beside)
