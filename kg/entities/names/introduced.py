"""Names behind a noun that says what is named: *die Agentur Interfax*, *in der Stadt Carora*, *der Hersteller Airbus*."""

from __future__ import annotations

from kg.entities.names.towns import place_of
from kg.entities.names.unknown import QUOTES, known_family, without_genitive_word
from kg.entities.workspace import Workspace
from kg.model import EntityClass, MentionKind, Token

_LONGEST = 6
_NAMED = ("PROPN", "X")


def introduced_names(work: Workspace) -> None:
    """Names of the class that the noun before them tells; the noun belongs to the mention."""
    for token in work.parse.tokens[:-1]:
        if token.pos in ("NOUN", "PROPN") and (kind := _kind(work, token)) is not None:
            _introduced(work, token, kind)


def _kind(work: Workspace, noun: Token) -> EntityClass | None:
    sets = work.vocabulary.introducing.items()
    return next((kind for kind, words in sets if noun.lemma in words or noun.text in words), None)


def _introduced(work: Workspace, noun: Token, kind: EntityClass) -> None:
    tokens = work.parse.tokens
    first = noun.index + 1
    if tokens[first].text in QUOTES:
        first += 1
        last = _quoted(work, first)
    else:
        last = _named(work, first)
    if last <= first or tokens[first].sentence != noun.sentence or not work.free(first, last):
        return
    words = tokens[first:last]
    if _is_somebody(work, words, kind):
        return
    label = without_genitive_word(work, words)
    known = [k for k in work.gazetteer.names.get(label, ()) if work.gazetteer.entities[k].kind is kind]
    cover = (noun.index,) if work.free(noun.index, first) else ()
    if kind is EntityClass.PLACE:
        key = place_of(work, label)
        work.mention(first, last, MentionKind.NAME, place=key, cover=cover, why="introduced")
    else:
        key = work.known(known[0]) if known else work.create(kind, label)
        work.mention(first, last, MentionKind.NAME, (key,), cover=cover, why="introduced")


def _quoted(work: Workspace, first: int) -> int:
    """Where the words in quotation marks end; ``first`` if they are no name."""
    tokens = work.parse.tokens
    for last in range(first + 1, min(first + _LONGEST, len(tokens))):
        if tokens[last].text in QUOTES:
            return last if tokens[first].text[:1].isupper() or tokens[first].text[:1].isdigit() else first
    return first


def _named(work: Workspace, first: int) -> int:
    """Where a name ends that begins at a token: as the recogniser has it, else a run of proper nouns."""
    tokens = work.parse.tokens
    for span in work.parse.names:
        if span.first == first and span.label != "PER" and tokens[first].pos not in ("DET", "ADP", "ADJ"):
            return span.last
    last = first + 1 if tokens[first].text in work.gazetteer.names and first not in work.at else first
    while last < len(tokens) and tokens[last].pos in _NAMED and last not in work.at:
        if tokens[last].sentence != tokens[first].sentence:
            break
        last += 1
    return last


def _is_somebody(work: Workspace, words: tuple[Token, ...], kind: EntityClass) -> bool:
    """*die Partei Macrons*, *die Stiftung Bill Gates*: a person, not what the noun says."""
    bare = work.vocabulary.without_genitive(words[-1].text)
    if known_family(work, bare) is not None and bare != words[-1].text:
        return True
    atlas = work.gazetteer.atlas
    if len(words) > 1 and kind is EntityClass.PLACE and _is_recognised_person(work, words):
        return True
    if len(words) < 2 or not atlas.is_given_name(words[0].text):
        return False
    return kind is not EntityClass.PLACE or atlas.is_family_name(words[-1].text)


def _is_recognised_person(work: Workspace, words: tuple[Token, ...]) -> bool:
    """*der Bürgermeister der Hansestadt Jens Muster*: the recogniser sees a person, and the first word is a given name."""
    given = work.gazetteer.atlas.is_given_name(words[0].text)
    return given and any(
        s.label == "PER" and s.first == words[0].index and s.last == words[-1].index + 1
        for s in work.parse.names
    )
