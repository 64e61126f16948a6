"""Who is named together: *Präsident Putin und Premier May*."""

from __future__ import annotations

from kg.entities.workspace import Workspace
from kg.language.phrases import children
from kg.model import Token

_JOINED = ("conj", "appos", "flat")
"""Labels by which the names of a coordination hang together."""


def coordinated(work: Workspace, token: Token) -> tuple[str, ...]:
    """Everybody named in the coordination that a token belongs to, titles or not (*Präsident Putin und Premier May*)."""
    root = token
    while root.label in _JOINED and root.head != root.index:
        root = work.parse.tokens[root.head]
    keys: dict[str, None] = {}
    stack = [root]
    while stack:
        current = stack.pop()
        mention = work.mention_at(current.index)
        if mention:
            keys.update(dict.fromkeys(mention.actors))
        stack.extend(children(work.parse, current, *_JOINED))
    return tuple(keys)
