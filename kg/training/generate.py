"""Generated trees: the sentences that diplomacy news is made of and edited treebanks hardly have.

Bare names on both sides of a verb (*Frankreich lobte Deutschland*), names in the genitive behind a noun
(*der Raketentest Nordkoreas*), datives without an article (*Kiew warf Moskau Verrat vor*), long
brackets, extended participles, sources. Words and patterns are data (``sentences.toml``, the
gazetteer); this module puts them into order and agreement. Trees follow UD German-GSD.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.entities.gazetteer import Gazetteer
from kg.lang import LanguageData
from kg.model import Gender
from kg.training.conllu import Sentence, Word

_ARTICLES = {
    ("Masc", "Nom"): "der", ("Masc", "Acc"): "den", ("Masc", "Dat"): "dem", ("Masc", "Gen"): "des",
    ("Fem", "Nom"): "die", ("Fem", "Acc"): "die", ("Fem", "Dat"): "der", ("Fem", "Gen"): "der",
    ("Neut", "Nom"): "das", ("Neut", "Acc"): "das", ("Neut", "Dat"): "dem", ("Neut", "Gen"): "des",
    ("Plur", "Nom"): "die", ("Plur", "Acc"): "die", ("Plur", "Dat"): "den", ("Plur", "Gen"): "der",
}  # fmt: skip
_FUSED = {
    ("in", "dem"): "im",
    ("an", "dem"): "am",
    ("zu", "dem"): "zum",
    ("zu", "der"): "zur",
    ("von", "dem"): "vom",
}
_PREPOSITION_CASE = {"an": "Acc", "auf": "Acc", "gegen": "Acc", "für": "Acc", "in": "Dat", "mit": "Dat", "nach": "Dat", "zu": "Dat", "von": "Dat", "zwischen": "Dat"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Node:
    """A word with what depends on it: ``before`` and ``behind`` in order, each with its label."""

    word: Word
    before: tuple[tuple[str, _Node], ...] = ()
    behind: tuple[tuple[str, _Node], ...] = ()

    def front(self, label: str, node: _Node) -> _Node:
        return replace(self, before=((label, node), *self.before))

    def back(self, label: str, node: _Node) -> _Node:
        return replace(self, behind=(*self.behind, (label, node)))


def _leaf(form: str, lemma: str, upos: str, feats: str = "_") -> _Node:
    return _Node(Word(form, lemma, upos, feats, 0, "", True))


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
        words: dict[str, Any] = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text("utf-8"))
        self._words = words
        self._verbs = [line.split("|", 8) for line in words["verbs"]]
        gazetteer = Gazetteer.of(data)
        entities = list(gazetteer.entities.values())
        self._persons = [e.label for e in entities if e.kind == "Person"]
        self._families = list(gazetteer.family_names)
        self._states = [(e.label, e.gender) for e in entities if e.kind == "State" and " " not in e.label]
        self._cities = [
            e.label
            for e in entities
            if e.kind == "Place" and " " not in e.label and e.gender is Gender.NEUTER
        ]
        self._capitals = [c for c in gazetteer.state_capitals if " " not in c]
        self._organizations = [
            (e.label, e.gender)
            for e in entities
            if e.kind not in ("Person", "State", "Place") and " " not in e.label
        ]
        self._adjectives = sorted({a for a in gazetteer.adjectives if a.islower() and a.endswith("isch")})

    def sentence(self) -> Sentence:
        """One sentence of a random pattern."""
        patterns = (self._main, self._main, self._main, self._fronted, self._perfect, self._modal, self._passive,
                    self._reported, self._tagged, self._sourced, self._nominal, self._infinitive)  # fmt: skip
        return _linear(self._rng.choice(patterns)())

    # --- phrases

    def _name(self, words: str, case: str) -> _Node:
        parts = words.split()
        if case == "Gen" and not parts[-1].endswith(("s", "ß", "x", "z")):
            parts[-1] += "s"
        feats = f"Case={case}|Number=Sing"
        node = _leaf(parts[0], parts[0], "PROPN", feats)
        for part in parts[1:]:
            node = node.back("flat", _leaf(part, part, "PROPN", feats))
        return node

    def _article(self, gender: str, case: str) -> _Node:
        number = "Plur" if gender == "Plur" else "Sing"
        sex = "" if gender == "Plur" else f"|Gender={gender}"
        return _leaf(
            _ARTICLES[gender, case],
            "der",
            "DET",
            f"Case={case}|Definite=Def{sex}|Number={number}|PronType=Art",
        )

    def _named(self, label: str, gender: Gender, case: str) -> _Node:
        """A state or organisation, with an article unless it is neuter."""
        if gender in (Gender.NEUTER, Gender.UNKNOWN):
            return self._name(label, case)
        number = "Plur" if gender is Gender.PLURAL else "Sing"
        return _leaf(label, label, "PROPN", f"Case={case}|Number={number}").front(
            "det", self._article(gender.value, case)
        )

    def _titled(self, case: str) -> _Node:
        nominative, oblique, gender = self._rng.choice(self._words["titles"]).split("|")
        form = nominative if case == "Nom" else oblique
        node = _leaf(form, nominative, "NOUN", f"Case={case}|Gender={gender}|Number=Sing")
        if self._rng.random() < 0.6:
            end = "e" if case == "Nom" or (gender == "Fem" and case == "Acc") else "en"
            adjective = self._rng.choice(self._adjectives)
            feats = f"Case={case}|Degree=Pos|Gender={gender}|Number=Sing"
            node = node.front("amod", _leaf(adjective + end, adjective, "ADJ", feats)).front(
                "det", self._article(gender, case)
            )
        return node.back("appos", self._name(self._rng.choice(self._persons), case))

    def _actor(self, case: str, *, pairs: bool = True) -> tuple[_Node, str]:
        """An actor with its number (*Sing*, *Plur*)."""
        roll = self._rng.random()
        if pairs and roll < 0.12:
            first, second = self._actor(case, pairs=False)[0], self._actor(case, pairs=False)[0]
            return first.back("conj", second.front("cc", _leaf("und", "und", "CCONJ"))), "Plur"
        if roll < 0.35:
            return self._name(self._rng.choice(self._families), case), "Sing"
        if roll < 0.5:
            return self._name(self._rng.choice(self._persons), case), "Sing"
        if roll < 0.62:
            return self._titled(case), "Sing"
        if roll < 0.72:
            return self._name(self._rng.choice(self._capitals), case), "Sing"
        label, gender = self._rng.choice(self._organizations if roll > 0.92 else self._states)
        return self._named(label, gender, case), "Plur" if gender is Gender.PLURAL else "Sing"

    def _thing(self, case: str) -> tuple[_Node, str]:
        """*der Raketentest Nordkoreas*, *Gespräche mit Teheran*."""
        if self._rng.random() < 0.4:
            noun, _, kinds = self._rng.choice(self._words["plural_things"]).partition("|")
            form = noun + "n" if case == "Dat" and not noun.endswith("n") else noun
            node = _leaf(
                form,
                noun.removesuffix("en") if noun.endswith("ionen") else noun,
                "NOUN",
                f"Case={case}|Number=Plur",
            )
            if self._rng.random() < 0.4:
                node = node.front("det", self._article("Plur", case))
            return self._attributed(node, kinds), "Plur"
        noun, gender, kinds = self._rng.choice(self._words["things"]).split("|")
        form = noun + "s" if case == "Gen" and gender != "Fem" else noun
        node = _leaf(form, noun, "NOUN", f"Case={case}|Gender={gender}|Number=Sing")
        if self._rng.random() < 0.15:
            return node.front("nmod", self._actor("Gen", pairs=False)[0]), "Sing"
        return self._attributed(node.front("det", self._article(gender, case)), kinds), "Sing"

    def _attributed(self, node: _Node, kinds: str) -> _Node:
        options = [k for k in kinds.split(",") if k]
        if not options or self._rng.random() < 0.2:
            return node
        chosen = self._rng.sample(options, self._rng.randint(1, min(2, len(options))))
        for kind in sorted(chosen, key=lambda k: k != "gen"):
            if kind == "gen":
                node = node.back("nmod", self._actor("Gen", pairs=False)[0])
            elif kind in ("in", "nach"):
                node = node.back(
                    "nmod", self._prepositional(kind, self._name(self._rng.choice(self._cities), "Dat"))
                )
            else:
                node = node.back("nmod", self._prepositional(kind, self._partner(kind)))
        return node

    def _partner(self, preposition: str) -> _Node:
        case = _PREPOSITION_CASE[preposition]
        if preposition != "zwischen":
            return self._actor(case)[0]
        first, second = self._actor(case, pairs=False)[0], self._actor(case, pairs=False)[0]
        return first.back("conj", second.front("cc", _leaf("und", "und", "CCONJ")))

    def _prepositional(self, preposition: str, node: _Node) -> _Node:
        article = node.before[0] if node.before and node.before[0][0] == "det" else None
        fused = _FUSED.get((preposition, article[1].word.form)) if article else None
        if fused and article and not any(label == "amod" for label, _ in node.before):
            node = replace(node, before=node.before[1:])
            return node.front("case", _leaf(fused, preposition, "ADP", article[1].word.feats))
        return node.front("case", _leaf(preposition, preposition, "ADP"))

    def _when(self) -> tuple[str, _Node]:
        roll = self._rng.random()
        if roll < 0.4:
            return "advmod", _leaf(word := self._rng.choice(self._words["adverbs"]), word, "ADV")
        if roll < 0.6:
            return "obl", self._prepositional("in", self._name(self._rng.choice(self._cities), "Dat"))
        named, fused = ("days", "am") if roll < 0.85 else ("months", "im")
        word = self._rng.choice(self._words[named])
        case = "Case=Dat|Definite=Def|Gender=Masc|Number=Sing|PronType=Art"
        noun = _leaf(word, word, "PROPN", "Case=Dat|Gender=Masc|Number=Sing")
        return "obl", noun.front("case", _leaf(fused, {"am": "an", "im": "in"}[fused], "ADP", case))

    # --- clauses

    def _objects(self, valency: str) -> list[tuple[str, _Node]]:
        """The objects of a verb, in order."""
        choice = self._rng.choice(valency.split(","))
        found: list[tuple[str, _Node]] = []
        for part in choice.split(" "):
            if part == "acc":
                found.append(("obj", self._actor("Acc")[0]))
            elif part == "dat":
                found.append(("obl:arg", self._actor("Dat")[0]))
            elif part == "thing":
                found.append(("obj", self._thing("Acc")[0]))
            elif part == "dat+thing":
                found.extend([("obl:arg", self._actor("Dat")[0]), ("obj", self._thing("Acc")[0])])
            else:
                preposition, case, kind = part.split(":")
                if kind == "place":
                    node = self._name(self._rng.choice(self._cities), case)
                elif kind in ("actor", "pair"):
                    node = self._partner(preposition)
                else:
                    noun = self._rng.choice(kind.split("|"))
                    node = _leaf(
                        noun, noun, "NOUN", f"Case={case}|Number={'Plur' if noun.endswith('en') else 'Sing'}"
                    )
                found.append(("obl", self._prepositional(preposition, node)))
        return found

    def _finite(self, forms: Sequence[str], number: str, past: bool) -> _Node:
        infinitive, particle = forms[0], forms[6]
        form = forms[(3 if past else 1) + (number == "Plur")]
        feats = f"Mood=Ind|Number={number}|Person=3|Tense={'Past' if past else 'Pres'}|VerbForm=Fin"
        return _leaf(form, particle + infinitive, "VERB", feats)

    def _participle(self, forms: Sequence[str]) -> _Node:
        return _leaf(forms[5], forms[6] + forms[0], "VERB", "VerbForm=Part")

    def _auxiliary(self, lemma: str, number: str, mood: str = "Ind", tense: str = "Pres") -> _Node:
        table = {
            ("haben", "Ind", "Pres"): ("hat", "haben"), ("haben", "Ind", "Past"): ("hatte", "hatten"), ("haben", "Sub", "Pres"): ("habe", "hätten"),
            ("sein", "Ind", "Pres"): ("ist", "sind"), ("sein", "Ind", "Past"): ("war", "waren"), ("sein", "Sub", "Pres"): ("sei", "seien"),
            ("werden", "Ind", "Pres"): ("wird", "werden"), ("werden", "Ind", "Past"): ("wurde", "wurden"), ("werden", "Sub", "Pres"): ("werde", "würden"),
            ("wollen", "Ind", "Pres"): ("will", "wollen"), ("sollen", "Ind", "Pres"): ("soll", "sollen"), ("können", "Sub", "Past"): ("könnte", "könnten"),
        }  # fmt: skip
        form = table[lemma, mood, tense][number == "Plur"]
        return _leaf(form, lemma, "AUX", f"Mood={mood}|Number={number}|Person=3|Tense={tense}|VerbForm=Fin")

    def _verb(self, *, active: bool = True) -> list[str]:
        verbs = self._verbs if active else [v for v in self._verbs if v[8].split(",")[0] in ("acc", "thing")]
        return self._rng.choice(verbs)

    def _negation(self) -> list[tuple[str, _Node]]:
        return (
            [("advmod", _leaf("nicht", "nicht", "PART", "Polarity=Neg"))] if self._rng.random() < 0.1 else []
        )

    def _middle(self, objects: list[tuple[str, _Node]]) -> list[tuple[str, _Node]]:
        """Objects with, now and then, an adverbial among them and a negation behind."""
        found = list(objects)
        if self._rng.random() < 0.4:
            found.insert(self._rng.randint(0, len(found)), self._when())
        return [*found, *self._negation()]

    def _main(self) -> _Node:
        forms = self._verb()
        subject, number = self._actor("Nom")
        verb = self._finite(forms, number, self._rng.random() < 0.6).front("nsubj", subject)
        return _close(self._bracketed(verb, forms, self._middle(self._objects(forms[8]))))

    def _fronted(self) -> _Node:
        """An adverbial, an object or the demonstrative *das* before the verb."""
        forms = self._verb()
        subject, number = self._actor("Nom")
        objects = self._objects(forms[8])
        if self._rng.random() < 0.3 and objects[0][0] in ("obl:arg", "obl"):
            first, rest = objects[0], objects[1:]
        else:
            first, rest = self._when(), objects
        verb = self._finite(forms, number, self._rng.random() < 0.6).front(*first)
        middle = [("nsubj", subject), *rest, *self._negation()]
        return _close(self._bracketed(verb, forms, middle))

    def _bracketed(self, verb: _Node, forms: Sequence[str], middle: list[tuple[str, _Node]]) -> _Node:
        for label, node in middle:
            verb = verb.back(label, node)
        return (
            verb.back("compound:prt", _leaf(forms[6], forms[6], "ADP", "PartType=Vbp")) if forms[6] else verb
        )

    def _perfect(self) -> _Node:
        forms = self._verb()
        subject, number = self._actor("Nom")
        verb = self._participle(forms)
        auxiliary = self._auxiliary(forms[7], number, tense=self._rng.choice(("Pres", "Past")))
        return _close(
            self._second(verb, ("aux", auxiliary), ("nsubj", subject), self._middle(self._objects(forms[8])))
        )

    def _modal(self) -> _Node:
        forms = self._verb()
        subject, number = self._actor("Nom")
        verb = _leaf(forms[6] + forms[0], forms[6] + forms[0], "VERB", "VerbForm=Inf")
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

    def _passive(self) -> _Node:
        forms = self._verb(active=False)
        subject, number = self._thing("Nom") if forms[8] == "thing" else self._actor("Nom")
        by = self._prepositional("von", self._actor("Dat")[0])
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
        verb: _Node,
        auxiliary: tuple[str, _Node],
        subject: tuple[str, _Node],
        middle: list[tuple[str, _Node]],
    ) -> _Node:
        """Auxiliary in second place, the verb at the end; before it the subject or an adverbial."""
        if self._rng.random() < 0.3:
            return replace(verb, before=(self._when(), auxiliary, subject, *middle))
        return replace(verb, before=(subject, auxiliary, *middle))

    def _content(self) -> _Node:
        """A clause of reported speech: *Russland habe die Türkei bedroht*."""
        forms = self._verb()
        subject, number = self._actor("Nom")
        auxiliary = self._auxiliary(forms[7], number, "Sub")
        return replace(
            self._participle(forms),
            before=(("nsubj", subject), ("aux", auxiliary), *self._middle(self._objects(forms[8]))),
        )

    def _speech(self, number: str) -> tuple[_Node, str]:
        lemma, singular, plural, *particle = self._rng.choice(self._words["speech"]).split("|")
        feats = f"Mood=Ind|Number={number}|Person=3|Tense=Past|VerbForm=Fin"
        return _leaf(plural if number == "Plur" else singular, lemma, "VERB", feats), "".join(particle)

    def _reported(self) -> _Node:
        """*X sagte, Y habe …*; *X sagte, dass Y …*."""
        subject, number = self._actor("Nom")
        verb, particle = self._speech(number)
        verb = verb.front("nsubj", subject)
        if particle:
            verb = verb.back("compound:prt", _leaf(particle, particle, "ADP", "PartType=Vbp"))
        content = self._content()
        if self._rng.random() < 0.4:
            auxiliary = next(pair for pair in content.before if pair[0] == "aux")
            before = tuple(pair for pair in content.before if pair[0] != "aux")
            content = replace(
                content, before=(("mark", _leaf("dass", "dass", "SCONJ")), *before), behind=(auxiliary,)
            )
        return _close(verb.back("ccomp", content.front("punct", _leaf(",", ",", "PUNCT"))))

    def _tagged(self) -> _Node:
        """*Y habe …, sagte X*."""
        subject, number = self._actor("Nom")
        verb, particle = self._speech(number)
        verb = verb.back("nsubj", subject)
        if particle:
            verb = verb.back("compound:prt", _leaf(particle, particle, "ADP", "PartType=Vbp"))
        content = self._content().back("punct", _leaf(",", ",", "PUNCT"))
        return _close(verb.front("ccomp", content))

    def _sourced(self) -> _Node:
        """*Laut Reuters hat …*, *Reuters zufolge …*, *Nach Angaben von Reuters …*, *Das berichtete Reuters*."""
        source = self._name(self._rng.choice(self._words["sources"]), "Dat")
        if self._rng.random() < 0.15:
            verb, particle = self._speech("Sing")
            verb = verb.front(
                "obj", _leaf("Das", "der", "PRON", "Case=Acc|Gender=Neut|Number=Sing|PronType=Dem")
            ).back("nsubj", self._name(source.word.form, "Nom"))
            return _close(
                verb.back("compound:prt", _leaf(particle, particle, "ADP", "PartType=Vbp"))
                if particle
                else verb
            )
        roll = self._rng.random()
        if roll < 0.35:
            phrase = source.front("case", _leaf("laut", "laut", "ADP"))
        elif roll < 0.7:
            phrase = source.back("case", _leaf("zufolge", "zufolge", "ADP"))
        else:
            phrase = _leaf("Angaben", "Angabe", "NOUN", "Case=Dat|Gender=Fem|Number=Plur").front(
                "case", _leaf("nach", "nach", "ADP")
            )
            phrase = phrase.back("nmod", self._prepositional("von", source))
        forms = self._verb()
        subject, number = self._actor("Nom")
        auxiliary = self._auxiliary(forms[7], number)
        before = (
            ("obl", phrase),
            ("aux", auxiliary),
            ("nsubj", subject),
            *self._middle(self._objects(forms[8])),
        )
        return _close(replace(self._participle(forms), before=before))

    def _nominal(self) -> _Node:
        """An event noun as subject or in a fronted phrase: *Nach dem Besuch Kims in Peking …*."""
        if self._rng.random() < 0.5:
            subject, _ = self._thing("Nom")
            number = "Plur" if "Number=Plur" in subject.word.feats else "Sing"
            forms = self._rng.choice([v for v in self._verbs if v[8].split(",")[0] in ("acc", "dat")])
            verb = self._finite(forms, number, True).front("nsubj", subject)
            return _close(self._bracketed(verb, forms, self._objects(forms[8].split(",")[0])))
        forms = self._verb()
        subject, number = self._actor("Nom")
        phrase = self._prepositional(self._rng.choice(("nach", "mit")), self._thing("Dat")[0])
        verb = self._finite(forms, number, True).front("obl", phrase)
        return _close(self._bracketed(verb, forms, [("nsubj", subject), *self._objects(forms[8])]))

    def _infinitive(self) -> _Node:
        """*X drohte (Y), Z anzugreifen*."""
        forms = self._verb()
        below = _leaf(
            f"{forms[6]}zu{forms[0]}" if forms[6] else forms[0], forms[6] + forms[0], "VERB", "VerbForm=Inf"
        )
        if not forms[6]:
            below = below.front("mark", _leaf("zu", "zu", "PART"))
        for label, node in reversed(self._objects(forms[8])):
            below = below.front(label, node)
        above = self._rng.choice(
            [v for v in self._verbs if v[0] in ("drohen", "fordern", "bitten", "warnen", "kündigen")]
        )
        subject, number = self._actor("Nom")
        verb = self._finite(above, number, True).front("nsubj", subject)
        if above[0] in ("bitten", "warnen"):
            verb = verb.back("obj", self._actor("Acc")[0])
        elif above[0] == "drohen" and self._rng.random() < 0.5:
            verb = verb.back("obl:arg", self._actor("Dat")[0])
        verb = self._bracketed(verb, above, [])
        return _close(verb.back("xcomp", below.front("punct", _leaf(",", ",", "PUNCT"))))


def _close(node: _Node) -> _Node:
    return node.back("punct", _leaf(".", ".", "PUNCT"))


def _linear(root: _Node) -> Sentence:
    """A tree of nodes ─▶ words in order with the indices of their heads."""
    order: list[tuple[_Node, str, _Node | None]] = []

    def walk(node: _Node, label: str, head: _Node | None) -> None:
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
