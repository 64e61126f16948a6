"""Names of the gazetteer, by their words, and the order in which names are looked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kg.entities.names.abbreviations import abbreviations
from kg.entities.names.datelines import dateline_tokens, only_there
from kg.entities.names.headed import headed_names
from kg.entities.names.introduced import introduced_names
from kg.entities.names.local_bodies import club_names, local_bodies
from kg.entities.names.recognised import recognised_names
from kg.entities.names.towns import resolve_places
from kg.entities.names.unknown import QUOTES, apposed_names, titled_names
from kg.entities.workspace import Workspace
from kg.language.phrases import preposition
from kg.language.regroup import NameGroup, regroup
from kg.model import EntityClass, Mention, MentionKind, Token


def find_names(work: Workspace) -> None:
    """All names in text order; longer gazetteer names before shorter ones."""
    work.datelines = dateline_tokens(work)
    work.passed_over = only_there(work)
    local_bodies(work)
    club_names(work)
    _gazetteer_names(work)
    headed_names(work)
    abbreviations(work)
    _shortened_names(work)
    _compounds_and_adjectives(work)
    titled_names(work)
    apposed_names(work)
    introduced_names(work)
    recognised_names(work)
    resolve_places(work)


def _gazetteer_names(work: Workspace) -> None:
    tokens = work.parse.tokens
    i = 0
    while i < len(tokens):
        found = None if i in work.passed_over or i in work.at else _longest(work, i)
        if (
            found is None
            or _begins_longer(work, i, found[0])
            or _in_a_persons_name(work, i, found)
            or _in_a_clubs_name(work, i, found)
            or _of_a_state(work, i, found)
        ):
            i += 1
            continue
        length, keys, base = found
        _link(work, i, i + length, keys, base)
        i += length


def _longest(work: Workspace, i: int) -> tuple[int, tuple[str, ...], str] | None:
    """The longest gazetteer name that begins at a token: (words, keys, name)."""
    tokens = work.parse.tokens
    names = work.gazetteer.names
    first = tokens[i].text
    lengths = work.gazetteer.lengths(first)
    for n in lengths:
        if i + n > len(tokens):
            continue
        name = " ".join(t.text for t in tokens[i : i + n])
        for form in (
            name,
            work.vocabulary.without_genitive(name),
            work.vocabulary.without_long_genitive(name),
        ):
            if form in names:
                return n, names[form], form
    base = work.vocabulary.without_genitive(first)
    if base != first and base in names and tokens[i].pos in ("PROPN", "NOUN", "X", "ADJ"):
        return 1, names[base], base
    return None


def _begins_longer(work: Workspace, i: int, length: int) -> bool:
    """Whether a longer name begins inside one: *Kronprinz Mohammed* in *Kronprinz Mohammed bin Salman*."""
    inside = (_longest(work, j) for j in range(i + 1, i + length))
    return any(other is not None and other[0] > length for other in inside)


def _in_a_persons_name(work: Workspace, i: int, found: tuple[int, tuple[str, ...], str]) -> bool:
    """Whether a state's, town's or firm's name is somebody's first or last name: *Israel Katz, Thomas Polen*."""
    length, keys, name = found
    if length > 1 or any(work.gazetteer.entities[k].kind is EntityClass.PERSON for k in keys):
        return False
    tokens, atlas = work.parse.tokens, work.gazetteer.atlas
    before, behind = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    titled = before is not None and before.pos == "NOUN" and work.vocabulary.is_office(before.lemma)
    if titled and tokens[i].text != name and any(s.label == "PER" and s.first == i for s in work.parse.names):
        return True  # "Ministerpräsident Samaras": no genitive of a town
    together = any(
        s.label == "PER" and s.first <= i < s.last and s.last - s.first > 1 for s in work.parse.names
    )
    if before is not None and before.pos == "PROPN" and i - 1 not in work.at and together:
        return atlas.is_given_name(before.text) and tokens[i].text == name
    if behind is None or behind.pos != "PROPN" or not _is_surname(work, behind) or _is_local(work, tokens[i]):
        return False
    known = behind.text in work.gazetteer.family_names and behind.text not in work.vocabulary.ambiguous
    return atlas.is_given_name(name) and (together or (not known and atlas.is_family_name(behind.text)))


def _in_a_clubs_name(work: Workspace, i: int, found: tuple[int, tuple[str, ...], str]) -> bool:
    """*Dynamo Dresden*: a town inside what the recogniser takes for an organisation, all of proper nouns."""
    length, keys, name = found
    tokens = work.parse.tokens
    if any(work.gazetteer.entities[k].kind not in (EntityClass.PLACE, EntityClass.STATE) for k in keys):
        return False
    for span in work.parse.names:
        if (
            span.label == "ORG"
            and span.first <= i
            and i + length <= span.last
            and span.last - span.first > length
        ):
            others = [t for t in tokens[span.first : span.last] if not i <= t.index < i + length]
            named = " ".join(t.text for t in tokens[i : i + length]) == name
            return named and all(
                t.pos == "PROPN" and t.text not in work.gazetteer.names and t.index not in work.at
                for t in others
            )
    return False


def _of_a_state(work: Workspace, i: int, found: tuple[int, tuple[str, ...], str]) -> bool:
    """*der iranische Sicherheitsrat*, *der Nationale Sicherheitsrat*: a state's own body, not what the word means alone."""
    length, keys, _ = found
    token, before = work.parse.tokens[i], work.parse.tokens[i - 1] if i else None
    if length > 1 or before is None or before.pos != "ADJ" or not work.vocabulary.actors.is_body(token):
        return False
    world = any(work.gazetteer.entities[k].kind is EntityClass.INTERNATIONAL_ORGANIZATION for k in keys)
    national = before.lemma.lower() in work.vocabulary.national
    return world and (national or before.text in work.gazetteer.adjectives)


