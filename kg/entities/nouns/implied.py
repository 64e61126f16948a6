"""Groups that a word implies without naming them: *Massenproteste in Tiflis*, *Tausende demonstrierten* are demonstrators'."""

from __future__ import annotations

from collections.abc import Mapping

from kg.entities.vocabulary.vocabulary import Implied
from kg.entities.workspace import Described, Workspace
from kg.model import Gender


def implied_groups(work: Workspace) -> Mapping[tuple[str, int], str]:
    """Event class and token of a word that implies who acts in it ─▶ the entity that acts where nobody is named."""
    return {
        (implied.event, token.index): _group(work, implied)
        for implied in work.vocabulary.implied
        for token in work.parse.tokens
        if token.text in implied.words or token.lemma in implied.words
    }


def _group(work: Workspace, implied: Implied) -> str:
    """The group by that name that the text describes, else a new one."""
    head = implied.one.casefold()
    alike = work.described.setdefault(head[-4:], [])
    # "getötete Demonstranten" are not all of them.
    known = next((d.key for d in alike if d.many and d.head == head and not d.words), None)
    if known is None:
        known = work.create(implied.kind, implied.label, gender=Gender.PLURAL, described=True)
        alike.append(Described(known, head, True, frozenset()))
    return known
