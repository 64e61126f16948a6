"""Who speaks where the parser gave a verb of saying no speaker: the name right behind its finite verb.

*Die Rede nannte Lula „mutig“*, *Das zumindest meint Dilma Rousseff*, *Wie der Vorsitzende Richter, Max Muster,
ausführte*: a name behind the finite verb, or at the head of a subordinate clause, is its subject as long as neither a
preposition nor an article says otherwise and no other subject agrees with the verb.
"""

from __future__ import annotations

from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.language.phrases import children
from kg.language.verb_group import is_finite
from kg.model import Clause, Gender, Parse, Token, Voice

_INSIDE = frozenset({"DET", "ADJ", "ADV", "NOUN", "PROPN", "X", "NUM"})
_APPOSED = ","


def nearest_speaker(
    rules: DiscourseRules, parse: Parse, referents: Referents, clause: Clause
) -> tuple[str, ...]:
    """The keys of whoever is named where a subject stands; nobody where the clause has one that agrees."""
    finite = _finite(parse, clause)
    if finite is None or _has_subject(parse, clause, finite):
        return ()
    if clause.voice is Voice.PASSIVE and finite.lemma not in rules.perfect - {rules.copula}:
        return ()
    marker = next(children(parse, parse.tokens[clause.head], "mark"), None)
    first = finite if marker is None or marker.index > finite.index else marker
    found = _named_behind(rules, parse, referents, first)
    many = finite.feat("Number") == "Plur"
    entities = referents.discourse.entities
    agrees = len(found) > 1 or all(
        entities[k].gender is Gender.UNKNOWN or many is (entities[k].gender is Gender.PLURAL) for k in found
    )
    return found if agrees else ()


def _finite(parse: Parse, clause: Clause) -> Token | None:
    """The first finite verb of a predicate."""
    head = parse.tokens[clause.head]
    group = sorted((head, *children(parse, head, "aux", "aux:pass")), key=lambda t: t.index)
    return next((t for t in group if is_finite(t)), None)


def _has_subject(parse: Parse, clause: Clause, finite: Token) -> bool:
    """Whether a noun is the subject that its number and place allow to be one; *das* and *dies* may be what is said.

    *Sie seien müde, sagte Merkel*: before its comma nothing is the verb's.
    """
    tag = finite.index > 0 and parse.tokens[finite.index - 1].text == _APPOSED
    for complement in clause.complements:
        if complement.slot != "subject":
            continue
        noun = parse.tokens[complement.head]
        if tag and noun.index < finite.index:
            continue
        if noun.pos == "PRON" and noun.feat("PronType") != "Dem" and noun.feat("Person") != "":
            return True
        number, verb = noun.feat("Number"), finite.feat("Number")
        if noun.pos != "PRON" and not (number and verb and number != verb):
            return True
    return False


def _named_behind(rules: DiscourseRules, parse: Parse, referents: Referents, first: Token) -> tuple[str, ...]:
    """Whom the noun phrase right behind a word names."""
    sentence = parse.sentences[first.sentence]
    seen_noun = False
    for token in parse.tokens[first.index + 1 : sentence.last]:
        if token.text == _APPOSED and seen_noun:
            continue
        if token.pos not in _INSIDE or (token.pos == "DET" and token.text.lower() in rules.oblique):
            return ()
        if token.pos in ("NOUN", "PROPN", "X"):
            found = referents.actors(token.index)
            if found or (seen_noun and token.pos == "PROPN"):
                return found
            seen_noun = True
    return ()
