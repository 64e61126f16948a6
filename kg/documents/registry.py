"""The formats that are read, and the one that bytes are in: told by their content, a name only where content is silent."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import cast

from kg.documents.article import Found, Piece, Read, Settings
from kg.documents.encoding import BOMS
from kg.errors import DocumentError

_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Format:
    """A format and its reader: ``kg.documents.formats.MODULE`` has ``read(piece, settings)``."""

    name: str
    media_type: str
    module: str
    needs: str = ""
    """A library beyond the core's …"""
    extra: str = ""
    """… and the extra that brings it."""


TEXT = Format("text", "text/plain", "text")
FORMATS = {
    f.name: f
    for f in (
        TEXT,
        Format("Markdown", "text/markdown", "markdown"),
        Format("HTML", "text/html", "html"),
        Format("JSON", "application/json", "json_records"),
        Format("JSON Lines", "application/jsonl", "json_records"),
        Format("CSV", "text/csv", "tables"),
        Format("TSV", "text/tab-separated-values", "tables"),
        Format("feed", "application/rss+xml", "feeds"),
        Format("sitemap", "application/xml", "feeds"),
        Format("zip", "application/zip", "archives"),
        Format("tar", "application/x-tar", "archives"),
        Format("gzip", "application/gzip", "packed"),
        Format("bzip2", "application/x-bzip2", "packed"),
        Format("xz", "application/x-xz", "packed"),
        Format("zstd", "application/zstd", "packed", "zstandard", "zstd"),
        Format("mail", "message/rfc822", "mail"),
        Format("mbox", "application/mbox", "mail"),
        Format("Nexis text", "text/plain", "nexis"),
        Format("Nexis HTML", "text/html", "nexis"),
        Format("Factiva HTML", "text/html", "factiva"),
        Format("Factiva text", "text/plain", "factiva_text"),
        Format("Genios text", "text/plain", "genios"),
        Format("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "office"),
        Format("ODT", "application/vnd.oasis.opendocument.text", "office"),
        Format("RTF", "application/rtf", "rtf", "striprtf", "office"),
        Format("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "tables", "openpyxl", "parquet"),
        Format("Parquet", "application/vnd.apache.parquet", "tables", "pyarrow", "parquet"),
        Format("PDF", "application/pdf", "pdf", "pypdf", "pdf"),
        Format("WARC", "application/warc", "warc", "warcio", "warc"),
    )
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"{\\rtf", "RTF"), (b"WARC/", "WARC"), (b"PAR1", "Parquet"),
)  # fmt: skip
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Outlook file; save it as DOCX, XLSX or EML"),
    (b"\x89PNG", "a picture (PNG)"), (b"\xff\xd8\xff", "a picture (JPEG)"), (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"), (b"MM\x00*", "a picture (TIFF)"), (b"RIFF", "a picture, sound or film (RIFF)"),
    (b"OggS", "sound or film (Ogg)"), (b"ID3", "sound (MP3)"), (b"fLaC", "sound (FLAC)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"), (b"Rar!", "a RAR archive; unpack it first"),
    (b"SQLite format 3\x00", "a SQLite database"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"%!PS", "PostScript; print it to PDF"), (b"AT&TFORM", "DjVu"), (b"wOF", "a font"),
)  # fmt: skip
_TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".asc", ".utf8", ".article"})
_HTML = re.compile(
    rb"\s*+(?:(?><!--.*?-->)\s*+|<\?xml[^>]*+>\s*+)*+<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1)[\s>]",
    re.I | re.S,
)
_ROOT = re.compile(
    rb"\s*+(?:(?><\?.*?\?>)\s*+|(?><!--.*?-->)\s*+|<!DOCTYPE(?:[^\[>]|(?>\[.*?\]))*+>\s*+)*+<(?:[\w.-]++:)?([\w.-]++)",
    re.S,
)
_HEADERS = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[ \t][^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)*?(?:MIME-Version|Message-ID|Received|Return-Path|Content-Type):[ \t]",
    re.I,
)
_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(?:[\w-]+:.*\r?\n|[ \t]+.*\r?\n|- .*\r?\n)+---[ \t]*\r?\n")
_FEEDS = {
    b"rss": "feed",
    b"feed": "feed",
    b"rdf": "feed",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
    b"html": "HTML",
}


def recognise(piece: Piece) -> Format:
    """The format of a piece.

    Raises:
        DocumentError: none that is read; the message says what it is, where that can be told.
    """
    head = piece.head(_HEAD)
    if not head:
        raise DocumentError("empty: the file holds no text")
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return FORMATS[name]
    if b"%PDF-" in head[:1024]:
        return FORMATS["PDF"]
    if head.startswith(b"PK"):
        return FORMATS[_in_zip(piece)]
    if head[257:262] == b"ustar":
        return FORMATS["tar"]
    for magic, what in _REFUSED:
        if head.startswith(magic):
            raise DocumentError(f"{what}, no text")
    return _of_text(_plain(head), PurePosixPath(piece.name).suffix.lower(), piece)


