"""Whom a pronoun or description may take up, in order.

Candidates are ranked as in centering theory (Grosz, Joshi & Weinstein 1995): the subject of the
sentence before outranks its objects, the closer sentence the farther one; gender, number and
class must agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.entities.workspace import Workspace
from kg.language.phrases import children
from kg.model import EntityClass, Gender, Mention, MentionKind, Token

_REACH = 4
"""How many sentences back an antecedent may lie."""
FARTHEST = 400
"""How many sentences make one article at most; what lies farther back is not taken up by anything."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_BRACKETS = ("(", "[")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention of one entity that may be taken up: its key, head token, sentence, and whether it is a subject."""

    key: str
    token: int
    sentence: int
    subject: bool


def ranked(work: Workspace, token: Token, *, own_sentence: bool, reach: int = _REACH) -> list[Candidate]:
    """Antecedents before a token: by sentence, subjects first, then the closest.

    Args:
        reach: how many sentences back they may lie.
    """
    found = [
        c
        for c in candidates(work, token.sentence - min(reach, FARTHEST), token.sentence)
        if c.token < token.index
        and token.sentence - c.sentence <= reach
        and (own_sentence or c.sentence < token.sentence)
    ]
    return sorted(found, key=lambda c: (token.sentence - c.sentence, not c.subject, -c.token))


def candidates(work: Workspace, first: int, last: int) -> list[Candidate]:
    """The mentions of one entity in the sentences ``first`` ≤ i ≤ ``last``, but for adjectives and compounds."""
    found = []
    for mention in (m for i in range(max(first, 0), last + 1) for m in work.mentions_in(i)):
        if mention.kind in (MentionKind.ADJECTIVE, MentionKind.COMPOUND) or len(mention.actors) != 1:
            continue
        if mention.is_city:
            continue  # a city where something happens, not its government
        token = work.parse.tokens[mention.head]
        if token.index and work.parse.tokens[token.index - 1].text in _BRACKETS:
            continue  # "Merkel (CDU)"
        found.append(Candidate(mention.actors[0], token.index, token.sentence, is_subject(work, mention)))
    return found


def is_subject(work: Workspace, mention: Mention) -> bool:
    """Whether a mention is, or names, the subject of a clause."""
    token = work.parse.tokens[mention.head]
    for _ in range(3):
        if token.label in SUBJECTS:
            return True
        if token.label not in ("flat", "appos", "compound", "nmod") or token.head == token.index:
            return False
        token = work.parse.tokens[token.head]
    return False


def agrees(gender: Gender, kind: EntityClass, genders: tuple[str, ...]) -> bool:
    """Whether an entity can be taken up by a word of these genders."""
    if gender is Gender.UNKNOWN:
        return kind is EntityClass.PERSON and ("Masc" in genders or "Fem" in genders)
    return gender.value in genders


def in_same_clause(work: Workspace, token: Token) -> set[str]:
    """Who stands beside a pronoun in its clause: it is none of them (binding principle B)."""
    found: set[str] = set()
    for child in children(work.parse, work.parse.tokens[token.head]):
        mention = work.mention_at(child.index)
        if mention is not None and child.index != token.index:
            found.update(mention.actors)
    return found
