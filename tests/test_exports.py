"""Exports of press archives ─▶ their articles, with title, day, medium, author."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from conftest import SEED
from formats import as_docx, as_rtf, paragraphs, zipped

from kg.documents import read_documents
from kg.model import Document

SAMPLES = SEED.parents[2] / "shared" / "data" / "exports"
KEY = Path(__file__).with_name("exports.tsv")


def read(path: Path, content: bytes | str) -> list[Document]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(read_documents(path))
    assert all(isinstance(d, Document) for d in found), found
    return [d for d in found if isinstance(d, Document)]


def key() -> dict[str, list[tuple[str, str, str]]]:
    articles: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for line in KEY.read_text("utf-8").splitlines()[1:]:
        file, _, day, medium, title = line.split("\t")
        articles[file].append((day, medium, title))
    return articles


@pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the exports are their publishers' and not part of the project"
)
@pytest.mark.parametrize("file", key())
def test_number_days_media_and_titles_of_real_exports_are_right(file: str) -> None:
    found = [d for d in read_documents(SAMPLES / file) if isinstance(d, Document)]
    assert [(str(d.published), d.publisher, d.title) for d in found] == key()[file]
    assert all(d.original and d.original.position == f"article {n}" for n, d in enumerate(found, 1))


# --- made up, by the shape that programs which read such exports expect --------------------------------

FACTIVA = """\
Politik
Treffen in Wien
Eva Muster
20 Wörter
11 Januar 2010
09:30
Musterblatt
MUBL
3
Deutsch
Copyright 2010. Musterverlag

Merkel traf in Wien
Macron.

Sie sagte: Es war gut.

Dokument MUBL000020100111e61b00001


Zweiter Titel; Der Reise wegen
3 words
12 January 2010
Der Bote
BOTE
German
(c) 2010 Bote

Putin reiste nach China.

Document BOTE000020100112e61c00002

Suchzusammenfassung
"""

TAGGED = """\
SE Politik
HD Treffen in
Wien
BY By Eva Muster
WC 1,020 words
PD 11 January 2010
ET 09:30
SN Musterblatt
SC MUBL
LA German
CY Copyright 2010. Musterverlag

LP
Merkel traf in Wien Macron.

TD
Sie sagte: Es war gut.

CO musag : Muster AG
NS gdip : Diplomatie
AN
Document MUBL000020100111e61b00001

HD Zweiter Titel; Der Reise wegen
WC 3 words
PD 12 January 2010
SN Der Bote
LA German
LP Putin reiste nach China.
AN Document BOTE000020100112e61c00002
"""


def check(found: list[Document]) -> None:
    first, second = found
    assert (first.id, first.title, str(first.published), first.publisher, first.authors, first.section) == (
        "MUBL000020100111e61b00001", "Treffen in Wien", "2010-01-11", "Musterblatt", ("Eva Muster",), "Politik",
    )  # fmt: skip
    assert paragraphs(first.text) == [
        "Treffen in Wien",
        "Merkel traf in Wien Macron.",
        "Sie sagte: Es war gut.",
    ]
    assert (second.id, second.title, str(second.published), second.publisher, second.authors) == (
        "BOTE000020100112e61c00002", "Zweiter Titel; Der Reise wegen", "2010-01-12", "Der Bote", (),
    )  # fmt: skip
    assert paragraphs(second.text)[1:] == ["Putin reiste nach China."]


def test_a_factiva_text_is_split_into_its_articles(tmp_path: Path) -> None:
    check(read(tmp_path / "export.txt", FACTIVA))
    check(read(tmp_path / "export", FACTIVA.encode("cp1252")))


def test_a_factiva_text_with_indexing_is_split_into_its_articles(tmp_path: Path) -> None:
    check(read(tmp_path / "export.txt", TAGGED))


def test_a_factiva_document_of_a_word_processor_is_split_into_its_articles(tmp_path: Path) -> None:
    blocks = "\n\n".join(FACTIVA.replace("Wien\nMacron", "Wien Macron").replace("\n\n", "\n").split("\n"))
    check(read(tmp_path / "export.docx", as_docx(blocks)))
    check(read(tmp_path / "export.rtf", as_rtf(blocks)))
    check(read(tmp_path / "export.zip", zipped({"a.txt": FACTIVA.encode()})))


GENIOS = """\
\ufeffDokumente

Musterblatt vom 11.01.2010, S. 3
Treffen in Wien
Merkel traf in Wien
Macron.

Seite 1 von 2

Sie sagte: Es war gut.

Eva Muster

Quelle:\tMusterblatt vom 11.01.2010, S. 3
Ressort:\tPolitik
Ausgabe: Stadt;
Land
Dokumentnummer:\tMUBL_20100111_1
Dauerhafte Adresse des Dokuments: https://www.wiso-net.de/document/MUBL__1
Alle Rechte vorbehalten: (c) Musterverlag
© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH

Zweiter Titel
Putin reiste nach China.

Quelle: Der Bote, 12. Januar 2010, Nr. 5, S. 1
Dokumentnummer: BOTE_2
© GBI-Genios Deutsche Wirtschaftsdatenbank GmbH
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_genios_text_is_split_into_its_articles(newline: str, tmp_path: Path) -> None:
    first, second = read(tmp_path / "export.txt", GENIOS.replace("\n", newline))
    assert (first.id, first.title, str(first.published), first.publisher, first.authors, first.section, first.url) == (
        "MUBL_20100111_1", "Treffen in Wien", "2010-01-11", "Musterblatt", ("Eva Muster",), "Politik", "https://www.wiso-net.de/document/MUBL__1",
    )  # fmt: skip
    assert paragraphs(first.text) == [
        "Treffen in Wien",
        "Merkel traf in Wien Macron.",
        "Sie sagte: Es war gut.",
    ]
    assert (second.title, str(second.published), second.publisher) == (
        "Zweiter Titel",
        "2010-01-12",
        "Der Bote",
    )
    assert paragraphs(second.text)[1:] == ["Putin reiste nach China."]


def test_an_article_about_exports_is_an_article(tmp_path: Path) -> None:
    text = "Die Datenbank\n\nQuelle: GBI-Genios Deutsche Wirtschaftsdatenbank GmbH. Der Text hatte 371 Wörter.\n\n11. Januar 2010\n"
    (document,) = read(tmp_path / "a.txt", text)
    assert document.original is None and document.text == text
