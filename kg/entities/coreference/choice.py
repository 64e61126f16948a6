"""Which of several antecedents a pronoun or description takes up: a learnt choice (``coreference.toml``).

Grammar says who may be meant (gender, number, class, clause); among these a conditional logit with
readable weights chooses, and leaves the word open where it is not sure of anybody. The weights are made
by ``python -m kg.training.coreference``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log1p

from kg.entities.coreference.candidates import SUBJECTS, Candidate
from kg.entities.workspace import Workspace
from kg.errors import DataError
from kg.lang import LanguageData
from kg.model import EntityClass, MentionKind, Token

_CLOSE = 2
"""Farther than so many sentences is far."""


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who may be meant: the keys (several for *sie* in the plural) and the mention that is taken up."""

    keys: tuple[str, ...]
    mention: Candidate


@dataclass(frozen=True)
class Choice:
    """The weights of the choice; nobody is chosen below ``threshold``.

    >>> choice = Choice({"open": 0.0, "subject": 2.0}, 0.5)
    >>> round(choice.shares([{"subject": 1.0}, {}])[0], 2)
    0.79
    """

    weights: Mapping[str, float]
    threshold: float

    @classmethod
    def of(cls, data: LanguageData) -> Choice:
        """Read a language's ``coreference.toml``.

        Raises:
            DataError: a weight is no number.
        """
        content = data.toml("coreference.toml")
        if not content:
            return cls({}, 0.0)  # a language without weights takes the closest that agrees
        try:
            weights = {name: float(weight) for name, weight in content["weights"].items()}
            return cls(weights, float(content["threshold"]))
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"coreference.toml: no number for {error}") from None

    def choose(self, work: Workspace, token: Token, options: Sequence[Option]) -> Option | None:
        """Who is meant; None where nobody is likely enough."""
        options = each_once(options)
        if not options:
            return None
        shares = self.shares([features(work, token, option, options) for option in options])
        best = max(range(len(options)), key=lambda i: shares[i])
        return options[best] if shares[best] >= self.threshold else None

    def shares(self, described: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of each option; what is missing to 1 is that of nobody among them."""
        scores = [exp(sum(self.weights.get(n, 0.0) * v for n, v in f.items())) for f in described]
        total = sum(scores) + exp(self.weights.get("open", 0.0))
        return [score / total for score in scores]


def each_once(options: Sequence[Option]) -> list[Option]:
    """The first of the options of the same keys: they come ranked."""
    return list({option.keys: option for option in reversed(options)}.values())[::-1]


def features(work: Workspace, token: Token, option: Option, options: Sequence[Option]) -> dict[str, float]:
    """What speaks for an antecedent; 0 is left out."""
    candidate = option.mention
    back = token.sentence - candidate.sentence
    mention = work.mention_at(candidate.token)
    entity = work.entities[option.keys[0]]
    before = [m for m in (o.mention for o in options) if candidate.token < m.token < token.index]
    pronoun = token.pos in ("PRON", "DET")
    found = {
        "same sentence": back == 0,
        "sentence before": back == 1,
        "two sentences before": back == _CLOSE,
        "farther": log1p(max(0, back - _CLOSE)),
        "subject": candidate.subject,
        "subject of the sentence before": candidate.subject and back == 1,
        "subject of the same sentence": candidate.subject and back == 0,
        "parallel": candidate.subject == (token.label in SUBJECTS),
        "others between": float(len(before)),
        "by name": mention is not None and mention.kind is MentionKind.NAME,
        "mentioned before": log1p(work.times_mentioned(option.keys[0])),
        "state": entity.kind is EntityClass.STATE,
        "group": entity.kind is EntityClass.GROUP,
        "with title": option.keys[0] in work.titles,
        "without name": entity.described,
        "several": len(option.keys) > 1,
        "possessive of the subject": token.feat("Poss") == "Yes" and candidate.subject and back == 0,
        "description of a person": not pronoun and entity.kind is EntityClass.PERSON,
        "calling": not pronoun and token.lemma.rpartition("-")[2] not in work.vocabulary.persons,
        "of that country": not pronoun and _of_country(work, token, option.keys[0]),
        "description, farther": 0.0 if pronoun else log1p(max(0, back - 1)),
        "only one": len(options) == 1,
    }  # fmt: skip
    return {name: float(value) for name, value in found.items() if value}


def _of_country(work: Workspace, noun: Token, key: str) -> bool:
    """*der Indonesier*: somebody of that country."""
    state = work.gazetteer.inhabitants.get(noun.lemma)
    return state is not None and work.country_of(key) == state
