"""Whose word a compound names: *Polizeiangaben*, *Augenzeugenberichte*, *Expertenmeinung*."""

from __future__ import annotations

from kg.entities.vocabulary.nouns import ActorNoun
from kg.entities.workspace import Described, Workspace
from kg.model import Gender, MentionKind, Token


def name_voice(work: Workspace, noun: Token) -> None:
    """Record who is in the first part of a compound whose last part says that somebody speaks."""
    voice = _first_part(work, noun)
    found = _actor(work, voice) if voice else None
    if found is None:
        return
    word, actor = found
    many = voice not in (word, f"{word}s")  # "Behördenangaben": the authorities, "Polizeiangaben": the police
    voice = voice if many else word
    kind = (actor.many if many else actor.one) or actor.many
    if kind is None:
        return
    head = word.casefold()
    alike = work.described.setdefault(head[-4:], [])
    known = next((d.key for d in reversed(alike) if d.head == head and d.many == many), None)
    if known is None:
        gender = Gender.PLURAL if many else Gender.UNKNOWN
        known = work.create(kind, voice, gender=gender, described=True, private=not actor.public)
        alike.append(Described(known, head, many, frozenset()))
    end = noun.begin + len(voice)
    work.mention(noun.index, noun.index + 1, MentionKind.COMPOUND, (known,), why="whose word", end=end)


def _first_part(work: Workspace, noun: Token) -> str:
    """What stands before a last part that says that somebody speaks."""
    for end in work.vocabulary.voices:
        if noun.text.endswith(end) and len(noun.text) > len(end):
            return noun.text.removesuffix(end)
    return ""


def _actor(work: Workspace, part: str) -> tuple[str, ActorNoun] | None:
    """The noun of ``actors.csv`` that is the first part of a compound, without what links it."""
    words = work.vocabulary.actors.words
    for link in ("", *work.vocabulary.links):
        word = part.removesuffix(link)
        if part.endswith(link) and word in words:
            return word, words[word]
    return None
