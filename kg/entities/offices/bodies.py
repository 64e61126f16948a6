"""Whose an office is: the state, organisation or place that a title phrase names."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.offices.organizations import is_organisation, name_organisation
from kg.entities.workspace import Workspace
from kg.language.phrases import children
from kg.model import EntityClass, Mention, MentionKind, Token

_SURE, _KNOWN, _GUESSED = 0.95, 0.9, 0.7
_REACH = 10
_SHORTEST_NAME = 3
_KINDS_OF_COMPOUNDS = frozenset(
    {
        EntityClass.GOVERNMENT_BODY, EntityClass.INTERNATIONAL_ORGANIZATION, EntityClass.ORGANIZATION,
        EntityClass.PARTY, EntityClass.ARMED_GROUP, EntityClass.MEDIA_OUTLET, EntityClass.NEWS_AGENCY,
    }
)  # fmt: skip


def named_body(work: Workspace, noun: Token, *, naming: bool = False) -> str | None:
    """What the phrase itself names: by compound, adjective, genitive, *von*, or a possessive.

    Args:
        naming: an organisation that nothing else names becomes an entity.
    """
    found = (
        _prefix(work, noun)
        or _inner(work, noun)
        or _before(work, noun)
        or _behind(work, noun, naming=naming)
        or _possessor(work, noun)
    )
    if found is None or work.entities[found].kind is not EntityClass.PARTY:
        return found
    words = work.vocabulary.office
    title = split_title(work, words.without_former(noun.text)[0])[1]
    return None if words.masculine(words.title(title) or title) in words.never_of_parties else found


def body_of(
    work: Workspace, person: str, noun: Token, title: str, *, naming: bool = False
) -> tuple[str | None, float]:
    """The body of somebody's office, and how sure that is.

    Named in the phrase, else known of the holder, else the state of an officer of state. Nobody
    near is asked: *Maduro entsendet Außenminister Muster* does not say whose minister he is.
    """
    named = named_body(work, noun, naming=naming)
    words = work.vocabulary.office
    if named is not None:
        return named, _SURE
    usual = words.usual(title)
    for office in work.gazetteer.offices:
        if office.person == person and words.usual(office.title) == usual:
            return work.known(office.body), _KNOWN
    country = work.country_of(person)
    plain = words.strong_masculine(words.masculine(title))
    state = plain in words.of_states or title in words.of_states
    for prefix, key in words.body_of_prefix.items():
        if title.startswith(prefix):
            if country and state:
                return _known(work, country), _KNOWN
            return (None, _GUESSED) if plain in words.shared else (work.known(key), _KNOWN)
    if country is not None and state:
        return _known(work, country), _KNOWN
    return None, _GUESSED


def _known(work: Workspace, key: str) -> str:
    return work.known(key) if key in work.gazetteer.entities else key


def split_title(work: Workspace, text: str) -> tuple[str, str]:
    """*CHP-Abgeordneter* ─▶ (*CHP*, *Abgeordneter*), where the first part names a body; else (nothing, the word)."""
    words = work.vocabulary.office
    parts = text.split("-")
    for n in range(len(parts) - 1, 0, -1):
        prefix, rest = "-".join(parts[:n]), "-".join(parts[n:])
        if words.title(rest) is None or words.title(prefix) is not None:
            continue
        known = _entity_of(work, prefix)
        if known is not None and _is_portfolio(work, known, rest):
            return "", text
        if known is not None or _looks_like_body(work, prefix):
            return prefix, rest
    return "", text


def _is_portfolio(work: Workspace, known: str, title: str) -> bool:
    """*EU-Minister*, *UN-Botschafterin*: of a state, for an organisation."""
    words = work.vocabulary.office
    international = work.entities[known].kind is EntityClass.INTERNATIONAL_ORGANIZATION
    return international and words.masculine(words.title(title) or title) in words.portfolios


def _looks_like_body(work: Workspace, prefix: str) -> bool:
    """*ÖVP-Chef*, *Ukip-Vorsitzender*: an abbreviation, or what the text names alone, before an office is whose it is."""
    letters = [c for c in prefix if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return True
    return any(t.text == prefix and t.pos == "PROPN" and t.index not in work.at for t in work.parse.tokens)


def _entity_of(work: Workspace, prefix: str) -> str | None:
    keys = [k for k in work.gazetteer.names.get(prefix, ()) if work.gazetteer.entities[k].kind.is_actor]
    if keys:
        return work.known(keys[0])
    spaced = prefix.replace("-", " ")
    for key, entity in work.entities.items():
        if entity.kind in _KINDS_OF_COMPOUNDS and {prefix, spaced} & {entity.label, *entity.aliases}:
            return key
    if spaced != prefix:
        return next(
            (
                work.known(k)
                for k in work.gazetteer.names.get(spaced, ())
                if work.gazetteer.entities[k].kind.is_actor
            ),
            None,
        )
    return None


def _prefix(work: Workspace, noun: Token) -> str | None:
    text = noun.text.removesuffix("s")
    for title, key in work.vocabulary.office.body_of_title.items():
        first, _, last = title.partition("*")
        if text.startswith(first) and text.endswith(last) and len(text) >= len(first) + len(last):
            return work.known(key)  # "EU-Agrarkommissar": the Commission's, not the Union's
    prefix = split_title(work, work.vocabulary.office.without_former(noun.text)[0])[0]
    if not prefix:
        return None
    known = _entity_of(work, prefix)
    if known is not None:
        return known
    key = work.create(EntityClass.ORGANIZATION, prefix)
    end = noun.begin + noun.text.find(prefix) + len(prefix)
    if not any(m.span.begin >= noun.begin and m.span.end == end for m in work.mentions_in(noun.sentence)):
        work.mention(noun.index, noun.index + 1, MentionKind.COMPOUND, (key,), why="compound", end=end)
    return key


def _inner(work: Workspace, noun: Token) -> str | None:
    """*Bundestagspräsident*, *Kremlsprecher*, *Palästinenserpräsident*: the first part without a hyphen."""
    words = work.vocabulary.office
    text = words.without_former(noun.text)[0].rpartition("-")[2]
    if words.masculine(words.title(text) or text) in words.shared:
        return None
    for n in range(len(text) - 3, _SHORTEST_NAME, -1):
        first, rest = text[:n], text[n:]
        title = words.title(rest[:1].upper() + rest[1:]) if rest[:1].islower() else None
        if title is None or not {title, words.masculine(title)} & words.words:
            continue
        if first in words.body_of_prefix:
            return work.known(words.body_of_prefix[first])
        for form in (first, work.vocabulary.without_genitive(first)):
            state = work.gazetteer.inhabitants.get(form)
            if state is not None:
                return work.known(state)
            for key in work.gazetteer.names.get(form, ()):
                if work.gazetteer.entities[key].kind in _KINDS_OF_COMPOUNDS:
                    return work.known(key)
    return None


def _before(work: Workspace, noun: Token) -> str | None:
    """*der türkische*, *Sachsens*, *Londoner*, *der nordrhein-westfälische* … before a title."""
    tokens = work.parse.tokens
    i = noun.index - 1
    while i >= 0 and tokens[i].sentence == noun.sentence:
        token = tokens[i]
        state = work.gazetteer.adjectives.get(token.text)
        if state is not None:
            return work.known(state)
        region = work.vocabulary.office.regions.get(token.text)
        if region is not None:
            return _region(work, region)
        mention = work.mention_at(i)
        if mention is not None and mention.kind is MentionKind.NAME and not _is_person(work, mention):
            if (
                token.text.endswith(work.vocabulary.genitives)
                or token.feat("Case") == "Gen"
                or _adjectival(work, token, mention)
            ):
                return _of_city(work, noun, token, mention) or _filler(work, mention)
            return None
        if (
            token.pos in ("ADJ", "NUM", "ADV", "CCONJ")
            or token.text in ('"', "„", "“")
            or token.text in work.vocabulary.coordinators
        ):
            i -= 1
            continue
        if token.pos in ("NOUN", "PROPN") and work.vocabulary.office.title(token.text):
            i -= 1  # "der deutsche Vizekanzler und Arbeitsminister"
            continue
        return None
    return None


def _region(work: Workspace, name: str) -> str:
    """The region of an adjective (*bayerisch*), as the gazetteer or the text knows it."""
    known = work.gazetteer.names.get(name, ())
    if known:
        return work.known(known[0])
    here = (k for k, e in work.entities.items() if e.label == name and e.kind is EntityClass.PLACE)
    return next(here, None) or work.create(EntityClass.PLACE, name)


def _adjectival(work: Workspace, token: Token, mention: Mention) -> bool:
    """*Wiener*, *Londoner*: a city's adjective."""
    if mention.place is None:
        return False
    label = work.entities[mention.place].label
    return token.text != label and token.text.endswith(work.vocabulary.city_adjectives)


