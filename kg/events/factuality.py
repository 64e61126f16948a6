"""Clause ─▶ Factuality: what mood, modals, negation and the embedding predicate say.

The four values follow the annotation of FactBank (Saurí & Pustejovsky 2009) in a coarser form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.events.rules import DiscourseRules
from kg.language.phrases import children
from kg.model import Clause, Factuality, Mood, Parse, Voice

_CLAUSAL = frozenset(
    {
        "ccomp",
        "xcomp",
        "acl",
        "advcl",
        "csubj",
        "obj",
        "obl",
        "nmod",
        "conj",
        "nsubj",
        "nsubj:pass",
        "obl:arg",
    }
)
_STATED = frozenset({"parataxis", "root", "amod"})
"""Labels of what is said for itself, or taken for granted (*fordert die Freilassung inhaftierter Journalisten*)."""
_CONTENT = frozenset({"ccomp", "xcomp", "csubj", "acl", "advcl"})
_MOST_STEPS = 6


class Ground(StrEnum):
    """By what a clause's factuality was judged."""

    STATED = "stated"
    NEGATION = "negation"
    MODAL = "modal"
    MARKER = "marker"
    UNREAL = "unreal"
    FUTURE = "future"
    ADVERB = "adverb"
    ADJECTIVE = "adjective"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A factuality with what says so; ``word`` is the modal, the conjunction, the predicate above …"""

    value: Factuality
    ground: Ground = Ground.STATED
    word: str = ""


_ACTUAL = Verdict(Factuality.ACTUAL)


class FactualityReader:
    """Judges the clauses of one document."""

    def __init__(
        self, rules: DiscourseRules, parse: Parse, clauses: Sequence[Clause],
        certainty: Callable[[Clause], Mapping[str, Factuality]],
    ) -> None:  # fmt: skip
        self._rules = rules
        self._certainty = certainty
        self._parse = parse
        self._clauses = clauses

    def of(self, clause: Clause) -> Factuality:
        """Whether what a clause says happened, is planned, possible or denied."""
        return self.verdict(clause).value

    def verdict(self, clause: Clause) -> Verdict:
        """The factuality of a clause and by what it was judged."""
        own = self._nominal(clause) if clause.nominal else self._verbal(clause)
        embedded = self._embedded(clause)
        if own.value is Factuality.ACTUAL:
            return embedded
        # "Ein geplantes Treffen sagte er ab", "dementiert, dass er abziehen will": what becomes of a plan outweighs it.
        return embedded if embedded.value is Factuality.NEGATED else own

    def is_hearsay(self, clause: Clause) -> bool:
        """*soll ihn getroffen haben*, *traf ihn angeblich*: true on somebody's word only."""
        head = self._parse.tokens[clause.head]
        said = bool(self._rules.hearsay_modals & {*clause.modals}) and self._perfect_infinitive(clause)
        return said or any(
            t.text.lower() in self._rules.hearsay for t in children(self._parse, head, "advmod")
        )

    def refused(self, clause: Clause) -> bool:
        """*lehnt Verhandlungen mit Kabul ab*: what is refused and has no article does not happen.

        That goes for deeds; who refuses criticism has been criticised.
        """
        if not clause.nominal or clause.parent is None:
            return False
        parent, head = self._clauses[clause.parent], self._parse.tokens[clause.head]
        definite = any(
            c.text.lower() in self._rules.definite
            or (c.index < clause.head and c.label in ("nmod", "det:poss"))
            for c in children(self._parse, head, "det", "det:poss", "nmod")
        )
        governed = any(c.head == clause.head and c.slot in self._rules.refusing for c in parent.complements)
        verdict = self._effect(parent, clause) or self._rules.embedding.get(self._embedding_lemma(parent))
        return governed and not definite and verdict is Factuality.NEGATED

    def _verbal(self, clause: Clause) -> Verdict:
        if clause.negated:
            return Verdict(Factuality.NEGATED, Ground.NEGATION)
        for modal in clause.modals:
            verdict = self._rules.modals.get(modal)
            if verdict is None:
                continue
            if modal in self._rules.hearsay_modals and self._perfect_infinitive(clause):
                return _ACTUAL  # "soll gesagt haben": reported, not planned
            return Verdict(verdict, Ground.MODAL, modal)
        if clause.marker in self._rules.markers:
            verdict = self._rules.markers[clause.marker]
            if verdict is not Factuality.PLANNED or not clause.finite:
                return Verdict(verdict, Ground.MARKER, clause.marker)
        if clause.mood is Mood.UNREAL and not self._reported_past(clause):
            return Verdict(Factuality.POSSIBLE, Ground.UNREAL)
        if not clause.past and self._future(clause):
            return Verdict(Factuality.PLANNED, Ground.FUTURE)
        head = self._parse.tokens[clause.head]
        for child in children(self._parse, head, "advmod"):
            verdict = self._rules.adverbs.get(child.text.lower())
            if verdict is not None:
                return Verdict(verdict, Ground.ADVERB, child.text)
        return _ACTUAL

    def _perfect_infinitive(self, clause: Clause) -> bool:
        head = self._parse.tokens[clause.head]
        return head.feat("VerbForm") == "Part" and any(
            c.text.lower() in self._rules.perfect for c in children(self._parse, head, "aux", "aux:pass")
        )

    def _reported_past(self, clause: Clause) -> bool:
        """*Die Behörden hätten abgelehnt*: stands in for a Konjunktiv I in reported speech."""
        head = self._parse.tokens[clause.head]
        return head.feat("VerbForm") == "Part" and any(
            c.text.lower() in self._rules.reported_helpers
            for c in children(self._parse, head, "aux", "aux:pass")
        )

    def _future(self, clause: Clause) -> bool:
        head = self._parse.tokens[clause.head]
        looks = head.feat("VerbForm") == "Inf" or (
            clause.voice is Voice.ACTIVE and head.text.lower() == head.lemma  # "werde ihn empfangen"
        )
        return looks and any(
            c.lemma == "werden" and c.feat("VerbForm") == "Fin"
            for c in children(self._parse, head, "aux", "aux:pass")
        )

    def _nominal(self, clause: Clause) -> Verdict:
        if clause.negated:
            return Verdict(Factuality.NEGATED, Ground.NEGATION)
        head = self._parse.tokens[clause.head]
        for child in children(self._parse, head, "amod"):
            stem = child.text.lower()
            for word, verdict in self._rules.adjectives.items():
                if stem.startswith(word):
                    return Verdict(verdict, Ground.ADJECTIVE, child.text)
        return _ACTUAL

    def _embedded(self, clause: Clause) -> Verdict:
        """The verdict of the predicates above, up to a finite main clause of its own."""
        current = clause
        for _ in range(_MOST_STEPS):
            if current.parent is None:
                return _ACTUAL
            parent = self._clauses[current.parent]
            token = self._parse.tokens[current.head]
            if token.label in _STATED or (
                token.label in ("conj", "acl", "advcl")
                and current.finite
                and not current.nominal
                and not self._is_content(current)
            ):
                return _ACTUAL
            if token.label == "advcl" and not clause.nominal:
                return _ACTUAL
            if token.label == "conj" and not current.nominal:
                current = parent  # "hatte die Reise geplant, aber abgesagt": beside it, not below it
                continue
            if clause.nominal and current is clause and not self._governs(parent, clause):
                return _ACTUAL
            word = self._embedding_lemma(parent)
            verdict = self._effect(parent, current) or self._rules.embedding.get(word)
            if verdict is None and clause.nominal and parent.predicate == self._rules.copula:
                verdict = self._rules.adjectives.get(word)
            if clause.nominal and parent.predicate in self._rules.occurrence:
                if parent.predicate in self._rules.negating:
                    return Verdict(Factuality.NEGATED, Ground.EMBEDDED, parent.predicate)
                inherited = self.verdict(parent)
                if verdict is None or inherited.value is not Factuality.ACTUAL:
                    return inherited
                return Verdict(verdict, Ground.EMBEDDED, word)
            if verdict is not None and not (clause.nominal and verdict is Factuality.NEGATED):
                return Verdict(verdict, Ground.EMBEDDED, word)
            current = parent
        return _ACTUAL

    def _effect(self, parent: Clause, current: Clause) -> Factuality | None:
        """What the lexicon says that a predicate makes of an event in the slot where this one stands."""
        effects = self._certainty(parent)
        if not effects:
            return None
        if not current.nominal and current.relation in _CONTENT:
            return effects.get("clause")
        slots = [c.slot for c in parent.complements if c.head == current.head]
        found = next((effects[s] for s in slots if s in effects), None)
        return None if found is Factuality.ACTUAL else found  # it is as certain as the predicate

    def _is_content(self, clause: Clause) -> bool:
        """*einen Bericht, wonach Trump Truppen schickt*"""
        below = children(self._parse, self._parse.tokens[clause.head])
        return any(t.text.lower() in self._rules.contents for t in below)

    def _governs(self, parent: Clause, clause: Clause) -> bool:
        """Whether a noun is an argument of its verb, not of an adverbial (*nach dem Treffen*)."""
        return any(c.head == clause.head and c.slot in self._rules.governed for c in parent.complements)

    def _embedding_lemma(self, clause: Clause) -> str:
        """The word that the rules know a predicate by: a verb, with its noun if that makes it one (*in Aussicht stellen*)."""
        for complement in clause.complements:
            whole = f"{complement.slot} {self._parse.tokens[complement.head].lemma} {clause.predicate}"
            if whole in self._rules.embedding:
                return whole
        head = self._parse.tokens[clause.head]
        if clause.predicate == self._rules.copula:
            return head.lemma
        if clause.predicate not in self._rules.embedding:
            # "erklärte sich bereit", "zeigte sich entschlossen"
            beside = children(self._parse, head, "advmod", "xcomp", "compound:prt")
            return next((t.lemma for t in beside if t.lemma in self._rules.embedding), clause.predicate)
        return clause.predicate
