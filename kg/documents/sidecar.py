"""What a user wrote beside a file: ``NAME.meta.json``, which goes before all that the file says itself."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from kg.documents.article import Metadata
from kg.documents.clean import clean_value, shown, whole
from kg.documents.vocabulary import language_of
from kg.errors import DocumentError

SUFFIX = ".meta.json"
_LARGEST = 1_000_000
_STRINGS = ("id", "title", "published", "modified", "language", "publisher", "url", "section", "encoding")


def sidecar_of(path: Path) -> Path:
    """Where the metadata of a file lies.

    >>> str(sidecar_of(Path("seeds/a.txt")))
    'seeds/a.meta.json'
    """
    return path.with_name(f"{path.stem}{SUFFIX}")


def read_sidecar(path: Path) -> tuple[Metadata, str | None]:
    """What the sidecar of a file says, and the encoding that it declares.

    Raises:
        DocumentError: it is no JSON object of strings, or names a day or language that is none.
    """
    sidecar = sidecar_of(path)
    values = _values(sidecar)
    language = values.get("language")
    if language is not None and language_of(language) is None:
        raise DocumentError(f"{shown(sidecar)}: language must be a BCP 47 tag (de, de-AT), not {language!r}")
    return Metadata(
        id=values.get("id"), title=values.get("title"), published=_day(values, "published", sidecar), modified=_day(values, "modified", sidecar),
        authors=tuple(values.get("authors", ())), publisher=values.get("publisher"), url=values.get("url"),
        language=language_of(language) if language else None, section=values.get("section"),
    ), values.get("encoding")  # fmt: skip


def _values(sidecar: Path) -> dict[str, Any]:
    known = False
    with suppress(OSError):
        known = sidecar.is_file()
    if not known:  # as good as none: a name that is too long for one
        return {}
    try:
        if sidecar.stat().st_size > _LARGEST:
            raise DocumentError(f"{shown(sidecar)}: too large for metadata")
        content = json.loads(sidecar.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DocumentError(f"{shown(sidecar)}: not readable as JSON: {error}") from None
    if not isinstance(content, dict):
        raise DocumentError(f"{shown(sidecar)}: expected one JSON object")
    values: dict[str, Any] = {}
    for key in _STRINGS:
        value = content.get(key)
        if value is not None and not isinstance(value, str):
            raise DocumentError(f"{shown(sidecar)}: {key} must be a string, not {type(value).__name__}")
        if value:
            values[key] = whole(value)
    authors = content.get("authors") or content.get("author")
    listed = authors if isinstance(authors, list) else [authors] if authors else []
    values["authors"] = [a for v in listed if isinstance(v, str) and (a := clean_value(v))]
    return values


def _day(values: dict[str, Any], key: str, sidecar: Path) -> date | None:
    value = values.get(key)
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise DocumentError(
            f"{shown(sidecar)}: {key} must be an ISO date (2018-05-08), not {value!r}"
        ) from None
