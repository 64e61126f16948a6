"""RTF: one article, or Factiva's export of many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.documents.article import Article, Found, Metadata, Piece, Settings
from kg.documents.clean import clean_text, clean_value, headed
from kg.documents.formats.factiva_text import exported_articles
from kg.errors import DocumentError

_TITLE = re.compile(rb"\{\\title ([^{}\\]{1,500})\}")


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """Its text, a paragraph per ``\\par``."""
    from striprtf.striprtf import rtf_to_text

    content = piece.content(settings.limits.page)
    try:
        text = rtf_to_text(content.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:  # the library's many
        raise DocumentError(f"a damaged RTF file: {type(error).__name__}") from None
    if exported := exported_articles(str(text)):
        yield from exported
        return
    title = _TITLE.search(content)
    known = Metadata(title=clean_value(title[1].decode("latin-1")) if title else None)
    blocks = clean_text(str(text)).split("\n")
    yield Article(headed(known.title, (b for b in blocks if b)), known)
