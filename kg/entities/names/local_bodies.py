"""Courts, police and other bodies of a town: *die Staatsanwaltschaft Mainz, die Kasseler Polizei, das Gericht in Köln*."""

from __future__ import annotations

from kg.entities.names.towns import town_of
from kg.entities.workspace import Workspace
from kg.model import EntityClass, MentionKind, Token

_NAMES = ("PROPN", "X", "ADJ", "NOUN")
_LONGEST = 4


def local_bodies(work: Workspace) -> None:
    """Bodies named by their town, and the same noun alone elsewhere in the text."""
    found: dict[str, set[str]] = {}
    for token in work.parse.tokens:
        if token.pos not in ("NOUN", "PROPN") or token.lemma not in work.vocabulary.local_bodies:
            continue
        key = _behind(work, token) or _before(work, token) or _inside(work, token)
        if key is not None:
            found.setdefault(token.lemma, set()).add(key)
    for lemma, keys in found.items():
        if len(keys) == 1:
            _named_again(work, lemma, next(iter(keys)))


def club_names(work: Workspace) -> None:
    """*Lazio Rom*, *Union Berlin*, *der 1. FC Köln*: what clubs are called, with their town."""
    tokens = work.parse.tokens
    for token in tokens:
        if token.text not in work.vocabulary.clubs or token.index in work.at:
            continue
        last = token.index + 1 + _town_length(work, token.index + 1)
        if last == token.index + 1:
            continue
        first = token.index
        if first and tokens[first - 1].pos in ("NUM", "ADJ") and tokens[first - 1].text[:1].isdigit():
            first -= 1
        label = " ".join(t.text for t in tokens[first:last])
        if label in work.gazetteer.names:
            continue
        key = work.create(EntityClass.ORGANIZATION, label)
        work.mention(first, last, MentionKind.NAME, (key,), head=token.index, why="club of a town")


def _behind(work: Workspace, noun: Token) -> str | None:
    """*Oberlandesgericht Stuttgart*: the town right behind."""
    last = noun.index + 1 + _town_length(work, noun.index + 1)
    if last == noun.index + 1:
        return None
    name = " ".join(t.text for t in work.parse.tokens[noun.index + 1 : last])
    key = _create(work, noun, name)
    work.mention(noun.index, last, MentionKind.NAME, (key,), head=noun.index, why="body of a town")
    return key


def _before(work: Workspace, noun: Token) -> str | None:
    """*Kasseler Polizei*: the adjective of a town before it."""
    before = work.parse.tokens[noun.index - 1] if noun.index else noun
    keys = work.gazetteer.names.get(before.text, ()) if before.text.endswith("er") else ()
    town = next(
        (e for k in keys if (e := work.gazetteer.entities[k]).kind is EntityClass.PLACE and e.label != before.text), None
    )  # fmt: skip
    stem = before.text.removesuffix("er")
    atlas = work.gazetteer.atlas
    if town is not None:
        name = town.label
    elif (
        before.pos in ("ADJ", "PROPN")
        and stem != before.text
        and before.text[:1].isupper()
        and atlas.towns(stem)
    ):
        name = stem
    else:
        return None
    key = _create(work, noun, name)
    work.mention(
        before.index, noun.index + 1, MentionKind.NAME, (key,), head=noun.index, why="body of a town"
    )
    return key


def _inside(work: Workspace, noun: Token) -> str | None:
    """*die Polizei in Nürnberg*: the town is a place of its own."""
    tokens = work.parse.tokens
    behind = tokens[noun.index + 1] if noun.index + 2 < len(tokens) else noun
    if behind.lemma not in work.vocabulary.seat_prepositions:
        return None
    length = _town_length(work, noun.index + 2)
    if not length:
        return None
    name = " ".join(t.text for t in tokens[noun.index + 2 : noun.index + 2 + length])
    key = _create(work, noun, name)
    work.mention(noun.index, noun.index + 1, MentionKind.NAME, (key,), why="body of a town")
    return key


def _named_again(work: Workspace, lemma: str, key: str) -> None:
    tokens = work.parse.tokens
    for token in tokens:
        if token.lemma != lemma or token.index in work.at or token.pos != "NOUN":
            continue
        attributes = [tokens[i] for i in token.children if tokens[i].label in ("amod", "nmod")]
        if not attributes and "Plur" not in token.feat("Number"):
            work.mention(
                token.index, token.index + 1, MentionKind.NAME, (key,), why="body of a town, named again"
            )


def _create(work: Workspace, noun: Token, name: str) -> str:
    keys = work.gazetteer.names.get(name, ())
    country = next((c for k in keys if (c := work.gazetteer.entities[k].country)), None)
    if country is None and (town := town_of(work, name)):
        country = town.state
    return work.create(EntityClass.GOVERNMENT_BODY, f"{noun.lemma} {name}", country=country)


def _town_length(work: Workspace, first: int) -> int:
    """How many words of a town's name begin at a token; 0 where there is none."""
    tokens, gazetteer = work.parse.tokens, work.gazetteer
    for n in range(min(_LONGEST, len(tokens) - first), 0, -1):
        words = tokens[first : first + n]
        name = " ".join(t.text for t in words)
        kinds = {gazetteer.entities[k].kind for k in gazetteer.names.get(name, ())}
        if EntityClass.PLACE in kinds and not name.endswith("er"):
            return n
        if n < 3 and not kinds and all(t.pos == "PROPN" for t in words) and gazetteer.atlas.towns(name):
            return n
    return 0
