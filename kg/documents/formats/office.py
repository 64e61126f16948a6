"""Documents of word processors: DOCX and ODT, read as the zipped XML they are."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kg.documents.article import Article, Found, Metadata, Piece, Settings
from kg.documents.clean import clean_value, headed
from kg.documents.dates import read_date
from kg.documents.formats.xml import child, local, parse, text_of
from kg.documents.limits import Limits
from kg.documents.vocabulary import language_of
from kg.errors import DocumentError

_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " "}
_SKIPPED = {
    "instrText",
    "delText",
    "fldSimple-instr",
    "annotation",
    "note",
    "tracked-changes",
    "del",
    "pict",
    "drawing",
    "footnoteReference",
    "AlternateContent",
}


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """One article, or the articles of an archive's export."""
    content = piece.content(settings.limits.file)
    with safe_zip(content, settings.limits) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            root = parse(_member(archive, "word/document.xml", settings.limits))
            properties = (
                _member(archive, "docProps/core.xml", settings.limits)
                if "docProps/core.xml" in names
                else b""
            )
            blocks = [
                (_style(p), text)
                for p in root.iter()
                if local(p) == "p" and not _nested(p) and (text := _text(p))
            ]
        else:
            root = parse(_member(archive, "content.xml", settings.limits))
            properties = _member(archive, "meta.xml", settings.limits) if "meta.xml" in names else b""
            blocks = [(_style(p), text) for p in root.iter() if local(p) in ("p", "h") and (text := _text(p))]
    from kg.documents.formats.factiva_text import exported_articles
    from kg.documents.formats.nexis import articles_of_blocks

    texts = [text for _, text in blocks]
    exported = list(articles_of_blocks(texts)) or exported_articles("\n\n".join(texts))
    if exported:
        yield from exported
        return
    known = _properties(properties)
    first = next(
        (
            text
            for style, text in blocks[:3]
            if style in ("title", "heading1", "heading-1", "heading_20_1", "titel", "berschrift1")
        ),
        None,
    )
    if first:
        known = Metadata(title=clean_value(first)).over(known)
    yield Article(headed(known.title, (text for _, text in blocks)), known)


def safe_zip(content: bytes, limits: Limits) -> zipfile.ZipFile:
    """A zip file whose members together are not larger than files may be.

    Raises:
        DocumentError: they are, or it is damaged.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except Exception as error:  # what a forged directory makes of the library
        raise DocumentError(f"a damaged office file: {type(error).__name__}") from None
    if sum(i.file_size for i in archive.infolist()) > max(
        10_000_000, min(limits.file * 5, limits.ratio * len(content))
    ):
        raise DocumentError("unpacks to more than is read")
    return archive


def _member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    try:
        with archive.open(name) as member:
            data = member.read(limits.file + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        KeyError,
    ) as error:
        raise DocumentError(f"a damaged office file: {name}: {error}") from None
    if len(data) > limits.file:
        raise DocumentError(f"{name} unpacks to more than {limits.file:,} bytes")
    return data


def _text(paragraph: Element) -> str:
    parts: list[str] = []
    _collect(paragraph, parts, 0)
    return "".join(parts).strip()


def _collect(element: Element, parts: list[str], depth: int) -> None:
    word = any(
        element.tag.startswith(p)
        for p in ("{http://schemas.openxmlformats.org/word", "{http://purl.oclc.org/ooxml/word")
    )
    if element.text and (not word or local(element) == "t"):
        parts.append(element.text)
    for inner in element:
        name = local(inner)
        if name in _BLANKS:
            parts.append(_BLANKS[name])
        elif name not in _SKIPPED:
            _collect(inner, parts, depth + 1)
        if inner.tail and not word:
            parts.append(inner.tail)


def _nested(paragraph: Element) -> bool:
    """Whether a paragraph only holds others (a text box)."""
    return any(local(e) == "p" for e in paragraph.iter() if e is not paragraph)


def _style(paragraph: Element) -> str:
    for name, value in paragraph.attrib.items():
        if name.endswith("style-name"):
            return value.lower()
    style = next((e for e in paragraph.iter() if local(e) == "pStyle"), None)
    return (
        next((v.lower() for k, v in style.attrib.items() if k.endswith("val")), "")
        if style is not None
        else ""
    )


def _properties(content: bytes) -> Metadata:
    if not content:
        return Metadata()
    try:
        root = parse(content)
    except DocumentError:
        return Metadata()
    inner = child(root, "meta")
    holder = inner if inner is not None else root
    creator = clean_value(text_of(child(holder, "creator")))
    language = text_of(child(holder, "language"))
    return Metadata(
        title=clean_value(text_of(child(holder, "title"))),
        modified=read_date(text_of(child(holder, "modified", "date"))),
        authors=(creator,) if creator else (),
        language=language_of(language) if language else None,
    )
