"""The closed-class facts of a language that clause reading needs, from ``grammar.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.lang import LanguageData


@dataclass(frozen=True, slots=True)
class Grammar:
    """Word lists by lemma or lower-cased form."""

    modals: frozenset[str]
    passive: frozenset[str]
    passive_past: frozenset[str]
    recipient_passive: frozenset[str]
    perfect: frozenset[str]
    sein_perfect: frozenset[str]
    konjunktiv1: frozenset[str]
    konjunktiv1_endings: tuple[str, ...]
    past_endings: tuple[str, ...]
    konjunktiv2: frozenset[str]
    konjunktiv2_vowels: tuple[str, ...]
    reflexives: frozenset[str]
    agent_prepositions: frozenset[str]
    object_control: frozenset[str]
    infinitive_endings: tuple[str, ...]
    infinitive_marks: frozenset[str]
    participle_endings: tuple[str, ...]
    present_participle_endings: tuple[str, ...]
    genitives: tuple[str, ...]
    """How a name in the genitive may end."""
    loose_particles: frozenset[str]
    pronominal_adverbs: Mapping[str, str]
    """*darauf* ─▶ *auf*."""
    have: str
    be: str
    copulas: frozenset[str]
    obligation: str
    inseparable: tuple[str, ...]
    without_ge: tuple[str, ...]
    nominative_endings: tuple[str, ...]
    accusative_endings: tuple[str, ...]
    dative_endings: tuple[str, ...]
    negation_words: frozenset[str]
    negation_determiners: frozenset[str]
    negation_markers: frozenset[str]
    negation_correlatives: frozenset[str]
    negation_correcting: frozenset[str]
    negation_limiting: frozenset[str]

    @classmethod
    def of(cls, data: LanguageData) -> Grammar:
        """Read a language's ``grammar.toml``."""
        content = data.toml("grammar.toml")
        verbs, negation, participles = content["verbs"], content["negation"], content["participles"]
        names = (
            "modals", "passive", "passive_past", "perfect", "sein_perfect", "konjunktiv1", "konjunktiv2", "reflexives",
            "agent_prepositions", "object_control", "recipient_passive", "infinitive_marks",
        )  # fmt: skip
        return cls(
            **{name: frozenset(verbs[name]) for name in names},
            konjunktiv1_endings=tuple(verbs["konjunktiv1_endings"]),
            past_endings=tuple(verbs["past_endings"]),
            konjunktiv2_vowels=tuple(verbs["konjunktiv2_vowels"]),
            infinitive_endings=tuple(verbs["infinitive_endings"]),
            participle_endings=tuple(participles["endings"]),
            present_participle_endings=tuple(participles["present_endings"]),
            genitives=tuple(content["nouns"]["genitives"]),
            loose_particles=frozenset(verbs["loose_particles"]),
            pronominal_adverbs=content["pronominal_adverbs"],
            have=verbs["have"],
            be=verbs["be"],
            copulas=frozenset(verbs["copulas"]),
            obligation=verbs["obligation"],
            inseparable=tuple(verbs["prefixes"]),
            without_ge=tuple(verbs["without_ge"]),
            nominative_endings=tuple(content["articles"]["nominative_endings"]),
            accusative_endings=tuple(content["articles"]["accusative_endings"]),
            dative_endings=tuple(content["articles"]["dative_endings"]),
            negation_words=frozenset(negation["words"]),
            negation_determiners=frozenset(negation["determiners"]),
            negation_markers=frozenset(negation["markers"]),
            negation_correlatives=frozenset(negation["correlatives"]),
            negation_correcting=frozenset(negation["correcting"]),
            negation_limiting=frozenset(negation["limiting"]),
        )
