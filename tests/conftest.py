"""Shared fixtures: the loaded pipeline and the built seed, once per test run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg import lang
from kg.build import build
from kg.model import Document, Extraction
from kg.pipeline import Understanding
from kg.report import Report

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SEED = SEEDS / "000_f90bd207d5cccac2.txt"


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    return Understanding(lang.load("de"))


@pytest.fixture(scope="session")
def read(understanding: Understanding) -> Callable[..., Extraction]:
    """Understand a text as an article of 8 May 2018 (a Tuesday)."""

    def read_text(text: str, published: date | None = date(2018, 5, 8)) -> Extraction:
        return understanding.read(Document("test", text, published=published))

    return read_text


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """The seed, built."""
    out = tmp_path_factory.mktemp("built") / "out"
    return out, build([SEED], out)
