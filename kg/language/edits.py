"""Edits: named changes to a parser's tree, made one after the other where grammar rules out what it says.

Each edit is a unit that can be left out. What it changed is kept on the Parse, shown by ``kg read`` and
``kg explain``, and counted right and wrong on gold trees by ``python -m kg.training CORPORA --edits``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from kg.language.tree import Node, Tree
from kg.model import Edited


@dataclass(frozen=True, slots=True)
class Edit:
    """A rule of grammar over a tree: its name, what it is for, and the change, made in place."""

    name: str
    example: str
    change: Callable[[list[Node]], object]


def apply(edits: Sequence[Edit], nodes: list[Node], first: int, last: int) -> list[Edited]:
    """Edit the words ``first`` ≤ i < ``last`` of a document, a sentence with its heads, in place.

    >>> def subject(nodes: list[Node]) -> None:
    ...     nodes[0].label = "nsubj"
    >>> nodes = [Node("Rom", "rom", "PROPN", "obj", 1, {}), Node("droht", "droht", "VERB", "root", 1, {})]
    >>> [e.edit for e in apply([Edit("names-are-subjects", "Rom droht", subject)], nodes, 0, 2)]
    ['names-are-subjects']
    """
    tree = Tree(nodes[first:last], first)
    for edit in edits:
        tree.attempt(edit.name, partial(edit.change, tree.nodes))
    tree.release()
    return tree.edited
