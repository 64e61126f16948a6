"""Names: of the gazetteer by its words, of others by the recogniser and by their titles."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from kg.entities.gazetteer import slug
from kg.entities.workspace import Workspace
from kg.language.phrases import preposition
from kg.language.regroup import NameGroup, regroup
from kg.model import EntityClass, Gender, Mention, MentionKind, NameSpan, Token

_GENITIVES = ("s", "'", "’", "ʼ")
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl:arg", "conj"})
_LONGEST_ABBREVIATION = 8
_QUOTES = frozenset("\"„“”»«'‚‘’")


def find_names(work: Workspace) -> None:
    """All names in text order; longer gazetteer names before shorter ones."""
    _gazetteer_names(work)
    _abbreviations(work)
    _shortened_names(work)
    _compounds_and_adjectives(work)
    _titled_names(work)
    _introduced_names(work)
    _recognised_names(work)


def _gazetteer_names(work: Workspace) -> None:
    tokens = work.parse.tokens
    i = 0
    while i < len(tokens):
        found = _longest(work, i)
        if found is None:
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
        for form in (name, _without_genitive(name)):
            if form in names:
                return n, names[form], form
    base = _without_genitive(first)
    if base != first and base in names and tokens[i].pos in ("PROPN", "NOUN", "X", "ADJ"):
        return 1, names[base], base
    return None


def _without_genitive(name: str) -> str:
    return name[:-1] if name.endswith(_GENITIVES) and len(name) > 3 else name


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
    if token.text == name + "er" or (place and token.text.endswith("er") and token.text not in (name,)):
        seat = None
    if name.endswith("er") and place and work.gazetteer.entities[place].label != name:
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
        local=seat is None or _is_local(work, token) or name not in work.gazetteer.state_capitals,
    )  # fmt: skip


def _is_local(work: Workspace, token: Token) -> bool:
    """Whether a name stands in a phrase that says where (*in Peking*, *nach Moskau*)."""
    adposition = preposition(work.parse, token)
    if adposition is None and token.index:
        before = work.parse.tokens[token.index - 1]
        adposition = before if before.pos == "ADP" else None
    return adposition is not None and adposition.lemma in work.vocabulary.local_prepositions


def _plausible(work: Workspace, token: Token, name: str, kinds: dict[str, EntityClass]) -> bool:
    """One-word names that are also common words are taken only where they look like names."""
    if token.pos in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ", "DET") and len(name) < 5:
        return name.isupper() and len(name) > 1
    if name in work.vocabulary.ambiguous and EntityClass.PERSON in kinds.values():
        return _fully_named(work, name)
    if name in work.vocabulary.case_sensitive and not name.isupper():
        tokens = work.parse.tokens
        before = tokens[token.index - 1].text if token.index else ""
        return before in _QUOTES or token.pos == "PROPN"
    return True


def _fully_named(work: Workspace, name: str) -> bool:
    return any(name in p.label.split() and p.label != name for p in work.persons())


def _abbreviations(work: Workspace) -> None:
    """*die Internationale Energieagentur (IEA)*: a long name with its short form, which then stands for it."""
    tokens = work.parse.tokens
    for short in tokens[2:-1]:
        if not (short.text.isupper() and 2 <= len(short.text) <= _LONGEST_ABBREVIATION):
            continue
        if tokens[short.index - 1].text != "(" or tokens[short.index + 1].text != ")":
            continue
        last = short.index - 1
        first = last
        while (
            first > 0
            and tokens[first - 1].pos in ("NOUN", "PROPN", "ADJ")
            and tokens[first - 1].text[:1].isupper()
        ):
            first -= 1
        if first == last or not work.free(first, last) or tokens[first].text[:1] != short.text[:1]:
            continue
        known = work.mention_at(short.index)
        label = " ".join(t.text for t in tokens[first:last])
        key = (
            known.actors[0]
            if known and known.actors
            else work.create(EntityClass.ORGANIZATION, label, aliases=(short.text,))
        )
        work.mention(first, last, MentionKind.NAME, (key,), why=f"introduced as {short.text!r}")
        for token in tokens:
            if token.text == short.text and token.index not in work.at:
                work.mention(token.index, token.index + 1, MentionKind.NAME, (key,), why="abbreviation")


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


def _titled_names(work: Workspace) -> None:
    """*Oppositionsführer Guaidó*: a capitalised word behind an office is a person's name."""
    tokens = work.parse.tokens
    for token in tokens:
        if token.pos not in ("NOUN", "PROPN") or token.index in work.at:
            continue
        if not work.vocabulary.is_office(token.lemma) and token.text not in work.vocabulary.honorifics:
            continue
        first = token.index + 1
        last = first
        while last < len(tokens) and _is_name_part(work, tokens[last], last > first):
            last += 1
        if last == first + 1 and last < len(tokens) and _surname_like_title(work, tokens[last]):
            last += 1
        while last > first and tokens[last - 1].text.lower() in work.vocabulary.name_particles:
            last -= 1
        if last > first and work.free(first, last) and tokens[first].sentence == token.sentence:
            _person(work, first, last, token.text)


