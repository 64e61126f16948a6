"""How far a report reaches: the speaker of every clause, with what opened the report.

Order of authority: the quotation that a clause stands in, the reporting predicate above it, a source in
its sentence (*laut*, *zufolge*, *nach Angaben von*), *Das sagte X* behind it, then, for a sentence in
Konjunktiv I or with *demnach*, whoever spoke last. A report ends with a main clause in the indicative,
with the next source, at a dash, and in the article's own relative clauses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kg.events.rules import DiscourseRules
from kg.events.sources.nouns import CONTENT, is_relative
from kg.events.sources.openers import Form, Opener
from kg.events.sources.quotations import Quotation, touching
from kg.events.sources.rules import SourceRules
from kg.events.sources.voices import last_voices, summed_up
from kg.language.phrases import children
from kg.language.verb_group import is_finite
from kg.model import Clause, Factuality, Mood, Parse, Span, Token

_MOST_STEPS = 6
_MAIN = ("root", "parataxis", "conj", "ccomp")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose word a clause is, what opened the report, and why it reaches so far."""

    speakers: tuple[str, ...]
    opener: Opener
    reach: str


class ScopeReader:
    """Finds the source of every clause of one document.

    Args:
        openers: what opens reports, in text order.
        is_speech_verb: which verbs tell that somebody speaks, whether it is known who or not.
    """

    def __init__(
        self, rules: SourceRules, discourse: DiscourseRules, parse: Parse, clauses: Sequence[Clause],
        openers: Sequence[Opener], quotes: Sequence[Quotation], is_speech_verb: Callable[[str], bool],
        certainty: Callable[[Clause], Mapping[str, Factuality]],
    ) -> None:  # fmt: skip
        self._rules = rules
        self._discourse = discourse
        self._parse = parse
        self._clauses = clauses
        self._verbs = {o.clause.index: o for o in openers if o.form is Form.VERB and o.clause}
        self._heads = {o.head: o for o in openers if o.form is Form.VERB}
        self._nouns = {o.head: o for o in openers if o.form is Form.NOUN}
        self._others: dict[int, list[Opener]] = {}
        for opener in openers:
            if opener.form not in (Form.VERB, Form.NOUN):
                self._others.setdefault(opener.sentence, []).append(opener)
        self._quotes = quotes
        self._is_speech_verb = is_speech_verb
        self._certainty = certainty
        self._summed = summed_up(rules, parse, openers)
        self._last = last_voices(parse, openers)

    def of(self, clause: Clause) -> Attribution | None:
        """The source of a clause; None for the article's own voice."""
        anchor = Span(self._parse.tokens[clause.head].begin, self._parse.tokens[clause.head].end)
        for quote in touching(self._quotes, anchor):
            if quote.span.covers(anchor):
                return Attribution(quote.speakers, quote.opener, "inside its quotation")
        granted = clause.nominal and self._taken_for_granted(clause)
        above = None if granted else self._noun_above(clause) or self._reported_by(clause)
        if above is not None and above.speakers and not self._adds(clause):
            return Attribution(above.speakers, above, "what it reports")
        named = self._beside(clause)
        if named is not None and named.speakers:
            return Attribution(named.speakers, named, "its sentence")
        if granted or (clause.index in self._verbs and clause.mood is Mood.INDICATIVE and named is None):
            return None
        if clause.sentence in self._summed:
            return Attribution(
                self._summed[clause.sentence].speakers,
                self._summed[clause.sentence],
                "the sentences that it sums up",
            )
        last = self._last.get(clause.sentence)
        if last is None or self._is_told(clause.sentence):
            return None
        if named is not None:
            return Attribution(last.speakers, last, "taken up again")
        if self._continues(clause):
            return Attribution(last.speakers, last, "goes on in Konjunktiv I or with a word like demnach")
        return None

    def continued(self) -> dict[int, tuple[Opener, Span]]:
        """Sentences without a source of their own that go on with a report: *Die Lage sei ernst.* behind *X sagte, …*.

        Sentence ─▶ what opened the report, and where the sentence stands.
        """
        mains_of: dict[int, list[Clause]] = defaultdict(list)
        for clause in self._clauses:
            if clause.relation == "root" and not clause.nominal:
                mains_of[clause.sentence].append(clause)
        opened = {o.sentence for o in (*self._heads.values(), *chain.from_iterable(self._others.values()))}
        found: dict[int, tuple[Opener, Span]] = {}
        for s in self._parse.sentences:
            mains = mains_of[s.index]
            reported = bool(mains) and all(c.mood is Mood.REPORTED for c in mains)
            last = self._last.get(s.index)
            if reported and last is not None and s.index not in opened and not self._is_told(s.index):
                found[s.index] = (last, Span(s.begin, s.end))
        return found

    def _beside(self, clause: Clause) -> Opener | None:
        """The phrase or tag that covers a clause: its own before that of the clauses above it."""
        lineage = self._lineage(clause)
        best: tuple[int, Opener] | None = None
        for opener in self._others.get(clause.sentence, ()):
            if not self._in_scope(clause, opener):
                continue
            steps = (
                lineage.index(opener.clause.index) if opener.clause and opener.clause.index in lineage else 99
            )
            elsewhere = steps == 99 and opener.clause is not None
            if elsewhere and (opener.clause.marker or clause.index in self._verbs):  # type: ignore[union-attr]
                continue  # "während A nach Angaben von B floh": covers its own clause
            if best is None or steps < best[0]:
                best = (steps, opener)
        return best[1] if best else None

    def _lineage(self, clause: Clause) -> list[int]:
        """A clause with those above it."""
        found = [clause.index]
        while (parent := self._clauses[found[-1]].parent) is not None and parent not in found:
            found.append(parent)
        return found

    def _in_scope(self, clause: Clause, opener: Opener) -> bool:
        """A source covers its sentence, but not what a relative clause adds in the indicative, nor what a dash cuts off."""
        token = self._parse.tokens[clause.head]
        if token.label == "acl" and clause.mood is Mood.INDICATIVE and not clause.nominal:
            return opener.clause is not None and opener.clause.index == clause.index
        if opener.form is Form.TAG and clause.mood is Mood.INDICATIVE and token.index < opener.head:
            return not any(t.text == ":" for t in self._parse.tokens[token.index : opener.head])
        first, last = sorted((token.index, opener.head))
        cuts = sum(t.text in self._rules.breaks for t in self._parse.tokens[first:last])
        return cuts % 2 == 0 or opener.form is not Form.PHRASE

    def _taken_for_granted(self, clause: Clause) -> bool:
        """*sagte, bei den Verhandlungen gehe es um …*: that there are such talks is not on the speaker's word."""
        head = self._parse.tokens[clause.head]
        articles = children(self._parse, head, "det")
        return any(t.text.lower() in self._discourse.definite for t in articles)

    def _noun_above(self, clause: Clause) -> Opener | None:
        """*die Forderung Lulas, Truppen zu schicken*: the noun of saying whose content a clause is."""
        token = self._parse.tokens[clause.head]
        for _ in range(_MOST_STEPS):
            above = self._parse.tokens[token.head]
            opener = self._nouns.get(above.index)
            if opener is not None and above.index != clause.head and token.label in CONTENT:
                return opener if token.index > above.index and not is_relative(self._parse, token) else None
            if (
                above.index == token.index
                or token.label in ("parataxis", "conj")
                or above.index in self._heads
            ):
                return None
            token = above
        return None

    def _reported_by(self, clause: Clause) -> Opener | None:
        """The reporting predicate that a clause is the content of."""
        current = clause
        for _ in range(_MOST_STEPS):
            above = self._reporting_child(current)
            if above is not None and (self._is_aside(above) or clause.index not in self._verbs):
                return above
            if current.parent is None:
                return None
            parent = self._clauses[current.parent]
            report = self._verbs.get(parent.index)
            if report is not None and self._is_content(current, clause, report):
                # "bestreitet, die Ermordung angeordnet zu haben": that there was one is not on the denier's word.
                denied = self._certainty(parent).get("clause") is Factuality.NEGATED
                return None if denied and clause.nominal else report
            label = self._parse.tokens[current.head].label
            told = label == "advcl" and current.finite and current.mood is Mood.INDICATIVE
            if label == "root" or (told and not parent.finite):
                return None  # "weigerte sich zu verhandeln, solange Moskau droht": that Moscow does is told
            current = parent
        return None

    def _reporting_child(self, clause: Clause) -> Opener | None:
        """*…, sagte X*: the tag hangs below what it reports."""
        head = self._parse.tokens[clause.head]
        for child in children(self._parse, head, "parataxis", "ccomp", "conj", "dep", "advcl"):
            opener = self._heads.get(child.index)
            if opener is None or opener.clause is None or self._colon_between(head, child):
                continue  # "X kritisierte das: So sagte Y …" tells two things
            if self._is_aside(opener):
                return opener
            if clause.mood is Mood.INDICATIVE and self._goes_on(opener.clause):
                continue  # "X reiste nach Minsk, lehnte aber jeden Kompromiss ab" tells two things
            if child.label != "ccomp" and self._verb_second(child) and clause.mood is Mood.INDICATIVE:
                continue  # "…, Moskau kündigte Vergeltung an" is the next statement, not a tag
            tag = clause.mood is not Mood.INDICATIVE or child.label in ("parataxis", "ccomp", "dep")
            if tag and child.index > head.index:
                return opener
        return None

    def _goes_on(self, clause: Clause) -> bool:
        """Whether a verb has its subject from the clause before: a tag has one of its own."""
        subjects = [c for c in clause.complements if c.slot == "subject"]
        own = {t.index for t in children(self._parse, self._parse.tokens[clause.head])}
        return bool(subjects) and all(c.head not in own and c.head < clause.head for c in subjects)

    def _is_aside(self, opener: Opener) -> bool:
        """*Wie X berichtet, …*: whatever the parser makes of the word that opens it."""
        if opener.clause is None:
            return False
        first = self._parse.text[opener.clause.span.begin :].split(maxsplit=1)[:1]
        return bool({opener.clause.marker, *(w.lower() for w in first)} & self._rules.parenthetic)

    def _colon_between(self, a: Token, b: Token) -> bool:
        return any(t.text == ":" for t in self._parse.tokens[a.index : b.index])

    def _verb_second(self, verb: Token) -> bool:
        """Whether a subject stands before its finite verb, with no subordinating word before it."""
        if any(True for _ in children(self._parse, verb, "mark")):
            return False
        finite = next(
            (t for t in (*children(self._parse, verb, "aux", "aux:pass"), verb) if is_finite(t)), verb
        )
        subject = next(children(self._parse, verb, "nsubj"), None)
        return subject is not None and subject.index < finite.index

    def _is_content(self, current: Clause, clause: Clause, report: Opener) -> bool:
        token = self._parse.tokens[current.head]
        before = current.mood is Mood.INDICATIVE and token.index < report.head
        if before and self._colon_between(token, self._parse.tokens[report.head]):
            return False  # "X kritisierte das: So sagte Y …"
        if token.label == "parataxis" and current.mood is Mood.INDICATIVE and self._verb_second(token):
            return self._colon_between(self._parse.tokens[token.head], token)  # "X sagte: Y kommt"
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
        token = self._parse.tokens[clause.head]
        if token.label == "acl" and clause.finite and clause.mood is Mood.INDICATIVE:
            return False  # "das Lager, das angegriffen worden war, sei klein"
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
        return any(
            t.pos == "VERB" and self._is_speech_verb(t.lemma) and t.index not in self._heads
            for t in self._parse.tokens[s.first : s.last]
        )

    def _reported_substitute(self, clause: Clause) -> bool:
        """*Die Behörden hätten … abgelehnt*: perfect in Konjunktiv II for want of a distinct I."""
        head = self._parse.tokens[clause.head]
        helpers = children(self._parse, head, "aux", "aux:pass")
        return head.feat("VerbForm") == "Part" or any(h.lemma in self._discourse.perfect for h in helpers)
