"""The documents of many files, each with an id of its own: the same whether they are built, shown or compared with a build."""

from __future__ import annotations

import re
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
    """A document whose id is its file's or member's name and taken: *a.pdf* beside *a.txt*, *2018/a* beside *2019/a*, *two.zip/a*."""
    path = document.path
    base, number = _own_name(document)
    if path is None or not base:
        return document
    owner = owners[document.id][1]
    of_file = base in _stems(path)
    names = (
        (base, shown(path.name)) if of_file else (f"{shown(path.stem)}/{base}", f"{shown(path.name)}/{base}")
    )
    alone = not of_file or (owner is not None and owner.parent == path.parent)
    prefix = ""
    for folder in (None, *path.resolve().parents):
        prefix = f"{shown(folder.name)}/{prefix}" if folder else ""
        for name in names:
            identifier = f"{prefix}{name}{number}"
            if identifier not in owners and (folder or alone):
                return replace(document, id=identifier)
    return document


def _own_name(document: Document) -> tuple[str, str]:
    """The name of file or member that an id was made of, and its number among several; nothing if the document says it itself."""
    position = document.original.position if document.original else ""
    members = [shown(Path(m[1]).stem) for m in re.finditer(r"member ([^,]+)", position)]
    known = {*members, *(_stems(document.path) if document.path else ())}
    base, dash, number = document.id.rpartition("-")
    if document.id in known:
        return document.id, ""
    return (base, dash + number) if base in known and re.fullmatch(r"\d{4,}", number) else ("", "")


def _stems(path: Path) -> tuple[str, str]:
    """A file's name without its ending, and without that of what is packed in it."""
    return shown(path.stem), shown(Path(path.stem).stem)
