"""Which title stands with which name: before it, behind it, or shared by several names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.entities.offices.appositions import ENDS, titles_behind
from kg.entities.offices.title_words import (
    BRACKETS,
    behind_bracket,
    extent,
    is_person,
    is_plural,
    is_title,
    words_of,
)
from kg.entities.workspace import Workspace
from kg.model import EntityClass, Mention, MentionKind, Token

_REACH = 16
"""How many words a title's own complement may have: *der Vorsitzende des … Ausschusses …, X*."""
_IN_CHAIN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "X", "NUM", "ADP", "CCONJ", "ADV"})
_QUOTES = frozenset("\"„“”»«‚‘’'")
_JOINTS = frozenset("/-")
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl:arg", "obl"})


@dataclass(frozen=True, slots=True)
class TitlePhrase:
    """A title noun with the name that it belongs to: the token of the noun, the person, the name's mention.

    ``place`` counts the names that share a plural title: *die Präsidenten A* (0) *und B* (1).
    """

    person: str
    noun: Token
    name: Mention
    place: int = 0


def find_titles(work: Workspace) -> list[TitlePhrase]:
    """The titles of all named persons, in text order."""
    found: list[TitlePhrase] = []
    shared: tuple[int, list[Token]] = (-1, [])
    place = 0
    for mention in sorted(work.mentions, key=lambda m: m.span):
        if not _names_person(work, mention):
            continue
        first, last = extent(work, mention)
        nouns = [*_inside(work, first, last), *_before(work, first)]
        if not nouns and shared[0] >= 0 and _continues_list(work, shared[0], first):
            nouns = shared[1]
            place += 1
        else:
            place = 0
        shared = (last, [n for n in nouns if is_plural(work, n)])
        found.extend(TitlePhrase(mention.actors[0], noun, mention, place) for noun in nouns)
        behind = [n for n in titles_behind(work, last) if n not in nouns]
        found.extend(TitlePhrase(mention.actors[0], noun, mention) for noun in behind)
    return found


def _inside(work: Workspace, first: int, last: int) -> Iterator[Token]:
    """*Papst Franziskus*: a title that is part of a name that is known so."""
    token = work.parse.tokens[first]
    if last - first > 1 and work.vocabulary.office.title(token.text) and token.pos in ("NOUN", "PROPN"):
        yield token


def _names_person(work: Workspace, mention: Mention) -> bool:
    return (
        mention.kind is MentionKind.NAME
        and len(mention.actors) == 1
        and work.entities[mention.actors[0]].kind is EntityClass.PERSON
    )


def _continues_list(work: Workspace, last: int, first: int) -> bool:
    """Whether nothing but brackets, a comma or *und* stands between two names."""
    tokens = work.parse.tokens
    i, joined = last, False
    while i < first:
        text = tokens[i].text
        if text in BRACKETS:
            i = behind_bracket(work, i)
            continue
        if text != "," and text not in work.vocabulary.coordinators:
            return False
        joined = True
        i += 1
    return joined and i == first and tokens[first].sentence == tokens[last - 1].sentence


def _before(work: Workspace, first: int) -> Iterator[Token]:
    """*Präsident Xi*, *Vizekanzler und Minister X*, *der Gouverneur von Miranda, X*, *die Ministerin für Y X*."""
    tokens = work.parse.tokens
    start = work.parse.sentences[tokens[first].sentence].first
    i = first - 1
    while i >= start and (
        (tokens[i].text in work.vocabulary.honorifics and not is_title(work, tokens[i]))
        or tokens[i].text in _QUOTES
    ):
        i -= 1
    if i < start:
        return
    if is_title(work, tokens[i], beside_name=True):
        noun = tokens[i]
        outer = _outer(work, noun, start, first)
        if outer is not None:
            yield outer
    else:
        comma = tokens[i].text in (",", ":")
        chained = _chained(work, i, start, first, comma=comma)
        if chained is None or (comma and not _closed(work, chained, first)):
            return
        noun = chained
    yield noun
    yield from _coordinated(work, noun, start)


def _coordinated(work: Workspace, noun: Token, start: int) -> Iterator[Token]:
    """The titles before one with *und*: *Vizekanzler und Arbeitsminister X*."""
    tokens = work.parse.tokens
    i = noun.index - 1
    while i > start and tokens[i].pos in ("ADJ", "DET"):
        i -= 1
    if i > start and tokens[i].text in work.vocabulary.coordinators and is_title(work, tokens[i - 1]):
        yield tokens[i - 1]
        yield from _coordinated(work, tokens[i - 1], start)


