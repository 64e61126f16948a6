"""Slips of statistical parsers that German grammar rules out, mended before anything is read.

Each rule holds for the language, whatever the pipeline: an auxiliary has no dependants of its
own, a year is no subject, a name takes no prepositional attribute but with *von*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.lang import LanguageData

if TYPE_CHECKING:
    from spacy.tokens import Token as SpacyToken

_HELPERS = frozenset({"aux", "aux:pass", "cop"})
_OWN_OF_HELPERS = frozenset({"fixed", "punct", "conj"})
_WIDEST_ATTRIBUTE = 12
"""Words between an article and the participle that it goes with."""


@dataclass(frozen=True, slots=True)
class RepairWords:
    """The words that the rules go by, from ``grammar.toml`` and ``time.toml``; lower case but for times."""

    months: frozenset[str]
    parts: frozenset[str]
    demonstratives: frozenset[str]
    nominatives: frozenset[str]
    datives: frozenset[str]
    accusatives: frozenset[str]
    oblique_articles: frozenset[str]
    masculine_article: str
    infinitive_marks: frozenset[str]
    perfect_infinitives: frozenset[str]
    perfect_beginnings: tuple[str, ...]
    past_endings: tuple[str, ...]
    name_prepositions: frozenset[str]

    @classmethod
    def of(cls, data: LanguageData) -> RepairWords:
        """Read a language's words."""
        content = data.toml("grammar.toml")["repairs"]
        times = data.toml("time.toml")
        return cls(
            months=frozenset(times["months"]),
            parts=frozenset(times["parts"]),
            masculine_article=content["masculine_article"],
            perfect_beginnings=tuple(content["perfect_beginnings"]),
            past_endings=tuple(content["past_endings"]),
            **{
                name: frozenset(content[name])
                for name in ("demonstratives", "nominatives", "datives", "accusatives", "oblique_articles",
                             "infinitive_marks", "perfect_infinitives", "name_prepositions")
            },
        )  # fmt: skip


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


def mend(nodes: list[Node], words: RepairWords) -> None:
    """Apply all rules in place."""
    _past_tense_read_as_adjective(nodes, words)
    _participle_with_auxiliary(nodes, words)
    _extended_attributes(nodes)
    _times_are_adverbials(nodes, words)
    _helpers_have_no_dependants(nodes)
    _names_take_no_attributes(nodes, words)
    _pronouns_are_arguments(nodes, words)
    _infinitives_have_no_subject(nodes, words)
    _named_subject(nodes, words)
    _one_subject(nodes, words)


def _past_tense_read_as_adjective(nodes: list[Node], words: RepairWords) -> None:
    """*Die Agentur zitierte Xi*: an "adjective" in -te that has a subject and no copula."""
    with_subject = {n.head for i, n in enumerate(nodes) if n.label == "nsubj" and n.head != i}
    with_copula = {n.head for n in nodes if n.label in _HELPERS}
    for i, node in enumerate(nodes):
        if (
            node.pos == "ADJ"
            and node.label != "amod"
            and i in with_subject
            and i not in with_copula
            and node.lower.endswith(words.past_endings)
        ):
            node.pos = "VERB"
            number = "Plur" if node.lower.endswith("n") else "Sing"
            node.feats = {"VerbForm": "Fin", "Tense": "Past", "Mood": "Ind", "Number": number}


