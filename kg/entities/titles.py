"""Who holds which office, as the words before and behind a name say."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.attributes import owner
from kg.entities.workspace import Workspace
from kg.model import EntityClass, Gender, MentionKind, OfficeMention, Span, Token

_REACH = 9
_SURE, _KNOWN, _GUESSED = 0.95, 0.9, 0.7


def read_titles(work: Workspace) -> list[OfficeMention]:
    """The offices of all named persons, in text order; also notes titles and countries."""
    found: list[OfficeMention] = []
    for mention in sorted(work.mentions, key=lambda m: m.span):
        if mention.kind is not MentionKind.NAME or len(mention.actors) != 1:
            continue
        if work.entities[mention.actors[0]].kind is not EntityClass.PERSON:
            continue
        for noun in _title_nouns(work, mention.head):
            office = _office(work, mention.actors[0], noun, mention.span)
            if office is not None:
                found.append(office)
    return found


def _title_nouns(work: Workspace, first: int) -> Iterator[Token]:
    """The office noun before a name (*Präsident Xi*), before a comma (*der Gouverneur des
    Bundesstaats Miranda, Hector Rodriguez*), or in an apposition (*Maas, der Außenminister*)."""
    tokens = work.parse.tokens
    sentence = work.parse.sentences[tokens[first].sentence]
    before = first - 1
    while (
        before >= sentence.first
        and tokens[before].text in work.vocabulary.honorifics
        and not _is_office(work, tokens[before])
    ):
        before -= 1
    if before >= sentence.first:
        if _is_office(work, tokens[before]):
            yield tokens[before]
            return
        if tokens[before].text == ",":
            noun = _before_comma(work, before, sentence.first)
            if noun is not None:
                yield noun
                return
    last = first
    mention = work.mention_at(first)
    while last < sentence.last and work.mention_at(last) is mention:
        last += 1
    noun = _apposition(work, last, sentence.last)
    if noun is not None:
        yield noun


def _is_office(work: Workspace, token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN") and (
        work.vocabulary.is_office(token.lemma) or work.vocabulary.is_office(token.text)
    )


def _before_comma(work: Workspace, comma: int, start: int) -> Token | None:
    tokens = work.parse.tokens
    for i in range(comma - 1, max(start, comma - _REACH) - 1, -1):
        token = tokens[i]
        if token.pos in ("VERB", "AUX", "PUNCT", "SCONJ", "CCONJ") or (
            (m := work.mention_at(i)) and m.actors and work.entities[m.actors[0]].kind is EntityClass.PERSON
        ):
            return None
        if _is_office(work, token):
            if tokens[i - 1].text.lower() in work.vocabulary.comparisons:
                return None  # "Durán dient als Sprecher, Pintado als …"
            return token if i + 1 < comma or owner(work, token) else None
    return None


def _apposition(work: Workspace, last: int, end: int) -> Token | None:
    tokens = work.parse.tokens
    if last >= end or tokens[last].text != ",":
        return None
    for i in range(last + 1, min(last + 6, end)):
        token = tokens[i]
        if _is_office(work, token):
            if tokens[last + 1].pos not in ("DET", "ADJ", "NOUN") or _followed_by_person(work, i, end):
                return None
            return token
        if token.pos not in ("DET", "ADJ", "ADV"):
            return None
    return None


def _followed_by_person(work: Workspace, i: int, end: int) -> bool:
    mention = work.mention_at(i + 1) if i + 1 < end else None
    return mention is not None and bool(mention.actors)


def _office(work: Workspace, person: str, noun: Token, name: Span) -> OfficeMention | None:
    """Note title, gender and country of a person; an OfficeMention where it is an office."""
    vocabulary = work.vocabulary
    title = noun.lemma if work.vocabulary.is_office(noun.lemma) else noun.text
    masculine = vocabulary.masculine(title)
    work.titles.setdefault(person, []).append(masculine)
    if masculine != title and work.entities[person].gender is Gender.UNKNOWN:
        _set_gender(work, person, Gender.FEMININE)
    body, confidence = _body(work, person, noun, title)
    if body is not None and confidence >= _KNOWN and person not in work.countries:
        country = work.country_of(body)
        if country:
            work.countries[person] = country
    for i in _phrase(work, noun):
        work.at.setdefault(i, work.at[_name_token(work, name)])
    plain = title.rpartition("-")[2] if "-" in title and _names_body(work, title) else title
    if work.entities[person].gender is not Gender.FEMININE:
        plain = vocabulary.strong_masculine(plain)
    if plain in vocabulary.weak_offices or masculine in vocabulary.weak_offices or _former(work, noun):
        return None
    first = min(_phrase(work, noun))
    begin = min(work.parse.tokens[first].begin, name.begin)
    return OfficeMention(
        person, _with_adjective(work, noun, plain), body,
        Span(begin, max(name.end, noun.end)), noun.sentence, confidence,
    )  # fmt: skip


def _set_gender(work: Workspace, person: str, gender: Gender) -> None:
    from dataclasses import replace

    work.entities[person] = replace(work.entities[person], gender=gender)


def _name_token(work: Workspace, name: Span) -> int:
    return next(t.index for t in work.parse.tokens if t.begin >= name.begin)


def _phrase(work: Workspace, noun: Token) -> list[int]:
    """The title noun with its adjectives and article; a genitive name stays its own mention."""
    tokens = work.parse.tokens
    found = [noun.index]
    i = noun.index - 1
    while i >= 0 and tokens[i].sentence == noun.sentence and tokens[i].pos in ("ADJ", "DET"):
        found.append(i)
        i -= 1
    return found


def _names_body(work: Workspace, title: str) -> bool:
    prefix = title.partition("-")[0]
    return prefix in work.gazetteer.names or prefix in work.vocabulary.former


def _former(work: Workspace, noun: Token) -> bool:
    former = work.vocabulary.former
    if noun.text.partition("-")[0] in former or noun.text.startswith(work.vocabulary.former_beginnings):
        return True
    tokens = work.parse.tokens
    stems = tuple(word for word in former if len(word) > 3)
    return any(tokens[i].text.lower().startswith(stems) for i in _phrase(work, noun))


def _with_adjective(work: Workspace, noun: Token, title: str) -> str:
    """*stellvertretender Parlamentspräsident*: adjectives that change what the office is."""
    tokens = work.parse.tokens
    for i in _phrase(work, noun)[1:]:
        stem = next(
            (p for p in work.vocabulary.kept_office_adjectives if tokens[i].text.lower().startswith(p)), None
        )
        if stem:
            gender = Gender.FEMININE if work.vocabulary.is_feminine(title) else Gender.MASCULINE
            return f"{stem}{work.vocabulary.nominative_endings[gender]} {title}"
    return title


def _body(work: Workspace, person: str, noun: Token, title: str) -> tuple[str | None, float]:
    """The state or organisation of an office, and how sure that is."""
    named = owner(work, noun)
    if named is not None and work.entities[named].kind is not EntityClass.PERSON:
        return named, _SURE
    place = _place_of_office(work, noun)
    if place is not None:
        return place, _SURE
    country = work.country_of(person)
    usual = work.vocabulary.usual_office(title)
    for office in work.gazetteer.offices:
        if office.person == person and work.vocabulary.usual_office(office.title) == usual:
            return work.known(office.body), _KNOWN
    for prefix, key in work.vocabulary.body_of_prefix.items():
        if noun.text.startswith(prefix):
            return work.known(country or key), _KNOWN
    if country is not None:
        return work.known(country) if country in work.gazetteer.entities else country, _KNOWN
    if usual in work.vocabulary.of_anybody:
        return None, _GUESSED
    context = _context_state(work, noun)
    return context, _GUESSED


def _place_of_office(work: Workspace, noun: Token) -> str | None:
    """*Gouverneur des Bundesstaats Miranda*, *Bürgermeister von London*."""
    tokens = work.parse.tokens
    for i in range(noun.index + 1, min(noun.index + 4, len(tokens))):
        if tokens[i].pos == "PUNCT" or tokens[i].sentence != noun.sentence:
            return None
        mention = work.mention_at(i)
        if mention is not None:
            return mention.place if mention.place and i > noun.index + 1 else None
    return None


def _context_state(work: Workspace, noun: Token) -> str | None:
    """The state of whoever the sentence spoke of before: *Maduro entsendet Außenminister …*."""
    sentence = work.parse.sentences[noun.sentence]
    for i in range(noun.index - 1, sentence.first - 1, -1):
        mention = work.mention_at(i)
        if mention is not None and mention.actors:
            country = work.country_of(mention.actors[0])
            if country:
                return work.known(country) if country in work.gazetteer.entities else country
    return None
