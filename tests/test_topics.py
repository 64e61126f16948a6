"""What events are about."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Extraction

TOPICS = [
    (
        "Merkel traf Putin in Moskau. Es ging vor allem um das Atomabkommen und die Sanktionen.",
        {"Atomabkommen", "Sanktionen"},
    ),
    ("Macron telefonierte mit Xi. Bei dem Gespräch ging es um einen Friedensvertrag.", {"Friedensvertrag"}),
    (
        "Kim will Trump treffen. Es soll dabei um eine Denuklearisierung Nordkoreas gehen.",
        {"Denuklearisierung Nordkoreas"},
    ),
    ("Merkel traf Putin. Merkel ging um 8 Uhr.", set()),
    ("Es geht um den Frieden.", set()),
]


@pytest.mark.parametrize(("text", "topics"), TOPICS)
def test_what_talks_were_about(text: str, topics: set[str], read: Callable[..., Extraction]) -> None:
    assert {t for e in read(text).events for t in e.topics} == topics


def test_talks_that_may_be_any_are_no_evidence_of_a_meeting(read: Callable[..., Extraction]) -> None:
    (meeting,) = (
        e for e in read("Kim traf Moon am 27. April. In Peking herrscht Sorge, bei den Friedensverhandlungen zu fehlen.").events
        if e.kind == "Meeting"
    )  # fmt: skip
    assert len(meeting.evidence) == 1
