"""`kg show`: what was understood of the seed, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from update_golden import GOLDEN, shown

from kg.cli import main
from kg.errors import UsageError
from kg.show import show
from kg.store import open_store


def test_the_seed_is_understood_as_before(out: Path) -> None:
    assert shown(out) == (GOLDEN / "seed.txt").read_text("utf-8")


def test_one_document_can_be_chosen(out: Path) -> None:
    assert CliRunner().invoke(main, ["show", str(out), "000_f90bd207d5cccac2"]).exit_code == 0
    with pytest.raises(UsageError, match="there is: 000_f90bd207d5cccac2"):
        list(show(open_store(out), "nosuch"))


def test_it_is_told_in_english(out: Path) -> None:
    german = list(show(open_store(out)))
    english = list(show(open_store(out), language="en"))
    assert len(german) == len(english) and german != english
    assert any(" – according to " in line for line in english) and not any(
        " – laut " in line for line in english
    )
