"""The recogniser's network: its own reading of a sentence, beside what the syntax has made of the words.

A capitalised noun at the beginning of a sentence is no name; the network that the parser and the tagger
share knows that, so the recogniser is told its last layer (``doc.tensor``). Before training it counts for
nothing, so the recogniser starts from what it learnt alone (`kg.training.pretrain`).

Registered with spaCy by an entry point, so that `spacy.load` finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.ml.models.parser import build_tb_parser_model
from spacy.tokens import Doc
from thinc.api import Dropout, Linear, Model, chain, concatenate, with_array

Network = Model[Any, Any]


def recogniser(tok2vec: Network, syntax_width: int, hidden_width: int, maxout_pieces: int) -> Network:
    """A transition-based recogniser of entities over ``tok2vec`` and the layer of the syntax.

    Args:
        tok2vec: the recogniser's own network, known to the whole as ``own``.
        syntax_width: numbers per word in ``doc.tensor``.
    """
    both = _with_syntax(tok2vec, syntax_width)
    model: Network = build_tb_parser_model(both, "ner", False, hidden_width, maxout_pieces, True, None)
    model.set_ref("own", tok2vec)
    return model


def _with_syntax(tok2vec: Network, syntax_width: int) -> Network:
    width = tok2vec.get_dim("nO")

    def as_before(ops: Any, shape: tuple[int, ...]) -> Any:
        return ops.asarray2f(np.eye(shape[0], shape[1], dtype="f4"))

    mixed: Network = Linear(nO=width, nI=width + syntax_width, init_W=as_before)
    syntax: Network = chain(_tensors(syntax_width), with_array(Dropout()))
    both: Network = chain(concatenate(tok2vec, syntax), with_array(mixed))
    both.set_dim("nO", width)
    return both


def _tensors(width: int) -> Network:
    """The documents' tensors; nothing is learnt through them."""

    def forward(
        model: Network, docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[Any], Callable[[Any], Any]]:
        # Documents that no network has read yet are met where shapes are inferred.
        found: list[Any] = [doc.tensor if len(doc.tensor) else np.zeros((len(doc), width)) for doc in docs]
        return [model.ops.asarray2f(tensor) for tensor in found], lambda _: []

    return Model("tensors", forward, dims={"nO": width})
