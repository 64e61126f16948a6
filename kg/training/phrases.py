"""The noun phrases of the generated treebank: names, titles, events with their attributes."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.entities.gazetteer import Gazetteer
from kg.lang import LanguageData
from kg.model import Gender
from kg.training.conllu import Word

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
class Node:
    """A word with what depends on it: ``before`` and ``behind`` in order, each with its label."""

    word: Word
    before: tuple[tuple[str, Node], ...] = ()
    behind: tuple[tuple[str, Node], ...] = ()

    def front(self, label: str, node: Node) -> Node:
        """The same with a dependant before everything else."""
        return replace(self, before=((label, node), *self.before))

    def back(self, label: str, node: Node) -> Node:
        """The same with a dependant behind everything else."""
        return replace(self, behind=(*self.behind, (label, node)))


def leaf(form: str, lemma: str, upos: str, feats: str = "_") -> Node:
    """A word without dependants."""
    return Node(Word(form, lemma, upos, feats, 0, "", True))


class Phrases:
    """Makes phrases of random words in a case, with inflection and agreement."""

    def __init__(self, data: LanguageData, rng: random.Random) -> None:
        self.rng = rng
        words: dict[str, Any] = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text("utf-8"))
        self.words = words
        gazetteer = Gazetteer.of(data)
        entities = list(gazetteer.entities.values())
        self._persons = [e.label for e in entities if e.kind == "Person"]
        self._families = list(gazetteer.family_names)
        self._states = [(e.label, e.gender) for e in entities if e.kind == "State" and " " not in e.label]
        self.cities = [
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

    def name(self, words: str, case: str) -> Node:
        """A name of one or more words; the others are flat below the first."""
        parts = words.split()
        if case == "Gen" and not parts[-1].endswith(("s", "ß", "x", "z")):
            parts[-1] += "s"
        feats = f"Case={case}|Number=Sing"
        node = leaf(parts[0], parts[0], "PROPN", feats)
        for part in parts[1:]:
            node = node.back("flat", leaf(part, part, "PROPN", feats))
        return node

    def _article(self, gender: str, case: str) -> Node:
        number = "Plur" if gender == "Plur" else "Sing"
        sex = "" if gender == "Plur" else f"|Gender={gender}"
        return leaf(
            _ARTICLES[gender, case],
            "der",
            "DET",
            f"Case={case}|Definite=Def{sex}|Number={number}|PronType=Art",
        )

    def _named(self, label: str, gender: Gender, case: str) -> Node:
        """A state or organisation, with an article unless it is neuter."""
        if gender in (Gender.NEUTER, Gender.UNKNOWN):
            return self.name(label, case)
        number = "Plur" if gender is Gender.PLURAL else "Sing"
        return leaf(label, label, "PROPN", f"Case={case}|Number={number}").front(
            "det", self._article(gender.value, case)
        )

    def _titled(self, case: str) -> Node:
        nominative, oblique, gender = self.rng.choice(self.words["titles"]).split("|")
        form = nominative if case == "Nom" else oblique
        node = leaf(form, nominative, "NOUN", f"Case={case}|Gender={gender}|Number=Sing")
        if self.rng.random() < 0.6:
            end = "e" if case == "Nom" or (gender == "Fem" and case == "Acc") else "en"
            adjective = self.rng.choice(self._adjectives)
            feats = f"Case={case}|Degree=Pos|Gender={gender}|Number=Sing"
            node = node.front("amod", leaf(adjective + end, adjective, "ADJ", feats)).front(
                "det", self._article(gender, case)
            )
        return node.back("appos", self.name(self.rng.choice(self._persons), case))

    def actor(self, case: str, *, pairs: bool = True) -> tuple[Node, str]:
        """An actor with its number (*Sing*, *Plur*)."""
        roll = self.rng.random()
        if pairs and roll < 0.12:
            first, second = self.actor(case, pairs=False)[0], self.actor(case, pairs=False)[0]
            return first.back("conj", second.front("cc", leaf("und", "und", "CCONJ"))), "Plur"
        if roll < 0.35:
            return self.name(self.rng.choice(self._families), case), "Sing"
        if roll < 0.5:
            return self.name(self.rng.choice(self._persons), case), "Sing"
        if roll < 0.62:
            return self._titled(case), "Sing"
        if roll < 0.72:
            return self.name(self.rng.choice(self._capitals), case), "Sing"
        label, gender = self.rng.choice(self._organizations if roll > 0.92 else self._states)
        return self._named(label, gender, case), "Plur" if gender is Gender.PLURAL else "Sing"

    def thing(self, case: str) -> tuple[Node, str]:
        """*der Raketentest Nordkoreas*, *Gespräche mit Teheran*."""
        if self.rng.random() < 0.4:
            noun, _, kinds = self.rng.choice(self.words["plural_things"]).partition("|")
            form = noun + "n" if case == "Dat" and not noun.endswith("n") else noun
            node = leaf(
                form,
                noun.removesuffix("en") if noun.endswith("ionen") else noun,
                "NOUN",
                f"Case={case}|Number=Plur",
            )
            if self.rng.random() < 0.4:
                node = node.front("det", self._article("Plur", case))
            return self._attributed(node, kinds), "Plur"
        noun, gender, kinds = self.rng.choice(self.words["things"]).split("|")
        form = noun + "s" if case == "Gen" and gender != "Fem" else noun
        node = leaf(form, noun, "NOUN", f"Case={case}|Gender={gender}|Number=Sing")
        if self.rng.random() < 0.15:
            return node.front("nmod", self.actor("Gen", pairs=False)[0]), "Sing"
        return self._attributed(node.front("det", self._article(gender, case)), kinds), "Sing"

    def _attributed(self, node: Node, kinds: str) -> Node:
        options = [k for k in kinds.split(",") if k]
        if not options or self.rng.random() < 0.2:
            return node
        chosen = self.rng.sample(options, self.rng.randint(1, min(2, len(options))))
        for kind in sorted(chosen, key=lambda k: k != "gen"):
            if kind == "gen":
                node = node.back("nmod", self.actor("Gen", pairs=False)[0])
            elif kind in ("in", "nach"):
                node = node.back(
                    "nmod", self.prepositional(kind, self.name(self.rng.choice(self.cities), "Dat"))
                )
            else:
                node = node.back("nmod", self.prepositional(kind, self.partner(kind)))
        return node

    def partner(self, preposition: str) -> Node:
        """Whom a preposition of talks goes with; of *zwischen* two."""
        case = _PREPOSITION_CASE[preposition]
        if preposition != "zwischen":
            return self.actor(case)[0]
        first, second = self.actor(case, pairs=False)[0], self.actor(case, pairs=False)[0]
        return first.back("conj", second.front("cc", leaf("und", "und", "CCONJ")))

    def prepositional(self, preposition: str, node: Node) -> Node:
        """A phrase with its preposition, fused with the article where German does so."""
        article = node.before[0] if node.before and node.before[0][0] == "det" else None
        fused = _FUSED.get((preposition, article[1].word.form)) if article else None
        if fused and article and not any(label == "amod" for label, _ in node.before):
            node = replace(node, before=node.before[1:])
            return node.front("case", leaf(fused, preposition, "ADP", article[1].word.feats))
        return node.front("case", leaf(preposition, preposition, "ADP"))

    def when(self) -> tuple[str, Node]:
        """An adverbial of time or place with its label."""
        roll = self.rng.random()
        if roll < 0.4:
            return "advmod", leaf(word := self.rng.choice(self.words["adverbs"]), word, "ADV")
        if roll < 0.6:
            return "obl", self.prepositional("in", self.name(self.rng.choice(self.cities), "Dat"))
        named, fused = ("days", "am") if roll < 0.85 else ("months", "im")
        word = self.rng.choice(self.words[named])
        case = "Case=Dat|Definite=Def|Gender=Masc|Number=Sing|PronType=Art"
        noun = leaf(word, word, "PROPN", "Case=Dat|Gender=Masc|Number=Sing")
        return "obl", noun.front("case", leaf(fused, {"am": "an", "im": "in"}[fused], "ADP", case))
