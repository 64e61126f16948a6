"""The line that names an article's author."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.documents.clean import clean_value
from kg.documents.vocabulary import vocabulary


def author_of(line: str) -> str | None:
    """An author's name without what stands before it.

    >>> author_of("Von EVA MUSTER "), author_of("Eva Muster")
    ('EVA MUSTER', 'Eva Muster')
    """
    return clean_value(_before().sub("", " ".join(line.split())))


def is_byline(line: str) -> bool:
    """Whether a line is nothing but names, or says that it names the author.

    >>> is_byline("Eva Muster und Paul de Vries"), is_byline("Von W. BERNEY"), is_byline("Putin reist nach China")
    (True, True, False)
    """
    words = [w for w in re.split(r"[\s,;]+", line.strip()) if w]
    links = vocabulary()["exports"]["links"]
    names = [w for w in words if w not in links]
    plain = 1 < len(names) < 12 and all(re.fullmatch(r"[^\W\d_a-zäöüß][\w.'’-]*(?<![!?])", w) for w in names)
    return len(line) < 200 and (plain or bool(_before().match(line.strip())))


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(rf"^(?i:{'|'.join(vocabulary()['exports']['by'])})\s+(?=[^\W\d_a-zäöüß])")
