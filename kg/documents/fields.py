"""Records of any make ─▶ articles: which field is what, by a user's mapping or by the usual names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kg.documents.article import Article, Metadata, Problem, Settings
from kg.documents.clean import clean_text, clean_value, headed
from kg.documents.dates import read_date
from kg.documents.vocabulary import language_of, vocabulary
from kg.errors import UsageError

NAMES = (
    "text",
    "title",
    "published",
    "modified",
    "authors",
    "publisher",
    "url",
    "id",
    "language",
    "section",
    "lead",
    "html",
)
_TAGS = re.compile(
    r"<(?:p|br|div|a|b|i|em|strong|span|h[1-6]|ul|li|img|figure)\b[^<>]*>|&(?:#\d+|[a-z]+);", re.I
)


def mapping_of(given: str | None) -> dict[str, str]:
    """A mapping as typed.

    >>> mapping_of("text=body, published=meta.date")
    {'text': 'body', 'published': 'meta.date'}

    Raises:
        UsageError: a field is not known, or nothing stands for it.
    """
    mapping: dict[str, str] = {}
    for part in filter(str.strip, (given or "").split(",")):
        name, _, source = (s.strip() for s in part.partition("="))
        if name not in NAMES or not source:
            raise UsageError(f"--map {part.strip()!r}: FIELD=NAME is needed, FIELD one of {', '.join(NAMES)}")
        mapping[name] = source
    return mapping


def article_of(record: Mapping[str, Any], settings: Settings, position: str) -> Article | Problem:
    """The article that a record holds; a problem if none of its fields is a text."""
    known, warnings = metadata_of(record, settings.mapping)
    text = _string(_value(record, "text", settings.mapping))
    markup = _string(_value(record, "html", settings.mapping))
    lead = _string(_value(record, "lead", settings.mapping))
    if (size := max(len(text), len(lead), len(markup) // 10)) > settings.limits.characters:
        return Problem(
            position, f"{size:,} characters; an article has at most {settings.limits.characters:,}"
        )
    if not text.strip() and markup.strip():
        text = from_markup(markup)
    elif _TAGS.search(text):
        text = from_markup(text)
    if not text.strip():
        text = from_markup(lead) if _TAGS.search(lead) else lead
    if not text.strip():
        fields = ", ".join(str(k) for k in list(record)[:12])
        missing = settings.mapping.get("text")
        why = (
            f"the field {missing!r} is empty or missing"
            if missing
            else "no field that is known to hold a text; name it: --map text=FIELD"
        )
        return Problem(position, f"{why} (fields: {clean_value(fields) or 'none'})")
    return Article(headed(known.title, [clean_text(text)]), known, position, warnings=warnings)


def from_markup(text: str) -> str:
    """The text of a fragment of HTML, block by block."""
    from kg.documents.formats.html import fragment_text

    return fragment_text(text)


def metadata_of(record: Mapping[str, Any], mapping: Mapping[str, str]) -> tuple[Metadata, tuple[str, ...]]:
    """What a record says of its article, and what of that cannot be used."""
    strings = {
        n: clean_value(_string(_value(record, n, mapping)))
        for n in ("title", "publisher", "url", "id", "section")
    }
    warnings: list[str] = []
    days: dict[str, dt.date | None] = {}
    for name in ("published", "modified"):
        value = _value(record, name, mapping)
        days[name] = read_date(value)
        if value not in (None, "") and days[name] is None:
            warnings.append(
                f"{name} {clean_value(str(value)) or ''!r} is no date that can be read in one way"
            )
    tag = clean_value(_string(_value(record, "language", mapping)))
    language = language_of(tag) if tag else None
    if tag and language is None:
        warnings.append(f"language {tag!r} is not known")
    known = Metadata(
        title=strings["title"], publisher=strings["publisher"], id=strings["id"], section=strings["section"],
        url=web_address(strings["url"]), language=language, authors=_authors(_value(record, "authors", mapping)), **days,
    )  # fmt: skip
    return known, tuple(warnings)


def web_address(value: str | None) -> str | None:
    """A URL of the web; what else is written there is none.

    >>> web_address("https://a.de/1"), web_address("javascript:alert(1)")
    ('https://a.de/1', None)
    """
    return value if value and re.match(r"https?://[^\s<>\"]+$", value) else None


@lru_cache(maxsize=1)
def _usual() -> dict[str, list[str]]:
    return {name: list(vocabulary()["fields"][name]) for name in NAMES}


def _value(record: Mapping[str, Any], name: str, mapping: Mapping[str, str]) -> Any:
    """A field's value: by the mapping (with dots for fields in fields), else by the first usual name that holds something."""
    if name in mapping:
        if mapping[name] in record:
            return record[mapping[name]]
        value: Any = record
        for step in mapping[name].split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        return value
    by_key: dict[str, Any] = {}
    for key, value in record.items():
        if value not in (None, "", [], {}):
            by_key.setdefault(field_key(str(key)), value)
    usable = (by_key[usual] for usual in _usual()[name] if usual in by_key)
    return next((v for v in usable if name != "text" or isinstance(v, str | list)), None)


def field_key(name: str) -> str:
    """A field's name without case and separators.

    >>> field_key("Event_Text"), field_key("dc:creator")
    ('eventtext', 'dccreator')
    """
    return re.sub(r"[^\w]|_", "", name.casefold())


def knows(names: Iterable[str]) -> set[str]:
    """Which fields of an article usual names stand for."""
    keys = {field_key(n) for n in names}
    return {name for name, usual in _usual().items() if keys.intersection(usual)}


def _string(value: Any) -> str:
    """A value as text: of a list its parts as paragraphs, of an object its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "\n\n".join(
            s
            for v in value[:10_000]
            if (s := v if isinstance(v, str) else _string(v) if isinstance(v, Mapping) else "")
        )
    if isinstance(value, Mapping):
        return next(
            (
                v
                for k in ("name", "title", "text", "#text", "@value", "rendered", "id")
                if isinstance(v := value.get(k), str)
            ),
            "",
        )
    return ""


def _authors(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else [value]
    names = (clean_value(_string(v)) for v in values[:50])
    return tuple(dict.fromkeys(n for n in names if n))