def read_piece(piece: Piece, form: Format, settings: Settings) -> Iterator[Found]:
    """What a format's reader finds.

    Raises:
        DocumentError: the whole piece is unusable, or a library is missing.
    """
    if form.needs and find_spec(form.needs) is None:
        raise DocumentError(
            f"{form.name}: reading it needs {form.needs}: pip install 'kg-diplomacy[{form.extra}]'"
        )
    read = cast(Read, import_module(f"kg.documents.formats.{form.module}").read)
    return read(piece, settings)


def _plain(head: bytes) -> bytes:
    """The beginning of a text in an encoding that has ASCII in it."""
    for bom, encoding in BOMS.items():
        if head.startswith(bom):
            return head.decode(encoding, "replace").encode("utf-8", "replace")
    return head


def _of_text(head: bytes, suffix: str, piece: Piece) -> Format:
    from kg.documents.formats.nexis import begins_like_nexis

    media_type = piece.media_type.partition(";")[0].strip().lower()
    if begins_like_nexis(head):
        return FORMATS["Nexis HTML" if b"<" in head.lstrip()[:1] else "Nexis text"]
    if _HTML.match(head) or media_type in ("text/html", "application/xhtml+xml"):
        return FORMATS[
            "Factiva HTML"
            if b"<title>Factiva" in head or b'class="article deArticle' in head or b"enHeadline" in head
            else "HTML"
        ]
    if head.lstrip()[:1] == b"<" and (root := _ROOT.match(head)):
        name = root[1].lower()
        if name in _FEEDS:
            return FORMATS[_FEEDS[name]]
        if head.lstrip().startswith(b"<?xml"):
            raise DocumentError(f"XML of a kind that is not read: <{root[1].decode('ascii', 'replace')}>")
    if head.startswith(b"From ") and _HEADERS.match(head.partition(b"\n")[2]):
        return FORMATS["mbox"]
    if _HEADERS.match(head):
        return FORMATS["mail"]
    if _is_json(head, suffix):
        return FORMATS["JSON Lines" if _is_json_lines(head) else "JSON"]
    if suffix in (".csv", ".tsv", ".tab"):
        return FORMATS["CSV" if suffix == ".csv" else "TSV"]
    if suffix in (".md", ".markdown") or _FRONT_MATTER.match(head):
        return FORMATS["Markdown"]
    if suffix in (".html", ".htm", ".xhtml") and b"<" in head:
        return FORMATS["HTML"]
    from kg.documents.formats.factiva_text import begins_like_factiva
    from kg.documents.formats.genios import begins_like_genios
    from kg.documents.formats.tables import begins_like_articles

    text = _plain_text(head)
    if begins_like_factiva(text):
        return FORMATS["Factiva text"]
    if begins_like_genios(text):
        return FORMATS["Genios text"]
    if delimiter := begins_like_articles(head):
        return FORMATS["TSV" if delimiter == "\t" else "CSV"]
    return TEXT


def _plain_text(head: bytes) -> str:
    """The beginning of a text with ``\n`` for line ends, in UTF-8 or what old programs write."""
    try:
        text = getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        text = head.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_text_name(name: str) -> bool:
    """Whether a text file of this name is an article, as far as a name can tell; *setup.py* is none.

    >>> is_text_name("a.txt"), is_text_name("artikel"), is_text_name("setup.py"), is_text_name("Nr. 5")
    (True, True, False, True)
    """
    suffix = PurePosixPath(name).suffix.lower()
    return suffix in _TEXT_SUFFIXES or not re.fullmatch(r"\.[a-z][a-z0-9]{0,9}", suffix)


def _is_json(head: bytes, suffix: str) -> bool:
    start = head.lstrip()
    if suffix in (".json", ".jsonl", ".ndjson"):
        return start[:1] in (b"{", b"[", b'"')
    return bool(re.match(rb'\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*\{\s*"(?:[^"\\]|\\.)*"\s*:', start))


def _is_json_lines(head: bytes) -> bool:
    """Whether the first line is an object of its own and something follows."""
    import json

    first, _, rest = head.lstrip().partition(b"\n")
    if not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _in_zip(piece: Piece) -> str:
    """What a zip file is: a document of an office program, or an archive."""
    import zipfile

    try:
        with piece.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:2000])
            mime = (
                archive.read("mimetype")[:100]
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 100
                else b""
            )
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        KeyError,
    ) as error:
        raise DocumentError(f"a damaged zip file: {error}") from None
    except Exception as error:  # zlib's own, and what a forged directory makes of the library
        raise DocumentError(f"a damaged zip file: {type(error).__name__}") from None
    if "word/document.xml" in names:
        return "DOCX"
    if "xl/workbook.xml" in names:
        return "XLSX"
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        return "ODT"
    for name, what in (
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("META-INF/container.xml", "an EPUB book"),
        ("META-INF/MANIFEST.MF", "a Java archive"),
    ):
        if name in names:
            raise DocumentError(f"{what}, which is not read")
    if mime.startswith(b"application/vnd.oasis"):
        raise DocumentError(f"{mime.decode('ascii', 'replace')}, which is not read")
    return "zip"
