"""Actors without a name: *syrische Aktivisten*, *ein Sprecher der Notdienste*, *die Houthi-Rebellen*.

Whoever a noun of ``actors.csv`` describes becomes an entity of the document; it is listed there only if
it fills a role. The same description later in the text is the same one.
"""

from __future__ import annotations

from dataclasses import replace

from kg.entities.nouns.attributes import is_both, owner
from kg.entities.nouns.base_form import Phrase, base_form
from kg.entities.vocabulary.nouns import ActorNoun
from kg.entities.workspace import Described, Workspace
from kg.language.phrases import children, preposition
from kg.model import EntityClass, Gender, Mention, MentionKind, Token

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_END = 4
"""By so many letters of their ends nouns are looked up."""


def name_unnamed(work: Workspace, noun: Token) -> None:
    """Record whom a noun phrase describes, if it is an actor's and nobody's that is named beside it."""
    found = work.vocabulary.actors.find(noun)
    if found is None or _is_no_reference(work, noun, found):
        return
    if _beside_name(work, noun, found):
        return
    many = is_many(work, noun, found)
    kind = (found.many if many else found.one) or found.many
    if kind is None:
        return
    phrase = base_form(work, noun, many=many, inflected=found.inflected)
    if not phrase.words and work.vocabulary.actors.is_general(noun):
        return
    if phrase.numbered and not found.public:
        return  # "zwei Krankenschwestern": victims, counted
    attribute = owner(work, noun)
    country = work.country_of(attribute) if attribute else None
    key = _key(work, phrase, kind, many=many, country=country, found=found)
    office = attribute is not None and work.vocabulary.is_office(noun.lemma)
    work.mention(
        noun.index, noun.index + 1, MentionKind.DESCRIPTION, (key,), why="unnamed actor",
        begin=work.parse.tokens[phrase.first].begin, names=office and not many,
    )  # fmt: skip


def is_many(work: Workspace, noun: Token, found: ActorNoun) -> bool:
    """Whether a noun is a plural, whatever the parser thinks.

    *ein*, and *den* before an object, say no (*schob den Agenten ab*); *die* beside a masculine says so;
    *Kurden* without article is no inflected singular, *zwölf Angehörige* are counted.
    """
    words = work.vocabulary.actors
    articles = {c.text.lower(): c for c in children(work.parse, noun, "det")}
    if articles.keys() & words.one or (noun.label == "obj" and articles.keys() & words.accusative):
        return False
    if any(c.text.lower() not in words.one for c in children(work.parse, noun, "nummod")):
        return True
    if found.one is EntityClass.PERSON and not work.vocabulary.is_feminine(noun.lemma):
        more = noun.text.endswith(words.dative)
        if articles.keys() & work.vocabulary.masculine_plural:
            return more or not found.inflected
        if not articles and not found.inflected and more and noun.text != noun.lemma:
            return True
    if any(c.feat("Number") == "Sing" for c in articles.values()):
        return False
    return noun.feat("Number") == "Plur"


def _is_no_reference(work: Workspace, noun: Token, found: ActorNoun) -> bool:
    """*Er ist Lehrer*, *als Lehrer*, *kein Lehrer*, *beide Lehrer*"""
    words = work.vocabulary.actors
    if any(True for _ in children(work.parse, noun, "cop")) or is_both(work, noun):
        return True
    if any(is_both(work, c) for c in children(work.parse, noun, "nmod")):
        return True  # "Vertreter beider Seiten" are the two
    if _is_stuff(work, noun, found):
        return True
    if any(c.text.lower() in words.negative for c in children(work.parse, noun, "det")):
        return True
    if noun.label in _SUBJECTS:
        return False  # "wie ein Sprecher mitteilte"
    adposition = preposition(work.parse, noun)
    before = work.parse.tokens[noun.index - 1] if noun.index else noun
    return (
        adposition is not None and adposition.lemma in words.predicative
    ) or before.text.lower() in words.predicative


def _is_stuff(work: Workspace, noun: Token, found: ActorNoun) -> bool:
    """*die Stationierung von Truppen*: some of anybody's, as what something is done with."""
    bare = not any(True for _ in children(work.parse, noun, "det", "amod", "nummod", "nmod"))
    return (
        bare
        and is_many(work, noun, found)
        and work.vocabulary.actors.is_body(noun)
        and noun.label in ("nmod", "obj")
    )


def _beside_name(work: Workspace, noun: Token, found: ActorNoun) -> bool:
    """*der Journalist Max Muster*, *Max Muster, Journalist aus Wien*: the noun says what the named one is."""
    named = _named_behind(work, noun)
    if named is None or not _is_of(work, named, found):
        named = _named_before(work, noun)
    if named is None:
        return any(
            (m := work.mention_at(c.index)) is not None
            and m.kind is MentionKind.NAME
            and _is_of(work, m, found)
            for c in children(work.parse, noun, "flat", "appos", "compound")
            if preposition(work.parse, c) is None
        )
    work.at[noun.index] = work.number_of(named)
    for key in named.actors:
        if work.entities[key].kind is EntityClass.PERSON:
            work.titles.setdefault(key, []).append(work.vocabulary.masculine(noun.lemma))
    return True