def _of_city(work: Workspace, noun: Token, adjective: Token, mention: Mention) -> str | None:
    """*der Londoner Bürgermeister* is the city's, *der Prager Regierungschef* the state's."""
    if not _adjectival(work, adjective, mention) or mention.place is None:
        return None
    words = work.vocabulary.office
    capital = work.gazetteer.capitals.get(work.entities[mention.place].label)
    if capital is not None and words.masculine(words.title(noun.text) or noun.text) in words.of_states:
        return work.known(capital)
    return mention.place


def _filler(work: Workspace, mention: Mention) -> str | None:
    """A city's mayor is of the city, a capital's minister of the state."""
    if mention.place and (not mention.actors or mention.local):
        return mention.place
    return mention.actors[0] if mention.actors else mention.place


def _is_person(work: Workspace, mention: Mention) -> bool:
    return bool(mention.actors) and work.entities[mention.actors[0]].kind is EntityClass.PERSON


def _behind(work: Workspace, noun: Token, *, naming: bool) -> str | None:
    """*des Rates der EU*, *von Chile*, *aus Florida*, *bei IHS*, *der Partei „Y“*; not *in Wien*, where he works."""
    tokens, words = work.parse.tokens, work.vocabulary.office
    end = work.parse.sentences[noun.sentence].last
    i = noun.index + 1
    if i < end and (mention := work.mention_at(i)) and not _is_person(work, mention):
        genitive = tokens[i].text.endswith(work.vocabulary.genitives) or tokens[i].feat("Case") == "Gen"
        if genitive and mention.kind in (MentionKind.NAME, MentionKind.DESCRIPTION):
            return _filler(work, mention)
    opened = False
    for token in tokens[i : min(end, i + _REACH)]:
        text = token.text.lower()
        mention = work.mention_at(token.index)
        if mention is not None and mention.kind is MentionKind.NAME and _is_person(work, mention):
            return None  # "Präsident Selenskyj von den USA"
        if text in words.genitive or text in words.belonging:
            opened = True
        elif token.pos in ("VERB", "AUX", "PRON", "SCONJ") or token.text == "," or text in words.where:
            return None
        elif opened and token.pos != "ADP":
            if mention is not None:
                return None if _is_person(work, mention) else _filler(work, mention)
            if naming and is_organisation(work, token):
                return name_organisation(work, token)
            state = work.gazetteer.adjectives.get(token.text)
            if state is not None and not _named_ahead(work, token, end, naming=naming):
                return work.known(state)
    return None


