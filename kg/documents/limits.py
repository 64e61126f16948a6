"""How much is read, so that no file can fill memory or disk, or go on forever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from kg.errors import DocumentError, UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """Settings of ``--limit NAME=NUMBER``."""

    characters: int = 5_000_000
    """Of one article's text."""
    file: int = 200_000_000
    """Bytes of a file that must be in memory as a whole (HTML, JSON, PDF …); others are streamed."""
    page: int = 20_000_000
    """Bytes of one HTML page or one record of a file of records."""
    elements: int = 100_000
    """Of one HTML page."""
    parts: int = 5_000_000
    """Elements of an XML file, values of a JSON file."""
    depth: int = 4
    """Archives within archives."""
    members: int = 1_000_000
    """Members of one archive, or records of one file."""
    unpacked: int = 20_000_000_000
    """Bytes that all of one file may unpack to."""
    fetched: int = 1_000_000_000
    """Bytes of a file at an address."""
    ratio: int = 200
    """Bytes that one packed byte may unpack to, beyond the first 10 MB."""


def check_parts(content: bytes | str, most: int, what: str) -> None:
    """Refuse what would become more objects in memory than its length lets one think.

    Raises:
        DocumentError: it has more than so many brackets or commas.
    """
    marks = "<" if what == "elements" else "[{,"
    number = sum(content.count(m) if isinstance(content, str) else content.count(m.encode()) for m in marks)
    if number > most:
        raise DocumentError(f"{number:,} {what}, more than the {most:,} that are read of one file or page")


def limits_of(settings: Iterable[str]) -> Limits:
    """Limits from what a user gave.

    >>> limits_of(["characters=1000"]).characters
    1000

    Raises:
        UsageError: there is no such limit, or it is no number.
    """
    limits = Limits()
    names = [f.name for f in fields(Limits)]
    for setting in settings:
        name, _, value = setting.partition("=")
        if name not in names or not value.isdecimal():
            raise UsageError(f"--limit {setting!r}: NAME=NUMBER is needed, NAME one of {', '.join(names)}")
        limits = replace(limits, **{name: int(value)})
    return limits
