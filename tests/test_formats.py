"""What people have ─▶ documents: every format told by its content, read right or refused by name and reason."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from conftest import SEED
from formats import DAY, FORMATS, as_docx, as_html, as_rss, paragraphs, tarred, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_exports import FACTIVA, GENIOS, TAGGED

from kg.documents import Limits, Settings, find_sources, limits_of, mapping_of, read_documents
from kg.errors import DocumentError, UsageError
from kg.model import Document
from kg.pipeline import Understanding

TEXT = SEED.read_text("utf-8")


def read(
    path: Path, content: bytes | str, *, reading: Settings | None = None, named: bool = True
) -> list[Document]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(read_documents(path, reading, named=named))
    for one in found:
        if isinstance(one, DocumentError):
            raise one
    return [d for d in found if isinstance(d, Document)]


def failures(
    path: Path, content: bytes | str, reading: Settings | None = None, *, named: bool = True
) -> list[str]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [str(e) for e in read_documents(path, reading, named=named) if isinstance(e, DocumentError)]


# --- the same article, whatever it comes in ------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", ["a.{}", "no name that tells anything"])
def test_the_seed_in_any_format_has_the_same_paragraphs(suffix: str, name: str, tmp_path: Path) -> None:
    if suffix in ("tsv", "csv", "md", "pdf", "html") or "{}" in name:
        document = read(tmp_path / name.format(suffix), FORMATS[suffix](TEXT))[0]
        assert [p.split() for p in paragraphs(document.text)] == [p.split() for p in paragraphs(TEXT)]
        assert str(document.published) == DAY or suffix in (
            "pdf",
            "docx",
            "odt",
            "rtf",
            "tar.gz",
            "txt.gz",
            "txt.xz",
        )
        assert document.language == "de"


def test_the_seed_in_any_format_tells_the_same_events(tmp_path: Path, understanding: Understanding) -> None:
    from dataclasses import replace
    from datetime import date

    def told(document: Document) -> list[tuple[object, ...]]:
        extraction = understanding.read(replace(document, published=date.fromisoformat(DAY)))
        return [
            (e.kind, e.actors, e.agents, e.place, e.time, e.factuality, e.attributed_to)
            for e in extraction.events
        ]

    (seed,) = read(tmp_path / "a.txt", TEXT)
    expected = told(seed)
    assert len(expected) > 5
    for suffix, make in FORMATS.items():
        document = read(tmp_path / f"b.{suffix}", make(TEXT))[0]
        assert told(document) == expected, suffix


def test_the_way_back_is_kept(tmp_path: Path) -> None:
    import hashlib

    content = zipped({"2018/a.html": as_html(TEXT), "b.jsonl": b'{"text": "Eins."}\n{"text": "Zwei."}\n'})
    first, second, third = read(tmp_path / "pile.zip", content)
    assert first.original and second.original and third.original
    assert first.original.sha256 == hashlib.sha256(content).hexdigest()
    assert (first.original.name, first.original.media_type) == ("pile.zip", "text/html")
    assert [d.original.position for d in (first, second, third) if d.original] == [
        "member 2018/a.html", "member b.jsonl, record 1", "member b.jsonl, record 2",
    ]  # fmt: skip
    assert [d.id for d in (first, second, third)] == ["a", "b-0001", "b-0002"]


def test_pages_of_a_pdf_are_known(tmp_path: Path) -> None:
    (document,) = read(tmp_path / "a.pdf", FORMATS["pdf"]("\n\n".join([TEXT] * 8)))
    assert document.original is not None
    pages = document.original.pages
    assert len(pages) > 2 and pages[0] == 0 and list(pages) == sorted(pages)
    assert all(document.text[p - 1 : p].isspace() for p in pages[1:])


# --- what is said of an article --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de-DE", "de"),
        ("de_AT", "de"),
        ("deu", "de"),
        ("ger", "de"),
        ("German", "de"),
        ("DE", "de"),
        ("en-GB", "en"),
        ("Deutsch", "de"),
    ],
)
def test_languages_by_any_name(tag: str, language: str, tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text(json.dumps({"language": tag}))
    (document,) = read(tmp_path / "a.txt", "Merkel traf Macron.")
    assert document.language == language


def test_a_mapping_goes_before_the_usual_names(tmp_path: Path) -> None:
    record = {
        "text": "Nicht dies.",
        "inner": {"body": "Merkel traf Macron.", "when": "8. Mai 2018"},
        "headline": "Treffen",
    }
    reading = Settings(mapping_of("text=inner.body,published=inner.when"))
    (document,) = read(tmp_path / "a.jsonl", json.dumps(record) + "\n", reading=reading)
    assert (document.text, str(document.published), document.title) == (
        "Treffen\n\nMerkel traf Macron.",
        DAY,
        "Treffen",
    )
    with pytest.raises(UsageError, match="FIELD one of text"):
        mapping_of("body=text")


def test_a_record_without_text_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found = failures(tmp_path / "a.jsonl", '{"text": "Eins."}\n{"n": 1}\n[3]\n{"text": \n{"text": "Zwei."}\n')
    assert [f.partition("a.jsonl: ")[2].partition(":")[0] for f in found] == [
        "record 2",
        "record 3",
        "record 4",
    ]
    assert "--map text=FIELD" in found[0]


def test_the_sidecar_goes_before_the_page_and_a_conflict_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"published": "2018-05-09", "id": "x"}')
    (document,) = read(tmp_path / "a.html", as_html(TEXT))
    assert (document.id, str(document.published)) == ("x", "2018-05-09")
    assert any("published" in w for w in document.warnings)


PAGE = """<!DOCTYPE html><html lang="de"><head><title>Gipfel in Wien | Blatt</title>
<meta property="og:title" content="Gipfel in Wien"><meta property="og:site_name" content="Blatt">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Gipfel in Wien", "datePublished": "2024-03-01T08:00:00+01:00",
"author": [{"@type": "Person", "name": "Eva Muster"}], "publisher": {"name": "Blatt"}, "articleSection": "Politik"}]}</script></head>
<body><div id="cookie-banner"><p>Wir verwenden Cookies und teilen Daten mit 800 Partnern.</p></div>
<article><h1>Gipfel in Wien</h1><p class="byline">Von Eva Muster</p>
<figure><img src="x.jpg" alt=""><figcaption>Putin und Xi in Moskau. Foto: dpa</figcaption></figure>
<p>Merkel traf am Freitag in Wien den französischen Präsidenten Macron. Sie sprachen über die Lage in der Ukraine.</p>
<p>Mehr zum Thema: <a href="/1">Iran droht Israel</a></p>
<p>Das Treffen dauerte zwei Stunden. Danach reisten beide nach Berlin, wo sie am Abend mit dem Kanzler sprachen.</p>
<ul class="related"><li><a href="/2">Putin reist nach China</a></li><li><a href="/3">USA verhängen Sanktionen</a></li></ul>
</article><section class="comments"><p>12 Kommentare</p><p>Ich finde, Trump sollte Kim besuchen.</p></section>
<footer>© Blatt <a href="/4">Scholz besucht Indien</a></footer></body></html>"""


def headlined(*, data: str = "", other: str = "", social: str = "", head: str = "", window: str = "") -> str:
    """A page whose headlines differ."""
    linked = {
        "@type": "NewsArticle",
        "headline": data,
        "alternativeHeadline": other,
        "publisher": {"name": "Das Blatt"},
    }
    return (
        f'<!DOCTYPE html><html lang="de"><head><title>{window}</title><meta property="og:title" content="{social}">'
        f'<script type="application/ld+json">{json.dumps({k: v for k, v in linked.items() if v})}</script></head><body>'
        f"<svg><title>Suche</title></svg>{head}<article><p>{'Merkel traf am Freitag in Wien den Präsidenten. ' * 6}</p></article></body></html>"
    )


A, B, C = "Merkel sieht Macron in Wien", "Gipfel an der Donau: Alle Bilder", "Zwei Tage, die Europa bewegen"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (headlined(data=A, social=A, head=f"<h1>{B}</h1>", window=f"{A} - Blatt"), A),
        (headlined(data=B, social=A, head=f"<nav><h1>{B}</h1></nav><h2>Ukraine <b>{A}</b></h2>", window=f"{B} | Blatt"), A),
        (headlined(data=B, social=f"Ukraine: {A}", head=f"<h1>{A}</h1>", window=B), f"Ukraine: {A}"),
        (headlined(data=A, other=A, social=B, head=f"<ol><li><h1>{B}</h1></li></ol><h2>{A}</h2>", window=B), A),
        (headlined(data=A, social=B, head=f"<h1>{A}</h1><h2>Was das für Wien heißt</h2>", window=A), A),
        (headlined(data=A, social=B, head=f"<h1>{C}</h1>", window=A), C),
        (headlined(data=A, other=C, social=B, head=f"<nav><h1>{B}</h1></nav><h2>{C}</h2>", window=B), A),
        (headlined(data="Merkel sieht …", social=A, head=f"<h1>{A}</h1>"), A),
        (headlined(data=f"{A}, und was sie dort über die Ukraine", social=f"{A}, und was sie dort über die Ukraine sagte"), f"{A}, und was sie dort über die Ukraine sagte"),
        (headlined(head=f"<h1>{A}</h1>", window=f"{B} - Blatt"), A),
        (headlined(data="", social=f"{A} - Das Blatt"), f"{A}"),
        (headlined(window=f"{A} | Politik | Das Blatt"), A),
        (headlined(window=f"Das Blatt - {A}"), A),
        (headlined(), "None"),
    ],
)  # fmt: skip
def test_of_several_headlines_the_one_that_most_agree_on_is_the_title(
    page: str, title: str, tmp_path: Path
) -> None:
    (document,) = read(tmp_path / "a.html", page)
    assert str(document.title) == title


def test_of_a_page_only_the_article_is_read(tmp_path: Path) -> None:
    (document,) = read(tmp_path / "a.html", PAGE)
    assert paragraphs(document.text) == [
        "Gipfel in Wien",
        "Merkel traf am Freitag in Wien den französischen Präsidenten Macron. Sie sprachen über die Lage in der Ukraine.",
        "Das Treffen dauerte zwei Stunden. Danach reisten beide nach Berlin, wo sie am Abend mit dem Kanzler sprachen.",
    ]
    assert (document.title, str(document.published), document.authors) == (
        "Gipfel in Wien",
        "2024-03-01",
        ("Eva Muster",),
    )
    assert (document.publisher, document.section, document.language) == ("Blatt", "Politik", "de")


# --- exports of press archives -----------------------------------------------------------------------

NEXIS = """Download Request: Selected Items: 1-2


                               1 of 2 DOCUMENTS


                                  Musterblatt

                            11. Januar 2010 Montag

