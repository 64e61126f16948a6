"""*die Internationale Energieagentur (IEA)*: a long name with its short form, which then stands for it."""

from __future__ import annotations

from dataclasses import replace

from kg.entities.names.unknown import QUOTES, nominative
from kg.entities.workspace import Workspace
from kg.model import EntityClass, Mention, MentionKind, Token

_LONGEST = 8
_NO_ORGANISATION = (EntityClass.PERSON, EntityClass.STATE, EntityClass.PLACE)


def abbreviations(work: Workspace) -> None:
    """Long names right before a short form in brackets; the short form elsewhere is the same."""
    tokens = work.parse.tokens
    for short in tokens[2:-1]:
        if not (short.text.isupper() and 2 <= len(short.text) <= _LONGEST):
            continue
        if tokens[short.index - 1].text != "(" or tokens[short.index + 1].text != ")":
            continue
        last = short.index - 1
        if tokens[last - 1].text in QUOTES:
            last -= 1
        key = _named(work, last, short) or _written_out(work, last, short)
        if key is not None:
            for token in tokens:
                if token.text == short.text and token.index not in work.at:
                    work.mention(token.index, token.index + 1, MentionKind.NAME, (key,), why="abbreviation")


def _named(work: Workspace, last: int, short: Token) -> str | None:
    """The organisation that a mention before the bracket names; where the short form is known, what that means."""
    before, meant = work.mention_at(last - 1), work.mention_at(short.index)
    if before is None or before.kind is not MentionKind.NAME or not _is_organisation(work, before):
        return None
    entity = work.entities[before.actors[0]]
    if not entity.known:
        if meant is not None and _is_organisation(work, meant):
            work.mentions[work.at[last - 1]] = replace(before, actors=meant.actors)
            return meant.actors[0]
        return entity.key
    initials = {name[:1] for name in (before.text, entity.label, *entity.aliases)}
    return entity.key if short.text[:1] in initials else None


def _is_organisation(work: Workspace, mention: Mention) -> bool:
    kinds = [work.entities[k].kind for k in mention.actors]
    return len(kinds) == 1 and kinds[0] not in _NO_ORGANISATION


def _written_out(work: Workspace, last: int, short: Token) -> str | None:
    """The words before the bracket, as what the short form means."""
    tokens = work.parse.tokens
    first, sure = _beginning(work, last)
    if first == last or not work.free(first, last):
        return None
    if not sure and tokens[first].text[:1] != short.text[:1]:
        return None
    known = work.mention_at(short.index)
    if known is not None and not _is_organisation(work, known):
        return None
    label = nominative(work, tokens[first:last])
    key = (
        known.actors[0]
        if known is not None
        else work.create(EntityClass.ORGANIZATION, label, aliases=(short.text,))
    )
    work.mention(first, last, MentionKind.NAME, (key,), why=f"introduced as {short.text!r}")
    return key


def _beginning(work: Workspace, last: int) -> tuple[int, bool]:
    """Where the words begin, and whether the recogniser takes them for an organisation of several words."""
    tokens = work.parse.tokens
    first = last
    while (
        first > 0
        and tokens[first - 1].pos in ("NOUN", "PROPN", "ADJ")
        and tokens[first - 1].text[:1].isupper()
        and not work.vocabulary.is_office(tokens[first - 1].lemma)  # "Minister Max Muster (PLDM)"
    ):
        first -= 1
    for span in work.parse.names:
        if span.last == last and span.label == "PER":
            return last, False
        if span.last == last and span.label in ("ORG", "MISC"):
            begin = min(first, span.first)
            while tokens[begin].pos in ("DET", "ADP") and begin < last:
                begin += 1
            return begin, last - begin > 1
    return first, False
