"""The texts of the innermost blocks of HTML."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "button",
        "textarea",
        "form",
        "nav",
        "head",
        "title",
        "figcaption",
        "audio",
        "video",
        "canvas",
    ]
)


def blocks_of(root: Any) -> list[str]:
    """The texts of blocks below an element, in order."""
    blocks: list[str] = [""]
    # By hand rather than recursively, as pages nest as deeply as they like.
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, ended = stack.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if ended:
            if name in _BLOCKS:
                blocks.append("")
            if element is not root:
                blocks[-1] += _spaced(element.tail)
            continue
        stack.append((element, True))
        if name == "br":
            blocks[-1] += "\n"
        elif name and name not in _UNREAD:
            if name in _BLOCKS:
                blocks.append("")
            blocks[-1] += _spaced(element.text)
            stack.extend((child, False) for child in reversed(element))
    return blocks


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
