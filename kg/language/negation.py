"""What denies a predicate, and what denies only a phrase of it."""

from __future__ import annotations

from kg.language.grammar import Grammar
from kg.language.phrases import children
from kg.model import Parse, Token

_ADVERBS = ("advmod", "cc", "mark", "cc:preconj")
_DENYING_ARGUMENTS = ("obj", "nsubj", "csubj", "nsubj:pass", "obl", "obl:arg")


def is_negated(parse: Parse, head: Token, marker: str, grammar: Grammar) -> bool:
    """Whether a verb is denied: by its conjunction (*ohne dass*), a *nicht*, or a *kein* of an argument (*zu keinem Zeitpunkt*)."""
    if marker in grammar.negation_markers:
        return True
    for child in children(parse, head):
        # "nicht mit dem Zug, sondern …" negates a phrase: it is attached to that, or directly precedes it.
        if child.text.lower() in grammar.negation_words and child.label in _ADVERBS:
            return not _is_contrast(parse, child, grammar)
        if child.label == "advmod" and _is_denied(parse, child, grammar):
            return True  # "nicht unmittelbar mit Tibet verhandeln"
        if child.label in _DENYING_ARGUMENTS and has_negative_determiner(parse, child, grammar):
            return True
    return False


def _is_denied(parse: Parse, adverb: Token, grammar: Grammar) -> bool:
    """Whether a *nicht* stands right before an adverb, and it is no *nicht immer* or *nicht nur*."""
    below = list(children(parse, adverb))
    if adverb.pos != "ADV" or len(below) != 1 or below[0].index != adverb.index - 1:
        return False
    return below[0].text.lower() in grammar.negation_words and not _is_contrast(parse, below[0], grammar)


def has_negative_determiner(parse: Parse, noun: Token, grammar: Grammar) -> bool:
    """*kein Treffen*, *weder Gespräche noch …*."""
    determiners = tuple(grammar.negation_determiners)
    return any(
        d.lemma.lower() in grammar.negation_determiners or d.text.lower().startswith(determiners)
        for d in children(parse, noun, "det", "advmod")
    ) or any(c.text.lower() in grammar.negation_correlatives for c in children(parse, noun))


def _is_contrast(parse: Parse, negation: Token, grammar: Grammar) -> bool:
    """*nicht …, sondern* denies a phrase, not the predicate."""
    sentence = parse.sentences[negation.sentence]
    words = [t.text.lower() for t in parse.tokens[negation.index + 1 : sentence.last]]
    corrected = not grammar.negation_correcting.isdisjoint(words)
    return corrected or (bool(words) and words[0] in grammar.negation_limiting)
