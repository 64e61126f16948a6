"""A file of any format ─▶ the documents in it, and what in it could not be read."""

from __future__ import annotations

import hashlib
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from kg.documents.article import Article, Metadata, Piece, Problem, Settings
from kg.documents.clean import clean_text, shown
from kg.documents.encoding import check_text
from kg.documents.registry import TEXT, Format, is_text_name, read_piece, recognise
from kg.documents.sidecar import read_sidecar
from kg.errors import DocumentError
from kg.language.identify import main_language
from kg.model import Document, Original

STDIN = Path("-")
_EXPECTED = "de"
"""The language of a text that says nothing of it."""
_FREE = 100_000_000
"""Bytes that any file may unpack to, however small it is."""
_Told = tuple[Format, Piece, Article | Problem]


def read_documents(
    path: Path, settings: Settings | None = None, *, named: bool = True
) -> Iterator[Document | DocumentError]:
    """The documents of a file; in the place of one that cannot be used, what is wrong with it.

    What the sidecar ``NAME.meta.json`` says goes before what the file says of itself.

    Args:
        path: the file, ``-`` for standard input.
        settings: mapping of fields, limits.
        named: the user named the file itself, so that a text may have any suffix.
    """
    settings = settings or Settings()
    try:
        known, encoding = read_sidecar(path)
        piece = replace(_piece(path, settings), encoding=encoding)
        checksum = _checksum(piece)
        numbers: dict[str, int] = {}
        told = False
        for form, within, found in _all(piece, settings, _Budget(piece, settings)):
            told = True
            if isinstance(found, Problem):
                where = ": ".join(p for p in (shown(path), found.position) if p)
                yield DocumentError(f"{where}: {found.message}")
                continue
            if form is TEXT and within is piece and not named and not is_text_name(path.name):
                raise DocumentError(
                    f"a text, but {path.suffix} is no article's suffix; name the file itself to read it"
                )
            try:
                yield _document(path, form, within, found, known, checksum, numbers, settings)
            except DocumentError as error:
                yield error
        if not told:
            raise DocumentError("holds no article")
    except DocumentError as error:
        message = str(error)
        yield (
            error
            if message.startswith(shown(path)) or ".meta.json: " in message
            else DocumentError(f"{shown(path)}: {message}")
        )
    except OSError as error:
        yield DocumentError(f"{shown(path)}: cannot be read: {error.strerror or error}")


def read_document(path: Path) -> Document:
    """The one document of a file.

    Raises:
        DocumentError: the file or its metadata cannot be read, or holds no text, or several.
    """
    found = list(read_documents(path))
    if len(found) != 1:
        raise DocumentError(f"{shown(path)}: holds {len(found)} documents")
    if isinstance(found[0], DocumentError):
        raise found[0]
    return found[0]


class _Budget:
    """How many bytes one file may unpack to."""

    def __init__(self, piece: Piece, settings: Settings) -> None:
        size = piece.path.stat().st_size if piece.path != STDIN else 0
        self.left = min(settings.limits.unpacked, _FREE + settings.limits.ratio * size)

    def spend(self, size: int) -> None:
        """Count the bytes of a piece that is held in memory, or the characters of an article.

        Raises:
            DocumentError: it is too much.
        """
        self.left -= size
        if self.left < 0:
            raise DocumentError("unpacks to more than is read of a file of its size; the rest is left out")


def _all(piece: Piece, settings: Settings, budget: _Budget) -> Iterator[_Told]:
    """All articles and problems of a piece, and of the pieces in it."""
    form = recognise(piece)
    for found in read_piece(piece, form, settings):
        if not isinstance(found, Piece):
            budget.spend(len(found.text) if isinstance(found, Article) else 0)
            yield form, piece, found
            continue
        budget.spend(found.size)
        if found.depth > settings.limits.depth:
            yield (
                form,
                piece,
                Problem(found.position, f"more than {settings.limits.depth} archives within each other"),
            )
            continue
        try:
            yield from _all(found, settings, budget)
        except DocumentError as error:
            if budget.left < 0 or not found.position or found.position == piece.position:
                raise
            yield form, piece, Problem(found.position, str(error))


