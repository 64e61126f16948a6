"""Pronouns ─▶ the entities they stand for: *er*, *seine*, *dieser*, *beide*, *die beiden Staatsführer*."""

from __future__ import annotations

from kg.entities.coordination import coordinated
from kg.entities.coreference.candidates import (
    FARTHEST,
    SUBJECTS,
    Candidate,
    agrees,
    candidates,
    in_same_clause,
    ranked,
)
from kg.entities.coreference.choice import Choice, Option
from kg.entities.coreference.descriptions import holders
from kg.entities.workspace import Workspace
from kg.language.phrases import children, preposition
from kg.model import EntityClass, Gender, MentionKind, Token


def pronoun(work: Workspace, choice: Choice, token: Token) -> None:
    """Add a mention for a pronoun, if its antecedent is found."""
    word = token.text.lower()
    if _is_polite(work, token):
        return
    if word in work.vocabulary.pronouns and "Two" in work.vocabulary.pronouns[word]:
        noun = work.parse.tokens[token.head]
        if noun.pos == "NOUN" and noun.index > token.index:
            _pair(work, noun, token)
        elif token.label != "det":
            _record(work, token, _two(work, token, persons=True) or (), "the two named before")
        return
    if token.feat("Poss") == "Yes" or token.label == "det:poss":
        genders = next((g for p, g in work.vocabulary.possessives.items() if word.startswith(p)), ())
        if genders:
            _refer(work, choice, token, genders, possessive=True)
        return
    if token.pos in ("PRON", "DET") and word in work.vocabulary.demonstratives and token.label in SUBJECTS:
        _refer_last(work, token, work.vocabulary.demonstratives[word])
        return
    if token.pos == "PRON" and word in work.vocabulary.pronouns:
        genders = work.vocabulary.pronouns[word]
        verb = work.parse.tokens[token.head]
        if (
            len(genders) > 1 and genders[-1] == "Plur" and token.label in SUBJECTS
        ):  # "sie": the verb tells the number
            plural = verb.feat("Number") == "Plur" or _plural_helper(work, verb)
            genders = ("Plur",) if plural else genders[:-1]
        _refer(work, choice, token, genders)


def _is_polite(work: Workspace, token: Token) -> bool:
    """*Können Sie*, *Ihr Land*: capital within a sentence, whoever is spoken to."""
    if not token.text[:1].isupper() or token.index == work.parse.sentences[token.sentence].first:
        return False
    return work.parse.tokens[token.index - 1].pos != "PUNCT"


def _plural_helper(work: Workspace, verb: Token) -> bool:
    return any(c.feat("Number") == "Plur" for c in children(work.parse, verb, "aux", "aux:pass", "cop"))


def _refer(
    work: Workspace, choice: Choice, token: Token, genders: tuple[str, ...], *, possessive: bool = False
) -> None:
    if genders == ("Plur",):
        chosen = choice.choose(work, token, _plural(work, token))
    else:
        ahead = _subject_ahead(work, token) if possessive else None
        if ahead is not None and _may_be(work, ahead, genders):
            _record(work, token, (ahead.key,), "the subject behind the verb")
            return
        beside = set() if possessive else in_same_clause(work, token)
        options = [
            Option((c.key,), c)
            for c in ranked(work, token, own_sentence=True)
            if c.key not in beside and _may_be(work, c, genders)
        ]
        chosen = choice.choose(work, token, options)
    if chosen is not None:
        labels = " and ".join(repr(work.entities[k].label) for k in chosen.keys)
        _record(work, token, chosen.keys, f"agrees with {labels} before")


def _may_be(work: Workspace, candidate: Candidate, genders: tuple[str, ...]) -> bool:
    """Whether gender and class allow an antecedent."""
    entity = work.entities[candidate.key]
    if entity.kind is EntityClass.PLACE:
        return False
    noun = work.parse.tokens[candidate.token]
    body = (
        entity.kind not in (EntityClass.PERSON, EntityClass.GROUP)
        and noun.pos == "NOUN"
        and noun.feat("Number") == "Sing"
    )
    return agrees(entity.gender, entity.kind, genders) or (body and noun.feat("Gender") in genders)


