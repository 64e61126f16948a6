"""The words for offices in all their forms (``offices.toml``): *des Präsidenten*, *Minister:innen*, *CHP-Abgeordneter*."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.lang import LanguageData
from kg.lang.patterns import WordSet
from kg.model import Gender


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """Titles, their forms, and what stands beside them; see the comments in ``offices.toml``."""

    titles: WordSet
    words: frozenset[str]
    """The titles that stand as they are, not by their end."""
    before_names: frozenset[str]
    exceptions: frozenset[str]
    weak: WordSet
    strong: WordSet
    with_body: WordSet
    of_states: WordSet
    same: Mapping[str, str]
    alike: tuple[frozenset[str], ...]
    feminine: Mapping[str, str]
    kept: tuple[str, ...]
    inflected: tuple[tuple[str, str], ...]
    inclusive: tuple[str, ...]
    umlauts: Mapping[str, str]
    feminine_ending: str
    strong_endings: Mapping[str, str]
    former: tuple[str, ...]
    former_prefixes: tuple[str, ...]
    former_adverbs: frozenset[str]
    future: tuple[str, ...]
    future_behind: tuple[tuple[str, ...], ...]
    body_of_prefix: Mapping[str, str]
    body_of_title: Mapping[str, str]
    shared: frozenset[str]
    genitive: frozenset[str]
    opening: frozenset[str]
    close: frozenset[str]
    contracted: frozenset[str]
    purpose: str
    belonging: frozenset[str]
    where: frozenset[str]
    behind_names: frozenset[str]
    adjective_endings: tuple[str, ...]
    regions: Mapping[str, str]
    portfolios: frozenset[str]
    never_of_parties: WordSet
    organisations: WordSet
    no_organisations: frozenset[str]
    colleagues: WordSet
    predecessors: frozenset[str]
    successors: frozenset[str]
    deputies: frozenset[str]
    _known: dict[str, str | None] = field(default_factory=dict, repr=False)
    _titles: dict[str, bool] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, data: LanguageData) -> OfficeWords:
        """Read a language's ``offices.toml``."""
        content = data.toml("offices.toml")
        titles, forms, time = content["titles"], content["forms"], content["time"]
        bodies, relations = content["bodies"], content["relations"]
        adjectives = data.toml("entities.toml")["adjectives"]
        nouns = [word for words in content["nouns"].values() for word in words.split()]
        return cls(
            titles=WordSet(nouns),
            words=frozenset(word for word in nouns if not word.startswith("*")),
            before_names=frozenset(titles["before_names"]),
            exceptions=frozenset(titles["except"]),
            weak=WordSet(titles["weak"]),
            strong=WordSet(titles["strong"]),
            with_body=WordSet(titles["with_body"]),
            of_states=WordSet(titles["of_states"]),
            same={w: group[0] for group in titles["same"] for w in group},
            alike=tuple(frozenset(group) for group in titles["alike"]),
            feminine=titles["feminine"],
            kept=tuple(titles["kept"]),
            inflected=tuple((e.partition("=")[0], e.partition("=")[2]) for e in forms["inflected"]),
            inclusive=tuple(forms["inclusive"]),
            umlauts=forms["umlauts"],
            feminine_ending=forms["feminine_ending"],
            strong_endings=adjectives["nominative"],
            former=tuple(time["former"]),
            former_prefixes=tuple(time["former_prefixes"]),
            former_adverbs=frozenset(time["former_adverbs"]),
            future=tuple(time["future"]),
            future_behind=tuple(tuple(words.split()) for words in time["future_behind"]),
            body_of_prefix=bodies["prefix"],
            body_of_title=bodies["title"],
            shared=frozenset(bodies["shared"]),
            genitive=frozenset(bodies["genitive"]),
            opening=frozenset(bodies["opening"]),
            close=frozenset(bodies["close"]),
            contracted=frozenset(bodies["contracted"]),
            purpose=bodies["purpose"],
            belonging=frozenset(bodies["belonging"]),
            where=frozenset(bodies["where"]),
            behind_names=frozenset(bodies["behind_names"]),
            adjective_endings=tuple(adjectives["inflection"]),
            regions={a + e: r for a, r in bodies["regions"].items() for e in adjectives["inflection"]},
            portfolios=frozenset(bodies["portfolios"]),
            never_of_parties=WordSet(bodies["never_of_parties"]),
            organisations=WordSet(bodies["organisations"]),
            no_organisations=frozenset(bodies["no_organisations"]),
            colleagues=WordSet(relations["colleagues"]),
            predecessors=frozenset(relations["predecessors"]),
            successors=frozenset(relations["successors"]),
            deputies=frozenset(relations["deputies"]),
        )

    def is_title(self, word: str) -> bool:
        """Whether a noun in its basic form, masculine or feminine, is an office (*CHP-Vorsitzende*)."""
        known = self._titles.get(word)
        if known is None:
            last = word.rpartition("-")[2]
            excepted = last in self.exceptions or word in self.exceptions
            known = not excepted and any(form in self.titles for form in (word, last, self.masculine(last)))
            self._titles[word] = known
        return known

    def title(self, word: str) -> str | None:
        """The basic form of an inflected office: *Präsidenten* ─▶ *Präsident*; none if it is no office.

        *Vorsitzenden* ─▶ *Vorsitzende*: what is inflected like an adjective keeps its weak form.
        """
        if word not in self._known:
            self._known[word] = next((form for form in self._forms(word) if self.is_title(form)), None)
        return self._known[word]

    def _forms(self, word: str) -> Iterator[str]:
        yield word
        for mark in self.inclusive:
            if word.endswith(mark) and len(word) > len(mark):
                yield word.removesuffix(mark)
        for ending, plain in self.inflected:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                yield word.removesuffix(ending) + plain

    def masculine(self, title: str) -> str:
        """*Außenministerin* ─▶ *Außenminister*, *Nationalrätin* ─▶ *Nationalrat*; other words as they are."""
        if title.endswith(self.feminine_ending):
            stem = title.removesuffix(self.feminine_ending)
            for form in (stem, self._without_umlaut(stem)):
                last = form.rpartition("-")[2]
                if title not in self.titles and (last in self.titles or last in self.before_names):
                    return form
        for end, masculine in self.feminine.items():
            if title.endswith(end):
                return title.removesuffix(end) + masculine
        return title

    def _without_umlaut(self, stem: str) -> str:
        last = max((stem.rfind(u) for u in self.umlauts), default=-1)
        return stem if last < 0 else stem[:last] + self.umlauts[stem[last]] + stem[last + 1 :]

    def strong_masculine(self, title: str) -> str:
        """The name of an office that is inflected like an adjective: (der) *Vorsitzende* ─▶ *Vorsitzender*."""
        weak = self.strong_endings[Gender.FEMININE]
        strong = title.removesuffix(weak) + self.strong_endings[Gender.MASCULINE]
        return strong if title.endswith(weak) and self.is_title(strong) else title

    def usual(self, title: str) -> str:
        """One name for the words that mean the same office."""
        base = self.strong_masculine(self.masculine(title))
        return self.same.get(base, base)

    def is_weak(self, title: str) -> bool:
        """Whether a title states no office: *Kollege*, *SPD-Politiker*."""
        last = self.strong_masculine(self.masculine(title.rpartition("-")[2]))
        return last in self.weak and last not in self.strong

    def needs_body(self, title: str) -> bool:
        """Whether a title is an office only of something that is named (*Chef*, *Leiter*)."""
        return self.strong_masculine(self.masculine(title)) in self.with_body

    def without_former(self, word: str) -> tuple[str, str]:
        """*Ex-Präsident* ─▶ *Präsident* and *Ex-*; a word without such a prefix and nothing."""
        for prefix in self.former_prefixes:
            rest = word.removeprefix(prefix)
            if rest != word and rest[:1].isalpha():
                title = rest[:1].upper() + rest[1:]
                if (prefix.endswith("-") or rest[:1].islower()) and self.title(title):
                    return title, prefix
        return word, ""

    def same_office(self, a: str, b: str) -> bool:
        """Whether two titles of one person may be one office: *Kanzlerin* and *Bundeskanzlerin*, *Premier* and *Regierungschef*."""
        one, other = sorted((self._base(a), self._base(b)), key=len)
        return (
            one == other
            or self.usual(one) == self.usual(other)
            or (other.casefold().endswith(one.casefold()) and not self._limited(other, one))
            or any({one, other} <= group for group in self.alike)
        )

    def _base(self, title: str) -> str:
        return self.strong_masculine(self.masculine(title.partition(f" {self.purpose} ")[0]))

    def _limited(self, longer: str, shorter: str) -> bool:
        """*Vizepräsident* is another office than *Präsident*, *Parlamentspräsident* may be the one called so."""
        first = longer[: len(longer) - len(shorter)].rstrip("- ")
        return first in self.titles or first.split(" ")[0].endswith(self.kept_endings)

    @property
    def kept_endings(self) -> tuple[str, ...]:
        """Adjectives that make another office, in the nominative."""
        ends = self.strong_endings
        return tuple(a + ends[g] for a in self.kept[:1] for g in (Gender.MASCULINE, Gender.FEMININE))
