"""The words of a title phrase: whether a noun is a title, its article and adjectives, and what stands around."""

from __future__ import annotations

from kg.entities.workspace import Workspace
from kg.model import EntityClass, Mention, MentionKind, Token

BRACKETS = {"(": ")", "[": "]"}


def extent(work: Workspace, mention: Mention) -> tuple[int, int]:
    """The tokens of a mention: first, and the one behind the last."""
    tokens = work.parse.tokens
    first = mention.head
    while first > 0 and tokens[first - 1].end > mention.span.begin:
        first -= 1
    last = first
    while last < len(tokens) and tokens[last].begin < mention.span.end:
        last += 1
    return first, last


def is_title(work: Workspace, token: Token, *, beside_name: bool = False) -> bool:
    """Whether a word is an office, inflected or not; some are only right before a name (*Nationalrat X*)."""
    if token.pos not in ("NOUN", "PROPN", "ADJ", "X") or not token.text[:1].isupper():
        return False
    words = work.vocabulary.office
    if words.without_former(token.text)[1] or words.title(token.text) or words.title(token.lemma):
        return _is_own_word(work, token)
    plain = words.masculine(token.text)
    return beside_name and (plain in words.before_names or token.text in words.before_names)


def _is_own_word(work: Workspace, token: Token) -> bool:
    """*Peter König* and *Emil Richter* are names, but *König Salman* has a title."""
    mention = work.mention_at(token.index)
    if mention is None or mention.kind is not MentionKind.NAME or not mention.actors:
        return True
    return work.entities[mention.actors[0]].kind is not EntityClass.PERSON or token.begin < mention.span.begin


def is_plural(work: Workspace, noun: Token) -> bool:
    """*die Abgeordneten A und B*, *zwei Minister, A und B*, *die früheren Landeschefs A und B*"""
    if noun.feat("Number") == "Plur":
        return True
    tokens, words = work.parse.tokens, work.vocabulary.office
    before = tokens[min(words_of(work, noun))]
    if tokens[max(before.index - 1, 0)].pos == "NUM" or before.pos == "NUM":
        return True
    title = words.title(noun.text) or noun.text
    woman = words.masculine(title) != title or noun.text == title != words.strong_masculine(title)
    return before.text.lower() in work.vocabulary.masculine_plural and not woman


def is_person(work: Workspace, token: Token) -> bool:
    """Whether a word belongs to the name of a person."""
    mention = work.mention_at(token.index)
    if mention is None or not mention.actors or mention.kind is not MentionKind.NAME:
        return False
    return work.entities[mention.actors[0]].kind is EntityClass.PERSON


def behind_bracket(work: Workspace, i: int) -> int:
    """The token behind a bracket that opens at one, or the next where it isn't closed."""
    tokens = work.parse.tokens
    end = work.parse.sentences[tokens[i].sentence].last
    closing = BRACKETS[tokens[i].text]
    return next((j + 1 for j in range(i + 1, min(end, i + 14)) if tokens[j].text == closing), i + 1)


def words_of(work: Workspace, noun: Token) -> list[int]:
    """The title noun with its adjectives and article; a genitive name stays its own mention."""
    tokens = work.parse.tokens
    found = [noun.index]
    i = noun.index - 1
    while i >= 0 and tokens[i].sentence == noun.sentence:
        kept = tokens[i].text.lower().startswith(work.vocabulary.office.kept)  # "Vorsitzender Richter"
        if tokens[i].pos not in ("ADJ", "DET") and not kept:
            break
        found.append(i)
        i -= 1
    return found