def _participle_with_auxiliary(nodes: list[Node], words: RepairWords) -> None:
    """*war gereist*, *hätten bedroht*: beside an auxiliary stands a verb's participle."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if node.head == i:
            continue
        if node.label == "cop" and head.pos == "VERB":
            node.label = "aux"
            head.feats = {**head.feats, "VerbForm": "Part"}
        elif node.label == "aux" and head.pos == "ADJ" and node.lower.startswith(words.perfect_beginnings):
            head.pos = "VERB"
            head.feats = {"VerbForm": "Part"}


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
            if i != above and (outside or nodes[above].pos == "NUM") and nodes[i].pos != "DET":
                nodes[i].head = p
                if nodes[i].label in ("nmod", "nsubj", "obj", "appos"):
                    nodes[i].label = "obl"


def _infinitives_have_no_subject(nodes: list[Node], words: RepairWords) -> None:
    """*…, Trump getroffen zu haben*: beside *zu* stands an object, not a subject."""
    for i, node in enumerate(nodes):
        if node.label not in ("xcomp", "advcl", "acl", "ccomp", "csubj"):
            continue
        below = [n for n in nodes if n.head == i and n is not node]
        infinitive = any(n.lower in words.infinitive_marks and n.label == "mark" for n in below)
        finite = any(
            n.label in _HELPERS
            and n.feats.get("VerbForm") == "Fin"
            and n.lower not in words.perfect_infinitives
            for n in below
        )
        if infinitive and not finite and node.pos in ("VERB", "AUX"):
            for n in below:
                if n.label == "nsubj":
                    n.label, n.feats = "obj", {**n.feats, "Case": "Acc"}


def _pronouns_are_arguments(nodes: list[Node], words: RepairWords) -> None:
    """*warf ihnen „Nazi-Methoden“ vor*: a personal pronoun is no article of the noun behind it."""
    for i, node in enumerate(nodes):
        dative, accusative = node.lower in words.datives, node.lower in words.accusatives
        if (
            node.label not in ("det", "nmod", "appos", "flat")
            or not (dative or accusative)
            or node.pos != "PRON"
        ):
            continue
        verb = nodes[node.head].head
        if nodes[verb].pos == "VERB" and verb != i:
            node.head = verb
            node.label, case = ("iobj", "Dat") if dative else ("obj", "Acc")
            node.feats = {**node.feats, "Case": case}


def _named_subject(nodes: list[Node], words: RepairWords) -> None:
    """*Das kritisierte Merkel*, *Das berichtete die Agentur Tass*: the name is the subject, *das* what is said."""
    for v in range(len(nodes)):
        subjects = [i for i, n in enumerate(nodes) if n.head == v and n.label == "nsubj" and i != v]
        objects = [i for i, n in enumerate(nodes) if n.head == v and n.label == "obj" and i > v]
        if len(subjects) != 1 or len(objects) != 1 or subjects[0] > v:
            continue
        subject, thing = nodes[objects[0]], nodes[subjects[0]]
        named = subject.pos == "PROPN" or any(
            n.head == objects[0] and n.pos == "PROPN" and n.label in ("appos", "flat") for n in nodes
        )
        if (
            named
            and thing.lower in words.demonstratives
            and _article(nodes, objects[0]) not in words.oblique_articles
        ):
            subject.label, thing.label = "nsubj", "obj"
            subject.feats, thing.feats = {**subject.feats, "Case": "Nom"}, {**thing.feats, "Case": "Acc"}


def _one_subject(nodes: list[Node], words: RepairWords) -> None:
    """*Israel griff Ziele an*, *Das berichtete Xinhua*: a verb has one subject, told by form and agreement."""
    for v in range(len(nodes)):
        subjects = [i for i, n in enumerate(nodes) if n.head == v and i != v and n.label == "nsubj"]
        if len(subjects) < 2:
            continue
        subject = max(subjects, key=lambda i: (_likely_subject(nodes, words, v, i), -i))
        for i in subjects:
            if i == subject:
                continue
            taken = any(n.head == v and n.label == "obj" for n in nodes)
            bare_name = nodes[i].pos == "PROPN" and not _article(nodes, i)
            if taken and bare_name:
                nodes[i].label, nodes[i].feats = "iobj", {**nodes[i].feats, "Case": "Dat"}
            else:
                nodes[i].label, nodes[i].feats = "obj", {**nodes[i].feats, "Case": "Acc"}


def _likely_subject(nodes: list[Node], words: RepairWords, v: int, i: int) -> int:
    """How well a word would do as the subject of a verb: its forms, its number, its kind."""
    score = 0
    article = _article(nodes, i)
    if article in words.oblique_articles:
        score -= 4
    masculine = article == words.masculine_article and nodes[i].feats.get("Gender") == "Masc"
    if nodes[i].lower in words.nominatives or masculine:
        score += 3
    finite = next(
        (n for k, n in enumerate(nodes) if n.feats.get("VerbForm") == "Fin" and (k == v or (n.head == v and n.label in _HELPERS))),
        nodes[v],
    )  # fmt: skip
    number, verb_number = nodes[i].feats.get("Number"), finite.feats.get("Number")
    if any(n.head == i and n.label == "conj" for n in nodes):
        number = "Plur"
    if number and verb_number and nodes[i].pos != "PROPN":
        score += 2 if number == verb_number else -2
    if nodes[i].lower in words.demonstratives and nodes[i].pos in ("DET", "PRON"):
        score -= 4  # "Das berichtete Xinhua": a bare demonstrative beside a name is what is said
    return score


def _article(nodes: list[Node], i: int) -> str:
    return next((n.lower for n in nodes if n.head == i and n.label == "det"), "")


def _times_are_adverbials(nodes: list[Node], words: RepairWords) -> None:
    """*Er war 2010 (Ende Mai) festgenommen worden*: a time is neither subject nor predicate."""
    for i, node in enumerate(nodes):
        year = node.pos == "NUM" and node.text.isdigit() and len(node.text) == 4
        if not (year or node.text in words.months or node.text in words.parts):
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
