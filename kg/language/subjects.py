"""Whose act a clause is where the parser does not say: shared, controlled and misread subjects."""

from __future__ import annotations

from dataclasses import replace

from kg.language.grammar import Grammar
from kg.language.phrases import children
from kg.language.verb_group import is_finite
from kg.model import Clause, Complement, Parse, Token, Voice

_BESIDE = ("conj", "parataxis")
_OPEN = ("xcomp", "advcl", "acl")


def share_subjects(parse: Parse, clauses: list[Clause], grammar: Grammar) -> list[Clause]:
    """Understood subjects: of coordinated verbs and of infinitives."""
    shared = list(clauses)
    for clause in clauses:
        if clause.nominal or clause.parent is None:
            continue
        head = parse.tokens[clause.head]
        parent = shared[clause.parent]
        if parent.nominal:
            continue
        if _shares_voice(parse, clause, parent):
            clause = replace(clause, voice=Voice.PASSIVE)
        first = "accusative" if clause.voice is Voice.PASSIVE else "subject"
        if any(c.slot == first for c in clause.complements):
            shared[clause.index] = clause
            continue
        giver: Complement | None = None
        if head.head == parent.head and (head.label in _BESIDE or _goes_on(parse, clause)):
            giver = _subject(parent)
            if not clause.finite:
                clause = replace(
                    clause, mood=parent.mood, modals=clause.modals or parent.modals,
                    past=parent.past, finite=True,
                )  # fmt: skip
        elif head.label in _OPEN and not clause.finite:
            giver = _controller(parent, grammar)
        if giver is not None:
            clause = replace(clause, complements=(*clause.complements, Complement(first, giver.head, "Nom")))
        shared[clause.index] = clause
    return shared


def verb_behind_and(parse: Parse, head: Token, found: list[Complement], grammar: Grammar) -> list[Complement]:
    """*Putin reiste nach Ankara und warnte Erdogan*: right behind *und* the verb has the subject before it.

    What the parser takes for a subject behind such a verb is its object, unless it has one already or its
    article says that it is a nominative.
    """
    above = parse.tokens[head.head]
    opened = head.label == "conj" and any(c.index == head.index - 1 for c in children(parse, head, "cc"))
    subject = any(True for _ in children(parse, above, "nsubj", "nsubj:pass"))
    if not (opened and subject and is_finite(head)) or any(c.slot == "accusative" for c in found):
        return found
    return [
        replace(c, slot="accusative", case="Acc")
        if c.slot == "subject" and c.head > head.index and not _nominative(parse, c.head, grammar)
        else c
        for c in found
    ]


def shares(parse: Parse, head: Token, found: list[Complement]) -> bool:
    """*hat X nicht genannt, sondern nur Y angekündigt*: a coordinated verb whose only noun is no nominative."""
    if head.label != "conj":
        return False
    if any(c.index == head.index - 1 for c in children(parse, head, "cc")):
        return True
    above = parse.tokens[head.head]
    objects = [c for c in found if c.slot == "accusative"]
    return any(True for _ in children(parse, above, "nsubj", "nsubj:pass")) and not any(
        c.case == "Nom" or parse.tokens[c.head].pos == "PROPN" for c in objects
    )


def with_subject(parse: Parse, found: list[Complement], voice: Voice) -> list[Complement]:
    """Mend a frequent slip of parsers: a subject behind its verb that was taken for the object.

    *Am Montag reiste Kim …*: with no other subject, an "object" that is no accusative by form is
    the subject.
    """
    if voice is Voice.PASSIVE or any(c.slot == "subject" for c in found):
        return found
    objects = [c for c in found if c.slot == "accusative"]
    if not objects:
        return found
    first = objects[0]
    token = parse.tokens[first.head]
    content = any(c.slot == "clause" for c in found)
    if token.pos == "PROPN" or first.case == "Nom" or len(objects) > 1 or content:
        i = found.index(first)
        return [*found[:i], replace(first, slot="subject"), *found[i + 1 :]]
    return found


def _controller(parent: Clause, grammar: Grammar) -> Complement | None:
    """Whose act an infinitive is: *bat Putin zu kommen* has the object of the verb above."""
    if parent.predicate in grammar.object_control:
        for slot in ("accusative", "dative"):
            found = next((c for c in parent.complements if c.slot == slot), None)
            if found is not None:
                return found
    return _subject(parent)


def _nominative(parse: Parse, noun: int, grammar: Grammar) -> bool:
    """Whether a phrase cannot be an object: a pronoun, or a noun with *der*, *dieser*."""
    token = parse.tokens[noun]
    if token.pos not in ("NOUN", "PROPN"):
        return True
    article = next((t.text.lower() for t in children(parse, token, "det")), "")
    return article.endswith(grammar.nominative_endings)


def _shares_voice(parse: Parse, clause: Clause, parent: Clause) -> bool:
    """*wurde entführt und misshandelt*: a coordinated participle without helpers is as passive as the one before."""
    head = parse.tokens[clause.head]
    return (
        parent.voice is Voice.PASSIVE
        and head.label == "conj"
        and head.head == parent.head
        and head.feat("VerbForm") == "Part"
        and not any(True for _ in children(parse, head, "aux", "aux:pass", "cop"))
        and not any(c.slot == "accusative" for c in clause.complements)
    )


def _goes_on(parse: Parse, clause: Clause) -> bool:
    """*X kritisierte Y, lehnte aber jede Hilfe ab*: behind the comma a finite verb without a subject goes on."""
    head = parse.tokens[clause.head]
    first = min((c.index for c in children(parse, head)), default=head.index)
    opened = parse.tokens[head.index - 1].text == "," if head.index else False
    return (
        head.label == "ccomp"
        and clause.finite
        and not clause.marker
        and opened
        and first >= head.index - 1
        and not any(c.slot == "subject" for c in clause.complements)
    )


def _subject(clause: Clause) -> Complement | None:
    wanted = ("subject",) if clause.voice is Voice.ACTIVE else ("accusative", "subject")
    for slot in wanted:
        for complement in clause.complements:
            if complement.slot == slot:
                return complement
    return None
