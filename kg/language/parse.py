"""spaCy Doc ─▶ Parse: own, immutable words in Universal Dependencies terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.language.lemmas import Lemmatizer
from kg.language.nodes import RepairWords, nodes_of
from kg.language.repairs import mend_sentence
from kg.language.tiger import TigerScheme, turn
from kg.model import NameSpan, Parse, Sentence, Span, Token

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

_PARTICLE = "compound:prt"
_NAME_LABELS = {"PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "ORG": "ORG", "MISC": "MISC"}


def read_doc(
    doc: Doc, lemmatizer: Lemmatizer, words: RepairWords, skipped: Sequence[Span] = (), tiger: TigerScheme | None = None
) -> Parse:  # fmt: skip
    """Copy what later stages need, with parser slips mended.

    Args:
        doc: analysed by a pipeline with Universal Dependencies or TIGER labels.
        lemmatizer: gives the dictionary forms.
        words: what the repairs go by.
        skipped: stretches of the text whose words are left out, as white space is.
        tiger: the map for TIGER labels; None if they are UD's.
    """
    left_out = Skipped(skipped)
    kept = [t for t in doc if not t.is_space and not left_out.covers(t.idx)]
    place = {t.i: n for n, t in enumerate(kept)}
    nodes = nodes_of(kept, place)
    if tiger is not None:
        turn(nodes, [t.tag_ for t in kept], [t.lemma_ for t in kept], tiger)
    sentences = _sentences(doc, place)
    for sentence in sentences:
        mend_sentence(nodes, sentence.first, sentence.last, words)
    children: list[list[int]] = [[] for _ in kept]
    for n, node in enumerate(nodes):
        if node.head != n:
            children[node.head].append(n)
    sentence_of = {i: s.index for s in sentences for i in range(s.first, s.last)}
    tokens = []
    for n, (t, node) in enumerate(zip(kept, nodes, strict=True)):
        particles = [nodes[c].lower for c in children[n] if nodes[c].label == _PARTICLE]
        lemma = lemmatizer.lemma(t.text, t.lemma_, node.pos, particles)
        verb = lemmatizer.participle(t.text) if node.pos == "ADJ" and node.label == "amod" else None
        if verb is not None:
            lemma, node.feats = verb, {**node.feats, "VerbForm": "Part"}
        tokens.append(
            Token(
                index=n,
                begin=t.idx,
                end=t.idx + len(t.text),
                text=t.text,
                lemma=lemma,
                pos=node.pos,
                feats=node.feats,
                head=node.head,
                label=node.label,
                sentence=sentence_of[n],
                children=tuple(children[n]),
            )
        )
    return Parse(doc.text, tuple(tokens), tuple(sentences), tuple(_names(doc, place)))


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


def _sentences(doc: Doc, place: Mapping[int, int]) -> list[Sentence]:
    sentences: list[Sentence] = []
    text = doc.text  # put together anew whenever it is asked for
    paragraph = 0
    end = 0
    words = [t for t in doc if t.i in place or t.is_sent_start]
    for inside in _split(words, place):
        begin = inside[0].idx
        if sentences and text.count("\n", end, begin) > 0:
            paragraph += 1
        end = inside[-1].idx + len(inside[-1].text)
        first = place[inside[0].i]
        sentences.append(Sentence(len(sentences), first, place[inside[-1].i] + 1, begin, end, paragraph))
    return sentences


def _split(words: Sequence[SpacyToken], place: Mapping[int, int]) -> Iterator[list[SpacyToken]]:
    """The kept words of each sentence. (``doc.sents`` looks at the whole document for every sentence.)"""
    inside: list[SpacyToken] = []
    for word in words:
        if word.is_sent_start and inside:
            yield inside
            inside = []
        if word.i in place:
            inside.append(word)
    if inside:
        yield inside


def _names(doc: Doc, place: Mapping[int, int]) -> list[NameSpan]:
    spans = []
    for ent in doc.ents:
        inside = [place[t.i] for t in ent if t.i in place]
        label = _NAME_LABELS.get(ent.label_)
        if label and inside:
            spans.append(NameSpan(inside[0], inside[-1] + 1, label))
    return spans
