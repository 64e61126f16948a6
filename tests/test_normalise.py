"""Texts in all the forms in which they come: the same words, the same events, offsets into the text as given."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import lang
from kg.language.normalise import Spelling, normalise
from kg.model import Document, Extraction
from kg.pipeline import understand

FORMS: dict[str, Callable[[str], str]] = {
    "letters in two parts": lambda t: unicodedata.normalize("NFD", t),
    "soft hyphens": lambda t: re.sub(r"(\w{4})(\w{3})", "\\1\u00ad\\2", t),
    "blanks of no width": lambda t: re.sub(r"(\w{4})(\w{3})", "\\1\u200b\\2", t),
    "a byte-order mark": lambda t: f"\ufeff{t}",
    "no-break blanks": lambda t: t.replace(" ", "\u00a0"),
    "no-break hyphens": lambda t: t.replace("-", "\u2011"),
    "line ends of Windows": lambda t: t.replace("\n", "\r\n"),
    "full-width letters": lambda t: "".join(
        chr(ord(c) + 0xFEE0) if "A" <= c <= "z" and c.isalpha() else c for c in t
    ),
    "ligatures": lambda t: t.replace("fi", "\ufb01").replace("fl", "\ufb02"),
    "two blanks": lambda t: t.replace(" ", "  "),
    "lines of 72": lambda t: "\n".join(textwrap.fill(p, 72, break_on_hyphens=False) for p in t.split("\n")),
}
SPELLING = Spelling.of(lang.load("de"))
ARTICLE = """Außenminister Häfliger traf am Freitag, dem 4. Mai 2018, in Köln den französischen Präsidenten Emmanuel Macron.

Der US-Präsident Donald Trump drohte dem Iran mit neuen Sanktionen, weil die Führung in Teheran das Atomabkommen verletze. Die Häftlinge aus Griechenland würden bald freigelassen, sagte Griechenlands Außenminister Nikos Kotzias der Nachrichtenagentur Reuters.

Südkoreas Präsident Moon Jae In empfing am 27. April den nordkoreanischen Machthaber Kim Jong Un. Finnland und Flandern kritisierten den Angriff auf die Türkei scharf.
"""


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_as_the_plain_text(form: str) -> None:
    given = FORMS[form](ARTICLE)
    assert normalise(given).text == normalise(ARTICLE).text


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_the_same_events_with_anchors_of_its_own(form: str) -> None:
    wanted, found = understand([Document("a", ARTICLE), Document("b", FORMS[form](ARTICLE))])
    assert _told(found) == _told(wanted)
    assert len(_told(wanted)) >= 6
    for one, other in zip(_spans(wanted), _spans(found), strict=True):
        assert normalise(found.document.text[slice(*other)]).text.split() == ARTICLE[slice(*one)].split()


def _told(x: Extraction) -> list[tuple[object, ...]]:
    events = [
        (e.kind, e.agents, e.participants, e.recipients, e.place, e.time, e.factuality) for e in x.events
    ]
    return [*events, *[(e.key, e.label, e.aliases) for e in x.entities.values()]]


def _spans(x: Extraction) -> list[tuple[int, int]]:
    return [(m.span.begin, m.span.end) for m in x.mentions] + [
        (s.begin, s.end) for e in x.events for s in e.evidence
    ]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Der Außen-\nminister kam.", "Der Außenminister kam."),
        ("Der US-\nPräsident kam.", "Der US-Präsident kam."),
        ("Nord-\nund Südkorea", "Nord-\nund Südkorea"),
        ("Ein Titel\nEin Satz steht hier.", "Ein Titel\nEin Satz steht hier."),
        ("Die Außenminister:innen und Expert*innen", "Die Außenminister und Experten"),
        ("Die PolitikerInnen, Minister/innen und Vertreter_innen", "Die Politiker, Minister und Vertreter"),
        ("Ein:e Sprecher:in und die Demonstrant:innen", "Ein:e Sprecher und die Demonstranten"),
        ("In Innenräumen und Binnenländern", "In Innenräumen und Binnenländern"),
        ("1 – 2\u20093", "1 – 2 3"),
    ],
)
def test_line_ends(given: str, read: str) -> None:
    assert normalise(given, SPELLING).text == read


ODD = st.sampled_from([*"aäÄ ß-\n\r\t.\u0308\u0301\u00ad\u200b\ufeff\u00a0\u2011\ufb01\uff21\u2029"])


@given(st.lists(ODD | st.characters(), max_size=60).map("".join))
def test_every_character_stands_for_a_stretch_of_the_text_as_given(text: str) -> None:
    normal = normalise(text)
    assert len(normal.text) == len(normal.begins) == len(normal.ends)
    at = 0
    for i in range(len(normal.text)):
        begin, end = normal.original(i, i + 1)
        assert at <= begin < end <= len(text)
        at = begin


@given(st.lists(ODD, max_size=60).map("".join))
def test_characters_are_normalised_once_and_for_all(text: str) -> None:
    once = normalise(text).text
    assert unicodedata.is_normalized("NFC", once) or unicodedata.combining(once[0])
    assert not re.search("[\u00ad\u200b\ufeff\u00a0\u2011\ufb01\r\t]|  ", once)
