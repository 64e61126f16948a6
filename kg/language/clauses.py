"""Parse ─▶ Clauses: every predicate with its voice, mood, modals, negation and complements.

Labels are those of Universal Dependencies. Complements are given in the function that they have
in the active clause, so a frame need not know of passives: in *Maduro wird von Kuba unterstützt*
Kuba is the ``subject``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.language.grammar import Grammar
from kg.language.negation import has_negative_determiner, is_negated
from kg.language.nominal import nominal_complements
from kg.language.phrases import case_of, children, extent, is_nominal, preposition
from kg.language.subjects import share_subjects, shares, verb_behind_and, with_subject
from kg.language.verb_group import (
    is_finite,
    is_infinitive,
    is_obligation,
    is_participle_beside,
    is_past,
    mood_of,
    voice_of,
)  # fmt: skip
from kg.model import Clause, Complement, Mood, Parse, Token, Voice


class ClauseReader:
    """Reads the clauses of a parse.

    Args:
        grammar: closed-class facts of the language.
        is_event_noun: which noun lemmas are read as nominal predicates.
    """

    def __init__(self, grammar: Grammar, is_event_noun: Callable[[str], bool]) -> None:
        self._grammar = grammar
        self._is_event_noun = is_event_noun

    def read(self, parse: Parse) -> tuple[Clause, ...]:
        """All clauses in text order; `Clause.parent` points into the same tuple."""
        heads = [t for t in parse.tokens if self._is_predicate(parse, t)]
        number = {t.index: i for i, t in enumerate(heads)}
        clauses = [self._clause(parse, t, number) for t in heads]
        clauses = share_subjects(parse, clauses, self._grammar)
        return tuple(clauses)

    def _is_predicate(self, parse: Parse, token: Token) -> bool:
        if token.pos == "NUM":
            return False
        if token.pos == "VERB":
            return token.label not in ("aux", "aux:pass", "cop")
        if self._copula(parse, token) is not None:
            return True
        if token.pos == "AUX":
            return token.label not in ("aux", "aux:pass", "cop")
        if token.pos == "ADJ" and token.feat("VerbForm") == "Part":
            return True
        return token.pos in ("NOUN", "PROPN") and self._is_event_noun(token.lemma)

    def _clause(self, parse: Parse, head: Token, number: dict[int, int]) -> Clause:
        copula = self._copula(parse, head)
        nominal = head.pos in ("NOUN", "PROPN") and (copula is None or self._is_event_noun(head.lemma))
        if nominal:
            complements = nominal_complements(parse, head, self._grammar.genitives)
            return Clause(
                index=number[head.index],
                predicate=head.lemma,
                head=head.index,
                nominal=True,
                sentence=head.sentence,
                span=extent(parse, head),
                complements=tuple(complements),
                negated=self._is_denied_noun(parse, head, copula),
                parent=_governor(parse, head, number),
                relation=head.label,
            )
        return self._verbal(parse, head, copula, number)

    def _copula(self, parse: Parse, head: Token) -> Token | None:
        """The verb that joins a predicative to its subject, also where the parser took it for an auxiliary.

        *Rom und Brüssel wurden sich einig*: an adjective has no passive.
        """
        found = next(children(parse, head, "cop"), None) if head.pos != "VERB" else None
        if found is None and head.pos in ("ADJ", "ADV", "DET") and not head.feat("VerbForm"):
            helpers = children(parse, head, "aux:pass", "aux")
            found = next((t for t in helpers if t.lemma in self._grammar.copulas), None)
        return found

    def _is_apart(self, parse: Parse, head: Token, helper: Token) -> bool:
        """*ist zuversichtlich, Mitglied werden zu können*: a helper behind *zu* and a comma is another clause's."""
        before = parse.tokens[helper.index - 1].text.lower() if helper.index else ""
        between = parse.tokens[head.index : helper.index]
        return before in self._grammar.infinitive_marks and any(t.text == "," for t in between)

    def _is_denied_noun(self, parse: Parse, head: Token, copula: Token | None) -> bool:
        denied = has_negative_determiner(parse, head, self._grammar)
        return denied or (copula is not None and is_negated(parse, head, "", self._grammar))

    def _has_agent(self, parse: Parse, head: Token) -> bool:
        """Whether a predicate has a phrase like that of a passive's agent."""
        adpositions = (preposition(parse, c) for c in children(parse, head, "obl", "obl:agent"))
        return any(a is not None and a.lemma in self._grammar.agent_prepositions for a in adpositions)

    def _verbal(self, parse: Parse, head: Token, copula: Token | None, number: dict[int, int]) -> Clause:
        helpers = [*children(parse, head, "aux", "aux:pass", "cop")]
        if head.feat("VerbForm") == "Fin" and head.pos == "VERB":
            if is_participle_beside(head, helpers, self._grammar):
                head = replace(head, feats={"VerbForm": "Part"})
            else:
                helpers = []  # a finite verb has none; they belong to another clause
        finite = next((t for t in (*helpers, head) if is_finite(t)), None)
        # What is said of a subject by a copula is no passive of it: "Merkel sei überzeugt".
        voice = (
            Voice.ACTIVE
            if copula is not None
            else voice_of(
                head,
                helpers,
                self._grammar,
                by=self._has_agent(parse, head),
                object_=any(True for _ in children(parse, head, "obj")),
            )
        )
        complements = list(self._complements(parse, head, voice))
        if copula is not None:
            complements.append(Complement("predicative", head.index, case_of(parse, head)))
        modals = tuple(
            t.lemma for t in helpers if t.lemma in self._grammar.modals and not self._is_apart(parse, head, t)
        )
        if not modals and is_obligation(parse, head, helpers, self._grammar):
            modals = (self._grammar.obligation,)
        reflexive = any(
            c.text.lower() in self._grammar.reflexives
            for c in children(parse, head, "obj", "expl", "obl:arg", "iobj")
        )
        marker = next((c.lemma.lower() for c in children(parse, head, "mark")), "")
        return Clause(
            index=number[head.index],
            predicate=copula.lemma if copula is not None else self._verb(parse, head),
            head=head.index,
            nominal=False,
            sentence=head.sentence,
            span=extent(parse, head),
            complements=tuple(complements),
            voice=voice,
            mood=mood_of(finite, self._grammar),
            past=is_past(head, finite, helpers, self._grammar),
            finite=finite is not None,
            modals=modals,
            negated=is_negated(parse, head, marker, self._grammar),
            reflexive=reflexive,
            parent=_governor(parse, head, number),
            relation=head.label,
            marker=marker,
        )

    def _verb(self, parse: Parse, head: Token) -> str:
        """A verb's lemma without a particle that only says that somebody goes on: *sagte weiter*."""
        for particle in children(parse, head, "compound:prt"):
            loose = particle.text.lower()
            if loose in self._grammar.loose_particles and head.lemma.startswith(loose):
                return head.lemma.removeprefix(loose)
        return head.lemma

    def _complements(self, parse: Parse, head: Token, voice: Voice) -> list[Complement]:
        found: list[Complement] = []
        for child in children(parse, head):
            complement = self._complement(parse, head, child, voice)
            if complement is not None:
                found.append(complement)
        if head.label in ("amod", "acl"):
            found.extend(self._attributed(parse, head, voice, found))
        # An infinitive has no subject, and a coordinated verb shares the one before.
        infinitive = is_infinitive(parse, head, self._grammar)
        if infinitive or shares(parse, head, found):
            return verb_behind_and(parse, head, found, self._grammar) if voice is Voice.ACTIVE else found
        return with_subject(parse, found, voice)

    def _complement(self, parse: Parse, head: Token, child: Token, voice: Voice) -> Complement | None:
        passive = voice is Voice.PASSIVE
        if child.label in ("punct", "aux", "aux:pass", "cop", "compound:prt", "mark", "cc", "conj"):
            return None
        target = _antecedent(parse, head, child)
        if child.label in ("nsubj", "nsubj:pass"):
            if not passive and (case := self._oblique(parse, child)):
                return Complement({"Dat": "dative"}.get(case, "accusative"), target, case)
            return Complement(self._active_slot(parse, head) if passive else "subject", target, "Nom")
        adposition = preposition(parse, child)
        case = case_of(parse, child)
        if child.label in ("obl", "nmod", "obl:arg", "advcl", "xcomp", "iobj") and adposition:
            slot = adposition.lemma
            if passive and slot in self._grammar.agent_prepositions:
                slot = "subject"
            return Complement(slot, target, case)
        if child.text.lower() in self._grammar.reflexives and child.pos == "PRON":
            return None
        if child.label == "obj" and case == "Gen" and not any(True for _ in children(parse, child, "det")):
            case = "Acc"  # verbs with a genitive are few, and it would show its article
        if child.label in ("obj", "iobj", "obl:arg", "expl") and is_nominal(child):
            return Complement({"Dat": "dative", "Gen": "genitive"}.get(case, "accusative"), target, case)
        if child.label in ("obl", "nmod") and is_nominal(child):
            slot = {"Dat": "dative", "Gen": "genitive"}.get(case, "adverbial")
            return Complement(slot, target, case)
        if child.label == "xcomp" and is_nominal(child):
            return Complement("predicative", target, case)
        if child.label in ("ccomp", "xcomp"):
            return Complement("clause", child.index)
        stands_for = self._grammar.pronominal_adverbs.get(child.text.lower())
        return Complement(stands_for, child.index) if stands_for else None

    def _oblique(self, parse: Parse, noun: Token) -> str:
        """*lehnte jeden Kompromiss ab*: the case of a "subject" whose article is no nominative, else ``""``."""
        if noun.pos != "NOUN":
            return ""
        article = next((t.text.lower() for t in children(parse, noun, "det")), "")
        if article.endswith(self._grammar.dative_endings):
            return "Dat"
        singular = noun.feat("Number") != "Plur"
        return "Acc" if singular and article.endswith(self._grammar.accusative_endings) else ""

    def _active_slot(self, parse: Parse, head: Token) -> str:
        """What the subject of a passive is in the active: *Kiew bekam Waffen geliefert* has the recipient there."""
        helpers = children(parse, head, "aux", "aux:pass")
        return "dative" if any(t.lemma in self._grammar.recipient_passive for t in helpers) else "accusative"

    def _attributed(
        self, parse: Parse, head: Token, voice: Voice, found: list[Complement]
    ) -> list[Complement]:
        """What a participle or relative clause says of the noun that it stands with."""
        noun = parse.tokens[head.head]
        if not is_nominal(noun) or any(c.head == noun.index for c in found):
            return []
        slot = "accusative" if voice is Voice.PASSIVE else "subject"
        if any(c.slot == slot for c in found):
            return []
        return [Complement(slot, noun.index, "")]


