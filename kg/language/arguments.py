"""Which words are the arguments of a verb: rules of grammar over a statistical parse.

A verb has one subject, told by form, agreement and place; pronouns are no articles; an infinitive with *zu*
has no subject of its own.
"""

from __future__ import annotations

from kg.language.nodes import HELPERS, Node, RepairWords, article_of
from kg.language.reports import mend_reports

_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl:arg"})
_NUMBERED = frozenset({"det", "nummod", "amod", "conj"})
"""Labels of words that tell a noun's number, or that there are several."""


def mend_arguments(nodes: list[Node], words: RepairWords) -> None:
    """Apply all rules in place."""
    _adjectives_have_no_object(nodes)
    _passive_subjects_have_a_passive(nodes)
    _pronouns_are_arguments(nodes, words)
    _relative_pronouns(nodes, words)
    _infinitives_of_fronted_nouns(nodes, words)
    _infinitives_have_no_subject(nodes, words)
    mend_reports(nodes, words)
    _named_subject(nodes, words)
    _two_objects_and_no_subject(nodes)
    _one_subject(nodes, words)
    _subjects_agree(nodes)


def _dependants(nodes: list[Node], label: str) -> dict[int, list[int]]:
    """The dependants with a label of each word that has any, both in the order of the text."""
    found: dict[int, list[int]] = {}
    for i, node in enumerate(nodes):
        if node.label == label and node.head != i:
            found.setdefault(node.head, []).append(i)
    return dict(sorted(found.items()))


def _adjectives_have_no_object(nodes: list[Node]) -> None:
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


def _passive_subjects_have_a_passive(nodes: list[Node]) -> None:
    """*Die SPD hatte Roth aufgefordert*: beside an active verb, a second "passive subject" is the object."""
    for i, node in enumerate(nodes):
        if node.label != "nsubj:pass" or node.head == i:
            continue
        beside = {n.label for n in nodes if n.head == node.head and n is not node}
        if "aux:pass" not in beside and {"nsubj", "aux"} <= beside:
            node.label = "obj"


def _relative_pronouns(nodes: list[Node], words: RepairWords) -> None:
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
        oblique = node.lower in words.oblique_articles
        node.head, node.pos = verb, "PRON"
        node.label, name.label = ("obj", "nsubj") if oblique else ("nsubj", "obj")
        node.feats = {**node.feats, "PronType": "Rel", "Case": "Acc" if oblique else "Nom"}
        name.feats = {**name.feats, "Case": "Nom" if oblique else "Acc"}


def _pronouns_are_arguments(nodes: list[Node], words: RepairWords) -> None:
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
            node.label, case = ("iobj", "Dat") if dative else ("obj", "Acc")
            node.feats = {**node.feats, "Case": case}


def _infinitives_of_fronted_nouns(nodes: list[Node], words: RepairWords) -> None:
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


def _infinitives_have_no_subject(nodes: list[Node], words: RepairWords) -> None:
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


def _opened(nodes: list[Node], words: RepairWords, verb: int) -> None:
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


def _named_subject(nodes: list[Node], words: RepairWords) -> None:
    """*Das kritisierte Merkel*, *Das berichtete die Agentur Tass*: the name is the subject, *das* what is said.

    So it is in *Rückendeckung erhielt Präsident Moon*, as things receive nobody.
    """
    for v, subjects in _dependants(nodes, "nsubj").items():
        objects = [i for i, n in enumerate(nodes) if n.head == v and n.label == "obj" and i > v]
        if len(subjects) == 1 and _disagrees(nodes, words, v, subjects[0]):
            _swap(nodes, v, subjects[0])
            continue
        if len(subjects) != 1 or len(objects) != 1 or subjects[0] > v:
            continue
        subject, thing = nodes[objects[0]], nodes[subjects[0]]
        named = subject.pos == "PROPN" or any(
            n.head == objects[0] and n.pos == "PROPN" and n.label in ("appos", "flat") for n in nodes
        )
        received = _is_received(nodes, words, v, subjects[0])
        if (
            named
            and (thing.lower in words.demonstratives or received)
            and article_of(nodes, objects[0]) not in words.oblique_articles
        ):
            subject.label, thing.label = "nsubj", "obj"
            subject.feats, thing.feats = {**subject.feats, "Case": "Nom"}, {**thing.feats, "Case": "Acc"}


def _disagrees(nodes: list[Node], words: RepairWords, v: int, subject: int) -> bool:
    """*das die EU und Japan unterzeichnet haben*: a singular relative pronoun beside a plural verb."""
    pronoun = nodes[subject]
    if pronoun.lower not in words.demonstratives or pronoun.pos != "PRON" or nodes[v].label != "acl":
        return False
    return any(
        n.feats.get("VerbForm") == "Fin" and n.feats.get("Number") == "Plur" and (k == v or (n.head == v and n.label in HELPERS))
        for k, n in enumerate(nodes)
    )  # fmt: skip


def _swap(nodes: list[Node], v: int, subject: int) -> None:
    """Object and subject of a verb change places."""
    for node in nodes:
        if node.head == v and node.label == "obj":
            node.label = "nsubj"
            nodes[subject].label = "obj"


def _two_objects_and_no_subject(nodes: list[Node]) -> None:
    """*das Abkommen, das die EU unterzeichnet hat*: of two objects one is the subject (`_one_subject` tells which)."""
    for v, objects in _dependants(nodes, "obj").items():
        verb = nodes[v]
        if len(objects) != 2 or verb.label in ("conj", "xcomp"):
            continue
        own = [n for i, n in enumerate(nodes) if n.head == v and i != v]
        finite = any(
            n.feats.get("VerbForm") == "Fin" for n in (verb, *own) if n is verb or n.label in HELPERS
        )
        if finite and not any(n.label.startswith(("nsubj", "csubj", "expl")) for n in own):
            for i in objects:
                nodes[i].label = "nsubj"


def _one_subject(nodes: list[Node], words: RepairWords) -> None:
    """*Israel griff Ziele an*, *Das berichtete Xinhua*: a verb has one subject, told by form and agreement."""
    for v, subjects in _dependants(nodes, "nsubj").items():
        if len(subjects) < 2:
            continue
        subject = max(subjects, key=lambda i: (_likely_subject(nodes, words, v, i), -i))
        for i in subjects:
            if i == subject:
                continue
            if i > subject and any(n.head == i and n.label == "cc" for n in nodes):
                nodes[i].head, nodes[i].label = subject, "conj"  # "Trump und Chinas Staatschef"
                continue
            taken = any(n.head == v and n.label == "obj" for n in nodes)
            bare_name = nodes[i].pos == "PROPN" and not article_of(nodes, i)
            if taken and bare_name:
                nodes[i].label, nodes[i].feats = "iobj", {**nodes[i].feats, "Case": "Dat"}
            else:
                nodes[i].label, nodes[i].feats = "obj", {**nodes[i].feats, "Case": "Acc"}


def _likely_subject(nodes: list[Node], words: RepairWords, v: int, i: int) -> int:
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


def _is_received(nodes: list[Node], words: RepairWords, v: int, i: int) -> bool:
    """*Rückendeckung erhielt Präsident Moon*: a bare noun beside a verb of receiving is a thing, not who gets it."""
    named = any(n.head == i and n.pos == "PROPN" for n in nodes)
    return (
        nodes[v].lower in words.receiving
        and nodes[i].pos == "NOUN"
        and not named
        and not article_of(nodes, i)
    )


def _subjects_agree(nodes: list[Node]) -> None:
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
