"""The documents of many files, each with an id of its own: the same whether they are built, shown or compared with a build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kg.documents.clean import shown
from kg.errors import DocumentError
from kg.model import Document

Reader = Callable[[Path, bool], Iterable[Document | DocumentError]]
"""Reads a file; whether the user named the file itself."""
_Owners = Mapping[str, tuple[str, Path | None]]


def collected(
    files: Iterable[Path], named: Collection[Path], read: Reader
) -> Iterator[tuple[str, Document | DocumentError]]:
    """(Source, document or what is wrong) of all files.

    Of two documents that say the same id of themselves the later one is refused: its graph would be lost in the other's. Files of the
    same name are told apart by what comes behind the name, or by their folders.
    """
    owners: dict[str, tuple[str, Path | None]] = {}
    for path in files:
        for found in read(path, path in named):
            if isinstance(found, DocumentError):
                yield shown(path), found
                continue
            document = found if found.id not in owners else _told_apart(found, owners)
            source = shown(document.source)
            if document.id in owners:
                first = shown(owners[document.id][0])
                yield source, DocumentError(f"{source}: {first} has the same id {document.id!r}")
                continue
            owners[document.id] = (document.source, document.path)
            yield source, document


def _told_apart(document: Document, owners: _Owners) -> Document:
    """A document whose id is its file's name and taken: *a.pdf* beside *a.txt*, *2018/a* beside *2019/a*."""
    path = document.path
    if path is None or document.id != shown(path.stem):
        return document
    owner = owners[document.id][1]
    beside = owner is not None and owner.parent == path.parent
    prefix = ""
    for folder in (None, *path.resolve().parents):
        prefix = f"{shown(folder.name)}/{prefix}" if folder else ""
        for name in (path.stem, path.name):
            identifier = prefix + shown(name)
            if identifier not in owners and (folder or beside):
                return replace(document, id=identifier)
    return document
