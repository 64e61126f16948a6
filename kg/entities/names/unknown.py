"""Names that no gazetteer has: by their titles, by the noun before them, by the recogniser, by a short form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.entities.gazetteer.folding import name_key
from kg.entities.offices.titles import title_before_comma
from kg.entities.workspace import Workspace
from kg.model import EntityClass, Gender, MentionKind, Token

QUOTES = frozenset("\"„“”»«'‚‘’")
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl:arg", "conj"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_ORDINAL_OR_INITIAL = re.compile(r"[IVX]{1,5}\.?|[A-ZÄÖÜ]\.")
_SHORTEST_SPELLED = 5
"""Shorter names are too many people's to be recognised in another spelling (*Li*, *Sisi*)."""


def titled_names(work: Workspace) -> None:
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
            add_person(work, first, last, token.text)


_FULL = 2
"""How many words a full name has at least."""


def apposed_names(work: Workspace) -> None:
    """*die Präsidentin des Kosovo, Vjosa Osmani,*: a full name in apposition to an office is a person's."""
    tokens = work.parse.tokens
    for token in tokens[1:]:
        noun = tokens[token.head]
        office = noun.pos == "NOUN" and noun.index < token.index and work.vocabulary.is_office(noun.lemma)
        if tokens[token.index - 1].text != "," or token.pos != "PROPN":
            continue
        last = token.index
        while last < len(tokens) and _is_name_part(work, tokens[last], last > token.index):
            last += 1
        if last - token.index < _FULL or not work.free(token.index, last):
            continue
        if token.label == "appos" and office:
            add_person(work, token.index, last, noun.lemma)
        elif last < len(tokens) and tokens[last].text == ",":
            title = title_before_comma(work, token.index - 1)
            if title is not None:
                add_person(work, token.index, last, title.lemma)


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
    if inside and _ORDINAL_OR_INITIAL.fullmatch(token.text):
        return True  # "Elisabeth II.", "Jürgen R. Thumann"
    particle, _, rest = token.text.partition("-")  # "al-Thani"
    if inside and particle.istitle() and rest.islower():
        return True  # "Ing-wen": behind a hyphen a noun would have a capital
    begins = rest if inside and particle in work.vocabulary.name_particles else token.text
    return token.pos == "PROPN" and begins[:1].isupper() and not token.text.isupper()


def family_names(work: Workspace) -> None:
    """Second pass: single words that are the family name of somebody named in full anywhere."""
    full = {p.label.split()[-1]: p.key for p in work.persons() if " " in p.label}
    for token in work.parse.tokens:
        named = token.text[:1].isupper() and token.pos not in ("ADP", "CCONJ", "SCONJ", "DET", "AUX")
        if token.index in work.at or not named:
            continue
        for form in (token.text, work.vocabulary.without_genitive(token.text)):
            key = full.get(form)
            if key is None and form not in work.vocabulary.ambiguous and token.pos not in ("PRON", "ADV"):
                known = work.gazetteer.family_names.get(form, ())
                if not known and token.pos == "PROPN":
                    known = spelled_family(work, form)
                if len(known) == 1:
                    key = work.known(known[0])
            if key is not None:
                work.mention(token.index, token.index + 1, MentionKind.NAME, (key,), why="family name")
                break


def add_person(work: Workspace, first: int, last: int, title: str) -> None:
    """Link a person's name, or make a person of it."""
    tokens = work.parse.tokens[first:last]
    name = without_genitive_word(work, tokens)
    key = known_family(work, name) if len(tokens) == 1 else _same_person(work, name)
    why = "family name"
    if key is None and len(tokens) == 1 and title:
        key = _by_office(work, name, title)
    if key is None:
        if len(tokens) == 1 and not title and not _alone_a_person(work, tokens[0], name):
            return
        gender = Gender.FEMININE if work.vocabulary.is_feminine(title) else Gender.UNKNOWN
        if len(tokens) == 1:
            name = _in_full(work, name)
        key = work.create(EntityClass.PERSON, name, gender=gender)
        why = "title and name" if title else "recognised person"
    work.mention(first, last, MentionKind.NAME, (key,), why=why)


