"""Strings from anywhere ─▶ text that can be written: no controls, no halves of characters, one kind of line end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_PAIRS = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_LONGEST_VALUE = 2_000


def clean_text(text: str) -> str:
    r"""A text of blocks with a blank line between them.

    >>> clean_text("Eins\x00.\r\n\r\n\r\nZwei  und \ud83d\ude00\ud800.")
    'Eins.\n\nZwei und 😀\ufffd.'
    """
    text = (
        whole(text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
    text = _BLANKS.sub(
        " ", _CONTROLS.sub("", text.replace("\f", "\n\n").replace("\v", "\n").replace("\x85", "\n"))
    )
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def clean_value(text: str) -> str | None:
    r"""One line of metadata, or None if nothing is in it.

    >>> clean_value(" Treffen\nin\tWien "), clean_value(" \x00")
    ('Treffen in Wien', None)
    """
    return _CONTROLS.sub("", " ".join(whole(text).split()))[:_LONGEST_VALUE].strip() or None


def whole(text: str) -> str:
    """Text whose surrogates are paired up, or replaced where they stand alone."""
    if not _SURROGATES.search(text):
        return text
    text = _PAIRS.sub(lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _SURROGATES.sub("\ufffd", text)


def shown(name: object) -> str:
    r"""A name of a file as it can be printed and written, whatever bytes it has.

    >>> shown("a\n\udcff.txt")
    'a\\n\\udcff.txt'
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(name))


def headed(title: str | None, blocks: Iterable[str]) -> str:
    """A text that begins with its title, as a block of its own, once.

    >>> headed("Gipfel in Wien", ["Gipfel in Wien", "Es begann."])
    'Gipfel in Wien\\n\\nEs begann.'
    """
    text = clean_text("\n\n".join(blocks))
    if not title or _key(text.partition("\n")[0]) == _key(title):
        return text
    return f"{title}\n\n{text}"


def _key(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text[:1000]).casefold() if c.isalnum())
