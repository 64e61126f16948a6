"""The verbs that tell an office, from ``offices.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.lang import LanguageData


@dataclass(frozen=True, slots=True)
class OfficeVerbs:
    """The verbs by which an office is held, taken or given; see ``offices.toml``."""

    copula: frozenset[str]
    becoming: str
    appointing: frozenset[str]
    rising: frozenset[str]
    acting: frozenset[str]
    installing: frozenset[str]
    following: frozenset[str]
    taking: frozenset[str]
    posts: frozenset[str]
    leading: Mapping[str, str]
    ended: frozenset[str]
    none: frozenset[str]
    as_: frozenset[str]
    to: frozenset[str]

    @classmethod
    def of(cls, data: LanguageData) -> OfficeVerbs:
        """Read a language's ``offices.toml``."""
        verbs = data.toml("offices.toml")["verbs"]
        return cls(
            copula=frozenset(verbs["copula"]),
            becoming=verbs["becoming"],
            appointing=frozenset(verbs["appointing"]),
            rising=frozenset(verbs["rising"]),
            acting=frozenset(verbs["acting"]),
            installing=frozenset(verbs["installing"]),
            following=frozenset(verbs["following"]),
            taking=frozenset(verbs["taking"]),
            posts=frozenset(verbs["posts"]),
            leading=verbs["leading"],
            ended=frozenset(verbs["ended"]),
            none=frozenset(verbs["none"]),
            as_=frozenset(verbs["as"]),
            to=frozenset(verbs["to"]),
        )
