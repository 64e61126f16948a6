"""Title phrases ─▶ who holds which office of whom, and what that says of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.entities.offices.bodies import (
    body_behind_name,
    body_of,
    has_complement,
    named_body,
    respective_bodies,
    split_title,
)
from kg.entities.offices.title_words import extent, is_plural, is_title, words_of
from kg.entities.offices.titles import TitlePhrase, find_titles
from kg.entities.workspace import Workspace
from kg.language.phrases import children
from kg.model import EntityClass, Gender, Mention, MentionKind, OfficeMention, Span, Token

_KNOWN = 0.9
_LONGEST = 7
_DESCRIBED = 0.75
"""How sure an office is that only a description tells (*der Senator aus Florida*)."""


def note_titles(work: Workspace) -> list[TitlePhrase]:
    """Find the titles of all named persons; what they say of gender and country helps to resolve others."""
    phrases = find_titles(work)
    for phrase in phrases:
        _note(work, phrase)
    return phrases


def _note(work: Workspace, phrase: TitlePhrase) -> None:
    words, person, noun = work.vocabulary.office, phrase.person, phrase.noun
    title = basic_title(work, noun)
    masculine = words.strong_masculine(words.masculine(title))
    work.titles.setdefault(person, []).append(masculine)
    if work.entities[person].gender is Gender.UNKNOWN and _is_womans(work, noun, title, masculine):
        work.entities[person] = replace(work.entities[person], gender=Gender.FEMININE)
    body, confidence = body_of(work, person, noun, title)
    if body is not None and confidence >= _KNOWN and person not in work.countries:
        country = work.country_of(body)
        if country:
            work.countries[person] = country
    if phrase.name is not None:
        for i in words_of(work, noun):
            work.at.setdefault(i, work.number_of(phrase.name))


def _is_womans(work: Workspace, noun: Token, title: str, masculine: str) -> bool:
    """*Außenministerin*, *die Abgeordnete X*"""
    if title == masculine:
        return False
    if work.vocabulary.is_feminine(title):
        return True
    first = work.parse.tokens[min(words_of(work, noun))]
    return (
        first.pos == "DET"
        and first.text.lower() in work.vocabulary.plural_articles
        and first.text.lower().endswith("e")
        and noun.text == title
    )


def basic_title(work: Workspace, noun: Token) -> str:
    """A title noun in its basic form, without *Ex-*: *Präsident* of *Ex-Präsidenten*."""
    words = work.vocabulary.office
    plain, _ = words.without_former(noun.text)
    return words.title(plain) or words.title(noun.lemma) or plain


def read_offices(work: Workspace, phrases: Sequence[TitlePhrase]) -> list[OfficeMention]:
    """The offices that titles with names, and descriptions of persons named elsewhere, tell; in text order."""
    found = [o for phrase in phrases if (o := _of_phrase(work, phrase, phrases)) is not None]
    beside = {phrase.noun.index for phrase in phrases}
    named = {m.actors[0] for m in work.mentions if m.kind is MentionKind.NAME and len(m.actors) == 1}
    for mention in work.mentions:
        if (
            mention.kind is MentionKind.DESCRIPTION
            and len(mention.actors) == 1
            and mention.head not in beside
        ):
            person = mention.actors[0]
            if person in named and work.entities[person].kind is EntityClass.PERSON:
                described = _of_description(work, mention, person)
                if described is not None:
                    found.append(described)
    return sorted(found, key=lambda o: o.span)


def _of_phrase(work: Workspace, phrase: TitlePhrase, phrases: Sequence[TitlePhrase]) -> OfficeMention | None:
    words, noun, name = work.vocabulary.office, phrase.noun, phrase.name.span
    first = work.parse.tokens[min(words_of(work, noun))]
    span = Span(min(first.begin, name.begin), max(name.end, noun.end))
    related = _of_relation(work, phrase, phrases)
    if related is not None:
        return replace(related, span=span, sentence=noun.sentence)
    title = basic_title(work, noun)
    body, confidence = body_of(work, phrase.person, noun, title, naming=True)
    behind = body_behind_name(work, noun, extent(work, phrase.name)[1]) if body is None else None
    if behind is not None:
        body, confidence = behind, _KNOWN
    each = respective_bodies(work, noun)
    if len(each) > 1 and is_plural(work, noun):
        body = each[phrase.place] if phrase.place < len(each) else None
    plain = office_name(work, phrase.person, noun, title)
    if words.is_weak(title) and " " not in plain:  # "Vorsitzender Richter" is an office, "Richter" a calling
        return None
    if words.needs_body(plain) and body is None and not has_complement(work, noun):
        return None
    time, planned = when(work, noun)
    return OfficeMention(phrase.person, plain, body, span, noun.sentence, confidence, time, planned)


def office_name(work: Workspace, person: str | None, noun: Token, title: str) -> str:
    """The office as a newspaper would list it: without its body's prefix, in the holder's gender, with what belongs to it."""
    words = work.vocabulary.office
    plain = words.title(split_title(work, title)[1]) or title
    feminine = person is not None and work.entities[person].gender is Gender.FEMININE
    if not feminine:
        plain = words.strong_masculine(plain)
    for i in words_of(work, noun)[1:]:
        token = work.parse.tokens[i]
        stem = next((p for p in words.kept if token.text.lower().startswith(p)), None)
        if stem and not plain.lower().startswith(stem):
            gender = Gender.FEMININE if feminine or work.vocabulary.is_feminine(plain) else Gender.MASCULINE
            stem = stem.capitalize() if token.text[:1].isupper() else stem
            plain = f"{stem}{work.vocabulary.nominative_endings[gender]} {plain}"
            break
    return plain + _purpose(work, noun)


def _purpose(work: Workspace, noun: Token) -> str:
    """*Ministerin für Bergbau und Verkehr*: what an office is for is part of its name."""
    tokens = work.parse.tokens
    end = work.parse.sentences[noun.sentence].last
    last = noun.index + 1
    if last >= end or tokens[last].text != work.vocabulary.office.purpose:
        return ""
    while (
        last + 1 < end
        and last - noun.index < _LONGEST
        and tokens[last + 1].pos in ("NOUN", "ADJ", "CCONJ", "DET")
    ):
        if tokens[last + 1].pos == "DET" and last > noun.index + 1:
            break  # "Kommissar für Erweiterung der EU"
        last += 1
    if tokens[last].pos != "NOUN":
        return ""
    return " " + work.parse.text[tokens[noun.index + 1].begin : tokens[last].end]


def when(work: Workspace, noun: Token) -> tuple[str, bool]:
    """The word that says when somebody held an office, and whether it is still to come."""
    words, tokens = work.vocabulary.office, work.parse.tokens
    _, prefix = words.without_former(noun.text)
    if prefix:
        return prefix, False
    first = min(words_of(work, noun))
    adverbs = [first - 1] if first else []
    for i in (*words_of(work, noun)[1:], *adverbs):
        text = tokens[i].text.lower()
        if i >= first and text.startswith(words.former):
            return tokens[i].text, False
        if i >= first and text.startswith(words.future):
            return tokens[i].text, True
        if i < first and text in words.former_adverbs and tokens[i].sentence == noun.sentence:
            return tokens[i].text, False
    for behind in words.future_behind:
        if tuple(t.text for t in tokens[noun.index + 1 : noun.index + 1 + len(behind)]) == behind:
            return " ".join(behind), True
    return "", False


def _of_relation(
    work: Workspace, phrase: TitlePhrase, phrases: Sequence[TitlePhrase]
) -> OfficeMention | None:
    """*sein Amtskollege X* has the office of the last who was named with one, *sein Vorgänger X* had it."""
    words, noun = work.vocabulary.office, phrase.noun
    title = words.strong_masculine(words.masculine(basic_title(work, noun)))
    colleague = title in words.colleagues
    if not colleague and title not in words.predecessors:
        return None
    keys = _others(work, phrase, colleague=colleague)
    model = _model(work, phrase, phrases, keys)
    if model is None:
        known = [o for o in work.gazetteer.offices if o.person in keys and o.held(work.published)]
        if not colleague or len(known) != 1 or work.published is None:
            return None
        body, confidence = body_of(work, phrase.person, noun, known[0].title)
        return OfficeMention(
            phrase.person, known[0].title, body, phrase.name.span, noun.sentence, min(confidence, _DESCRIBED),
            how="colleague of an office holder",
        )  # fmt: skip
    of = basic_title(work, model.noun)
    office = office_name(work, phrase.person, model.noun, of)
    if colleague:
        if work.entities[phrase.person].gender is not Gender.FEMININE:
            office = words.strong_masculine(words.masculine(office))
        body, confidence = body_of(work, phrase.person, noun, office)
        return OfficeMention(
            phrase.person, office, body, phrase.name.span, noun.sentence, min(confidence, _KNOWN),
            how="colleague of an office holder",
        )  # fmt: skip
    body, confidence = body_of(work, model.person, model.noun, of)
    return OfficeMention(
        phrase.person, office, body, phrase.name.span, noun.sentence, min(confidence, _DESCRIBED),
        noun.text, how="predecessor of an office holder",
    )  # fmt: skip


def _others(work: Workspace, phrase: TitlePhrase, *, colleague: bool) -> tuple[str, ...]:
    """Whose colleague or predecessor somebody is: the possessor, else the last person that the sentence named."""
    noun = phrase.noun
    possessor = next((c for c in children(work.parse, noun, "det") if c.feat("Poss") == "Yes"), None)
    if possessor is None and not colleague:
        return ()
    mention = work.mention_at(possessor.index) if possessor is not None else None
    keys = tuple(k for k in mention.actors if k != phrase.person) if mention is not None else ()
    if keys:
        return keys
    start = work.parse.sentences[noun.sentence].first
    named = [m for i in range(start, noun.index) if (m := work.mention_at(i)) is not None]
    persons = [
        k
        for m in named
        for k in m.actors
        if k != phrase.person and work.entities[k].kind is EntityClass.PERSON
    ]
    return tuple(persons[-1:])


def _model(
    work: Workspace, phrase: TitlePhrase, phrases: Sequence[TitlePhrase], keys: tuple[str, ...]
) -> TitlePhrase | None:
    """The closest phrase that names the office of one of these."""
    own = [
        p
        for p in phrases
        if p.person in keys and not work.vocabulary.office.is_weak(basic_title(work, p.noun))
    ]
    return min(own, key=lambda p: abs(p.noun.index - phrase.noun.index), default=None)


def _of_description(work: Workspace, mention: Mention, person: str) -> OfficeMention | None:
    """*Der Senator aus Florida*, *die Kanzlerin*: a description of somebody named elsewhere."""
    words = work.vocabulary.office
    noun = work.parse.tokens[mention.head]
    if not is_title(work, noun):
        return None
    title = basic_title(work, noun)
    if words.is_weak(title):
        return None
    body, confidence = body_of(work, person, noun, title)
    plain = office_name(work, person, noun, title)
    if words.needs_body(plain) and body is None and not has_complement(work, noun):
        return None
    time, planned = when(work, noun)
    first = work.parse.tokens[min(words_of(work, noun))]
    return OfficeMention(
        person, plain, body, Span(first.begin, max(noun.end, mention.span.end)), noun.sentence,
        min(confidence, _DESCRIBED), time, planned, "description", named_body(work, noun) is None,
    )  # fmt: skip


def office_nouns(work: Workspace, phrases: Sequence[TitlePhrase]) -> dict[int, OfficeMention]:
    """The titles that stand with no name, by token; ``person`` is empty."""
    beside = {phrase.noun.index for phrase in phrases}
    found: dict[int, OfficeMention] = {}
    for noun in work.parse.tokens:
        if noun.index in beside or noun.pos not in ("NOUN", "PROPN") or not is_title(work, noun):
            continue
        title = basic_title(work, noun)
        first = work.parse.tokens[min(words_of(work, noun))]
        time, planned = when(work, noun)
        found[noun.index] = OfficeMention(
            "", office_name(work, None, noun, title), named_body(work, noun), Span(first.begin, noun.end),
            noun.sentence, _DESCRIBED, time, planned, "verb", scoped=has_complement(work, noun),
        )  # fmt: skip
    return found
