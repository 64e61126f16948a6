"""What goes with what around nouns: comparisons, adverbials of time, attributes, bare objects."""

from __future__ import annotations

from kg.lang.de.edits.words import EditWords
from kg.language.tree import HELPERS, Node

_OWN_OF_HELPERS = frozenset({"fixed", "punct", "conj"})
_LONG = 8
_WIDEST_ATTRIBUTE = 12
"""Words between an article and the participle that it goes with."""


def case_markers_are_prepositions(nodes: list[Node], words: EditWords) -> None:
    """*Zwischen Rom und Paris …*: at a sentence's beginning, a preposition looks like a name."""
    for node in nodes:
        if node.label == "case" and node.pos == "PROPN":
            node.pos = "ADP"
        elif node.pos == "PUNCT" and node.text[:1].isalpha():  # "zwischen Nord- und Südkorea"
            node.pos = "PROPN"


def comparisons_are_phrases(nodes: list[Node], words: EditWords) -> None:
    """*gilt als Verbündeter*, *Länder wie China*: read as a preposition, whatever label treebanks give it."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if node.lower in words.comparisons and node.label == "cc" and node.head != i and head.label != "conj":
            node.pos = "ADP"
        elif node.lower in words.comparisons and node.label == "compound:prt":  # it is no verb's particle
            behind = (
                k for k in range(i + 1, min(i + 6, len(nodes))) if nodes[k].pos in ("ADJ", "NOUN", "PROPN")
            )
            node.head, node.label, node.pos = next(behind, node.head), "case", "ADP"


def extended_attributes(nodes: list[Node], words: EditWords) -> None:
    """*die von der EU verhängten Sanktionen*: what stands between article and participle is the participle's."""
    for p, participle in enumerate(nodes):
        noun = participle.head
        if participle.label != "amod" or participle.pos != "ADJ" or noun <= p:
            continue
        article = max((i for i in range(p) if nodes[i].pos == "DET" and nodes[i].head == noun), default=None)
        if article is None or not 2 <= p - article <= _WIDEST_ATTRIBUTE:
            continue
        between = range(article + 1, p)
        if any(nodes[i].pos in ("VERB", "AUX", "PUNCT", "SCONJ") for i in between):
            continue
        for i in between:
            above = nodes[i].head
            outside = above not in between and above != p
            if nodes[i].label == "amod" and nodes[i].pos == "ADJ":
                continue  # "der neue britische Premierminister", "die neuen von der EU verhängten Sanktionen"
            if i != above and (outside or nodes[above].pos == "NUM") and nodes[i].pos != "DET":
                nodes[i].head = p
                if nodes[i].label in ("nmod", "nsubj", "obj", "appos"):
                    nodes[i].label = "obl"


def times_are_adverbials(nodes: list[Node], words: EditWords) -> None:
    """*Er war 2010 (Ende Mai) festgenommen worden*: a time is neither subject nor predicate."""
    for i, node in enumerate(nodes):
        if node.label == "compound:prt" and node.lower in words.days:
            node.label, node.pos = "advmod", "ADV"  # "traf Macron gestern"
        year = node.pos == "NUM" and node.text.isdigit() and len(node.text) == 4
        if not (year or node.text in words.months or node.text in words.parts):
            continue
        carries = any(n.head == i and n.label in (*HELPERS, "nsubj", "nsubj:pass") for n in nodes)
        article = any(n.head == i and n.label == "det" for n in nodes)  # "markiert das Ende"
        if (
            node.head == i
            or article
            or nodes[node.head].pos not in ("VERB", "AUX")
            or (node.label not in ("nsubj", "nsubj:pass", "obj", "cop", "advmod") and not carries)
        ):
            continue
        for other in nodes:
            if other.head == i and other.label in (*HELPERS, "nsubj", "nsubj:pass", "obj", "obl"):
                other.head = node.head
                if other.label == "cop":
                    other.label = "aux"
        node.label = "obl"


def helpers_have_no_dependants(nodes: list[Node], words: EditWords) -> None:
    """*Die EU hat gestern Zölle verhängt*: what stands with a clause hangs on its verb, not on the auxiliary."""
    for i, node in enumerate(nodes):
        if node.head == i:
            continue
        for _ in range(3):
            head = nodes[node.head]
            if head.label in HELPERS and head is not nodes[head.head] and node.label not in _OWN_OF_HELPERS:
                node.head = head.head
            else:
                break


def phrases_follow_their_noun(nodes: list[Node], words: EditWords) -> None:
    """*hatte es vor der Wahl Spannungen gegeben*: a prepositional attribute stands behind its noun, an adverbial before it."""
    with_preposition = {n.head for n in nodes if n.label == "case" and n.pos == "ADP"}
    for i, node in enumerate(nodes):
        noun = nodes[node.head]
        verb = nodes[noun.head]
        genitive = node.feats.get("Case") == "Gen"  # "in Merkels Partei"
        before = node.label == "nmod" and i < node.head and i in with_preposition and not genitive
        if before and verb.pos in ("VERB", "AUX"):
            node.head, node.label = noun.head, "obl"
