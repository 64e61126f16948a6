"""A web archive of pages of many makes, as servers of twenty years sent them: for tests.

``python tests/warc_pages.py FILE --pages 500`` writes it.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import brotli
from formats import DAY, as_json, as_pdf, as_rss, paragraphs
from news import article

Make = Callable[[str, list[str]], str]
REST = '<nav><ul><li><a href="/">Start</a></li><li><a href="/p">Politik</a></li></ul></nav>'
FOOT = '<footer><p>© Blatt</p><a href="/x">Putin reist nach China</a></footer>'


def _paragraphs(texts: list[str], tag: str = "p") -> str:
    return "".join(f"<{tag}>{escape(t)}</{tag}>\n" for t in texts)


def article_element(title: str, texts: list[str]) -> str:
    linked = json.dumps(
        {"@type": "NewsArticle", "headline": title, "datePublished": DAY, "publisher": {"name": "Blatt"}}
    )
    return (
        f'<!DOCTYPE html><html lang="de"><head>META<title>{title} | Blatt</title><script type="application/ld+json">{linked}</script></head>'
        f"<body>{REST}<main><article><h1>{title}</h1>{_paragraphs(texts)}</article></main>{FOOT}</body></html>"
    )


def breaks(title: str, texts: list[str]) -> str:
    """No paragraphs, only line breaks in a ``div``."""
    return (
        f"<html><head>META<title>{title}</title></head><body><div id='menu'><a href='/'>Start</a></div><h1>{title}</h1>"
        f"<div id='text'>{'<br><br>'.join(map(escape, texts))}</div><div id='foot'>Impressum</div></body></html>"
    )


def table_layout(title: str, texts: list[str]) -> str:
    """As pages of 1999: capitals, tables, fonts, paragraphs that nobody closes."""
    return (
        f"<HTML><HEAD>META<TITLE>{title}</TITLE></HEAD><BODY BGCOLOR=WHITE><TABLE><TR><TD WIDTH=100><A HREF=/>Start</A><BR><A HREF=/p>Politik</A>"
        f"<TD><FONT SIZE=5><H1>{title}</H1></FONT>{''.join(f'<P>{escape(t)}' for t in texts)}</TABLE></BODY></HTML>"
    )


def xhtml(title: str, texts: list[str]) -> str:
    return (
        '<?xml version="1.0" encoding="CHARSET"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="de"><head>META<title>{title}</title></head><body><h1>{title}</h1><div id="content">'
        f"{_paragraphs(texts)}</div></body></html>"
    )


def wordpress(title: str, texts: list[str]) -> str:
    return (
        f'<!DOCTYPE html><html lang="de-DE"><head>META<title>{title} – Blatt</title><meta property="og:title" content="{title}"><meta property="og:site_name" content="Blatt">'
        f'<meta property="article:published_time" content="{DAY}T08:00:00+00:00"></head><body class="single-post"><header id="masthead">{REST}</header>'
        f'<div id="primary"><article class="post hentry"><header class="entry-header"><h1 class="entry-title">{title}</h1></header><div class="entry-content">{_paragraphs(texts)}'
        '<div class="sharedaddy share-buttons"><ul><li><a href="#">Teilen</a></li><li><a href="#">Drucken</a></li></ul></div></div></article>'
        '<div id="comments" class="comments-area"><h2>2 Kommentare</h2><p>Trump sollte Kim besuchen, finde ich.</p></div></div>'
        f"{FOOT}</body></html>"
    )


def accelerated(title: str, texts: list[str]) -> str:
    return (
        f'<!doctype html><html amp lang="de"><head>META<title>{title}</title><script async src="https://cdn.ampproject.org/v0.js"></script></head><body>'
        f'<amp-sidebar id="s"><a href="/">Start</a></amp-sidebar><main><h1>{title}</h1><amp-img src="x.jpg" alt="Putin in Peking"></amp-img>{_paragraphs(texts)}</main></body></html>'
    )


def microdata(title: str, texts: list[str]) -> str:
    return (
        f'<!DOCTYPE html><html><head>META<title>{title}</title></head><body>{REST}<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{title}</h1>'
        f'<time itemprop="datePublished" datetime="{DAY}">8. Mai</time><div itemprop="articleBody">{_paragraphs(texts)}</div></div>{FOOT}</body></html>'
    )


def boxes(title: str, texts: list[str]) -> str:
    """Paragraphs are ``div``, with cookie banner, teasers and picture credit around."""
    return (
        f'<!DOCTYPE html><html lang="de"><head>META<title>{title}</title></head><body><div class="cookie-banner"><p>Wir verwenden Cookies und teilen Daten mit 800 Partnern.</p></div>'
        f'<main><section class="story"><h1>{title}</h1><figure><img src="a.jpg"><figcaption>Putin in Peking. Foto: dpa</figcaption></figure>'
        f"{''.join(f'<div class=paragraph><p>{escape(t)}</p></div>' for t in texts)}</section>"
        '<aside class="related"><ul><li><a href="/1">Scholz besucht Indien</a></li><li><a href="/2">USA verhängen Sanktionen</a></li></ul></aside></main></body></html>'
    )


MAKES: dict[str, Make] = {
    "article": article_element, "breaks": breaks, "table": table_layout, "xhtml": xhtml, "wordpress": wordpress,
    "amp": accelerated, "microdata": microdata, "boxes": boxes,
}  # fmt: skip
CHARSETS = (
    "utf-8",
    "utf-8 without a word",
    "iso-8859-1",
    "windows-1252 in the page",
    "utf-16",
    "a wrong word",
)
PACKINGS = ("", "gzip", "deflate", "chunked", "br")


@dataclass(frozen=True)
class Page:
    """A record of the archive, and what must come of it: paragraphs, a reason, or nothing."""

    url: str
    status: str
    headers: list[tuple[str, str]]
    payload: bytes
    expected: tuple[str, ...] | str


def pages(number: int) -> Iterator[Page]:
    """Pages of all makes, charsets and packings in turn; every tenth is what archives hold besides."""
    rng = random.Random(3)
    others = 0
    for n in range(number):
        texts = [" ".join(p.split()) for p in paragraphs(article(rng, 90))]
        title = f"Bericht Nummer {n} über die Straße nach Süden"
        url = f"https://blatt{n % 37}.example/{n}.html"
        if n % 10 == 9:
            yield _other(others, url, title, texts)
            others += 1
            continue
        make = list(MAKES)[n % len(MAKES)]
        charset, packing = CHARSETS[n % len(CHARSETS)], PACKINGS[(n // 3) % len(PACKINGS)]
        declared, payload = _encoded(MAKES[make](title, texts), charset)
        headers = [
            ("Content-Type", f"text/html{declared}"),
            *([("Content-Encoding", packing)] if packing in ("gzip", "deflate", "br") else []),
        ]
        if packing == "chunked":
            headers.append(("Transfer-Encoding", "chunked"))
        yield Page(url, "200 OK", headers, _packed(payload, packing), (title, *texts))


def _encoded(page: str, charset: str) -> tuple[str, bytes]:
    inside, declared, name = "", "", charset.partition(" ")[0]
    if charset == "utf-8":
        declared = "; charset=utf-8"
    elif charset == "iso-8859-1":
        declared, page = "; charset=ISO-8859-1", page.translate(_PLAIN)
    elif charset.startswith("windows"):
        inside = '<meta http-equiv="content-type" content="text/html; charset=windows-1252">'
    elif charset == "a wrong word":
        declared, name = "; charset=us-ascii", "utf-8"
    return declared, page.replace("META", inside).replace("CHARSET", name).encode(name)


_PLAIN = str.maketrans({"–": "-", "„": '"', "“": '"', "”": '"', "’": "'", "…": "..."})


def _packed(payload: bytes, packing: str) -> bytes:
    if packing == "gzip":
        return gzip.compress(payload)
    if packing == "deflate":
        return zlib.compress(payload)
    if packing == "br":
        return bytes(brotli.compress(payload))
    if packing == "chunked":
        parts = [payload[i : i + 700] for i in range(0, len(payload), 700)]
        return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"
    return payload


def _other(n: int, url: str, title: str, texts: list[str]) -> Page:
    """What is no page with an article, or one in another format."""
    text, html = "\n\n".join(texts), ("Content-Type", "text/html; charset=utf-8")
    others: list[tuple[str, str, bytes, tuple[str, ...] | str]] = [
        ("200 OK", "text/plain; charset=utf-8", text.encode(), tuple(texts)),
        ("404 Not Found", html[1], b"<html><body><p>Nicht gefunden</p></body></html>", "the server answered 404"),
        ("301 Moved Permanently", html[1], b"", ()),
        ("200 OK", "image/jpeg", b"\xff\xd8\xff" + bytes(2_000), ()),
        ("200 OK", "application/pdf", as_pdf(text), tuple(texts)),
        ("200 OK", html[1], b'<!DOCTYPE html><html><head><title>App</title></head><body><div id="root"></div><script>render({"text": "x"})</script></body></html>',
         "an HTML page without an article's text"),
        ("200 OK", "application/json", as_json(text), tuple(texts)),
        ("200 OK", html[1], b"", "empty: the file holds no text"),
        ("200 OK", "application/rss+xml", as_rss(text), tuple(texts)),
        ("200 OK", html[1], b"<html><body>" + b"<div>" * 3_000 + b"x", "an HTML page without an article's text"),
        ("200 OK", html[1], bytes(range(256)) * 20, "said to be HTML, but binary data, or in an encoding that is not known"),
        ("503 Service Unavailable", html[1], b"", "the server answered 503"),
    ]  # fmt: skip
    if n % (len(others) + 1) == len(others):
        return Page(
            url,
            "200 OK",
            [html, ("Content-Encoding", "zstd")],
            b"\x28\xb5\x2f\xfd",
            "packed as 'zstd', which is not read",
        )
    status, kind, payload, expected = others[n % (len(others) + 1)]
    return Page(url, status, [("Content-Type", kind)], payload, expected)


def write_warc(path: Path, number: int) -> list[Page]:
    """Write the pages; return them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    written = list(pages(number))
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "tests"}))
        for page in written:
            request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "blatt.example")], is_http_request=True)
            writer.write_record(writer.create_warc_record(page.url, "request", http_headers=request))
            answer = StatusAndHeaders(page.status, page.headers, protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    page.url, "response", payload=io.BytesIO(page.payload), http_headers=answer
                )
            )
    return written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pages", type=int, default=500)
    args = parser.parse_args()
    write_warc(args.file, args.pages)
