"""Markdown: front matter as metadata, the text without its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.documents.article import Article, Found, Piece, Settings
from kg.documents.clean import headed
from kg.documents.fields import metadata_of
from kg.documents.formats.text import as_text

_FRONT = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*\n", re.S)
_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[^\n]*$", re.M | re.S)
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.M)
_UNDERLINED = re.compile(r"^(\S.*)\n(?:={3,}|-{3,})[ \t]*$", re.M)
_PICTURE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"\[([^\]\n]{1,200})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,200}\])")
_REFERENCE = re.compile(r"^\[[^\]\n]+\]:[ \t]+\S+.*$", re.M)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*])")
_LINE_START = re.compile(r"^[ \t]*(?:>[ \t]?|[-*+][ \t]+|\d+[.)][ \t]+(?=[A-ZÄÖÜ]))", re.M)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.M)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>|<!--.{0,1000}?-->", re.S)


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """One article; its title from the front matter, else from the first heading."""
    text = as_text(piece, 4 * settings.limits.characters)
    known, warnings = metadata_of({}, settings.mapping)
    if front := _FRONT.match(text):
        known, warnings = metadata_of(_front_matter(front[1]), settings.mapping)
        text = text[front.end() :]
    text = plain(text)
    if known.title is None and (heading := re.match(r"\s*# (.+)", _UNDERLINED.sub(r"# \1", text))):
        known = metadata_of({"title": heading[1]}, {})[0].over(known)
    text = _HEADING.sub(r"\n\1\n", _UNDERLINED.sub(r"\n\1\n", text))
    blocks = (" ".join(block.split("\n")) for block in re.split(r"\n[ \t]*\n", text))
    yield Article(headed(known.title, blocks), known, warnings=warnings)


def plain(text: str) -> str:
    """Markdown without marks, headings still marked.

    >>> plain("Der **Gipfel** in [Wien](https://wien.at) *begann*. ![Bild](x.png)").rstrip()
    'Der Gipfel in Wien begann.'
    """
    text = _RULE.sub("", _REFERENCE.sub("", _FENCE.sub("", text)))
    text = _LINK.sub(r"\1", _PICTURE.sub("", text))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return _LINE_START.sub("", _TAG.sub("", text))


def _front_matter(text: str) -> dict[str, object]:
    """``key: value`` lines, and lists of one level; the YAML that people write by hand."""
    values: dict[str, object] = {}
    key = ""
    for line in text.split("\n"):
        if item := re.match(r"\s*-\s+(.+)", line):
            held = values.get(key)
            values[key] = [*(held if isinstance(held, list) else []), _bare(item[1])]
        elif pair := re.match(r"([\w-]+):\s*(.*)", line):
            key = pair[1]
            inner = re.fullmatch(r"\[(.*)\]", pair[2].strip())
            values[key] = [_bare(v) for v in inner[1].split(",")] if inner else _bare(pair[2])
    return values


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
