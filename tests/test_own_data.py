"""`--data DIR`: a user's own frames, names and titles, and what is said of a fault in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg import lang
from kg.errors import DataError
from kg.model import Document, Extraction
from kg.pipeline import Understanding


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "frames").mkdir()
    (tmp_path / "gazetteer").mkdir()
    return tmp_path


def read(folder: Path, text: str) -> Extraction:
    return Understanding(lang.load("de", (folder,))).read(Document("d", text, published=date(2018, 5, 8)))


def test_own_verbs_names_and_titles_are_understood(folder: Path) -> None:
    (folder / "frames" / "mine.toml").write_text(
        '[[frame]]\nclass = "Accusation"\nagent = "subject"\nrecipient = "accusative"\nverbs = ["abwatschen"]\n',
        "utf-8",
    )
    (folder / "gazetteer" / "persons-mine.csv").write_text(
        "label,aliases,gender,country,offices\nErika Mustermann,Frau M.,Fem,deutschland,Ministerin - 2018-01-01\n",
        "utf-8",
    )
    (folder / "entities.toml").write_text('[offices]\nnouns = ["Obermufti"]\n', "utf-8")
    extraction = read(
        folder, "Erika Mustermann hat den US-Präsidenten abgewatscht. Obermufti Max Muster schwieg."
    )
    (accusation, office) = extraction.events
    assert (accusation.kind, accusation.agents, accusation.recipients) == (
        "Accusation", ("erika-mustermann",), ("donald-trump",),
    )  # fmt: skip
    assert (office.kind, office.office) == ("OfficeHolding", "Obermufti")


FAULTS = [
    ("frames/a.toml", '[[frame]]\nklass = "Visit"\nverbs = ["reisen"]\n', r"a\.toml:1: unknown key klass"),
    ("frames/a.toml", '[[frame]]\nclass = "Visit"\nagent = "su bject"\nverbs = ["reisen"]\n', r"a\.toml:1: 'su bject' is no slot"),
    ("frames/a.toml", '[[frame]\n', r"a\.toml: .*line 1"),
    ("frames/a.toml", '[[frame]]\nclass = "Visit"\nfactuality = "Maybe"\nverbs = ["reisen"]\n', r"a\.toml:1: factuality is one of"),
    ("gazetteer/persons-a.csv", "label,aliases\nX,\n", r"persons-a\.csv:1: no column gender"),
    ("gazetteer/persons-a.csv", "label,aliases,gender,country,offices\nX,,Fem,atlantis,\n", r"persons-a\.csv:2: there is no state 'atlantis'"),
    ("gazetteer/persons-a.csv", "label,aliases,gender,country,offices\nX,,Fem,polen,Königin\n", r"persons-a\.csv:2: office 'Königin'"),
    ("gazetteer/organizations-a.csv", "key,class,label,aliases,country,gender,seat\nx,Club,X,,,Neut,\n", r"organizations-a\.csv:2: 'Club' is not an entity class"),
    ("time.toml", "[patterns]\nmine = '('\n", r"time\.toml: pattern mine"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "says"), FAULTS)
def test_a_fault_is_named_with_file_and_line(name: str, content: str, says: str, folder: Path) -> None:
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(DataError, match=says):
        read(folder, "Text.")
