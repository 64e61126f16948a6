"""`kg explain`: from a statement to the words and the line of data it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, SEED

from kg.build import build
from kg.cli import main
from kg.errors import UsageError
from kg.explain import explain, traces
from kg.lang import LanguageData
from kg.model import Extraction
from kg.pipeline import Understanding
from kg.rdf.iris import Iris
from kg.report import Options
from kg.show import show
from kg.store import open_store

Reader = Callable[..., Extraction]


def _id(out: Path, beginning: str) -> str:
    line = next(line for line in show(open_store(out), ids=True) if line.strip().startswith(beginning))
    return line.rpartition("[")[2].rstrip("]")


def test_an_event_is_explained_down_to_the_line_of_data(out: Path) -> None:
    lines = list(explain(out, _id(out, "Treffen: Kim Jong Un, Xi Jinping")))
    text = "\n".join(lines)
    assert "⟦In der Hafenstadt Dalian traf er auf Präsident Xi Jinping⟧" in text
    assert re.search(r"clause: treffen \(active\).*subject: \'er\'", text)
    file, line = re.search(r"lexicon: (\w+\.txt):(\d+) \(treffen\.\d+\)", text).groups()  # type: ignore[union-attr]
    data = (ROOT / "kg" / "lang" / "de" / "lexicon" / file).read_text("utf-8").splitlines()
    assert "| treffen |" in data[int(line) - 1]
    assert "'er' (pronoun – agrees with 'Kim Jong Un' before)" in text
    assert "'Kim Jong Un' (name" in text


def test_the_judge_s_reasons_are_told(out: Path, understanding: Understanding) -> None:
    text = "\n".join(explain(out, _id(out, "Treffen: Kim Jong Un, Xi Jinping")))
    signs = re.findall(r"(?:for it: |against it: |, )([^:\n]+?) ([+-]\d\.\d\d)", text)
    assert re.search(r"^    for it: .*\+\d\.\d\d$", text, re.M)
    assert re.search(r"^    against it: .*-\d\.\d\d$", text, re.M)
    assert {sign for sign, _ in signs} <= set(understanding.judge.weights)


def test_several_events_are_explained_with_the_language_loaded_once(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    real = Understanding.__init__

    def counted(self: Understanding, data: LanguageData, model: str | None = None) -> None:
        loaded.append(data.language)
        real(self, data, model)

    monkeypatch.setattr(Understanding, "__init__", counted)
    first, second = _id(out, "Treffen: Kim Jong Un, Xi Jinping"), _id(out, "Sanktion")
    together = list(explain(out, first, second))
    assert loaded == ["de"]
    assert together == [*explain(out, first), *explain(out, second)]


def test_a_source_is_explained_by_what_opens_the_report(read: Reader, understanding: Understanding) -> None:
    extraction = read("Laut Xinhua traf Kim am Montag Xi. Trump sagte, die USA unterstützten Japan.")
    iris = Iris("https://example.org/id/")
    said = ["\n".join(lines) for _, lines in traces(extraction, iris, understanding.judge)]
    assert any("source: 'Laut Xinhua' (phrase, 0–11) reaches its sentence" in lines for lines in said)
    assert any("source: 'sagte' (verb, 41–46) reaches what it reports" in lines for lines in said)


def test_a_trace_says_the_same(out: Path, tmp_path: Path) -> None:
    build([SEED], tmp_path / "traced", Options(trace=True))
    assert list((tmp_path / "traced" / "traces").glob("*.jsonl"))
    for event in (_id(out, "Sanktion"), _id(out, "Besuch: Wang Yi")):
        assert list(explain(out, event)) == list(explain(tmp_path / "traced", event))


def test_every_event_can_be_explained(out: Path) -> None:
    shown = [line for line in show(open_store(out), ids=True) if line.endswith("]")]
    assert len(shown) > 10
    for line in shown:
        lines = list(explain(out, line.rpartition("[")[2].rstrip("]")))
        assert any("text " in said for said in lines)


def test_an_unknown_event_is_a_clear_error(out: Path) -> None:
    with pytest.raises(UsageError, match="no such event; kg show --ids prints the ids"):
        list(explain(out, "nosuch"))
    assert CliRunner().invoke(main, ["explain", str(out), "nosuch"]).exit_code == 2
