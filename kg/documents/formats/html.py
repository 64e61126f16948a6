"""Web pages: the article's text by trafilatura, corrected by what a page says of itself; fragments of HTML in other formats.

Source: trafilatura (Barbaresi 2021), https://trafilatura.readthedocs.io.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.documents.article import Article, Found, Piece, Settings
from kg.documents.clean import clean_text, headed
from kg.documents.encoding import BOMS, decode
from kg.documents.formats.blocks import blocks_of
from kg.documents.formats.page_metadata import read_metadata
from kg.documents.formats.page_text import article_paragraphs, lead_of
from kg.documents.limits import check_parts
from kg.errors import DocumentError

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I)
_DEEPEST = 400
_MOST_ELEMENTS = 1_000_000
"""Of an export of many articles in one page."""
_CALLED_LATIN = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
}
_MOST_BROKEN = 0.02
"""The share of a page's characters that may be broken."""


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """One article: headline, lead, text.

    Raises:
        DocumentError: there is no text in the page, or it is too large.
    """
    source = page_source(piece, settings.limits.page)
    check_parts(source, settings.limits.elements, "elements")
    root = parse_page(source)
    page = read_metadata(root)
    paragraphs = article_paragraphs(root, page.headlines)
    leads = lead_of(page.descriptions, paragraphs, root)
    if not paragraphs and not leads:
        raise DocumentError("an HTML page without an article's text")
    text = headed(page.known.title if page.headlines else None, [*leads, *paragraphs])
    if len(text) > settings.limits.characters:
        raise DocumentError(
            f"{len(text):,} characters; an article has at most {settings.limits.characters:,}"
        )
    yield Article(text, page.known, warnings=page.warnings)


def page_source(piece: Piece, most: int) -> str:
    """A page's text in the encoding that server, page or bytes name."""
    content = piece.content(most)
    for bom, encoding in BOMS.items():
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    named = re.search(r"charset=[\"']?([\w.:-]+)", piece.media_type)
    inside = _CHARSET.search(content[:4096])
    declared = named[1] if named else inside[1].decode("ascii") if inside else None
    content = content.replace(b"\0", b"")
    for encoding in (*((_CALLED_LATIN.get(declared.lower(), declared),) if declared else ()), "utf-8"):
        try:
            return content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass  # pages lie
    try:
        return decode(content, "")
    except DocumentError:
        source = content.decode("utf-8", "replace")
    if source.count("\ufffd") > _MOST_BROKEN * len(source):
        raise DocumentError("said to be HTML, but binary data, or in an encoding that is not known")
    return source


def parse_page(source: str) -> Any:
    """The tree of a page, of any page.

    Raises:
        DocumentError: it is empty, nested too deeply, or has too many elements.
    """
    check_parts(source, _MOST_ELEMENTS, "elements")
    from lxml import etree, html

    source = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", source)
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    try:
        root = (
            html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8", remove_pis=True))
            if not source.strip()
            else html.document_fromstring(
                source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", remove_pis=True)
            )
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DocumentError(f"not readable as HTML: {str(error)[:200]}") from None
    level = [root]
    for _ in range(_DEEPEST):
        level = [c for e in level for c in e]
        if not level:
            return root
    raise DocumentError("HTML nested too deeply")


def fragment_text(source: str) -> str:
    """The text of a fragment of HTML, a paragraph per block.

    >>> fragment_text("<p>Der <b>Gipfel</b> in Wien.</p><ul><li>Es&nbsp;kam &Ouml;l.</li></ul>")
    'Der Gipfel in Wien.\\n\\nEs kam Öl.'
    """
    return "\n\n".join(block_texts(source)) if source.strip() else ""


def block_texts(source: str) -> list[str]:
    """The texts of the innermost blocks of HTML, in order; ``<br>`` is a line end in them."""
    if not source.strip():
        return []
    try:
        root = parse_page(f"<div>{source}</div>" if "<body" not in source[:5000].lower() else source)
    except DocumentError as error:
        if "nested" in str(error):
            raise
        return []
    return [t for t in (clean_text(b) for b in blocks_of(root)) if t]
