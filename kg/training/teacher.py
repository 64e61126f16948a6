"""A teacher: the transformer of `kg.training.encoder` with heads for names and for trees.

It learns from the corpora what the shipped pipeline learns, knows more of the language, and is far
too big to ship. It labels text that has no trees or names (`trees`, `names`) and gives the word
vectors their sense (`word_vectors`).

Source: Hinton et al. 2015, "Distilling the Knowledge in a Neural Network".
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from kg.training import encoder, heads
from kg.training.conllu import Sentence
from kg.training.heads import IGNORED, Array, Arrays, initial, name_loss, name_scores, tree_loss, tree_scores
from kg.training.ner import Tagged

_RATE, _HEAD_RATE = 2e-4, 1e-3
_PIECES_IN_BATCH = 900
_LONGEST = 200
"""Words of a sentence that are looked at."""
_LENGTHS = (8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 510)


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of similar length; arrays are sentences × words unless said otherwise."""

    arrays: Arrays
    gold: tuple[Array, ...]
    """Names: one label per word. Trees: head, label. `IGNORED` where there is none."""


class Teacher:
    """Weights with their label sets."""

    def __init__(self, labels: dict[str, list[str]], params: encoder.Params) -> None:
        self.labels = labels
        self.params = params
        """``layers`` and ``heads``: what has been learnt."""
        self.vocabulary, self.base = encoder.load()

    def save(self, path: Path) -> None:
        """Write what has been learnt; read it with `load` only from a folder of one's own."""
        path.write_bytes(pickle.dumps((self.labels, jax.device_get(self.params))))

    @classmethod
    def load(cls, path: Path) -> Teacher:
        """Read what `save` wrote."""
        return cls(*pickle.loads(path.read_bytes()))

    def names(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[str]]:
        """The BIO tags of each sentence."""
        labels = self.labels["names"]
        run = jax.jit(lambda p, b: name_scores(p, b).argmax(-1))
        results = self._predict(sentences, [None] * len(sentences), run)
        for words, best in zip(sentences, results, strict=True):
            found = [labels[i] for i in best[: len(words)]]
            yield _consistent([*found, *["O"] * (len(words) - len(found))])

    def trees(self, sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, float]]:
        """For each sentence the same with heads and labels, and the mean probability of its arcs.

        Heads are the likeliest of each word by itself, so that not every result is a tree.
        """

        def run(p: encoder.Params, b: Arrays) -> Array:
            arcs, labels = tree_scores(p, b)
            arcs = jax.nn.softmax(arcs)
            best = arcs.argmax(-1)
            chosen = jnp.take_along_axis(labels, best[:, :, None, None], 2)[:, :, 0].argmax(-1)
            return jnp.stack([best, chosen, arcs.max(-1)], -1)

        words = [[w.form for w in s.words] for s in sentences]
        tags = [[w.upos for w in s.words] for s in sentences]
        for sentence, result in zip(sentences, self._predict(words, tags, jax.jit(run)), strict=True):
            yield self._tree(sentence, result)

    def _tree(self, sentence: Sentence, result: Array) -> tuple[Sentence, float]:
        labels = self.labels["trees"]
        words = []
        for i, (word, (head, label, _)) in enumerate(zip(sentence.words, result, strict=False)):
            to_root = int(head) == 0
            words.append(
                replace(
                    word,
                    head=i if to_root else int(head) - 1,
                    deprel="root" if to_root else labels[int(label)],
                )
            )
        whole = len(words) == len(sentence.words)
        return Sentence(tuple(words)), float(result[: len(words), 2].mean()) if whole else 0.0

    def word_vectors(self, words: Sequence[str]) -> np.ndarray[Any, Any]:
        """A vector per word, read alone: the mean of its pieces in the last layer."""
        results = self._predict([[w] for w in words], [None] * len(words), jax.jit(heads.words))
        return np.stack([r[0] for r in results])

    def _predict(
        self, sentences: Sequence[Sequence[str]], tags: Sequence[Any], run: Callable[..., Array]
    ) -> list[Array]:
        items = [(w, t, ()) for w, t in zip(sentences, tags, strict=True)]
        found: list[Array] = [None] * len(items)
        for numbers, batch in self.batches(items):
            out = np.asarray(run(self.params, batch.arrays))
            for row, number in zip(out, numbers, strict=False):
                found[number] = row
        return found

    def batches(
        self, items: Sequence[tuple[Sequence[str], Any, tuple[Any, ...]]]
    ) -> Iterator[tuple[list[int], Batch]]:
        """Group (words, tags, gold) by length; with each batch the numbers of its sentences."""
        prepared = [encoder.words_to_pieces(self.vocabulary, words[:_LONGEST]) for words, _, _ in items]
        by_length: dict[int, list[int]] = {}
        for number, (pieces, _) in enumerate(prepared):
            by_length.setdefault(_up(len(pieces)), []).append(number)
        for length, numbers in by_length.items():
            size = max(_PIECES_IN_BATCH // length, 1)
            for i in range(0, len(numbers), size):
                chosen = numbers[i : i + size]
                yield chosen, self._batch([(*prepared[n], *items[n][1:]) for n in chosen], length, size)

    def _batch(self, rows: list[Any], length: int, size: int) -> Batch:
        ids = np.full((size, length), self.vocabulary.pad)
        mask = np.zeros((size, length), bool)
        mask[:, 0] = True
        pooling = np.zeros((size, length, length), "f4")
        tags = np.zeros((size, length), "i4")
        count = max((len(gold) for *_, gold in rows), default=0)
        golds = tuple(np.full((size, length), IGNORED, "i4") for _ in range(count))
        for r, (pieces, spans, upos, gold) in enumerate(rows):
            pieces = pieces[:length]
            ids[r, : len(pieces)] = pieces
            mask[r, : len(pieces)] = True
            for w, (a, b) in enumerate(spans):
                if b <= length:
                    pooling[r, w, a:b] = 1 / (b - a)
            for w, tag in enumerate((upos or ())[: len(spans)]):
                tags[r, w] = self.labels["tags"].index(tag) + 1 if tag in self.labels["tags"] else 0
            for target, values in zip(golds, gold, strict=True):
                target[r, : len(spans)] = values[: len(spans)]
        return Batch((encoder.embed(self.base, ids), mask, pooling, tags), golds)


def train(trees: Sequence[Sentence], names: Sequence[Tagged], *, epochs: int, seed: int = 1) -> Teacher:
    """Learn names and trees together, batch by batch in turn."""
    labels = {
        "trees": sorted({w.deprel for s in trees for w in s.words} - {"root"}),
        "names": sorted({t for _, tags in names for t in tags}),
        "tags": sorted({w.upos for s in trees for w in s.words}),
    }
    base = encoder.load()[1]
    layers = {n: v for n, v in base.items() if not n.startswith("emb")}
    teacher = Teacher(labels, {"layers": layers, "heads": initial(labels, base["emb.word"].shape[1], seed)})
    tree_batches = [b for _, b in teacher.batches([_tree_item(s, labels["trees"]) for s in trees])]
    name_batches = [b for _, b in teacher.batches([_name_item(s, labels["names"]) for s in names])]
    plan = [(tree_loss, b) for b in tree_batches] + [(name_loss, b) for b in name_batches]
    steps = epochs * len(plan)
    learn = {
        "layers": optax.adamw(
            optax.warmup_cosine_decay_schedule(0, _RATE, steps // 10, steps), weight_decay=0.01
        ),
        "heads": optax.adamw(optax.warmup_cosine_decay_schedule(0, _HEAD_RATE, steps // 20, steps)),
    }
    optimizer = optax.chain(
        optax.clip_by_global_norm(1.0),
        optax.multi_transform(learn, {part: part for part in learn}),
    )
    state = optimizer.init(teacher.params)

    def step(loss: Callable[..., Array], params: encoder.Params, state: Any, batch: Any, key: Any) -> Any:
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
            teacher.params, state, value = compiled[loss](
                teacher.params, state, (batch.arrays, batch.gold), part
            )
            losses[loss].append(float(value))
        means = ", ".join(f"{loss.__name__} {np.mean(v):.3f}" for loss, v in losses.items())
        print(f"   teacher, epoch {epoch + 1}: {means}", flush=True)
    return teacher


def _tree_item(sentence: Sentence, labels: list[str]) -> Any:
    words = sentence.words
    heads = [0 if w.head == i else w.head + 1 for i, w in enumerate(words)]
    numbers = [labels.index(w.deprel) if w.deprel in labels else IGNORED for w in words]
    return [w.form for w in words], [w.upos for w in words], (heads, numbers)


def _name_item(sentence: Tagged, labels: list[str]) -> Any:
    words, tags = sentence
    return words, None, ([labels.index(t) for t in tags],)


def _up(length: int) -> int:
    return next((n for n in _LENGTHS if n >= length), _LENGTHS[-1])


def _consistent(tags: Iterable[str]) -> list[str]:
    """An inside tag that continues nothing begins a name."""
    found: list[str] = []
    for tag in tags:
        before = found[-1] if found else "O"
        if tag.startswith("I-") and before[2:] != tag[2:]:
            tag = f"B-{tag[2:]}"
        found.append(tag)
    return found
