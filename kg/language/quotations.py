"""Direct speech: where quotation marks open and close.

Pairs are read for „ “, “ ”, » «, « », ‚ ‘ and the straight ``"``, across sentences but not across
paragraphs; a quotation of one or two words is a phrase in quotes, not speech.
"""

from __future__ import annotations

from kg.model import Span

_CLOSERS = {"„": "“”", "“": "”“", "»": "«", "«": "»", "‚": "‘’", '"': '"'}
OPENING_MARKS = frozenset(_CLOSERS)
CLOSING_MARKS = frozenset("".join(_CLOSERS.values()))
_SHORTEST = 3
"""Words that a quotation has at least to count as direct speech."""
_LONGEST = 1500


def quotations(text: str) -> list[Span]:
    """The contents of all quotations, without their marks, in order.

    >>> [("Er sagte: „Wir kommen bald.“"[s.begin:s.end]) for s in quotations("Er sagte: „Wir kommen bald.“")]
    ['Wir kommen bald.']
    """
    found: list[Span] = []
    i = 0
    while i < len(text):
        closers = _CLOSERS.get(text[i])
        if closers is None:
            i += 1
            continue
        end = _closing(text, i + 1, closers)
        if end is None:
            i += 1
            continue
        if len(text[i + 1 : end].split()) >= _SHORTEST:
            found.append(Span(i + 1, end))
        i = end + 1
    return found


def _closing(text: str, start: int, closers: str) -> int | None:
    for j in range(start, min(len(text), start + _LONGEST)):
        if text[j] in closers:
            return j
        if text.startswith("\n\n", j):
            return None
    return None
