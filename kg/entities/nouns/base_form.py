"""The base form of a noun phrase, as a newspaper would list it: *den syrischen Aktivisten* ─▶ *syrische Aktivisten*."""

from __future__ import annotations

from dataclasses import dataclass

from kg.entities.workspace import Workspace
from kg.language.phrases import case_of, children, preposition, subtree
from kg.model import Mention, MentionKind, Token

_LONGEST = 6
"""Words of an attribute that still belong to what somebody is called."""

_LONGEST_WRITTEN = 12
"""Words of a phrase that is still a form of somebody's name."""
_APART = frozenset({"acl", "appos", "conj", "punct", "parataxis", "cop", "nsubj", "advcl", "dep"})
"""Relations of what is no attribute."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with what describes it.

    ``label`` is the base form, ``plain`` without what counts (*zwei*, *mehrere*), ``first`` the token where
    the phrase begins without its article, ``words`` the stems of what describes the noun, ``numbered``
    whether a number stands before it.
    """

    noun: Token
    label: str
    plain: str
    first: int
    words: frozenset[str]
    numbered: bool


def base_form(work: Workspace, noun: Token, *, many: bool, inflected: bool) -> Phrase:
    """The base form of the phrase that a noun carries.

    Args:
        many: the noun is a plural.
        inflected: it has the endings of an adjective (*der Verdächtige*, *ein Verdächtiger*).
    """
    left = _left(work, noun)
    head = _head(work, noun, many=many, inflected=inflected)
    end = _ending(work, noun, many=many)
    behind = _behind(work, noun)
    words = [_strong(work, t, end) for t in left]
    counts = [_is_count(work, t) for t in left]
    told = [w for w, count in zip(words, counts, strict=True) if not count]
    right = f" {work.parse.text[behind[0].begin : behind[-1].end]}" if behind else ""
    return Phrase(
        noun,
        _joined(words, head) + right,
        _joined(told, head) + right,
        left[0].index if left else noun.index,
        frozenset([_stem(work, t).casefold() for t, c in zip(left, counts, strict=True) if not c and t.pos != "CCONJ"]
                  + [t.text.casefold() for t in behind if t.pos in ("NOUN", "PROPN", "ADJ", "NUM")]),
        any(t.pos == "NUM" for t in left),
    )  # fmt: skip


def as_written(work: Workspace, noun: Token) -> tuple[str, ...]:
    """A noun with its attributes as the text has them: *Spitzenpolitiker seiner eigenen Partei*, with its adjectives and without.

    Nothing where no attribute stands behind it; clauses, appositions and coordinated nouns are none.
    """
    inside, heads = {noun.index}, [noun]
    while heads and len(inside) <= _LONGEST_WRITTEN:
        for child in children(work.parse, heads.pop()):
            if child.label.partition(":")[0] not in _APART:
                inside.add(child.index)
                heads.append(child)
    last = noun.index
    while last + 1 in inside:
        last += 1
    if last == noun.index or len(inside) > _LONGEST_WRITTEN:
        return ()
    first = noun.index
    while first - 1 in inside and work.parse.tokens[first - 1].pos == "ADJ":
        first -= 1
    text, end = work.parse.text, work.parse.tokens[last].end
    return tuple(dict.fromkeys(text[work.parse.tokens[i].begin : end] for i in (first, noun.index)))


def _joined(words: list[str], head: str) -> str:
    return " ".join([*words, head]).replace(" ,", ",")


def _left(work: Workspace, noun: Token) -> list[Token]:
    """Adjectives, counts and a genitive name directly before a noun."""
    tokens = work.parse.tokens
    first = noun.index
    start = work.parse.sentences[noun.sentence].first
    while first > start and _describes(work, tokens[first - 1]):
        first -= 1
    owner = work.mention_at(first - 1) if first > start else None
    if owner is not None and _is_genitive(work, owner, tokens[first - 1]):
        while first > start and work.mention_at(first - 1) is owner:
            first -= 1
    while first < noun.index and tokens[first].pos == "CCONJ":
        first += 1
    return list(tokens[first : noun.index])


def _describes(work: Workspace, token: Token) -> bool:
    """Whether a word belongs to what a noun is called: not an article, but *syrische*, *drei*, *mehrere*, *und*."""
    words = work.vocabulary
    if token.text.lower() in words.definite | words.actors.one:
        return False
    if token.pos == "CCONJ":
        return work.parse.tokens[token.index - 1].pos == "ADJ"
    return (token.pos in ("ADJ", "NUM") and not _is_separate(work, token)) or (
        token.pos in ("DET", "PRON") and _is_count(work, token)
    )


def _is_genitive(work: Workspace, name: Mention, token: Token) -> bool:
    """*Clintons Vorgänger*, but not *nach Paris Vertreter …*"""
    return (
        name.kind is MentionKind.NAME
        and token.pos == "PROPN"
        and token.text.endswith(work.vocabulary.genitives)
        and preposition(work.parse, token) is None
    )


def _is_separate(work: Workspace, token: Token) -> bool:
    """A predicative adjective or a number of another phrase: not inflected at all."""
    return token.pos == "ADJ" and token.text[:1].islower() and not token.text.endswith(_endings(work))


