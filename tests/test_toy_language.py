"""A second language needs no change outside its folder: a toy English, of a small lexicon and sentences parsed by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg import lang
from kg.entities import EntityLinker
from kg.events import EventExtractor
from kg.language.contract import language_of
from kg.model import Document, Event, Factuality, Parse, Sentence, Token

HOME = Path(__file__).with_name("toy_language")
ROWS = [
    tuple(part.strip() for part in line.split("<="))
    for line in (HOME / "sentences.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def parsed(words: str) -> Parse:
    """``word/lemma/tag/label/head/features`` per word, ``|`` between sentences."""
    rows: list[list[str]] = []
    sentences: list[Sentence] = []
    text = ""
    begins: list[int] = []
    for number, sentence in enumerate(words.split(" | ")):
        first = len(rows)
        for item in sentence.split():
            cells = item.split("/")
            cells[4] = str(int(cells[4]) + first)
            text += " " if text and cells[2] != "PUNCT" else ""
            begins.append(len(text))
            text += cells[0]
            rows.append(cells)
        sentences.append(Sentence(number, first, len(rows), begins[first], len(text), 0))
    heads = [int(cells[4]) for cells in rows]
    tokens = tuple(
        Token(
            i, begins[i], begins[i] + len(cells[0]), cells[0], cells[1], cells[2],
            dict(f.split("=") for f in (cells[5].split("|") if len(cells) > 5 else ())),
            heads[i], cells[3], next(s.index for s in sentences if s.first <= i < s.last),
            tuple(c for c, head in enumerate(heads) if head == i != c),
        )
        for i, cells in enumerate(rows)
    )  # fmt: skip
    return Parse(text, tokens, tuple(sentences))


def test_a_language_without_algorithms_has_none() -> None:
    assert language_of(lang.load("en", home=HOME)).edits == ()


@pytest.fixture(scope="module")
def read() -> Callable[[str], list[str]]:
    data = lang.load("en", home=HOME)
    linker, extractor = EntityLinker(data), EventExtractor(data)

    def events(words: str) -> list[str]:
        parse = parsed(words)
        discourse = linker.link(parse, None)

        def shown(event: Event) -> str:
            def labels(keys: tuple[str, ...]) -> str:
                return " + ".join(sorted(discourse.entities[k].label for k in keys))

            roles = [labels(k) for k in (event.agents or event.participants, event.recipients) if k]
            sure = "" if event.factuality is Factuality.ACTUAL else f" [{event.factuality}]"
            return f"{event.kind} {' > '.join(roles)}{sure}"

        return [shown(e) for e in extractor.extract(Document("x", parse.text, language="en"), discourse)]

    return events


@pytest.mark.parametrize(("wanted", "words"), ROWS, ids=[r[0] for r in ROWS])
def test_a_toy_english_tells_events(wanted: str, words: str, read: Callable[[str], list[str]]) -> None:
    kind, _, rest = wanted.partition(" ")
    roles, bracket, sure = rest.partition(" [")
    sides = [" + ".join(sorted(side.split(" + "))) for side in roles.split(" > ")]
    assert read(words) == [f"{kind} {' > '.join(sides)}{bracket}{sure}"]
