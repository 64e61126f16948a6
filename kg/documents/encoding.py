"""Bytes ─▶ text: declared, detected or refused."""

from __future__ import annotations

import unicodedata

from kg.errors import DocumentError

BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_ALLOWED_CONTROLS = set("\t\n\r\f\v\x85")
_MOST_CONTROLS = 0.001


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
    for bom, encoding in BOMS.items():
        if data.startswith(bom):
            try:
                return _checked(data.decode(encoding), name)
            except UnicodeDecodeError:
                raise DocumentError(f"{_of(name)}begins as {encoding} but is not") from None
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _checked(_detected(data, name), name)


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
    controls = sum(
        1 for c in text if c < "\xa0" and c not in _ALLOWED_CONTROLS and unicodedata.category(c) == "Cc"
    )
    if "\0" in text or controls > max(3, _MOST_CONTROLS * len(text)):
        raise DocumentError(f"{_of(name)}binary data, not text")
    return text