def _named_ahead(work: Workspace, adjective: Token, end: int, *, naming: bool) -> bool:
    """*der ägyptischen Zentralbank*: whether the noun of an adjective is itself an actor."""
    for token in work.parse.tokens[adjective.index + 1 : min(end, adjective.index + 4)]:
        if token.pos in ("NOUN", "PROPN"):
            return work.mention_at(token.index) is not None or (naming and is_organisation(work, token))
    return False


def body_behind_name(work: Workspace, noun: Token, last: int) -> str | None:
    """*Senator X aus Texas*, *Sprecherin X von Oxfam*: what stands behind the name, for offices that no state has.

    Args:
        last: the token behind the name.
    """
    tokens, words = work.parse.tokens, work.vocabulary.office
    title = words.masculine(words.title(noun.text) or noun.text)
    if title in words.of_states or last >= noun.index + _REACH:
        return None
    i = last
    if i < len(tokens) and tokens[i].text == "(":
        i = next((j + 1 for j in range(i, min(i + 6, len(tokens))) if tokens[j].text == ")"), i)
    if i + 1 >= len(tokens) or tokens[i].text.lower() not in words.behind_names:
        return None
    for token in tokens[i + 1 : i + 5]:
        mention = work.mention_at(token.index)
        if mention is not None:
            body = None if _is_person(work, mention) else _filler(work, mention)
            party = body is not None and work.entities[body].kind is EntityClass.PARTY
            return None if party else body
        if token.pos not in ("DET", "ADJ", "NOUN"):
            return None
    return None


def has_complement(work: Workspace, noun: Token) -> bool:
    """Whether a title says of what it is, named or not: *der Führer der Truppen*, *Leiter bei IHS*."""
    words, tokens = work.vocabulary.office, work.parse.tokens
    behind = tokens[noun.index + 1] if noun.index + 1 < len(tokens) else noun
    return behind.text.lower() in words.genitive | words.belonging or behind.text == words.purpose


def respective_bodies(work: Workspace, noun: Token) -> list[str]:
    """*die Präsidenten Südkoreas und Chinas*: each its own, where several are named."""
    tokens = work.parse.tokens
    found: list[str] = []
    end = min(work.parse.sentences[noun.sentence].last, noun.index + 2 * _REACH)
    for token in tokens[noun.index + 1 : end]:
        mention = work.mention_at(token.index)
        if mention is not None and not _is_person(work, mention):
            body = _filler(work, mention)
            if body is not None and body not in found:
                found.append(body)
        elif mention is not None or not (
            token.text.lower() in work.vocabulary.office.genitive
            or token.text in work.vocabulary.coordinators | {","}
        ):
            break
    return found


def _possessor(work: Workspace, noun: Token) -> str | None:
    """*die Partei und ihr Vorsitzender*: the organisation that a possessive takes up."""
    for child in _determiners(work, noun):
        if child.feat("Poss") == "Yes":
            mention = work.mention_at(child.index)
            if mention is not None and len(mention.actors) == 1 and not _is_person(work, mention):
                return mention.actors[0]
    return None


def _determiners(work: Workspace, noun: Token) -> Iterator[Token]:
    yield from children(work.parse, noun, "det")
    if noun.index:
        yield work.parse.tokens[noun.index - 1]
