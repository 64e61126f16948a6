"""Dictionary forms: the pipeline's guess, a dictionary (simplemma), and separable verbs.

The dictionary knows verbs and nouns better than a small trained model, the model adjectives and
names (``docs/quality.md`` has the comparison); separable verbs are put together from their parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_BY_DICTIONARY = frozenset({"VERB", "AUX", "NOUN"})
_MARKED = 6
"""Letters of a participle, with a particle, in which its mark (*ge*) is looked for."""


@dataclass(frozen=True, slots=True)
class _Participles:
    """How participles look; see ``grammar.toml``."""

    endings: tuple[str, ...]
    inflection: tuple[str, ...]
    mark: str
    unmarked_endings: tuple[str, ...]
    unmarked_beginnings: tuple[str, ...]

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> _Participles:
        endings, inflection, unmarked_endings, unmarked_beginnings = (
            tuple(content[name])
            for name in ("endings", "inflection", "unmarked_endings", "unmarked_beginnings")
        )
        return cls(endings, inflection, content["mark"], unmarked_endings, unmarked_beginnings)

    def uninflected(self, form: str) -> Iterator[str]:
        """What a participle before a noun may be a form of: *verhängten* ─▶ *verhängt*."""
        for end in (*self.inflection, ""):
            base = form.removesuffix(end)
            if (base != form or not end) and base.endswith(self.endings):
                yield base

    def is_one(self, form: str, verb: str) -> bool:
        """*geschlossen*, *verhängt*, *angekündigt*, *kritisiert*: whether it looks like a participle of the verb."""
        return (
            self.mark in form[:_MARKED]
            or form.endswith(self.unmarked_endings)
            or verb.startswith(self.unmarked_beginnings)
        )


class Lemmatizer:
    """Gives lemmas for one language."""

    def __init__(self, language: str, grammar: Mapping[str, Any]) -> None:
        """Load the dictionary of a language (half a second).

        Args:
            grammar: the language's ``grammar.toml``.
        """
        import simplemma

        self._lookup = simplemma.lemmatize
        self._known = simplemma.is_known
        self._language = language
        self._contractions: Mapping[str, str] = grammar["prepositions"]
        self._particles = tuple(sorted(grammar["verbs"]["particles"], key=len, reverse=True))
        self._prefixes: tuple[str, ...] = tuple(grammar["verbs"]["prefixes"])
        self._verbs: Mapping[str, str] = grammar["verbs"]["irregular"]
        self._nouns: Mapping[str, str] = grammar["nouns"]["irregular"]
        self._infinitive = tuple(grammar["verbs"]["infinitive_endings"])
        self._infinitive_marks: tuple[str, ...] = tuple(grammar["verbs"]["infinitive_marks"])
        self._participles = _Participles.of(grammar["participles"])
        self._spelling: Mapping[str, str] = grammar["spelling"]
        self._cache: dict[tuple[str, str, str], str] = {}
        self._verbs_of_participles: dict[str, str | None] = {}
        self._lookup("geht", lang=language)

    def lemma(self, text: str, guess: str, pos: str, particles: Sequence[str]) -> str:
        """The lemma of a word; of a separable verb with its particle (*warf … vor* ─▶ *vorwerfen*).

        Args:
            guess: what the pipeline says.
            particles: the separated particles that belong to a verb, lower case.
        """
        if pos == "ADP":
            lower = text.lower()
            return self._contractions.get(lower, lower)
        if pos not in _BY_DICTIONARY:
            return self._nouns.get(text, guess or text)
        key = (text, guess, pos)
        lemma = self._cache.get(key)
        if lemma is None:
            lemma = self._spelled(self._noun(text, guess) if pos == "NOUN" else self._verb(text, guess))
            self._cache[key] = lemma
        if pos != "NOUN" and particles and not lemma.startswith(particles[0]):
            joined = particles[0] + lemma
            # "beschuldigt immer wieder", "sagte laut dpa": what makes no verb is no particle of it.
            return joined if self._known(joined, lang=self._language) else lemma
        return lemma

    def _spelled(self, lemma: str) -> str:
        """*Kompromiß* ─▶ *Kompromiss*, *reissen* ─▶ *reißen*: dictionaries know old and Swiss spellings, too."""
        end = next((e for e in self._spelling if lemma.endswith(e)), None)
        return lemma if end is None else lemma.removesuffix(end) + self._spelling[end]

    def participle(self, text: str) -> str | None:
        """The verb of a participle that stands as an adjective (*die verhängten Sanktionen*), if it is one."""
        form = text.lower()
        if form not in self._verbs_of_participles:
            self._verbs_of_participles[form] = self._verb_of(form)
        return self._verbs_of_participles[form]

    def _verb_of(self, form: str) -> str | None:
        for base in self._participles.uninflected(form):
            verb = self._verb(base, base)
            if verb.endswith(self._infinitive) and verb != base and self._participles.is_one(base, verb):
                return verb
        return None

    def _verb(self, text: str, guess: str) -> str:
        form = text.lower()
        if form in self._verbs:
            return self._verbs[form]
        if joined := self._marked_participle(form):
            return joined
        found = str(self._lookup(form, lang=self._language)).lower()
        if (
            found.endswith(self._infinitive)
            and (found != form or guess.lower() == form)
            and self._known(found, lang=self._language)
        ):
            return found
        for prefix in self._prefixes:
            rest = form.removeprefix(prefix)
            inner = (
                str(self._lookup(rest, lang=self._language)).lower() if rest != form and len(rest) > 3 else ""
            )
            if (
                inner.endswith(self._infinitive)
                and inner != rest
                and self._known(prefix + inner, lang=self._language)
            ):
                return f"{prefix}{inner}"
        for particle in self._particles:
            rest = form.removeprefix(particle)
            if rest != form and len(rest) > 3:
                for mark in self._infinitive_marks if rest.endswith(self._infinitive) else ():
                    rest = rest.removeprefix(mark)
                inner = str(self._lookup(rest, lang=self._language)).lower()
                if inner.endswith(self._infinitive):
                    return f"{particle}{inner}"
        return guess.lower() if guess.endswith(self._infinitive) else found

    def _marked_participle(self, form: str) -> str:
        """*hochgefahren*, *angefeindet*: a participle whose mark stands behind its particle."""
        mark = self._participles.mark
        for particle in self._particles if form.endswith(self._participles.endings) else ():
            rest = form.removeprefix(particle)
            if rest != form and rest.startswith(mark):
                inner = str(self._lookup(rest, lang=self._language)).lower()
                if inner.endswith(self._infinitive) and inner != rest and not inner.startswith(mark):
                    return f"{particle}{inner}"
        return ""

    def _noun(self, text: str, guess: str) -> str:
        if text in self._nouns:
            return self._nouns[text]
        head, hyphen, last = text.rpartition("-")
        if not last:  # "Wirtschafts- und Handelsbeziehungen"
            return guess or text
        found = str(self._lookup(last, lang=self._language))
        if not found[:1].isupper():
            found = guess.rpartition("-")[2] if guess[:1].isupper() else last
        return f"{head}{hyphen}{found}"