def _surname_like_title(work: Workspace, token: Token) -> bool:
    """*Personalchef Bernd Richter*: behind a first name an office noun is a family name."""
    return (
        token.index not in work.at
        and token.pos in ("NOUN", "PROPN")
        and work.vocabulary.is_office(token.text)
    )


def _is_name_part(work: Workspace, token: Token, inside: bool) -> bool:
    if token.index in work.at:
        return False
    if inside and token.text.lower() in work.vocabulary.name_particles and token.text.islower():
        return True
    return token.pos == "PROPN" and token.text[:1].isupper() and not token.text.isupper()


def _introduced_names(work: Workspace) -> None:
    """*die Agentur Interfax*, *in der Stadt Carora*: the noun before says what is named."""
    vocabulary = work.vocabulary
    kinds = (
        (vocabulary.agency_nouns, EntityClass.NEWS_AGENCY),
        (vocabulary.medium_nouns, EntityClass.MEDIA_OUTLET),
        (vocabulary.place_nouns, EntityClass.PLACE),
    )
    tokens = work.parse.tokens
    for token in tokens[:-1]:
        if token.pos != "NOUN":
            continue
        kind = next((k for words, k in kinds if token.lemma in words or token.text in words), None)
        if kind is None:
            continue
        first = token.index + 1
        if tokens[first].text in _QUOTES:
            first += 1
        last = first
        while last < len(tokens) and tokens[last].pos in ("PROPN", "X") and last not in work.at:
            last += 1
        if last == first or tokens[first].sentence != token.sentence or not work.free(first, last):
            continue
        label = " ".join(t.text for t in tokens[first:last])
        key = work.create(kind, label)
        if kind is EntityClass.PLACE:
            work.mention(first, last, MentionKind.NAME, place=key, cover=(token.index,), why="introduced")
        else:
            work.mention(first, last, MentionKind.NAME, (key,), cover=(token.index,), why="introduced")


def _recognised_names(work: Workspace) -> None:
    """What the entity recogniser found and nothing else claims."""
    spans = sorted(work.parse.names, key=lambda n: (n.label != "PER", -(n.last - n.first)))
    for span in spans:
        trimmed = _trimmed(work, span)
        if trimmed is None:
            continue
        first, last = trimmed.first, trimmed.last
        if span.label == "PER":
            _person(work, first, last, "")
        elif span.label in ("LOC", "ORG"):
            tokens = work.parse.tokens[first:last]
            if not any(t.pos == "PROPN" for t in tokens) or any(t.pos in ("VERB", "AUX") for t in tokens):
                continue
            label = _without_genitive_word(" ".join(t.text for t in tokens), tokens)
            person = _family(work, label)
            if person is not None:
                work.mention(first, last, MentionKind.NAME, (person,), why="family name")
            elif span.label == "LOC" and _placed(work, first, last):
                key = work.create(EntityClass.PLACE, label)
                work.mention(first, last, MentionKind.NAME, place=key, why="recognised place")
            elif span.label == "ORG" and _organised(work, first, last):
                key = work.create(EntityClass.ORGANIZATION, label)
                work.mention(first, last, MentionKind.NAME, (key,), why="recognised organisation")


def _placed(work: Workspace, first: int, last: int) -> bool:
    """Unknown places are believed behind a preposition of place, or when named again."""
    tokens = work.parse.tokens
    before = tokens[first - 1] if first else None
    if before is not None and before.pos == "ADP" and before.lemma in work.vocabulary.local_prepositions:
        return True
    return last - first == 1 and sum(t.text == tokens[first].text for t in tokens) > 1


def _organised(work: Workspace, first: int, last: int) -> bool:
    """Unknown organisations are believed with several words, as an abbreviation, or named again."""
    tokens = work.parse.tokens
    word = tokens[first].text
    if last - first > 1:
        return True
    return len(word) > 1 and (word.isupper() or sum(t.text == word for t in tokens) > 1)


def _trimmed(work: Workspace, span: NameSpan) -> NameSpan | None:
    """Cut titles, articles and already claimed words off a recognised name."""
    tokens = work.parse.tokens
    first, last = span.first, span.last
    while first < last and (
        first in work.at
        or tokens[first].pos in ("DET", "ADP", "PUNCT", "ADJ", "ADV", "CCONJ", "NUM")
        or tokens[first].text in work.vocabulary.honorifics
        or (tokens[first].pos == "NOUN" and work.vocabulary.is_office(tokens[first].lemma))
    ):
        first += 1
    while last > first and (last - 1 in work.at or tokens[last - 1].pos in ("PUNCT", "ADP", "DET", "ADV")):
        last -= 1
    if first == last or not work.free(first, last):
        return None
    if any(t.pos in ("PUNCT", "VERB", "AUX") and t.text not in "-." for t in tokens[first:last]):
        return None
    return NameSpan(first, last, span.label)


