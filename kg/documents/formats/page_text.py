"""A page's tree ─▶ the paragraphs of its article: trafilatura's, without what pages put among them."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from typing import Any

from kg.documents.formats.blocks import blocks_of
from kg.documents.vocabulary import vocabulary

_WORDS = re.compile(r"\w+")
_LINKED = 0.9
_LONGEST_TEASER = 250


def article_paragraphs(root: Any, headlines: tuple[str, ...]) -> list[str]:
    """The paragraphs of a page's article, without its headline."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(
        logging.CRITICAL
    )  # it warns of pages without text, which are named here
    titles = frozenset(map(key_of, headlines))
    tree = deepcopy(root)
    _prune(tree, titles)
    found = None
    with suppress(Exception):  # whatever it stumbles over, the page's blocks are still there
        found = bare_extraction(
            deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False
        )
    body = getattr(found, "body", None)
    paragraphs = _of_body(body) if body is not None else []
    if len(" ".join(paragraphs)) < 200:
        blocks = [text for b in blocks_of(_article(tree)) if (text := " ".join(b.split()))]
        paragraphs = max(blocks, paragraphs, key=lambda p: len(" ".join(p)))
    return _without_noise(paragraphs, titles)


def lead_of(descriptions: tuple[str, ...], paragraphs: list[str], root: Any) -> list[str]:
    """The lead, where the page shows one that it also gives as its description, and the text has it not: as it stands in the page."""
    every = key_of(" ".join(paragraphs))
    for description in descriptions:
        key = key_of(description)[:60]
        if len(key) < 30:
            continue
        if key in every:
            return []
        shown = (
            text
            for element in root.iter("p", "div", "h2", "h3", "span", "strong", "section", "header")
            if len(text := " ".join("".join(element.itertext()).split())) < len(description) + 100
            and key in key_of(text)
            and not _in_figure(element)
        )
        if best := min(shown, key=len, default=""):
            return [best]
    return []


def key_of(text: str) -> str:
    """A text by its letters alone.

    >>> key_of("Gipfel in „Wien“ ")
    'gipfelinwien'
    """
    return "".join(_WORDS.findall(text.replace("\xad", "").casefold()))


def _of_body(body: Any) -> list[str]:
    """The blocks of what trafilatura found (its elements are TEI's)."""
    found: list[str] = []
    for element in body:
        if element.tag in ("list", "table", "div", "quote") and len(element):
            inner = [e for e in element.iter("item", "cell", "p", "head") if not _holds_others(e)]
            found.extend(["".join(e.itertext()) for e in inner] or ["".join(element.itertext())])
        else:
            for line in element.iter("lb"):
                line.tail = "\n" + (line.tail or "")
            found.extend("".join(element.itertext()).split("\n"))
        found.append(element.tail or "")
    return [text for f in found if (text := " ".join(f.split()))]


def _holds_others(element: Any) -> bool:
    """Whether an element only lays out others, like the cell of a page that is a table."""
    inner = [e for e in element.iter("item", "cell", "p", "head") if e is not element]
    return sum(len("".join(e.itertext())) for e in inner) > 0.9 * len("".join(element.itertext()))


def _article(tree: Any) -> Any:
    """The element that holds the article, as far as its name says so."""
    for path in ("//*[@itemprop='articleBody']", "//article", "//main", "//*[@role='main']", "//body"):
        found = tree.xpath(path)
        if found:
            return max(found, key=lambda e: len(e.text_content()))
    return tree


# --- elements that are no article ------------------------------------------------------------


def _prune(tree: Any, titles: frozenset[str]) -> None:
    """Take out what is no article: by the names that pages give it, headlines, links to others."""
    every = _letters(tree)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body") or element.getparent() is None:
            continue
        if element.tag in ("ul", "ol") and _is_list_of_links(element):
            _drop_heading_before(element)
            _drop(element)
        elif _is_beside(element, every) or _is_headline(element, titles) or _is_links(element):
            _drop(element)


def _is_beside(element: Any, every: int) -> bool:
    if element.tag in ("aside", "figcaption", "nav", "footer") or element.get("aria-hidden") == "true":
        return True
    names = " ".join(element.get(a) or "" for a in ("class", "id", "data-component", "role")).strip()
    return bool(names) and bool(_noise_names().search(names)) and not _letters(element) > 0.5 * every


def _is_headline(element: Any, titles: frozenset[str]) -> bool:
    return element.tag in ("h1", "h2") and key_of(element.text_content()) in titles | {""}


def _is_links(element: Any) -> bool:
    """Whether an item or heading is nothing but a link to something else, and no sentence."""
    if element.tag not in ("li", "p", "h2", "h3", "h4", "div", "td"):
        return False
    links = list(element.iter("a"))
    if not links or len(links) > 4:
        return False
    text = "".join(element.itertext()).strip()
    linked = sum(len("".join(a.itertext()).strip()) for a in links)
    short = bool(text) and len(text) < _LONGEST_TEASER and linked >= _LINKED * len(text)
    return short and (element.tag != "p" or not re.search(r"[.!]$", text))


def _is_list_of_links(element: Any) -> bool:
    """Whether all items end with a link, behind a word or two (*Warnung: DRK schlägt Alarm*): other articles."""
    items = [i for i in element if i.tag == "li"]
    return len(items) > 1 and all(_ends_with_link(item) for item in items)


def _ends_with_link(item: Any) -> bool:
    links = ["".join(a.itertext()) for a in item.iter("a")]
    text, link = key_of("".join(item.itertext())), key_of("".join(links))
    return (
        0 < len(links) < 3
        and len(text) < _LONGEST_TEASER
        and len(link) > 0.4 * len(text)
        and text.endswith(link)
    )


def _letters(element: Any) -> int:
    """How much text the paragraphs in an element have; an element with most of a page's is no addition, whatever it is called."""
    return sum(len("".join(p.itertext())) for p in element.iter("p"))


def _in_figure(element: Any) -> bool:
    beside = ("figure", "figcaption", "picture", "aside", "script")
    return any(a.tag in beside for a in (element, *element.iterancestors()))


def _drop_heading_before(element: Any) -> None:
    before = element.getprevious()
    if before is not None and before.tag in ("h2", "h3", "h4", "h5") and not (before.tail or "").strip():
        _drop(before)


def _drop(element: Any) -> None:
    """Remove an element, keeping what stands behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


# --- paragraphs that are none ----------------------------------------------------------------


def _without_noise(paragraphs: list[str], titles: frozenset[str]) -> list[str]:
    """Paragraphs that are none of a page's usual additions, each once; none behind a heading for other articles."""
    lines, ends = _noise_lines()
    kept: dict[str, str] = {}
    size, seen = sum(map(len, paragraphs)), 0
    for paragraph in paragraphs:
        seen += len(paragraph)
        if ends.search(paragraph) and seen > 0.6 * size:
            break
        key = key_of(paragraph)
        headline = key in titles or (len(paragraph) < 200 and any(t in key for t in titles if len(t) > 20))
        if key and key not in kept and not headline and not lines.search(paragraph):
            kept[key] = paragraph
    return list(kept.values())


@lru_cache(maxsize=1)
def _noise_names() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in vocabulary()["pages"]["names"]), re.I)


@lru_cache(maxsize=1)
def _noise_lines() -> tuple[re.Pattern[str], re.Pattern[str]]:
    pages = vocabulary()["pages"]
    lines, ends = ("|".join(f"(?:{p})" for p in pages[name]) for name in ("lines", "ends"))
    return re.compile(lines), re.compile(ends)
