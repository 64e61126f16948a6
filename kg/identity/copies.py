"""Near-identical articles: one agency report in several papers.

MinHash over shingles of words, candidates by locality-sensitive hashing.
Source: Broder 1997, "On the resemblance and containment of documents"; library ``datasketch``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kg.identity.records import TextRecord

if TYPE_CHECKING:
    from datasketch import MinHash

RESEMBLANCE = 0.6
"""Share of common shingles from which two texts are copies: agency reports are cut and given other headings."""
SHINGLE = 4
"""Words in a shingle."""
_PERMUTATIONS = 128
_SHORTEST = 12
"""Texts of fewer words are not compared."""


def find_copies(texts: Iterable[TextRecord]) -> dict[str, str]:
    """Graph of a copy ─▶ graph of the text that it is a copy of: the earliest, then the first by name."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=RESEMBLANCE - 0.1, num_perm=_PERMUTATIONS)
    originals: dict[str, MinHash] = {}
    copies: dict[str, str] = {}
    for text in sorted(texts, key=lambda t: (t.issued or date.max, t.graph)):
        signature = _signature(text.text)
        if signature is None:
            continue
        original = _most_alike(signature, index.query(signature), originals)
        if original is None:
            index.insert(text.graph, signature)
            originals[text.graph] = signature
        else:
            copies[text.graph] = original
    return copies


def _most_alike(
    signature: MinHash, candidates: Iterable[str], originals: Mapping[str, MinHash]
) -> str | None:
    alike = {graph: signature.jaccard(originals[graph]) for graph in candidates}
    best = max(sorted(alike), key=lambda graph: alike[graph], default=None)
    return best if best is not None and alike[best] >= RESEMBLANCE else None


def _signature(text: str) -> MinHash | None:
    from datasketch import MinHash

    words = re.findall(r"\w+", text.casefold())
    if len(words) < _SHORTEST:
        return None
    signature = MinHash(num_perm=_PERMUTATIONS)
    shingles = {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
    signature.update_batch([s.encode("utf-8", "surrogatepass") for s in sorted(shingles)])
    return signature
