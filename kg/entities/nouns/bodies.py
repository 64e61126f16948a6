"""Common nouns that name actors: governments, parts of states, unnamed groups."""

from __future__ import annotations

from kg.entities.coordination import coordinated
from kg.entities.names.towns import spoken_states
from kg.entities.nouns.attributes import is_both, is_state, nominative, owners
from kg.entities.nouns.base_form import gender_of
from kg.entities.nouns.unnamed import is_many, name_unnamed
from kg.entities.workspace import Workspace
from kg.language.phrases import children
from kg.model import EntityClass, MentionKind, Token

_REPORTING = (EntityClass.MEDIA_OUTLET, EntityClass.NEWS_AGENCY)
"""Whose country says nothing about where a thing happened."""


def find_bodies(work: Workspace) -> None:
    """Mentions of governments (the state), bodies and groups; in text order."""
    vocabulary = work.vocabulary
    for token in work.parse.tokens:
        if token.pos not in ("NOUN", "PROPN", "ADJ") or token.index in work.at:
            continue
        if token.pos == "ADJ" and token.label == "amod":
            continue  # "den Obersten Gerichtshof" is no colonels
        if _nation(work, token) or _own_government(work, token):
            continue
        word = _head_word(token)
        # "der Machthaber", "ein US-Vertreter" is a person, "die Machthaber" are a government.
        singular = token.feat("Number") == "Sing" or any(
            c.feat("Number") == "Sing" for c in children(work.parse, token, "det")
        )
        person = singular and (vocabulary.is_office(word) or _is_person(work, token))
        if word in vocabulary.governments and not person and _government(work, token, word):
            continue
        if vocabulary.actors.is_body(token) and _body(work, token, word):
            continue
        if not vocabulary.is_office(word) and not _is_person(work, token):
            name_unnamed(work, token)


def _is_person(work: Workspace, noun: Token) -> bool:
    """One person: whom a description may take up is decided in text order, with the pronouns."""
    found = work.vocabulary.actors.find(noun)
    return found is not None and found.one is EntityClass.PERSON and not is_many(work, noun, found)


def _nation(work: Workspace, token: Token) -> bool:
    """*die Palästinenser*: the definite plural of the inhabitants, uncounted, stands for the state."""
    key = work.gazetteer.inhabitants.get(token.text) or work.gazetteer.inhabitants.get(
        token.text.removesuffix("n")
    )
    before = work.parse.tokens[token.index - 1].text.lower() if token.index else ""
    if key is None or before not in work.vocabulary.plural_articles or token.feat("Number") == "Sing":
        return False
    work.known(key)
    work.mention(token.index, token.index + 1, MentionKind.DESCRIPTION, (key,), why="inhabitants")
    return True


def _own_government(work: Workspace, token: Token) -> bool:
    """*die Bundesregierung*: by its name the government of a state, of several the one that the text is about."""
    keys = work.vocabulary.own_governments.get(token.lemma, ())
    if not keys:
        return False
    named = next((k for k in owners(work, token) if k in keys), None)
    spoken = spoken_states(work)
    key = work.known(named or max(keys, key=lambda k: spoken[k]))
    why = f"{token.lemma} is the state's government"
    work.mention(token.index, token.index + 1, MentionKind.DESCRIPTION, (key,), why=why, names=True)
    return True


def _head_word(token: Token) -> str:
    """*US-Regierung* ─▶ *Regierung*."""
    return token.lemma.rpartition("-")[2] if "-" in token.lemma[1:-1] else token.lemma


def _government(work: Workspace, noun: Token, word: str) -> bool:
    key = next(
        (k for k in owners(work, noun) if is_state(work, k) or word not in work.vocabulary.lands), None
    )
    if key is None or work.entities[key].kind is EntityClass.PERSON:
        return False
    why = f"{word} of a named state"
    work.mention(noun.index, noun.index + 1, MentionKind.DESCRIPTION, _each(work, noun, key), why=why)
    return True


def _each(work: Workspace, noun: Token, key: str) -> tuple[str, ...]:
    """A state, and those coordinated with it behind a noun: *Vertreter der USA und Chinas*."""
    one = any(True for _ in children(work.parse, noun, "det")) and noun.feat("Number") == "Sing"
    for child in children(work.parse, noun, "nmod"):
        mention = work.mention_at(child.index)
        if not one and child.index > noun.index and mention is not None and key in mention.actors:
            linked = coordinated(work, child)
            if all(is_state(work, k) for k in linked):
                return linked
    return (key,)


