"""A phrase ─▶ a sentence as it is written, and as CoNLL-U; names of a file of these.

Format: https://universaldependencies.org/format.html. Contractions (*im*) are a line with both numbers
before their two words; a name's label is ``NER=B-PER`` in the last column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from kg.training.conllu import blocks
from kg.training.generate.phrase import OUTSIDE, Phrase, Token
from kg.training.ner import Tagged

_CLOSING = {",", ".", ":", "“"}
_PLAIN_QUOTE = '"'
_MARK = "NER="


@dataclass(frozen=True, slots=True)
class Generated:
    """A sentence: syntactic words, and those of them that are written as one with the next (*in dem*)."""

    tokens: tuple[Token, ...]
    contracted: Mapping[int, str]
    spaces: tuple[bool, ...]

    @property
    def text(self) -> str:
        """The sentence as it is written."""
        return "".join(form + " " * space for form, space in self._written()).strip()

    def _written(self) -> Iterator[tuple[str, bool]]:
        for i, token in enumerate(self.tokens):
            if i in self.contracted:
                yield self.contracted[i], self.spaces[i + 1]
            elif i - 1 not in self.contracted:
                yield token.form, self.spaces[i]

    def conllu(self, sent_id: str) -> str:
        """The sentence's lines, with its comments and the empty line behind it."""
        lines = [f"# sent_id = {sent_id}", f"# text = {self.text}"]
        for i, token in enumerate(self.tokens):
            glued = not self.spaces[i] and i + 1 < len(self.tokens)
            if i in self.contracted:
                lines.append("\t".join([f"{i + 1}-{i + 2}", self.contracted[i], *"_" * 8]))
            misc = [f"{_MARK}{token.name}"] if token.name else []
            if glued and i not in self.contracted and i - 1 not in self.contracted:
                misc.append("SpaceAfter=No")
            head, label = (0, "root") if token.head == OUTSIDE else (token.head + 1, token.deprel)
            lines.append(
                f"{i + 1}\t{token.form}\t{token.lemma}\t{token.upos}\t_\t{token.feats}\t{head}\t{label}\t_\t"
                + ("|".join(misc) or "_")
            )
        return "\n".join(lines) + "\n\n"


def sentence(phrase: Phrase, fused: Mapping[str, str]) -> Generated:
    """The phrase with its commas, capital, contractions and spaces in order.

    Args:
        fused: *in dem* ─▶ *im*.
    """
    tokens = list(_without_double_commas(phrase.tokens))
    for i in _beginnings(tokens):
        tokens[i] = replace(tokens[i], form=tokens[i].form[:1].upper() + tokens[i].form[1:])
    contracted: dict[int, str] = {}
    for i, (one, other) in enumerate(pairwise(tokens)):
        form = fused.get(f"{one.form.lower()} {other.form}")
        if form and one.upos == "ADP" and one.head == other.head:
            contracted[i] = form.capitalize() if one.form[:1].isupper() else form
    return Generated(tuple(tokens), contracted, tuple(_spaces(tokens)))


def _without_double_commas(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """A comma that closes a clause is not written before another sign, nor at the end."""
    kept = [
        i
        for i, (token, after) in enumerate(zip(tokens, [*tokens[1:], None], strict=True))
        if token.form != "," or not (after is None or after.form in _CLOSING or after.form == _PLAIN_QUOTE)
    ]
    place = {old: new for new, old in enumerate(kept)}
    for i in kept:
        head = tokens[i].head
        yield tokens[i] if head == OUTSIDE else replace(tokens[i], head=place[head])


def _beginnings(tokens: list[Token]) -> Iterator[int]:
    """The words that begin the sentence or a quotation."""
    begins = True
    for i, token in enumerate(tokens):
        if begins and token.upos != "PUNCT":
            yield i
            begins = False
        begins = begins or token.form == "„"


def _spaces(tokens: list[Token]) -> Iterator[bool]:
    """Whether there is a space behind each word."""
    inside = False
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        opening = token.form == "„" or (token.form == _PLAIN_QUOTE and not inside)
        if token.form == _PLAIN_QUOTE:
            inside = not inside
        closing = after is not None and (after.form in _CLOSING or (after.form == _PLAIN_QUOTE and inside))
        yield not (opening or closing or after is None)


def write(path: Path, sentences: Iterable[Generated]) -> None:
    """Write a CoNLL-U file."""
    path.write_text("".join(s.conllu(f"generated-{i}") for i, s in enumerate(sentences, 1)), "utf-8")


def named(path: Path) -> Iterator[Tagged]:
    """The written words of a file's sentences with their names' labels."""
    for block in blocks(path):
        words: list[str] = []
        tags: list[str] = []
        last = 0
        for number, form, *_, misc in block:
            begin, _, end = number.partition("-")
            if int(begin) <= last:
                continue
            last = int(end or begin)
            words.append(form)
            mark = next((m.removeprefix(_MARK) for m in misc.split("|") if m.startswith(_MARK)), "O")
            tags.append(mark)
        yield words, tags