def _piece(path: Path, settings: Settings) -> Piece:
    if path == STDIN:
        content = sys.stdin.buffer.read(settings.limits.file + 1)
        if len(content) > settings.limits.file:
            raise DocumentError(f"more than {settings.limits.file:,} bytes; save them to a file")
        return Piece(path, "stdin", lambda: cast(BinaryIO, io.BytesIO(content)))
    if not path.is_file():
        raise DocumentError(
            "no file of bytes (a pipe, socket or device, or a link that leads nowhere)"
            if not path.is_dir()
            else "a folder"
        )
    return Piece(path, path.name, lambda: cast(BinaryIO, path.open("rb")))


def _checksum(piece: Piece) -> str:
    digest = hashlib.sha256()
    with piece.open() as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _document(
    path: Path, form: Format, piece: Piece, article: Article, given: Metadata, checksum: str, numbers: dict[str, int], settings: Settings
) -> Document:  # fmt: skip
    """An article with all that is known of it: the sidecar's word first, then the record's, then the container's."""
    said = article.known.over(piece.known)
    alone = not piece.depth and not article.position
    known = (given if alone or not piece.depth else replace(given, id=None)).over(said)
    position = ", ".join(p for p in (piece.position, article.position) if p)
    where = ": ".join(p for p in (shown(path), position) if p)
    text = article.text if form is TEXT else clean_text(article.text)
    if not text.strip():
        raise DocumentError(f"{where}: the file holds no text" if alone else f"{where}: no text")
    if len(text) > settings.limits.characters:
        raise DocumentError(
            f"{where}: {len(text):,} characters; an article has at most {settings.limits.characters:,}"
        )
    if form is TEXT:
        check_text(text, where)
    conflicts = tuple(
        f"{name}: {getattr(given, name)!r} beside the file, {getattr(said, name)!r} in it"
        for name in given.conflicts(said)
        if name != "id"
    )
    language, others = _language(given, said, text)
    original = None
    if form is not TEXT or piece.depth:
        original = Original(
            shown(path.name) if path != STDIN else "stdin", checksum, form.media_type, position, article.pages
        )
    return Document(
        id=shown(known.id) if known.id else _own_id(path, piece, article, numbers), text=text, title=known.title, published=known.published,
        publisher=known.publisher, language=language, url=known.url, path=path, authors=known.authors, modified=known.modified,
        section=known.section, original=original, warnings=(*piece.warnings, *article.warnings, *conflicts, *others),
    )  # fmt: skip


def _language(given: Metadata, said: Metadata, text: str) -> tuple[str, tuple[str, ...]]:
    """The language that a text is read in, and what to say of it: the sidecar's word, else what the text is in, else the file's word."""
    if given.language:
        return given.language, ()
    expected = said.language or _EXPECTED
    main, others = main_language(text, expected)
    told = (
        [f"language: {said.language!r} in the file, but the text is in {main!r}"]
        if said.language and main != said.language
        else []
    )
    if others:
        told.append(f"paragraphs in {', '.join(others)} are not read")
    return main, tuple(told)


def _own_id(path: Path, piece: Piece, article: Article, numbers: dict[str, int]) -> str:
    """The id of a document that nobody gave one: the file's stem; of several, the member's, or with a number."""
    packed = path.suffix.lower() in (".gz", ".bz2", ".xz", ".zst")
    stem = "stdin" if path == STDIN else shown(Path(path.stem).stem if packed else path.stem)
    if piece.depth and not re.match(r"https?:", piece.name):
        member = shown(Path(piece.name).stem)
        stem = member if member and stem.removesuffix(".tar") != member else member or stem
    if article.position or re.match(r"https?:", piece.name):
        stem = f"{stem}-{numbers.get(stem, 0) + 1:04}"
        numbers[stem[:-5]] = numbers.get(stem[:-5], 0) + 1
    return stem