def _is_of(work: Workspace, named: Mention, found: ActorNoun) -> bool:
    """Whether a noun may say what a named one is: *nahm die Polizei Navalny fest* tells no person's calling."""
    person = EntityClass.PERSON in {work.entities[k].kind for k in named.actors}
    return bool(named.actors) and person == (found.one is EntityClass.PERSON)


def _named_behind(work: Workspace, noun: Token) -> Mention | None:
    """The name right behind a noun, quotation marks aside (*die Zeitung „Die Welt“*)."""
    tokens = work.parse.tokens
    end = work.parse.sentences[noun.sentence].last
    i = noun.index + 1
    if i < end and tokens[i].pos == "PUNCT" and tokens[i].text not in ".,;:()":
        i += 1
    mention = work.mention_at(i) if i < end else None
    if mention is None or mention.kind is not MentionKind.NAME or tokens[i].head == i:
        return None
    genitive = tokens[i].label == "nmod" or tokens[i].feat("Case") == "Gen"
    return mention if mention.span.begin <= noun.end + 2 and mention.actors and not genitive else None


def _named_before(work: Workspace, noun: Token) -> Mention | None:
    """The name to which a noun is an apposition."""
    tokens, start = work.parse.tokens, noun.index
    sentence = work.parse.sentences[noun.sentence]
    while start > sentence.first and tokens[start - 1].pos in ("DET", "ADJ"):
        start -= 1
    closed = noun.index + 1 >= sentence.last or tokens[noun.index + 1].pos == "PUNCT"
    behind_comma = closed and start - 1 > sentence.first and tokens[start - 1].text == ","
    if noun.label != "appos" and not behind_comma:
        return None
    mention = work.mention_at(start - 2 if behind_comma else noun.head)
    return mention if mention is not None and mention.kind is MentionKind.NAME and mention.actors else None


def _key(
    work: Workspace, phrase: Phrase, kind: EntityClass, *, many: bool, country: str | None, found: ActorNoun
) -> str:
    """The entity that a phrase describes: one described before, else a new one."""
    head = _head_word(work, phrase.noun, found)
    earlier = _earlier(work, phrase, head, many=many)
    if earlier is not None:
        entity = work.entities[earlier.key]
        fuller = phrase.words > earlier.words
        if fuller:
            entity = replace(entity, label=phrase.plain, aliases=(*entity.aliases, entity.label))
            alike = work.described[head[-_END:]]
            alike[alike.index(earlier)] = replace(earlier, words=phrase.words)
        others = dict.fromkeys((*entity.aliases, phrase.label, phrase.plain))
        others.pop(entity.label, None)
        entity = replace(entity, aliases=tuple(others), country=entity.country or country)
        work.entities[earlier.key] = entity
        return earlier.key
    label = phrase.plain
    forms = tuple(f for f in (phrase.label,) if f != label)
    gender = Gender.PLURAL if many else _gender(work, phrase.noun, kind)
    key = work.create(
        kind,
        label,
        country=country,
        gender=gender,
        aliases=forms,
        described=True,
        private=not found.public and not country,
    )
    work.described.setdefault(head[-_END:], []).append(Described(key, head, many, phrase.words))
    return key


def _head_word(work: Workspace, noun: Token, found: ActorNoun) -> str:
    """What is compared between descriptions: the noun without ending and gender."""
    word = work.vocabulary.masculine(noun.lemma)
    if found.inflected:
        for end in work.vocabulary.actors.inflection:
            if noun.text.endswith(end):
                return noun.text.removesuffix(end).casefold()
    return word.casefold()


def _earlier(work: Workspace, phrase: Phrase, head: str, *, many: bool) -> Described | None:
    """The last one with the same noun that nothing tells apart; *die Rebellen* are also *die Houthi-Rebellen*."""
    ending = [d for d in reversed(work.described.get(head[-_END:], ())) if d.many == many]
    alike = [d for d in ending if d.head == head]
    for one in alike:
        if phrase.words == one.words:
            return one
    for one in alike:
        if phrase.words <= one.words or one.words <= phrase.words:
            return one
    if not phrase.words and work.is_definite(phrase.noun):
        return next((d for d in ending if d.head.endswith(head)), None)
    return None


def _gender(work: Workspace, noun: Token, kind: EntityClass) -> Gender:
    if work.vocabulary.is_feminine(noun.lemma):
        return Gender.FEMININE
    told = noun.feat("Gender")
    return Gender(told) if told in set(Gender) else Gender.UNKNOWN
