"""The nouns that name actors (``actors.csv``): persons, collectives, bodies, and what several of them are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.errors import DataError
from kg.lang import LanguageData
from kg.lang.patterns import WordSet
from kg.model import EntityClass, Token

_COLUMNS = ("noun", "one", "many", "public")
_SHORTEST = 5
"""A person noun of so many letters is also the end of its compounds (*Chefunterhändler*)."""
_INFLECTED = "~"


@dataclass(frozen=True, slots=True)
class ActorNoun:
    """A noun's classes in singular and plural, whether its acts are news, and whether it is inflected like an adjective."""

    one: EntityClass | None
    many: EntityClass | None
    public: bool
    inflected: bool = False


@dataclass(frozen=True, slots=True)
class ActorNouns:
    """Looks up what a noun names, by the whole word or by its end."""

    words: dict[str, ActorNoun]
    ends: dict[str, ActorNoun]
    stems: dict[str, ActorNoun]
    inflection: tuple[str, ...]
    exceptions: frozenset[str]
    feminine: tuple[str, ...]
    umlauts: dict[str, str]
    dative: str
    general: WordSet
    quantifiers: tuple[str, ...]
    negative: frozenset[str]
    predicative: frozenset[str]
    attributes: frozenset[str]
    one: frozenset[str]
    accusative: frozenset[str]
    weak_plurals: tuple[str, ...]
    same_plurals: tuple[str, ...]
    _known: dict[tuple[str, str], ActorNoun | None] = field(default_factory=dict)

    @classmethod
    def of(cls, data: LanguageData) -> ActorNouns:
        """Read a language's ``actors.csv``.

        Raises:
            DataError: a class is none of the ontology.
        """
        words: dict[str, ActorNoun] = {}
        ends: dict[str, ActorNoun] = {}
        stems: dict[str, ActorNoun] = {}
        for row in data.rows("actors.csv", _COLUMNS):
            noun = row["noun"]
            try:
                one, many = (EntityClass(row[c]) if row[c] else None for c in ("one", "many"))
            except ValueError:
                raise DataError(f"{row.where}: no class {row['one']!r} or {row['many']!r}") from None
            public = bool(row["public"])
            if noun.endswith(_INFLECTED):
                stem = noun.removesuffix(_INFLECTED)
                stems[stem] = ends[stem.lower() + _INFLECTED] = ActorNoun(one, many, public, True)
            elif noun.startswith("*"):
                ends[noun[1:]] = ActorNoun(one, many, public)
            else:
                words[noun] = ActorNoun(one, many, public)
                if one is EntityClass.PERSON and len(noun) >= _SHORTEST:
                    ends.setdefault(noun.lower(), words[noun])
        content = data.toml("entities.toml")
        actors = content["actors"]
        return cls(
            words, ends, stems,
            inflection=tuple(content["adjectives"]["inflection"][1:]),
            exceptions=frozenset(actors["except"]),
            feminine=tuple(actors["feminine"]),
            umlauts=actors["umlauts"],
            dative=data.toml("grammar.toml")["nouns"]["dative_plural"],
            general=WordSet(actors["general"]),
            quantifiers=tuple(actors["quantifiers"]),
            negative=frozenset(actors["negative"]),
            predicative=frozenset(actors["predicative"]),
            attributes=frozenset(actors["attributes"]),
            one=frozenset(actors["one"]),
            accusative=frozenset(actors["accusative"]),
            weak_plurals=tuple(actors["plural"]["weak"]),
            same_plurals=tuple(actors["plural"]["same"]),
        )  # fmt: skip

    def find(self, token: Token) -> ActorNoun | None:
        """What a noun names, if it names an actor."""
        key = (token.text, token.lemma)
        if key not in self._known:
            self._known[key] = self._find(token)
        return self._known[key]

    def is_general(self, token: Token) -> bool:
        """Whether a noun says too little to be anybody (*Leute*)."""
        return token.lemma in self.general or token.text in self.general

    def is_body(self, token: Token) -> bool:
        """Whether a noun is a part of a state that acts on its own (*Ministerium*)."""
        found = self.find(token)
        return found is not None and EntityClass.GOVERNMENT_BODY in (found.one, found.many)

    def _find(self, token: Token) -> ActorNoun | None:
        for word in dict.fromkeys((token.lemma, token.text, token.text.removesuffix(self.dative))):
            if word in self.exceptions:
                return None
            for form in dict.fromkeys((word, *self._masculine(word), word.rpartition("-")[2])):
                found = self.words.get(form) or self._inflected(form) or self._by_end(form)
                if found is not None:
                    return found
        return None

    def _masculine(self, word: str) -> tuple[str, ...]:
        """*Lehrerin*, *Lehrerinnen* ─▶ *Lehrer*; *Zeugin* ─▶ *Zeuge*; *Anwältin* ─▶ *Anwalt*."""
        for end in self.feminine:
            if word.endswith(end) and len(word) > len(end) + 2:
                plain = word.removesuffix(end)
                return (plain, f"{plain}e", *self._without_umlaut(plain))
        return ()

    def _without_umlaut(self, word: str) -> Iterator[str]:
        """The last vowel without its dots."""
        last = max(word.rfind(vowel) for vowel in self.umlauts)
        if last >= 0:
            yield word[:last] + self.umlauts[word[last]] + word[last + 1 :]

    def _inflected(self, word: str) -> ActorNoun | None:
        """*Verdächtige*, *Tatverdächtigen*: a noun with the endings of an adjective."""
        for end in self.inflection:
            stem = word.removesuffix(end)
            if stem == word:
                continue
            if stem in self.stems:
                return self.stems[stem]
            for i in range(2, len(stem) - 4):
                known = self.ends.get(stem[i:] + _INFLECTED)
                if known is not None:
                    return known
        return None

    def _by_end(self, word: str) -> ActorNoun | None:
        """The longest end that is known."""
        for i in range(1, len(word) - 2):
            found = self.ends.get(word[i:])
            if found is not None and word[i:].islower():
                return found
        return None