Treffen in Wien

AUTOR: Eva Muster

RUBRIK: POLITIK; S. 3

LÄNGE: 20 Wörter

HIGHLIGHT: Merkel und Macron
sprachen.

Merkel traf in Wien
Macron.

Sie sagte: Es war gut.

UPDATE: 12. Januar 2010

SPRACHE: GERMAN; DEUTSCH

                       Copyright 2010 Musterverlag
                           Alle Rechte vorbehalten

                               2 of 2 DOCUMENTS

                                   Der Bote

                            January 12, 2010 Tuesday

Zweiter Titel

LENGTH: 3 words

Putin reiste nach China.

LOAD-DATE: January 13, 2010
"""


def _check_export(found: list[Document]) -> None:
    first, second = found
    assert (first.title, str(first.published), first.publisher, first.authors, first.language) == (
        "Treffen in Wien", "2010-01-11", "Musterblatt", ("Eva Muster",), "de",
    )  # fmt: skip
    assert paragraphs(first.text) == [
        "Treffen in Wien",
        "Merkel und Macron sprachen.",
        "Merkel traf in Wien Macron.",
        "Sie sagte: Es war gut.",
    ]
    assert (second.title, str(second.published), second.publisher) == (
        "Zweiter Titel",
        "2010-01-12",
        "Der Bote",
    )
    assert paragraphs(second.text) == ["Zweiter Titel", "Putin reiste nach China."]


def test_a_nexis_text_is_split_into_its_articles(tmp_path: Path) -> None:
    _check_export(read(tmp_path / "export.TXT", NEXIS))


def test_a_nexis_page_is_split_into_its_articles(tmp_path: Path) -> None:
    blocks = [b.replace("\n", " ") for b in NEXIS.split("\n\n") if b.strip()]
    page = (
        "<HTML><BODY>"
        + "".join(f"<DIV><P><SPAN>{b.strip()}</SPAN></P></DIV><BR>" for b in blocks)
        + "</BODY></HTML>"
    )
    _check_export(read(tmp_path / "export.html", page))


def test_a_lexis_advance_document_is_split_into_its_articles(tmp_path: Path) -> None:
    blocks = [
        "Treffen in Wien", "Musterblatt", "11. Januar 2010 Montag", "Copyright 2010 Musterverlag Alle Rechte vorbehalten", "Section: POLITIK; S. 3",
        "Length:\xa020 words", "Byline:\xa0Eva Muster", "Body", "Merkel und Macron sprachen.", "Merkel traf in Wien Macron.", "Sie sagte: Es war gut.",
        "Classification", "Language:\xa0GERMAN; DEUTSCH", "Load-Date:\xa0January 11, 2010", "End of Document",
        "Zweiter Titel", "Der Bote", "January 12, 2010 Tuesday", "Length: 3 words", "Body", "Putin reiste nach China.", "Load-Date: May 1, 2011", "End of Document",
    ]  # fmt: skip
    _check_export(read(tmp_path / "export.docx", as_docx("\n\n".join(blocks))))


def test_a_factiva_page_is_split_into_its_articles(tmp_path: Path) -> None:
    def article(n: int, title: str, lines: str, *body: str) -> str:
        text = "".join(f'<p class="articleParagraph dearticleParagraph">{b}</p>' for b in body)
        return f'<div id="article-X{n}" class="article"><div class="article deArticle"><div id="hd"><span class="deHeadline">{n}) {title}</span></div>{lines}{text}</div></div>'

    page = (
        "<html><head><title>Factiva</title></head><body>"
        + article(1, "Treffen in Wien", '<div class="author">Von Eva Muster </div><div>20 Wörter</div><div>11 Januar 2010</div><div>Musterblatt</div><div>MUBL</div><div>Deutsch</div>',
                  "Merkel und Macron sprachen.", "Merkel traf in Wien Macron.", "Sie sagte: Es war gut.", "Dokument MUBL000020100111e000001")
        + article(2, "Zweiter Titel", "<div>3 Wörter</div><div>12 Januar 2010</div><div>09:30</div><div>Der Bote</div><div>BOTE</div><div>Deutsch</div>", "Putin reiste nach China.")
        + "</body></html>"
    )  # fmt: skip
    _check_export(read(tmp_path / "factiva.html", page))


# --- refused, by name and reason ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word, Excel or Outlook file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture (PNG)"),
        ("a.zip", b"PK\x03\x04" + bytes(30), "a damaged zip file"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(20), "a 7z archive"),
        ("a.pdf", b"%PDF-1.4\nnothing", "PDF"),
        ("a.xml", '<?xml version="1.0"?><nitf><body/></nitf>', "XML of a kind that is not read: <nitf>"),
        ("a.json", '{"a": {"b": 1}}', "--map text=FIELD"),
        ("a.json", "[" * 100_000, "JSON"),
        ("a.csv", "x,y\n1,2\n", "no column that is known to hold a text"),
        ("a.html", "<html><body><p> </p></body></html>", "without an article's text"),
        ("a.xml", '<?xml version="1.0"?><urlset><url><loc>https://a.de/1</loc></url></urlset>', "nothing is fetched"),
        ("a.xml", '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss><channel><item><title>&c;</title></item></channel></rss>', "entities"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_with_its_reason(
    name: str, content: bytes | str, says: str, tmp_path: Path
) -> None:
    (failure,) = failures(tmp_path / name, content)
    assert says in failure and failure.startswith(str(tmp_path / name))


def test_a_missing_extra_is_named_with_the_command_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.documents.registry.find_spec", lambda name: None)
    (failure,) = failures(tmp_path / "a.pdf", FORMATS["pdf"](TEXT))
    assert "pip install 'kg-diplomacy[pdf]'" in failure


def test_in_a_folder_every_file_is_read_or_named(tmp_path: Path) -> None:
    for name, content in {
        "a.txt": "Eins.",
        "b.html": PAGE,
        "setup.py": "import os",
        "c.meta.json": "{}",
        ".hidden": "x",
        "d.png": "\x89PNG",
    }.items():
        (tmp_path / name).write_text(content, "latin-1" if name == "d.png" else "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(tmp_path / "pipe.txt")
    files = find_sources([str(tmp_path)])
    found = {p.name: list(read_documents(p, named=p in files.named)) for p in files.paths}
    assert {n: isinstance(f[0], Document) for n, f in found.items()} == {
        "a.txt": True, "b.html": True, "setup.py": False, "d.png": False, "pipe.txt": False,
    }  # fmt: skip
    assert [(p.name, why) for p, why in files.passed] == [(".hidden", "a hidden file")]


# --- hostile -------------------------------------------------------------------------------------------


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": b"0" * 50_000_000})
    assert "unpacks to more than" in failures(tmp_path / "a.zip", bomb)[0]
    nested = zipped(
        {
            "a.zip": zipped(
                {"b.zip": zipped({"c.zip": zipped({"d.zip": zipped({"e.zip": zipped({"f.txt": b"x"})})})})}
            )
        }
    )
    assert (
        "archives within each other"
        in failures(tmp_path / "n.zip", nested, Settings(limits=limits_of(["depth=3"])))[0]
    )


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    import gzip

    assert "that much is not read" in failures(tmp_path / "a.gz", gzip.compress(b"0" * 60_000_000))[0]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xml", b'<?xml version="1.0"?><rss>' + b"<a/>" * 200_000, "elements, more than the 1,000"),
        ("a.html", b"<html><body>" + b"<p>" * 200_000, "elements, more than the 1,000"),
        ("a.json", b"[" + b"[]," * 200_000 + b"[]]", "values, more than the 1,000"),
        (
            "a.jsonl",
            b'{"text": "a"}\n{"text": [' + b"[]," * 200_000 + b"[]]}\n",
            "values, more than the 1,000",
        ),
    ],
)
def test_more_objects_than_a_length_lets_one_think_are_refused(
    name: str, content: bytes, reason: str, tmp_path: Path
) -> None:
    few = Settings(limits=limits_of(["elements=1000", "parts=1000"]))
    (failure,) = failures(tmp_path / name, content, few)
    assert reason in failure


def test_columns_that_say_one_text_a_thousand_times_end(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    text = "Merkel traf Macron. " * 100_000
    table = pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 1_000), pa.array([text]))})
    parquet.write_table(table, tmp_path / "a.parquet", compression="zstd")
    small = Settings(limits=limits_of(["characters=1000000"]))
    assert len(list(read_documents(tmp_path / "a.parquet", small))) == 1_000
    found = list(read_documents(tmp_path / "a.parquet", Settings(limits=Limits(unpacked=10_000_000))))
    assert len(found) < 10 and "unpacks to more than is read" in str(found[-1])


def test_a_text_in_two_encodings_is_read_in_both(tmp_path: Path) -> None:
    two = "Merkel sprach über Öl. ".encode() + "Macron sprach für Köln.".encode("cp1252")
    (document,) = read(tmp_path / "a.txt", two)
    assert document.text == "Merkel sprach über Öl. Macron sprach für Köln."
    assert document.warnings == ("2 bytes are not UTF-8 as the rest is, and read as Windows-1252",)
    (document,) = read(tmp_path / "b.txt", "Merkel sprach über Öl für Köln.".encode()[:-1] + b"\xc3")
    assert document.text.startswith("Merkel sprach über Öl für Köln")


def test_names_in_archives_lead_nowhere(tmp_path: Path) -> None:
    found = read(
        tmp_path / "a.tar.gz",
        tarred({"../../etc/passwd": b"Merkel traf Macron.", "/abs\n.txt": b"Putin reiste nach China."}),
    )
    assert [d.id for d in found] == ["passwd", "abs\\n"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tar.gz"]


def test_halves_of_characters_and_controls_do_not_get_into_texts(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path / "a.jsonl", '{"text": "Merkel\\u0000 traf \\ud800 Macron.", "title": "A\\u0007\\udfff"}\n'
    )
    assert document.text.encode() and document.title and document.title.encode()
    assert "\0" not in document.text and "\a" not in document.title


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    assert failures(tmp_path / "a.html", "<html><body>" + "<div>" * 100_000 + "x")
    assert failures(tmp_path / "a.json", '{"a":' * 100_000 + "1" + "}" * 100_000)
    assert failures(
        tmp_path / "a.rss", '<?xml version="1.0"?><rss>' + "<a>" * 5_000 + "</a>" * 5_000 + "</rss>"
    )


def test_a_document_over_the_limit_is_refused_in_every_format(tmp_path: Path) -> None:
    reading = Settings(limits=Limits(characters=500))
    for suffix, make in FORMATS.items():
        assert any(
            "an article has" in f or "the most that" in f
            for f in failures(tmp_path / f"a.{suffix}", make(TEXT), reading)
        ), suffix


def test_a_zip_that_lies_about_lengths_gives_documents_or_failures(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"Merkel traf Macron. " * 50}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (5).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(bytes(content))
    assert all(isinstance(f, Document | DocumentError) for f in read_documents(tmp_path / "a.zip"))


SAMPLES = [make("Merkel traf am 3. Mai in Wien Macron.\n\nSie sprachen über Öl.") for make in FORMATS.values()] + [
    NEXIS.encode(), FACTIVA.encode(), TAGGED.encode(), GENIOS.encode(), PAGE.encode(), as_rss("<b>x"), b"<?xml?><feed>", b"\xff\xfe\x00", b"PK\x05\x06" + bytes(18),
]  # fmt: skip


@given(data=st.data())
@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_bytes_give_documents_or_failures(data: st.DataObject, tmp_path: Path) -> None:
    """Each reader is given its format with some bytes changed, cut out, or put in."""
    content = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.sampled_from([0, 0, 1, 4, 40]))
        content[at : at + cut] = data.draw(st.binary(max_size=8))
    path = tmp_path / data.draw(st.sampled_from(["a", "a.txt", "a.html", "a.csv", "a.json", "a.xml", "a.md"]))
    path.write_bytes(bytes(content))
    for found in read_documents(path):
        assert isinstance(found, Document | DocumentError)
        if isinstance(found, Document):
            assert found.text.strip() and found.id
            found.text.encode()
        else:
            assert str(found).startswith(str(path))


@given(content=st.binary(max_size=400))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_zip_of_bytes_gives_documents_or_failures(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml" if content[:1] < b"\x40" else "a", content)
    path.write_bytes(out.getvalue())
    assert all(isinstance(f, Document | DocumentError) for f in read_documents(path))


# --- languages -----------------------------------------------------------------------------------------

ENGLISH = "The president met the chancellor in Paris on Tuesday, and they spoke about sanctions and the war in Ukraine."
GERMAN = "Die Kanzlerin traf am Dienstag in Paris den Präsidenten, und sie sprachen über Sanktionen und den Krieg in der Ukraine."


def test_a_text_in_another_language_is_told_by_its_words(tmp_path: Path) -> None:
    (document,) = read(tmp_path / "a.txt", f"{ENGLISH}\n\n{ENGLISH}")
    assert document.language == "en"
    (document,) = read(tmp_path / "b.jsonl", json.dumps({"text": GERMAN, "lang": "en"}) + "\n")
    assert document.language == "de" and "the text is in 'de'" in document.warnings[0]


def test_of_a_mixed_text_the_german_parts_are_read(tmp_path: Path, understanding: Understanding) -> None:
    (document,) = read(tmp_path / "a.txt", f"{GERMAN}\n\n{ENGLISH}")
    assert (document.language, document.warnings) == ("de", ("paragraphs in en are not read",))
    events = understanding.read(document).events
    assert events and all(span.end <= len(GERMAN) for e in events for span in e.evidence)


def test_files_of_any_name_are_read(tmp_path: Path) -> None:
    names = [
        b"\xff\xfe bad.txt",
        b"new\nline.txt",
        b"x" * 250,
        b"-o.txt",
        b" .txt",
        "ä".encode() * 120 + b".txt",
        b"a;b&c<d>.txt",
    ]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text("Merkel traf Macron.")
    found = [d for p in find_sources([str(tmp_path)]).paths for d in read_documents(p, named=False)]
    assert len(found) == len(names)
    for document in found:
        assert isinstance(document, Document)
        document.id.encode()
        assert document.id.isprintable()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "<!--a-->" * 5_000 + "<x>"),
        ("a.txt", "<?a?>" * 5_000 + "<x"),
        ("a.txt", "X-A: b\n" * 8_000),
        ("a.txt", "1" * 60_000 + " of"),
        ("a.txt", "a\n" * 200_000),
        ("a.md", "** " * 50_000),
        ("a.md", "[![" * 50_000),
        ("a.md", "<!--" * 50_000),
        ("a.md", "---\n" + "a:\n" * 20_000),
        ("a.html", "<html><body><p>Von " + "A" * 20_000 + "!</p><p>" + GERMAN + "</p></body></html>"),
        ("a.html", "<html><body>" + "<p class='share'>x</p>" * 5_000 + "</body></html>"),
        ("a.csv", '"' * 100_001 + ",text\n"),
        ("a.jsonl", '{"text": "' + "\\u0041" * 100_000 + '"}\n{}'),
        ("a.rtf", "{\\rtf1 " + "{" * 50_000),
    ],
)  # fmt: skip
def test_what_is_made_to_take_forever_does_not(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    assert list(read_documents(tmp_path / name))
