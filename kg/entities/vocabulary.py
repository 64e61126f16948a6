"""The nouns by which texts refer to persons, offices, governments and groups (``entities.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.entities.patterns import WordSet
from kg.lang import LanguageData


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word sets over lemmas; see the comments in ``entities.toml``."""

    offices: WordSet
    office_exceptions: frozenset[str]
    weak_offices: WordSet
    same_office: Mapping[str, str]
    body_of_prefix: Mapping[str, str]
    former: frozenset[str]
    honorifics: frozenset[str]
    persons: WordSet
    governments: WordSet
    bare_governments: WordSet
    lands: WordSet
    bodies: WordSet
    groups: WordSet
    sources: WordSet
    agency_nouns: WordSet
    medium_nouns: WordSet
    place_nouns: WordSet
    local_prepositions: frozenset[str]
    ambiguous: frozenset[str]
    case_sensitive: frozenset[str]
    pronouns: Mapping[str, tuple[str, ...]]
    possessives: Mapping[str, tuple[str, ...]]
    demonstratives: Mapping[str, tuple[str, ...]]
    first_person: frozenset[str]
    pair_persons: WordSet
    pair_states: WordSet
    pair_sides: WordSet
    definite: frozenset[str]
    name_particles: frozenset[str]
    coordinators: frozenset[str]
    kept_office_adjectives: tuple[str, ...]
    feminine_titles: frozenset[str]
    origin_prepositions: frozenset[str]
    seat_prepositions: frozenset[str]
    linking_words: frozenset[str]
    plural_articles: frozenset[str]
    nominative_endings: Mapping[str, str]
    gender_endings: Mapping[str, str]

    @classmethod
    def of(cls, data: LanguageData) -> Vocabulary:
        """Read a language's ``entities.toml``."""
        content = data.toml("entities.toml")
        offices, pronouns = content["offices"], content["pronouns"]
        return cls(
            offices=WordSet(offices["nouns"]),
            office_exceptions=frozenset(offices["except"]),
            weak_offices=WordSet(offices["weak"]),
            same_office={w: group[0] for group in offices["same"] for w in group},
            body_of_prefix=offices["body_of_prefix"],
            former=frozenset(offices["former"]),
            honorifics=frozenset(offices["honorifics"]),
            persons=WordSet(content["persons"]["nouns"]),
            governments=WordSet(content["governments"]["nouns"]),
            bare_governments=WordSet(content["governments"]["bare"]),
            lands=WordSet(content["governments"]["land"]),
            bodies=WordSet(content["bodies"]["nouns"]),
            groups=WordSet(content["groups"]["nouns"]),
            sources=WordSet(content["groups"]["sources"]),
            agency_nouns=WordSet(content["news"]["agency"]),
            medium_nouns=WordSet(content["news"]["medium"]),
            place_nouns=WordSet(content["places"]["nouns"]),
            local_prepositions=frozenset(content["places"]["prepositions"]),
            ambiguous=frozenset(content["ambiguous"]["surnames"]),
            case_sensitive=frozenset(content["ambiguous"]["case_sensitive"]),
            pronouns={k: tuple(v) for k, v in pronouns.items() if isinstance(v, list)},
            possessives={k: tuple(v) for k, v in pronouns["possessive"].items()},
            demonstratives={k: tuple(v) for k, v in pronouns["demonstrative"].items()},
            first_person=frozenset(pronouns["first_person"]["singular"]),
            pair_persons=WordSet(content["pairs"]["persons"]),
            pair_states=WordSet(content["pairs"]["states"]),
            pair_sides=WordSet(content["pairs"]["sides"]),
            definite=frozenset(data.toml("grammar.toml")["articles"]["definite"]),
            name_particles=frozenset(content["names"]["particles"]),
            coordinators=frozenset(data.toml("grammar.toml")["coordination"]["words"]),
            kept_office_adjectives=tuple(offices["kept"]),
            feminine_titles=frozenset(content["names"]["feminine_titles"]),
            origin_prepositions=frozenset(content["attributes"]["origin"]),
            seat_prepositions=frozenset(content["attributes"]["seat"]),
            linking_words=frozenset(content["attributes"]["linking"]),
            plural_articles=frozenset(content["attributes"]["plural_articles"]),
            nominative_endings=content["adjectives"]["nominative"],
            gender_endings={e: g for g, ends in content["adjectives"]["gender"].items() for e in ends},
        )

    def is_office(self, lemma: str) -> bool:
        """Whether a noun (also its feminine form, also before a hyphen) is an office."""
        word = lemma.rpartition("-")[2] if "-" in lemma else lemma
        if word in self.office_exceptions or lemma in self.office_exceptions:
            return False
        return word in self.offices or self.masculine(word) in self.offices

    def gender(self, lemma: str) -> str | None:
        """A noun's gender by its ending, where that tells."""
        fitting = [e for e in self.gender_endings if lemma.lower().endswith(e)]
        return self.gender_endings[max(fitting, key=len)] if fitting else None

    def masculine(self, lemma: str) -> str:
        """*Außenministerin* ─▶ *Außenminister*; other words as they are."""
        return lemma[:-2] if lemma.endswith(("erin", "entin", "lerin")) else lemma

    def usual_office(self, title: str) -> str:
        """One name for the words that mean the same office."""
        base = self.masculine(title)
        return self.same_office.get(base, base)
