"""JSON and JSON Lines: an article per object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.documents.article import Article, Found, Piece, Problem, Settings
from kg.documents.encoding import decode
from kg.documents.fields import article_of, knows
from kg.documents.limits import check_parts
from kg.errors import DocumentError

_SEARCHED = 4
"""Levels below the top in which the list of articles is looked for."""


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The articles of a JSON document (one, a list, or a list somewhere in it), or of lines of JSON."""
    from kg.documents.registry import _is_json_lines

    if _is_json_lines(piece.head(65_536)):
        yield from _lines(piece, settings)
        return
    source = piece.content(settings.limits.file)
    check_parts(source, settings.limits.parts, "values")
    content = _parsed(decode(source, "", piece.encoding))
    records = _records(content, settings)
    if not records:
        raise DocumentError(
            "JSON without a list of articles, and itself none; name the field of the text: --map text=FIELD"
        )
    if len(records) > settings.limits.members:
        raise DocumentError(f"{len(records):,} records, more than are read of one file")
    if len(records) == 1 and content is records[0]:
        found = article_of(records[0], settings, "")
        if isinstance(found, Problem):
            raise DocumentError(f"JSON with {found.message}")
        yield found
        return
    for number, record in enumerate(records, 1):
        yield _found(record, settings, f"record {number}")


def _lines(piece: Piece, settings: Settings) -> Iterator[Found]:
    most = settings.limits.page
    with piece.open() as stream:
        number = 0
        while line := stream.readline(most + 1):
            number += 1
            position = f"record {number}"
            if number > settings.limits.members:
                yield Problem(position, "more records than are read of one file; the others are left out")
                return
            if len(line) > most:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(most)
                yield Problem(position, f"more than {most:,} bytes, the most that is read of one record")
            elif line.strip():
                try:
                    check_parts(line, settings.limits.parts, "values")
                    yield _found(_parsed(decode(line, "", piece.encoding)), settings, position)
                except DocumentError as error:
                    yield Problem(position, str(error))


def _found(record: object, settings: Settings, position: str) -> Article | Problem:
    if not isinstance(record, Mapping):
        return Problem(position, f"a JSON {type(record).__name__}, not an object")
    inner = record.get("_source")
    return article_of(inner if isinstance(inner, Mapping) else record, settings, position)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except RecursionError:
        raise DocumentError("JSON nested too deeply") from None
    except ValueError as error:
        raise DocumentError(f"not readable as JSON: {str(error)[:200]}") from None


def _records(content: Any, settings: Settings) -> list[Any]:
    """The list of articles: the content itself, or the longest list of objects in it that look like articles."""
    if isinstance(content, list):
        return content
    if not isinstance(content, Mapping):
        return []
    if _is_article(content, settings):
        return [content]
    best: list[Any] = []
    level: list[Mapping[str, Any]] = [content]
    for _ in range(_SEARCHED):
        for value in (v for m in level for v in m.values()):
            if (
                isinstance(value, list)
                and len(value) > len(best)
                and all(isinstance(v, Mapping) for v in value)
            ):
                best = value
        level = [v for m in level for v in m.values() if isinstance(v, Mapping)][:1000]
    return best or [content]


def _is_article(record: Mapping[str, Any], settings: Settings) -> bool:
    if "text" in settings.mapping:
        return settings.mapping["text"].partition(".")[0] in record
    return "text" in knows(k for k, v in record.items() if isinstance(v, str))
