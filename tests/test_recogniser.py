"""The recogniser's network reads what the syntax has made of the words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

WORDS = ["Bretter", "liegen", "in", "Trier"]
MODEL: dict[str, Any] = {
    "@architectures": "kg.Recogniser.v1",
    "syntax_width": 4,
    "hidden_width": 8,
    "maxout_pieces": 2,
    "tok2vec": {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None}
    | {
        "width": 8,
        "depth": 1,
        "embed_size": 50,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
    },
}


def example(nlp: Language, names: dict[str, str], tensor: np.ndarray[Any, Any]) -> Example:
    """A sentence of ``names`` and of nothing else that sets it apart from others, but its tensor."""
    said = Doc(nlp.vocab, words=WORDS)
    said.tensor = tensor
    return Example(said, Doc(nlp.vocab, words=WORDS, ents=[names.get(word, "O") for word in WORDS]))


@pytest.fixture
def trained() -> tuple[Language, list[Example]]:
    """A recogniser that can tell names by the tensor alone."""
    fix_random_seed(1)
    nlp = spacy.blank("de")
    ner: Any = nlp.add_pipe("ner", config={"model": MODEL})
    first, last = np.eye(4, dtype="f4")[[1, 0, 0, 0]], np.eye(4, dtype="f4")[[0, 0, 0, 1]]
    examples = [example(nlp, {"Bretter": "B-PER"}, first), example(nlp, {"Trier": "B-LOC"}, last)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(500):
        ner.update(examples, drop=0.1, sgd=optimizer)
    return nlp, examples


def names(nlp: Language, examples: list[Example]) -> list[list[str]]:
    ner: Any = nlp.get_pipe("ner")
    docs = [Doc(nlp.vocab, words=WORDS) for _ in examples]
    for doc, given in zip(docs, examples, strict=True):
        doc.tensor = given.predicted.tensor
    return [[e.text for e in ner(doc).ents] for doc in docs]


def test_names_are_told_by_the_syntax(trained: tuple[Language, list[Example]], tmp_path: Path) -> None:
    nlp, examples = trained
    assert names(nlp, examples) == [["Bretter"], ["Trier"]]
    nlp.to_disk(tmp_path)
    assert names(spacy.load(tmp_path), examples) == [["Bretter"], ["Trier"]], (
        "and by a pipeline that is loaded"
    )


def test_before_training_the_syntax_counts_for_nothing() -> None:
    nlp = spacy.blank("de")
    ner: Any = nlp.add_pipe("ner", config={"model": MODEL})
    nlp.initialize()
    plain, read = Doc(nlp.vocab, words=WORDS), Doc(nlp.vocab, words=WORDS)
    read.tensor = np.ones((4, 4), dtype="f4")
    network = ner.model.get_ref("tok2vec")
    assert network.predict([plain]) == pytest.approx(network.predict([read]))
