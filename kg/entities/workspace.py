"""What the steps of the entity stage share while they work on one document.

The one mutable object of the stage; it is local to a call and leaves as an immutable Discourse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kg.entities.gazetteer.folding import name_key
from kg.entities.gazetteer.gazetteer import Gazetteer, slug
from kg.entities.vocabulary import Vocabulary
from kg.language.phrases import children
from kg.model import Entity, EntityClass, Gender, Mention, MentionKind, Parse, Span, Token


@dataclass(frozen=True, slots=True)
class Described:
    """An unnamed actor: its key, the noun that names it, whether several, and what describes it."""

    key: str
    head: str
    many: bool
    words: frozenset[str]


@dataclass(slots=True)
class Workspace:
    """Entities and mentions found so far. Mentions are indexed by the tokens they cover."""

    parse: Parse
    gazetteer: Gazetteer
    vocabulary: Vocabulary
    published: date | None
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)
    """Token ─▶ index of the mention that it belongs to."""
    passed_over: frozenset[int] = frozenset()
    """Tokens of datelines that the text does not come back to: no part of what it tells."""
    datelines: frozenset[int] = frozenset()
    """All tokens of datelines: where reports were written."""
    titles: dict[str, list[str]] = field(default_factory=dict)
    """Person key ─▶ the office nouns that stood with the name."""
    spelled: dict[tuple[EntityClass, str], str] = field(default_factory=dict)
    """Class and `name_key` of what was made for this text ─▶ its key: one entity for all spellings."""
    countries: dict[str, str] = field(default_factory=dict)
    """Entity key ─▶ state key, as the document says."""
    described: dict[str, list[Described]] = field(default_factory=dict)
    """The unnamed actors in text order, by how their nouns end."""
    _by_sentence: dict[int, list[Mention]] = field(default_factory=dict)
    _indexed: int = 0
    _times: Counter[str] = field(default_factory=Counter)
    _timed: int = 0
    _numbers: dict[int, int] = field(default_factory=dict)
    _words: Counter[str] = field(default_factory=Counter)
    _names: Counter[str] = field(default_factory=Counter)

    def known(self, key: str) -> str:
        """Take an entity of the gazetteer into the document."""
        self.entities.setdefault(key, self.gazetteer.entities[key])
        return key

    def create(
        self, kind: EntityClass, label: str, *, country: str | None = None,
        gender: Gender = Gender.UNKNOWN, aliases: tuple[str, ...] = (), suffix: str = "",
        described: bool = False, private: bool = False,
    ) -> str:  # fmt: skip
        """An entity that the gazetteer does not know; the same name and class is the same one."""
        key = f"{slug(label) or label}-{kind.lower()}{suffix}"
        key = self.spelled.setdefault((kind, name_key(label) + suffix), key) if name_key(label) else key
        old = self.entities.get(key)
        if old is None:
            self.entities[key] = Entity(
                key,
                kind,
                label,
                aliases,
                None,
                country,
                gender,
                described=described,
                private=private,
            )
        elif country and not old.country:
            self.entities[key] = replace(old, country=country)
        return key

    def mention(
        self, first: int, last: int, kind: MentionKind, actors: tuple[str, ...] = (), *,
        place: str | None = None, head: int | None = None, cover: tuple[int, ...] = (), why: str = "",
        begin: int | None = None, end: int | None = None, local: bool = False, names: bool = False,
    ) -> Mention:  # fmt: skip
        """Record a mention of tokens ``first`` ≤ i < ``last``.

        Args:
            cover: further tokens that resolve to it (a title before a name).
            begin: the character where it begins, if before the first token (adjectives).
            end: the character where it ends, if inside the last token (compounds).
            local: the phrase says where (*in Peking*), so the place is meant.
            names: a description that names its entity.
        """
        tokens = self.parse.tokens
        span = Span(
            tokens[first].begin if begin is None else begin, end if end is not None else tokens[last - 1].end
        )
        made = Mention(
            span, self.parse.text[span.begin : span.end], kind, first if head is None else head,
            actors, place, why, local, names,
        )  # fmt: skip
        self.mentions.append(made)
        if kind not in (MentionKind.ADJECTIVE, MentionKind.COMPOUND):
            for i in (*range(first, last), *cover):
                self.at[i] = len(self.mentions) - 1
        return made

    def mentions_in(self, sentence: int) -> Sequence[Mention]:
        """The mentions whose heads stand in a sentence, in the order in which they were found."""
        for mention in self.mentions[self._indexed :]:
            self._by_sentence.setdefault(self.parse.tokens[mention.head].sentence, []).append(mention)
        self._indexed = len(self.mentions)
        return self._by_sentence.get(sentence, ())

    def times_mentioned(self, key: str) -> int:
        """How many mentions of an entity have been found so far."""
        for mention in self.mentions[self._timed :]:
            self._times.update(mention.actors)
        self._timed = len(self.mentions)
        return self._times[key]

    def number_of(self, mention: Mention) -> int:
        """The place of this very mention among all."""
        while len(self._numbers) < len(self.mentions):
            self._numbers[id(self.mentions[len(self._numbers)])] = len(self._numbers)
        return self._numbers[id(mention)]

    def times_named(self, name: str) -> int:
        """How often a name of one word stands in the document, with a genitive -s or without."""
        bare = self.vocabulary.without_genitive
        if not self._names:
            for word, number in self._counted().items():
                self._names[bare(word)] += number
        return self._names[bare(name)]

    def times_written(self, word: str) -> int:
        """How often a word stands in the document as it is written."""
        return self._counted()[word]

    def _counted(self) -> Counter[str]:
        if not self._words:
            self._words = Counter(t.text for t in self.parse.tokens)
        return self._words

    def mention_at(self, token: int) -> Mention | None:
        """The mention that a token belongs to (adjectives and compounds aside)."""
        number = self.at.get(token)
        return None if number is None else self.mentions[number]

    def free(self, first: int, last: int) -> bool:
        """Whether no mention covers any of the tokens."""
        return not any(i in self.at or i in self.passed_over for i in range(first, last))

    def is_definite(self, noun: Token) -> bool:
        """Whether a noun means a certain one: by its article, or by a genitive before it (*Frankreichs Präsident*)."""
        before = [c for c in children(self.parse, noun) if c.index < noun.index]
        neighbour = self.parse.tokens[noun.index - 1].text.lower() if noun.index else ""
        return (
            any(c.text.lower() in self.vocabulary.definite for c in before if c.label in ("det", "case"))
            or any(c.label == "nmod" and c.feat("Case") == "Gen" and c.pos == "PROPN" for c in before)
            or neighbour in self.vocabulary.definite
        )

    def persons(self) -> Iterator[Entity]:
        """The persons named so far."""
        return (e for e in self.entities.values() if e.kind is EntityClass.PERSON)

    def country_of(self, key: str) -> str | None:
        """The state that an entity belongs to, as the document or the gazetteer says."""
        entity = self.entities.get(key)
        if entity is not None and entity.kind is EntityClass.STATE:
            return key
        return self.countries.get(key) or (entity.country if entity else None)

    def state_of_adjective(self, token: int) -> str | None:
        """The state that an adjective like *nordkoreanisch* names."""
        return self.gazetteer.adjectives.get(self.parse.tokens[token].text)
