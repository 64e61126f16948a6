"""What sentences say: the tables in ``sentences/``, the specification of the German rules.

The sentences are made up from knowledge of the language; the article's day is 8 May 2018 (a Tuesday). A
table has a sentence per line and below it, indented, what it says: ``Class agent > recipient`` or ``Class
participant + participant``, then ``@ place``, ``-> destination``, ``[factuality]`` unless actual,
``(time)``, ``< source``. A line ``# why`` above a sentence marks one that is not understood yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.model import Event, Extraction, Factuality

Reader = Callable[..., Extraction]


def rendered(event: Event, extraction: Extraction) -> str:
    """An event in the notation of the table."""

    def names(keys: tuple[str, ...], sign: str = " + ") -> str:
        return sign.join(sorted(extraction.entities[k].label for k in keys))

    text = f"{event.kind} {names(event.agents or event.participants)}".rstrip()
    if event.recipients:
        text += f" > {names(event.recipients)}"
    for sign, key in ((" @ ", event.place), (" -> ", event.destination)):
        if key:
            text += sign + extraction.entities[key].label
    if event.office:
        text += f", {event.office}" + (f", {extraction.entities[event.body].label}" if event.body else "")
    if event.factuality is not Factuality.ACTUAL:
        text += f" [{event.factuality}]"
    if event.time and (event.time.date or event.time.earliest):
        text += f" ({event.time.date or f'{event.time.earliest}..{event.time.latest}'})"
    if event.attributed_to:
        text += f" < {names(event.attributed_to)}"
    return text


def rows(path: Path) -> Iterator[object]:
    """The sentences of a table with what they are expected to say."""
    why = ""
    sentence, expected = "", list[str]()
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith("    "):
            expected.append(line.strip())
            continue
        if sentence:
            marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
            yield pytest.param(sentence, expected, marks=marks, id=f"{path.stem}: {sentence}")
            sentence, expected, why = "", [], ""
        if line.startswith("# "):
            why = line[2:]
        else:
            sentence = line


TABLES = sorted((Path(__file__).parent / "sentences").glob("*.txt"))


@pytest.mark.parametrize(("sentence", "expected"), [row for path in TABLES for row in rows(path)])
def test_sentence(sentence: str, expected: list[str], read: Reader) -> None:
    extraction = read(sentence)
    assert sorted(rendered(e, extraction) for e in extraction.events) == sorted(expected)


def test_a_group_is_not_named_by_the_next_paragraph(read: Reader) -> None:
    extraction = read("Gespräche zwischen syrischer Regierung und Opposition\n\nNorwegens Initiative half.")
    assert [rendered(e, extraction) for e in extraction.events] == ["Negotiation Opposition + Syrien"]
