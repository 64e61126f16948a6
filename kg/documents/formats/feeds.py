"""RSS, RDF and Atom feeds; news sitemaps: an article per entry, as far as the file holds its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from kg.documents.article import Found, Piece, Problem, Settings
from kg.documents.fields import article_of
from kg.documents.formats.xml import child, local, parse, text_of
from kg.errors import DocumentError


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The entries of a feed; of a news sitemap the headlines, as there are no texts in it."""
    root = parse(piece.content(settings.limits.file), settings.limits)
    kind = local(root).lower()
    if kind in ("urlset", "sitemapindex"):
        yield from _sitemap(root)
        return
    channel = child(root, "channel")
    about = channel if channel is not None else root
    publisher = text_of(child(about, "title"))
    language = text_of(child(about, "language")) or _lang(root)
    entries = [e for e in root.iter() if local(e) in ("item", "entry")]
    if not entries:
        raise DocumentError("a feed without entries")
    for number, entry in enumerate(entries[: settings.limits.members], 1):
        record = {
            "title": _plain(child(entry, "title")),
            "html": _markup(child(entry, "encoded", "content")),
            "lead": _markup(child(entry, "description", "summary")),
            "published": text_of(child(entry, "pubDate", "published", "date", "issued", "updated")),
            "modified": text_of(child(entry, "updated", "modified")),
            "url": _link(entry),
            "id": text_of(child(entry, "guid", "id")),
            "authors": [text_of(_name(e)) for e in entry if local(e) in ("creator", "author")],
            "publisher": text_of(_name(child(entry, "source"))) or publisher,
            "section": text_of(child(entry, "category")),
            "language": _lang(entry) or text_of(child(entry, "language")) or language,
        }
        position = f"entry {number}"
        if record["html"] or record["lead"]:
            yield article_of(record, Settings(limits=settings.limits), position)
        else:
            yield Problem(position, "an entry without text")


def _sitemap(root: Element) -> Iterator[Found]:
    """The headlines of a news sitemap, with their days and addresses; other sitemaps say only where articles are."""
    urls = [u for u in root if local(u) in ("url", "sitemap")]
    if not urls:
        raise DocumentError("a sitemap without addresses")
    told = [(n, u, news) for n, u in enumerate(urls, 1) if (news := child(u, "news")) is not None]
    if not told:
        raise DocumentError(
            f"a sitemap of {len(urls):,} addresses: it has no texts, and nothing is fetched; save the pages, and give those"
        )
    for number, url, news in told:
        medium = child(news, "publication")
        record = {
            "text": text_of(child(news, "title")),
            "title": text_of(child(news, "title")),
            "published": text_of(child(news, "publication_date")),
            "publisher": text_of(child(medium, "name")) if medium is not None else "",
            "language": text_of(child(medium, "language")) if medium is not None else "",
            "url": text_of(child(url, "loc")),
        }
        found = article_of(record, Settings(), f"entry {number}")
        if isinstance(found, Problem):
            yield Problem(found.position, "an entry without headline")
        else:
            yield replace(found, warnings=(*found.warnings, "a headline alone; the text is at its address"))


def _name(element: Element | None) -> Element | None:
    """Of an author with parts, the name."""
    if element is None or not len(element):
        return element
    return child(element, "name", "title")


def _plain(element: Element | None) -> str:
    from kg.documents.fields import from_markup

    text = _markup(element)
    return " ".join((from_markup(text) if "<" in text or "&" in text else text).split())


def _markup(element: Element | None) -> str:
    """An element's content as HTML: escaped in it, or as elements of its own (Atom's ``type="xhtml"``)."""
    if element is None:
        return ""
    if not len(element):
        return (element.text or "").strip()
    from xml.etree.ElementTree import tostring

    for inner in element.iter():
        inner.tag = local(inner)
    return tostring(element, "unicode", method="html")


def _link(entry: Element) -> str:
    for link in (e for e in entry if local(e) == "link"):
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return str(link.get("href"))
        if text_of(link):
            return text_of(link)
    return ""


def _lang(element: Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}lang", "")
