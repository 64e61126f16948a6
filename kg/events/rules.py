"""How a language marks source and certainty, from ``discourse.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.lang import LanguageData
from kg.lang.patterns import WordSet
from kg.model import Factuality


@dataclass(frozen=True, slots=True)
class DiscourseRules:
    """Word lists by lemma; see the comments in ``discourse.toml``."""

    summing: frozenset[str]
    papers: WordSet
    instruments: WordSet
    contents: frozenset[str]
    publishing: frozenset[str]
    at_time: frozenset[str]
    after: frozenset[str]
    earlier: frozenset[str]
    other_times: frozenset[str]
    today: frozenset[str]
    modals: Mapping[str, Factuality]
    embedding: Mapping[str, Factuality]
    adjectives: Mapping[str, Factuality]
    markers: Mapping[str, Factuality]
    adverbs: Mapping[str, Factuality]
    hearsay: frozenset[str]
    hearsay_modals: frozenset[str]
    occurrence: frozenset[str]
    negating: frozenset[str]
    support: frozenset[str]
    talks: frozenset[str]
    visits: frozenset[str]
    harm: frozenset[str]
    located: frozenset[str]
    during: frozenset[str]
    beside: frozenset[str]
    joining: frozenset[str]
    place_prepositions: frozenset[str]
    about: frozenset[str]
    where: frozenset[str]
    speech: frozenset[str]
    agentive: frozenset[str]
    agentless: frozenset[str]
    anybody: frozenset[str]
    definite: frozenset[str]
    oblique: frozenset[str]
    nominative: frozenset[str]
    denying: frozenset[str]
    correcting: frozenset[str]
    coordinators: frozenset[str]
    examples: frozenset[str]
    owning: frozenset[str]
    locating: frozenset[str]
    opposite: frozenset[str]
    hollow: frozenset[str]
    hollow_past: frozenset[str]
    reported_helpers: frozenset[str]
    carrying: frozenset[str]
    shared: frozenset[str]
    together: frozenset[str]
    for_genitive: str
    by_agent: str
    predicative: frozenset[str]
    touched: frozenset[str]
    governed: frozenset[str]
    refusing: frozenset[str]
    imposing: Mapping[str, frozenset[str]]
    copula: str
    copulas: frozenset[str]
    genitives: tuple[str, ...]
    perfect: frozenset[str]

    @classmethod
    def of(cls, data: LanguageData) -> DiscourseRules:
        """Read a language's ``discourse.toml``."""
        content, grammar = data.toml("discourse.toml"), data.toml("grammar.toml")
        sources, slots = content["sources"], content["slots"]
        return cls(
            summing=frozenset(sources["summing"]),
            papers=WordSet(sources["papers"]),
            instruments=WordSet(slots["instruments"]),
            contents=frozenset(sources["contents"]),
            publishing=frozenset(content["dating"]["publishing"]),
            at_time=frozenset(content["dating"]["at_time"]),
            after=frozenset(content["dating"]["after"]),
            earlier=frozenset(content["dating"]["earlier"]),
            other_times=frozenset(content["dating"]["other_times"]),
            today=frozenset(content["dating"]["today"]),
            modals={k: Factuality(v) for k, v in content["modals"].items()},
            embedding=_by_word(content["embedding"]),
            adjectives=_by_word(content["adjectives"]),
            markers=_by_word(content["markers"]),
            adverbs=_by_word(content["adverbs"]),
            hearsay=frozenset(content["hearsay"]["adverbs"]),
            hearsay_modals=frozenset(content["hearsay"]["modals"]),
            occurrence=frozenset(content["occurrence"]["verbs"]),
            negating=frozenset(content["occurrence"]["negating"]),
            support=frozenset(content["support"]["verbs"]),
            talks=frozenset(content["classes"]["talks"]),
            harm=frozenset(content["classes"]["harm"]),
            located=frozenset(content["classes"]["located"]),
            visits=frozenset(content["classes"]["visits"]),
            during=frozenset(content["classes"]["during"]),
            beside=frozenset(content["classes"]["beside"]),
            joining=frozenset(content["joining"]["verbs"]),
            place_prepositions=frozenset(content["place"]["prepositions"]),
            about=frozenset(content["place"]["about"]),
            where=frozenset(content["place"]["where"]),
            speech=frozenset(content["classes"]["speech"]),
            agentive=frozenset(content["classes"]["agentive"]),
            agentless=frozenset(content["classes"]["agentless"]),
            anybody=frozenset(content["classes"]["anybody"]),
            definite=frozenset(grammar["articles"]["definite"]),
            oblique=frozenset(grammar["edits"]["oblique_articles"]),
            nominative=frozenset({grammar["edits"]["masculine_article"]}),
            denying=frozenset(grammar["negation"]["words"]),
            correcting=frozenset(grammar["negation"]["correcting"]),
            coordinators=frozenset(grammar["coordination"]["words"]),
            examples=frozenset(content["attributes"]["examples"]),
            owning=frozenset(content["attributes"]["owning"]),
            locating=frozenset(content["attributes"]["locating"]),
            opposite=frozenset(content["attributes"]["opposite"]),
            hollow_past=frozenset(content["modals_without_speech"]["past"]),
            hollow=frozenset(content["modals_without_speech"]["verbs"]),
            reported_helpers=frozenset(content["reported"]["helpers"]),
            carrying=frozenset(slots["carrying"]),
            shared=frozenset(slots["shared"]),
            together=frozenset(slots["together"]),
            for_genitive=slots["for_genitive"],
            by_agent=slots["by_agent"],
            predicative=frozenset(slots["predicative"]),
            touched=frozenset(slots["touched"]),
            governed=frozenset(slots["governed"]),
            refusing=frozenset(slots["refusing"]),
            imposing={k: frozenset(v) for k, v in content["imposing"].items()},
            copula=grammar["verbs"]["be"],
            copulas=frozenset(grammar["verbs"]["copulas"]),
            genitives=(*grammar["nouns"]["genitives"], *grammar["nouns"]["sibilants"]),
            perfect=frozenset(grammar["verbs"]["perfect"]),
        )


def _by_word(table: Mapping[str, list[str]]) -> dict[str, Factuality]:
    return {word: Factuality(name) for name, words in table.items() for word in words}