def _endings(work: Workspace) -> tuple[str, ...]:
    return work.vocabulary.actors.inflection


def _is_count(work: Workspace, token: Token) -> bool:
    word = token.text.lower()
    if token.pos == "NUM":
        return token.text.lower() not in work.vocabulary.actors.one
    return any(
        word == q or word.removeprefix(q) in _endings(work)
        for q in work.vocabulary.actors.quantifiers
        if word.startswith(q)
    )


def _stem(work: Workspace, token: Token) -> str:
    """*syrischen* ─▶ *syrisch*"""
    if token.pos == "PROPN" or _is_city(work, token):
        return token.text
    for end in sorted(_endings(work), key=len, reverse=True):
        if token.text.endswith(end):
            return token.text.removesuffix(end)
    return token.text


def _is_city(work: Workspace, token: Token) -> bool:
    """*Berliner*, which is not inflected."""
    return (
        token.text[:1].isupper()
        and token.text.endswith(work.vocabulary.city_adjectives)
        and token.lemma[:1].isupper()
    )


def _strong(work: Workspace, token: Token, end: str) -> str:
    """An adjective in the nominative without article; names and counts as they are."""
    if token.pos in ("PROPN", "CCONJ", "NUM", "PUNCT"):
        return token.text
    stem = _stem(work, token)
    if stem == token.text:
        return stem
    if token.index == work.parse.sentences[token.sentence].first:
        stem = stem[:1].lower() + stem[1:]
    return stem + end


def _ending(work: Workspace, noun: Token, *, many: bool) -> str:
    ends = work.vocabulary.nominative_endings
    return ends["Plur"] if many else ends[gender_of(work, noun)]


def gender_of(work: Workspace, noun: Token) -> str:
    """A singular noun's gender: by its ending, its article, or as the parser says."""
    article = next((c.feat("Gender") for c in children(work.parse, noun, "det") if c.feat("Gender")), "")
    return work.vocabulary.gender(noun.lemma) or noun.feat("Gender") or article or "Masc"


def _head(work: Workspace, noun: Token, *, many: bool, inflected: bool) -> str:
    text = noun.text
    if inflected:
        stem = next(
            (text.removesuffix(e) for e in sorted(_endings(work), key=len, reverse=True) if text.endswith(e)),
            text,
        )
        return stem + _ending(work, noun, many=many)
    if not many:
        return noun.lemma or text
    return _plural(work, noun)


def _plural(work: Workspace, noun: Token) -> str:
    """The nominative of a plural: *Diplomatenkreisen* ─▶ *Diplomatenkreise*, *Kämpfern* ─▶ *Kämpfer*."""
    text, lemma, ending = noun.text, noun.lemma, work.vocabulary.dative_plural
    if not text.endswith(ending) or lemma == text:
        return text
    shorter = text.removesuffix(ending)
    if lemma.endswith(work.vocabulary.actors.same_plurals):
        return shorter if shorter[-3:] == lemma[-3:] else text
    weak = lemma.endswith(work.vocabulary.actors.weak_plurals)
    return text if weak or case_of(work.parse, noun) != "Dat" else shorter


def _behind(work: Workspace, noun: Token) -> list[Token]:
    """The genitive, or *von …*, *aus …*, *in …* with a name, right behind a noun."""
    for child in children(work.parse, noun, "nmod", "obl"):
        words = [t for t in subtree(work.parse, child) if t.index > noun.index]
        if child.index > noun.index and _is_whole(words, noun) and _belongs(work, child, words[0]):
            return words
    return _genitive_name(work, noun)


def _is_whole(words: list[Token], noun: Token) -> bool:
    """Whether words are a short phrase right behind a noun, without clause, comma or *seiner*."""
    if not words or words[0].index != noun.index + 1 or len(words) > _LONGEST:
        return False
    return words[-1].index - noun.index == len(words) and not any(
        t.pos in ("PUNCT", "VERB", "AUX", "PRON") or t.feat("Poss") == "Yes" for t in words
    )


def _belongs(work: Workspace, child: Token, first: Token) -> bool:
    adposition = preposition(work.parse, child)
    if adposition is None:
        return child.label == "nmod" and first.pos != "ADV"
    if adposition.lemma not in work.vocabulary.actors.attributes or adposition.index != first.index:
        return False
    mention = work.mention_at(child.index)
    named = mention is not None and mention.kind is MentionKind.NAME
    return named or (adposition.lemma in work.vocabulary.origin_prepositions and child.label == "nmod")


def _genitive_name(work: Workspace, noun: Token) -> list[Token]:
    """*Präsident Ecuadors*, where the parser sees no genitive."""
    tokens = work.parse.tokens
    i = noun.index + 1
    mention = work.mention_at(i) if i < len(tokens) else None
    if mention is None or mention.kind is not MentionKind.NAME or mention.head != i:
        return []
    genitive = tokens[i].pos == "PROPN" and tokens[i].text.endswith(work.vocabulary.genitives)
    if not genitive or tokens[i].head != noun.index:
        return []
    return [t for t in tokens[i : i + _LONGEST] if work.mention_at(t.index) is mention]