def _antecedent(parse: Parse, head: Token, child: Token) -> int:
    """A relative pronoun stands for the noun that its clause modifies."""
    relative = child.feat("PronType") in ("Rel", "Dem,Rel") and child.pos in ("PRON", "DET")
    if relative and head.label in ("acl", "acl:relcl") and child.index < head.index:
        return parse.tokens[head.head].index
    return child.index


def _governor(parse: Parse, token: Token, number: dict[int, int]) -> int | None:
    """The clause that a predicate stands in: the nearest predicate above it."""
    seen = {token.index}
    current = token
    while current.head not in seen:
        current = parse.tokens[current.head]
        seen.add(current.index)
        if current.index in number:
            return number[current.index]
    return None


def describe(parse: Parse, clause: Clause) -> str:
    """A clause in one line for reading: predicate, voice, mood, modals, negation, complements by slot."""
    marks = [
        "noun" if clause.nominal else clause.voice.value,
        *([] if clause.mood is Mood.INDICATIVE else [clause.mood.value]),
        *clause.modals,
        *(["negated"] if clause.negated else []),
    ]
    slots = [
        f"{c.slot}: {parse.text[slice(*_ends(parse, c.head))]!r}"
        for c in clause.complements
        if c.head != clause.head
    ]
    return f"{clause.predicate} ({', '.join(marks)}) {'; '.join(slots)}".rstrip()


def _ends(parse: Parse, head: int) -> tuple[int, int]:
    span = extent(parse, parse.tokens[head])
    return span.begin, span.end
