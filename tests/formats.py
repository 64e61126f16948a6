"""One text in every format that is read, made from nothing: for tests."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from email.message import EmailMessage
from html import escape
from textwrap import wrap

DAY = "2018-05-08"


def paragraphs(text: str) -> list[str]:
    return [p for p in text.split("\n\n") if p.strip()]


def as_html(text: str) -> bytes:
    body = "".join(f"<p>{escape(p.strip())}</p>\n" for p in paragraphs(text))
    return (
        '<!DOCTYPE html>\n<html lang="de-DE"><head><meta charset="utf-8"><title>Seite</title>'
        f'<meta property="article:published_time" content="{DAY}T10:00:00+02:00"></head><body>'
        '<nav><a href="/">Start</a> <a href="/p">Politik</a></nav><article>'
        f'{body}</article><footer><a href="/x">Putin reist nach China</a></footer></body></html>'
    ).encode()


def as_jsonl(text: str) -> bytes:
    return (
        json.dumps({"body": text, "date": DAY, "lang": "deu"}) + "\n"
    ).encode() + b'{"body": "Zweitens.", "id": 2}\n'


def as_json(text: str) -> bytes:
    return json.dumps(
        {"status": "ok", "articles": [{"content": text, "publishedAt": f"{DAY}T08:00:00Z"}]}
    ).encode()


def as_csv(text: str, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["id", "date", "event_text"], ["e1", DAY, text]])
    return out.getvalue().encode()


def as_rss(text: str) -> bytes:
    markup = escape("".join(f"<p>{escape(p)}</p>" for p in paragraphs(text)))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Blatt</title><language>de-AT</language><item><pubDate>Tue, 08 May 2018 10:00:00 +0200</pubDate>"
        f"<description>Kurz.</description><content:encoded>{markup}</content:encoded></item></channel></rss>"
    ).encode()


def as_eml(text: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Blatt <news@blatt.example>"
    message["Date"] = "Tue, 08 May 2018 10:00:00 +0200"
    message.set_content(text, cte="quoted-printable")
    return bytes(message)


def as_rtf(text: str) -> bytes:
    def coded(c: str) -> str:
        return (
            f"\\u{ord(c) if ord(c) < 32768 else ord(c) - 65536}?"
            if ord(c) > 126
            else f"\\{c}"
            if c in "\\{}"
            else c
        )

    body = "\\par\n".join("".join(map(coded, p.replace("\n", " "))) for p in paragraphs(text))
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {body}\\par}}".encode("ascii")


def as_docx(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(p)}</w:t></w:r></w:p>' for p in paragraphs(text)
    )
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'.encode(),
        }
    )


def as_odt(text: str) -> bytes:
    body = "".join(f"<t:p>{escape(p)}</t:p>" for p in paragraphs(text))
    content = f'<o:c xmlns:o="urn:o" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:text>{body}</o:text></o:c>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def as_pdf(text: str) -> bytes:
    """Lines of a page set by hand in a font that every reader has."""
    lines: list[str] = []
    for paragraph in paragraphs(text):
        lines += [*wrap(" ".join(paragraph.split()), 90), ""]
    pages = [lines[i : i + 50] for i in range(0, len(lines), 50)]
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for page in pages:
        stream = b"BT /F1 10 Tf 14 TL 50 800 Td\n"
        for line in page:
            shown = (
                line.encode("cp1252", "replace")
                .replace(b"\\", b"\\\\")
                .replace(b"(", b"\\(")
                .replace(b")", b"\\)")
            )
            stream += b"(" + shown + b") Tj T*\n" if line else b"T*\n"
        stream += b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % o for o in offsets)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(out))
    )


def as_warc(text: str) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    writer.write_record(
        writer.create_warc_record(
            "https://blatt.example/a", "response", payload=io.BytesIO(as_html(text)), http_headers=http
        )
    )
    return out.getvalue()


def as_xlsx(text: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Titel", "Datum", "Volltext"], [None, datetime(2018, 5, 8), text]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_parquet(text: str) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    out = io.BytesIO()
    table = pa.table({"date": pa.array([date(2018, 5, 8)], pa.date32()), "maintext": [text], "n": [1]})
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def as_zst(content: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(content)


def as_md(text: str) -> bytes:
    return f"---\ndate: {DAY}\nlang: de\n---\n\n{text}".encode()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "html": as_html, "md": as_md, "pdf": as_pdf, "docx": as_docx, "odt": as_odt, "rtf": as_rtf, "jsonl": as_jsonl, "json": as_json,
    "csv": as_csv, "tsv": lambda t: as_csv(t, "\t"), "eml": as_eml, "rss": as_rss, "warc.gz": as_warc,
    "zip": lambda t: zipped({"2018/a.html": as_html(t)}), "tar.gz": lambda t: tarred({"a.txt": t.encode()}),
    "txt.gz": lambda t: gzip.compress(t.encode()), "jsonl.gz": lambda t: gzip.compress(as_jsonl(t)),
    "xlsx": as_xlsx, "parquet": as_parquet, "txt.xz": lambda t: lzma.compress(t.encode()), "html.bz2": lambda t: bz2.compress(as_html(t)),
    "jsonl.zst": lambda t: as_zst(as_jsonl(t)), "tar.xz": lambda t: lzma.compress(gzip.decompress(tarred({"a.eml": as_eml(t)}))),
    "mbox": lambda t: b"From x Tue May  8 10:00:00 2018\n" + as_eml(t),
}  # fmt: skip
