"""The words that fill templates: those of ``lexicon.toml``, and names from the gazetteer."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kg.entities.gazetteer import Gazetteer
from kg.lang import LanguageData
from kg.model import EntityClass, Gender
from kg.training.generate.inflection import Inflection
from kg.training.generate.phrase import Lexeme, Phrase, name, word

_T = TypeVar("_T")
_OWN = ("particle", "zu", "perfect")
_VERB_PARTS = ("infinitive", "present", "past", "participle", "particle", "perfect")
_PLURAL_ONLY = "-"
_WITH_ARTICLE = ("state-with-article", "organization")
_AGREEMENT = ("Case", "Gender", "Number")
_VERBAL = ("Mood", "Number", "Person", "Tense", "VerbForm", "Voice")


@dataclass(frozen=True, slots=True)
class _Noun:
    lemma: str
    gender: str
    genitive: str
    plural: str
    frames: tuple[str, ...]
    kinds: tuple[str, ...]


class Lexicon:
    """Random words in the wanted form.

    Args:
        words: what ``lexicon.toml`` says.
        data: of the same language, for names.
    """

    def __init__(self, words: Mapping[str, Any], data: LanguageData, rng: random.Random) -> None:
        self._rng = rng
        self._inflection = Inflection(words)
        self._verbs = {kind: [_verb(line) for line in lines] for kind, lines in words["verbs"].items()}
        self._nouns = {kind: [_noun(line) for line in lines] for kind, lines in words["nouns"].items()}
        self._adjectives: dict[str, list[str]] = {
            **words["adjectives"],
            "nationality": _nationalities(data, words["nationality_ending"]),
        }
        self._auxiliaries: dict[str, dict[str, list[str]]] = words["auxiliaries"]
        self._declined: dict[str, dict[str, Any]] = words["declined"]
        self._fixed: dict[str, list[str]] = words["fixed"]
        self._numbers: dict[str, dict[str, Any]] = words["numbers"]
        self._zu: str = words["infinitive_mark"]
        self._names = _names(data)

    def word(self, kind: str, wanted: dict[str, str], only: str | None) -> Phrase:
        """A word of a kind.

        Args:
            wanted: features that it shall have (and ``Declension``, ``Order``, ``Zu``, see `Inflection.verb`).
            only: of verbs, those with that frame.

        Raises:
            KeyError: there is no such kind.
            IndexError: there is no such word of that kind.
        """
        if kind in self._verbs:
            verbs = [verb for verb in self._verbs[kind] if not only or only in verb.frames]
            return self._verb(self._pick(verbs), wanted)
        if kind in self._nouns:
            return self._noun(self._nouns[kind], wanted)
        if kind in self._adjectives:
            return self._adjective(self._pick(self._adjectives[kind]), wanted)
        if kind in self._auxiliaries:
            return self._auxiliary(kind, wanted)
        if kind in self._declined:
            return self._determiner(self._declined[kind], wanted)
        if kind in self._fixed:
            form, lemma, upos, *feats = self._pick(self._fixed[kind]).split("|")
            return word(form, lemma, upos, dict(f.split("=") for f in feats))
        if kind in self._numbers:
            number = self._numbers[kind]
            form = f"{self._rng.randint(*number['range'])}{number.get('end', '')}"
            return word(form, form, number["upos"], {"NumType": number["type"]})
        return self._name(kind, wanted)

    def has_own(self, kind: str) -> bool:
        """Whether that is something that a verb has of its own: particle, *zu*, auxiliary of the perfect."""
        return kind in _OWN

    def own(self, kind: str, lexeme: Lexeme, wanted: dict[str, str]) -> Phrase | None:
        """A verb's own word, None if it has none."""
        particle = lexeme.parts["particle"]
        if kind == "perfect":
            return self._auxiliary(lexeme.parts["perfect"], wanted)
        if kind == "zu":
            return None if particle else word(self._zu, self._zu, "PART", {})
        return word(particle, particle, "ADP", {}) if particle else None

    def _pick(self, options: Sequence[_T]) -> _T:
        return self._rng.choice(options)

    def _verb(self, lexeme: Lexeme, wanted: dict[str, str]) -> Phrase:
        feats = {"Person": "3", **wanted} if wanted.get("VerbForm") == "Fin" else dict(wanted)
        form, lemma = self._inflection.verb(lexeme.parts, feats)
        found = word(form, lemma, "VERB", _only(feats, _VERBAL))
        return Phrase(found.tokens, {**wanted}, lexeme)

    def _auxiliary(self, lemma: str, wanted: dict[str, str]) -> Phrase:
        forms = self._auxiliaries[lemma]
        if wanted.get("VerbForm") != "Fin":
            return word(forms[wanted["VerbForm"]][0], lemma, "AUX", _only(wanted, _VERBAL))
        feats = {"Mood": "Ind", "Tense": "Pres", "Number": "Sing", "Person": "3", **wanted}
        form = forms[f"{feats['Mood']}.{feats['Tense']}"][feats["Number"] == "Plur"]
        return word(form, lemma, "AUX", _only(feats, _VERBAL))

    def _noun(self, nouns: Sequence[_Noun], wanted: dict[str, str]) -> Phrase:
        number, gender, kind = wanted.get("Number", "Sing"), wanted.get("Gender"), wanted.get("Kind")
        noun = self._pick(
            [
                noun
                for noun in nouns
                if gender in (None, noun.gender)
                and kind in (None, *noun.kinds)
                and (noun.plural if number == "Plur" else noun.genitive != _PLURAL_ONLY)
            ]
        )
        feats = {"Case": wanted.get("Case", "Nom"), "Gender": noun.gender, "Number": number}
        parts = {"lemma": noun.lemma, "genitive": noun.genitive, "plural": noun.plural}
        form = self._inflection.form("noun", parts, feats)
        return Phrase(word(form, noun.lemma, "NOUN", feats).tokens, feats, Lexeme(parts, noun.frames))

    def _adjective(self, lemma: str, wanted: dict[str, str]) -> Phrase:
        table = self._declined[f"adjective.{wanted.get('Declension', 'weak')}"]
        stem = self._inflection.form("adjective", {"lemma": lemma}, wanted)
        feats = {**_only(wanted, _AGREEMENT), "Degree": "Pos"}
        return word(stem + self._inflection.declined(table, wanted), lemma, "ADJ", feats)

    def _determiner(self, table: dict[str, Any], wanted: dict[str, str]) -> Phrase:
        feats = _only(wanted, _AGREEMENT)
        if wanted.get("Number") == "Plur":
            feats.pop("Gender", None)
        feats |= table.get("feats", {})
        form = self._inflection.declined(table, wanted)
        return word(form, table["lemma"], table["upos"], feats)

    def _name(self, kind: str, wanted: dict[str, str]) -> Phrase:
        gender = wanted.get("Gender")
        options = [n for n in self._names[kind] if gender in (None, n[1])]
        words, gender, label = self._pick(options)
        number = "Plur" if gender == "Plur" else "Sing"
        feats = {"Case": wanted.get("Case", "Nom"), "Number": number}
        # A name without an article has the genitive's ending whoever bears it: Merkels, but: der Nato.
        bears = {"Gender": gender} if kind in _WITH_ARTICLE else {}
        *others, last = words.split()
        ending = self._inflection.form("name", {"last": last}, {**feats, **bears})
        found = name([*others, ending], [*others, last], label, feats)
        return Phrase(found.tokens, {**found.feats, "Gender": gender})


