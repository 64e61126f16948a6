"""What the teacher says of words: scores of entity tags, of arcs and of their labels, and their losses.

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


def name_scores(params: Params, arrays: Arrays, rate: float = 0.0, key: Any = None) -> Array:
    """Scores of the entity tags: sentences × words × tags."""
    found = words(params, arrays, rate, key)
    return found @ params["heads"]["name.w"] + params["heads"]["name.b"]


def tree_scores(params: Params, arrays: Arrays, rate: float = 0.0, key: Any = None) -> tuple[Array, Array]:
    """Scores of arcs (sentences × dependents × heads, head 0 the root) and of their labels."""
    p = params["heads"]
    _, _, pooling, tags = arrays
    found = jnp.concatenate([words(params, arrays, rate, key), p["tag"][tags]], -1)
    root = jnp.broadcast_to(p["root"], (found.shape[0], 1, found.shape[2]))
    heads = jnp.concatenate([root, found], 1)
    there = jnp.concatenate([jnp.ones((found.shape[0], 1), bool), pooling.sum(-1) > 0], 1)
    dependents = jax.nn.gelu(found @ p["dependent.arc"])
    arcs = _one(dependents) @ p["arc"] @ jax.nn.gelu(heads @ p["head.arc"]).transpose(0, 2, 1)
    arcs = jnp.where(there[:, None, :], arcs, -1e9)
    left = _one(jax.nn.gelu(found @ p["dependent.label"]))
    right = _one(jax.nn.gelu(heads @ p["head.label"]))
    return arcs, jnp.einsum("bdi,lij,bhj->bdhl", left, p["label"], right)


def _one(x: Array) -> Array:
    return jnp.concatenate([x, jnp.ones((*x.shape[:-1], 1))], -1)


def name_loss(params: Params, arrays: Arrays, gold: tuple[Array, ...], key: Any) -> Array:
    """Cross-entropy of the entity tags."""
    return _loss(name_scores(params, arrays, DROPOUT, key), gold[0])


def tree_loss(params: Params, arrays: Arrays, gold: tuple[Array, ...], key: Any) -> Array:
    """Cross-entropy of heads and of the labels under the right heads."""
    heads, names = gold
    arcs, labels = tree_scores(params, arrays, DROPOUT, key)
    chosen = jnp.take_along_axis(labels, jnp.maximum(heads, 0)[:, :, None, None], 2)[:, :, 0]
    return _loss(arcs, heads) + _loss(chosen, names)


def _loss(scores: Array, gold: Array) -> Array:
    there = gold != IGNORED
    losses = optax.softmax_cross_entropy_with_integer_labels(scores, jnp.maximum(gold, 0))
    return (losses * there).sum() / jnp.maximum(there.sum(), 1)
