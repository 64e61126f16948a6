"""Which words are the arguments of a verb: rules of grammar over a statistical parse.

A verb has one subject, told by form, agreement and place; pronouns are no articles; an infinitive with *zu*
has no subject of its own.
"""

from __future__ import annotations

from kg.lang.de.edits.words import EditWords
from kg.language.tree import HELPERS, Node, article_of

_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "obl:arg"})
_NUMBERED = frozenset({"det", "nummod", "amod", "conj"})
"""Labels of words that tell a noun's number, or that there are several."""


def adjectives_have_no_object(nodes: list[Node], words: EditWords) -> None:
    """*machen den Iran verantwortlich*: the object is the verb's, not the adjective's."""
    for node in nodes:
        head = nodes[node.head]
        if (
            node.label == "obj"
            and head.pos == "ADJ"
            and head.label in ("xcomp", "advmod")
            and head is not node
        ):
            node.head = head.head


def passive_subjects_have_a_passive(nodes: list[Node], words: EditWords) -> None:
    """*Die SPD hatte Roth aufgefordert*: beside an active verb, a second "passive subject" is the object."""
    for i, node in enumerate(nodes):
        if node.label != "nsubj:pass" or node.head == i:
            continue
        beside = {n.label for n in nodes if n.head == node.head and n is not node}
        if "aux:pass" not in beside and {"nsubj", "aux"} <= beside:
            node.label = "obj"


def relative_pronouns(nodes: list[Node], words: EditWords) -> None:
    """*Putin, der Erdogan empfing*: behind the comma stands a pronoun, no article of the name."""
    for i, node in enumerate(nodes):
        if i == 0 or nodes[i - 1].text != "," or node.lower not in words.relatives:
            continue
        if node.label in _ARGUMENTS and nodes[node.head].label == "acl":
            node.pos, node.feats = "PRON", {**node.feats, "PronType": "Rel"}
        if node.label != "det":
            continue
        name = nodes[node.head]
        verb = name.head
        if name.pos != "PROPN" or nodes[verb].label != "acl" or name is nodes[verb]:
            continue
        # "die Sanktionen, die Trump verhängte": several do not do what a singular verb says.
        several = nodes[nodes[verb].head].feats.get("Number") == "Plur"
        oblique = node.lower in words.oblique_articles or (several and _is_singular(nodes, verb))
        node.head, node.pos = verb, "PRON"
        node.label, name.label = ("obj", "nsubj") if oblique else ("nsubj", "obj")
        node.feats = {**node.feats, "PronType": "Rel", "Case": "Acc" if oblique else "Nom"}
        name.feats = {**name.feats, "Case": "Nom" if oblique else "Acc"}


def _is_singular(nodes: list[Node], verb: int) -> bool:
    """Whether a verb or its helper is a finite singular."""
    forms = [nodes[verb], *(n for n in nodes if n.head == verb and n.label in HELPERS)]
    return any(n.feats.get("VerbForm") == "Fin" and n.feats.get("Number") == "Sing" for n in forms)


def pronouns_are_arguments(nodes: list[Node], words: EditWords) -> None:
    """*warf ihnen „Nazi-Methoden“ vor*: a personal pronoun is no article of the noun behind it."""
    for i, node in enumerate(nodes):
        dative, accusative = node.lower in words.datives, node.lower in words.accusatives
        if (
            node.label not in ("det", "nmod", "appos", "flat", "nsubj")
            or not (dative or accusative)
            or node.pos != "PRON"
        ):
            continue
        verb = node.head if node.label == "nsubj" else nodes[node.head].head
        if nodes[verb].pos == "VERB" and verb != i:
            node.head = verb
            node.label, case = ("obl:arg", "Dat") if dative else ("obj", "Acc")
            node.feats = {**node.feats, "Case": case}


