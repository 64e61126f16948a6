"""Feeds, news sitemaps, mails, mailboxes and tables ─▶ their articles, with what each format says of them."""

from __future__ import annotations

import io
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from formats import as_csv, as_docx, as_pdf, paragraphs

from kg.documents import Settings, mapping_of, read_documents
from kg.errors import DocumentError
from kg.model import Document

TEXT = "Angela Merkel traf in Wien Emmanuel Macron.\n\nSie sprachen über die Ukraine."


def read(path: Path, content: bytes | str, mapping: str = "") -> tuple[list[Document], list[str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(read_documents(path, Settings(mapping_of(mapping))))
    return [d for d in found if isinstance(d, Document)], [
        str(f) for f in found if isinstance(f, DocumentError)
    ]


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>
<entry><title type="html">Gipfel &amp;amp; mehr</title><id>tag:1</id><link rel="edit" href="https://b.example/edit"/><link href="https://b.example/1"/>
<published>2018-05-08T10:00:00Z</published><updated>2018-05-09T10:00:00Z</updated><author><name>Eva Muster</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Merkel traf <b>Macron</b>.</p><p>Es war gut.</p></div></content></entry>
<entry><title>Ohne Text</title><id>tag:2</id></entry></feed>"""


def test_entries_of_a_feed_have_what_it_says(tmp_path: Path) -> None:
    (document,), (failure,) = read(tmp_path / "a", ATOM)
    assert (document.id, document.title, str(document.published), str(document.modified), document.authors) == (
        "tag:1", "Gipfel & mehr", "2018-05-08", "2018-05-09", ("Eva Muster",),
    )  # fmt: skip
    assert (document.url, document.publisher, document.language) == ("https://b.example/1", "Blatt", "de")
    assert paragraphs(document.text) == ["Gipfel & mehr", "Merkel traf Macron.", "Es war gut."]
    assert document.original and document.original.position == "entry 1"
    assert failure.endswith("entry 2: an entry without text")


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Blatt</title></channel><item><title>Gipfel</title><link>https://b.example/1</link><description>Merkel traf Macron.</description>
<dc:date>2018-05-08</dc:date><dc:creator>Eva Muster</dc:creator></item></rdf:RDF>"""


def test_an_rdf_feed_is_read(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path / "a.xml", RDF)
    assert (document.title, str(document.published), document.publisher, document.url) == (
        "Gipfel",
        "2018-05-08",
        "Blatt",
        "https://b.example/1",
    )


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://b.example/1</loc><news:news><news:publication><news:name>Blatt</news:name><news:language>de</news:language></news:publication>
<news:publication_date>2018-05-08T10:00:00+02:00</news:publication_date><news:title>Merkel trifft Macron</news:title></news:news></url>
<url><loc>https://b.example/2</loc></url></urlset>"""


def test_of_a_news_sitemap_the_headlines_are_read(tmp_path: Path) -> None:
    (document,), failures = read(tmp_path / "a.xml", SITEMAP)
    assert (document.text, str(document.published), document.publisher, document.url) == (
        "Merkel trifft Macron",
        "2018-05-08",
        "Blatt",
        "https://b.example/1",
    )
    assert document.warnings == ("a headline alone; the text is at its address",) and not failures


@pytest.mark.parametrize("kind", ["urlset", "sitemapindex"])
def test_a_sitemap_of_addresses_is_refused_and_nothing_is_fetched(kind: str, tmp_path: Path) -> None:
    item = "url" if kind == "urlset" else "sitemap"
    found, (failure,) = read(
        tmp_path / "a.xml",
        f'<?xml version="1.0"?><{kind}><{item}><loc>https://b.example/1</loc></{item}></{kind}>',
    )
    assert not found and "a sitemap of 1 addresses: it has no texts, and nothing is fetched" in failure


def _message(markup: bool = False) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Das Blatt <news@b.example>"
    message["Subject"] = "Gipfel in Wien"
    message["Date"] = "Tue, 08 May 2018 10:00:00 +0200"
    message["Message-ID"] = "<1@b.example>"
    message.set_content("Kurz." if markup else f"{TEXT}\n-- \nDas Blatt, Abmelden: https://b.example")
    if markup:
        message.add_alternative(
            f"<html><body>{''.join(f'<p>{p}</p>' for p in TEXT.split(chr(10) * 2))}</body></html>",
            subtype="html",
        )
    return message


@pytest.mark.parametrize("markup", [False, True])
def test_a_newsletter_is_read(markup: bool, tmp_path: Path) -> None:
    (document,), _ = read(tmp_path / "a", bytes(_message(markup)))
    assert paragraphs(document.text) == ["Gipfel in Wien", *TEXT.split("\n\n")]
    assert (document.id, document.title, str(document.published), document.publisher) == (
        "1@b.example",
        "Gipfel in Wien",
        "2018-05-08",
        "Das Blatt",
    )


def test_documents_attached_to_a_mail_are_read(tmp_path: Path) -> None:
    message = _message()
    message.add_attachment(as_pdf(TEXT), maintype="application", subtype="pdf", filename="bericht.pdf")
    message.add_attachment(
        as_docx(TEXT), maintype="application", subtype="octet-stream", filename="../zwei.docx"
    )
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="x.png")
    found, failures = read(tmp_path / "a.eml", bytes(message))
    assert [d.id for d in found] == ["1@b.example", "bericht", "zwei"] and not failures
    assert [d.original.position for d in found if d.original] == ["", "attachment 1", "attachment 2"]
    assert {d.published for d in found} == {date(2018, 5, 8)}


def test_a_mailbox_has_a_document_per_message(tmp_path: Path) -> None:
    one, other = _message(), _message(markup=True)
    other.replace_header("Message-ID", "<2@b.example>")
    box = b"".join(b"From x Tue May  8 10:00:00 2018\n" + bytes(m) + b"\n" for m in (one, other))
    found, _ = read(tmp_path / "inbox", box)
    assert [d.id for d in found] == ["1@b.example", "2@b.example"]
    assert [d.original.position for d in found if d.original] == ["message 1", "message 2"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tables_of_any_delimiter_are_read_by_the_names_of_their_columns(
    delimiter: str, tmp_path: Path
) -> None:
    (document,), _ = read(tmp_path / "table", as_csv(TEXT, delimiter))
    assert (document.id, document.text, str(document.published)) == ("e1", TEXT, "2018-05-08")


def test_a_sheet_and_a_column_store_take_a_mapping(tmp_path: Path) -> None:
    import pyarrow as pa
    from openpyxl import Workbook
    from pyarrow import parquet

    book = Workbook()
    book.worksheets[0].append(["nr", "worte", "wann"])
    book.worksheets[0].append([7, TEXT, date(2018, 5, 8)])
    book.worksheets[0].append([8, None, None])
    sheet, store = io.BytesIO(), io.BytesIO()
    book.save(sheet)
    table = pa.table({"nr": [7, 8], "worte": [TEXT, ""], "in": [{"wann": date(2018, 5, 8)}, {"wann": None}]})
    parquet.write_table(table, store, compression="snappy")
    for content, when in ((sheet.getvalue(), "wann"), (store.getvalue(), "in.wann")):
        (document,), (failure,) = read(tmp_path / "table", content, f"text=worte,published={when},id=nr")
        assert (document.id, document.text, document.published) == ("7", TEXT, date(2018, 5, 8))
        assert document.original and document.original.position == "row 1"
        assert "row 2: the field 'worte' is empty or missing" in failure
    _, (failure,) = read(tmp_path / "table", sheet.getvalue())
    assert (
        "no column that is known to hold a text; name it: --map text=COLUMN (columns: nr, worte, wann)"
        in failure
    )
