"""Slips of statistical parsers that grammar rules out, mended before anything is read.

Each rule holds for the language, whatever the pipeline: an auxiliary has no dependants of its
own, a year is no subject, a name takes no prepositional attribute but with *von*.
"""

from __future__ import annotations

from itertools import pairwise

from kg.language.arguments import mend_arguments
from kg.language.attributes import attach_attributes
from kg.language.coordination import mend_coordinations
from kg.language.name_repairs import mend_names
from kg.language.nodes import HELPERS, Node, RepairWords, is_forest
from kg.language.noun_phrases import mend_noun_phrases
from kg.language.verb_repairs import mend_verbs

_OWN_OF_HELPERS = frozenset({"fixed", "punct", "conj"})
_LONG = 8
_WIDEST_ATTRIBUTE = 12
"""Words between an article and the participle that it goes with."""


def mend_sentence(nodes: list[Node], first: int, last: int, words: RepairWords) -> None:
    """Apply all rules to the words ``first`` ≤ i < ``last``, in place; their heads are among them.

    The rules look at every pair of words, so they are given a sentence, not a document. Should they, one
    after the other, turn a tree into a circle, the sentence stays as the parser left it.
    """
    part = nodes[first:last]
    for node in part:
        node.head -= first
    as_they_were = [(n.pos, n.label, n.head, n.feats) for n in part]
    mend(part, words)
    if not is_forest([n.head for n in part]):
        for node, was in zip(part, as_they_were, strict=True):
            node.pos, node.label, node.head, node.feats = was
    for node in part:
        node.head += first
    nodes[first:last] = part


def mend(nodes: list[Node], words: RepairWords) -> None:
    """Apply all rules in place."""
    _case_markers_are_prepositions(nodes)
    _comparisons_are_phrases(nodes, words)
    _adjectives_before_nouns(nodes, words)
    mend_verbs(nodes, words)
    attach_attributes(nodes, words)
    _extended_attributes(nodes)
    _times_are_adverbials(nodes, words)
    _helpers_have_no_dependants(nodes)
    mend_names(nodes, words)
    _phrases_follow_their_noun(nodes)
    _bare_nouns_are_objects(nodes, words)
    _subjects_belong_to_predicates(nodes)
    mend_arguments(nodes, words)
    mend_noun_phrases(nodes, words)
    mend_coordinations(nodes, words)


def _case_markers_are_prepositions(nodes: list[Node]) -> None:
    """*Zwischen Rom und Paris …*: at a sentence's beginning, a preposition looks like a name."""
    for node in nodes:
        if node.label == "case" and node.pos == "PROPN":
            node.pos = "ADP"
        elif node.pos == "PUNCT" and node.text[:1].isalpha():  # "zwischen Nord- und Südkorea"
            node.pos = "PROPN"


def _comparisons_are_phrases(nodes: list[Node], words: RepairWords) -> None:
    """*gilt als Verbündeter*, *Länder wie China*."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if node.lower in words.comparisons and node.label == "cc" and node.head != i and head.label != "conj":
            node.label, node.pos = "case", "ADP"
        elif node.lower in words.comparisons and node.label == "compound:prt":  # it is no verb's particle
            behind = (
                k for k in range(i + 1, min(i + 6, len(nodes))) if nodes[k].pos in ("ADJ", "NOUN", "PROPN")
            )
            node.head, node.label, node.pos = next(behind, node.head), "case", "ADP"


def _adjectives_before_nouns(nodes: list[Node], words: RepairWords) -> None:
    """*Südkoreanischen Medien zufolge*: at a sentence's beginning, an adjective looks like a name or a verb."""
    for i, (node, noun) in enumerate(pairwise(nodes)):
        if node.pos not in ("VERB", "NOUN", "PROPN") or noun.pos != "NOUN" or len(node.text) < _LONG:
            continue
        begins = i == 0 or nodes[i - 1].pos == "PUNCT" or node.text.islower()
        if not begins or not node.lower.endswith(words.adjective_endings):
            continue
        if noun.head == i:  # the noun takes the place that its attribute was given
            noun.head, noun.label = (i + 1 if node.head == i else node.head), node.label
        for other in nodes:
            if other.head == i and other is not node:
                other.head = i + 1
        node.pos, node.label, node.head = "ADJ", "amod", i + 1


