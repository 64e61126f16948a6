"""A teacher: transformers of `kg.training.encoder` with heads for names, trees and tags.

They learn from the corpora (`kg.training.learn`) what the shipped pipeline learns, know more of the
language, and are far too big to ship. What they say together labels text that has no trees or names (`trees`, `knowledge`)
and chooses among tags (`tags`); the first gives word vectors their sense (`vectors`).

Sources: Hinton et al. 2015, "Distilling the Knowledge in a Neural Network"; Lakshminarayanan et al.
2017, "Simple and Scalable Predictive Uncertainty Estimation using Deep Ensembles".
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from kg.training import encoder, heads
from kg.training.batches import LENGTHS, WORD_LENGTHS, Batcher, by_length
from kg.training.conllu import Sentence
from kg.training.heads import Array, Arrays


class Teacher:
    """Members that differ by chance alone, and their label sets; what they say is averaged."""

    def __init__(self, labels: dict[str, list[str]], members: tuple[encoder.Params, ...]) -> None:
        self.labels = labels
        self.members = members
        """Each with ``layers`` and ``heads``: what has been learnt."""
        self._batches = Batcher(labels["tags"])

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
        for numbers, batch in self._batches(items, (*WORD_LENGTHS, *LENGTHS)):
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
        for numbers, length, size in by_length([one.shape[1] for one in known], LENGTHS):
            found = np.zeros((size, len(own), length, known[numbers[0]].shape[2]), "f4")
            seen = np.zeros((size, length), "i4")
            for row, number in enumerate(numbers):
                found[row, :, : known[number].shape[1]] = known[number]
                self._batches.number_tags(seen[row], tags[number] if tags else ())
            out = np.asarray(compiled(own, found, seen))
            for row, number in enumerate(numbers):
                said[number] = out[row, : known[number].shape[1]]
        return said


def _mean(said: list[Any]) -> Any:
    return jax.tree.map(lambda *parts: sum(parts) / len(parts), *said)
