"""Stretches of a document's text as nodes: mentions, and the sentences that they stand in.

Offsets are Unicode code points into the document's text, the end is exclusive.
Source: NIF 2.0 Core; ``itsrdf:taIdentRef`` is how NIF says what a string refers to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from kg.model import Document, Span
from kg.rdf.iris import Iris
from kg.rdf.terms import INDEX, ITSRDF, TYPE, Triple, dip, nif


class SpanWriter:
    """Writes the spans of one document; a sentence is written with the mentions in it."""

    def __init__(self, document: Document, sentences: Sequence[Span], iris: Iris) -> None:
        self._document = document
        self._iris = iris
        self._sentences = sorted(sentences)
        self._begins = [s.begin for s in self._sentences]

    def node(self, span: Span) -> NamedNode:
        """The node of a span."""
        return NamedNode(self._iris.mention(self._document.id, span))

    def mention(self, span: Span, refers_to: Sequence[NamedNode] = ()) -> Iterator[Triple]:
        """A mention, what it refers to, and the sentences that it stands in."""
        node = self.node(span)
        yield node, TYPE, dip("Mention")
        yield from self._string(span)
        for entity in refers_to:
            yield node, NamedNode(f"{ITSRDF}taIdentRef"), entity
        for sentence in self.sentences_of(span):
            yield node, nif("sentence"), self.node(sentence)
            yield self.node(sentence), TYPE, nif("Sentence")
            yield from self._string(sentence)

    def sentences_of(self, span: Span) -> Iterator[Span]:
        """The sentences that a span touches, in order."""
        first = max(bisect_right(self._begins, span.begin) - 1, 0)
        for sentence in self._sentences[first:]:
            if sentence.begin >= span.end:
                return
            if sentence.end > span.begin:
                yield sentence

    def _string(self, span: Span) -> Iterator[Triple]:
        node = self.node(span)
        yield node, nif("beginIndex"), Literal(str(span.begin), datatype=INDEX)
        yield node, nif("endIndex"), Literal(str(span.end), datatype=INDEX)
        yield node, nif("anchorOf"), Literal(self._document.text[span.begin : span.end])
        yield node, nif("referenceContext"), NamedNode(self._iris.document(self._document.id))
