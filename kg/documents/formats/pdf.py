"""PDF: one article, its lines made into paragraphs again, what stands on every page left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from kg.documents.article import Article, Found, Metadata, Piece, Settings
from kg.documents.clean import clean_text, clean_value
from kg.documents.dates import read_date
from kg.errors import DocumentError

_MOST_PAGES = 5_000
_END = re.compile(r"[.!?:…][\"”“«»')]*$")


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """Its text, with where each page begins."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    content = piece.content(settings.limits.file)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("a PDF that is locked with a password")
        pages: list[list[tuple[float, str]]] = []
        size = 0
        for page in list(reader.pages)[:_MOST_PAGES]:
            pages.append(_lines(page))
            size += sum(len(t) for _, t in pages[-1])
            if size > settings.limits.characters:
                raise DocumentError(
                    f"more than {settings.limits.characters:,} characters, the most that an article has"
                )
        known = _metadata(reader.metadata)
    except DocumentError:
        raise
    except RecursionError:
        raise DocumentError("a PDF nested too deeply") from None
    except Exception as error:  # the library's many
        raise DocumentError(f"a damaged PDF: {type(error).__name__}") from None
    text, begins = _joined(_without_margins(pages))
    if not text:
        raise DocumentError(
            f"a PDF of {len(pages)} pages without text (pictures of pages?); run a text recognition first"
        )
    yield Article(text, known, pages=tuple(begins))


def _metadata(given: Any) -> Metadata:
    title = clean_value(str(given.get("/Title") or "")) if given else None
    author = clean_value(str(given.get("/Author") or "")) if given else None
    named = (
        title
        if title and not re.search(r"\.\w{2,5}$|^untitled|^unbenannt|^Microsoft Word", title, re.I)
        else None
    )
    when = re.match(r"D:(\d{8})", str(given.get("/ModDate") or "")) if given else None
    return Metadata(
        title=named,
        authors=(author,) if author and " " in author else (),
        modified=read_date(when[1]) if when else None,
    )


def _lines(page: Any) -> list[tuple[float, str]]:
    """The lines of a page with their heights, in the order in which the page has them."""
    lines: list[tuple[float, str]] = []
    spans: list[tuple[float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        spans.append((tm[5] * (cm[3] if cm else 1) + (cm[5] if cm else 0), text))

    page.extract_text(visitor_text=visit)
    height, line = 0.0, ""
    for y, text in spans:
        parts = text.split("\n")
        for i, part in enumerate(parts):
            if i and line.strip():
                lines.append((height, " ".join(line.split())))
            if i:
                line = ""
            if part.strip() and not line.strip():
                height = y
            line += part
    if line.strip():
        lines.append((height, " ".join(line.split())))
    return lines


def _without_margins(pages: list[list[tuple[float, str]]]) -> list[list[tuple[float, str]]]:
    """Pages without headers, footers and numbers: what stands first or last on most of three and more pages, digits aside."""

    def key(text: str) -> str:
        return re.sub(r"\d+", "0", text)

    edges = Counter(k for page in pages for k in {key(t) for _, t in (*page[:2], *page[-2:])})
    repeated = {k for k, n in edges.items() if len(pages) > 2 and n > len(pages) / 2} | {"0", "- 0 -", "0/0"}
    kept = []
    for page in pages:
        last = len(page)
        kept.append(
            [(y, t) for i, (y, t) in enumerate(page) if not ((i < 2 or i >= last - 2) and key(t) in repeated)]
        )
    return kept


def _joined(pages: list[list[tuple[float, str]]]) -> tuple[str, list[int]]:
    """Lines ─▶ paragraphs: a new one where the gap is wider than between most lines, or a short line ends a sentence."""
    gaps = [a[0] - b[0] for page in pages for a, b in pairwise(page) if a[0] > b[0]]
    usual = median(gaps) if gaps else 0.0
    widths = sorted(len(t) for page in pages for _, t in page)
    wide = widths[int(len(widths) * 0.8)] if widths else 0
    text, begins = "", []
    before: tuple[float, str] | None = None
    for page in pages:
        for n, (y, line) in enumerate(page):
            line = clean_text(line)
            if before is None:
                parted = False
            elif n:
                drop = before[0] - y
                parted = (
                    drop > 1.4 * usual
                    or drop < -usual
                    or (len(before[1]) < 0.7 * wide and bool(_END.search(before[1])))
                )
            else:
                parted = bool(_END.search(before[1])) and len(before[1]) < 0.9 * wide
            if parted:
                text += "\n\n" + line
            elif text.endswith("\xad") or (re.search(r"[a-zäöüß]-$", text) and line[:1].islower()):
                text = text[:-1] + line
            else:
                text += (" " if text else "") + line
            if n == 0:
                begins.append(len(text) - len(line))
            before = (y, line)
        if not page:
            begins.append(len(text))
    return text, begins
