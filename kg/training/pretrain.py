"""The small network's first lesson: to say what the teacher says of each word in its sentence.

That is the teacher's last layer and, for the recogniser, how likely it finds each tag of a name, too.

Run by spaCy's own loop (`spacy pretrain`) with the reader and the objective that are registered here;
the recogniser and the parser then start from what was learnt.

Source: Jiao et al. 2020, "TinyBERT: Distilling BERT for Natural Language Understanding" (hidden-state
distillation).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc
from spacy.training.pretrain import pretrain as spacy_pretrain
from spacy.util import load_config, registry
from thinc.api import Linear, Model, chain, list2array

from kg.language.backend import fast_products
from kg.training.augment import SimilarWords
from kg.training.ner import Tagged, likeliest
from kg.training.vectors import Matrix, brown_clusters, principal

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.vocab import Vocab

    from kg.training.teacher import Teacher

LAYER = 96
"""Numbers per word that are kept of the teacher's last layer, in its principal directions."""
_SEED = 13


def save_taught(
    path: Path, teacher: Teacher, sentences: Sequence[Sequence[str]], of_names: Collection[int]
) -> None:
    """Write sentences with what the teacher knows of their words: its last layer, and the tags of names.

    Args:
        of_names: the Brown clusters of names, which the reader needs.
    """
    said, names = zip(*teacher.knowledge(sentences), strict=True)
    kept = [list(words[: len(rows)]) for words, rows in zip(sentences, said, strict=True)]
    np.savez(
        path,
        forms=[form for words in kept for form in words],
        lengths=[len(words) for words in kept],
        layer=(principal(np.concatenate(said), LAYER) * LAYER**0.5).astype("float32"),
        names=np.concatenate(names).astype("float32"),
        labels=teacher.labels["names"],
        of_names=sorted(of_names),
    )


def similar_words(path: Path, vocab: Vocab) -> SimilarWords:
    """Which words may stand for each other, by the vectors of ``vocab`` and the file of `save_taught`."""
    with np.load(path) as file:
        return SimilarWords.of(vocab.vectors, brown_clusters(), set(file["of_names"].tolist()))


def taught_names(path: Path) -> Iterator[Tagged]:
    """The sentences that `save_taught` wrote, with the likeliest tag of each word."""
    with np.load(path) as file:
        forms, names, labels = file["forms"].tolist(), file["names"], file["labels"].tolist()
        end = 0
        for length in file["lengths"].tolist():
            begin, end = end, end + length
            yield forms[begin:end], likeliest(labels, names[begin:end])


def pretrain(config: Path, taught: Path, vectors: Path, out: Path) -> None:
    """Teach the network of ``config``; its weights are written to ``out``."""
    part = load_config(config)["pretraining"]["component"]
    overrides = {"paths.taught": str(taught), "paths.vectors": str(vectors), "nlp.pipeline": [part]}
    beside = out.with_name(f"{out.name}.part")
    beside.mkdir(exist_ok=True)
    with fast_products():
        spacy_pretrain(load_config(config, overrides=overrides, interpolate=True), beside, silent=False)
    (beside / "model-last.bin").rename(out)
    shutil.rmtree(beside)


@registry.readers("kg.Taught.v1")  # type: ignore[untyped-decorator]
def read_taught(path: str, names: float, similar: bool = False) -> Callable[[Language], Iterator[Doc]]:
    """Documents of one sentence whose ``tensor`` is what `save_taught` wrote of its words.

    Args:
        names: how much the tags of names count beside the last layer; 0 leaves them out.
        similar: whether words are replaced by similar ones, others each time.
    """
    # Another order each time that it is read, the same ones in each training.
    rng, chooser = np.random.default_rng(_SEED), Random(_SEED)

    def read(nlp: Language) -> Iterator[Doc]:
        with np.load(path) as file:
            forms, lengths, table = file["forms"].tolist(), file["lengths"].tolist(), file["layer"]
            if names:
                table = np.concatenate([table, _weighted(file["names"], names)], axis=1)
        others = similar_words(Path(path), nlp.vocab) if similar else None
        order = rng.permutation(len(lengths))
        begins = np.cumsum([0, *lengths])
        for i in order:
            begin, end = begins[i], begins[i] + lengths[i]
            words = forms[begin:end]
            doc = Doc(nlp.vocab, words=others.replaced(words, chooser) if others else words)
            doc.tensor = table[begin:end]
            yield doc

    return read


def _weighted(names: Matrix, weight: float) -> Matrix:
    """Centred, and with ``weight`` times the variance of the layer's numbers."""
    centred = names - names.mean(0)
    return np.asarray(centred * (weight * LAYER / (centred**2).sum(1).mean()) ** 0.5)


@registry.architectures("kg.Taught.v1")  # type: ignore[untyped-decorator]
def taught_objective(listed: bool, width: int) -> Callable[[Vocab, Model[Any, Any]], Model[Any, Any]]:
    """A linear layer over the network that is to say the words' tensors; the loss is the squared distance.

    Args:
        listed: whether the network gives a list with an array per sentence, not one array of all words.
        width: numbers in the tensor of a word.
    """

    def build(vocab: Vocab, tok2vec: Model[Any, Any]) -> Model[Any, Any]:
        said: Model[Any, Any] = Linear(nO=width, nI=tok2vec.get_dim("nO"))
        model: Model[Any, Any] = chain(tok2vec, list2array(), said) if listed else chain(tok2vec, said)
        model.set_ref("tok2vec", tok2vec)
        model.attrs["loss"] = _distance
        return model

    return build


def _distance(ops: Any, docs: Sequence[Doc], said: Any) -> tuple[float, Any]:
    difference = said - ops.asarray2f(np.concatenate([doc.tensor for doc in docs]))
    return float((difference**2).sum()), difference / len(said)
