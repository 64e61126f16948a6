"""A teacher: transformers of `kg.training.encoder` with heads for names, trees and tags.

They learn from the corpora what the shipped pipeline learns, know more of the language, and are far
too big to ship. What they say together labels text that has no trees or names (`trees`, `knowledge`)
and chooses among tags (`tags`); the first gives word vectors their sense (`vectors`).

Sources: Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"; Lakshminarayanan et al.
2017, "Simple and Scalable Predictive Uncertainty Estimation using Deep Ensembles".
"""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from kg.training import encoder, heads
from kg.training.conllu import Sentence
from kg.training.heads import IGNORED, Array, Arrays, initial, name_loss, tree_loss
from kg.training.ner import Tagged

_RATE, _HEAD_RATE = 2e-4, 1e-3
_PIECES_IN_BATCH = 900
_LONGEST = 200
"""Words of a sentence that are looked at."""
_LENGTHS = (8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 510)
_WORD_LENGTHS = (4, 6)
"""Pieces to which sentences are filled up, and single words, of which there are many."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of similar length; arrays are sentences × words unless said otherwise."""

    arrays: Arrays
    gold: tuple[Array, ...]
    """Names: one label per word. Trees: head, label, tag, and the tag again where the treebank is
    the one whose conventions are wanted. `IGNORED` where there is none."""


Loss = Callable[..., Array]
Plan = list[tuple[Loss, Batch]]


