"""Pronouns and definite descriptions ─▶ the entities they take up.

Candidates are ranked as in centering theory (Grosz, Joshi & Weinstein 1995): the subject of the
sentence before outranks its objects, the closer sentence the farther one; gender, number and
class must agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.entities.attributes import owner
from kg.entities.bodies import name_group
from kg.entities.workspace import Workspace
from kg.language.phrases import children
from kg.model import EntityClass, Gender, Mention, MentionKind, Token

_REACH = 4
"""How many sentences back an antecedent may lie."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    key: str
    token: int
    sentence: int
    subject: bool


def resolve(work: Workspace) -> None:
    """Add a mention for every pronoun and description whose antecedent is found."""
    for token in work.parse.tokens:
        if token.index in work.at:
            continue
        if token.pos in ("PRON", "DET") or token.text.lower() in ("beide", "beiden", "beider"):
            _pronoun(work, token)
        elif token.pos in ("NOUN", "PROPN", "ADJ"):
            _description(work, token)


def _pronoun(work: Workspace, token: Token) -> None:
    word = token.text.lower()
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
            _refer(work, token, genders, possessive=True)
        return
    if token.pos == "PRON" and word in work.vocabulary.demonstratives and token.label in _SUBJECTS:
        _refer_last(work, token, work.vocabulary.demonstratives[word])
        return
    if token.pos == "PRON" and word in work.vocabulary.pronouns:
        genders = work.vocabulary.pronouns[word]
        verb = work.parse.tokens[token.head]
        if word == "sie" and (verb.feat("Number") == "Plur" or _plural_helper(work, verb)):
            genders = ("Plur",)
        elif word == "sie" and token.label in _SUBJECTS:
            genders = ("Fem",)
        _refer(work, token, genders)


def _plural_helper(work: Workspace, verb: Token) -> bool:
    return any(c.feat("Number") == "Plur" for c in children(work.parse, verb, "aux", "aux:pass", "cop"))


def _refer(work: Workspace, token: Token, genders: tuple[str, ...], *, possessive: bool = False) -> None:
    if genders == ("Plur",):
        keys = _plural(work, token)
        if keys:
            _record(work, token, keys, "plural named before")
        return
    ahead = _subject_ahead(work, token) if possessive else None
    for candidate in ([ahead] if ahead else []) + _ranked(work, token, own_sentence=True):
        entity = work.entities[candidate.key]
        if entity.kind is EntityClass.PLACE:
            continue
        if not _agrees(entity.gender, entity.kind, genders):
            continue
        if not possessive and _same_clause(work, token, candidate.token):
            continue
        _record(work, token, (candidate.key,), f"agrees with {entity.label!r} before")
        return


def _refer_last(work: Workspace, token: Token, genders: tuple[str, ...]) -> None:
    """*Dieser*: whoever was named last and agrees."""
    for candidate in sorted(_ranked(work, token, own_sentence=False), key=lambda c: -c.token):
        entity = work.entities[candidate.key]
        if entity.kind is EntityClass.PERSON and _agrees(entity.gender, entity.kind, genders):
            _record(work, token, (candidate.key,), f"{entity.label!r} was named last")
            return


def _subject_ahead(work: Workspace, token: Token) -> _Candidate | None:
    """*Mit seinem Besuch überraschte Kim …*: a possessive before the verb is taken up by the subject behind it."""
    tokens = work.parse.tokens
    sentence = work.parse.sentences[token.sentence]
    verb = next((t for t in tokens[token.index : sentence.last] if t.feat("VerbForm") == "Fin"), None)
    if verb is None or any(t.label in _SUBJECTS for t in tokens[sentence.first : token.index]):
        return None
    for candidate in _candidates(work):
        if verb.index < candidate.token < min(verb.index + 4, sentence.last) and candidate.subject:
            return candidate
    return None


def _agrees(gender: Gender, kind: EntityClass, genders: tuple[str, ...]) -> bool:
    if gender is Gender.UNKNOWN:
        return kind is EntityClass.PERSON and ("Masc" in genders or "Fem" in genders)
    return gender.value in genders


def _same_clause(work: Workspace, token: Token, other: int) -> bool:
    """A pronoun is not the one it stands beside in its clause (binding principle B)."""
    candidate = work.parse.tokens[other]
    return candidate.head == token.head and candidate.sentence == token.sentence


