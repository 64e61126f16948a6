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

from kg.language.tree import Node, Tree
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


UNITE, PART, GENITIVE, ARGUMENT = EDITS = (
    "names-are-one-phrase", "names-side-by-side-are-two", "genitives-go-with-a-noun", "names-are-arguments",
)  # fmt: skip
"""The edits that names make, in their order."""


def regroup(
    parse: Parse, names: Iterable[NameGroup], titles: frozenset[int] = frozenset(), without: str = ""
) -> Parse:
    """The parse with every name as one phrase that stands where a name can.

    Args:
        titles: words that are titles of a name behind them (*Präsident Trumps Besuch*).
        without: the name of an edit that is left out.
    """
    tree = Tree([Node(t.text, t.text, t.pos, t.label, t.head, t.feats) for t in parse.tokens])
    named = _Names(parse, tree.nodes)
    groups = sorted((g for g in names if _in_one_sentence(parse, g)), key=lambda g: g.first)
    changes: list[tuple[str, Callable[[], None]]] = [(UNITE, partial(named.unite, g)) for g in groups]
    changes += [
        (PART, partial(named.part, before, group))
        for before, group in pairwise(groups)
        if before.last == group.first and not before.genitive
    ]
    for group in groups:
        if group.genitive:
            changes.append((GENITIVE, partial(named.attach_genitive, group, titles)))
        else:
            changes.append((ARGUMENT, partial(named.make_argument, group)))
    for edit, change in changes:
        if edit != without:
            tree.attempt(edit, change)
    return _changed(parse, tree)


def _in_one_sentence(parse: Parse, group: NameGroup) -> bool:
    return group.last <= parse.sentences[parse.tokens[group.first].sentence].last


def _changed(parse: Parse, tree: Tree) -> Parse:
    """The parse with the heads, labels and cases of an edited tree."""
    if not tree.edited:
        return parse
    children: list[list[int]] = [[] for _ in tree.nodes]
    for i, node in enumerate(tree.nodes):
        if node.head != i:
            children[node.head].append(i)
    touched = {e.token for e in tree.edited}
    touched |= {head for e in tree.edited for head in (e.before.head, e.after.head)}
    tokens = list(parse.tokens)
    for i in touched:
        node = tree.nodes[i]
        tokens[i] = replace(
            tokens[i], head=node.head, label=node.label, children=tuple(children[i]), feats=node.feats
        )
    return replace(parse, tokens=tuple(tokens), edited=(*parse.edited, *tree.edited))