def _only(feats: dict[str, str], keys: Sequence[str]) -> dict[str, str]:
    return {key: value for key, value in feats.items() if key in keys}


def _verb(line: str) -> Lexeme:
    *parts, frames = line.split("|")
    return Lexeme(dict(zip(_VERB_PARTS, parts, strict=True)), tuple(frames.split(",")))


def _noun(line: str) -> _Noun:
    lemma, gender, genitive, plural, frames, *kinds = line.split("|")
    return _Noun(lemma, gender, genitive, plural, tuple(f for f in frames.split(",") if f), tuple(kinds))


def _names(data: LanguageData) -> dict[str, list[tuple[str, str, str]]]:
    """Kinds of names ─▶ (words, gender, GermEval's label)."""
    gazetteer = Gazetteer.of(data)
    found: dict[str, list[tuple[str, str, str]]] = {}

    def add(kind: str, words: str, gender: str, label: str) -> None:
        found.setdefault(kind, []).append((words, gender, label))

    for entity in gazetteer.entities.values():
        gender = entity.gender.value
        if entity.kind is EntityClass.PERSON:
            add("person", entity.label, gender, "PER")
        elif " " in entity.label:
            continue
        elif entity.kind is EntityClass.STATE:
            bare = entity.gender is Gender.NEUTER
            add("state" if bare else "state-with-article", entity.label, gender, "LOC")
        elif entity.kind is EntityClass.PLACE and entity.gender is Gender.NEUTER:
            add("city", entity.label, gender, "LOC")
        elif entity.kind is EntityClass.NEWS_AGENCY and entity.gender is Gender.NEUTER:
            add("agency", entity.label, gender, "ORG")
        elif entity.gender is not Gender.UNKNOWN and entity.kind is not EntityClass.PLACE:
            add("organization", entity.label, gender, "ORG")
    for words, keys in gazetteer.family_names.items():
        for key in keys[:1] if words.replace("-", "").isalpha() else ():
            add("family", words, gazetteer.entities[key].gender.value, "PER")
    for words in sorted(gazetteer.state_capitals):
        if " " not in words:
            add("capital", words, "Neut", "LOC")
    return found


def _nationalities(data: LanguageData, ending: str) -> list[str]:
    """The gazetteer's adjectives of states, uninflected."""
    return sorted({a for a in Gazetteer.of(data).adjectives if a.islower() and a.endswith(ending)})
