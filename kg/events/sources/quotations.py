"""Who speaks in direct speech: the tag beside it, before it or behind it, else whoever spoke before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from kg.events.sources.openers import Form, Opener
from kg.events.sources.rules import SourceRules
from kg.language.quotations import quotations
from kg.model import Parse, Sentence, Span

_NEAR = 300
"""Characters between two quotations of one speaker."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech with who speaks, and by what one knows."""

    span: Span
    speakers: tuple[str, ...]
    opener: Opener


def touching(quotes: Sequence[Quotation], span: Span) -> Sequence[Quotation]:
    """The quotations, of all in text order, that share a character with a span."""
    first = bisect_right(quotes, span.begin, key=lambda q: q.span.end)
    return quotes[first : bisect_left(quotes, span.end, lo=first, key=lambda q: q.span.begin)]


def attribute_quotations(rules: SourceRules, parse: Parse, openers: Sequence[Opener]) -> list[Quotation]:
    """Every quotation that somebody is known to speak, in text order."""
    reader = _Quotations(rules, parse, openers)
    found: list[Quotation] = []
    for span in quotations(parse.text):
        opener = reader.opener(span)
        if (
            opener is None
            and found
            and span.begin - found[-1].span.end < _NEAR
            and reader.opens_sentence(span)
        ):
            opener = found[-1].opener
        if opener is not None:
            found.append(Quotation(span, opener.speakers, opener))
    return found


class _Quotations:
    def __init__(self, rules: SourceRules, parse: Parse, openers: Sequence[Opener]) -> None:
        self._rules = rules
        self._parse = parse
        self._openers: dict[int, list[Opener]] = defaultdict(list)
        for opener in openers:
            if opener.speakers and opener.form is not Form.NOUN:
                self._openers[opener.sentence].append(opener)

    def opener(self, span: Span) -> Opener | None:
        """The tag of a quotation."""
        first = self._parse.sentence_at(span.begin)
        behind = self._parse.sentences[first.index if first else 0 :]
        inside = takewhile(lambda s: s.begin < span.end, behind)
        sentences = [s for s in inside if span.begin < s.end]
        if not sentences:
            return None
        return (
            self._beside(span, sentences) or self._behind(sentences[-1]) or self._before(span, sentences[0])
        )

    def opens_sentence(self, span: Span) -> bool:
        """Whether a quotation begins a sentence."""
        sentence = self._parse.sentence_at(span.begin)
        return sentence is not None and sentence.begin in (span.begin, span.begin - 1)

    def _beside(self, span: Span, sentences: list[Sentence]) -> Opener | None:
        """*„…“, sagte X*, *X sagte: „…“*, *„…“, so X*: in a sentence of the quotation, but outside of it."""
        outside = [
            o
            for s in sentences
            for o in self._openers[s.index]
            if not span.begin <= self._parse.tokens[o.head].begin < span.end
        ]
        return min(outside, key=lambda o: (o.form is Form.PHRASE, self._distance(o, span)), default=None)

    def _distance(self, opener: Opener, span: Span) -> int:
        token = self._parse.tokens[opener.head]
        return span.begin - token.end if token.end <= span.begin else token.begin - span.end

    def _behind(self, last: Sentence) -> Opener | None:
        """*„A. B.“ Das sagte X.*, *„A. B.“ So X.*"""
        if last.index + 1 >= len(self._parse.sentences):
            return None
        after = self._parse.sentences[last.index + 1]
        first = self._parse.tokens[after.first].text.lower()
        summing = first in self._rules.summing or first in self._rules.tags
        if after.paragraph != last.paragraph or not summing:
            return None
        return next(iter(self._openers[after.index]), None)

    def _before(self, span: Span, first: Sentence) -> Opener | None:
        """*X sagte dazu:* and the quotation in a sentence or paragraph of its own."""
        if not first.index or not self.opens_sentence(span):
            return None
        before = self._parse.sentences[first.index - 1]
        words = self._parse.tokens[before.first : before.last]
        if not words or words[-1].text != ":":
            return None
        return next(reversed(self._openers[before.index]), None)
