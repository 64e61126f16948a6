"""Parses in the TIGER scheme ─▶ Universal Dependencies, so that the clause reader reads both alike.

In TIGER (Brants et al. 2004; as dependencies, Seeker and Kuhn 2012) function words are heads: the
finite auxiliary of its verb, the preposition of its noun, the conjunction of what follows. UD has it
the other way round. So the tree is turned first, and then labelled by the map in ``tiger.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.lang import LanguageData
from kg.language.tree import Node

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class TigerScheme:
    """The label map, and the German words that the turning goes by."""

    labels: Mapping[str, str | Mapping[str, str]]
    tags: Mapping[str, tuple[str, ...]]
    """STTS tags, or beginnings or ends of them, by what they are."""
    passive: frozenset[str]
    be: str

    @classmethod
    def of(cls, data: LanguageData) -> TigerScheme:
        """Read a language's map."""
        content: Mapping[str, Any] = data.toml("tiger.toml")
        verbs: Mapping[str, Any] = data.toml("grammar.toml")["verbs"]
        tags = {kind: tuple(values) for kind, values in content["tags"].items()}
        return cls(content["labels"], tags, frozenset(verbs["passive"]), verbs["be"])


def turn(nodes: list[Node], tags: Sequence[str], lemmas: Sequence[str], scheme: TigerScheme) -> None:
    """Bring a parse to Universal Dependencies, in place.

    Args:
        tags: the words' STTS tags.
        lemmas: the words' lemmas; only those of auxiliaries are looked at.
    """
    tree = _Tree(nodes, tags, lemmas, scheme)
    tree.auxiliaries()
    tree.copulas()
    tree.prepositions()
    tree.names()
    tree.conjunctions()
    tree.relabel()


