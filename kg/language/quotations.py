"""Direct speech: where quotation marks open and close.

Pairs are read for „ “, “ ”, » «, « », ‚ ‘ and the straight ``"``, across sentences but not across
paragraphs; a quotation of one or two words is a phrase in quotes, not speech. Marks that open as well as
close are told apart by the blanks beside them; quotations inside a quotation belong to it; one that is
never closed reaches to the end of its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.model import Span

_CLOSERS = {"„": '“”"', "“": "”“", "»": "«", "«": "»", "‚": "‘’", '"': '"'}
_OPENER = re.compile(f"[{''.join(_CLOSERS)}]")
_TWO_FACED = frozenset('"“»«')
_ALWAYS_OPEN = frozenset("„")
_ENDS = ".!?…"
OPENING_MARKS = frozenset(_CLOSERS)
CLOSING_MARKS = frozenset("".join(_CLOSERS.values()))
_SHORTEST = 3
"""Words that a quotation has at least to count as direct speech."""
_LONGEST = 1500


@lru_cache(maxsize=4)
def quotations(text: str) -> Sequence[Span]:
    """The contents of all quotations, without their marks, in order.

    >>> [("Er sagte: „Wir kommen bald.“"[s.begin:s.end]) for s in quotations("Er sagte: „Wir kommen bald.“")]
    ['Wir kommen bald.']
    """
    found: list[Span] = []
    behind = 0
    while (opener := _OPENER.search(text, behind)) is not None:
        i = opener.start()
        end = _closing(text, i, _CLOSERS[text[i]]) if _opens(text, i) else None
        if end is None:
            behind = i + 1
            continue
        if len(text[i + 1 : end].split()) >= _SHORTEST:
            found.append(Span(i + 1, end))
        behind = end + 1
    return tuple(found)


def _opens(text: str, i: int) -> bool:
    """Whether a mark that may do both opens: *sagte "Ja* and not *Ja" sagte*."""
    if text[i] not in _TWO_FACED:
        return True
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    return (not before.isalnum() and before not in _ENDS + ",") or (not before and bool(after.strip()))


def _closes(text: str, i: int) -> bool:
    """Whether a mark that may do both closes."""
    return text[i] not in _TWO_FACED or (not text[i - 1].isspace() and not text[i + 1 : i + 2].isalnum())


def _closing(text: str, start: int, closers: str) -> int | None:
    """Where the quotation that opens at ``start`` closes."""
    opener = text[start]
    paragraph = text.find("\n\n", start)
    limit = min(len(text) if paragraph < 0 else paragraph, start + _LONGEST)
    depth = 0
    first: int | None = None
    for j in range(start + 1, limit):
        if text[j] == opener and opener in _ALWAYS_OPEN:
            depth += 1
        elif text[j] in closers and _closes(text, j):
            first = j if first is None else first
            if not depth:
                return j
            depth -= 1
    if first is not None or opener not in _ALWAYS_OPEN:
        return first
    return next((j + 1 for j in range(start + 1, limit) if text[j] in _ENDS), None)
