"""How a teacher learns: names, trees and tags together, batch by batch in turn."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import jax
import numpy as np
import optax

from kg.training import encoder
from kg.training.batches import Batch, Batcher
from kg.training.conllu import Sentence
from kg.training.heads import IGNORED, Array, initial, name_loss, tree_loss
from kg.training.ner import Tagged
from kg.training.teacher import Teacher

_RATE, _HEAD_RATE = 2e-4, 1e-3

Loss = Callable[..., Array]
Plan = list[tuple[Loss, Batch]]


def train(
    trees: Sequence[Sentence],
    common: Sequence[Sentence],
    names: Sequence[Tagged],
    *,
    epochs: int,
    members: int = 1,
) -> Teacher:
    """Learn names, trees and tags together, batch by batch in turn.

    Args:
        trees: with universal tags.
        common: more of them, from the treebank whose conventions for tags are wanted.
    """
    everything = [*trees, *common]
    labels = {
        "trees": sorted({w.deprel for s in everything for w in s.words} - {"root"}),
        "names": sorted({t for _, tags in names for t in tags}),
        "tags": sorted({w.upos for s in everything for w in s.words}),
    }
    batches = Batcher(labels["tags"])
    tree_items = [_tree_item(s, labels, wanted=False) for s in trees]
    tree_items += [_tree_item(s, labels, wanted=True) for s in common]
    plan: Plan = [(tree_loss, b) for _, b in batches(tree_items)]
    plan += [(name_loss, b) for _, b in batches([_name_item(s, labels["names"]) for s in names])]
    layers = {n: v for n, v in batches.base.items() if not n.startswith("emb")}
    width = batches.base["emb.word"].shape[1]
    learnt = (
        _learn({"layers": layers, "heads": initial(labels, width, seed)}, list(plan), epochs, seed)
        for seed in range(1, members + 1)
    )
    return Teacher(labels, tuple(learnt))


def _learn(params: encoder.Params, plan: Plan, epochs: int, seed: int) -> encoder.Params:
    steps = epochs * len(plan)
    optimizer = _optimizer(steps)
    state = optimizer.init(params)

    def step(loss: Loss, params: encoder.Params, state: Any, batch: Any, key: Any) -> Any:
        value, slope = jax.value_and_grad(loss)(params, *batch, key)
        change, state = optimizer.update(slope, state, params)
        return optax.apply_updates(params, change), state, value

    compiled = {loss: jax.jit(lambda *a, loss=loss: step(loss, *a)) for loss in (tree_loss, name_loss)}
    rng = random.Random(seed)
    key = jax.random.key(seed)
    for epoch in range(epochs):
        rng.shuffle(plan)
        losses: dict[Any, list[float]] = {loss: [] for loss in compiled}
        for loss, batch in plan:
            key, part = jax.random.split(key)
            params, state, value = compiled[loss](params, state, (batch.arrays, batch.gold), part)
            losses[loss].append(float(value))
        means = ", ".join(f"{loss.__name__} {np.mean(v):.3f}" for loss, v in losses.items())
        print(f"   teacher {seed}, epoch {epoch + 1}: {means}", flush=True)
    return params


def _optimizer(steps: int) -> optax.GradientTransformation:
    learn = {
        "layers": optax.adamw(
            optax.warmup_cosine_decay_schedule(0, _RATE, steps // 10, steps), weight_decay=0.01
        ),
        "heads": optax.adamw(optax.warmup_cosine_decay_schedule(0, _HEAD_RATE, steps // 20, steps)),
    }
    return optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.multi_transform(learn, {part: part for part in learn}),
    )


def _tree_item(sentence: Sentence, labels: dict[str, list[str]], *, wanted: bool) -> Any:
    words = sentence.words
    arcs = [0 if w.head == i else w.head + 1 for i, w in enumerate(words)]
    names = labels["trees"]
    numbers = [names.index(w.deprel) if w.deprel in names else IGNORED for w in words]
    tags = [labels["tags"].index(w.upos) for w in words]
    common = tags if wanted else [IGNORED] * len(tags)
    return [w.form for w in words], [w.upos for w in words], (arcs, numbers, tags, common)


def _name_item(sentence: Tagged, labels: list[str]) -> Any:
    words, tags = sentence
    return words, None, ([labels.index(t) for t in tags],)
