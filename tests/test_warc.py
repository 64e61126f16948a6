"""A web archive of 500 pages of many makes: each read right, or named with its reason."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from warc_pages import MAKES, Page, write_warc

from kg.documents import read_documents
from kg.errors import DocumentError
from kg.model import Document


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Page], list[Document | DocumentError]]:
    path = tmp_path_factory.mktemp("warc") / "pages.warc.gz"
    return write_warc(path, 500), list(read_documents(path))


def _plain(text: str) -> str:
    return " ".join(text.translate(str.maketrans("–„“’…", '-""\'.')).replace("...", ".").split())


def test_each_page_has_its_paragraphs(archive: tuple[list[Page], list[Document | DocumentError]]) -> None:
    written, found = archive
    documents = {d.url or "": d for d in found if isinstance(d, Document)}
    wanted = {p.url: p.expected for p in written if p.expected and not isinstance(p.expected, str)}
    assert len(wanted) > 450 and documents.keys() == wanted.keys()
    wrong = [
        url for url, texts in wanted.items()
        if [_plain(t) for t in texts] != [_plain(t) for t in documents[url].text.split("\n\n")]
    ]  # fmt: skip
    assert not wrong


def test_each_other_page_is_named_with_its_reason(
    archive: tuple[list[Page], list[Document | DocumentError]],
) -> None:
    written, found = archive
    failures = [str(f) for f in found if isinstance(f, DocumentError)]
    told = {m[1]: m[2] for f in failures if (m := re.search(r"record \d+ \((\S+), urn:uuid:\S+\): (.*)", f))}
    assert told == {p.url: p.expected for p in written if isinstance(p.expected, str)}
    print(*sorted(f"{n} × {reason}" for reason, n in Counter(told.values()).items()), sep="\n")


def test_a_document_of_an_archive_knows_its_record(
    archive: tuple[list[Page], list[Document | DocumentError]],
) -> None:
    written, found = archive
    number = {p.url: 3 + 2 * n for n, p in enumerate(written)}
    for document in found:
        if isinstance(document, Document) and document.original:
            assert re.match(r"record (\d+) \((\S+), urn:uuid:", document.original.position)
            assert document.original.position.startswith(
                f"record {number[document.url or '']} ({document.url}"
            )


def test_a_record_that_was_cut_off_and_an_archive_that_ends_too_soon_are_told(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    page = MAKES["article"](
        "Gipfel in Wien", ["Merkel traf am Freitag in Wien Macron, und sie sprachen über die Ukraine."]
    )
    for cut in ({"WARC-Truncated": "length"}, {}):
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                "https://blatt.example/a",
                "response",
                payload=io.BytesIO(page.encode()),
                http_headers=http,
                warc_headers_dict=cut,
            )
        )
    (tmp_path / "a.warc").write_bytes(out.getvalue()[:-400])
    first, *others = read_documents(tmp_path / "a.warc")
    assert isinstance(first, Document) and "cut off when it was saved (length)" in first.warnings
    assert others and all(isinstance(o, Document | DocumentError) for o in others)
