"""Tables, a row per article: CSV, TSV, XLSX, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from kg.documents.article import Found, Piece, Problem, Settings
from kg.documents.encoding import decode
from kg.documents.fields import article_of, knows
from kg.errors import DocumentError

_DELIMITERS = ",;\t|"
_AT_ONCE = 16
"""Rows of a Parquet file in memory; each may be as large as a page."""


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The articles of a table whose first row names the columns."""
    head = piece.head(4)
    rows = (
        _parquet(piece, settings)
        if head == b"PAR1"
        else _sheet(piece, settings)
        if head[:2] == b"PK"
        else _csv(piece, settings)
    )
    for number, row in rows:
        if number > settings.limits.members:
            yield Problem(f"row {number}", "more rows than are read of one file; the others are left out")
            return
        if isinstance(row, str):
            yield Problem(f"row {number}", row)
        elif any(v not in (None, "") for v in row.values()):
            yield article_of(row, settings, f"row {number}")


def begins_like_articles(head: bytes) -> str:
    """The delimiter of a table of articles without a telling name; "" if this is none.

    >>> begins_like_articles(b"id,date,event_text\\n1,2018-05-08,Putin reiste nach China.\\n")
    ','
    >>> begins_like_articles(b"Putin, Xi und Kim trafen sich, sagte ein Sprecher.\\n")
    ''
    """
    first, _, rest = head.decode("utf-8", "replace").lstrip("\ufeff").partition("\n")
    delimiter = _delimiter(first)
    names = [n.strip().strip('"') for n in first.split(delimiter)]
    found = knows(n for n in names if len(n) < 40)
    return delimiter if rest and len(found) > 1 and "text" in found else ""


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _csv(piece: Piece, settings: Settings) -> Iterator[tuple[int, dict[str, Any] | str]]:
    text = decode(piece.content(settings.limits.file), "", piece.encoding)
    csv.field_size_limit(settings.limits.page)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.partition("\n")[0]))
    try:
        names = [n.strip().lstrip("\ufeff") for n in next(rows)]
    except (StopIteration, csv.Error) as error:
        raise DocumentError(f"not readable as a table: {error}") from None
    _check(names, settings)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, f"not readable: {error}"
            continue
        if len(row) > len(names):
            yield number, f"{len(row)} cells under {len(names)} names; quote texts with delimiters in them"
        else:
            yield number, dict(zip(names, row, strict=False))


def _check(names: list[str], settings: Settings) -> None:
    mapped = settings.mapping.get("text")
    if mapped in names or (mapped is None and {"text", "html", "lead"} & knows(names)):
        return
    what = (
        f"no column {mapped!r}"
        if mapped
        else "no column that is known to hold a text; name it: --map text=COLUMN"
    )
    raise DocumentError(f"a table with {what} (columns: {', '.join(names[:12])[:300]})")


def _sheet(piece: Piece, settings: Settings) -> Iterator[tuple[int, dict[str, Any] | str]]:
    from openpyxl import load_workbook

    from kg.documents.formats.office import safe_zip

    content = piece.content(settings.limits.file)
    safe_zip(content, settings.limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        number = 0
        for sheet in book.worksheets:
            rows = sheet.iter_rows(values_only=True)
            names = [str(n or "").strip() for n in next(rows, ())]
            if not any(names):
                continue
            _check(names, settings)
            for row in rows:
                number += 1
                yield number, dict(zip(names, row, strict=False))
    except DocumentError:
        raise
    except Exception as error:  # the library's many
        raise DocumentError(f"a damaged XLSX file: {type(error).__name__}") from None


def _parquet(piece: Piece, settings: Settings) -> Iterator[tuple[int, dict[str, Any] | str]]:
    from pyarrow import parquet

    number = 0
    try:
        table = parquet.ParquetFile(io.BytesIO(piece.content(settings.limits.file)))
        _check(list(table.schema_arrow.names), settings)
        groups = [table.metadata.row_group(n) for n in range(table.num_row_groups)]
        if any(group.total_byte_size > settings.limits.file * 5 for group in groups):
            raise DocumentError("unpacks to more than is read")
        for batch in table.iter_batches(batch_size=_AT_ONCE):
            for row in batch.to_pylist():
                number += 1
                yield number, row
    except DocumentError:
        raise
    except Exception as error:  # the library's many
        raise DocumentError(f"a damaged Parquet file: {type(error).__name__}") from None