class _Names:
    """Changes of a tree by its names."""

    def __init__(self, parse: Parse, nodes: Sequence[Node]) -> None:
        self._parse = parse
        self._nodes = nodes

    def unite(self, group: NameGroup) -> None:
        """One head for the words of a name; the others are flat below it."""
        if group.last - group.first < 2:
            return
        inside = range(group.first, group.last)
        outer = [i for i in inside if self._nodes[i].head not in inside or self._nodes[i].head == i]
        if len(outer) == 1:
            return  # one phrase already, whatever its inner labels
        if any(self._nodes[i].pos == "NOUN" and self._nodes[i].head >= group.last for i in outer[1:]):
            return  # "bevor Bransfield Land sichtete": no word of the name
        likely = [i for i in outer if self._nodes[i].label not in ("flat", "case")] or outer or [group.first]
        head = next((i for i in likely if self._nodes[i].pos in ("NOUN", "PROPN")), likely[0])
        for i in inside:
            if i != head:
                self._move(i, head, "flat")
        sentence = self._parse.sentences[self._parse.tokens[group.first].sentence]
        for i in range(sentence.first, sentence.last):
            if self._nodes[i].head in inside and self._nodes[i].head != head and i not in inside:
                self._nodes[i].head = head

    def part(self, first: NameGroup, second: NameGroup) -> None:
        """Two names side by side that the parser made one: the second is a phrase of its own."""
        a, b = self._top(first), self._top(second)
        if self._parse.tokens[a].pos == "ADJ" and self._nodes[a].label == "amod":
            return  # "die Frankfurter SPD"
        if (
            self._nodes[b].head == a
            and self._nodes[b].label in _JOINED
            and not self._prepositional(b, first.last)
        ):
            verb = self._verb(a)
            if verb is not None:
                self._move(b, verb, self._role(verb, b))
        elif self._nodes[a].head == b and self._nodes[a].label in _JOINED:
            verb = self._verb(b)
            if verb is None or verb == b:
                return
            self._move(a, self._nodes[b].head, self._nodes[b].label)
            for i, node in enumerate(self._nodes):
                if node.head == b and i < first.first:
                    self._nodes[i].head = a
            self._move(b, verb, self._role(verb, b))

    def attach_genitive(self, group: NameGroup, titles: frozenset[int]) -> None:
        """*der Besuch Kims*, *Trumps Besuch*: a genitive belongs to the noun before or behind it."""
        top = self._top(group)
        behind = self._noun_behind(group)
        before = group.first - 1 if self._noun(group.first - 1, top) else None
        if behind is not None and (self._nodes[top].head == behind or before is None):
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
        if self._nodes[top].label not in _NOT_OF_NAMES or self._prepositional(top, group.first):
            return
        verb = self._verb(top)
        if verb is not None and verb != top and not self._below(verb, top):
            self._move(top, verb, self._role(verb, top))

    def _own(self, top: int, noun: int) -> None:
        if self._nodes[top].head == top or self._below(noun, top):
            return
        self._move(top, noun, "nmod")
        self._nodes[top].feats = {**self._nodes[top].feats, "Case": "Gen"}

    def _noun_behind(self, group: NameGroup) -> int | None:
        tokens: Sequence[Token] = self._parse.tokens
        i = group.last
        while i < len(tokens) and tokens[i].pos == "ADJ" and i < group.last + 3:
            i += 1
        same = i < len(tokens) and tokens[i].sentence == tokens[group.first].sentence
        return i if same and tokens[i].pos == "NOUN" else None

    def _top(self, group: NameGroup) -> int:
        inside = range(group.first, group.last)
        return next(
            (i for i in inside if self._nodes[i].head not in inside or self._nodes[i].head == i), group.first
        )

    def _prepositional(self, token: int, start: int) -> bool:
        """Whether a preposition, comma or conjunction stands between ``start`` and the name."""
        return any(
            self._nodes[i].head == token and self._nodes[i].label in ("case", "cc")
            for i in range(start - 1, token)
        )

    def _verb(self, token: int) -> int | None:
        """The verb that a phrase stands below, with its auxiliaries passed over."""
        current = token
        for _ in range(_MOST_STEPS):
            above = self._nodes[current].head
            pos = self._parse.tokens[above].pos
            if pos == "VERB" or (
                pos in ("AUX", "ADJ", "NOUN") and above == self._nodes[above].head and pos != "NOUN"
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
        labels = {self._nodes[i].label: i for i in words if self._nodes[i].head == verb and i != verb}
        subject = labels.get("nsubj", labels.get("nsubj:pass"))
        if subject is None:
            return "nsubj"
        if token < verb < subject and not self._nominative(subject):
            self._nodes[subject].label = "obj"
            return "nsubj"
        return "obl:arg" if "obj" in labels else "obj"

    def _nominative(self, token: int) -> bool:
        """Whether a phrase shows that it is one: only a masculine article or a pronoun does."""
        if self._parse.tokens[token].pos in ("PRON", "PROPN"):
            return True
        sentence = self._parse.sentences[self._parse.tokens[token].sentence]
        words = self._parse.tokens[sentence.first : sentence.last]
        articles = [t for t in words if self._nodes[t.index].head == token and t.pos == "DET"]
        return any(a.feat("Gender") == "Masc" and a.feat("Case") == "Nom" for a in articles)

    def _below(self, token: int, top: int) -> bool:
        """Whether ``token`` hangs somewhere below ``top``."""
        for _ in range(len(self._nodes)):
            if token == top:
                return True
            if self._nodes[token].head == token:
                return False
            token = self._nodes[token].head
        return False

    def _move(self, token: int, head: int, label: str) -> None:
        self._nodes[token].head = head
        self._nodes[token].label = label
        if label == "obl:arg":
            self._nodes[token].feats = {**self._nodes[token].feats, "Case": "Dat"}
        elif label == "obj":
            self._nodes[token].feats = {**self._nodes[token].feats, "Case": "Acc"}
        elif label == "nsubj":
            self._nodes[token].feats = {**self._nodes[token].feats, "Case": "Nom"}
