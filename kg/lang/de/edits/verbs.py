"""Verbs, their forms, and which verb helps which."""

from __future__ import annotations

from kg.lang.de.edits.words import EditWords
from kg.language.tree import HELPERS, Node

_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl"})


def past_tense_read_as_adjective(nodes: list[Node], words: EditWords) -> None:
    """*Die Agentur zitierte Xi*: an "adjective" in -te that has a subject and no copula."""
    with_subject = {n.head for i, n in enumerate(nodes) if n.label == "nsubj" and n.head != i}
    with_copula = {n.head for n in nodes if n.label in HELPERS}
    for i, node in enumerate(nodes):
        if (
            node.pos == "ADJ"
            and (node.label != "amod" or _stands_between_subject_and_noun(nodes, i))
            and i in with_subject
            and i not in with_copula
            and node.lower.endswith(words.past_endings)
        ):
            if node.label == "amod":
                _take_over(nodes, i)
            node.pos = "VERB"
            number = "Plur" if node.lower.endswith(words.plural_endings) else "Sing"
            node.feats = {"VerbForm": "Fin", "Tense": "Past", "Mood": "Ind", "Number": number}


def _stands_between_subject_and_noun(nodes: list[Node], i: int) -> bool:
    """An attribute's noun has its article before the attribute; a verb's object has it behind the verb."""
    noun = nodes[i].head
    subject_before = any(n.label == "nsubj" and n.head == i for n in nodes[:i])
    return i < noun and subject_before and not any(n.head == noun for n in nodes[:i])


def _take_over(nodes: list[Node], i: int) -> None:
    """The verb ``i`` changes places with the noun that it was an attribute of."""
    verb, noun, number = nodes[i], nodes[nodes[i].head], nodes[i].head
    further = nodes[noun.head]
    if noun.label in _ARGUMENTS and further is nodes[further.head]:  # of what is said in the next clause
        further.head, further.label = i, "parataxis"
        verb.head, verb.label = i, "root"
    else:
        verb.head, verb.label = (i if noun.head == number else noun.head), noun.label
    noun.head, noun.label = i, "obj"
    for other in nodes[number:]:
        if other.head == number and other.label in ("advmod", "nmod", "obl", "punct", "ccomp", "parataxis"):
            other.head = i
            other.label = "obl" if other.label == "nmod" else other.label


def participles_stand_with_sein(nodes: list[Node], words: EditWords) -> None:
    """*war gereist*: a verb beside the copula is a participle; `kg.language.clauses` reads the copula as its auxiliary."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if node.label == "cop" and node.head != i and head.pos == "VERB":
            head.feats = {**head.feats, "VerbForm": "Part"}


def infinitives_with_a_copula_are_passive(nodes: list[Node], words: EditWords) -> None:
    """*ist zu verurteilen*: what is to be done to the subject."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        be = node.label == "aux" and node.head != i and node.lower in words.copulas
        if be and head.pos == "VERB" and head.feats.get("VerbForm") == "Inf":
            head.feats = {**head.feats, "VerbForm": "Part"}


def infinitive_with_auxiliary(nodes: list[Node], words: EditWords) -> None:
    """*könnte beschließen*, *wird freilassen*: beside a finite modal stands no finite verb, beside an infinitive no passive."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if node.head == i or node.label not in ("aux", "aux:pass") or head.pos != "VERB":
            continue
        perfect = node.lower.startswith(words.perfect_beginnings) or node.lower in words.copulas
        modal = node.feats.get("VerbForm") == "Fin" and not perfect
        if modal and head.feats.get("VerbForm") == "Fin" and head.lower.endswith(words.infinitive_endings):
            head.feats = {"VerbForm": "Inf"}
        if node.label == "aux:pass" and node.head > i and head.feats.get("VerbForm") == "Inf":
            node.label = "aux"


def recipient_passive(nodes: list[Node], words: EditWords) -> None:
    """*Kiew bekam Waffen geliefert*, *hat Waffen geliefert bekommen*: the participle heads, the other verb helps."""
    for i, node in enumerate(nodes):
        if node.lower not in words.recipient_passives:
            continue
        if node.label == "xcomp" and _is_participle(nodes[node.head]):
            node.label = "aux:pass"
            continue
        verb = next((p for p, n in enumerate(nodes) if n.head == i != p and _is_participle(n)), None)
        if verb is None or nodes[verb].label not in ("xcomp", "acl") or _comma_between(nodes, i, verb):
            continue
        participle = nodes[verb]
        participle.head, participle.label = (verb if node.head == i else node.head), node.label
        for other in nodes:
            if other.head == i:
                other.head = verb
        node.head, node.label = verb, "aux:pass"


def _is_participle(node: Node) -> bool:
    return node.pos in ("VERB", "ADJ") and node.feats.get("VerbForm") == "Part"


def _comma_between(nodes: list[Node], a: int, b: int) -> bool:
    return any(n.pos == "PUNCT" for n in nodes[min(a, b) : max(a, b)])


def adverbs_at_the_end_are_particles(nodes: list[Node], words: EditWords) -> None:
    """*legten die Waffen nieder*: what can be a particle and ends the clause of a finite verb is one."""
    for i, node in enumerate(nodes[:-1]):
        verb = nodes[node.head]
        if node.label != "advmod" or node.lower not in words.particles or nodes[i + 1].pos != "PUNCT":
            continue
        helped = any(n.head == node.head and n.label in HELPERS for n in nodes)
        particle = any(n.head == node.head and n.label == "compound:prt" for n in nodes)
        if (
            verb.pos == "VERB"
            and verb.feats.get("VerbForm") == "Fin"
            and node.head < i
            and not helped | particle
        ):
            node.label = "compound:prt"
