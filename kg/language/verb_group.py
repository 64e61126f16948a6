"""What a verb and its helpers say together: finite or not, voice, mood, obligation."""

from __future__ import annotations

from collections.abc import Sequence

from kg.language.grammar import Grammar
from kg.language.phrases import children
from kg.model import Mood, Parse, Token, Voice


def is_finite(token: Token) -> bool:
    """Whether a verb form is finite; an auxiliary that is not said to be anything else is."""
    form = token.feat("VerbForm")
    return form == "Fin" or (not form and token.pos == "AUX")


def is_participle_beside(head: Token, helpers: Sequence[Token], grammar: Grammar) -> bool:
    """*wurde von Merkel erklärt*: what looks finite (*er erklärt*) is the participle that goes with a finite helper."""
    form = head.text.lower()
    alike = form.startswith(grammar.inseparable) or head.lemma.endswith(grammar.without_ge)
    return alike and form.endswith(grammar.participle_endings) and any(is_finite(t) for t in helpers)


def is_infinitive(parse: Parse, head: Token, grammar: Grammar) -> bool:
    """Whether a verb stands behind *zu*."""
    return any(c.text.lower() in grammar.infinitive_marks for c in children(parse, head, "mark"))


def is_obligation(parse: Parse, head: Token, helpers: Sequence[Token], grammar: Grammar) -> bool:
    """*Der Iran ist zu verurteilen*, *die Sanktionen sind aufzuheben*: what ought to be done, not what was."""
    form = head.text.lower()
    inside = any(
        form.replace(mark, "", 1) == head.lemma for mark in grammar.infinitive_marks if mark in form[1:]
    )
    return (inside or is_infinitive(parse, head, grammar)) and any(
        is_finite(t) and t.lemma in grammar.perfect for t in helpers
    )


def is_past(head: Token, finite: Token | None, helpers: Sequence[Token], grammar: Grammar) -> bool:
    """Whether preterite or perfect tells what is over."""
    return (finite is not None and finite.feat("Tense") == "Past") or any(
        t.lemma in grammar.perfect and (t.label in ("aux", "aux:pass") or head.pos == "VERB") for t in helpers
    )


def voice_of(
    head: Token, helpers: Sequence[Token], grammar: Grammar, *, by: bool = False, object_: bool = False
) -> Voice:
    """Passive by its auxiliary; the labels alone are not trusted (*ist gereist* is active).

    Args:
        by: whether there is a phrase like a passive's agent (*wird von May empfangen*).
        object_: whether there is an object, which only the future has (*wird May empfangen*).
    """
    if head.label == "amod" and head.feat("VerbForm") == "Part":
        present = head.text.lower().endswith(grammar.present_participle_endings)
        return Voice.ACTIVE if present else Voice.PASSIVE
    participle = head.feat("VerbForm") == "Part" or (
        head.pos == "ADJ" and head.text.lower().endswith(grammar.participle_endings)
    )
    lemmas = {t.lemma for t in helpers}
    if any(t.text.lower() in grammar.passive_past for t in helpers):
        return Voice.PASSIVE  # "wurde empfangen": the participle may look like an infinitive
    ambiguous = head.text.lower() == head.lemma and head.lemma.startswith(grammar.inseparable)
    if ambiguous and lemmas & grammar.passive and (by or object_):
        return Voice.ACTIVE if object_ else Voice.PASSIVE
    if not participle or _is_plain_infinitive(head, grammar):
        return Voice.ACTIVE
    if lemmas & grammar.passive:
        return Voice.PASSIVE
    if grammar.have in lemmas:
        return Voice.ACTIVE
    if head.label == "acl" and not helpers:
        return Voice.PASSIVE
    if grammar.be in lemmas and head.lemma not in grammar.sein_perfect:
        return Voice.PASSIVE
    return Voice.ACTIVE


def _is_plain_infinitive(head: Token, grammar: Grammar) -> bool:
    """*wird nachgeben*: only with an inseparable prefix can an infinitive be a participle, too (*empfangen*)."""
    return head.text.lower() == head.lemma and not head.lemma.startswith(grammar.inseparable)


def mood_of(finite: Token | None, grammar: Grammar) -> Mood:
    """Konjunktiv by the finite verb's form; where it is the indicative's as well, it is read as indicative."""
    if finite is None:
        return Mood.INDICATIVE
    form = finite.text.lower()
    if form in grammar.konjunktiv1:
        return Mood.REPORTED
    if form in grammar.konjunktiv2:
        return Mood.UNREAL
    if (
        form.endswith(grammar.konjunktiv1_endings)
        and not form.endswith(grammar.past_endings)
        and finite.feat("Number") != "Plur"
        and finite.feat("Person") != "1"
        and finite.lemma in [form + end for end in grammar.infinitive_endings]
    ):
        return Mood.REPORTED
    past_subjunctive = finite.feat("Mood") == "Sub" and finite.feat("Tense") == "Past"
    if past_subjunctive and any(v in form for v in grammar.konjunktiv2_vowels):
        return Mood.UNREAL
    return Mood.INDICATIVE