def _ranked(work: Workspace, token: Token, *, own_sentence: bool) -> list[_Candidate]:
    """Antecedents before a token: by sentence, subjects first, then the closest."""
    found = [
        c
        for c in _candidates(work)
        if c.token < token.index
        and token.sentence - c.sentence <= _REACH
        and (own_sentence or c.sentence < token.sentence)
    ]
    return sorted(found, key=lambda c: (token.sentence - c.sentence, not c.subject, -c.token))


def _candidates(work: Workspace) -> list[_Candidate]:
    found = []
    for mention in work.mentions:
        if mention.kind in (MentionKind.ADJECTIVE, MentionKind.COMPOUND) or len(mention.actors) != 1:
            continue
        token = work.parse.tokens[mention.head]
        found.append(_Candidate(mention.actors[0], token.index, token.sentence, _is_subject(work, mention)))
    return found


def _is_subject(work: Workspace, mention: Mention) -> bool:
    token = work.parse.tokens[mention.head]
    for _ in range(3):
        if token.label in _SUBJECTS:
            return True
        if token.label not in ("flat", "appos", "compound", "nmod") or token.head == token.index:
            return False
        token = work.parse.tokens[token.head]
    return False


def _plural(work: Workspace, token: Token) -> tuple[str, ...]:
    """*sie*, *ihnen*: a plural name, or what was last named in coordination."""
    for candidate in _ranked(work, token, own_sentence=True):
        entity = work.entities[candidate.key]
        if _same_clause(work, token, candidate.token):
            continue
        if entity.gender is Gender.PLURAL:
            head = work.parse.tokens[candidate.token]
            linked = _coordinated(work, head)
            return linked if len(linked) > 1 else (candidate.key,)
        linked = _coordinated(work, work.parse.tokens[candidate.token])
        if len(linked) > 1:
            return linked
    return ()


def _coordinated(work: Workspace, token: Token) -> tuple[str, ...]:
    root = token
    while root.label == "conj" and root.head != root.index:
        root = work.parse.tokens[root.head]
    keys: dict[str, None] = {}
    stack = [root]
    while stack:
        current = stack.pop()
        mention = work.mention_at(current.index)
        if mention:
            keys.update(dict.fromkeys(mention.actors))
        stack.extend(children(work.parse, current, "conj"))
    return tuple(keys)


def _two(work: Workspace, token: Token, *, persons: bool) -> tuple[str, ...] | None:
    """The two persons (or states) that were last spoken of together."""
    wanted = EntityClass.PERSON if persons else EntityClass.STATE
    seen: dict[str, None] = {}
    for candidate in _ranked(work, token, own_sentence=True):
        if work.entities[candidate.key].kind is wanted:
            seen.setdefault(candidate.key)
        if len(seen) == 2:
            return tuple(reversed(seen))
    if not persons:
        for mention in reversed(work.mentions):
            if mention.kind in (MentionKind.ADJECTIVE, MentionKind.COMPOUND) and mention.head < token.index:
                seen.setdefault(mention.actors[0])
            if len(seen) == 2:
                return tuple(reversed(seen))
    return None


def _two_sides(work: Workspace, token: Token) -> tuple[str, ...]:
    """The last two that were coordinated behind *zwischen*: *zwischen Regierung und Opposition*."""
    for mention in reversed(work.mentions):
        head = work.parse.tokens[mention.head]
        if head.index >= token.index or len(mention.actors) != 1:
            continue
        between = any(t.lemma == "zwischen" for t in work.parse.tokens[max(0, head.index - 3) : head.index])
        linked = _coordinated(work, head)
        if between and len(linked) == 2:
            return linked
    return ()


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


def _record(work: Workspace, token: Token, keys: tuple[str, ...], why: str) -> None:
    if keys:
        work.mention(token.index, token.index + 1, MentionKind.PRONOUN, keys, why=why)