def _is_surname(work: Workspace, token: Token) -> bool:
    """Whether a word could be a family name: in small letters but for the first, and no other name."""
    return token.text.istitle() and token.text not in work.gazetteer.names


def _link(work: Workspace, first: int, last: int, keys: tuple[str, ...], name: str) -> None:
    """Choose among the entities of a name and record the mention."""
    token = work.parse.tokens[first]
    kinds = {k: work.gazetteer.entities[k].kind for k in keys}
    if last - first == 1 and not _plausible(work, token, name, kinds):
        return
    if any(kind is EntityClass.PERSON for kind in kinds.values()):
        person = next(k for k, kind in kinds.items() if kind is EntityClass.PERSON)
        work.known(person)
        work.mention(first, last, MentionKind.NAME, (person,), head=first, why=f"name {name!r}")
        return
    place = next((k for k, kind in kinds.items() if kind is EntityClass.PLACE), None)
    actor = next((k for k, kind in kinds.items() if kind.is_actor), None)
    seat = work.gazetteer.capitals.get(name)
    if place and _is_introduced(work, token):
        seat = actor = None  # "im Bundesstaat Washington", "die Stadt Georgia"
    if place and _is_city_adjective(work, token, name, work.gazetteer.entities[place].label):
        seat = None  # "Moskauer": the city, not the government
    if seat is not None:
        actor = seat
    if actor is not None:
        work.known(actor)
    if place is not None:
        work.known(place)
    elif actor is not None and work.gazetteer.entities[actor].kind is EntityClass.STATE:
        place = actor
    work.mention(
        first, last, MentionKind.NAME, (actor,) if actor else (), place=place, why=f"name {name!r}",
        local=seat is None or _is_local(work, token) or first in work.datelines or name not in work.gazetteer.state_capitals,
    )  # fmt: skip


def _is_city_adjective(work: Workspace, token: Token, name: str, city: str) -> bool:
    endings = work.vocabulary.city_adjectives
    return any(
        form.endswith(endings) and form not in known for form, known in ((token.text, name), (name, city))
    )


def _is_introduced(work: Workspace, token: Token) -> bool:
    """Whether the noun right before a name says that it is a place: *der Bundesstaat Washington*."""
    before = work.parse.tokens[token.index - 1] if token.index else None
    nouns = work.vocabulary.introducing.get(EntityClass.PLACE)
    return before is not None and nouns is not None and before.pos == "NOUN" and before.lemma in nouns


def _is_local(work: Workspace, token: Token) -> bool:
    """Whether a name stands in a phrase that says where (*in Peking*), or what it is part of is a city's."""
    if _is_of_city(work, token):
        return True
    adposition = preposition(work.parse, token)
    if adposition is None and token.index:
        before = work.parse.tokens[token.index - 1]
        adposition = before if before.pos == "ADP" else None
    return adposition is not None and adposition.lemma in work.vocabulary.local_prepositions


def _is_of_city(work: Workspace, token: Token) -> bool:
    """*der Bürgermeister von London*, *Berlins Innenstadt*, *besuchte Rom*: the city, not who governs there."""
    head, words = work.parse.tokens[token.head], work.vocabulary
    if token.label == "nmod" and head.index != token.index:
        return head.lemma in words.of_cities or head.lemma.rpartition("-")[2] in words.of_cities
    return token.label == "obj" and head.lemma in words.visited


