"""Bytes ─▶ text: declared, detected or refused."""

from __future__ import annotations

import re

from kg.errors import DocumentError

BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""Control characters but those that move to another line or column."""
_MOST_CONTROLS = 0.001
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = tuple(bytes([b]) for b in range(0x80, 0x100))


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """Decode a file's bytes by its declared encoding, byte order mark, UTF-8, or detection.

    Args:
        data: the file's content.
        name: what to call the file in an error.
        declared: an encoding that metadata names; then no other is tried.

    Raises:
        DocumentError: the bytes are binary, or no encoding fits.
    """
    if declared:
        try:
            return _checked(data.decode(declared), name)
        except LookupError:
            raise DocumentError(f"{_of(name)}the declared encoding {declared!r} is not known") from None
        except UnicodeDecodeError as error:
            raise DocumentError(
                f"{_of(name)}not in the declared encoding {declared} (byte {error.start})"
            ) from None
    begun = ""
    for bom, encoding in BOMS.items():
        if data.startswith(bom):
            try:
                return _checked(data.decode(encoding), name)
            except UnicodeDecodeError:
                begun = encoding
    if begun:
        raise DocumentError(f"{_of(name)}begins as {begun} but is not")
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _checked(_mixed(data) if strays(data) else _detected(data, name), name)


def strays(data: bytes) -> int:
    """Of a text that is in UTF-8 for the better part, how many of its bytes are not; 0 if all or hardly any are.

    >>> strays("Öl für Köln ".encode() + "Süd".encode("cp1252")), strays("Öl für Köln".encode("cp1252")), strays("Öl".encode())
    (1, 0, 0)
    """
    if data.startswith(tuple(BOMS)) or b"\0" in data:
        return 0
    found = _SEQUENCE.findall(data)
    stray = sum(map(data.count, _HIGH)) - sum(map(len, found))
    return stray if 0 < stray <= 2 * len(found) else 0


def _mixed(data: bytes) -> str:
    """UTF-8 with Windows-1252 in it: what programs make that join files without looking."""
    text = data.decode("utf-8", "surrogateescape")
    return text.translate({0xDC00 + b: bytes([b]).decode("cp1252", "replace") for b in range(0x80, 0x100)})


def _of(name: str) -> str:
    return f"{name}: " if name else ""


def _detected(data: bytes, name: str) -> str:
    if b"\0" in data:
        raise DocumentError(f"{_of(name)}binary data, not text")
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise DocumentError(f"{_of(name)}not UTF-8, and no other encoding fits; name it in the metadata")
    return str(best)


def check_text(text: str, name: str) -> None:
    """Refuse text that is binary data in disguise.

    Raises:
        DocumentError: it is.
    """
    _checked(text, name)


def _checked(text: str, name: str) -> str:
    """Refuse text that is binary data in disguise."""
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if "\0" in text or controls > max(3, _MOST_CONTROLS * len(text)):
        raise DocumentError(f"{_of(name)}binary data, not text")
    return text
