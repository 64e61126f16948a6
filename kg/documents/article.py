"""What readers take in and hand on: pieces of sources, and the articles in them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import BinaryIO

from kg.documents.limits import Limits
from kg.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text; None: not said."""

    id: str | None = None
    title: str | None = None
    published: dt.date | None = None
    modified: dt.date | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These, and where they say nothing the other's.

        >>> Metadata(title="A").over(Metadata(title="B", section="Politik"))
        Metadata(id=None, title='A', published=None, modified=None, authors=(), publisher=None, url=None, language=None, section='Politik')
        """
        mine = {f.name: getattr(self, f.name) for f in fields(self)}
        return replace(other, **{name: value for name, value in mine.items() if value})

    def conflicts(self, other: Metadata) -> list[str]:
        """The names of what both say, and say differently."""
        pairs = ((f.name, getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return [name for name, mine, theirs in pairs if mine and theirs and mine != theirs]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as a reader found it.

    ``position`` says where in its file, for people (``record 12``); ``pages`` where in the text each page begins.
    """

    text: str
    known: Metadata = Metadata()
    position: str = ""
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a file that could not be read, while the others could."""

    position: str
    message: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes to be read: a file, or what lies in one (a member of an archive, a part of a mail, a WARC record)."""

    path: Path
    name: str
    """What the bytes are called where they lie: a file name, a member's path, or a URL."""
    open: Callable[[], BinaryIO]
    position: str = ""
    depth: int = 0
    known: Metadata = Metadata()
    media_type: str = ""
    encoding: str | None = None
    size: int = 0
    """Of what is held in memory."""
    warnings: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """How many bytes there are, as far as that is known without reading them."""
        return self.size if self.depth else self.path.stat().st_size if self.path.is_file() else 0

    def head(self, size: int = 4096) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(size)

    def content(self, most: int) -> bytes:
        """All bytes.

        Raises:
            DocumentError: there are more than ``most``.
        """
        with self.open() as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise DocumentError(
                f"more than {most:,} bytes, the most that is read of one document or file of its kind"
            )
        return data

    def within(self, name: str, content: bytes, position: str, known: Metadata = Metadata()) -> Piece:
        """A piece that lies in this one, in memory."""
        return replace(self.holding(name, lambda: io.BytesIO(content), position, known), size=len(content))

    def holding(
        self, name: str, open: Callable[[], BinaryIO], position: str, known: Metadata = Metadata()
    ) -> Piece:  # fmt: skip
        """A piece that lies in this one."""
        where = f"{self.position}, {position}" if self.position and position else self.position or position
        return Piece(self.path, name, open, where, self.depth + 1, known.over(self.known))


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user says of how sources are to be read."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field of an article (``text``, ``published`` …) ─▶ field of a record."""
    limits: Limits = field(default_factory=Limits)


Found = Article | Piece | Problem
Read = Callable[[Piece, Settings], Iterator[Found]]
"""A reader. What it raises as DocumentError concerns the whole piece."""