def _outer(work: Workspace, noun: Token, start: int, first: int) -> Token | None:
    """*dem künftigen Alterspräsidenten des Parlaments, dem CHP-Abgeordneten X,*: the title before an apposition."""
    tokens = work.parse.tokens
    begin = min(words_of(work, noun))
    comma = begin - 1
    if comma <= start or tokens[comma].text != "," or tokens[begin].pos != "DET":
        return None
    outer = _chained(work, comma, start, first, comma=True)
    return outer if outer is not None and _closed(work, outer, first) else None


def _chained(work: Workspace, i: int, start: int, name: int, *, comma: bool) -> Token | None:
    """The title whose complement ends right before a name, or before its comma.

    *der Vorsitzende des Rates, X*; without a comma the closest title counts (*der Sprecher des
    Präsidenten Putin* names the president), with one the first.
    """
    tokens, words = work.parse.tokens, work.vocabulary.office
    last = i - 1 if comma else i
    if not comma and (tokens[i].pos not in ("NOUN", "PROPN", "X") and tokens[i].text not in _QUOTES | {")"}):
        return None
    if (
        not comma
        and tokens[name].label in _ARGUMENTS
        and tokens[name].head not in range(max(start, i - _REACH), i + 1)
    ):
        return None
    j = last
    while j >= max(start, last - _REACH):
        token = tokens[j]
        if token.text == ")":
            j = _opening_bracket(work, j, start) - 1
            continue
        if token.text in _QUOTES or token.text in _JOINTS:
            j -= 1
            continue
        if token.pos not in _IN_CHAIN or is_person(work, token):
            return None
        if is_title(work, token, beside_name=False) and not _is_attribute(work, token, start):
            behind = tokens[j + 1]
            if tokens[j - 1].text.lower() in work.vocabulary.comparisons and j > start:
                return None  # "Durán dient als Sprecher, Pintado als …"
            if j == last:
                return token if comma and _is_certain(work, token) else None
            opening = words.opening if comma else words.close
            opens = behind.text.lower() in opening or behind.text in _QUOTES | {"("}
            return token if opens or behind.pos == "PROPN" or work.mention_at(behind.index) else None
        j -= 1
    return None


def title_before_comma(work: Workspace, comma: int) -> Token | None:
    """The title whose phrase ends at a comma: *der Hochkommissar für Menschenrechte, …*."""
    start = work.parse.sentences[work.parse.tokens[comma].sentence].first
    return _chained(work, comma, start, comma + 1, comma=True)


def _opening_bracket(work: Workspace, i: int, start: int) -> int:
    return next((j for j in range(i - 1, start - 1, -1) if work.parse.tokens[j].text == "("), i)


def _is_attribute(work: Workspace, noun: Token, start: int) -> bool:
    """*der Sprecher des Präsidenten*: whether a title is the genitive of another one before it."""
    tokens = work.parse.tokens
    i = noun.index - 1
    while i > start and tokens[i].pos == "ADJ":
        i -= 1
    genitive = tokens[i].text.lower() in work.vocabulary.office.genitive and i > start
    return genitive and is_title(work, tokens[i - 1])


def _is_certain(work: Workspace, noun: Token) -> bool:
    """*der Premierminister, X,* and *Frankreichs Premierminister, X,*, but not *als Premierminister, X*."""
    tokens = work.parse.tokens
    first = tokens[min(words_of(work, noun))]
    before = tokens[max(first.index - 1, 0)]
    if first.pos == "DET" or before.sentence != noun.sentence:
        return first.pos == "DET"
    return (
        before.text.lower() in work.vocabulary.office.contracted or work.mention_at(before.index) is not None
    )


def _closed(work: Workspace, noun: Token, first: int) -> bool:
    """Whether an apposition ends behind the name: *der Präsident, X, sagte*, not *sagte der Präsident, X sei …*."""
    tokens = work.parse.tokens
    mention = work.mention_at(first)
    assert mention is not None
    last = extent(work, mention)[1]
    sentence = work.parse.sentences[noun.sentence]
    if (
        last >= sentence.last
        or tokens[last].text in ENDS
        or tokens[last].text in work.vocabulary.coordinators
    ):
        return True
    return not any(t.pos in ("VERB", "AUX") for t in tokens[sentence.first : noun.index])
