"""Web archives (WARC), also of many gigabytes: a page per response, with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from kg.documents.article import Found, Metadata, Piece, Problem, Settings
from kg.documents.clean import clean_value, shown
from kg.documents.fields import web_address
from kg.errors import DocumentError

_READ = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/pdf",
    "application/json",
    "application/rss",
    "application/atom",
    "text/xml",
    "application/xml",
)

_UNPACKED = ("", "identity", "gzip", "deflate", "br")


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The pages that servers answered with; pictures, styles and scripts are no articles and pass."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with piece.open() as stream:
        number = 0
        try:
            for record in ArchiveIterator(stream, no_record_parse=False, arc2warc=False):
                number += 1
                if record.rec_type not in ("response", "resource", "conversion"):
                    continue
                url = clean_value(record.rec_headers.get_header("WARC-Target-URI") or "") or ""
                identifier = clean_value(
                    (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>")
                ) or str(number)
                position = f"record {number} ({shown(url)[:300]}, {identifier})"
                yield from _record(piece, record, settings, position, url)
        except DocumentError:
            raise
        except (
            ArchiveLoadFailed,
            OSError,
            EOFError,
            ValueError,
            KeyError,
            AttributeError,
            IndexError,
            TypeError,
        ) as error:
            raise DocumentError(
                f"a damaged WARC file, after {number:,} records: {type(error).__name__}: {str(error)[:200]}"
            ) from None


def _record(piece: Piece, record: Any, settings: Settings, position: str, url: str) -> Iterator[Found]:
    http = getattr(record, "http_headers", None)
    headers = http if http is not None else record.rec_headers
    kind = str(headers.get_header("Content-Type") or "").strip().lower()
    packing = ""
    if http is not None:
        status = str(http.get_statuscode() or "")
        if status != "200":
            if status.startswith(("4", "5")):
                yield Problem(position, f"the server answered {status}")
            return
        packing = str(http.get_header("Content-Encoding") or "").strip().lower()
    if not kind.startswith(_READ):
        return
    if packing == "br" and find_spec("brotli") is None:
        yield Problem(position, "packed by Brotli: pip install 'kg-diplomacy[warc]'")
        return
    if packing not in _UNPACKED:
        yield Problem(position, f"packed as {shown(packing)[:40]!r}, which is not read")
        return
    most = settings.limits.page
    try:
        data = _content(record, packing, most)
    except Exception as error:  # what the library makes of lying lengths and packings
        yield Problem(position, f"cannot be unpacked: {type(error).__name__}")
        return
    if len(data) > most:
        yield Problem(position, f"more than {most:,} bytes, the most that is read of one page")
        return
    known = Metadata(url=web_address(url))
    inner = piece.within(url, data, position, known)
    cut = record.rec_headers.get_header("WARC-Truncated")
    charset = kind.partition("charset=")[2].split(";")[0].strip("\"' ") or None
    yield replace(
        inner,
        media_type=kind,
        encoding=charset if kind.startswith("text/plain") else None,
        warnings=(f"cut off when it was saved ({clean_value(cut)})",) if cut else (),
    )


def _content(record: Any, packing: str, most: int) -> bytes:
    """What a record holds, unpacked, and no more of it than one byte too many. Brotli is unpacked here, as warcio does not understand its newer versions."""
    if packing != "br":
        return bytes(record.content_stream().read(most + 1))
    import brotli
    from warcio.bufferedreaders import ChunkedDataReader

    chunked = (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked"
    stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    unpacking = brotli.Decompressor()
    data = unpacking.process(stream.read(most + 1), output_buffer_limit=most + 1)
    while len(data) <= most and not unpacking.is_finished():
        more = unpacking.process(b"", output_buffer_limit=most + 1)
        if not more:
            break
        data += more
    return bytes(data)