def _plausible(work: Workspace, token: Token, name: str, kinds: dict[str, EntityClass]) -> bool:
    """One-word names that are also common words are taken only where they look like names."""
    if token.pos in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "DET") and len(name) < 5:
        return name.isupper() and len(name) > 1
    before = work.parse.tokens[token.index - 1].text if token.index else ""
    if EntityClass.MEDIA_OUTLET in kinds.values() and before.lower() in work.vocabulary.actors.one:
        return False  # "hielt ihm einen Spiegel vor"
    if EntityClass.PERSON in kinds.values():
        if _is_another_name(work, token):
            return False
        if name in work.vocabulary.ambiguous:
            return _fully_named(work, name)
    if name in work.vocabulary.case_sensitive and not name.isupper():
        return before in QUOTES or token.pos == "PROPN"
    return True


def _is_another_name(work: Workspace, token: Token) -> bool:
    """*Kim Young Sam*: a family name with other names behind it is somebody else's."""
    behind = work.parse.tokens[token.index + 1] if token.index + 1 < len(work.parse.tokens) else token
    part = behind.pos == "PROPN" and behind.label == "flat" and behind.head == token.index
    known = behind.text in work.gazetteer.names or behind.text in work.gazetteer.family_names
    return part and behind.text[:1].isupper() and not known


def _fully_named(work: Workspace, name: str) -> bool:
    return any(name in p.label.split() and p.label != name for p in work.persons())


def _shortened_names(work: Workspace) -> None:
    """*Nord- und Südkorea*: the first name ends as the one behind *und* does."""
    tokens = work.parse.tokens
    for token in tokens[:-2]:
        if (
            token.text.endswith("-")
            and len(token.text) > 2
            and tokens[token.index + 1].text in work.vocabulary.coordinators
        ):
            other = tokens[token.index + 2].text
            for i in range(1, len(other) - 2):
                name = token.text[:-1] + other[i:]
                if name in work.gazetteer.names and token.index not in work.at:
                    _link(work, token.index, token.index + 1, work.gazetteer.names[name], name)
                    break


def _compounds_and_adjectives(work: Workspace) -> None:
    """*US-Präsident*, *Uno-Sanktionen*; *nordkoreanisch*."""
    for token in work.parse.tokens:
        if token.index in work.at:
            continue
        state = work.gazetteer.adjectives.get(token.text)
        if state is not None and token.pos in ("ADJ", "PROPN", "NOUN"):
            work.known(state)
            work.mention(token.index, token.index + 1, MentionKind.ADJECTIVE, (state,), why="adjective")
            continue
        prefix, hyphen, rest = token.text.partition("-")
        if hyphen and rest and prefix in work.gazetteer.names:
            key = next(
                (k for k in work.gazetteer.names[prefix] if work.gazetteer.entities[k].kind.is_actor),
                None,
            )
            if key is not None:
                work.known(key)
                work.mention(
                    token.index, token.index + 1, MentionKind.COMPOUND, (key,), why="compound",
                    end=token.begin + len(prefix),
                )  # fmt: skip


def regroup_names(work: Workspace, without: str = "") -> None:
    """Mend the parse by the names that were found in it."""
    titles = frozenset(
        t.index
        for t in work.parse.tokens
        if t.pos in ("NOUN", "PROPN")
        and (work.vocabulary.is_office(t.lemma) or t.text in work.vocabulary.honorifics)
    )
    begins = [t.begin for t in work.parse.tokens]
    groups = [
        NameGroup(
            bisect_left(begins, m.span.begin), bisect_left(begins, m.span.end), _in_genitive(work, m)
        )
        for m in work.mentions
        if m.kind is MentionKind.NAME
    ]  # fmt: skip
    work.parse = regroup(work.parse, groups, titles, without)
    for number, mention in enumerate(work.mentions):
        if mention.kind is MentionKind.NAME:
            work.mentions[number] = replace(mention, head=_head(work, mention, begins))


def _head(work: Workspace, mention: Mention, begins: Sequence[int]) -> int:
    """The word of a name that the others hang on: *Vereinigte ⟦Staaten⟧*."""
    inside = range(bisect_left(begins, mention.span.begin), bisect_left(begins, mention.span.end))
    outer = [i for i in inside if work.parse.tokens[i].head not in inside or work.parse.tokens[i].head == i]
    return outer[0] if outer else mention.head


def _in_genitive(work: Workspace, mention: Mention) -> bool:
    """Whether a name ends in a genitive -s that is not its own."""
    if not mention.text.endswith(work.vocabulary.genitives):
        return False
    keys = [k for k in (*mention.actors, mention.place) if k]
    known = {form for k in keys for form in (work.entities[k].label, *work.entities[k].aliases)}
    known |= {form.split()[-1] for form in known}
    return mention.text not in known and mention.text[:-1].split()[-1] in known
