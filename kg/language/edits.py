"""Edits: named changes to a parser's tree, made one after the other where grammar rules out what it says.

Each edit is a unit that can be left out. What it changed is kept on the Parse, shown by ``kg read`` and
``kg explain``, and counted right and wrong on gold trees by ``python -m kg.training CORPORA --edits``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kg.language.tree import Node, Tree
from kg.model import Attachment, Edited, EditNote, Parse, Span


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


def notes(parse: Parse) -> Iterator[EditNote]:
    """What was edited in a parse, for people."""
    for edited in parse.edited:
        token = parse.tokens[edited.token]
        yield EditNote(Span(token.begin, token.end), edited.edit, *shown(parse, edited))


def shown(parse: Parse, edited: Edited) -> tuple[str, str]:
    """Where a word hung before an edit and hangs after it (``nsubj of verhängte``), with its tag or features if they changed."""
    before, after = edited.before, edited.after
    more = before.pos != after.pos, before.feats != after.feats
    return _shown(parse, before, after, more), _shown(parse, after, before, more)


def _shown(parse: Parse, one: Attachment, other: Attachment, more: tuple[bool, bool]) -> str:
    parts = [f"{one.label} of {parse.tokens[one.head].text}"]
    if more[0]:
        parts.append(one.pos)
    if more[1]:
        different = {k: v for k, v in one.feats.items() if other.feats.get(k) != v}
        parts += [f"{name}={value}" for name, value in sorted(different.items())]
    return ", ".join(parts)
