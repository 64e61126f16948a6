"""What the words around a noun say of it: its case by its adjective, no preposition in *mehr als 50 Staaten*."""

from __future__ import annotations

from kg.lang.de.edits.words import EditWords
from kg.language.tree import Node

_SHOWN = frozenset({"det", "case"})
"""Labels of words that show the case where an adjective need not."""
_COMPARING = frozenset({"ADP", "CCONJ", "SCONJ"})
"""Tags of *als*, as treebanks differ."""
_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


def strong_adjectives_show_the_case(nodes: list[Node], words: EditWords) -> None:
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


def numbers_are_compared(nodes: list[Node], words: EditWords) -> None:
    """*von mehr als 50 Staaten*: *als* is not the preposition of the phrase."""
    for i in range(1, len(nodes) - 1):
        compared = nodes[i].lower in words.comparisons and nodes[i - 1].lower in words.comparatives
        if compared and nodes[i].pos in _COMPARING and nodes[i + 1].pos == "NUM":
            nodes[i - 1].pos = nodes[i].pos = "ADV"


def persons_by_their_adjective(nodes: list[Node], words: EditWords) -> None:
    """*traf der 43-Jährige Frankreichs Regierung*: *der* is no article of a feminine subject, but of the adjective."""
    for i, node in enumerate(nodes):
        if node.label != "nsubj" or node.feats.get("Gender") != "Fem" or node.feats.get("Number") != "Sing":
            continue
        article = next((a for a, n in enumerate(nodes[:i]) if n.head == i and n.label == "det"), None)
        if article is None or nodes[article].lower != words.masculine_article:
            continue
        person = nodes[article + 1]
        inside = person.label in ("amod", "nmod", "flat") and person.head in range(article + 2, i + 1)
        if inside and person.text != person.lower and person.lower.endswith(words.nominal_adjectives):
            nodes[article].head = article + 1
            person.head, person.label, person.pos = node.head, "nsubj", "NOUN"
            person.feats = {"Case": "Nom", "Number": "Sing", "Gender": "Masc"}
            node.label, node.feats = "obj", {**node.feats, "Case": "Acc"}


def relations_belong_to_what_is_done(nodes: list[Node], words: EditWords) -> None:
    """*das Treffen des Ministers mit dem Präsidenten*: behind a genitive, *mit* goes on with the noun before it."""
    prepositions = {n.head: n.lower for n in nodes if n.label == "case"}
    for i, node in enumerate(nodes):
        if node.label != "nmod" or node.head > i or prepositions.get(i) not in words.relations:
            continue
        owner = nodes[node.head]
        if owner.label != "nmod" or owner.pos != "NOUN" or node.head in prepositions:
            continue
        genitive = any(
            n.head == node.head and n.label in ("det", "amod") and n.feats.get("Case") == "Gen" for n in nodes
        )
        if genitive and nodes[owner.head].pos == "NOUN":
            node.head = owner.head
