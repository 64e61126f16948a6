"""Shared fixtures: the loaded pipeline and the built seed, once per test run."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kg import lang
from kg.build import build
from kg.model import Document, Extraction
from kg.pipeline import Understanding
from kg.report import Report

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver

settings.register_profile("kg", deadline=None)  # no test races the clock
settings.load_profile("kg")

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
SEED = SEEDS / "000_f90bd207d5cccac2.txt"


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    """Everything that the lexicon and the grammar propose; what the judge makes of it has tests of its own."""
    return Understanding(lang.load("de"), proposals=True)


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


@pytest.fixture(scope="session")
def out(built: tuple[Path, Report]) -> Path:
    """The folder that the seed was built into."""
    return built[0]


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The corpora that the pipeline was trained on and is tested on; they are not part of the project."""
    folder = Path(os.environ.get("KG_CORPORA", ROOT.parent / "shared" / "data"))
    if not (folder / "treebank").is_dir():
        pytest.skip(f"no corpora at {folder}; name their folder in KG_CORPORA")
    return folder


@pytest.fixture
def browser() -> Iterator[WebDriver]:
    """A headless Chromium of 1300 × 850 pixels that logs its console and its requests."""
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if not driver or not chromium:
        pytest.skip("chromium and chromedriver are not installed")
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = chromium
    for switch in ("headless=new", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking",
                   "disable-component-update", "disable-sync", "window-size=1300,850"):  # fmt: skip
        options.add_argument(f"--{switch}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    window = Chrome(options=options, service=Service(driver))
    yield window
    window.quit()