def _person(work: Workspace, first: int, last: int, title: str) -> None:
    """Link a person's name, or make a person of it."""
    tokens = work.parse.tokens[first:last]
    name = _without_genitive_word(" ".join(t.text for t in tokens), tokens)
    key = _family(work, name) if len(tokens) == 1 else _same_person(work, name)
    why = "family name"
    if key is None and len(tokens) == 1 and title:
        key = _by_office(work, name, title)
    if key is None:
        if len(tokens) == 1 and not title:
            repeated = sum(t.text.rstrip("s") == name.rstrip("s") for t in work.parse.tokens)
            if tokens[0].pos != "PROPN" or (repeated < 2 and tokens[0].label not in _ARGUMENTS):
                return
        gender = (
            Gender.FEMININE
            if title.endswith("in") or title in work.vocabulary.feminine_titles
            else Gender.UNKNOWN
        )
        if len(tokens) == 1:
            name = _in_full(work, name)
        key = work.create(EntityClass.PERSON, name, gender=gender)
        why = "title and name" if title else "recognised person"
    work.mention(first, last, MentionKind.NAME, (key,), why=why)


def _by_office(work: Workspace, family: str, title: str) -> str | None:
    """*Premierminister Johnson*: a common name is the one who held that office, best on the article's day."""
    usual = work.vocabulary.usual_office(title.rpartition("-")[2])
    held = [
        o
        for o in work.gazetteer.offices
        if o.person in work.gazetteer.family_names.get(family, ())
        and work.vocabulary.usual_office(o.title) == usual
    ]
    now = {o.person for o in held if o.held(work.published)} or {o.person for o in held}
    return work.known(now.pop()) if len(now) == 1 else None


def _in_full(work: Workspace, family: str) -> str:
    """The full name of a family name, where the text has it: *Emmanuel Bonne*, later *Bonne*."""
    for first, last in pairwise(work.parse.tokens):
        given = first.pos == "PROPN" and first.text[:1].isupper() and not first.text.isupper()
        free = first.index not in work.at and last.index not in work.at
        if last.text == family and given and free and first.end + 1 == last.begin:
            return f"{first.text} {family}"
    return family


def _same_person(work: Workspace, name: str) -> str | None:
    """A full name in another spelling (*Nicolas*, *Nicolás*), or a longer form of a known one."""
    wanted = slug(name)
    for person in work.persons():
        if slug(person.label) == wanted:
            return person.key
    return None


def _family(work: Workspace, name: str) -> str | None:
    """The person whose family name a single word is: named in full here, or well known."""
    here = [p.key for p in work.persons() if p.label.split()[-1] == name and p.label != name]
    if not here:
        here = [p.key for p in work.persons() if p.label.split()[0] == name or name in p.aliases]
    if len(here) >= 1:
        return here[-1]
    if name in work.vocabulary.ambiguous:
        return None
    known = work.gazetteer.family_names.get(name, ())
    return work.known(known[0]) if len(known) == 1 else None


def _without_genitive_word(name: str, tokens: tuple[Token, ...]) -> str:
    """*Guaidós* ─▶ *Guaidó* where the word stands before a noun or is marked as genitive."""
    last = tokens[-1]
    if name.endswith(("'", "’")) or (
        name.endswith("s") and len(name) > 3 and last.feat("Case") == "Gen" and not name.endswith("ss")
    ):
        return name[:-1]
    return name


def regroup_names(work: Workspace) -> None:
    """Mend the parse by the names that were found in it."""
    titles = frozenset(
        t.index
        for t in work.parse.tokens
        if t.pos in ("NOUN", "PROPN") and work.vocabulary.is_office(t.lemma)
    )
    begins = [t.begin for t in work.parse.tokens]
    groups = [
        NameGroup(
            bisect_left(begins, m.span.begin), bisect_left(begins, m.span.end), _in_genitive(work, m)
        )
        for m in work.mentions
        if m.kind is MentionKind.NAME
    ]  # fmt: skip
    work.parse = regroup(work.parse, groups, titles)


def _in_genitive(work: Workspace, mention: Mention) -> bool:
    """Whether a name ends in a genitive -s that is not its own."""
    if not mention.text.endswith(_GENITIVES):
        return False
    keys = [k for k in (*mention.actors, mention.place) if k]
    known = {form for k in keys for form in (work.entities[k].label, *work.entities[k].aliases)}
    known |= {form.split()[-1] for form in known}
    return mention.text not in known and mention.text[:-1].split()[-1] in known


def family_names(work: Workspace) -> None:
    """Second pass: single words that are the family name of somebody named in full anywhere."""
    full = {p.label.split()[-1]: p.key for p in work.persons() if " " in p.label}
    for token in work.parse.tokens:
        named = token.text[:1].isupper() and token.pos not in ("ADP", "CCONJ", "SCONJ", "DET", "AUX")
        if token.index in work.at or not named:
            continue
        for form in (token.text, _without_genitive(token.text)):
            key = full.get(form)
            if key is None and form not in work.vocabulary.ambiguous and token.pos not in ("PRON", "ADV"):
                known = work.gazetteer.family_names.get(form, ())
                if len(known) == 1:
                    key = work.known(known[0])
            if key is not None:
                work.mention(token.index, token.index + 1, MentionKind.NAME, (key,), why="family name")
                break
