"""Slips of a parser about verbs, their forms and which verb helps which, mended; a part of `kg.language.repairs`."""

from __future__ import annotations

from kg.language.nodes import HELPERS, Node, RepairWords

_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl"})


def mend_verbs(nodes: list[Node], words: RepairWords) -> None:
    """Apply the rules in place."""
    _past_tense_read_as_adjective(nodes, words)
    _participle_with_auxiliary(nodes, words)
    _infinitive_with_auxiliary(nodes, words)
    _recipient_passive(nodes, words)
    _particles_end_their_clause(nodes, words)
    _adverbs_at_the_end_are_particles(nodes, words)


def _past_tense_read_as_adjective(nodes: list[Node], words: RepairWords) -> None:
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


def _participle_with_auxiliary(nodes: list[Node], words: RepairWords) -> None:
    """*war gereist*, *hätten bedroht*: beside an auxiliary stands a verb's participle."""
    for i, node in enumerate(nodes):
        head = nodes[node.head]
        if node.head == i:
            continue
        if node.label == "cop" and head.pos == "VERB":
            node.label = "aux"
            head.feats = {**head.feats, "VerbForm": "Part"}
        elif (
            node.label == "aux"
            and head.pos in ("ADJ", "ADV")
            and node.lower.startswith(words.perfect_beginnings)
        ):
            head.pos = "VERB"
            head.feats = {"VerbForm": "Part"}
        elif (
            node.label == "aux"
            and node.lower in words.copulas
            and head.pos == "ADJ"
            and head.feats.get("VerbForm") != "Part"
        ):
            node.label = "cop"  # "sei bereit"
        elif (
            node.label == "aux"
            and node.lower in words.copulas
            and head.pos == "VERB"
            and head.feats.get("VerbForm") == "Inf"
        ):
            head.feats = {**head.feats, "VerbForm": "Part"}  # "ist zu verurteilen" is a passive


def _infinitive_with_auxiliary(nodes: list[Node], words: RepairWords) -> None:
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


def _recipient_passive(nodes: list[Node], words: RepairWords) -> None:
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


def _particles_end_their_clause(nodes: list[Node], words: RepairWords) -> None:
    """*Sie forderte ihn auf, …*: a "preposition" right before a comma is the particle of the verb before it."""
    for i, node in enumerate(nodes[:-1]):
        if node.pos != "ADP" or node.label != "case" or node.head < i or nodes[i + 1].pos != "PUNCT":
            continue
        if node.lower not in words.particles:
            continue  # 'als „haltlos“'

        for v in range(i - 1, -1, -1):
            if nodes[v].pos == "PUNCT":
                break
            if nodes[v].pos == "VERB" and nodes[v].feats.get("VerbForm") == "Fin":
                node.head, node.label = v, "compound:prt"
                break


def _adverbs_at_the_end_are_particles(nodes: list[Node], words: RepairWords) -> None:
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
