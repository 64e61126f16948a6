"""Pipelines with TIGER labels (de_core_news_sm and its kin): hand-built parses, and the real one where it is installed."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy
from click.testing import CliRunner
from conftest import SEED
from spacy.language import Language
from spacy.tokens import Doc
from test_sentences import rendered

from kg import lang
from kg.cli import main
from kg.language.tiger import TigerScheme, turn
from kg.language.tree import Node
from kg.model import Document, Extraction
from kg.pipeline import Understanding

TABLE = Path(__file__).parent / "tiger.txt"
UPOS = {
    "NE": "PROPN", "NN": "NOUN", "ART": "DET", "ADJA": "ADJ", "ADJD": "ADJ", "VAFIN": "AUX", "VAINF": "AUX", "VMFIN": "AUX",
    "APPR": "ADP", "APPRART": "ADP", "KON": "CCONJ", "KOUS": "SCONJ", "PRELS": "PRON", "PTKVZ": "ADP", "PTKZU": "PART",
    "PTKNEG": "PART", "$.": "PUNCT", "$,": "PUNCT",
}  # fmt: skip


@dataclass(frozen=True)
class Parsed:
    """A sentence of the table."""

    says: tuple[str, ...]
    words: tuple[tuple[str, str, str, str, int, str], ...]

    @property
    def text(self) -> str:
        return " ".join(w[0] for w in self.words).replace(" .", ".").replace(" ,", ",")


def table() -> Iterator[Parsed]:
    for block in TABLE.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("# ")]
        says = tuple(line[2:] for line in lines if line.startswith("= "))
        words = [line.split(" ") for line in lines if not line.startswith("= ")]
        if words:
            yield Parsed(says, tuple((w[0], w[1], w[2], w[3], int(w[4]), w[5]) for w in words))


PARSES = {p.text: p for p in table()}


@Language.factory("hand_built")
def hand_built(nlp: Language, name: str) -> HandBuilt:
    """A parser that knows the sentences of the table."""
    return HandBuilt()


class HandBuilt:
    labels = tuple({w[5] for p in PARSES.values() for w in p.words})

    def __call__(self, doc: Doc) -> Doc:
        parsed = PARSES[doc.text.strip()]
        assert [t.text for t in doc] == [w[0] for w in parsed.words]
        for i, (_, lemma, tag, case, head, label) in enumerate(parsed.words):
            token: Any = doc[i]
            token.lemma_, token.tag_, token.pos_ = lemma, tag, UPOS.get(tag, "VERB")
            features = {"Case": case} if case != "-" else {}
            if tag.endswith("FIN"):
                features["VerbForm"] = "Fin"
            if tag.startswith("PREL"):
                features["PronType"] = "Rel"
            token.set_morph(features)
            token.head, token.dep_ = doc[head - 1] if head else token, label
        return doc

    def to_disk(self, path: Path, **_: Any) -> None:
        path.mkdir()

    def from_disk(self, path: Path, **_: Any) -> HandBuilt:
        return self


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installed pipeline: tokenizer and a parser with TIGER labels."""
    nlp = spacy.blank("de")
    nlp.add_pipe("hand_built", name="parser")
    folder = tmp_path_factory.mktemp("model") / "tiger"
    nlp.to_disk(folder)
    return folder


@pytest.fixture(scope="module")
def read_tiger(model: Path) -> Callable[[str], Extraction]:
    understanding = Understanding(lang.load("de"), str(model), proposals=True)
    return lambda text: understanding.read(Document("test", text, published=date(2018, 5, 8)))


@pytest.mark.parametrize("text", PARSES)
def test_a_tiger_parse_is_understood(text: str, read_tiger: Callable[[str], Extraction]) -> None:
    extraction = read_tiger(text)
    assert sorted(rendered(e, extraction) for e in extraction.events) == sorted(PARSES[text].says)


@pytest.mark.parametrize("text", PARSES)
def test_the_turned_tree_is_a_tree_of_known_labels(text: str) -> None:
    words = PARSES[text].words
    nodes = [
        Node(w[0], w[0].lower(), UPOS.get(w[2], "VERB"), w[5], (w[4] or i + 1) - 1, {})
        for i, w in enumerate(words)
    ]
    turn(nodes, [w[2] for w in words], [w[1] for w in words], TigerScheme.of(lang.load("de")))
    assert [n.label for i, n in enumerate(nodes) if n.head == i] == ["root"]
    for n in range(len(nodes)):
        seen = set()
        while nodes[n].head != n:
            assert n not in seen, "a circle"
            seen.add(n)
            n = nodes[n].head
    known = set(spacy.load(Path(lang.__file__).parent / "de" / "model").get_pipe("parser").labels) | {"root"}  # type: ignore[attr-defined]
    assert {n.label for n in nodes} <= known
    assert all(
        nodes[n.head].pos not in ("ADP", "AUX", "CCONJ")
        for n in nodes
        if n.label in ("nsubj", "obj", "obl", "conj")
    )


def test_a_copula_hangs_on_what_is_said() -> None:
    words = PARSES["Trump ist Präsident der USA."].words
    nodes = [
        Node(w[0], w[0].lower(), UPOS.get(w[2], "VERB"), w[5], (w[4] or i + 1) - 1, {})
        for i, w in enumerate(words)
    ]
    turn(nodes, [w[2] for w in words], [w[1] for w in words], TigerScheme.of(lang.load("de")))
    assert [(n.label, nodes[n.head].text) for n in nodes[:5]] == [
        ("nsubj", "Präsident"), ("cop", "Präsident"), ("root", "Präsident"), ("det", "USA"), ("nmod", "Präsident"),
    ]  # fmt: skip


def test_kg_build_takes_such_a_pipeline(model: Path, tmp_path: Path) -> None:
    text = next(iter(PARSES))
    (tmp_path / "a.txt").write_text(text, "utf-8")
    ran = CliRunner().invoke(
        main, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--model", str(model)]
    )
    assert ran.exit_code == 0, ran.output
    assert "1 events (Meeting 1)" in ran.output


@pytest.mark.parametrize("name", ["de_core_news_sm", "de_core_news_md", "de_core_news_lg"])
def test_the_real_one(name: str, tmp_path: Path) -> None:
    if importlib.util.find_spec(name) is None:
        pytest.skip(f"{name} is not installed")
    ran = CliRunner().invoke(main, ["build", str(SEED), "-o", str(tmp_path / "out"), "--model", name])
    assert ran.exit_code == 0, ran.output
    assert "Visit" in ran.output
