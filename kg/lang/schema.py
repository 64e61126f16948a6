"""What the TOML files of a language may say: ``schema/NAME.toml`` has the kind of every entry.

A file is checked against it, so that a misspelt name or a word where a list belongs is one line with the place, and
what a language says nothing of is empty, so that a language needs no more than it has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import DataError

_FOLDER = Path(__file__).with_name("schema")
_EMPTY: Mapping[str, Any] = {"word": "", "words": [], "number": 0, "rows": [], "map": {}}
_TOLD = {
    "word": "a word", "words": "a list of words", "number": "a number", "rows": "a list of lists of words",
    "map": "a table",
}  # fmt: skip
_RENAMED = {("grammar.toml", "repairs"): "edits"}


def check(path: Path, content: Mapping[str, Any]) -> None:
    """Check a file of a language or a user.

    Raises:
        DataError: an entry that there is not, or one of another kind, with file, line, column and what is allowed.
    """
    known = schema_of(path.name)
    if known is not None:
        _check(path, content, known, ())


def completed(name: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """A file's content with what it says nothing of, empty; of a file without a schema, the content."""
    known = schema_of(name)
    return dict(content) if known is None else _completed(content, known)


@cache
def schema_of(name: str) -> Mapping[str, Any] | None:
    """The kinds of the entries of a file, by table; None if nothing is said of it."""
    from kg.lang import read_toml

    path = _FOLDER / name
    return read_toml(path) if path.is_file() else None


def _check(path: Path, content: Mapping[str, Any], known: Mapping[str, Any], table: tuple[str, ...]) -> None:
    for key, value in content.items():
        kind = known.get(key, known.get("*"))
        if kind is None:
            new = _RENAMED.get((path.name, key))
            hint = f"it is called {new!r} now" if new else f"allowed: {', '.join(sorted(known))}"
            raise DataError(f"{_place(path, table, key)}: {_named(table, key)} is no entry; {hint}")
        if isinstance(kind, Mapping):
            if not isinstance(value, Mapping):
                raise DataError(f"{_place(path, table, key)}: {_named(table, key)} is to be a table")
            _check(path, value, kind, (*table, key))
        elif not _is(kind, value):
            raise DataError(f"{_place(path, table, key)}: {_named(table, key)} is to be {_TOLD[kind]}")


def _is(kind: str, value: object) -> bool:
    match kind:
        case "word":
            return isinstance(value, str)
        case "words":
            return isinstance(value, list) and all(isinstance(v, str) for v in value)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "rows":
            return isinstance(value, list) and all(isinstance(v, list) for v in value)
    return isinstance(value, Mapping)


def _completed(content: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(content)
    for key, kind in known.items():
        if isinstance(kind, Mapping):
            found[key] = _completed(content.get(key, {}), kind)
        elif key not in found and key != "*":
            found[key] = _EMPTY[kind]
    return found


def _named(table: tuple[str, ...], key: str) -> str:
    return repr(".".join((*table, key)))


def _place(path: Path, table: tuple[str, ...], key: str) -> str:
    """File, line and column of an entry; the line is 1 where it is written in a way that is not found."""
    here: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if header := re.match(r"\s*\[+\s*([^]]+?)\s*\]", line):
            here = tuple(part.strip(" \"'") for part in header[1].split("."))
            if here[: len(table) + 1] == (*table, key):
                return f"{path}:{number}:{line.index('[') + 1}"
        elif here == table and (entry := re.match(rf"\s*([\"']?){re.escape(key)}\1\s*[=.]", line)):
            return f"{path}:{number}:{len(entry[0]) - len(entry[0].lstrip()) + 1}"
    return f"{path}:1:1"
