"""What a teacher says of words: entity tags, arcs and their labels, universal tags; and the losses.

Sources: Dozat & Manning 2017, "Deep Biaffine Attention for Neural Dependency Parsing".
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from kg.training import encoder
from kg.training.encoder import Params

Array = Any
Arrays = tuple[Array, Array, Array, Array]
"""embedded (sentences × pieces × width), mask (sentences × pieces), pooling (sentences × words ×
pieces), tags (sentences × words)"""

_ARC, _LABEL, _TAG = 256, 96, 32
DROPOUT = 0.1
IGNORED = -1
"""Gold where there is none."""


def initial(labels: dict[str, list[str]], width: int, seed: int) -> Params:
    """Random weights for the given label sets."""
    rng = np.random.default_rng(seed)

    def matrix(*shape: int) -> Array:
        return rng.normal(0, shape[-1] ** -0.5, shape).astype("f4")

    wide = width + _TAG
    return {
        "tag": matrix(len(labels["tags"]) + 1, _TAG),
        "name.w": matrix(width, len(labels["names"])) * 0.1,
        "name.b": np.zeros(len(labels["names"]), "f4"),
        # What all treebanks say, which shapes the layers, and what the wanted one says.
        "tags.w": matrix(width, len(labels["tags"])) * 0.1,
        "tags.b": np.zeros(len(labels["tags"]), "f4"),
        "common.w": matrix(width, len(labels["tags"])) * 0.1,
        "common.b": np.zeros(len(labels["tags"]), "f4"),
        "root": matrix(wide),
        **{
            f"{side}.{part}": matrix(wide, size) * (size / wide) ** 0.5
            for side in ("head", "dependent")
            for part, size in (("arc", _ARC), ("label", _LABEL))
        },
        "arc": matrix(_ARC + 1, _ARC) * 0.1,
        "label": matrix(len(labels["trees"]), _LABEL + 1, _LABEL + 1) * 0.1,
    }


def words(params: Params, arrays: Arrays, rate: float = 0.0, key: Any = None) -> Array:
    """A vector per word: the mean of its pieces in the last layer."""
    embedded, mask, pooling, _ = arrays
    hidden = encoder.forward(params["layers"], embedded, mask, rate=rate, key=key)
    return pooling @ hidden


def words_and_names(params: Params, arrays: Arrays) -> tuple[Array, Array]:
    """What `words` finds, and the probabilities of the entity tags: sentences × words × tags."""
    found = words(params, arrays)
    return found, name_probabilities(params, found)


def name_probabilities(params: Params, found: Array) -> Array:
    """Of the entity tags, from what `words` found."""
    return jax.nn.softmax(_linear(params, "name", found))


def tag_probabilities(params: Params, found: Array) -> Array:
    """Of the universal tags by the wanted conventions, from what `words` found."""
    return jax.nn.softmax(_linear(params, "common", found))


def tree_probabilities(params: Params, found: Array, tags: Array) -> tuple[Array, Array]:
    """Of arcs (sentences × dependents × heads, head 0 the root) and of the label of each arc."""
    arcs, labels = _tree_scores(params, found, (found != 0).any(-1), tags)
    return jax.nn.softmax(arcs), jax.nn.softmax(labels)


def likeliest_tree(probabilities: tuple[Array, Array]) -> Array:
    """For each dependent its likeliest head, the label of that arc, and the arc's probability."""
    arcs, labels = probabilities
    best = arcs.argmax(-1)
    return jnp.stack([best, _at(labels, best).argmax(-1), arcs.max(-1)], -1)


def _linear(params: Params, name: str, found: Array) -> Array:
    return found @ params["heads"][f"{name}.w"] + params["heads"][f"{name}.b"]


def _tree_scores(params: Params, found: Array, words_there: Array, tags: Array) -> tuple[Array, Array]:
    p = params["heads"]
    found = jnp.concatenate([found, p["tag"][tags]], -1)
    root = jnp.broadcast_to(p["root"], (found.shape[0], 1, found.shape[2]))
    heads = jnp.concatenate([root, found], 1)
    there = jnp.concatenate([jnp.ones((found.shape[0], 1), bool), words_there], 1)
    dependents = jax.nn.gelu(found @ p["dependent.arc"])
    arcs = _one(dependents) @ p["arc"] @ jax.nn.gelu(heads @ p["head.arc"]).transpose(0, 2, 1)
    arcs = jnp.where(there[:, None, :], arcs, -1e9)
    left = _one(jax.nn.gelu(found @ p["dependent.label"]))
    right = _one(jax.nn.gelu(heads @ p["head.label"]))
    return arcs, jnp.einsum("bdi,lij,bhj->bdhl", left, p["label"], right)


def _at(labels: Array, heads: Array) -> Array:
    """The scores of the labels of the given arcs."""
    return jnp.take_along_axis(labels, heads[:, :, None, None], 2)[:, :, 0]


def _one(x: Array) -> Array:
    return jnp.concatenate([x, jnp.ones((*x.shape[:-1], 1))], -1)


def name_loss(params: Params, arrays: Arrays, gold: tuple[Array, ...], key: Any) -> Array:
    """Cross-entropy of the entity tags."""
    return _loss(_linear(params, "name", words(params, arrays, DROPOUT, key)), gold[0])


def tree_loss(params: Params, arrays: Arrays, gold: tuple[Array, ...], key: Any) -> Array:
    """Cross-entropy of heads, of the labels under the right heads, and of both kinds of tags."""
    heads, names, tags, common = gold
    _, _, pooling, seen_tags = arrays
    found = words(params, arrays, DROPOUT, key)
    arcs, labels = _tree_scores(params, found, pooling.sum(-1) > 0, seen_tags)
    return (
        _loss(arcs, heads)
        + _loss(_at(labels, jnp.maximum(heads, 0)), names)
        + _loss(_linear(params, "tags", found), tags)
        + _loss(_linear(params, "common", found), common)
    )


def _loss(scores: Array, gold: Array) -> Array:
    there = gold != IGNORED
    losses = optax.softmax_cross_entropy_with_integer_labels(scores, jnp.maximum(gold, 0))
    return (losses * there).sum() / jnp.maximum(there.sum(), 1)
