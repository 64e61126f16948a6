"""A parser's tree while it is edited: every change is seen, named and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg.model import Attachment, Edited

HELPERS = frozenset({"aux", "aux:pass", "cop"})
"""Labels of words that help a predicate."""

_set = object.__setattr__


class Node:
    """A word of a tree. What is assigned to it is noted in the log of its tree, with what was there before.

    >>> node = Node("Zölle", "zölle", "NOUN", "nsubj", 1, {})
    >>> node.label = "obj"
    >>> [(name, before) for _, name, before in node.log]
    [('label', 'nsubj')]
    """

    __slots__ = ("feats", "head", "is_person", "label", "log", "lower", "pos", "text")
    text: str
    lower: str
    pos: str
    label: str
    head: int
    feats: Mapping[str, str]
    is_person: bool
    """Whether the recogniser found the word in a person's name."""
    log: list[tuple[Node, str, Any]]

    def __init__(
        self, text: str, lower: str, pos: str, label: str, head: int, feats: Mapping[str, str],
        is_person: bool = False, log: list[tuple[Node, str, Any]] | None = None,
    ) -> None:  # fmt: skip
        _set(self, "text", text)
        _set(self, "lower", lower)
        _set(self, "pos", pos)
        _set(self, "label", label)
        _set(self, "head", head)
        _set(self, "feats", feats)
        _set(self, "is_person", is_person)
        _set(self, "log", [] if log is None else log)

    def __setattr__(self, name: str, value: object) -> None:
        before = getattr(self, name)
        if before != value:
            self.log.append((self, name, before))
            _set(self, name, value)


class Tree:
    """The words of a sentence or a document, and the edits that changed them so far.

    Its heads are counted from its first word until `release` counts them in the document again.
    """

    def __init__(self, nodes: list[Node], first: int = 0) -> None:
        """Take over the nodes that begin at the word ``first`` of the document."""
        self._log: list[tuple[Node, str, Any]] = []
        self.nodes = nodes
        for node in nodes:
            _set(node, "head", node.head - first)
            _set(node, "log", self._log)
        self.edited: list[Edited] = []
        self._first = first
        self._places: dict[int, int] = {}

    def attempt(self, edit: str, change: Callable[[], object]) -> None:
        """Make a change. Should it turn the tree into a circle, it is taken back."""
        change()
        if not self._log:
            return
        before: dict[int, dict[str, Any]] = {}
        places = self._places or {id(node): i for i, node in enumerate(self.nodes)}
        self._places = places
        for node, name, old in self._log:
            before.setdefault(places[id(node)], {}).setdefault(name, old)
        if any("head" in old and self._is_circular(i) for i, old in before.items()):
            for node, name, old in reversed(self._log):
                _set(node, name, old)
        else:
            self.edited += [e for i, old in sorted(before.items()) if (e := self._edited(edit, i, old))]
        self._log.clear()

    def release(self) -> None:
        """Count the heads in the document again."""
        for node in self.nodes:
            _set(node, "head", node.head + self._first)

    def _edited(self, edit: str, i: int, old: Mapping[str, Any]) -> Edited | None:
        node = self.nodes[i]
        after = Attachment(node.head + self._first, node.label, node.pos, node.feats)
        before = Attachment(
            old.get("head", node.head) + self._first, old.get("label", node.label), old.get("pos", node.pos),
            old.get("feats", node.feats),
        )  # fmt: skip
        return None if before == after else Edited(edit, i + self._first, before, after)

    def _is_circular(self, i: int) -> bool:
        """Whether a word's heads never end at a root."""
        seen = set()
        while self.nodes[i].head != i:
            if i in seen:
                return True
            seen.add(i)
            i = self.nodes[i].head
        return False


def article_of(nodes: Sequence[Node], i: int) -> str:
    """A noun's article, lower case, or an empty string."""
    return next((n.lower for n in nodes if n.head == i and n.label == "det"), "")


def is_forest(heads: Sequence[int]) -> bool:
    """Whether every word's heads end at a root; a circle would keep later stages going for ever.

    >>> is_forest([1, 1, 1]), is_forest([1, 0])
    (True, False)
    """
    ended: set[int] = set()
    for n in range(len(heads)):
        path: set[int] = set()
        while n not in ended and heads[n] != n:
            if n in path:
                return False
            path.add(n)
            n = heads[n]
        ended |= path
        ended.add(n)
    return True
