"""One node for one person: spellings that must join, and names that must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.entities.gazetteer.atlas import SortedTable
from kg.entities.gazetteer.folding import name_key
from kg.model import Extraction

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


def _ambiguous() -> list[Any]:
    files = [HERE / "names" / name for name in ("ambiguous.txt", "unseen.txt")]
    cases = []
    for line in (line for path in files for line in path.read_text("utf-8").splitlines()):
        if line.startswith("#"):
            continue
        marks = [pytest.mark.xfail(strict=True)] if line.startswith("? ") else []
        cases.append(pytest.param(*(c.strip() for c in line.removeprefix("? ").split("|")), marks=marks))
    return cases


@pytest.mark.parametrize(("sentence", "words", "kind", "what"), _ambiguous())
def test_what_a_name_means_is_decided_by_its_sentence(
    read: Callable[..., Extraction], sentence: str, words: str, kind: str, what: str
) -> None:
    extraction = read(sentence)
    found = []
    for mention in extraction.mentions:
        if mention.text == words:
            placed = mention.place is not None and (mention.local or not mention.actors)
            found += [extraction.entities[k] for k in ((mention.place,) if placed else mention.actors) if k]
    if kind == "-":
        assert not found
    else:
        assert any(e.kind == kind and what in (e.label, e.country) for e in found), found


@pytest.mark.parametrize("path", TABLES, ids=lambda p: p.name)
def test_tables_are_sorted_and_every_line_is_found(path: Path) -> None:
    lines = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    keys = [key.encode() for key, _ in lines]
    assert keys == sorted(set(keys))
    table = SortedTable(path)
    for key, value in [*lines[:3], *lines[:: len(lines) // 200], *lines[-3:]]:
        assert table.get(key) == value
    assert table.get("") is None and table.get("zzzzzz") is None and table.get("!") is None
