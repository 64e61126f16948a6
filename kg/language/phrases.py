"""Reading one phrase of a parse: its case, its preposition, its extent."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Parse, Span, Token

_CLAUSAL = frozenset({"acl", "advcl", "ccomp", "csubj", "parataxis", "xcomp"})
_NOTHING: Iterator[Token] = iter(())
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})


def children(parse: Parse, token: Token, *labels: str) -> Iterator[Token]:
    """The dependants of a token, of any label or only of the given ones."""
    if not token.children:  # as most words, which are asked again and again
        return _NOTHING
    tokens = parse.tokens
    if not labels:
        return iter([tokens[i] for i in token.children])
    return iter([tokens[i] for i in token.children if tokens[i].label in labels])


def case_of(parse: Parse, token: Token) -> str:
    """The case of a noun phrase: its own, else its article's or adjective's."""
    if token.pos == "PROPN" and not any(True for _ in children(parse, token, "det", "amod")):
        # A bare name shows no case; its preposition does where it holds an article ("im", "ins").
        return (
            next((c.feat("Case") for c in children(parse, token, "case")), "")
            if token.label != "nsubj"
            else "Nom"
        )
    for part in (token, *children(parse, token, "det", "amod", "nummod")):
        case = part.feat("Case")
        if part.pos == "DET" and case:
            return case
    return token.feat("Case") or next(
        (c.feat("Case") for c in children(parse, token, "det", "amod") if c.feat("Case")), ""
    )


def preposition(parse: Parse, token: Token) -> Token | None:
    """The preposition (or postposition) of a phrase."""
    for child in children(parse, token, "case", "cc"):
        if child.pos == "ADP" or (child.label == "case" and child.pos == "SCONJ"):
            return child
    if token.label in ("obl", "obl:arg", "nmod"):  # "von mehr als 50 Staaten": hung elsewhere
        for i in range(token.index - 1, max(-1, token.index - 6), -1):
            before = parse.tokens[i]
            if before.sentence != token.sentence:
                break
            if before.pos == "ADP":
                return before if any(t.pos == "NUM" for t in parse.tokens[i : token.index]) else None
            if before.pos not in ("NUM", "ADJ", "ADV", "DET"):
                break
    return None


def is_nominal(token: Token) -> bool:
    """Whether a token can carry a noun phrase."""
    return token.pos in _NOMINAL


def subtree(parse: Parse, token: Token, *, clauses: bool = False) -> list[Token]:
    """A token with everything below it, in text order; subordinate clauses only if asked for."""
    found: list[Token] = []
    stack = [token]
    while stack:
        current = stack.pop()
        found.append(current)
        for child in children(parse, current):
            if clauses or child.label not in _CLAUSAL:
                stack.append(child)
    return sorted(found, key=lambda t: t.index)


def extent(parse: Parse, token: Token, *, clauses: bool = False) -> Span:
    """The stretch of text that `subtree` covers, cut at the sentence, without outer punctuation."""
    sentence = parse.sentences[token.sentence]
    words = [t for t in subtree(parse, token, clauses=clauses) if sentence.first <= t.index < sentence.last]
    while len(words) > 1 and words[-1].pos == "PUNCT":
        words.pop()
    while len(words) > 1 and words[0].pos == "PUNCT":
        words.pop(0)
    return Span(words[0].begin, words[-1].end)


def conjuncts(parse: Parse, token: Token) -> list[Token]:
    """A phrase's head and the heads coordinated with it."""
    found = [token]
    for child in children(parse, token, "conj"):
        found.extend(conjuncts(parse, child))
    return found
