"""Generated trees: the sentences that diplomacy news is made of and edited treebanks hardly have.

Bare names on both sides of a verb (*Frankreich lobte Deutschland*), names in the genitive behind a noun
(*der Raketentest Nordkoreas*), datives without an article (*Kiew warf Moskau Verrat vor*), long
brackets, extended participles, sources. Words and patterns are data (``sentences.toml``, the
gazetteer); this module puts them into order and agreement. Trees follow UD German-GSD.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from kg.lang import LanguageData
from kg.training.conllu import Sentence
from kg.training.phrases import Node, Phrases, leaf


def generate(data: LanguageData, count: int, seed: int = 11) -> list[Sentence]:
    """So many different sentences; the same seed gives the same ones."""
    maker = _Maker(data, random.Random(seed))
    found: dict[tuple[str, ...], Sentence] = {}
    while len(found) < count:
        sentence = maker.sentence()
        found.setdefault(tuple(w.form for w in sentence.words), sentence)
    return list(found.values())


class _Maker:
    def __init__(self, data: LanguageData, rng: random.Random) -> None:
        self._rng = rng
        self._phrases = Phrases(data, rng)
        self._verbs = [line.split("|", 8) for line in self._phrases.words["verbs"]]

    def sentence(self) -> Sentence:
        """One sentence of a random pattern."""
        patterns = (self._main, self._main, self._main, self._fronted, self._perfect, self._modal, self._passive,
                    self._reported, self._tagged, self._sourced, self._nominal, self._infinitive)  # fmt: skip
        return _linear(self._rng.choice(patterns)())

    def _objects(self, valency: str) -> list[tuple[str, Node]]:
        """The objects of a verb, in order."""
        choice = self._rng.choice(valency.split(","))
        found: list[tuple[str, Node]] = []
        for part in choice.split(" "):
            if part == "acc":
                found.append(("obj", self._phrases.actor("Acc")[0]))
            elif part == "dat":
                found.append(("obl:arg", self._phrases.actor("Dat")[0]))
            elif part == "thing":
                found.append(("obj", self._phrases.thing("Acc")[0]))
            elif part == "dat+thing":
                found.extend(
                    [("obl:arg", self._phrases.actor("Dat")[0]), ("obj", self._phrases.thing("Acc")[0])]
                )
            else:
                preposition, case, kind = part.split(":")
                if kind == "place":
                    node = self._phrases.name(self._rng.choice(self._phrases.cities), case)
                elif kind in ("actor", "pair"):
                    node = self._phrases.partner(preposition)
                else:
                    noun = self._rng.choice(kind.split("|"))
                    node = leaf(
                        noun, noun, "NOUN", f"Case={case}|Number={'Plur' if noun.endswith('en') else 'Sing'}"
                    )
                found.append(("obl", self._phrases.prepositional(preposition, node)))
        return found

    def _finite(self, forms: Sequence[str], number: str, past: bool) -> Node:
        infinitive, particle = forms[0], forms[6]
        form = forms[(3 if past else 1) + (number == "Plur")]
        feats = f"Mood=Ind|Number={number}|Person=3|Tense={'Past' if past else 'Pres'}|VerbForm=Fin"
        return leaf(form, particle + infinitive, "VERB", feats)

    def _participle(self, forms: Sequence[str]) -> Node:
        return leaf(forms[5], forms[6] + forms[0], "VERB", "VerbForm=Part")

    def _auxiliary(self, lemma: str, number: str, mood: str = "Ind", tense: str = "Pres") -> Node:
        table = {
            ("haben", "Ind", "Pres"): ("hat", "haben"), ("haben", "Ind", "Past"): ("hatte", "hatten"), ("haben", "Sub", "Pres"): ("habe", "hätten"),
            ("sein", "Ind", "Pres"): ("ist", "sind"), ("sein", "Ind", "Past"): ("war", "waren"), ("sein", "Sub", "Pres"): ("sei", "seien"),
            ("werden", "Ind", "Pres"): ("wird", "werden"), ("werden", "Ind", "Past"): ("wurde", "wurden"), ("werden", "Sub", "Pres"): ("werde", "würden"),
            ("wollen", "Ind", "Pres"): ("will", "wollen"), ("sollen", "Ind", "Pres"): ("soll", "sollen"), ("können", "Sub", "Past"): ("könnte", "könnten"),
        }  # fmt: skip
        form = table[lemma, mood, tense][number == "Plur"]
        return leaf(form, lemma, "AUX", f"Mood={mood}|Number={number}|Person=3|Tense={tense}|VerbForm=Fin")

    def _verb(self, *, active: bool = True) -> list[str]:
        verbs = self._verbs if active else [v for v in self._verbs if v[8].split(",")[0] in ("acc", "thing")]
        return self._rng.choice(verbs)

    def _negation(self) -> list[tuple[str, Node]]:
        return (
            [("advmod", leaf("nicht", "nicht", "PART", "Polarity=Neg"))] if self._rng.random() < 0.1 else []
        )

    def _middle(self, objects: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
        """Objects with, now and then, an adverbial among them and a negation behind."""
        found = list(objects)
        if self._rng.random() < 0.4:
            found.insert(self._rng.randint(0, len(found)), self._phrases.when())
        return [*found, *self._negation()]

    def _main(self) -> Node:
        forms = self._verb()
        subject, number = self._phrases.actor("Nom")
        verb = self._finite(forms, number, self._rng.random() < 0.6).front("nsubj", subject)
        return _close(self._bracketed(verb, forms, self._middle(self._objects(forms[8]))))

    def _fronted(self) -> Node:
        """An adverbial, an object or the demonstrative *das* before the verb."""
        forms = self._verb()
        subject, number = self._phrases.actor("Nom")
        objects = self._objects(forms[8])
        if self._rng.random() < 0.3 and objects[0][0] in ("obl:arg", "obl"):
            first, rest = objects[0], objects[1:]
        else:
            first, rest = self._phrases.when(), objects
        verb = self._finite(forms, number, self._rng.random() < 0.6).front(*first)
        middle = [("nsubj", subject), *rest, *self._negation()]
        return _close(self._bracketed(verb, forms, middle))

    def _bracketed(self, verb: Node, forms: Sequence[str], middle: list[tuple[str, Node]]) -> Node:
        for label, node in middle:
            verb = verb.back(label, node)
        return (
            verb.back("compound:prt", leaf(forms[6], forms[6], "ADP", "PartType=Vbp")) if forms[6] else verb
        )

    def _perfect(self) -> Node:
        forms = self._verb()
        subject, number = self._phrases.actor("Nom")
        verb = self._participle(forms)
        auxiliary = self._auxiliary(forms[7], number, tense=self._rng.choice(("Pres", "Past")))
        return _close(
            self._second(verb, ("aux", auxiliary), ("nsubj", subject), self._middle(self._objects(forms[8])))
        )

    def _modal(self) -> Node:
        forms = self._verb()
        subject, number = self._phrases.actor("Nom")
        verb = leaf(forms[6] + forms[0], forms[6] + forms[0], "VERB", "VerbForm=Inf")
        lemma, mood, tense = self._rng.choice(
            (
                ("wollen", "Ind", "Pres"),
                ("sollen", "Ind", "Pres"),
                ("können", "Sub", "Past"),
                ("werden", "Ind", "Pres"),
            )
        )
        auxiliary = self._auxiliary(lemma, number, mood, tense)
        return _close(
            self._second(verb, ("aux", auxiliary), ("nsubj", subject), self._middle(self._objects(forms[8])))
        )

    def _passive(self) -> Node:
        forms = self._verb(active=False)
        subject, number = self._phrases.thing("Nom") if forms[8] == "thing" else self._phrases.actor("Nom")
        by = self._phrases.prepositional("von", self._phrases.actor("Dat")[0])
        middle = [("obl", by)] if self._rng.random() < 0.7 else []
        verb = self._participle(forms)
        return _close(
            self._second(
                verb,
                ("aux:pass", self._auxiliary("werden", number, tense="Past")),
                ("nsubj:pass", subject),
                self._middle(middle),
            )
        )

    def _second(
        self,
        verb: Node,
        auxiliary: tuple[str, Node],
        subject: tuple[str, Node],
        middle: list[tuple[str, Node]],
    ) -> Node:
        """Auxiliary in second place, the verb at the end; before it the subject or an adverbial."""
        if self._rng.random() < 0.3:
            return replace(verb, before=(self._phrases.when(), auxiliary, subject, *middle))
        return replace(verb, before=(subject, auxiliary, *middle))

    def _content(self) -> Node:
        """A clause of reported speech: *Russland habe die Türkei bedroht*."""
        forms = self._verb()
        subject, number = self._phrases.actor("Nom")
        auxiliary = self._auxiliary(forms[7], number, "Sub")
        return replace(
            self._participle(forms),
            before=(("nsubj", subject), ("aux", auxiliary), *self._middle(self._objects(forms[8]))),
        )

    def _speech(self, number: str) -> tuple[Node, str]:
        lemma, singular, plural, *particle = self._rng.choice(self._phrases.words["speech"]).split("|")
        feats = f"Mood=Ind|Number={number}|Person=3|Tense=Past|VerbForm=Fin"
        return leaf(plural if number == "Plur" else singular, lemma, "VERB", feats), "".join(particle)

    def _reported(self) -> Node:
        """*X sagte, Y habe …*; *X sagte, dass Y …*."""
        subject, number = self._phrases.actor("Nom")
        verb, particle = self._speech(number)
        verb = verb.front("nsubj", subject)
        if particle:
            verb = verb.back("compound:prt", leaf(particle, particle, "ADP", "PartType=Vbp"))
        content = self._content()
        if self._rng.random() < 0.4:
            auxiliary = next(pair for pair in content.before if pair[0] == "aux")
            before = tuple(pair for pair in content.before if pair[0] != "aux")
            content = replace(
                content, before=(("mark", leaf("dass", "dass", "SCONJ")), *before), behind=(auxiliary,)
            )
        return _close(verb.back("ccomp", content.front("punct", leaf(",", ",", "PUNCT"))))

    def _tagged(self) -> Node:
        """*Y habe …, sagte X*."""
        subject, number = self._phrases.actor("Nom")
        verb, particle = self._speech(number)
        verb = verb.back("nsubj", subject)
        if particle:
            verb = verb.back("compound:prt", leaf(particle, particle, "ADP", "PartType=Vbp"))
        content = self._content().back("punct", leaf(",", ",", "PUNCT"))
        return _close(verb.front("ccomp", content))

    def _sourced(self) -> Node:
        """*Laut Reuters hat …*, *Reuters zufolge …*, *Nach Angaben von Reuters …*, *Das berichtete Reuters*."""
        source = self._phrases.name(self._rng.choice(self._phrases.words["sources"]), "Dat")
        if self._rng.random() < 0.15:
            verb, particle = self._speech("Sing")
            verb = verb.front(
                "obj", leaf("Das", "der", "PRON", "Case=Acc|Gender=Neut|Number=Sing|PronType=Dem")
            ).back("nsubj", self._phrases.name(source.word.form, "Nom"))
            return _close(
                verb.back("compound:prt", leaf(particle, particle, "ADP", "PartType=Vbp"))
                if particle
                else verb
            )
        roll = self._rng.random()
        if roll < 0.35:
            phrase = source.front("case", leaf("laut", "laut", "ADP"))
        elif roll < 0.7:
            phrase = source.back("case", leaf("zufolge", "zufolge", "ADP"))
        else:
            phrase = leaf("Angaben", "Angabe", "NOUN", "Case=Dat|Gender=Fem|Number=Plur").front(
                "case", leaf("nach", "nach", "ADP")
            )
            phrase = phrase.back("nmod", self._phrases.prepositional("von", source))
        forms = self._verb()
        subject, number = self._phrases.actor("Nom")
        auxiliary = self._auxiliary(forms[7], number)
        before = (
            ("obl", phrase),
            ("aux", auxiliary),
            ("nsubj", subject),
            *self._middle(self._objects(forms[8])),
        )
        return _close(replace(self._participle(forms), before=before))

    def _nominal(self) -> Node:
        """An event noun as subject or in a fronted phrase: *Nach dem Besuch Kims in Peking …*."""
        if self._rng.random() < 0.5:
            subject, _ = self._phrases.thing("Nom")
            number = "Plur" if "Number=Plur" in subject.word.feats else "Sing"
            forms = self._rng.choice([v for v in self._verbs if v[8].split(",")[0] in ("acc", "dat")])
            verb = self._finite(forms, number, True).front("nsubj", subject)
            return _close(self._bracketed(verb, forms, self._objects(forms[8].split(",")[0])))
        forms = self._verb()
        subject, number = self._phrases.actor("Nom")
        phrase = self._phrases.prepositional(self._rng.choice(("nach", "mit")), self._phrases.thing("Dat")[0])
        verb = self._finite(forms, number, True).front("obl", phrase)
        return _close(self._bracketed(verb, forms, [("nsubj", subject), *self._objects(forms[8])]))

    def _infinitive(self) -> Node:
        """*X drohte (Y), Z anzugreifen*."""
        forms = self._verb()
        below = leaf(
            f"{forms[6]}zu{forms[0]}" if forms[6] else forms[0], forms[6] + forms[0], "VERB", "VerbForm=Inf"
        )
        if not forms[6]:
            below = below.front("mark", leaf("zu", "zu", "PART"))
        for label, node in reversed(self._objects(forms[8])):
            below = below.front(label, node)
        above = self._rng.choice(
            [v for v in self._verbs if v[0] in ("drohen", "fordern", "bitten", "warnen", "kündigen")]
        )
        subject, number = self._phrases.actor("Nom")
        verb = self._finite(above, number, True).front("nsubj", subject)
        if above[0] in ("bitten", "warnen"):
            verb = verb.back("obj", self._phrases.actor("Acc")[0])
        elif above[0] == "drohen" and self._rng.random() < 0.5:
            verb = verb.back("obl:arg", self._phrases.actor("Dat")[0])
        verb = self._bracketed(verb, above, [])
        return _close(verb.back("xcomp", below.front("punct", leaf(",", ",", "PUNCT"))))


def _close(node: Node) -> Node:
    return node.back("punct", leaf(".", ".", "PUNCT"))


def _linear(root: Node) -> Sentence:
    """A tree of nodes ─▶ words in order with the indices of their heads."""
    order: list[tuple[Node, str, Node | None]] = []

    def walk(node: Node, label: str, head: Node | None) -> None:
        for below, child in node.before:
            walk(child, below, node)
        order.append((node, label, head))
        for below, child in node.behind:
            walk(child, below, node)

    walk(root, "root", None)
    place = {id(node): i for i, (node, _, _) in enumerate(order)}
    words = [
        replace(node.word, head=place[id(head)] if head is not None else i, deprel=label)
        for i, (node, label, head) in enumerate(order)
    ]
    words[0] = replace(words[0], form=words[0].form[:1].upper() + words[0].form[1:])
    for i, word in enumerate(words[1:], 1):
        if word.form in (",", "."):
            words[i - 1] = replace(words[i - 1], space=False)
    return Sentence(tuple(words))
