"""Definite descriptions ─▶ the entities they take up: *der Diktator*, *das Land*, *die Regierung*."""

from __future__ import annotations

from kg.entities.coordination import coordinated
from kg.entities.coreference.candidates import SUBJECTS, agrees, candidates, ranked
from kg.entities.coreference.choice import Choice, Option
from kg.entities.nouns.attributes import is_both, owner
from kg.entities.nouns.unnamed import is_many, name_unnamed
from kg.entities.nouns.voices import name_voice
from kg.entities.workspace import Workspace
from kg.language.phrases import children
from kg.model import EntityClass, Gender, MentionKind, Token


def description(work: Workspace, choice: Choice, noun: Token) -> None:
    """*der Diktator*, *der chinesische Außenminister*, *das Land*, *die Regierung*."""
    word = noun.lemma.rpartition("-")[2] if "-" in noun.lemma[1:-1] else noun.lemma
    vocabulary = work.vocabulary
    if vocabulary.is_office(word) and (noun.pos == "NOUN" or _comrade(work, noun)):
        if any(is_both(work, c) for c in children(work.parse, noun, "nmod")):
            return  # "die Außenminister beider Länder": see `holders`
        if work.is_definite(noun) or _comrade(work, noun):
            _office_holder(work, noun, word)
        elif _in_heading(work, noun):
            _named_later(work, noun, vocabulary.masculine(word), owner(work, noun))
    elif word in vocabulary.persons and work.is_definite(noun):
        if any(c.pos == "PROPN" for c in children(work.parse, noun, "appos", "flat")):
            name_unnamed(work, noun)  # "den Piloten Konstantin Jaroschenko": the name says who it is
            return
        if _titled(work, noun):
            return
        genders = ("Fem",) if noun.feat("Gender") == "Fem" else ("Masc",)
        _refer_person(work, choice, noun, genders)
    elif (
        word in vocabulary.bare_governments
        and _definite_or_possessive(work, noun)
        and not is_both(work, noun)
    ):
        _government_at_hand(work, noun, word)
    elif work.is_definite(noun) and vocabulary.actors.find(noun) is not None and not _titled(work, noun):
        genders = ("Fem",) if vocabulary.is_feminine(noun.lemma) else ("Masc",)
        if _is_bare_person(work, noun):
            _refer_person(work, choice, noun, genders)
    if noun.index not in work.at:
        name_unnamed(work, noun)
    if noun.index not in work.at:
        name_voice(work, noun)


def _is_bare_person(work: Workspace, noun: Token) -> bool:
    """*der Offizier*, *der norwegische Satiriker*: one person, with nothing that tells him from others."""
    found = work.vocabulary.actors.find(noun)
    if found is None or found.one is not EntityClass.PERSON or is_many(work, noun, found):
        return False
    told = children(work.parse, noun, "nmod", "acl", "acl:relcl", "appos", "flat", "conj", "nummod")
    adjectives = children(work.parse, noun, "amod")
    return not any(True for _ in told) and all(a.text in work.gazetteer.adjectives for a in adjectives)


def _in_heading(work: Workspace, noun: Token) -> bool:
    """Whether a noun opens the text as a subject without article, as headings have it."""
    alone = not any(True for _ in children(work.parse, noun, "det", "nummod", "case"))
    return noun.sentence == 0 and alone and noun.label in SUBJECTS and noun.feat("Number") != "Plur"


def _definite_or_possessive(work: Workspace, noun: Token) -> bool:
    return work.is_definite(noun) or any(c.feat("Poss") == "Yes" for c in children(work.parse, noun, "det"))


def _comrade(work: Workspace, noun: Token) -> bool:
    before = work.parse.tokens[noun.index - 1] if noun.index else None
    return before is not None and before.lemma in work.vocabulary.honorifics


def _office_holder(work: Workspace, noun: Token, word: str) -> None:
    """Somebody named in the text with that office, else its holder on the article's day."""
    body = owner(work, noun)
    title = work.vocabulary.masculine(word)
    usual = work.vocabulary.usual_office(word)
    several = _named_in_apposition(work, noun) or _holders(work, noun, usual)
    if len(several) > 1:
        work.mention(
            noun.index,
            noun.index + 1,
            MentionKind.DESCRIPTION,
            several,
            why=f"each {word}, by name or on the article's day",
        )
        return
    # An office tells enough to be taken up from anywhere in the text.
    for candidate in ranked(work, noun, own_sentence=True, reach=noun.sentence):
        if candidate.sentence == noun.sentence and _told_apart(work, noun):
            continue
        if _has_office(work, candidate.key, title, body):
            _describe(work, noun, candidate.key, f"{word} named before")
            return
    holder = _holder(work, body, usual) if body else None
    if holder is not None and _fits(work, holder, word):
        _describe(work, noun, work.known(holder), f"{word} on the article's day")
        return
    _named_later(work, noun, title, body)


def _has_office(work: Workspace, key: str, title: str, body: str | None) -> bool:
    """Whether a person bears a title here, or an office by that word: *die Kanzlerin* is Angela Merkel."""
    if work.entities[key].kind is not EntityClass.PERSON:
        return False
    if body and work.country_of(key) not in (None, body, work.country_of(body)):
        return False
    same = work.vocabulary.office.same_office
    return any(same(title, t) for t in (*work.titles.get(key, ()), *_offices_of(work, key)))


def _named_later(work: Workspace, noun: Token, title: str, body: str | None) -> None:
    """*Russischer Außenminister warnt vor Krieg*: a heading tells the office of whom the text names below."""
    later = candidates(work, noun.sentence + 1, len(work.parse.sentences) - 1)
    bearers = {c.key for c in later if _has_office(work, c.key, title, body)}
    if len(bearers) == 1:
        _describe(work, noun, bearers.pop(), f"{title} named later")


