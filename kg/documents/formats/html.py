"""Web pages: the article's text by trafilatura, corrected by what a page says of itself; fragments of HTML in other formats.

Source: trafilatura (Barbaresi 2021), https://trafilatura.readthedocs.io.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

from kg.documents.article import Article, Found, Piece, Settings
from kg.documents.clean import clean_text, headed
from kg.documents.encoding import BOMS, decode
from kg.documents.formats.page_metadata import read_metadata
from kg.documents.vocabulary import vocabulary
from kg.errors import DocumentError

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?([\w.:-]+)""", re.I)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_UNREAD = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "button",
        "textarea",
        "form",
        "nav",
        "head",
        "title",
        "figcaption",
        "audio",
        "video",
        "canvas",
    ]
)
_DEEPEST = 400
_LINKS = 0.9
_WORDS = re.compile(r"\w+")


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """One article: headline, lead, text.

    Raises:
        DocumentError: there is no text in the page, or it is too large.
    """
    source = page_source(piece, settings.limits.page)
    root = parse_page(source)
    known, lead, warnings, is_headline = read_metadata(root)
    paragraphs = _without_noise(_paragraphs(root, known.title or ""), known.title or "")
    text = headed(known.title if is_headline else None, [*_lead(lead, paragraphs, root), *paragraphs])
    if not paragraphs and not lead:
        raise DocumentError("an HTML page without an article's text")
    if len(text) > settings.limits.characters:
        raise DocumentError(
            f"{len(text):,} characters; an article has at most {settings.limits.characters:,}"
        )
    yield Article(text, known, warnings=warnings)


def page_source(piece: Piece, most: int) -> str:
    """A page's text in the encoding that server, page or bytes name."""
    content = piece.content(most)
    declared = None
    if not content.startswith(tuple(BOMS)):
        named = re.search(r"charset=[\"']?([\w.:-]+)", piece.media_type)
        inside = _CHARSET.search(content[:4096])
        declared = named[1] if named else inside[1].decode("ascii") if inside else None
    content = content.replace(b"\0", b"")
    if declared:
        try:
            return content.decode(
                {"iso-8859-1": "cp1252", "latin-1": "cp1252"}.get(declared.lower(), declared)
            )
        except (LookupError, UnicodeDecodeError):
            pass  # pages lie
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return decode(content, "")
        except DocumentError:
            return content.decode("utf-8", "replace")


def parse_page(source: str) -> Any:
    """The tree of a page, of any page.

    Raises:
        DocumentError: it is empty, or nested too deeply.
    """
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


def blocks_of(root: Any) -> list[str]:
    """The texts of blocks below an element, in order."""
    blocks: list[str] = [""]
    # By hand rather than recursively, as pages nest as deeply as they like.
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        element, ended = stack.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if ended:
            if name in _BLOCKS:
                blocks.append("")
            if element is not root:
                blocks[-1] += _spaced(element.tail)
            continue
        stack.append((element, True))
        if name == "br":
            blocks[-1] += "\n"
        elif name and name not in _UNREAD:
            if name in _BLOCKS:
                blocks.append("")
            blocks[-1] += _spaced(element.text)
            stack.extend((child, False) for child in reversed(element))
    return blocks


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _paragraphs(root: Any, title: str) -> list[str]:
    from copy import deepcopy

    from trafilatura import bare_extraction

    tree = deepcopy(root)
    _prune(tree, title)
    found = None
    with suppress(Exception):  # whatever it stumbles over, the page's blocks are still there
        found = bare_extraction(
            deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False
        )
    body = getattr(found, "body", None)
    paragraphs = _of_body(body) if body is not None else []
    if len(" ".join(paragraphs)) < 200:
        blocks = [" ".join(b.split()) for b in blocks_of(_article(tree))]
        others = [b for b in blocks if b]
        if len(" ".join(others)) > len(" ".join(paragraphs)):
            paragraphs = others
    return paragraphs


def _of_body(body: Any) -> list[str]:
    """The blocks of what trafilatura found (its elements are TEI's)."""
    found: list[str] = []
    for element in body:
        if element.tag in ("list", "table", "div", "quote") and len(element):
            parts = [
                " ".join("".join(e.itertext()).split()) for e in element.iter("item", "cell", "p", "head")
            ] or ["".join(element.itertext())]
            found.extend(" ".join(p.split()) for p in parts)
        else:
            text = "\n".join(_with_breaks(element)).strip()
            found.extend(" ".join(p.split()) for p in text.split("\n"))
        tail = " ".join((element.tail or "").split())
        if tail:
            found.append(tail)
    return [f for f in found if f]


