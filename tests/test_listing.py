"""What a document lists: who is named or acts, not every word for people (*Zeugen*)."""

from __future__ import annotations

import pytest

from kg import lang
from kg.model import Document
from kg.pipeline import Understanding


@pytest.fixture(scope="module")
def reader() -> Understanding:
    return Understanding(lang.load("de"))


LISTED = [
    ("Der iranische Präsident Hassan Rohani traf in Paris Emmanuel Macron.", "Hassan Ruhani"),
    ("Der iranische Präsident Hassan Rohani traf in Paris Emmanuel Macron.", "Paris"),
    ("Die türkische Polizei nahm am Montag in Ankara drei Oppositionelle fest.", "türkische Polizei"),
    (
        "Menschenrechtsorganisationen warfen der Regierung in Kairo Folter vor.",
        "Menschenrechtsorganisationen",
    ),
]
NOT_LISTED = [
    ("Macron sprach in Paris über die Sorgen der Mieter.", "Mieter"),
    ("Merkel hat in Berlin ein Buch über Lehrer vorgestellt.", "Lehrer"),
    ("Er lobte in Wien die Geduld der Kunden.", "Kunden"),
]


def _labels(reader: Understanding, text: str) -> set[str]:
    found = reader.read(Document("d", text))
    return {found.entities[key].label for key in found.listed}


@pytest.mark.parametrize(("text", "label"), LISTED)
def test_who_is_named_or_acts_is_listed(reader: Understanding, text: str, label: str) -> None:
    assert label in _labels(reader, text)


@pytest.mark.parametrize(("text", "label"), NOT_LISTED)
def test_whom_the_text_only_speaks_of_is_not(reader: Understanding, text: str, label: str) -> None:
    assert label not in _labels(reader, text)


def test_who_has_a_name_and_fills_a_role_is_always_listed(reader: Understanding) -> None:
    found = reader.read(Document("d", " ".join(text for text, _ in LISTED)))
    assert found.events
    for event in found.events:
        named = {k for k in (*event.actors, *event.attributed_to) if not found.entities[k].described}
        assert named <= found.listed
