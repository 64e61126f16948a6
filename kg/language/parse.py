"""spaCy Doc ─▶ Parse: own, immutable words in Universal Dependencies terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.language.edits import Edit, apply
from kg.language.lemmas import Lemmatizer
from kg.language.tiger import TigerScheme, turn
from kg.language.tree import Node
from kg.language.words import Columns, Features
from kg.model import NameSpan, Parse, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_PARTICLE = "compound:prt"
_NAME_LABELS = {"PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "ORG": "ORG", "MISC": "MISC"}


class DocReader:
    """Copies what later stages need, with the trees edited."""

    def __init__(
        self, vocab: Vocab, lemmatizer: Lemmatizer, edits: Sequence[Edit], tiger: TigerScheme | None = None
    ) -> None:
        """For one pipeline.

        Args:
            vocab: the pipeline's.
            lemmatizer: gives the dictionary forms.
            edits: what is changed in the parser's trees.
            tiger: the map for TIGER labels; None if they are UD's.
        """
        self._strings = vocab.strings
        self._features = Features(vocab)
        self._lemmatizer = lemmatizer
        self._edits = edits
        self._tiger = tiger

    def read(self, doc: Doc, skipped: Sequence[Span] = (), without: str = "") -> Parse:
        """The parse of a Doc with Universal Dependencies or TIGER labels.

        Args:
            skipped: stretches of the text whose words are left out, as white space is.
            without: the name of an edit that is left out.
        """
        text = doc.text  # put together anew whenever it is asked for
        columns = Columns.of(doc)
        left_out = Skipped(skipped)
        kept = [i for i, at in enumerate(columns.begins) if not (columns.space[i] or left_out.covers(at))]
        place = {i: n for n, i in enumerate(kept)}
        strings = self._strings
        lemmas = [strings[columns.lemmas[i]] for i in kept]
        names = tuple(_names(doc, place))
        nodes = self._nodes(text, columns, place)
        for name in names:
            for node in nodes[name.first : name.last] if name.label == "PER" else ():
                node.is_person = True
        if self._tiger is not None:
            turn(nodes, [strings[columns.fine_tags[i]] for i in kept], lemmas, self._tiger)
        sentences = _sentences(text, columns, place)
        edits = [e for e in self._edits if e.name != without] if without else self._edits
        edited = [e for s in sentences for e in apply(edits, nodes, s.first, s.last)]
        begins, ends = [columns.begins[i] for i in kept], [columns.ends[i] for i in kept]
        tokens = self._tokens(nodes, lemmas, begins, ends, sentences)
        return Parse(text, tokens, tuple(sentences), names, tuple(edited))

    def _nodes(self, text: str, columns: Columns, place: Mapping[int, int]) -> list[Node]:
        """The kept words with their heads, labels, tags and features."""
        begins, ends, heads = columns.begins, columns.ends, columns.heads
        labels, tags, forms, features = columns.labels, columns.tags, columns.forms, self._features
        found = []
        for i, n in place.items():
            head = heads[i]
            while head not in place and heads[head] != head:
                head = heads[head]  # the head is left out; what it hangs on takes its place
            word, label = text[begins[i] : ends[i]], labels[i]
            label = "root" if label == "ROOT" else label
            found.append(Node(word, word.lower(), tags[i], label, place.get(head, n), features.of(forms[i])))
        return found

    def _tokens(
        self, nodes: Sequence[Node], lemmas: Sequence[str], begins: Sequence[int], ends: Sequence[int], sentences: Sequence[Sentence]
    ) -> tuple[Token, ...]:  # fmt: skip
        children: list[list[int]] = [[] for _ in nodes]
        particles: dict[int, list[str]] = {}
        for n, node in enumerate(nodes):
            if node.head != n:
                children[node.head].append(n)
                if node.label == _PARTICLE:
                    particles.setdefault(node.head, []).append(node.lower)
        lemmatizer = self._lemmatizer
        tokens = []
        for sentence in sentences:
            for n in range(sentence.first, sentence.last):
                node = nodes[n]
                lemma = lemmatizer.lemma(node.text, lemmas[n], node.pos, particles.get(n, ()))
                feats = node.feats
                if node.pos == "ADJ" and node.label == "amod":
                    verb = lemmatizer.participle(node.text)
                    if verb is not None:
                        lemma, feats = verb, {**feats, "VerbForm": "Part"}
                tokens.append(
                    Token(
                        n, begins[n], ends[n], node.text, lemma, node.pos, feats, node.head, node.label, sentence.index,
                        tuple(children[n]),
                    )
                )  # fmt: skip
        return tuple(tokens)


class Skipped:
    """Stretches of a text, which may overlap, asked from left to right."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans, reverse=True)
        self._end = 0

    def covers(self, offset: int) -> bool:
        """Whether one of them covers an offset; none smaller may be asked for afterwards."""
        while self._spans and self._spans[-1].begin <= offset:
            self._end = max(self._end, self._spans.pop().end)
        return offset < self._end


def _sentences(text: str, columns: Columns, place: Mapping[int, int]) -> list[Sentence]:
    sentences: list[Sentence] = []
    paragraph = 0
    end = 0
    for first, last in _split(columns.starts, place):
        begin = columns.begins[first]
        if sentences and text.count("\n", end, begin) > 0:
            paragraph += 1
        end = columns.ends[last]
        sentences.append(Sentence(len(sentences), place[first], place[last] + 1, begin, end, paragraph))
    return sentences


def _split(starts: Sequence[bool], place: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """The first and the last kept word of each sentence."""
    first = last = -1
    for i, starts_here in enumerate(starts):
        if starts_here and first >= 0:
            yield first, last
            first = -1
        if i in place:
            first, last = i if first < 0 else first, i
    if first >= 0:
        yield first, last


def _names(doc: Doc, place: Mapping[int, int]) -> list[NameSpan]:
    spans = []
    for ent in doc.ents:
        inside = [place[i] for i in range(ent.start, ent.end) if i in place]
        label = _NAME_LABELS.get(ent.label_)
        if label and inside:
            spans.append(NameSpan(inside[0], inside[-1] + 1, label))
    return spans
