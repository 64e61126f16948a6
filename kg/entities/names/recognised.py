"""Names that the recogniser found and nothing else claims, believed by what else speaks for them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.entities.gazetteer.folding import name_key
from kg.entities.names.towns import place_of
from kg.entities.names.unknown import add_person, known_family, nominative
from kg.entities.workspace import Workspace
from kg.model import EntityClass, MentionKind, NameSpan, Token

_CUT = frozenset({"DET", "ADP", "PUNCT", "ADV", "CCONJ", "NUM"})


def recognised_names(work: Workspace) -> None:
    """What the entity recogniser found and nothing else claims, persons first, longer names before shorter ones."""
    spans = sorted(work.parse.names, key=lambda n: (n.label != "PER", -(n.last - n.first)))
    for span in spans:
        trimmed = _trimmed(work, span)
        if trimmed is None or _is_no_name(work, work.parse.tokens[trimmed.first : trimmed.last]):
            continue
        first, last = trimmed.first, trimmed.last
        tokens = work.parse.tokens[first:last]
        if span.label == "PER" and _two_names(work, trimmed):
            continue
        if span.label == "PER" or (span.label != "MISC" and _called_like_a_person(work, tokens)):
            add_person(work, first, last, "")
        elif span.label in ("LOC", "ORG") and _is_name(work, tokens):
            _place_or_organisation(work, trimmed)


def _is_no_name(work: Workspace, tokens: Sequence[Token]) -> bool:
    """Inhabitants (*Israelis*), feasts and other words that recognisers take for names."""
    word = tokens[0].text
    inhabitants = work.gazetteer.inhabitants
    if len(tokens) == 1 and tokens[0].pos == "NOUN" and work.vocabulary.actors.find(tokens[0]):
        return True  # "aus Präsidentschaftskreisen"
    return len(tokens) == 1 and (
        word in work.vocabulary.no_names or word in inhabitants or word[:-1] in inhabitants
    )


def _two_names(work: Workspace, span: NameSpan) -> bool:
    """*traf Scholz Macron*: two known names side by side are two persons."""
    tokens = work.parse.tokens[span.first : span.last]
    if len(tokens) < 2 or work.gazetteer.spellings.get(name_key(" ".join(t.text for t in tokens))):
        return False
    for i in range(1, len(tokens)):
        one, other = (_known_name(work, part) for part in (tokens[:i], tokens[i:]))
        if one and other and one != other:
            work.mention(
                span.first, span.first + i, MentionKind.NAME, (work.known(one),), why="name beside a name"
            )
            work.mention(
                span.first + i, span.last, MentionKind.NAME, (work.known(other),), why="name beside a name"
            )
            return True
    return False


def _known_name(work: Workspace, tokens: Sequence[Token]) -> str | None:
    """Who is known by exactly these words: a full name, or a family name that is nobody's first name."""
    name = " ".join(t.text for t in tokens)
    if len(tokens) == 1 and (name in work.vocabulary.ambiguous or work.gazetteer.atlas.is_given_name(name)):
        return None
    keys = work.gazetteer.spellings.get(name_key(name), ())
    return keys[0] if len(keys) == 1 else None


def _place_or_organisation(work: Workspace, span: NameSpan) -> None:
    first, last = span.first, span.last
    label = nominative(work, work.parse.tokens[first:last])
    person = known_family(work, label)
    if person is not None:
        work.mention(first, last, MentionKind.NAME, (person,), why="family name")
    elif _is_venue(work, work.parse.tokens[first:last]):
        work.mention(first, last, MentionKind.NAME, place=place_of(work, label), why="venue")
    elif span.label == "LOC" and (_placed(work, first, last) or work.gazetteer.atlas.towns(label)):
        key = place_of(work, label)
        work.mention(first, last, MentionKind.NAME, place=key, why="recognised place")
    elif span.label == "ORG" and _organised(work, first, last):
        key = work.create(EntityClass.ORGANIZATION, label)
        work.mention(first, last, MentionKind.NAME, (key,), why="recognised organisation")


def _is_venue(work: Workspace, tokens: Sequence[Token]) -> bool:
    """*Penn Station*, *Taksim-Platz*, *Rigaer Straße*: a name of several parts whose last is a sort of place."""
    name = " ".join(t.text for t in tokens)
    own, _, last = name.replace("-", " ").rpartition(" ")
    return bool(own) and last.removesuffix("es").removesuffix("s").lower() in work.vocabulary.venues


def _called_like_a_person(work: Workspace, tokens: Sequence[Token]) -> bool:
    """*Dianne Feinstein*: a first name with a family name, whatever the recogniser calls it."""
    atlas = work.gazetteer.atlas
    return (
        1 < len(tokens) < 4
        and all(t.pos == "PROPN" and t.text[:1].isupper() and not t.text.isupper() for t in tokens)
        and atlas.is_given_name(tokens[0].text)
        and (atlas.is_family_name(tokens[-1].text) or len(tokens) == 2)
        and not atlas.towns(" ".join(t.text for t in tokens))
        and (not atlas.towns(tokens[0].text) or atlas.is_family_name(tokens[-1].text))
    )


def _is_name(work: Workspace, tokens: Sequence[Token]) -> bool:
    """Whether a span holds a name and no verb: a proper noun, or a noun with an adjective in a capital."""
    if any(t.pos in ("VERB", "AUX") for t in tokens):
        return False
    begins = tokens[0].index == work.parse.sentences[tokens[0].sentence].first
    if len(tokens) > 2 and tokens[0].pos == "NOUN" and tokens[0].lemma in work.vocabulary.organisation_heads:
        return True  # "Komitee für Menschenrechte"
    titled = len(tokens) > 1 and tokens[0].pos == "ADJ" and not begins
    return titled or any(t.pos == "PROPN" for t in tokens)


def _placed(work: Workspace, first: int, last: int) -> bool:
    """Unknown places are believed behind a preposition of place or origin, or when named again."""
    tokens, vocabulary = work.parse.tokens, work.vocabulary
    before = tokens[first - 1] if first else None
    where = vocabulary.local_prepositions | vocabulary.origin_prepositions
    if before is not None and before.pos == "ADP" and before.lemma in where:
        return True
    return last - first == 1 and work.times_written(tokens[first].text) > 1


def _organised(work: Workspace, first: int, last: int) -> bool:
    """Unknown organisations are believed with several words, as an abbreviation, or named again."""
    tokens = work.parse.tokens
    word = tokens[first].text
    if last - first > 1:
        return True
    return len(word) > 1 and (word.isupper() or work.times_written(word) > 1)


def _trimmed(work: Workspace, span: NameSpan) -> NameSpan | None:
    """Cut titles, articles, small adjectives and already claimed words off a recognised name."""
    tokens = work.parse.tokens
    first, last = span.first, span.last
    while first < last and (first in work.at or _is_no_beginning(work, tokens[first], span.label)):
        first += 1
    while last > first and (last - 1 in work.at or tokens[last - 1].pos in ("PUNCT", "ADP", "DET", "ADV")):
        last -= 1
    if first == last or not work.free(first, last):
        return None
    if any(t.pos in ("PUNCT", "VERB", "AUX") and t.text not in "-." for t in tokens[first:last]):
        return None
    return NameSpan(first, last, span.label)


def _is_no_beginning(work: Workspace, token: Token, label: str) -> bool:
    if token.pos == "ADJ":
        return label == "PER" or not token.text[:1].isupper()
    return (
        token.pos in _CUT
        or token.text in work.vocabulary.honorifics
        or (token.pos in ("NOUN", "PROPN") and work.vocabulary.is_office(token.lemma))
    )