def _extended_attributes(nodes: list[Node]) -> None:
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


def _times_are_adverbials(nodes: list[Node], words: RepairWords) -> None:
    """*Er war 2010 (Ende Mai) festgenommen worden*: a time is neither subject nor predicate."""
    for i, node in enumerate(nodes):
        if node.label == "compound:prt" and node.lower in words.days:
            node.label, node.pos = "advmod", "ADV"  # "traf Macron gestern"
        year = node.pos == "NUM" and node.text.isdigit() and len(node.text) == 4
        if not (year or node.text in words.months or node.text in words.parts):
            continue
        carries = any(n.head == i and n.label in (*HELPERS, "nsubj", "nsubj:pass") for n in nodes)
        if node.head == i or (
            node.label not in ("nsubj", "nsubj:pass", "obj", "cop", "advmod") and not carries
        ):
            continue
        for other in nodes:
            if other.head == i and other.label in (*HELPERS, "nsubj", "nsubj:pass", "obj", "obl"):
                other.head = node.head
                if other.label == "cop":
                    other.label = "aux"
        node.label = "obl"


def _helpers_have_no_dependants(nodes: list[Node]) -> None:
    for i, node in enumerate(nodes):
        if node.head == i:
            continue
        for _ in range(3):
            head = nodes[node.head]
            if head.label in HELPERS and head is not nodes[head.head] and node.label not in _OWN_OF_HELPERS:
                node.head = head.head
            else:
                break


def _phrases_follow_their_noun(nodes: list[Node]) -> None:
    """*hatte es vor der Wahl Spannungen gegeben*: a prepositional attribute stands behind its noun, an adverbial before it."""
    with_preposition = {n.head for n in nodes if n.label == "case" and n.pos == "ADP"}
    for i, node in enumerate(nodes):
        noun = nodes[node.head]
        verb = nodes[noun.head]
        if node.label == "nmod" and i < node.head and i in with_preposition and verb.pos in ("VERB", "AUX"):
            node.head, node.label = noun.head, "obl"


def _bare_nouns_are_objects(nodes: list[Node], words: RepairWords) -> None:
    """*hatte es Spannungen gegeben*: a noun alone right before its verb is its object, if it has no other."""
    modified = {n.head for i, n in enumerate(nodes) if n.head != i}
    with_object = {n.head for n in nodes if n.label in ("obj", "nsubj:pass")}
    for i, (node, verb) in enumerate(pairwise(nodes)):
        time = node.text in words.months or node.text in words.parts or node.lower in words.weekdays
        if node.pos != "NOUN" or node.label != "obl" or time or node.head != i + 1 or verb.pos != "VERB":
            continue
        if i not in modified and i + 1 not in with_object:
            node.label = "obj"


def _subjects_belong_to_predicates(nodes: list[Node]) -> None:
    """*hatten die beiden einen Meinungsaustausch*: a noun without a copula has no subject, its verb has."""
    with_copula = {n.head for n in nodes if n.label in HELPERS}
    with_object = {n.head for n in nodes if n.label == "obj"}
    for i, node in enumerate(nodes):
        noun = nodes[node.head]
        verb = nodes[noun.head]
        if node.label != "nsubj" or node.head == i or noun.pos != "NOUN" or node.head in with_copula:
            continue
        if noun.label not in ("obl", "obj", "xcomp") or verb.pos not in ("VERB", "AUX"):
            continue
        bare = not any(n.head == node.head and n.label == "case" for n in nodes)
        if noun.label != "obj" and bare and noun.head not in with_object:
            noun.label, noun.feats = "obj", {**noun.feats, "Case": "Acc"}
        node.head = noun.head
