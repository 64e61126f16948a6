"""`--data DIR`: a user's own verbs, names and titles, and what is said of a fault in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg import lang
from kg.errors import DataError
from kg.events.lexicon import Lexicon
from kg.model import Document, Extraction
from kg.pipeline import Understanding


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "gazetteer").mkdir()
    return tmp_path


def read(folder: Path, text: str) -> Extraction:
    return Understanding(lang.load("de", (folder,))).read(Document("d", text, published=date(2018, 5, 8)))


def test_a_line_of_ours_is_taken_out_or_outvoted(folder: Path) -> None:
    def kinds(lines: str) -> list[str]:
        (folder / "lexicon" / "mine.txt").write_text(lines, "utf-8")
        return [event.kind for event in read(folder, "Merkel kritisierte Trump.").events]

    assert kinds("# nothing\n") == ["Accusation"]
    assert kinds("mine.1 | kritisieren | | Support | subject > object | |\n") == ["Support"]
    ours = [t.id for t in Lexicon.of(lang.load("de")).for_verb("kritisieren")]
    assert kinds("".join(f"-{line}\n" for line in ours)) == []


def test_own_verbs_names_and_titles_are_understood(folder: Path) -> None:
    (folder / "lexicon" / "mine.txt").write_text(
        "abwatschen.1 | abwatschen | | Accusation | subject > object | | Merkel watschte Trump ab. => Angela Merkel > Donald Trump\n",
        "utf-8",
    )
    (folder / "gazetteer" / "persons-mine.csv").write_text(
        "label,aliases,gender,country,offices\nErika Mustermann,Frau M.,Fem,deutschland,Ministerin - 2018-01-01\n",
        "utf-8",
    )
    (folder / "offices.toml").write_text('[nouns]\nmine = "Oberbonze"\n', "utf-8")
    extraction = read(
        folder, "Erika Mustermann hat den US-Präsidenten abgewatscht. Oberbonze Max Muster schwieg."
    )
    (accusation, office) = extraction.events
    assert (accusation.kind, accusation.agents, accusation.recipients) == (
        "Accusation", ("erika-mustermann",), ("donald-trump",),
    )  # fmt: skip
    assert (office.kind, office.office) == ("OfficeHolding", "Oberbonze")


FAULTS = [
    ("lexicon/a.txt", "x.1 | abwatschen | Accusation\n", r"a\.txt:1: 3 columns, needed are 7"),
    ("lexicon/a.txt", "# mine\nwatschen | abwatschen | | Threat | | |\n", r"a\.txt:2: 'watschen' is no id"),
    ("lexicon/a.txt", "x.1 | abwatschen | | Slap | subject | |\n", r"a\.txt:1: 'Slap' is no class; there are: Accusation"),
    ("lexicon/a.txt", "x.1 | abwatschen | | Threat | su-bject | |\n", r"a\.txt:1: 'su-bject' is no slot"),
    ("lexicon/a.txt", "x.1 | abwatschen | | Threat | subject | clause:Maybe |\n", r"a\.txt:1: 'clause:Maybe' is no certainty"),
    ("lexicon/a.txt", "x.1 | abwatschen | object=&NEBEL | Threat | subject | |\n", r"a\.txt:1: there is no word class &NEBEL"),
    ("lexicon/a.txt", "x.1 | abwatschen | nebel | Threat | subject | |\n", r"a\.txt:1: 'nebel' can't be asked for"),
    ("lexicon/a.txt", "-gibtesnicht.1\n", r"a\.txt:1: there is no line 'gibtesnicht\.1' to remove"),
    ("lexicon/classes-a.txt", "Nebel Rauch\n", r"classes-a\.txt:1: a word class is written"),
    ("frames/a.toml", "", r"a\.toml: verbs and nouns now stand in lexicon"),
    ("gazetteer/persons-a.csv", "label,aliases\nX,\n", r"persons-a\.csv:1: no column gender"),
    ("gazetteer/persons-a.csv", "label,aliases,gender,country,offices\nX,,Fem,atlantis,\n", r"persons-a\.csv:2: there is no state 'atlantis'"),
    ("gazetteer/persons-a.csv", "label,aliases,gender,country,offices\nX,,Fem,polen,Königin\n", r"persons-a\.csv:2: office 'Königin'"),
    ("gazetteer/organizations-a.csv", "key,class,label,aliases,country,gender,seat\nx,Club,X,,,Neut,\n", r"organizations-a\.csv:2: 'Club' is not an entity class"),
    ("entities.toml", "[persons]\nnouns = 'Obermufti'\n", r"entities\.toml:2:1: 'persons\.nouns' is to be a list of words"),
    ("grammar.toml", "# mine\n[verbs]\n  models = ['mögen']\n", r"grammar\.toml:3:3: 'verbs\.models' is no entry; allowed: .*modals"),
    ("grammar.toml", "[repairs]\ndatives = ['dir']\n", r"grammar\.toml:1:1: 'repairs' is no entry; it is called 'edits' now"),
    ("time.toml", "[forms.mine]\nform = '('\nvalue = 'day'\n", r"time\.toml: form mine"),
    ("time.toml", "[forms.mine]\nform = '<stars>'\nvalue = 'day'\n", r"time\.toml: form mine: no words are <stars>"),
    ("time.toml", "[forms.mine]\nform = 'am'\nvalue = 'moon'\n", r"time\.toml: form mine: there is no 'moon'"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "says"), FAULTS)
def test_a_fault_is_named_with_file_and_line(name: str, content: str, says: str, folder: Path) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(content, "utf-8")
    with pytest.raises(DataError, match=says):
        read(folder, "Text.")
