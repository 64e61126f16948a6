"""What grammar rules out of names in a tree."""

from __future__ import annotations

from kg.lang.de.edits.words import EditWords
from kg.language.tree import Node


def names_begin_with_their_head(nodes: list[Node], words: EditWords) -> None:
    """*Der Gesandte Max Muster*: the first word of a flat name is its head (Universal Dependencies: flat)."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if node.label == "flat" and node.pos == "NOUN" and head.pos == "PROPN":
            node.pos = "PROPN"  # "Peter Muster"
        person = (
            node.is_person and head.is_person
        )  # in "Los Angeles" treebanks take the last word for the head
        if node.label != "flat" or node.head != i + 1 or not person or head.label == "flat":
            continue
        above = i if head.head == i + 1 else head.head
        node.head, node.label = above, head.label
        head.head, head.label, head.pos = i, "flat", "PROPN"
        for other in nodes:
            if other.head == i + 1 and other is not node:
                other.head = i


def names_take_no_attributes(nodes: list[Node], words: EditWords) -> None:
    """*Kim am 27. April mit Moon*: such phrases belong to the verb or noun further up."""
    prepositions = {n.head: n.lower for n in nodes if n.label == "case" and n.pos == "ADP"}
    for i, node in enumerate(nodes):
        if node.label not in ("nmod", "obl") or prepositions.get(i) in (None, *words.name_prepositions):
            continue
        for _ in range(4):
            head = nodes[node.head]
            name = head.pos == "PROPN" or head.text in words.months
            if not name or head is nodes[head.head] or node.head > i:
                break
            node.head = head.head
            node.label = "obl" if nodes[node.head].pos in ("VERB", "AUX") else "nmod"
