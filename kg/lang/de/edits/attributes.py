"""Attributes between an article and its noun: *die von der EU verhängten Sanktionen*.

An article right before a preposition opens such a bracket, and its noun closes it. Parsers tend to read the
participle as a predicate (*Moskau … verhängte Sanktionen*), which would make statements that nobody made.
"""

from __future__ import annotations

from kg.lang.de.edits.words import EditWords
from kg.language.tree import HELPERS, Node

_WIDEST = 12
"""Words between the article and the participle."""
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADV"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "obl:arg", "nmod"})


def attach_attributes(nodes: list[Node], words: EditWords) -> None:
    """*die von der EU verhängten Sanktionen*: the words of such a bracket are one noun phrase."""
    for article in range(len(nodes) - 3):
        opens = article + 1
        if nodes[opens].pos in ("ADJ", "NOUN") and nodes[opens].text.islower():
            opens += 1  # "die neuen von der EU verhängten Sanktionen"
        if _is_article(nodes[article], words) and nodes[opens].pos == "ADP":
            found = _bracket(nodes, words, opens)
            if found:
                _attach(nodes, words, range(article, opens), *found)


def _is_article(node: Node, words: EditWords) -> bool:
    """Whether a word opens such a bracket: *dies von der Arbeit abzuziehen* does not."""
    return node.pos == "DET" and (node.lower in words.relatives or node.lower not in words.demonstratives)


def _bracket(nodes: list[Node], words: EditWords, opens: int) -> tuple[int, int] | None:
    """The participle (or adjective) and the noun of a bracket that begins with a preposition."""
    filled = False
    for p in range(opens + 1, min(opens + _WIDEST, len(nodes) - 1)):
        node = nodes[p]
        if node.pos in ("PUNCT", "AUX", "SCONJ"):
            return None
        inflected = node.pos in ("VERB", "ADJ") and node.lower.endswith(words.attribute_endings)
        if inflected and filled and nodes[p - 1].pos not in ("DET", "ADP", "ADJ"):
            noun = next((n for n in range(p + 1, len(nodes)) if nodes[n].pos != "ADJ"), p)
            if node.label == "amod" and node.head > noun and _is_compound(nodes[noun : node.head]):
                noun = node.head  # "die in Rom erwartete Touch-Leiste" as three words
            return (p, noun) if nodes[noun].pos in ("NOUN", "PROPN") else None
        filled = filled or node.pos in _NOMINAL
    return None


def _is_compound(nodes: list[Node]) -> bool:
    """Whether words are parts of a compound that is written with hyphens and was split at them."""
    return all(n.pos in ("NOUN", "PROPN") or n.text == "-" for n in nodes)


def _attach(nodes: list[Node], words: EditWords, before: range, participle: int, noun: int) -> None:
    """Put a bracket together.

    Args:
        before: the article, and the adjective after it, if there is one.
    """
    inside = range(before.start, noun + 1)
    attribute = nodes[participle]
    if attribute.head not in inside or attribute.head == participle:
        link = _link(nodes, before, inside, participle)
        if link is None:
            return
        for i, node in enumerate(nodes):
            if i < inside.start and node.head in inside and i != link[0]:
                node.head = link[0]
        nodes[noun].head, nodes[noun].label = link
    attribute.head, attribute.label, attribute.pos = noun, "amod", "ADJ"
    for i, label in zip(before, ("det", "amod"), strict=False):
        nodes[i].head, nodes[i].label, nodes[i].pos = noun, label, "DET" if label == "det" else "ADJ"
    for i in range(before.stop, participle):
        above = nodes[i].head
        a_time = (
            nodes[above].text in words.weekdays or nodes[above].text in words.months
        )  # "am Freitag von den USA"
        outside = above not in range(before.stop, participle + 1) or above == i
        if outside or (a_time and nodes[i].label == "nmod"):
            nodes[i].head = participle
            nodes[i].label = "obl" if nodes[i].label in _ARGUMENTS else nodes[i].label


def _link(nodes: list[Node], before: range, inside: range, participle: int) -> tuple[int, str] | None:
    """What the noun hangs on, and how, if its participle was taken for a predicate; None if no other is found."""
    attribute = nodes[participle]
    verb = next((v for v in range(inside.stop, len(nodes)) if _is_predicate(nodes, inside, v)), None)
    if verb is not None:
        above = attribute.head
        nodes[verb].label = attribute.label
        nodes[verb].head = verb if above == participle else above
        for i in range(inside.stop, len(nodes)):
            if nodes[i].head in inside and i != verb:
                nodes[i].head = verb
        return verb, "nsubj"
    if attribute.head == participle:
        return None
    # "die" taken for a pronoun, or "neuen" for a noun, has the place that is the noun's.
    label = next((nodes[i].label for i in before if nodes[i].label in _ARGUMENTS), "obj")
    return attribute.head, label


def _is_predicate(nodes: list[Node], inside: range, v: int) -> bool:
    return nodes[v].pos in ("VERB", "AUX") and nodes[v].head in inside and nodes[v].label not in HELPERS
