"""The words for offices: every form of a title is read as its basic form, and nothing else is."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import lang
from kg.entities.vocabulary.offices import OfficeWords

_NOUNS = lang.load("de").toml("offices.toml")["nouns"]
TITLES = sorted({w for words in _NOUNS.values() for w in words.split() if not w.startswith("*")})


@cache
def words() -> OfficeWords:
    return OfficeWords.of(lang.load("de"))


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("Präsidenten", "Präsident"), ("Ministers", "Minister"), ("Abgeordneten", "Abgeordnete"),
        ("Generalsekretären", "Generalsekretär"), ("Außenministerinnen", "Außenministerin"),
        ("Staatssekretär:innen", "Staatssekretär"), ("Senator*in", "Senator"), ("MinisterInnen", "Minister"),
        ("CHP-Abgeordneter", "CHP-Abgeordneter"), ("Vorsitzenden", "Vorsitzende"),
        ("Tisch", None), ("Demokrat", None), ("Sicherheitsrats", None), ("Lokführer", None), ("Schiedsrichter", None),
    ],
)  # fmt: skip
def test_a_form_of_a_title_is_read_as_the_title(form: str, title: str | None) -> None:
    assert words().title(form) == title


@given(st.sampled_from(TITLES))
def test_every_title_of_the_data_is_its_own_basic_form(title: str) -> None:
    assert words().title(title) == title or title in words().exceptions


@given(st.sampled_from(TITLES), st.sampled_from(["Ex-", "Alt-"]))
def test_a_former_office_is_the_office_and_the_word(title: str, prefix: str) -> None:
    if title not in words().exceptions:
        assert words().without_former(prefix + title) == (title, prefix)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kanzlerin", "Bundeskanzlerin", True), ("Premierminister", "Regierungschef", True),
        ("Justizminister", "Bundesjustizminister", True), ("Präsident", "Vizepräsident", False),
        ("Minister", "Minister für Verkehr", True), ("Außenminister", "Innenminister", False),
        ("Ministerpräsident", "stellvertretender Ministerpräsident", False),
    ],
)  # fmt: skip
def test_two_titles_of_one_person_may_be_one_office(one: str, other: str, same: bool) -> None:
    assert words().same_office(one, other) is same
    assert words().same_office(other, one) is same
