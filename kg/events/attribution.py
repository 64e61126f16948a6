"""Whose word a clause is: sources, reporting predicates, reported mood, quotations.

Order of authority: a source in the clause itself (*laut*, *zufolge*, *nach Angaben von*), the
quotation it stands in, the reporting predicate above it, then, for a sentence in Konjunktiv I or
with *demnach*, whoever spoke last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.events.resolve import Referents
from kg.events.rules import DiscourseRules
from kg.language.phrases import children, preposition
from kg.language.verb_group import is_finite
from kg.model import Clause, Factuality, Mood, Parse, Span, Token

_MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting predicate with its speakers."""

    clause: Clause
    speakers: tuple[str, ...]


class AttributionReader:
    """Finds the source of every clause of one document.

    Args:
        reports: the reporting predicates in text order.
        quotes: the spans of direct speech with who speaks, in text order.
    """

    def __init__(
        self,
        rules: DiscourseRules,
        parse: Parse,
        clauses: Sequence[Clause],
        referents: Referents,
        reports: Sequence[Report],
        quotes: Sequence[tuple[Span, tuple[str, ...]]],
    ) -> None:
        self._rules = rules
        self._parse = parse
        self._clauses = clauses
        self._referents = referents
        self._reports = {r.clause.index: r for r in reports}
        self._quotes = quotes
        self._named: dict[int, tuple[str, ...]] = {}
        for sentence in parse.sentences:
            self._named[sentence.index] = self._source_in(sentence.index)
        self._summed = self._summing_up()
        self._last = self._last_voices()

    def of(self, clause: Clause) -> tuple[str, ...]:
        """The keys of whoever a clause is the word of; empty for the article's own voice."""
        anchor = Span(self._parse.tokens[clause.head].begin, self._parse.tokens[clause.head].end)
        for span, speakers in self._quotes:
            if span.covers(anchor):
                return speakers
        above = self._reported_by(clause)
        if above and not self._adds(clause):
            return above
        if clause.index not in self._reports or self._own_source(clause):
            named = self._named[clause.sentence]
            if named and self._in_scope(clause):
                return named
        if clause.index in self._reports and clause.mood is Mood.INDICATIVE:
            return ()
        if clause.sentence in self._summed:
            return self._summed[clause.sentence]
        if self._continues(clause) and not self._is_told(clause.sentence):
            return self._last.get(clause.sentence, ())
        return ()

    def source_of_report(self, clause: Clause) -> tuple[str, ...]:
        """The source that stands in the sentence of a statement (*sagte X laut Interfax*)."""
        return self._named[clause.sentence]

    def _own_source(self, clause: Clause) -> bool:
        return bool(self._named[clause.sentence])

    def _in_scope(self, clause: Clause) -> bool:
        """A source covers its sentence, but not what a relative clause adds in the indicative."""
        token = self._parse.tokens[clause.head]
        return not (token.label == "acl" and clause.mood is Mood.INDICATIVE and not clause.nominal)

    def _source_in(self, sentence: int) -> tuple[str, ...]:
        """*laut X*, *X zufolge*, *nach Angaben von X*, *wie X berichtete* in a sentence."""
        s = self._parse.sentences[sentence]
        for token in self._parse.tokens[s.first : s.last]:
            if (
                token.pos in ("ADP", "SCONJ", "ADV")
                and token.lemma.lower() in self._rules.source_prepositions
            ):
                found = self._source_phrase(token)
                if found:
                    return found
            if token.lemma in self._rules.source_nouns or token.text in self._rules.source_nouns:
                adposition = preposition(self._parse, token) or self._before(token)
                if adposition is not None and adposition.lemma in self._rules.according:
                    found = self._behind(token) or self._referents.owner(token.index)
                    if found:
                        return found
        return ()

    def _before(self, token: Token) -> Token | None:
        return self._parse.tokens[token.index - 1] if token.index else None

    def _source_phrase(self, adposition: Token) -> tuple[str, ...]:
        noun = self._parse.tokens[adposition.head]
        if noun.lemma in self._rules.source_nouns or noun.text in self._rules.source_nouns:
            return self._behind(noun) or self._referents.owner(noun.index)
        found = self._referents.actors(noun.index)
        if found:
            return found
        step = -1 if adposition.lemma in self._rules.postpositions else 1
        i = adposition.index + step
        reach = 0
        while 0 <= i < len(self._parse.tokens) and reach < 5:
            token = self._parse.tokens[i]
            if token.sentence != adposition.sentence or token.pos in ("VERB", "AUX", "PUNCT"):
                return ()
            found = self._referents.actors(token.index)
            if found:
                return found
            i += step
            reach += 1
        return ()

    def _behind(self, noun: Token) -> tuple[str, ...]:
        """*nach Angaben von Xinhua*, *nach Angaben seiner Familie*: the words right behind."""
        tokens = self._parse.tokens
        for i in range(noun.index + 1, min(noun.index + 6, len(tokens))):
            token = tokens[i]
            if token.sentence != noun.sentence or token.pos in ("VERB", "AUX", "PUNCT"):
                return ()
            if token.pos in ("NOUN", "PROPN", "X"):
                found = self._referents.actors(i)
                if found:
                    return found
                if token.pos == "NOUN" and not any(
                    True for _ in children(self._parse, token, "flat", "appos")
                ):
                    return ()
        return ()

    def _reported_by(self, clause: Clause) -> tuple[str, ...]:
        """The speakers of the reporting predicate that a clause is the content of."""
        current = clause
        for _ in range(_MOST_STEPS):
            above = self._reporting_child(current)
            if above and clause.index not in self._reports:
                return above
            if current.parent is None:
                return ()
            parent = self._clauses[current.parent]
            report = self._reports.get(parent.index)
            if report is not None and self._is_content(current, parent, clause):
                # "bestreitet, die Ermordung angeordnet zu haben": that there was one is not on the denier's word.
                denied = self._rules.embedding.get(parent.predicate) is Factuality.NEGATED
                return () if denied and clause.nominal else report.speakers
            if self._parse.tokens[current.head].label == "root":
                return ()
            current = parent
        return ()

    def _reporting_child(self, clause: Clause) -> tuple[str, ...]:
        """*…, sagte X*: the tag hangs below what it reports."""
        head = self._parse.tokens[clause.head]
        for child in children(self._parse, head, "parataxis", "ccomp", "conj", "dep", "advcl"):
            if child.label != "ccomp" and self._verb_second(child) and clause.mood is Mood.INDICATIVE:
                continue  # "…, Moskau kündigte Vergeltung an" is the next statement, not a tag
            for report in self._reports.values():
                if report.clause.head == child.index and report.clause.marker in self._rules.parenthetic:
                    return report.speakers
                if (
                    report.clause.head == child.index
                    and (clause.mood is not Mood.INDICATIVE or child.label in ("parataxis", "ccomp", "dep"))
                    and child.index > head.index
                ):
                    return report.speakers
        return ()

    def _verb_second(self, verb: Token) -> bool:
        """Whether a subject stands before its finite verb, with no subordinating word before it."""
        if any(True for _ in children(self._parse, verb, "mark")):
            return False
        finite = next(
            (t for t in (*children(self._parse, verb, "aux", "aux:pass"), verb) if is_finite(t)), verb
        )
        subject = next(children(self._parse, verb, "nsubj"), None)
        return subject is not None and subject.index < finite.index

    def _is_content(self, current: Clause, parent: Clause, clause: Clause) -> bool:
        token = self._parse.tokens[current.head]
        if token.label in ("ccomp", "xcomp", "parataxis", "csubj"):
            return True
        if clause.mood is not Mood.INDICATIVE or current.mood is not Mood.INDICATIVE:
            return True
        return token.label in ("obj", "acl") and current.nominal is False

    def _adds(self, clause: Clause) -> bool:
        """*…, was Moskau bestreitet*: behind a report, the article's own voice (but *sagte, was Moskau bestreitet*)."""
        if clause.mood is not Mood.INDICATIVE:
            return False
        tokens = self._parse.tokens
        opener = next(
            (t for t in children(self._parse, tokens[clause.head]) if t.text.lower() in self._rules.adding),
            None,
        )
        return opener is not None and opener.index > 1 and not is_finite(tokens[opener.index - 2])

    def _continues(self, clause: Clause) -> bool:
        """Konjunktiv I without a source, or *demnach*, goes on with the last voice."""
        current: Clause | None = clause
        for _ in range(_MOST_STEPS):
            if current is None:
                break
            if current.mood is Mood.REPORTED:
                return True
            if current.mood is Mood.UNREAL and self._reported_substitute(current):
                return True
            current = self._clauses[current.parent] if current.parent is not None else None
        s = self._parse.sentences[clause.sentence]
        return any(t.text.lower() in self._rules.continuing for t in self._parse.tokens[s.first : s.last])

    def _is_told(self, sentence: int) -> bool:
        """*…, teilte sein Büro mit*: a sentence has somebody of its own who tells it, known or not."""
        s = self._parse.sentences[sentence]
        heads = {r.clause.head for r in self._reports.values()}
        return any(
            t.pos == "VERB" and t.lemma in self._rules.source_verbs and t.index not in heads
            for t in self._parse.tokens[s.first : s.last]
        )

    def _reported_substitute(self, clause: Clause) -> bool:
        """*Die Behörden hätten … abgelehnt*: perfect in Konjunktiv II for want of a distinct I."""
        head = self._parse.tokens[clause.head]
        helpers = children(self._parse, head, "aux", "aux:pass")
        return head.feat("VerbForm") == "Part" or any(h.lemma in self._rules.perfect for h in helpers)

    def _last_voices(self) -> dict[int, tuple[str, ...]]:
        """Sentence ─▶ who spoke last before it in the text."""
        voices: dict[int, tuple[str, ...]] = {}
        current: tuple[str, ...] = ()
        by_sentence: dict[int, tuple[str, ...]] = {}
        for report in self._reports.values():
            if report.speakers:
                by_sentence[report.clause.sentence] = report.speakers
        for sentence in self._parse.sentences:
            voices[sentence.index] = current
            current = by_sentence.get(sentence.index) or self._named[sentence.index] or current
        return voices

    def _summing_up(self) -> dict[int, tuple[str, ...]]:
        """*Das berichtete X*: the sentence before, and what that sentence's pronoun ties to it."""
        found: dict[int, tuple[str, ...]] = {}
        for report in self._reports.values():
            s = self._parse.sentences[report.clause.sentence]
            first = self._parse.tokens[s.first]
            if first.text.lower() not in self._rules.summing or not report.speakers:
                continue
            if report.clause.head > s.first + 4 or any(c.slot == "clause" for c in report.clause.complements):
                continue
            index = s.index - 1
            while index >= 0 and self._parse.sentences[index].paragraph == s.paragraph:
                found[index] = report.speakers
                if not self._tied(index):
                    break
                index -= 1
        return found

    def _tied(self, sentence: int) -> bool:
        """Whether a sentence's subject is a pronoun: it then goes on with the one before."""
        s = self._parse.sentences[sentence]
        return any(
            t.pos == "PRON" and t.label in ("nsubj", "nsubj:pass") and t.feat("PronType") == "Prs"
            for t in self._parse.tokens[s.first : s.last]
        )
