"""One text file and its metadata sidecar ─▶ Document."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from kg.documents.encoding import decode
from kg.errors import DocumentError
from kg.model import Document

LONGEST_TEXT = 5_000_000
"""Longest article in characters; a longer file is a corpus in one file, not an article."""

_KEYS = {"id", "title", "published", "language", "publisher", "url", "encoding"}


def read_document(path: Path) -> Document:
    """Read ``NAME.txt`` and, where it exists, ``NAME.meta.json``.

    Line ends become ``\\n`` (as Python reads text), a byte order mark goes; nothing else of the
    text is changed, so offsets count in what the reader sees.

    Raises:
        DocumentError: the file or its metadata cannot be read, or holds no text.
    """
    metadata = _metadata(path)
    try:
        size = path.stat().st_size
        if size > 4 * LONGEST_TEXT:
            raise DocumentError(f"{path}: {size:,} bytes; an article has at most {LONGEST_TEXT:,} characters")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from None
    text = decode(data, str(path), metadata.get("encoding"))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise DocumentError(f"{path}: the file holds no text")
    if len(text) > LONGEST_TEXT:
        raise DocumentError(f"{path}: {len(text):,} characters; an article has at most {LONGEST_TEXT:,}")
    return Document(
        id=identifier(path),
        text=text,
        title=metadata.get("title"),
        published=_published(metadata, path),
        publisher=metadata.get("publisher"),
        language=str(metadata.get("language") or "de"),
        url=metadata.get("url"),
        path=path,
    )


def identifier(path: Path) -> str:
    """The id of a document: what its metadata says, else the file's stem."""
    try:
        return str(_metadata(path).get("id") or path.stem)
    except DocumentError:  # to be reported when the document is read
        return path.stem


def sidecar_of(path: Path) -> Path:
    """Where the metadata of a text lies.

    >>> str(sidecar_of(Path("seeds/a.txt")))
    'seeds/a.meta.json'
    """
    return path.with_name(f"{path.stem}.meta.json")


def _metadata(path: Path) -> dict[str, Any]:
    sidecar = sidecar_of(path)
    if not sidecar.exists():
        return {}
    try:
        content = json.loads(sidecar.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DocumentError(f"{sidecar}: not readable as JSON: {error}") from None
    if not isinstance(content, dict):
        raise DocumentError(f"{sidecar}: expected one JSON object")
    values = {key: value for key, value in content.items() if key in _KEYS and value is not None}
    for key, value in values.items():
        if not isinstance(value, str):
            raise DocumentError(f"{sidecar}: {key} must be a string, not {type(value).__name__}")
    return values


def _published(metadata: dict[str, Any], path: Path) -> date | None:
    value = metadata.get("published")
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise DocumentError(
            f"{sidecar_of(path)}: published must be an ISO date (2018-05-08), not {value!r}"
        ) from None
