"""Organisations named by a noun and what it is for or called: *das Komitee für Menschenrechte*, *die Universität Tübingen*."""

from __future__ import annotations

from kg.entities.names.unknown import QUOTES
from kg.entities.workspace import Workspace
from kg.model import EntityClass, MentionKind, Token

_WORDS = ("NOUN", "PROPN", "ADJ")


def headed_names(work: Workspace) -> None:
    """What a noun such as *Komitee* names with *für …* behind it, or with a proper name."""
    for noun in work.parse.tokens:
        if noun.pos not in ("NOUN", "PROPN") or noun.index in work.at or not noun.text[:1].isupper():
            continue
        name = noun.lemma.rpartition("-")[2]
        if (
            noun.lemma not in work.vocabulary.organisation_heads
            and name not in work.vocabulary.organisation_heads
        ):
            continue
        last = _purpose(work, noun)
        if last > noun.index + 1 and (_is_definite(work, noun) or _is_closed(work, last)):
            _record(work, noun, last)


def _purpose(work: Workspace, noun: Token) -> int:
    """Where the phrase ends that says what it is for: *für Flüchtlinge und Migration*."""
    tokens, end = work.parse.tokens, work.parse.sentences[noun.sentence].last
    i = noun.index + 1
    if i + 1 >= end or tokens[i].text != work.vocabulary.office.purpose:
        return i
    last = i
    for j in range(i + 1, end):
        token = tokens[j]
        opens = token.text.endswith("-") or token.pos in ("ADJ", "CCONJ")
        if token.pos not in _WORDS and not opens:
            break
        if token.pos == "CCONJ" and (j + 1 >= end or tokens[j + 1].pos not in ("NOUN", "ADJ")):
            break
        if token.pos == "PROPN" and tokens[j - 1].pos == "NOUN":
            break  # "Zentrum für Psychiatrie Reichenau": where it is
        if not opens:
            last = j + 1
            if tokens[j].pos == "NOUN" and j + 1 < end and tokens[j + 1].pos in ("NOUN", "ADJ"):
                break
    return last if last > i else noun.index + 1


def _is_definite(work: Workspace, noun: Token) -> bool:
    """*des Komitees für …*, but not *ein Forum für …*: a name is definite."""
    return noun.feat("Number") != "Plur" and work.is_definite(noun)


def _is_closed(work: Workspace, last: int) -> bool:
    """Whether a quotation mark or a bracket shows where a name ends."""
    tokens = work.parse.tokens
    return last < len(tokens) and (tokens[last].text == "(" or tokens[last].text in QUOTES)


def _record(work: Workspace, noun: Token, last: int) -> None:
    tokens, vocabulary = work.parse.tokens, work.vocabulary
    before = tokens[noun.index - 1] if noun.index else noun
    state = work.gazetteer.adjectives.get(before.text)
    own = before.pos == "ADJ" and before.text[:1].isupper() and before.index not in work.at
    capital = own and before.index != work.parse.sentences[noun.sentence].first
    base = noun.lemma if noun.text.startswith(noun.lemma) else noun.text
    rest = work.parse.text[tokens[noun.index + 1].begin : tokens[last - 1].end]
    label, aliases = f"{base} {rest}", [work.parse.text[noun.begin : tokens[last - 1].end]]
    if capital or state:
        ending = vocabulary.nominative_endings.get(
            vocabulary.gender(noun.lemma.rpartition("-")[2]) or noun.feat("Gender") or "Neut", ""
        )
        stem = (
            before.text.rstrip("nrms").removesuffix("e")
            if before.text.endswith(("en", "er", "em", "es"))
            else before.text.removesuffix("e")
        )
        aliases += [label, work.parse.text[before.begin : tokens[last - 1].end]]
        label = f"{stem}{ending} {label}"
    kind = EntityClass.GOVERNMENT_BODY if vocabulary.actors.is_body(noun) else EntityClass.ORGANIZATION
    key = work.create(
        kind,
        label,
        country=work.known(state) if state else None,
        aliases=tuple(a for a in dict.fromkeys(aliases) if a != label),
    )
    work.mention(noun.index, last, MentionKind.NAME, (key,), head=noun.index, why="noun and purpose")
