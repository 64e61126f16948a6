"""Which title stands with which name: before it, behind it, or shared by several names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.entities.workspace import Workspace
from kg.model import EntityClass, Mention, MentionKind, Token

_REACH = 16
"""How many words a title's own complement may have: *der Vorsitzende des … Ausschusses …, X*."""
_SEGMENTS = 3
_IN_CHAIN = frozenset({"DET", "ADJ", "NOUN", "PROPN", "X", "NUM", "ADP", "CCONJ", "ADV"})
_BRACKETS = {"(": ")", "[": "]"}
_QUOTES = frozenset("\"„“”»«‚‘’'")
_ENDS = frozenset({",", ".", ";", ":", "–", "-", ")", "!", "?", "“", '"', "("})
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
        behind = [n for n in _behind(work, last) if n not in nouns]
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


def _continues_list(work: Workspace, last: int, first: int) -> bool:
    """Whether nothing but brackets, a comma or *und* stands between two names."""
    tokens = work.parse.tokens
    i, joined = last, False
    while i < first:
        text = tokens[i].text
        if text in _BRACKETS:
            i = _behind_bracket(work, i)
            continue
        if text != "," and text not in work.vocabulary.coordinators:
            return False
        joined = True
        i += 1
    return joined and i == first and tokens[first].sentence == tokens[last - 1].sentence


def _behind_bracket(work: Workspace, i: int) -> int:
    """The token behind a bracket that opens at one, or the next where it isn't closed."""
    tokens = work.parse.tokens
    end = work.parse.sentences[tokens[i].sentence].last
    closing = _BRACKETS[tokens[i].text]
    return next((j + 1 for j in range(i + 1, min(end, i + 14)) if tokens[j].text == closing), i + 1)


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
        if token.pos not in _IN_CHAIN or _is_person(work, token):
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


def _is_person(work: Workspace, token: Token) -> bool:
    mention = work.mention_at(token.index)
    if mention is None or not mention.actors or mention.kind is not MentionKind.NAME:
        return False
    return work.entities[mention.actors[0]].kind is EntityClass.PERSON


def _closed(work: Workspace, noun: Token, first: int) -> bool:
    """Whether an apposition ends behind the name: *der Präsident, X, sagte*, not *sagte der Präsident, X sei …*."""
    tokens = work.parse.tokens
    mention = work.mention_at(first)
    assert mention is not None
    last = extent(work, mention)[1]
    sentence = work.parse.sentences[noun.sentence]
    if (
        last >= sentence.last
        or tokens[last].text in _ENDS
        or tokens[last].text in work.vocabulary.coordinators
    ):
        return True
    return not any(t.pos in ("VERB", "AUX") for t in tokens[sentence.first : noun.index])


def _behind(work: Workspace, last: int) -> Iterator[Token]:
    """*Maas, der Außenminister*; *X, Arzt und Senator der Y*; *X (Präsident)*; *X (40), seit 2010 Leiter des Z*."""
    tokens = work.parse.tokens
    if last >= len(tokens) or last == 0:
        return
    end = work.parse.sentences[tokens[last - 1].sentence].last
    i = last
    while i < end and tokens[i].text in _BRACKETS:
        if i + 1 < end and is_title(work, tokens[i + 1]) and not _is_person(work, tokens[i + 1]):
            yield tokens[i + 1]
        i = _behind_bracket(work, i)
    for _ in range(_SEGMENTS):
        if i >= end or tokens[i].text != ",":
            return
        noun, i = _segment(work, i + 1, end)
        if noun is not None:
            yield noun


def _segment(work: Workspace, i: int, end: int) -> tuple[Token | None, int]:
    """The title in an apposition that begins at a token, and the comma behind the apposition."""
    tokens = work.parse.tokens
    begin = i
    found: Token | None = None
    while i < end and i - begin < _REACH:
        token = tokens[i]
        if found is None and is_title(work, token) and not _is_person(work, token):
            if _followed_by_person(work, i, end) or not _complete(work, begin, i, end):
                return None, end
            found = token
        elif token.text == "," or token.text in _ENDS:
            break
        elif token.pos in ("VERB", "AUX", "PRON", "SCONJ") or _is_person(work, token):
            return found, end
        elif found is None and token.pos not in ("DET", "ADJ", "ADV", "NUM", "NOUN", "CCONJ", "ADP"):
            return None, end
        i += 1
    return found, i


def _complete(work: Workspace, begin: int, i: int, end: int) -> bool:
    """Whether a title in apposition stands as one: with an article, a complement, or closed.

    *X, Minister und …* goes on with a list, *X, der Sohn des Präsidenten* has no title.
    """
    tokens, words = work.parse.tokens, work.vocabulary.office
    j = i - 1
    while j >= begin and tokens[j].pos in ("ADJ", "ADV", "NUM", "DET"):
        j -= 1
    if j >= begin and tokens[j].pos == "ADP" and any(t.pos == "NUM" for t in tokens[j:i]):
        j = begin - 1  # "seit 2010 Leiter des …"
    joined = j >= begin and tokens[j].text in work.vocabulary.coordinators
    if j >= begin and not joined:
        return False
    behind = tokens[i + 1] if i + 1 < end else None
    if behind is None or behind.text in _ENDS or behind.text.lower() in words.opening:
        return True
    determined = any(t.pos in ("DET", "ADJ") for t in tokens[begin:i])
    return determined or (behind.pos == "PROPN" and behind.text not in work.vocabulary.coordinators)


def _followed_by_person(work: Workspace, i: int, end: int) -> bool:
    return i + 1 < end and _is_person(work, work.parse.tokens[i + 1])


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
