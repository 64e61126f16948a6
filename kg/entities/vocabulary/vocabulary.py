"""The nouns by which texts refer to persons, offices, governments and groups (``entities.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.entities.gazetteer.folding import name_key
from kg.entities.vocabulary.nouns import ActorNouns
from kg.entities.vocabulary.offices import OfficeWords
from kg.lang import LanguageData
from kg.lang.patterns import WordSet
from kg.model import EntityClass

_SHORTEST = 3
"""Names of so few letters have no genitive ending (*RIAS*, but *EUs* is none)."""


@dataclass(frozen=True, slots=True)
class Implied:
    """A group that acts in an event class where nobody is named, and the words that imply it."""

    event: str
    kind: EntityClass
    label: str
    one: str
    words: WordSet


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word sets over lemmas; see the comments in ``entities.toml``."""

    office: OfficeWords
    honorifics: frozenset[str]
    persons: WordSet
    governments: WordSet
    bare_governments: WordSet
    lands: WordSet
    own_governments: Mapping[str, tuple[str, ...]]
    """What some governments are called ─▶ the keys of their states."""
    actors: ActorNouns
    local_bodies: WordSet
    national: frozenset[str]
    """Adjectives of what a state has of its own: *der Nationale Sicherheitsrat*."""
    organisation_heads: WordSet
    venues: frozenset[str]
    no_names: frozenset[str]
    introducing: Mapping[EntityClass, WordSet]
    """Class ─▶ the nouns before a name that tell it."""
    local_prepositions: frozenset[str]
    of_cities: WordSet
    """What belongs to a city, not to a state."""
    visited: frozenset[str]
    """Verbs whose object is a city where somebody goes."""
    clubs: frozenset[str]
    ambiguous: frozenset[str]
    ambiguous_keys: frozenset[str]
    """The same, as `name_key` has them."""
    case_sensitive: frozenset[str]
    pronouns: Mapping[str, tuple[str, ...]]
    possessives: Mapping[str, tuple[str, ...]]
    demonstratives: Mapping[str, tuple[str, ...]]
    first_person: frozenset[str]
    pair_persons: WordSet
    pair_states: WordSet
    pair_sides: WordSet
    between: frozenset[str]
    definite: frozenset[str]
    name_particles: frozenset[str]
    coordinators: frozenset[str]
    comparisons: frozenset[str]
    feminine_titles: frozenset[str]
    feminine_endings: tuple[str, ...]
    origin_prepositions: frozenset[str]
    seat_prepositions: frozenset[str]
    linking_words: frozenset[str]
    plural_articles: frozenset[str]
    masculine_plural: frozenset[str]
    genitives: tuple[str, ...]
    long_genitives: tuple[str, ...]
    dative_plural: str
    city_adjectives: tuple[str, ...]
    nominative_endings: Mapping[str, str]
    inflected: tuple[str, ...]
    gender_endings: Mapping[str, str]
    voices: tuple[str, ...]
    """Last parts of compounds whose first part is whose word it is (*Polizeiangaben*)."""
    links: tuple[str, ...]
    implied: tuple[Implied, ...]

    @classmethod
    def of(cls, data: LanguageData) -> Vocabulary:
        """Read a language's ``entities.toml``, and what it shares with clauses from ``grammar.toml``."""
        content, grammar = data.toml("entities.toml"), data.toml("grammar.toml")
        pronouns = content["pronouns"]
        return cls(
            office=OfficeWords.of(data),
            honorifics=frozenset(data.toml("offices.toml")["titles"]["honorifics"]),
            persons=WordSet(content["persons"]["nouns"]),
            governments=WordSet(content["governments"]["nouns"]),
            bare_governments=WordSet(content["governments"]["bare"]),
            lands=WordSet(content["governments"]["land"]),
            own_governments={n: tuple(k) for n, k in content["governments"].get("own", {}).items()},
            actors=ActorNouns.of(data),
            organisation_heads=WordSet(content["names"]["organisation_heads"]),
            venues=frozenset(content["names"]["venues"]),
            no_names=frozenset(content["names"]["never"]),
            national=frozenset(content["local_bodies"]["national"]),
            local_bodies=WordSet(content["local_bodies"]["nouns"]),
            introducing={EntityClass(k): WordSet(words) for k, words in content["introduced"].items()},
            local_prepositions=frozenset(content["places"]["prepositions"]),
            of_cities=WordSet(content["places"]["of_cities"]),
            visited=frozenset(content["places"]["visited"]),
            clubs=frozenset(content["places"]["clubs"]),
            ambiguous=frozenset(content["ambiguous"]["surnames"]),
            ambiguous_keys=frozenset(name_key(n) for n in content["ambiguous"]["surnames"]),
            case_sensitive=frozenset(content["ambiguous"]["case_sensitive"]),
            pronouns={k: tuple(v) for k, v in pronouns.items() if isinstance(v, list)},
            possessives={k: tuple(v) for k, v in pronouns["possessive"].items()},
            demonstratives={k: tuple(v) for k, v in pronouns["demonstrative"].items()},
            first_person=frozenset(pronouns["first_person"]["singular"]),
            pair_persons=WordSet(content["pairs"]["persons"]),
            pair_states=WordSet(content["pairs"]["states"]),
            pair_sides=WordSet(content["pairs"]["sides"]),
            between=frozenset(content["pairs"]["between"]),
            definite=frozenset(grammar["articles"]["definite"]),
            name_particles=frozenset(content["names"]["particles"]),
            coordinators=frozenset(grammar["coordination"]["words"]),
            comparisons=frozenset(grammar["edits"]["comparisons"]),
            feminine_titles=frozenset(content["names"]["feminine_titles"]),
            feminine_endings=tuple(content["names"]["feminine_endings"]),
            origin_prepositions=frozenset(content["attributes"]["origin"]),
            seat_prepositions=frozenset(content["attributes"]["seat"]),
            linking_words=frozenset(content["attributes"]["linking"]),
            plural_articles=frozenset(content["attributes"]["plural_articles"]),
            masculine_plural=frozenset(content["attributes"]["masculine_plural"]),
            genitives=tuple(grammar["nouns"]["genitives"]),
            long_genitives=tuple(grammar["nouns"]["long_genitives"]),
            dative_plural=grammar["nouns"]["dative_plural"],
            city_adjectives=tuple(new for _, new in content["adjectives"]["city"]),
            nominative_endings=content["adjectives"]["nominative"],
            inflected=tuple(content["adjectives"]["inflected"]),
            voices=tuple(content["voices"]["ends"]),
            links=tuple(content["voices"]["links"]),
            implied=tuple(
                Implied(event, EntityClass(i["class"]), i["label"], i["one"], WordSet(i["words"]))
                for event, i in content["implied"].items()
            ),
            gender_endings={e: g for g, ends in content["adjectives"]["gender"].items() for e in ends},
        )

    def is_office(self, lemma: str) -> bool:
        """Whether a noun (also its feminine form, also before a hyphen) is an office."""
        return self.office.is_title(lemma)

    def gender(self, lemma: str) -> str | None:
        """A noun's gender by its ending, where that tells."""
        fitting = [e for e in self.gender_endings if lemma.lower().endswith(e)]
        return self.gender_endings[max(fitting, key=len)] if fitting else None

    def masculine(self, lemma: str) -> str:
        """*Außenministerin* ─▶ *Außenminister*; other words as they are."""
        return self.office.masculine(lemma)

    def strong_masculine(self, title: str) -> str:
        """(der) *Vorsitzende* ─▶ *Vorsitzender*"""
        return self.office.strong_masculine(title)

    def is_feminine(self, title: str) -> bool:
        """Whether a title tells that its bearer is a woman."""
        return title.endswith(self.feminine_endings) or title in self.feminine_titles

    def without_genitive(self, name: str) -> str:
        """A name without what may be a genitive ending: *Trumps* ─▶ *Trump*."""
        return name[:-1] if name.endswith(self.genitives) and len(name) > _SHORTEST else name

    def without_long_genitive(self, name: str) -> str:
        """A name without the long genitive of its last noun: *Deutscher Bundestages* ─▶ *Deutscher Bundestag*."""
        for end in self.long_genitives:
            bare = name.removesuffix(end)
            if bare != name and self.gender(bare.rpartition(" ")[2].rpartition("-")[2]) in ("Masc", "Neut"):
                return bare
        return name

    def usual_office(self, title: str) -> str:
        """One name for the words that mean the same office."""
        return self.office.usual(title)
