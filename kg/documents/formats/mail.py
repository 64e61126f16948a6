"""Mails and mailboxes (newsletters): an article per message, from its HTML or its plain part."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import parseaddr

from kg.documents.article import Article, Found, Metadata, Piece, Problem, Settings
from kg.documents.clean import clean_text, clean_value, headed
from kg.documents.dates import read_date
from kg.errors import DocumentError

_SIGNATURE = re.compile(r"\n-- ?\n.*", re.S)
_QUOTED = re.compile(r"^>.*\n?", re.M)
_NEXT = re.compile(rb"\n(?=From [^\n]*\d{4}[ \t]*\r?\n[A-Za-z-]+:)")


def read(piece: Piece, settings: Settings) -> Iterator[Found]:
    """The messages of a file, and the documents attached to them."""
    content = piece.content(settings.limits.file)
    if not content.startswith(b"From "):
        yield from _message(content, piece, settings, "")
        return
    for number, message in enumerate(_NEXT.split(content), 1):
        position = f"message {number}"
        try:
            yield from _message(message.partition(b"\n")[2], piece, settings, position)
        except DocumentError as error:
            yield Problem(position, str(error))


def _message(content: bytes, piece: Piece, settings: Settings, position: str) -> Iterator[Found]:
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        known = _metadata(message)
        plain, markup, attached = _parts(message)
    except Exception as error:  # the library raises what it likes on forged headers
        raise DocumentError(f"a damaged mail: {type(error).__name__}") from None
    if plain or markup:
        from kg.documents.fields import from_markup

        text = (
            from_markup(markup)
            if markup and len(plain) < 200
            else _unfolded(_QUOTED.sub("", _SIGNATURE.sub("", plain.replace("\r\n", "\n"))))
        )
        yield Article(headed(known.title, [clean_text(text)]), known, position)
    elif not attached:
        raise DocumentError("a mail without text")
    for number, (name, data) in enumerate(attached, 1):
        where = f"{position}, attachment {number}" if position else f"attachment {number}"
        yield piece.within(name, data, where, Metadata(published=known.published))


def _metadata(message: EmailMessage) -> Metadata:
    name, address = parseaddr(str(message.get("From", "")))
    return Metadata(
        id=clean_value(str(message.get("Message-ID", "")).strip("<> \r\n\t")),
        title=clean_value(str(message.get("Subject", ""))),
        published=read_date(str(message.get("Date", ""))),
        publisher=clean_value(name or address),
    )


def _parts(message: EmailMessage) -> tuple[str, str, list[tuple[str, bytes]]]:
    plain: list[str] = []
    markup: list[str] = []
    attached: list[tuple[str, bytes]] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        if part.get_content_disposition() == "attachment" or part.get_content_maintype() not in ("text",):
            name = part.get_filename() or f"part.{part.get_content_subtype()}"
            if part.get_content_maintype() not in ("image", "audio", "video"):
                attached.append((name, data))
        elif part.get_content_type() == "text/html":
            markup.append(_decoded(data, part))
        else:
            plain.append(_decoded(data, part))
    return "\n\n".join(plain), "\n".join(markup), attached


def _decoded(data: bytes, part: EmailMessage) -> str:
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data.decode("utf-8", "replace") if b"\x00" not in data else ""


def _unfolded(text: str) -> str:
    """Paragraphs without the line ends that mail programs set."""
    text = re.sub(r" \n(?=\S)", " ", text)  # format=flowed
    return re.sub(r"(?<=[^\n]{50})\n(?=[^\n])", " ", text)