def _alone_a_person(work: Workspace, token: Token, name: str) -> bool:
    """Whether a single word that the recogniser calls a person is believed: named again, or an argument of a verb."""
    if token.pos != "PROPN":
        return False
    if work.times_named(name) > 1:
        return True
    begins = token.index == work.parse.sentences[token.sentence].first
    if not begins:
        return token.label in _ARGUMENTS
    atlas = work.gazetteer.atlas  # any word has a capital there: "Ernst zu nehmende Ökonomen", "Rice sagte"
    behind = work.parse.tokens[token.index + 1 : token.index + 2]
    acts = token.label in _SUBJECTS and any(t.pos in ("VERB", "AUX") for t in behind)
    return acts and (atlas.is_given_name(name) or atlas.is_family_name(name))


def _by_office(work: Workspace, family: str, title: str) -> str | None:
    """*Premierminister Johnson*: a common name is the one who held that office, best on the article's day."""
    usual = work.vocabulary.usual_office(title.rpartition("-")[2])
    held = [
        o
        for o in work.gazetteer.offices
        if o.person in work.gazetteer.bearers.get(name_key(family), ())
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
    wanted = name_key(name)
    for person in work.persons():
        if name_key(person.label) == wanted:
            return person.key
    known = work.gazetteer.spellings.get(wanted, ())
    return work.known(known[0]) if len(known) == 1 else None


def known_family(work: Workspace, name: str) -> str | None:
    """The person whose family name a single word is: named in full here, or well known."""
    here = [p.key for p in work.persons() if p.label.split()[-1] == name and p.label != name]
    if not here:
        wanted = name_key(name)
        here = [p.key for p in work.persons() if " " in p.label and name_key(p.label.split()[-1]) == wanted]
    if not here:
        here = [p.key for p in work.persons() if p.label.split()[0] == name or name in p.aliases]
    if len(here) >= 1:
        return here[-1]
    if name in work.vocabulary.ambiguous:
        return None
    known = work.gazetteer.family_names.get(name) or spelled_family(work, name)
    return work.known(known[0]) if len(known) == 1 else None


def spelled_family(work: Workspace, name: str) -> tuple[str, ...]:
    """Well-known persons of a family name in another spelling: *Zelensky* is *Selenskyj*."""
    key = name_key(name)
    if len(key) < _SHORTEST_SPELLED or key in work.vocabulary.ambiguous_keys:
        return ()
    return work.gazetteer.spellings.get(key, ())


def without_genitive_word(work: Workspace, tokens: Sequence[Token]) -> str:
    """*Guaidós* ─▶ *Guaidó*: a name's words, the last without an ending that is a genitive's.

    It is one where the parser marks it, where the text or the gazetteer has the name without it, or where
    people are called so without it only (*Frank Henkels Urteil*).
    """
    name = " ".join(t.text for t in tokens)
    last = tokens[-1]
    named = {p.label.split()[-1] for p in work.persons()}
    if (
        name in work.gazetteer.family_names
        or last.text in named
        or name_key(last.text) in work.gazetteer.bearers
    ):
        return name
    bare = work.vocabulary.without_genitive(last.text)
    subject = tokens[0].label in _SUBJECTS
    marked = last.feat("Case") == "Gen" and name[-1:] != name[-2:-1] and not subject
    if marked or not name[-1:].isalpha():
        return work.vocabulary.without_genitive(name)
    if bare != last.text and bare[-1:] != "s" and not subject:
        atlas = work.gazetteer.atlas
        bearer = bare in work.gazetteer.family_names or work.times_written(bare) > 0
        if bearer or (atlas.is_family_name(bare) and not atlas.is_family_name(last.text)):
            return name[: len(name) - (len(last.text) - len(bare))]
    return name


def nominative(work: Workspace, tokens: Sequence[Token]) -> str:
    """A name as a dictionary has it: *(der) Demokratischen Partei* ─▶ *Demokratische Partei*."""
    name = " ".join(t.text for t in tokens)
    label = work.vocabulary.without_long_genitive(name)
    label = label if label != name else without_genitive_word(work, tokens)
    adjectives = [t for t in tokens[:-1] if t.pos == "ADJ" or t.text in work.gazetteer.adjectives]
    noun = next((t for t in tokens if t.pos in ("NOUN", "PROPN")), tokens[-1])
    gender = work.vocabulary.gender(noun.lemma.rpartition("-")[2])
    strong = work.vocabulary.nominative_endings.get(gender or "")
    if not adjectives or strong is None:
        return label
    for adjective in adjectives:
        stem = adjective.text.rstrip("nrms") if adjective.text.endswith(("en", "er", "em", "es")) else ""
        if stem.endswith("e"):
            label = label.replace(adjective.text, stem[:-1] + strong, 1)
    return label
