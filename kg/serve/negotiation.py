"""Which of the formats that there are a client would like best.

Source: RFC 9110, section 12.5.1 (Accept).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.formats import Format


def choose(accept: str | None, formats: Sequence[Format]) -> Format | None:
    """The best format, None if none is accepted; the first one where the client has no wish.

    >>> from kg.formats import ROWS
    >>> choose("text/csv;q=0.5, application/sparql-results+xml", ROWS).engine
    'XML'
    """
    if not accept or not accept.strip():
        return formats[0]
    best: tuple[float, int, int] | None = None
    chosen: Format | None = None
    for wish in accept.split(","):
        name, *parameters = (part.strip().lower() for part in wish.split(";"))
        quality = next((_quality(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        if quality <= 0:
            continue
        for rank, form in enumerate(formats):
            for exactness, fits in (
                (2, name == form.media_type),
                (1, name in form.also),
                (0, _is_range(name, form)),
            ):
                key = (quality, exactness, -rank)
                if fits and (best is None or key > best):
                    best, chosen = key, form
    return chosen


def _is_range(name: str, form: Format) -> bool:
    return name == "*/*" or (name.endswith("/*") and form.media_type.startswith(name[:-1]))


def _quality(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
