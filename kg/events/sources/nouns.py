"""*die Behauptung Moskaus, …*, *Macrons Ankündigung, …*: nouns of saying with what is said in a clause."""

from __future__ import annotations

from collections.abc import Iterator

from kg.events.resolve import Referents
from kg.events.sources.openers import Form, Opener
from kg.events.sources.rules import SourceRules
from kg.language.phrases import children
from kg.model import Parse, Span, Token

CONTENT = frozenset({"acl", "ccomp", "xcomp"})


def nouns_of_saying(rules: SourceRules, parse: Parse, referents: Referents) -> Iterator[Opener]:
    """All whose owner is known and that have a content clause, in text order."""
    for token in parse.tokens:
        if token.pos == "NOUN" and token.lemma in rules.telling and has_content(parse, token):
            speakers = referents.owner(token.index)
            if speakers:
                span = Span(token.begin, token.end)
                yield Opener(Form.NOUN, speakers, token.sentence, token.index, span)


def has_content(parse: Parse, noun: Token) -> bool:
    """Whether a clause behind a noun says what its content is; a relative clause only adds something."""
    return any(c.index > noun.index and not is_relative(parse, c) for c in children(parse, noun, *CONTENT))


def is_relative(parse: Parse, verb: Token) -> bool:
    """Whether a clause has a relative pronoun."""
    return any("Rel" in t.feat("PronType") for t in children(parse, verb))
