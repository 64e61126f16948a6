"""Documents ─▶ batches that stay as they are when other documents come or go, whatever their names.

A document has its place by the hash of its id, and a batch is all documents whose hashes begin with the same bits: as many
bits as make it small enough. So the batches depend on the set of documents alone, not on their order, and a
document that comes changes the one batch it falls into.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from kg.model import Document

LARGEST = 32
"""Documents per batch at most."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that are understood and written together, in order of their hashes."""

    documents: tuple[Document, ...]

    def name(self, version: str, keys: Mapping[str, str]) -> str:
        """A name that depends on all that goes in (``keys``: checksums by id), and on what reads it."""
        digest = hashlib.sha256(version.encode())
        for document in self.documents:
            digest.update(bytes.fromhex(keys[document.id]))
        return digest.hexdigest()[:24]


def key_of(document: Document) -> str:
    """A checksum of all that is known of a document, but for where its file lies."""
    content = json.dumps([getattr(document, name) for name in _TOLD], ensure_ascii=True, default=_plain)
    return hashlib.sha256(content.encode()).hexdigest()


_TOLD = tuple(f.name for f in fields(Document) if f.name != "path")


def _plain(value: object) -> object:
    """A value that JSON has not: the fields of a span or an original, a day as text."""
    if is_dataclass(value):
        return [getattr(value, f.name) for f in fields(value)]
    return str(value)


def batches_of(documents: Sequence[Document]) -> list[Batch]:
    """The batches of a set of documents.

    >>> [len(b.documents) for b in batches_of([Document(str(n), "") for n in range(40)])]
    [24, 16]
    """
    placed = sorted(((_place(d.id), d) for d in documents), key=lambda p: (p[0], p[1].id))
    return [Batch(tuple(d for _, d in part)) for part in _parted(placed, 0)]


def _place(identifier: str) -> int:
    return int.from_bytes(hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).digest()[:16], "big")


def _parted(placed: Sequence[tuple[int, Document]], depth: int) -> Iterator[Sequence[tuple[int, Document]]]:
    if len(placed) <= LARGEST or depth == 128:
        if placed:
            yield placed
        return
    bit = 1 << (127 - depth)
    middle = sum(1 for place, _ in placed if not place & bit)
    yield from _parted(placed[:middle], depth + 1)
    yield from _parted(placed[middle:], depth + 1)
