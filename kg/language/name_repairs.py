"""What grammar rules out of names in a tree, mended; a part of `kg.language.repairs`."""

from __future__ import annotations

from kg.language.nodes import Node, RepairWords


def mend_names(nodes: list[Node], words: RepairWords) -> None:
    """Apply the rules in place."""
    _names_begin_with_their_head(nodes)
    _parted_names_are_several(nodes)
    _names_with_articles_are_arguments(nodes, words)
    _names_before_times_are_objects(nodes, words)
    _names_take_no_attributes(nodes, words)
    _names_take_no_infinitives(nodes)


def _names_begin_with_their_head(nodes: list[Node]) -> None:
    """*Der Gesandte Max Muster*: the first word of a flat name is its head (Universal Dependencies: flat)."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if node.label == "flat" and node.pos == "NOUN" and head.pos == "PROPN":
            node.pos = "PROPN"  # "Peter Muster"
        if node.label != "flat" or node.head != i + 1 or node.pos != "PROPN" or head.label == "flat":
            continue
        above = i if head.head == i + 1 else head.head
        node.head, node.label = above, head.label
        head.head, head.label, head.pos = i, "flat", "PROPN"
        for other in nodes:
            if other.head == i + 1 and other is not node:
                other.head = i


def _parted_names_are_several(nodes: list[Node]) -> None:
    """*Weder Merkel noch Macron*: what a conjunction or an adverb parts is not one name."""
    for i, node in enumerate(nodes):
        if node.label == "flat" and node.head < i - 1 and nodes[i - 1].pos in ("ADV", "CCONJ"):
            node.label = "conj"


def _names_with_articles_are_arguments(nodes: list[Node], words: RepairWords) -> None:
    """*wird den Philippinen Schiffe liefern*: a name with an article of its own is no adjective.

    In an oblique case only: *die Johannesburger Zeitung* is read as an article of the adjective, too.
    """
    for i, node in enumerate(nodes):
        noun = nodes[node.head]
        article = i > 0 and nodes[i - 1].lower in words.oblique_articles and nodes[i - 1].head == i
        if node.label == "amod" and node.pos == "PROPN" and article and nodes[noun.head].pos == "VERB":
            node.head, node.label = noun.head, "obl:arg"


def _names_before_times_are_objects(nodes: list[Node], words: RepairWords) -> None:
    """*wird Macron Anfang Juni treffen*: a time has no name before it."""
    for i, node in enumerate(nodes):
        time = nodes[node.head]
        verb = time.head
        if node.pos != "PROPN" or node.label != "nmod" or i > node.head or time.text not in words.parts:
            continue
        if nodes[verb].pos == "VERB" and not any(n.head == verb and n.label == "obj" for n in nodes):
            node.head, node.label = verb, "obj"


def _names_take_no_attributes(nodes: list[Node], words: RepairWords) -> None:
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


def _names_take_no_infinitives(nodes: list[Node]) -> None:
    """*Die Minister der G7 haben Russland aufgefordert, … freizulassen*: an infinitive goes with the verb before it."""
    for i, node in enumerate(nodes):
        above = node.head
        if node.label != "acl" or node.feats.get("VerbForm") != "Inf" or nodes[above].pos != "PROPN":
            continue
        for _ in range(4):
            above = nodes[above].head
            if nodes[above].pos == "VERB" and above < i:
                node.head, node.label = above, "xcomp"
                break