def _description(work: Workspace, noun: Token) -> None:
    """*der Diktator*, *der chinesische Außenminister*, *das Land*, *die Regierung*."""
    word = noun.lemma.rpartition("-")[2] if "-" in noun.lemma[1:-1] else noun.lemma
    vocabulary = work.vocabulary
    if vocabulary.is_office(word) and (noun.pos == "NOUN" or _comrade(work, noun)):
        if _definite(work, noun) or _comrade(work, noun):
            _office_holder(work, noun, word)
        if noun.index not in work.at:
            name_group(work, noun, word)
    elif word in vocabulary.persons and _definite(work, noun):
        genders = ("Fem",) if noun.feat("Gender") == "Fem" else ("Masc",)
        _refer_person(work, noun, genders)
    elif word in vocabulary.bare_governments and _definite_or_possessive(work, noun):
        _government_at_hand(work, noun, word)


def _definite(work: Workspace, noun: Token) -> bool:
    """Whether a noun means a certain one: by its article, or by a genitive before it (*Frankreichs Präsident*)."""
    before = [c for c in children(work.parse, noun) if c.index < noun.index]
    neighbour = work.parse.tokens[noun.index - 1].text.lower() if noun.index else ""
    return (
        any(c.text.lower() in work.vocabulary.definite for c in before if c.label in ("det", "case"))
        or any(c.label == "nmod" and c.feat("Case") == "Gen" and c.pos == "PROPN" for c in before)
        or neighbour in work.vocabulary.definite
    )


def _definite_or_possessive(work: Workspace, noun: Token) -> bool:
    return _definite(work, noun) or any(c.feat("Poss") == "Yes" for c in children(work.parse, noun, "det"))


def _comrade(work: Workspace, noun: Token) -> bool:
    before = work.parse.tokens[noun.index - 1] if noun.index else None
    return before is not None and before.lemma in work.vocabulary.honorifics


def _office_holder(work: Workspace, noun: Token, word: str) -> None:
    """Somebody named in the text with that office, else its holder on the article's day."""
    body = owner(work, noun)
    title = work.vocabulary.masculine(word)
    usual = work.vocabulary.usual_office(word)
    several = _holders(work, noun, usual)
    if len(several) > 1:
        work.mention(
            noun.index,
            noun.index + 1,
            MentionKind.DESCRIPTION,
            several,
            why=f"{word} of each on the article's day",
        )
        return
    for candidate in _ranked(work, noun, own_sentence=True):
        key = candidate.key
        if work.entities[key].kind is not EntityClass.PERSON:
            continue
        if body and work.country_of(key) not in (body, work.country_of(body)):
            continue
        if title in _offices_of(work, key) or any(
            t == title or t.casefold().endswith(title.casefold()) or work.vocabulary.usual_office(t) == usual
            for t in work.titles.get(key, ())
        ):
            _describe(work, noun, key, f"{word} named before")
            return
    holder = _holder(work, body, usual) if body else None
    if holder is not None:
        _describe(work, noun, work.known(holder), f"{word} on the article's day")


def _holder(work: Workspace, body: str, usual: str) -> str | None:
    """Who held an office of a state or organisation on the article's day."""
    if work.published is None:
        return None
    for office in work.gazetteer.offices:
        same = office.body == body and work.vocabulary.usual_office(office.title) == usual
        if same and office.held(work.published):
            return office.person
    return None


def _holders(work: Workspace, noun: Token, usual: str) -> tuple[str, ...]:
    """*die Präsidenten Russlands, der Türkei und des Iran*: the holder for each state that is named behind."""
    if noun.feat("Number") != "Plur":
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
    found = [_holder(work, state, usual) for state in states]
    return tuple(work.known(key) for key in found if key)


def _offices_of(work: Workspace, key: str) -> set[str]:
    return {
        work.vocabulary.masculine(o.title)
        for o in work.gazetteer.offices
        if o.person == key and o.held(work.published)
    }


def _refer_person(work: Workspace, noun: Token, genders: tuple[str, ...]) -> None:
    state = owner(work, noun)
    for candidate in _ranked(work, noun, own_sentence=False):
        entity = work.entities[candidate.key]
        if entity.kind is not EntityClass.PERSON or not _agrees(entity.gender, entity.kind, genders):
            continue
        if state and work.country_of(candidate.key) not in (None, state):
            continue
        _describe(work, noun, candidate.key, "person spoken of before")
        return


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
    for candidate in _ranked(work, noun, own_sentence=True):
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
