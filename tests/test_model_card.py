"""The shipped weights score what their card says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.lang import HOME

CARD = HOME / "de" / "MODEL.md"
MODEL = HOME / "de" / "model"


def test_scores_are_as_stated(corpora: Path) -> None:
    pytest.importorskip("spacy")
    from kg.training.__main__ import scores

    stated = {
        m[1]: float(m[2])
        for m in re.finditer(r"^\| ([^|]+?) \| (\d+\.\d) \|$", CARD.read_text("utf-8"), re.M)
    }
    measured = scores(MODEL, corpora)
    assert set(stated) == set(measured)
    assert stated == pytest.approx(measured, abs=0.5)


def test_the_pipeline_is_small() -> None:
    assert sum(p.stat().st_size for p in MODEL.rglob("*") if p.is_file()) < 20_000_000
