"""Web archives (WARC), also of many gigabytes: a page per response, with its address."""

from __future__ import annotations

from collections.abc import Iterator

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


def _record(piece: Piece, record: object, settings: Settings, position: str, url: str) -> Iterator[Found]:
    http = getattr(record, "http_headers", None)
    headers = http if http is not None else record.rec_headers  # type: ignore[attr-defined]
    kind = str(headers.get_header("Content-Type") or "").strip().lower()
    if http is not None:
        status = str(http.get_statuscode() or "")
        if status != "200":
            if status.startswith(("4", "5")):
                yield Problem(position, f"the server answered {status}")
            return
    if not kind.startswith(_READ):
        return
    most = settings.limits.page
    try:
        data = record.content_stream().read(most + 1)  # type: ignore[attr-defined]
    except Exception as error:  # what the library makes of lying lengths and packings
        yield Problem(position, f"cannot be unpacked: {type(error).__name__}")
        return
    if len(data) > most:
        yield Problem(position, f"more than {most:,} bytes, the most that is read of one page")
        return
    known = Metadata(url=web_address(url))
    inner = piece.within(url, data, position, known)
    from dataclasses import replace

    charset = kind.partition("charset=")[2].split(";")[0].strip("\"' ") or None
    yield replace(inner, media_type=kind, encoding=charset if kind.startswith("text/plain") else None)
