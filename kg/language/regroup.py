"""A parse mended by what is known of names: which words are one name, and where a name ends.

A statistical parser sees *traf in Wien Lawrow* and takes *Wien Lawrow* for one name. Once the names
are known, grammar says the rest: two different names side by side are two phrases, a name in the
genitive belongs to the noun beside it, and a name is never a particle or an adverb.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from kg.language.nodes import is_forest
from kg.model import Parse, Token

_JOINED = frozenset({"flat", "appos", "nmod", "compound", "dep", "conj", "punct", "obl", "amod", "case"})
_NOT_OF_NAMES = frozenset(
    {
        "punct",
        "dep",
        "case",
        "cc",
        "mark",
        "det",
        "cop",
        "aux",
        "aux:pass",
        "advmod",
        "compound:prt",
        "nummod",
        "ccomp",
    }
)
_MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The words ``first`` ≤ i < ``last`` of one name; ``genitive`` where it ends in a genitive -s."""

    first: int
    last: int
    genitive: bool = False


def regroup(parse: Parse, names: Iterable[NameGroup], titles: frozenset[int] = frozenset()) -> Parse:
    """The parse with every name as one phrase that stands where a name can.

    Args:
        titles: words that are titles of a name behind them (*Präsident Trumps Besuch*).
    """
    tree = _Tree(parse)
    groups = sorted(names, key=lambda g: g.first)
    for group in groups:
        tree.attempt(group, tree.unite)
    for before, group in pairwise(groups):
        if before.last == group.first and not before.genitive:
            tree.attempt(group, partial(tree.part, before))
    for group in groups:
        if group.genitive:
            tree.attempt(group, partial(tree.attach_genitive, titles=titles))
        else:
            tree.attempt(group, tree.make_argument)
    return tree.parse()