def _refer_last(work: Workspace, token: Token, genders: tuple[str, ...]) -> None:
    """*Dieser*: whoever was named last and agrees."""
    for candidate in sorted(ranked(work, token, own_sentence=False), key=lambda c: -c.token):
        entity = work.entities[candidate.key]
        if entity.kind is EntityClass.PERSON and agrees(entity.gender, entity.kind, genders):
            _record(work, token, (candidate.key,), f"{entity.label!r} was named last")
            return


def _subject_ahead(work: Workspace, token: Token) -> Candidate | None:
    """*Mit seinem Besuch überraschte Kim …*: a possessive before the verb is taken up by the subject behind it."""
    tokens = work.parse.tokens
    sentence = work.parse.sentences[token.sentence]
    verb = next((t for t in tokens[token.index : sentence.last] if t.feat("VerbForm") == "Fin"), None)
    if verb is None or any(t.label in SUBJECTS for t in tokens[sentence.first : token.index]):
        return None
    for candidate in candidates(work, token.sentence, token.sentence):
        if verb.index < candidate.token < min(verb.index + 4, sentence.last) and candidate.subject:
            return candidate
    return None


def _plural(work: Workspace, token: Token) -> list[Option]:
    """*sie*, *ihnen*: a plural, or those named in coordination."""
    options = []
    beside = set() if token.feat("Poss") == "Yes" else in_same_clause(work, token)
    for candidate in ranked(work, token, own_sentence=True):
        if candidate.key in beside:
            continue
        linked = coordinated(work, work.parse.tokens[candidate.token])
        if len(linked) > 1:
            options.append(Option(linked, candidate))
        elif work.entities[candidate.key].gender is Gender.PLURAL:
            options.append(Option((candidate.key,), candidate))
    return options


def _two(work: Workspace, token: Token, *, persons: bool) -> tuple[str, ...] | None:
    """The two persons (or states) that were last spoken of together."""
    wanted = EntityClass.PERSON if persons else EntityClass.STATE
    if not persons:
        together = _countries_of_two(work, token) or _named_together(work, token)
        if together:
            return together
    spoken = [c for c in ranked(work, token, own_sentence=True) if work.entities[c.key].kind is wanted]
    if persons:
        order = [c.key for c in spoken]
    else:  # "nach Jordanien": a place rather than one of two who do something
        acting = [c.key for c in spoken if not _is_place(work, c)]
        order = [*acting, *_beside(work, token), *(c.key for c in spoken)]
    first_two = tuple(dict.fromkeys(order))[:2]
    return tuple(reversed(first_two)) if len(first_two) == 2 else None


def _beside(work: Workspace, token: Token) -> list[str]:
    """The states that adjectives and compounds before a word name, the last first."""
    return [
        m.actors[0]
        for i in range(token.sentence, max(token.sentence - FARTHEST, -1), -1)
        for m in reversed(work.mentions_in(i))
        if m.kind in (MentionKind.ADJECTIVE, MentionKind.COMPOUND)
        and m.head < token.index
        and work.entities[m.actors[0]].kind is EntityClass.STATE
    ]


def _countries_of_two(work: Workspace, token: Token) -> tuple[str, ...]:
    """*Pompeo traf Kofod und lobte die Beziehungen beider Länder*: the countries of two persons of the sentence."""
    countries: dict[str, None] = {}
    for candidate in candidates(work, token.sentence, token.sentence):
        here = candidate.sentence == token.sentence and candidate.token < token.index
        if here and work.entities[candidate.key].kind is EntityClass.PERSON:
            country = work.country_of(candidate.key)
            if country is None:
                return ()
            countries.setdefault(country)
    return (
        tuple(work.known(c) if c in work.gazetteer.entities else c for c in countries)
        if len(countries) == 2
        else ()
    )