def infinitives_of_fronted_nouns(nodes: list[Node], words: EditWords) -> None:
    """*Den Vorwurf, Hacker unterstützt zu haben, wies er zurück*: an infinitive between a noun's commas is the noun's."""
    for i, node in enumerate(nodes):
        if node.label not in ("advcl", "xcomp") or node.head < i:
            continue
        below = [n for n in nodes if n.head == i and n is not node and n.label == "mark"]
        if not below or not all(n.lower in words.infinitive_marks for n in below):
            continue
        comma = next((k for k in range(i - 1, 0, -1) if nodes[k].text == ","), 0)
        noun = nodes[comma - 1]
        if comma and noun.pos == "NOUN" and noun.head in (node.head, i):
            if noun.head == i:
                noun.head, noun.label = node.head, "obj"
            for inside in nodes[comma + 1 : i]:
                if inside.head == comma - 1:
                    inside.head, inside.label = i, "obj"
            node.head, node.label = comma - 1, "acl"


def infinitives_have_no_subject(nodes: list[Node], words: EditWords) -> None:
    """*…, Trump getroffen zu haben*: beside *zu* stands an object, not a subject."""
    for i, node in enumerate(nodes):
        if node.label not in ("xcomp", "advcl", "acl", "ccomp", "csubj"):
            continue
        below = [n for n in nodes if n.head == i and n is not node]
        infinitive = any(n.lower in words.infinitive_marks and n.label == "mark" for n in below)
        finite = any(
            n.label in HELPERS
            and n.feats.get("VerbForm") == "Fin"
            and n.lower not in words.perfect_infinitives
            for n in below
        )
        inside = any(m in node.lower[1:] for m in words.infinitive_marks)  # "abzuziehen"
        infinitive = infinitive or (inside and node.feats.get("VerbForm") == "Inf")
        if infinitive and not finite and node.pos in ("VERB", "AUX"):
            thing = next((k for k, n in enumerate(nodes) if n.head == i and n.label == "obj"), None)
            for n in below:
                if n.label == "nsubj" and n.pos == "DET" and thing is not None:
                    n.head, n.label = thing, "det"  # "alle 2000 Soldaten"
                elif n.label == "nsubj":
                    n.label = "obj"
            _objects_are_accusatives(nodes, i)
            _opened(nodes, words, i)


def _objects_are_accusatives(nodes: list[Node], verb: int) -> None:
    """*drohte, das Abkommen aufzukündigen*: without a subject there is no nominative."""
    objects = {k for k, n in enumerate(nodes) if n.head == verb and n.label == "obj"}
    for k, node in enumerate(nodes):
        inside = k in objects or (node.head in objects and node.label in ("det", "amod"))
        if inside and node.feats.get("Case") == "Nom":
            node.feats = {**node.feats, "Case": "Acc"}


def _opened(nodes: list[Node], words: EditWords, verb: int) -> None:
    """*ohne Putin zu treffen*: the opening word goes with the infinitive, the name is its object."""
    for i, node in enumerate(nodes):
        if node.head != verb or node.label not in ("obl", "nmod") or i > verb:
            continue
        for opener in nodes[:i]:
            if (
                opener.lower in words.infinitive_openers
                and opener.label == "case"
                and nodes[opener.head] is node
            ):
                opener.head, opener.label = verb, "mark"
                node.label, node.feats = "obj", {**node.feats, "Case": "Acc"}


def one_subject(nodes: list[Node], words: EditWords) -> None:
    """*Israel griff Ziele an*, *Das berichtete Xinhua*: a verb has one subject, told by form and agreement."""
    subjects, objects = _dependants(nodes, "nsubj"), _dependants(nodes, "obj")
    for v in sorted({*subjects, *objects}):
        rivals = subjects.get(v) or _two_objects(nodes, v, objects[v])
        if len(rivals) < 2:
            continue
        subject = max(rivals, key=lambda i: (_likely_subject(nodes, words, v, i), -i))
        nodes[subject].label = "nsubj"
        for i in rivals:
            if nodes[i].label == "nsubj" and i != subject:
                _make_object(nodes, v, i, subject)