class _Tree:
    """The heads, labels and cases of a parse while they are changed."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._head = [t.head for t in parse.tokens]
        self._label = [t.label for t in parse.tokens]
        self._case = ["" for _ in parse.tokens]

    def parse(self) -> Parse:
        """The changed tree."""
        children: list[list[int]] = [[] for _ in self._head]
        for i, head in enumerate(self._head):
            if head != i:
                children[head].append(i)
        tokens = tuple(self._changed(t, tuple(children[t.index])) for t in self._parse.tokens)
        return replace(self._parse, tokens=tokens)

    def _changed(self, token: Token, children: tuple[int, ...]) -> Token:
        i = token.index
        head, label, case = self._head[i], self._label[i], self._case[i]
        if (head, label, children) == (token.head, token.label, token.children) and not case:
            return token
        feats = {**token.feats, "Case": case} if case else token.feats
        return replace(token, head=head, label=label, children=children, feats=feats)

    def attempt(self, group: NameGroup, change: Callable[[NameGroup], None]) -> None:
        """Make a change; should it turn the sentence's tree into a circle, the sentence stays as it was."""
        sentence = self._parse.sentences[self._parse.tokens[group.first].sentence]
        if group.last > sentence.last:
            return
        words = slice(sentence.first, sentence.last)
        before = self._head[words], self._label[words], self._case[words]
        change(group)
        if not is_forest([head - sentence.first for head in self._head[words]]):
            self._head[words], self._label[words], self._case[words] = before

    def unite(self, group: NameGroup) -> None:
        """One head for the words of a name; the others are flat below it."""
        if group.last - group.first < 2:
            return
        inside = range(group.first, group.last)
        outer = [i for i in inside if self._head[i] not in inside or self._head[i] == i]
        head = next((i for i in outer if self._label[i] not in ("flat", "case")), (outer or [group.first])[0])
        for i in inside:
            if i != head:
                self._move(i, head, "flat")
        sentence = self._parse.sentences[self._parse.tokens[group.first].sentence]
        for i in range(sentence.first, sentence.last):
            if self._head[i] in inside and self._head[i] != head and i not in inside:
                self._head[i] = head

    def part(self, first: NameGroup, second: NameGroup) -> None:
        """Two names side by side that the parser made one: the second is a phrase of its own."""
        a, b = self._top(first), self._top(second)
        if self._parse.tokens[a].pos == "ADJ" and self._label[a] == "amod":
            return  # "die Frankfurter SPD"
        if self._head[b] == a and self._label[b] in _JOINED and not self._prepositional(b, first.last):
            verb = self._verb(a)
            if verb is not None:
                self._move(b, verb, self._role(verb, b))
        elif self._head[a] == b and self._label[a] in _JOINED:
            verb = self._verb(b)
            if verb is None or verb == b:
                return
            self._move(a, self._head[b], self._label[b])
            for i, above in enumerate(self._head):
                if above == b and i < first.first:
                    self._head[i] = a
            self._move(b, verb, self._role(verb, b))

    def attach_genitive(self, group: NameGroup, titles: frozenset[int]) -> None:
        """*der Besuch Kims*, *Trumps Besuch*: a genitive belongs to the noun before or behind it."""
        top = self._top(group)
        behind = self._noun_behind(group)
        before = group.first - 1 if self._noun(group.first - 1, top) else None
        if behind is not None and (self._head[top] == behind or before is None):
            self._own(top, behind)
        elif before is not None and before not in titles:
            self._own(top, before)

    def _noun(self, i: int, top: int) -> bool:
        """Whether a word is a noun of the same sentence that does not hang below the name."""
        if i < 0:
            return False
        token, name = self._parse.tokens[i], self._parse.tokens[top]
        return token.pos in ("NOUN", "PROPN") and token.sentence == name.sentence and not self._below(i, top)

    def make_argument(self, group: NameGroup) -> None:
        """A name that was taken for a particle, an adverb or a mark is an argument of its verb."""
        top = self._top(group)
        if self._label[top] not in _NOT_OF_NAMES or self._prepositional(top, group.first):
            return
        verb = self._verb(top)
        if verb is not None and verb != top and not self._below(verb, top):
            self._move(top, verb, self._role(verb, top))

    def _own(self, top: int, noun: int) -> None:
        if self._head[top] == top or self._below(noun, top):
            return
        self._move(top, noun, "nmod")
        self._case[top] = "Gen"

    def _noun_behind(self, group: NameGroup) -> int | None:
        tokens: Sequence[Token] = self._parse.tokens
        i = group.last
        while i < len(tokens) and tokens[i].pos == "ADJ" and i < group.last + 3:
            i += 1
        same = i < len(tokens) and tokens[i].sentence == tokens[group.first].sentence
        return i if same and tokens[i].pos == "NOUN" else None

    def _top(self, group: NameGroup) -> int:
        inside = range(group.first, group.last)
        return next((i for i in inside if self._head[i] not in inside or self._head[i] == i), group.first)

    def _prepositional(self, token: int, start: int) -> bool:
        """Whether a preposition, comma or conjunction stands between ``start`` and the name."""
        return any(
            self._head[i] == token and self._label[i] in ("case", "cc") for i in range(start - 1, token)
        )

    def _verb(self, token: int) -> int | None:
        """The verb that a phrase stands below, with its auxiliaries passed over."""
        current = token
        for _ in range(_MOST_STEPS):
            above = self._head[current]
            pos = self._parse.tokens[above].pos
            if pos == "VERB" or (
                pos in ("AUX", "ADJ", "NOUN") and above == self._head[above] and pos != "NOUN"
            ):
                return above
            if above == current:
                return None
            current = above
        return None

    def _role(self, verb: int, token: int) -> str:
        """The argument that a verb has none of yet: subject, object, else dative object.

        A name before the verb is its subject where the word taken for it stands behind and is no
        nominative.
        """
        sentence = self._parse.sentences[self._parse.tokens[verb].sentence]
        words = range(sentence.first, sentence.last)
        labels = {self._label[i]: i for i in words if self._head[i] == verb and i != verb}
        subject = labels.get("nsubj", labels.get("nsubj:pass"))
        if subject is None:
            return "nsubj"
        if token < verb < subject and not self._nominative(subject):
            self._label[subject] = "obj"
            return "nsubj"
        return "iobj" if "obj" in labels else "obj"

    def _nominative(self, token: int) -> bool:
        """Whether a phrase shows that it is one: only a masculine article or a pronoun does."""
        if self._parse.tokens[token].pos in ("PRON", "PROPN"):
            return True
        sentence = self._parse.sentences[self._parse.tokens[token].sentence]
        words = self._parse.tokens[sentence.first : sentence.last]
        articles = [t for t in words if self._head[t.index] == token and t.pos == "DET"]
        return any(a.feat("Gender") == "Masc" and a.feat("Case") == "Nom" for a in articles)

    def _below(self, token: int, top: int) -> bool:
        """Whether ``token`` hangs somewhere below ``top``."""
        for _ in range(len(self._head)):
            if token == top:
                return True
            if self._head[token] == token:
                return False
            token = self._head[token]
        return False

    def _move(self, token: int, head: int, label: str) -> None:
        self._head[token] = head
        self._label[token] = label
        if label == "iobj":
            self._case[token] = "Dat"
        elif label == "obj":
            self._case[token] = "Acc"
        elif label == "nsubj":
            self._case[token] = "Nom"