def _is_place(work: Workspace, candidate: Candidate) -> bool:
    """Whether a state stands in a phrase that says where."""
    mention = work.mention_at(candidate.token)
    adposition = preposition(work.parse, work.parse.tokens[candidate.token])
    named = mention is not None and mention.kind is MentionKind.NAME
    return named and adposition is not None and adposition.lemma in work.vocabulary.local_prepositions


def _named_together(work: Workspace, token: Token) -> tuple[str, ...]:
    """The two states that were last coordinated: *die USA und China … beide Seiten*."""
    near = candidates(work, token.sentence - FARTHEST, token.sentence)
    for candidate in sorted(near, key=lambda c: -c.token):
        if candidate.token >= token.index or work.entities[candidate.key].kind is not EntityClass.STATE:
            continue
        linked = coordinated(work, work.parse.tokens[candidate.token])
        if len(linked) == 2 and all(work.entities[k].kind is EntityClass.STATE for k in linked):
            return linked
    return ()


def _two_sides(work: Workspace, token: Token) -> tuple[str, ...]:
    """The last two that were coordinated behind *zwischen*: *zwischen Regierung und Opposition*.

    Sides are camps: two persons are meant only where no states or groups were named so.
    """
    persons: tuple[str, ...] = ()
    first = max(token.sentence - FARTHEST, 0)
    near = [m for i in range(first, token.sentence + 1) for m in work.mentions_in(i)]
    for mention in sorted(near, key=lambda m: -m.head):
        head = work.parse.tokens[mention.head]
        if head.index >= token.index or len(mention.actors) != 1:
            continue
        between = any(
            t.lemma in work.vocabulary.between for t in work.parse.tokens[max(0, head.index - 3) : head.index]
        )
        linked = coordinated(work, head)
        if not between or len(linked) != 2:
            continue
        if all(work.entities[k].kind is not EntityClass.PERSON for k in linked):
            return linked
        persons = persons or linked
    return persons


def _pair(work: Workspace, noun: Token, token: Token) -> None:
    """*die beiden Staatsführer*, *beide Länder*."""
    word = noun.lemma.rpartition("-")[2] if "-" in noun.lemma[1:-1] else noun.lemma
    if noun.index in work.at:
        return
    keys: tuple[str, ...] | None
    if word in work.vocabulary.pair_sides:
        keys = _two_sides(work, token) or _two(work, token, persons=False)
    elif word in work.vocabulary.pair_persons or work.vocabulary.is_office(word):
        keys = _two(work, token, persons=True)
    elif word in work.vocabulary.pair_states:
        keys = _two(work, token, persons=False)
    else:
        return
    if keys:
        work.mention(
            noun.index, noun.index + 1, MentionKind.DESCRIPTION, keys, cover=(token.index,),
            why="the two named before",
        )  # fmt: skip
        _representatives(work, noun, keys)


def _representatives(work: Workspace, noun: Token, keys: tuple[str, ...]) -> None:
    """*Vertreter beider Seiten* stand for both, *die Außenminister beider Länder* are who held that office."""
    above = work.parse.tokens[noun.head]
    if noun.label != "nmod" or above.index in work.at:
        return
    if work.vocabulary.is_office(above.lemma) and above.lemma not in work.vocabulary.governments:
        keys = holders(work, above, keys, work.vocabulary.usual_office(above.lemma))
    elif above.lemma not in work.vocabulary.governments:
        return
    if keys:
        why = f"{above.lemma} of the two named before"
        work.mention(above.index, above.index + 1, MentionKind.DESCRIPTION, keys, why=why)


def _record(work: Workspace, token: Token, keys: tuple[str, ...], why: str) -> None:
    if keys:
        work.mention(token.index, token.index + 1, MentionKind.PRONOUN, keys, why=why)
