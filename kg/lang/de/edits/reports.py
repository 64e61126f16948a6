"""Where what is said ends and who says it begins: *„…“, erklärte Moon*, *Grund sei ein Streit, sagte Moon*."""

from __future__ import annotations

from kg.lang.de.edits.words import EditWords
from kg.language.quotations import CLOSING_MARKS, OPENING_MARKS
from kg.language.tree import Node, article_of


def predicates_are_clauses(nodes: list[Node], words: EditWords) -> None:
    """*Grund sei ein alter Streit, sagte X*: a predicate with a subject of its own is no argument of the verb behind it."""
    for i, node in enumerate(nodes):
        if (
            node.label not in ("nsubj", "obj", "obl")
            or i >= node.head
            or nodes[node.head].pos != "VERB"
            or nodes[node.head - 1].text != ","
        ):
            continue
        own = {n.label for n in nodes if n.head == i and n is not node}
        if "cop" in own and ("nsubj" in own or node.label == "nsubj"):
            node.label = "ccomp"


def tags_have_their_subject_behind(nodes: list[Node], words: EditWords) -> None:
    """*…, teilte das Ministerium mit*: a verb right behind a comma has its subject behind it.

    What stands before *„Jene wollen reden“, erklärte Moon* is said, not a subject.
    """
    for v, verb in enumerate(nodes):
        if v == 0 or nodes[v - 1].text != "," or verb.pos != "VERB" or verb.feats.get("VerbForm") != "Fin":
            continue
        own = [i for i, n in enumerate(nodes) if n.head == v and i != v]
        if _speech_ends(nodes, v - 1):
            for i in own:
                if nodes[i].label == "nsubj" and i < v:
                    nodes[i].label = "ccomp"
        content = next((i for i in own if nodes[i].label == "ccomp" and i < v), None)
        if content is not None:  # "Grund könne nur ein Irrtum sein, machte Moon deutlich"
            for i in own:
                if i < v - 1 and i != content and nodes[i].label != "ccomp":
                    nodes[i].head = content
            own = [i for i in own if nodes[i].head == v]
        loose = verb.label in ("conj", "parataxis") or content is not None
        if not loose or any(nodes[i].label == "cc" for i in own):
            continue
        behind = [i for i in own if nodes[i].label == "obj" and i > v]
        if any(nodes[i].label == "nsubj" for i in own) or len(behind) != 1:
            continue
        if article_of(nodes, behind[0]) not in words.oblique_articles:
            if verb.head != v:
                verb.label = "parataxis"
            subject = nodes[behind[0]]
            subject.label, subject.feats = "nsubj", {**subject.feats, "Case": "Nom"}


def _speech_ends(nodes: list[Node], end: int) -> bool:
    """Whether direct speech with a verb in it ends right before a word."""
    if end < 1 or nodes[end - 1].text not in CLOSING_MARKS:
        return False
    for node in reversed(nodes[: end - 1]):
        if node.text in OPENING_MARKS:
            return False
        if node.pos in ("VERB", "AUX"):
            return True
    return False