def _with_breaks(element: Any) -> list[str]:
    for line in element.iter("lb"):
        line.tail = "\n" + (line.tail or "")
    return "".join(element.itertext()).split("\n")


def _article(tree: Any) -> Any:
    """The element that holds the article, as far as its name says so."""
    for path in ("//*[@itemprop='articleBody']", "//article", "//main", "//*[@role='main']", "//body"):
        found = tree.xpath(path)
        if found:
            return max(found, key=lambda e: len(e.text_content()))
    return tree


def _prune(tree: Any, title: str) -> None:
    """Take out what is no article: by the names that pages give it, and lists of links."""
    noise = _noise_names()
    wanted = _key(title)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body") or element.getparent() is None:
            continue
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''} {element.get('role') or ''}"
        named = (names.strip() and noise.search(names) and not _holds_most(element, tree)) or element.get(
            "aria-hidden"
        ) == "true"
        heading = element.tag == "h1" and _key(element.text_content()) in (wanted, "")
        if element.tag in ("aside", "figcaption", "nav", "footer") or named or heading or _is_links(element):
            _drop(element)


def _is_links(element: Any) -> bool:
    """Whether an item or paragraph is nothing but a link to something else, and no sentence."""
    if element.tag not in ("li", "p", "h2", "h3", "h4", "div"):
        return False
    links = list(element.iter("a"))
    if not links or len(links) > 4:
        return False
    text = "".join(element.itertext()).strip()
    linked = sum(len("".join(a.itertext()).strip()) for a in links)
    return (
        bool(text)
        and len(text) < 250
        and linked >= _LINKS * len(text)
        and (element.tag != "p" or not re.search(r"[.!]$", text))
    )


def _holds_most(element: Any, tree: Any) -> bool:
    """Whether most paragraphs of a page are in an element, whatever it is called."""
    every = sum(len("".join(p.itertext())) for p in tree.iter("p"))
    return every > 0 and sum(len("".join(p.itertext())) for p in element.iter("p")) > 0.5 * every


def _drop(element: Any) -> None:
    """Remove an element, keeping what stands behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _without_noise(paragraphs: list[str], title: str) -> list[str]:
    """Paragraphs that are none of a page's usual additions, each once; what stands behind a heading for other articles goes as well."""
    lines, ends = _noise_lines()
    wanted = _key(title)
    kept: dict[str, str] = {}
    size = sum(map(len, paragraphs))
    seen = 0
    for paragraph in paragraphs:
        seen += len(paragraph)
        if ends.search(paragraph) and seen > 0.6 * size:
            break
        key = _key(paragraph)
        if (
            key
            and key not in kept
            and not lines.search(paragraph)
            and not (key == wanted or (len(paragraph) < 200 and wanted and wanted in key))
        ):
            kept[key] = paragraph
    return list(kept.values())


def _lead(lead: str, paragraphs: list[str], root: Any) -> list[str]:
    """The lead, where the page shows it and the text has it not: as it stands in the page."""
    key = _key(lead)[:120]
    if len(key) < 30 or key[:60] in _key(" ".join(paragraphs)):
        return []
    best = ""
    for element in root.iter("p", "div", "h2", "h3", "span", "strong", "section", "header"):
        text = " ".join("".join(element.itertext()).split())
        if len(text) < 2 * len(lead) + 60 and key[:60] in _key(text) and (not best or len(text) < len(best)):
            best = text
    return [best] if best else []


def _key(text: str) -> str:
    return "".join(_WORDS.findall(text.replace("\xad", "").casefold()))


@lru_cache(maxsize=1)
def _noise_names() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in vocabulary()["pages"]["names"]), re.I)


@lru_cache(maxsize=1)
def _noise_lines() -> tuple[re.Pattern[str], re.Pattern[str]]:
    pages = vocabulary()["pages"]
    return re.compile("|".join(f"(?:{p})" for p in pages["lines"])), re.compile(
        "|".join(f"(?:{p})" for p in pages["ends"])
    )