class Teacher:
    """Members that differ by chance alone, and their label sets; what they say is averaged."""

    def __init__(self, labels: dict[str, list[str]], members: tuple[encoder.Params, ...]) -> None:
        self.labels = labels
        self.members = members
        """Each with ``layers`` and ``heads``: what has been learnt."""
        self.vocabulary, self.base = encoder.load()

    def save(self, path: Path) -> None:
        """Write what has been learnt; read it with `load` only from a folder of one's own."""
        path.write_bytes(pickle.dumps((self.labels, jax.device_get(self.members))))

    @classmethod
    def load(cls, path: Path) -> Teacher:
        """Read what `save` wrote."""
        return cls(*pickle.loads(path.read_bytes()))

    def words(self, sentences: Sequence[Sequence[str]]) -> list[Array]:
        """What each member knows of each word that is looked at, for `tags` and `trees`: members × words × width."""
        results = self._predict(sentences, heads.words, together=lambda said: jnp.stack(said, 1))
        return [result[:, : len(words)].copy() for words, result in zip(sentences, results, strict=True)]

    def tags(self, known: Sequence[Array]) -> Iterator[list[dict[str, float]]]:
        """The probability of each universal tag by the wanted conventions, for each word of each sentence.

        Args:
            known: of each sentence, by `words`.
        """
        labels = self.labels["tags"]
        for likely in self._told(known, lambda one, found, _: heads.tag_probabilities(one, found), _mean):
            yield [dict(zip(labels, row.tolist(), strict=True)) for row in likely]

    def trees(
        self, sentences: Sequence[Sentence], known: Sequence[Array]
    ) -> Iterator[tuple[Sentence, float]]:
        """For each sentence the same with heads and labels, and the mean probability of its arcs.

        Heads are the likeliest of each word by itself, so that not every result is a tree.

        Args:
            known: of each sentence, by `words`.
        """
        tags = [[w.upos for w in s.words] for s in sentences]
        results = self._told(
            known, heads.tree_probabilities, lambda said: heads.likeliest_tree(_mean(said)), tags
        )
        for sentence, result in zip(sentences, results, strict=True):
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

    def vectors(self, sentences: Sequence[Sequence[str]]) -> Iterator[Array]:
        """What the first member knows of each word that it looks at: words × width, from its last layer."""
        results = self._predict(sentences, heads.words, members=self.members[:1])
        for words, result in zip(sentences, results, strict=True):
            yield result[: len(words)].copy()

    def knowledge(self, sentences: Sequence[Sequence[str]]) -> Iterator[tuple[Array, Array]]:
        """The same, and how probable all members find each BIO tag: words × tags."""

        def together(said: list[tuple[Array, Array]]) -> Array:
            return jnp.concatenate([said[0][0], _mean([likely for _, likely in said])], -1)

        count = len(self.labels["names"])
        results = self._predict(sentences, heads.words_and_names, together=together)
        for words, result in zip(sentences, results, strict=True):
            known = result[: len(words)].copy()
            yield known[:, :-count], known[:, -count:]

    def kinds(self, vectors: Array) -> Array:
        """How probable each kind of name, and none, is for each of what `vectors` found: words × kinds."""
        likely = heads.name_probabilities(self.members[0], vectors)
        kinds = [tag[2:] for tag in self.labels["names"]]
        of_kind = np.array([[kind == k for k in sorted(set(kinds))] for kind in kinds], "f4")
        return np.asarray(likely) @ of_kind

    def _predict(
        self,
        sentences: Sequence[Sequence[str]],
        of_one: Callable[[encoder.Params, Arrays], Any],
        *,
        members: tuple[encoder.Params, ...] | None = None,
        together: Callable[[list[Any]], Array] | None = None,
    ) -> list[Array]:
        """For each sentence what ``together`` makes of what the members say: without one, the mean."""

        def run(members: tuple[encoder.Params, ...], arrays: Arrays) -> Array:
            return (together or _mean)([of_one(member, arrays) for member in members])

        compiled, members = jax.jit(run), members or self.members
        items = [(words, None, ()) for words in sentences]
        found: list[Array] = [None] * len(items)
        for numbers, batch in self.batches(items, (*_WORD_LENGTHS, *_LENGTHS)):
            out = np.asarray(compiled(members, batch.arrays))
            for row, number in zip(out, numbers, strict=False):
                found[number] = row
        return found

    def _told(
        self,
        known: Sequence[Array],
        of_one: Callable[[encoder.Params, Array, Array], Any],
        together: Callable[[list[Any]], Array],
        tags: Sequence[Sequence[str]] | None = None,
    ) -> list[Array]:
        """For each sentence what ``together`` makes of what the members' heads say of words that are ``known``."""

        def run(members: tuple[encoder.Params, ...], found: Array, tags: Array) -> Array:
            return together([of_one(member, found[:, i], tags) for i, member in enumerate(members)])

        compiled = jax.jit(run)
        own = tuple({"heads": member["heads"]} for member in self.members)
        said: list[Array] = [None] * len(known)
        for numbers, length, size in _by_length([one.shape[1] for one in known], _LENGTHS):
            found = np.zeros((size, len(own), length, known[numbers[0]].shape[2]), "f4")
            seen = np.zeros((size, length), "i4")
            for row, number in enumerate(numbers):
                found[row, :, : known[number].shape[1]] = known[number]
                self._number_tags(seen[row], tags[number] if tags else ())
            out = np.asarray(compiled(own, found, seen))
            for row, number in enumerate(numbers):
                said[number] = out[row, : known[number].shape[1]]
        return said

    def _number_tags(self, row: Array, tags: Sequence[str]) -> None:
        labels = self.labels["tags"]
        for word, tag in enumerate(tags[: len(row)]):
            row[word] = labels.index(tag) + 1 if tag in labels else 0

    def batches(
        self,
        items: Sequence[tuple[Sequence[str], Any, tuple[Any, ...]]],
        lengths: Sequence[int] = _LENGTHS,
    ) -> Iterator[tuple[list[int], Batch]]:
        """Group (words, tags, gold) by length; with each batch the numbers of its sentences."""
        prepared = [encoder.words_to_pieces(self.vocabulary, words[:_LONGEST]) for words, _, _ in items]
        for numbers, length, size in _by_length([len(pieces) for pieces, _ in prepared], lengths):
            yield numbers, self._batch([(*prepared[n], *items[n][1:]) for n in numbers], length, size)

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
            self._number_tags(tags[r], (upos or ())[: len(spans)])
            for target, values in zip(golds, gold, strict=True):
                target[r, : len(spans)] = values[: len(spans)]
        return Batch((encoder.embed(self.base, ids), mask, pooling, tags), golds)


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
    teacher = Teacher(labels, ())
    tree_items = [_tree_item(s, labels, wanted=False) for s in trees]
    tree_items += [_tree_item(s, labels, wanted=True) for s in common]
    plan: Plan = [(tree_loss, b) for _, b in teacher.batches(tree_items)]
    plan += [(name_loss, b) for _, b in teacher.batches([_name_item(s, labels["names"]) for s in names])]
    layers = {n: v for n, v in teacher.base.items() if not n.startswith("emb")}
    width = teacher.base["emb.word"].shape[1]
    learnt = (
        _learn({"layers": layers, "heads": initial(labels, width, seed)}, list(plan), epochs, seed)
        for seed in range(1, members + 1)
    )
    return Teacher(labels, tuple(learnt))


def _mean(said: list[Any]) -> Any:
    return jax.tree.map(lambda *parts: sum(parts) / len(parts), *said)


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


def _by_length(sizes: Sequence[int], lengths: Sequence[int]) -> Iterator[tuple[list[int], int, int]]:
    """Numbers of items of similar size, the length to which they are filled up, how many make a batch."""
    by_length: dict[int, list[int]] = {}
    for number, size in enumerate(sizes):
        length = next((n for n in lengths if n >= size), lengths[-1])
        by_length.setdefault(length, []).append(number)
    for length, numbers in by_length.items():
        size = max(_PIECES_IN_BATCH // length, 1)
        for i in range(0, len(numbers), size):
            yield numbers[i : i + size], length, size
