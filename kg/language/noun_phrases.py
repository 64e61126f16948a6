"""What the words around a noun say of it: its case by its adjective, no preposition in *mehr als 50 Staaten*."""

from __future__ import annotations

from kg.language.nodes import Node, RepairWords

_SHOWN = frozenset({"det", "case"})
"""Labels of words that show the case where an adjective need not."""


def mend_noun_phrases(nodes: list[Node], words: RepairWords) -> None:
    """Apply these rules in place."""
    _strong_adjectives_show_the_case(nodes, words)
    _numbers_are_compared(nodes, words)


def _strong_adjectives_show_the_case(nodes: list[Node], words: RepairWords) -> None:
    """*nach langem Streit*: where no article does, an adjective has the ending of the case."""
    shown = {node.head for node in nodes if node.label in _SHOWN}
    seen: set[int] = set()
    for node in nodes:
        noun = nodes[node.head]
        if node.label != "amod" or node.head in shown | seen:
            continue
        seen.add(node.head)
        case = next((c for end, c in words.strong_adjectives.items() if node.text.endswith(end)), None)
        if case and noun.feats.get("Number") == "Sing" and noun.feats.get("Gender") != "Fem":
            noun.feats = {**noun.feats, "Case": case}


def _numbers_are_compared(nodes: list[Node], words: RepairWords) -> None:
    """*von mehr als 50 Staaten*: *als* is not the preposition of the phrase."""
    for i in range(1, len(nodes) - 1):
        compared = nodes[i].lower in words.comparisons and nodes[i - 1].lower in words.comparatives
        if compared and nodes[i].pos == "ADP" and nodes[i + 1].pos == "NUM":
            nodes[i - 1].pos = nodes[i].pos = "ADV"
