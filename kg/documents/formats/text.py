"""Plain text: one article, as it is."""

from __future__ import annotations

from collections.abc import Iterator

from kg.documents.article import Article, Found, Piece, Settings
from kg.documents.encoding import decode, strays
from kg.errors import DocumentError


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """Line ends become ``\\n``, a byte order mark goes; nothing else changes, so offsets count in what the reader sees."""
    most = settings.limits.characters
    if piece.length > 4 * most:
        raise DocumentError(f"{piece.length:,} bytes; an article has at most {most:,} characters")
    text = as_text(piece, 4 * most)
    if len(text) > most:
        raise DocumentError(f"{len(text):,} characters; an article has at most {most:,}")
    stray = 0 if piece.encoding else strays(piece.content(4 * most))
    warnings = (f"{stray:,} bytes are not UTF-8 as the rest is, and read as Windows-1252",) if stray else ()
    yield Article(text, warnings=warnings)


def as_text(piece: Piece, most: int) -> str:
    """A piece's text, with ``\\n`` for line ends.

    Raises:
        DocumentError: it is too long, binary, or in an encoding that is not known.
    """
    text = decode(piece.content(most), "", piece.encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")
