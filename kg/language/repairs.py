"""Slips of statistical parsers that German grammar rules out, mended before anything is read.

Each rule holds for the language, whatever the pipeline: an auxiliary has no dependants of its
own, a year is no subject, a name takes no prepositional attribute but with *von*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token as SpacyToken

_HELPERS = frozenset({"aux", "aux:pass", "cop"})
_OWN_OF_HELPERS = frozenset({"fixed", "punct", "conj"})
_PARTS = frozenset({"Anfang", "Mitte", "Ende"})


@dataclass(slots=True)
class Node:
    """A word while its parse is being mended."""

    text: str
    lower: str
    pos: str
    label: str
    head: int
    feats: dict[str, str]


def nodes_of(tokens: Sequence[SpacyToken], place: dict[int, int]) -> list[Node]:
    """Copy head, label, tag and features of a spaCy parse."""
    found = []
    for n, t in enumerate(tokens):
        label = "root" if t.dep_ == "ROOT" else t.dep_
        head = t.head
        while head.i not in place and head.head.i != head.i:
            head = head.head  # the head is left out; what it hangs on takes its place
        found.append(Node(t.text, t.lower_, t.pos_, label, place.get(head.i, n), t.morph.to_dict()))
    return found


def mend(nodes: list[Node], months: frozenset[str]) -> None:
    """Apply all rules in place.

    Args:
        months: the names of the months, which take no attributes either.
    """
    _past_tense_read_as_adjective(nodes)
    _participle_with_copula(nodes)
    _times_are_adverbials(nodes, months)
    _helpers_have_no_dependants(nodes)
    _names_take_no_attributes(nodes, months)


def _past_tense_read_as_adjective(nodes: list[Node]) -> None:
    """*Die Agentur zitierte Xi*: an "adjective" in -te that has a subject and no copula."""
    with_subject = {n.head for i, n in enumerate(nodes) if n.label == "nsubj" and n.head != i}
    with_copula = {n.head for n in nodes if n.label in _HELPERS}
    for i, node in enumerate(nodes):
        if (
            node.pos == "ADJ"
            and node.label != "amod"
            and i in with_subject
            and i not in with_copula
            and node.lower.endswith(("te", "ten"))
        ):
            node.pos = "VERB"
            number = "Plur" if node.lower.endswith("n") else "Sing"
            node.feats = {"VerbForm": "Fin", "Tense": "Past", "Mood": "Ind", "Number": number}


def _participle_with_copula(nodes: list[Node]) -> None:
    """*war gereist*: with a verb's participle *sein* is an auxiliary."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if (
            node.label == "cop"
            and node.head != i
            and head.pos == "VERB"
            and head.feats.get("VerbForm") == "Part"
        ):
            node.label = "aux"


def _times_are_adverbials(nodes: list[Node], months: frozenset[str]) -> None:
    """*Er war 2010 (Ende Mai) festgenommen worden*: a time is neither subject nor predicate."""
    for i, node in enumerate(nodes):
        year = node.pos == "NUM" and node.text.isdigit() and len(node.text) == 4
        if not (year or node.text in months or node.text in _PARTS):
            continue
        carries = any(n.head == i and n.label in (*_HELPERS, "nsubj", "nsubj:pass") for n in nodes)
        if node.head == i or (
            node.label not in ("nsubj", "nsubj:pass", "obj", "cop", "advmod") and not carries
        ):
            continue
        for other in nodes:
            if other.head == i and other.label in (*_HELPERS, "nsubj", "nsubj:pass", "obj", "obl"):
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
            if head.label in _HELPERS and head is not nodes[head.head] and node.label not in _OWN_OF_HELPERS:
                node.head = head.head
            else:
                break


def _names_take_no_attributes(nodes: list[Node], months: frozenset[str]) -> None:
    """*Kim am 27. April mit Moon*: such phrases belong to the verb or noun further up."""
    prepositions = {n.head: n.lower for n in nodes if n.label == "case" and n.pos == "ADP"}
    for i, node in enumerate(nodes):
        if node.label not in ("nmod", "obl") or prepositions.get(i) in (None, "von", "vom"):
            continue
        for _ in range(4):
            head = nodes[node.head]
            name = head.pos == "PROPN" or head.text in months
            if not name or head is nodes[head.head] or node.head > i:
                break
            node.head = head.head
            node.label = "obl" if nodes[node.head].pos in ("VERB", "AUX") else "nmod"