class _Tree:
    def __init__(
        self, nodes: list[Node], tags: Sequence[str], lemmas: Sequence[str], scheme: TigerScheme
    ) -> None:
        self._nodes = nodes
        self._tags = tags
        self._lemmas = lemmas
        self._scheme = scheme
        self._children: list[set[int]] = [set() for _ in nodes]
        for n, node in enumerate(nodes):
            if node.head != n:
                self._children[node.head].add(n)
        self._done: set[int] = set()
        """Words that have their UD label already."""

    def auxiliaries(self) -> None:
        """The verb that carries the meaning takes the place of its auxiliary, which hangs on it."""
        for n in self._from_the_leaves():
            helps = self._begins(n, "auxiliaries") or self._lemmas[n] in self._scheme.passive
            verb = next((c for c in sorted(self._children[n]) if helps and self._carries(n, c)), None)
            if verb is None:
                continue
            passive = self._lemmas[n] in self._scheme.passive and self._ends(verb, "participles")
            self._lift(verb)
            self._settle(n, "aux:pass" if passive else "aux", "AUX")

    def _carries(self, auxiliary: int, verb: int) -> bool:
        if self._label(verb) != "oc" or not self._begins(verb, "verbs"):
            return False
        participle = self._ends(verb, "participles")
        return participle or (self._begins(auxiliary, "auxiliaries") and self._ends(verb, "infinitives"))

    def copulas(self) -> None:
        """What is said of the subject takes the place of *sein*."""
        for n in self._from_the_leaves():
            if n in self._done or self._lemmas[n] != self._scheme.be:
                continue
            said = next((c for c in sorted(self._children[n]) if self._label(c) == "pd"), None)
            if said is not None:
                self._lift(said)
                self._settle(n, "cop", "AUX")

    def prepositions(self) -> None:
        """A noun takes the place of its preposition."""
        for n in self._from_the_leaves():
            if not self._is(n, "prepositions"):
                continue
            nouns = [
                c for c in self._children[n] if self._label(c) == "nk" and not self._is(c, "determiners")
            ]
            if nouns:
                self._lift(max(nouns))
                self._settle(n, "case", "ADP")

    def names(self) -> None:
        """The first word of a name is its head, and a title that of the name after it."""
        for n in self._from_the_leaves():
            parts = [c for c in self._children[n] if self._label(c) == "pnc"]
            if parts and min(parts) < n:
                first = min(parts)
                self._lift(first)
                self._settle(n, "flat")
                for part in parts:
                    if part != first:
                        self._settle(part, "flat")
                n = first
            titles = [c for c in self._children[n] if self._is_title(c, n)]
            if titles:
                self._lift(max(titles))
                self._settle(n, "appos")

    def _is_title(self, word: int, name: int) -> bool:
        return (
            word < name and self._label(word) == "nk"
            and self._nodes[word].pos == "NOUN" and self._nodes[name].pos == "PROPN"
        )  # fmt: skip

    def conjunctions(self) -> None:
        """What is coordinated hangs on the first, the conjunction on what follows it."""
        for n in range(len(self._nodes)):
            if self._label(n) == "cd":
                joined = sorted(c for c in self._children[n] if self._label(c) == "cj")
                head = self._nodes[n].head
                for word in joined:
                    self._move(word, head)
                for word in self._children[n] - set(joined):
                    self._move(word, head)
                if joined:
                    self._move(n, joined[0])
        for n, node in enumerate(self._nodes):
            if self._label(n) == "cj":
                while self._label(node.head) == "cj" and self._nodes[node.head].head != node.head:
                    self._move(n, self._nodes[node.head].head)

    def relabel(self) -> None:
        """Give all other words their labels."""
        labels = [None if n in self._done else self._ud(n) for n in range(len(self._nodes))]
        for n, label in enumerate(labels):
            if label is not None:
                self._nodes[n].label = label
        for node in self._nodes:
            if node.label == "advmod" and node.pos == "ADJ":
                node.pos = "ADV"
        for n, node in enumerate(self._nodes):
            if node.label == "nsubj" and any(
                self._nodes[c].label == "aux:pass" for c in self._children[node.head] if node.head != n
            ):
                node.label = "nsubj:pass"

    def _ud(self, n: int) -> str:
        node = self._nodes[n]
        if node.head == n:
            return "root"
        if node.label == "nk" and self._is(n, "determiners"):
            return "det"
        if node.label == "nk" and self._is(n, "numbers"):
            return "nummod"
        if node.label == "oc" and self._is_infinitive(n):
            return "xcomp"
        rule = self._scheme.labels.get(node.label, "dep")
        if isinstance(rule, str):
            return rule
        kind, head = self._kind(n), self._kind(node.head)
        return rule.get(f"{kind}_of_{head}") or rule.get(kind) or rule.get("word") or "dep"

    def _is_infinitive(self, n: int) -> bool:
        """An infinitive clause, without a finite auxiliary of its own."""
        finite = any(self._ends(c, "finite") for c in self._children[n])
        return self._ends(n, "infinitives") and not finite

    def _kind(self, n: int) -> str:
        if self._nodes[n].pos in _VERBAL or any(self._nodes[c].label == "cop" for c in self._children[n]):
            return "clause"
        return "noun" if self._nodes[n].pos in _NOMINAL else "word"

    def _is(self, n: int, kind: str) -> bool:
        return self._tags[n] in self._scheme.tags[kind]

    def _begins(self, n: int, kind: str) -> bool:
        return self._tags[n].startswith(self._scheme.tags[kind])

    def _ends(self, n: int, kind: str) -> bool:
        return self._tags[n].endswith(self._scheme.tags[kind])

    def _label(self, n: int) -> str:
        """The label that still is TIGER's."""
        return "" if n in self._done else self._nodes[n].label

    def _from_the_leaves(self) -> list[int]:
        """All words, every word after those below it."""
        depth: dict[int, int] = {}
        for n in range(len(self._nodes)):
            path = []
            while n not in depth and self._nodes[n].head != n:
                path.append(n)
                n = self._nodes[n].head
            below = depth.setdefault(n, 0)
            for step, word in enumerate(reversed(path), 1):
                depth[word] = below + step
        return sorted(depth, key=lambda n: (-depth[n], n))

    def _lift(self, child: int) -> None:
        """A word takes the place of its head, and what else hangs there."""
        head = self._nodes[child].head
        above = self._nodes[head].head
        self._move(child, child if above == head else above)
        self._nodes[child].label = self._nodes[head].label
        if head in self._done:
            self._done.add(child)
        for other in list(self._children[head]):
            self._move(other, child)
        self._move(head, child)

    def _move(self, word: int, head: int) -> None:
        self._children[self._nodes[word].head].discard(word)
        self._nodes[word].head = head
        if head != word:
            self._children[head].add(word)

    def _settle(self, word: int, label: str, pos: str | None = None) -> None:
        """Give a word its UD label."""
        self._nodes[word].label = label
        self._nodes[word].pos = pos or self._nodes[word].pos
        self._done.add(word)