def _body(work: Workspace, noun: Token, word: str) -> bool:
    """A ministry, court, army …: of a named state, one named before, or of the state at hand.

    *Beide Armeen* are none of them.
    """
    if is_both(work, noun):
        return False
    whose = list(owners(work, noun))
    state = next((k for k in whose if is_state(work, k)), None)
    if state is None:
        if whose or _has_city(work, noun):
            return False  # "das Gesundheitsministerium der Hamas", "die Kölner Polizei": not the state's
        earlier = _named_before(work, word)
        if earlier is not None:
            work.mention(noun.index, noun.index + 1, MentionKind.DESCRIPTION, (earlier,), why="named before")
            return True
        state = _state_at_hand(work, noun) if _is_certain(work, noun) else None
        if state is None:
            return False
    proper, begin = _proper(work, noun)
    if proper or noun.text.partition("-")[2]:
        label = proper or noun.lemma
    else:
        label = nominative(work, noun, state)
    key = work.create(
        EntityClass.GOVERNMENT_BODY, label, country=state, aliases=(word,) if word != label else (),
        suffix=f"-{state}" if proper else "",
    )  # fmt: skip
    work.mention(
        noun.index, noun.index + 1, MentionKind.DESCRIPTION, (key,), why=f"{word} of a state", names=True,
        begin=begin,
    )  # fmt: skip
    return True


def _proper(work: Workspace, noun: Token) -> tuple[str, int]:
    """*(des) Obersten Gerichtshofs (Mexikos)* ─▶ *Oberster Gerichtshof*, and where it begins: a capital makes it a name."""
    sentence = work.parse.sentences[noun.sentence]
    if noun.index - 1 <= sentence.first:
        return "", noun.begin
    before = work.parse.tokens[noun.index - 1]
    stem = before.text.rstrip("nrms").removesuffix("e")
    if before.pos != "ADJ" or not before.text[:1].isupper() or stem + "e" not in before.text or "-" in stem:
        return "", noun.begin
    if before.text.endswith(work.vocabulary.city_adjectives) or before.index in work.at:
        return "", noun.begin
    if any(m.head == before.index for m in work.mentions_in(noun.sentence)):
        return "", noun.begin
    return f"{stem}{work.vocabulary.nominative_endings[gender_of(work, noun)]} {noun.lemma}", before.begin


def _is_certain(work: Workspace, noun: Token) -> bool:
    """*die Truppen*, *seine Armee*, *vom Parlament*, but not *Truppen*: some of anybody's."""
    number = noun.feat("Number")
    return number != "Plur" or any(True for _ in children(work.parse, noun, "det", "det:poss", "amod"))


def _named_before(work: Workspace, word: str) -> str | None:
    """*das Ministerium* after *das Justizministerium*."""
    for entity in reversed(list(work.entities.values())):
        if entity.kind is EntityClass.GOVERNMENT_BODY:
            for name in (entity.label, *entity.aliases):
                if name.casefold().endswith(word.casefold()):
                    return entity.key
    return None


def _has_city(work: Workspace, noun: Token) -> bool:
    """*die Kölner Polizei*, *die Polizei in Garmisch*: a body of that place, whatever else the sentence names."""
    before = work.parse.tokens[noun.index - 1] if noun.index else noun
    if before.pos in ("ADJ", "PROPN") and before.text[:1].isupper():
        return before.text.endswith(work.vocabulary.city_adjectives)
    for child in children(work.parse, noun, "nmod", "obl"):
        mention = work.mention_at(child.index)
        if child.index > noun.index and mention is not None and mention.place is not None:
            return True
    return False


def _state_at_hand(work: Workspace, noun: Token) -> str | None:
    """The state of whoever or wherever the sentence named last; none where that is not known."""
    sentence = work.parse.sentences[noun.sentence]
    for i in range(noun.index - 1, sentence.first - 1, -1):
        mention = work.mention_at(i)
        if mention is None:
            continue
        if not mention.actors:
            return work.country_of(mention.place) if mention.place else None
        if work.entities[mention.actors[0]].kind not in _REPORTING:
            return work.country_of(mention.actors[0])
    return None
