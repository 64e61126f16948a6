"""Organisations that only the complement of a title names: *der Vorsitzende des polnischen Brauereiverbands*."""

from __future__ import annotations

from kg.entities.workspace import Workspace
from kg.model import EntityClass, Gender, MentionKind, Token


def is_organisation(work: Workspace, noun: Token) -> bool:
    """Whether a noun is one for organisations (*Verband*, *Ausschuss*)."""
    words, name = work.vocabulary.office, _basic(work, noun)
    return noun.pos == "NOUN" and name in words.organisations and name not in words.no_organisations


def _basic(work: Workspace, noun: Token) -> str:
    """*Brauereiverbandes* ─▶ *Brauereiverband*, also where the lemma is not known."""
    words = work.vocabulary.office
    forms = (noun.lemma, *(noun.text.removesuffix(e) for e, plain in words.inflected if not plain))
    return next((form for form in forms if form in words.organisations), noun.lemma)


def name_organisation(work: Workspace, noun: Token) -> str:
    """*des ägyptischen Brauereiverbands* ─▶ *ägyptischer Brauereiverband*: what nothing else names, by its title's complement."""
    tokens, vocabulary = work.parse.tokens, work.vocabulary
    first = noun.index
    while tokens[first - 1].pos == "ADJ" and tokens[first - 1].sentence == noun.sentence:
        first -= 1
    name = _basic(work, noun)
    gender = vocabulary.gender(name) or noun.feat("Gender") or Gender.NEUTER
    ending = vocabulary.nominative_endings.get(gender, "")
    stems = [_stem(work, t.text) for t in tokens[first : noun.index]]
    label = " ".join([*(f"{stem}{ending}" for stem in stems), name])
    last = noun.index + 1
    behind = work.mention_at(last) if last < len(tokens) else None
    if behind is not None and behind.place and behind.text == work.entities[behind.place].label:
        label = f"{label} {behind.text}"  # "Kulturbüro Sachsen"
    state = next(
        (s for t in tokens[first : noun.index] if (s := work.gazetteer.adjectives.get(t.text))), None
    )
    key = work.create(EntityClass.ORGANIZATION, label, country=state)
    work.mention(
        first, last, MentionKind.DESCRIPTION, (key,), head=noun.index, why="of whom a title is", names=True
    )
    return key


def _stem(work: Workspace, adjective: str) -> str:
    """*polnischen* ─▶ *polnisch*"""
    endings = sorted(work.vocabulary.office.adjective_endings, key=len, reverse=True)
    return next(adjective.removesuffix(e) for e in endings if adjective.endswith(e))