def _told_apart(work: Workspace, noun: Token) -> bool:
    """*des ermordeten Regierungschefs*: in a sentence that has named one, such an adjective means another."""
    adjectives = children(work.parse, noun, "amod")
    return any(a.text not in work.gazetteer.adjectives and a.feat("VerbForm") == "Part" for a in adjectives)


def _named_in_apposition(work: Workspace, noun: Token) -> tuple[str, ...]:
    """*die Präsidenten Südkoreas und Chinas, Kim Young Sam und Jiang Zemin*"""
    for child in children(work.parse, noun, "appos"):
        mention = work.mention_at(child.index)
        if mention is not None and mention.kind is MentionKind.NAME:
            return coordinated(work, child)
    return ()


def _holder(work: Workspace, body: str, usual: str) -> str | None:
    """Who held an office of a state or organisation on the article's day."""
    if work.published is None:
        return None
    for office in work.gazetteer.offices:
        same = office.body == body and work.vocabulary.usual_office(office.title) == usual
        if same and office.held(work.published):
            return office.person
    return None


def _fits(work: Workspace, holder: str, title: str) -> bool:
    """*Die Präsidentin* is no man, even if one held the office that day by the gazetteer."""
    man = work.gazetteer.entities[holder].gender is Gender.MASCULINE
    return not (man and work.vocabulary.is_feminine(title))


def _holders(work: Workspace, noun: Token, usual: str) -> tuple[str, ...]:
    """*die Präsidenten Russlands, der Türkei und des Iran*: the holder for each state that is named behind."""
    articles = {c.text.lower() for c in children(work.parse, noun, "det")}
    several = noun.feat("Gender") == "Masc" and articles & work.vocabulary.masculine_plural
    if noun.feat("Number") != "Plur" and not several:
        return ()
    states: dict[str, None] = {}
    sentence = work.parse.sentences[noun.sentence]
    for token in work.parse.tokens[noun.index + 1 : sentence.last]:
        mention = work.mention_at(token.index)
        if mention is not None and mention.actors:
            states.update(
                dict.fromkeys(k for k in mention.actors if work.entities[k].kind is EntityClass.STATE)
            )
        elif token.pos not in ("DET", "CCONJ") and token.text != ",":
            break
    return holders(work, noun, tuple(states), usual)


def holders(work: Workspace, noun: Token, states: tuple[str, ...], usual: str) -> tuple[str, ...]:
    """Who held an office of each of several states on the article's day; none if nobody is known."""
    found = {state: _holder(work, state, usual) for state in states}
    if not any(found.values()):
        return ()
    return tuple(work.known(key) if key else _unnamed(work, noun, state) for state, key in found.items())


def _unnamed(work: Workspace, noun: Token, state: str) -> str:
    """The one of several holders whom the gazetteer does not know: *Außenminister (Ukraine)*."""
    label = f"{noun.lemma} ({work.entities[state].label})"
    return work.create(EntityClass.GROUP, label, country=state)


def _offices_of(work: Workspace, key: str) -> set[str]:
    return {
        work.vocabulary.masculine(o.title)
        for o in work.gazetteer.offices
        if o.person == key and o.held(work.published)
    }


def _titled(work: Workspace, noun: Token) -> bool:
    """*der Journalist* after *der Journalist Max Muster*: whoever bore that word by name."""
    word = work.vocabulary.masculine(noun.lemma)
    bearers = {key for key, titles in work.titles.items() if word in titles}
    if not bearers or noun.feat("Number") == "Plur":
        return False
    for candidate in ranked(work, noun, own_sentence=True, reach=noun.sentence):
        if candidate.key in bearers:
            _describe(work, noun, candidate.key, f"{word} named before")
            return True
    return False


def _refer_person(work: Workspace, choice: Choice, noun: Token, genders: tuple[str, ...]) -> None:
    state = owner(work, noun) or work.gazetteer.inhabitants.get(noun.lemma)
    options = [
        Option((c.key,), c)
        for c in ranked(work, noun, own_sentence=False)
        if (entity := work.entities[c.key]).kind is EntityClass.PERSON
        and agrees(entity.gender, entity.kind, genders)
        and (not state or work.country_of(c.key) in (None, state))
    ]
    chosen = choice.choose(work, noun, options)
    if chosen is not None:
        _describe(work, noun, chosen.keys[0], "person spoken of before")


def _government_at_hand(work: Workspace, noun: Token, word: str) -> None:
    """*seine Regierung*, *das Land*: the state of the possessor or the one last spoken of."""
    possessor = next((c for c in children(work.parse, noun, "det") if c.feat("Poss") == "Yes"), None)
    if possessor is not None:
        mention = work.mention_at(possessor.index)
        key = work.country_of(mention.actors[0]) if mention and mention.actors else None
        if key:
            _describe(
                work,
                noun,
                work.known(key) if key in work.gazetteer.entities else key,
                f"{word} of the possessor",
            )
        return
    for candidate in ranked(work, noun, own_sentence=True):
        country = work.country_of(candidate.key)
        entity = work.entities[candidate.key]
        if country is not None and (word not in work.vocabulary.lands or entity.kind is EntityClass.STATE):
            _describe(work, noun, country, f"{word} last spoken of")
            return


def _describe(work: Workspace, noun: Token, key: str, why: str) -> None:
    if key in work.gazetteer.entities:
        work.known(key)
    cover = (noun.index - 1,) if _comrade(work, noun) else ()
    work.mention(noun.index, noun.index + 1, MentionKind.DESCRIPTION, (key,), cover=cover, why=why)
