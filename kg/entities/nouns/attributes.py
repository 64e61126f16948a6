"""What the attributes of a noun say of where it belongs: *die Regierung in Peking*."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.workspace import Workspace
from kg.language.phrases import children, preposition
from kg.model import EntityClass, Token


def owner(work: Workspace, noun: Token) -> str | None:
    """The state or organisation that a noun's attributes name, if any.

    By adjective (*türkisch*), compound (*US-Regierung*), genitive or ``von`` (*Regierung
    Schwedens*), or the seat (*Regierung in Peking*).
    """
    return next(owners(work, noun), None)


def owners(work: Workspace, noun: Token) -> Iterator[str]:
    """All such states and organisations, the closest attribute first."""
    compound = _compound(work, noun)
    if compound:
        yield compound
    for token in _before(work, noun):
        state = work.gazetteer.adjectives.get(token.text)
        if state:
            yield work.known(state)
            continue
        mention = work.mention_at(token.index)
        if mention and mention.actors and token.pos in ("PROPN", "NOUN") and _genitive(work, token):
            yield mention.actors[0]
    yield from _behind(work, noun)


def _compound(work: Workspace, noun: Token) -> str | None:
    prefix, hyphen, rest = noun.text.partition("-")
    if not hyphen or not rest:
        return None
    for key in work.gazetteer.names.get(prefix, ()):
        if work.gazetteer.entities[key].kind.is_actor:
            return work.known(key)
    return None


def _before(work: Workspace, noun: Token) -> Iterator[Token]:
    """The adjectives and the genitive directly before a noun, from right to left."""
    tokens = work.parse.tokens
    i = noun.index - 1
    while i >= 0 and tokens[i].sentence == noun.sentence:
        token = tokens[i]
        if token.pos in ("ADJ", "NUM", "ADV") or token.text in ('"', "„", "“"):
            yield token
        elif token.pos in ("PROPN", "NOUN") and _genitive(work, token):
            yield token
            return
        else:
            return
        i -= 1


def _genitive(work: Workspace, token: Token) -> bool:
    return token.text.endswith(work.vocabulary.genitives) or token.feat("Case") == "Gen"


def _behind(work: Workspace, noun: Token) -> Iterator[str]:
    """Genitive, ``von`` and seat right behind a noun."""
    tokens = work.parse.tokens
    for child in children(work.parse, noun, "nmod", "obl", "appos", "obl:arg"):
        if child.index < noun.index:
            continue
        adposition = preposition(work.parse, child)
        mention = work.mention_at(child.index)
        if mention is None:
            continue
        if adposition is None or adposition.lemma in work.vocabulary.origin_prepositions:
            if mention.actors:
                yield mention.actors[0]
        elif adposition.lemma in work.vocabulary.seat_prepositions and mention.actors:
            yield mention.actors[0]
    i = noun.index + 1
    if i < len(tokens) and tokens[i].sentence == noun.sentence:
        mention = work.mention_at(i)
        if mention and mention.actors and tokens[i].pos == "PROPN" and _genitive(work, tokens[i]):
            yield mention.actors[0]
        elif tokens[i].text in work.vocabulary.linking_words and i + 1 < len(tokens):
            mention = work.mention_at(i + 1)
            if mention and mention.actors and tokens[i + 1].index == mention.head:
                yield mention.actors[0]


def nominative(work: Workspace, noun: Token, state: str) -> str:
    """*türkischen Verfassungsgerichts* ─▶ *türkisches Verfassungsgericht*.

    Args:
        state: key of the state whose adjective stands before the noun.
    """
    lemma = noun.lemma
    adjective = next(
        (
            a
            for a, key in work.gazetteer.adjectives.items()
            if key == state and a.islower() and a.endswith(work.vocabulary.inflected)
        ),
        None,
    )
    if adjective is None:
        return f"{lemma} ({work.entities[state].label})"
    counted = any(c.feat("Number") != "Sing" for c in children(work.parse, noun, "nummod"))
    plural = noun.feat("Number") == "Plur" or counted
    gender = work.vocabulary.gender(lemma) or noun.feat("Gender") or "Fem"
    end = work.vocabulary.nominative_endings["Plur" if plural else gender]
    in_dative = noun.feat("Case") == "Dat" and noun.text == lemma + work.vocabulary.dative_plural
    return f"{adjective}{end} {noun.text if plural and not in_dative else lemma}"


def is_state(work: Workspace, key: str) -> bool:
    """Whether an entity is a state."""
    entity = work.entities.get(key)
    return entity is not None and entity.kind is EntityClass.STATE


def is_both(work: Workspace, noun: Token) -> bool:
    """*beide Armeen*, *die beiden Länder*"""
    pronouns = work.vocabulary.pronouns
    return any("Two" in pronouns.get(c.text.lower(), ()) for c in children(work.parse, noun, "det", "amod"))
