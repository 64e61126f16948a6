"""One node for one person: spellings that must join, and names that must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.entities.atlas import SortedTable
from kg.entities.folding import name_key

HERE = Path(__file__).parent
TABLES = sorted((HERE.parent / "kg/lang/de/gazetteer").glob("*.tsv"))


def _pairs(name: str) -> list[tuple[str, str]]:
    lines = (HERE / "names" / name).read_text("utf-8").splitlines()
    return [
        (a.strip(), b.strip()) for a, b in (line.split("|") for line in lines if not line.startswith("#"))
    ]


@pytest.mark.parametrize(("one", "other"), _pairs("same.txt"))
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), _pairs("different.txt"))
def test_names_of_different_people_and_places_have_two(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_tables_are_sorted_and_every_line_is_found(path: Path) -> None:
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    keys = [key.encode() for key, _ in lines]
    assert keys == sorted(set(keys))
    table = SortedTable(path)
    for key, value in [*lines[:3], *lines[:: len(lines) // 200], *lines[-3:]]:
        assert table.get(key) == value
    assert table.get("") is None and table.get("zzzzzz") is None and table.get("!") is None