def _dependants(nodes: list[Node], label: str) -> dict[int, list[int]]:
    """Word ─▶ its dependants with a label, in the order of the text."""
    found: dict[int, list[int]] = {}
    for i, node in enumerate(nodes):
        if node.label == label and node.head != i:
            found.setdefault(node.head, []).append(i)
    return found


def _two_objects(nodes: list[Node], v: int, objects: list[int]) -> list[int]:
    """*das Abkommen, das die EU unterzeichnet hat*: where a finite verb has two objects and no subject, one is it."""
    if len(objects) != 2 or nodes[v].label in ("conj", "xcomp"):
        return []
    own = [i for i, n in enumerate(nodes) if n.head == v and i != v]
    helpers = (nodes[i] for i in own if nodes[i].label in HELPERS)
    if not any(n.feats.get("VerbForm") == "Fin" for n in (nodes[v], *helpers)):
        return []
    has_subject = any(nodes[i].label.startswith(("nsubj", "csubj", "expl")) for i in own)
    return [] if has_subject else objects


def _make_object(nodes: list[Node], v: int, i: int, subject: int) -> None:
    """A second subject is coordinated with the first, or an object: of two objects a bare name is the dative."""
    if i > subject and any(n.head == i and n.label == "cc" for n in nodes):
        nodes[i].head, nodes[i].label = subject, "conj"  # "Trump und Chinas Staatschef"
        return
    taken = any(n.head == v and n.label == "obj" for n in nodes)
    dative = taken and nodes[i].pos == "PROPN" and not article_of(nodes, i)
    nodes[i].label = "obl:arg" if dative else "obj"
    nodes[i].feats = {**nodes[i].feats, "Case": "Dat" if dative else "Acc"}


def _likely_subject(nodes: list[Node], words: EditWords, v: int, i: int) -> int:
    """How well a word would do as the subject of a verb: its forms, its number, its kind."""
    score = 0
    article = article_of(nodes, i)
    if article in words.oblique_articles:
        score -= 4
    masculine = article == words.masculine_article and nodes[i].feats.get("Gender") == "Masc"
    if nodes[i].lower in words.nominatives or masculine:
        score += 3
    finite = next(
        (n for k, n in enumerate(nodes) if n.feats.get("VerbForm") == "Fin" and (k == v or (n.head == v and n.label in HELPERS))),
        nodes[v],
    )  # fmt: skip
    number, verb_number = nodes[i].feats.get("Number"), finite.feats.get("Number")
    if any(n.head == i and n.label == "conj" for n in nodes):
        number = "Plur"
    if number and verb_number and nodes[i].pos != "PROPN":
        score += 2 if number == verb_number else -2
    if nodes[i].lower in words.demonstratives and nodes[i].pos in ("DET", "PRON"):
        score -= 4  # "Das berichtete Xinhua": a bare demonstrative beside a name is what is said
    if _is_received(nodes, words, v, i):
        score -= 4
    return score


def _is_received(nodes: list[Node], words: EditWords, v: int, i: int) -> bool:
    """*Rückendeckung erhielt Präsident Moon*: a bare noun beside a verb of receiving is a thing, not who gets it."""
    named = any(n.head == i and n.pos == "PROPN" for n in nodes)
    return (
        nodes[v].lower in words.receiving
        and nodes[i].pos == "NOUN"
        and not named
        and not article_of(nodes, i)
    )


def subjects_agree(nodes: list[Node], words: EditWords) -> None:
    """*Pekings Machthaber kritisierten …*: a noun of which only the verb tells the number has the verb's."""
    for i, node in enumerate(nodes):
        if node.label not in ("nsubj", "nsubj:pass") or node.pos != "NOUN":
            continue
        if any(n.head == i and n is not node and n.label in _NUMBERED for n in nodes):
            continue
        helpers = [n for n in nodes if n.head == node.head and n.label in HELPERS]
        finite = [n for n in (*helpers, nodes[node.head]) if n.feats.get("VerbForm") == "Fin"]
        if finite and "Number" in finite[0].feats:
            node.feats = {**node.feats, "Number": finite[0].feats["Number"]}
