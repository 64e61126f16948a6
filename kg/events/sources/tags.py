"""*„…“, so X weiter*, *X: „…“*: somebody is given the word without a verb."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.events.resolve import Referents
from kg.events.sources.openers import Form, Opener
from kg.events.sources.rules import SourceRules
from kg.language.quotations import CLOSING_MARKS, OPENING_MARKS
from kg.language.verb_group import is_finite
from kg.model import Clause, EntityClass, Parse, Sentence, Span, Token

_ENDS = frozenset(",.;:–—-!?()")
_LONGEST_LABEL = 16
"""Words before a colon that can be a name with its titles."""


class TagReader:
    """Finds the tags of one document that have no verb."""

    def __init__(
        self, rules: SourceRules, parse: Parse, clauses: Sequence[Clause], referents: Referents
    ) -> None:
        self._rules = rules
        self._parse = parse
        self._clauses = {c.head: c for c in clauses}
        self._referents = referents

    def read(self) -> Iterator[Opener]:
        """All of them, in text order."""
        for sentence in self._parse.sentences:
            words = self._parse.tokens[sentence.first : sentence.last]
            for token in words:
                if token.text.lower() in self._rules.tags and self._stands_apart(token, sentence):
                    yield from self._so(token, sentence)
                elif token.text == ":":
                    yield from self._colon(token, sentence)

    def _stands_apart(self, tag: Token, sentence: Sentence) -> bool:
        """*…, so X*, *„…“ so X*: behind a comma, a dash or the end of speech; *So X.* behind a quotation."""
        if tag.index == 0:
            return False
        before = self._parse.tokens[tag.index - 1]
        if tag.index == sentence.first:
            return before.text in CLOSING_MARKS
        return before.text in _ENDS or before.text in CLOSING_MARKS

    def _so(self, tag: Token, sentence: Sentence) -> Iterator[Opener]:
        segment: list[Token] = []
        depth = 0
        for token in self._parse.tokens[tag.index + 1 : sentence.last]:
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0 and token.text != ")" and (token.text in _ENDS or token.text in OPENING_MARKS):
                break
            segment.append(token)
        named = next((t for t in segment if self._referents.actors(t.index)), None)
        if named is None or any(is_finite(t) and t.pos in ("VERB", "AUX") for t in segment):
            return
        skipped = segment[: segment.index(named)]
        if all(t.pos in ("DET", "ADJ", "NOUN", "PROPN", "ADV", "NUM", "X") for t in skipped):
            words = Span(tag.begin, segment[-1].end)
            speakers = self._referents.actors(named.index)
            yield Opener(Form.TAG, speakers, sentence.index, named.index, words)

    def _colon(self, colon: Token, sentence: Sentence) -> Iterator[Opener]:
        label = self._parse.tokens[self._label_begin(colon, sentence) : colon.index]
        if not label or len(label) > _LONGEST_LABEL or any(t.pos in ("VERB", "AUX") for t in label):
            return
        names = [t for t in label if self._referents.actors(t.index)]
        if not names or label[0].pos in ("ADP", "ADV"):
            return
        # "Deutschlands Justizminister Heiko Maas": a person before what the title names.
        named = next((t for t in names if self._persons(self._referents.actors(t.index))), names[0])
        speakers = self._referents.actors(named.index)
        if self._speech_follows(colon) or self._is_headline(label, names, colon, sentence):
            words = Span(label[0].begin, colon.end)
            yield Opener(Form.COLON, speakers, sentence.index, named.index, words)

    def _label_begin(self, colon: Token, sentence: Sentence) -> int:
        """Where the words before a colon begin: at the sentence, or behind the speech before it."""
        for i in range(colon.index - 1, sentence.first - 1, -1):
            if self._parse.tokens[i].text in CLOSING_MARKS or self._parse.tokens[i].text in "–—:":
                return i + 1
        return sentence.first

    def _speech_follows(self, colon: Token) -> bool:
        after = self._parse.tokens[colon.index + 1 : colon.index + 2]
        return bool(after) and after[0].text in OPENING_MARKS

    def _is_headline(
        self, label: Sequence[Token], names: Sequence[Token], colon: Token, sentence: Sentence
    ) -> bool:
        """*Macron: Europa muss handeln*: a person's name alone, and a clause."""
        person = self._persons(self._referents.actors(names[-1].index))
        alone = label[0].index == sentence.first and names[-1].index == colon.index - 1
        if not person or not alone or any(t.pos not in ("PROPN", "NOUN", "X") for t in label):
            return False
        rest = self._parse.tokens[colon.index + 1 : min(colon.index + _LONGEST_LABEL, sentence.last)]
        return any(t.pos in ("VERB", "AUX") and is_finite(t) for t in rest)

    def _persons(self, keys: tuple[str, ...]) -> bool:
        entities = self._referents.discourse.entities
        return all(entities[k].kind is EntityClass.PERSON for k in keys)
