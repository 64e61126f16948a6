"""Languages as data: one folder a language, and whatever a user adds with ``--data``.

A layer is a folder of the same layout. Tables of later layers come after those of the package,
so that a user's entry wins where both say something of the same thing.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.lang.schema import check, completed

HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, with where it stands."""

    values: dict[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def many(self, column: str) -> tuple[str, ...]:
        """A cell with several values, separated by ``|``."""
        return tuple(part.strip() for part in self.values[column].split("|") if part.strip())


@dataclass(frozen=True, slots=True)
class LanguageData:
    """The data folders of one language, the package's own first."""

    language: str
    layers: tuple[Path, ...]

    def toml(self, name: str) -> dict[str, Any]:
        """A TOML file of settings; a user's layer replaces or extends key by key. What none speaks of is empty.

        Raises:
            DataError: an entry is unknown or of another kind (`kg.lang.schema`).
        """
        merged: dict[str, Any] = {}
        for path in self.files(name):
            content = read_toml(path)
            check(path, content)
            for key, value in content.items():
                merged[key] = _extended(merged.get(key), value)
        return completed(name, merged)

    def rows(self, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
        """The lines of a CSV table in all layers.

        Raises:
            DataError: a column is missing or a line has too many cells.
        """
        for path in self.files(name):
            yield from read_csv(path, columns)

    def files(self, pattern: str) -> list[Path]:
        """The files that a name or glob matches in the layers, in order."""
        return [path for layer in self.layers for path in sorted(layer.glob(pattern))]


def load(language: str, extra: tuple[Path, ...] = (), home: Path = HOME) -> LanguageData:
    """The data of a language, with a user's folders on top.

    Args:
        home: the folder of languages.

    Raises:
        DataError: there is no data for the language, or an extra folder does not exist.
    """
    own = home / language
    if not own.is_dir():
        known = ", ".join(sorted(p.name for p in home.iterdir() if (p / "lexicon").is_dir()))
        raise DataError(f"no data for the language {language!r}; there is: {known}")
    for folder in extra:
        if not folder.is_dir():
            raise DataError(f"{folder}: no such data folder")
    return LanguageData(language, (own, *extra))


def read_toml(path: Path) -> dict[str, Any]:
    """Parse a TOML file; a fault names file and line."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: {error}") from None


def read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The lines of a CSV file with a header; lines that begin with ``#`` are comments."""
    numbered = [
        (number, line)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not numbered:
        return
    reader = csv.reader(line for _, line in numbered)
    header = next(reader)
    missing = [c for c in columns if c not in header]
    if missing:
        raise DataError(f"{path}:{numbered[0][0]}: no column {', '.join(missing)}")
    for (number, _), cells in zip(numbered[1:], reader, strict=True):
        if len(cells) > len(header):
            raise DataError(f"{path}:{number}: {len(cells)} cells, the header has {len(header)}")
        padded = [*cells, *[""] * (len(header) - len(cells))]
        yield Row({k: v.strip() for k, v in zip(header, padded, strict=True)}, f"{path}:{number}")


def _extended(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{k: _extended(old.get(k), v) for k, v in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *new]
    return new
