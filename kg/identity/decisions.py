"""What a user has decided: these two are the same, those are not. Kept in ``OUT/links.csv``.

A decision survives rebuilds: building again leaves the file alone and follows it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError

FILE = "links.csv"
SAME, DIFFERENT = "same", "different"
_COLUMNS = ("decision", "one", "other", "note")


@dataclass(frozen=True, slots=True)
class Decision:
    """``same`` or ``different``, of two IRIs.

    If ``other`` is a document, the decision ``different`` means: in that document, ``one`` is somebody else.
    """

    decision: str
    one: str
    other: str
    note: str = ""


def read_decisions(out: Path) -> tuple[Decision, ...]:
    """The decisions of a built folder, in order; none if it has no file.

    Raises:
        DataError: a line is malformed.
    """
    path = out / FILE
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    found = []
    for number, row in enumerate(rows[1:], 2):
        if not row:
            continue
        fields = [*map(str.strip, row), *[""] * len(_COLUMNS)][: len(_COLUMNS)]
        if fields[0] not in (SAME, DIFFERENT) or not fields[1] or not fields[2]:
            raise DataError(
                f"{path}:{number}: expected same or different, an IRI, an IRI, and perhaps a note"
            )
        found.append(Decision(*fields))
    return tuple(found)


def write_decisions(out: Path, decisions: Iterable[Decision]) -> None:
    """Replace the decisions of a built folder."""
    path = out / FILE
    beside = path.with_name(f".{FILE}.part")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows((d.decision, d.one, d.other, d.note) for d in decisions)
    beside.replace(path)
