"""What goes with what in a row of names: genitives with genitives, both ends of *sowohl … als auch*."""

from __future__ import annotations

from kg.lang.de.edits.words import EditWords
from kg.language.tree import Node, article_of

_ROW = frozenset({"PROPN", "PUNCT", "CCONJ", "DET"})
_NEAR = 4
"""Words between *als auch* and the name."""


def genitives_go_together(nodes: list[Node], words: EditWords) -> None:
    """*die Außenminister Deutschlands, Russlands und der Ukraine*: no genitive in a row is a second noun."""
    for i, node in enumerate(nodes):
        noun = node.head
        if (
            node.label not in ("conj", "appos")
            or node.pos != "PROPN"
            or nodes[noun].pos != "NOUN"
            or noun > i
        ):
            continue
        first = noun + 1
        while first < i and nodes[first].label != "nmod":
            first += 1
        begins = nodes[first].head == noun and nodes[first].feats.get("Case") == "Gen"
        if first < i and begins and all(n.pos in _ROW for n in nodes[noun + 1 : i]):
            article = article_of(nodes, i)
            feminine = article == words.masculine_article and node.feats.get("Gender") == "Fem"
            # A bare name is a genitive if it ends like the first one; the tagger wavers.
            if feminine or (not article and node.text[-1:] == nodes[first].text[-1:]):
                node.head, node.label = first, "conj"


def both_ends(nodes: list[Node], words: EditWords) -> None:
    """*beschuldigte May sowohl Rom als auch Paris*: *Rom* begins a coordination, which *Paris* ends."""
    names = [i for i, n in enumerate(nodes) if n.pos == "PROPN" and n.label != "flat"]
    for i, node in enumerate(nodes):
        seconds = words.correlatives.get(node.lower)
        if seconds is None:
            continue
        middle = next((k for k in range(i + 1, len(nodes)) if nodes[k].lower in seconds), None)
        if middle is None:
            continue
        first = next((k for k in names if i < k < middle), None)
        last = next((k for k in names if middle < k <= middle + _NEAR), None)
        if first is None or last is None:
            continue
        if nodes[first].label == "conj" and nodes[first].head < i:
            verb = nodes[nodes[first].head].head
            taken = any(n.head == verb and n.label == "obj" for n in nodes)
            nodes[first].head, nodes[first].label = verb, "nsubj" if taken else "obj"
        nodes[last].head, nodes[last].label = first, "conj"
        nodes[middle].head, nodes[middle].label, nodes[middle].pos = last, "cc", "CCONJ"
