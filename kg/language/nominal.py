"""Attributes of a noun as complements: *Putins Kritik an der Nato*, *der Besuch Kims in Peking*."""

from __future__ import annotations

from kg.language.phrases import case_of, children, is_nominal, preposition
from kg.model import Complement, Parse, Token

_ATTRIBUTES = ("nmod", "obl", "obl:arg", "appos", "compound", "flat")


def nominal_complements(parse: Parse, head: Token, genitives: tuple[str, ...]) -> list[Complement]:
    """The attributes of a noun by slot.

    ``possessive`` is a possessive pronoun (*sein Besuch*), ``genitive`` a genitive before or after
    (*Trumps Ausstieg*, *der Ausstieg der USA*), ``adjective`` an attributive adjective (*türkische
    Kritik*), ``compound`` what stands before a hyphen (*US-Angriff*); others by preposition.

    Args:
        genitives: how a name in the genitive may end.
    """
    found: list[Complement] = []
    for child in children(parse, head):
        if child.label == "det":
            if child.feat("Poss") == "Yes":
                found.append(Complement("possessive", child.index))
        elif child.label == "amod":
            # A capital and -s: a name in the genitive that was tagged as an adjective.
            capital = child.text[:1].isupper() and child.index + 1 == head.index
            named = capital and child.text.endswith(genitives)
            found.append(Complement("genitive" if named else "adjective", child.index))
        elif child.label in _ATTRIBUTES and is_nominal(child):
            adposition = preposition(parse, child)
            if adposition is not None:
                found.append(Complement(adposition.lemma, child.index, case_of(parse, child)))
            elif child.label in ("nmod", "obl:arg", "obl") or _prenominal(child, head, genitives):
                found.append(Complement("genitive", child.index, "Gen"))
    if "-" in head.text[1:-1]:
        found.append(Complement("compound", head.index))
    found.extend(_verb_phrases(parse, head, found))
    return found


def _prenominal(child: Token, head: Token, genitives: tuple[str, ...]) -> bool:
    """*Trumps Besuch*: a name with -s right before its noun, whatever the label."""
    return child.index < head.index and child.pos == "PROPN" and child.text.endswith(genitives)


def _verb_phrases(parse: Parse, head: Token, found: list[Complement]) -> list[Complement]:
    """Phrases right behind the noun that the parser hung on the verb: *zum Treffen mit Xi*.

    German leaves the attachment open; a phrase that follows its noun without a gap belongs to it
    at least as well.
    """
    taken = {c.head for c in found}
    extra: list[Complement] = []
    edge = max([head.index, *(c.head for c in found if c.slot == "genitive")]) + 1
    sentence = parse.sentences[head.sentence]
    while edge < sentence.last and parse.tokens[edge].pos == "ADP":
        adposition = parse.tokens[edge]
        noun = parse.tokens[adposition.head]
        if noun.index <= edge or noun.index in taken or not is_nominal(noun):
            break
        if noun.head != parse.tokens[head.index].head:
            break
        extra.append(Complement(adposition.lemma, noun.index, case_of(parse, noun)))
        edge = noun.index + 1
    return extra
