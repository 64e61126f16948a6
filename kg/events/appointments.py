"""Offices that a verb tells: *wurde zum Präsidenten gewählt*, *ist seit 1995 Regierungschef*, *leitet das Institut*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.entities.vocabulary.offices import OfficeWords
from kg.events.office_verbs import OfficeVerbs
from kg.events.resolve import Referents
from kg.language.phrases import preposition
from kg.model import (
    Clause,
    Discourse,
    EntityClass,
    Gender,
    MentionKind,
    Mood,
    OfficeMention,
    Parse,
    Span,
    Token,
    Voice,
)

_NEAR = 7
_SUBJECT_LABELS = frozenset({"nsubj", "nsubj:pass"})
_SUBJECTS = ("subject",)
_OBJECTS = ("accusative",)
_OTHERS = ("subject", "predicative", "accusative", "adverbial", "dative")
_LED = frozenset(
    {
        EntityClass.ORGANIZATION, EntityClass.GOVERNMENT_BODY, EntityClass.PARTY, EntityClass.ARMED_GROUP,
        EntityClass.INTERNATIONAL_ORGANIZATION, EntityClass.MEDIA_OUTLET, EntityClass.NEWS_AGENCY,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An office and its holder as a clause tells them; ``ahead`` that it is only to come (*wird Minister*).

    ``span`` holds the clause with title and name, wherever the parser put them.
    """

    clause: Clause
    office: OfficeMention
    span: Span
    ahead: bool = False


class AppointmentReader:
    """Reads the offices of one document that verbs tell."""

    def __init__(
        self,
        verbs: OfficeVerbs,
        words: OfficeWords,
        discourse: Discourse,
        clauses: Sequence[Clause],
        referents: Referents,
    ) -> None:
        """Take what the document's clauses and mentions are."""
        self._verbs, self._words = verbs, words
        self._discourse, self._clauses, self._referents = discourse, clauses, referents
        self._parse: Parse = discourse.parse

    def read(self) -> Iterator[Told]:
        """All holdings that verbs tell, in text order of their titles; then those of *leiten*."""
        for index, noun in self._discourse.office_nouns.items():
            told = self._of_noun(self._parse.tokens[index], noun)
            if told is not None:
                yield told
        for clause in self._clauses:
            if clause.predicate in self._verbs.leading and not clause.nominal:
                yield from self._led(clause)

    def _of_noun(self, token: Token, noun: OfficeMention) -> Told | None:
        opener = self._opener(token)
        if opener in self._verbs.to:
            return self._appointed(token, noun)
        if opener in self._verbs.as_:
            return self._acting(token, noun)
        post = self._post(token)
        if post is not None:
            return self._taken(post, noun)
        return self._copular(token, noun) if not opener else None

    def _opener(self, noun: Token) -> str:
        """The preposition or *als* right before a noun's phrase."""
        i = noun.index - 1
        while i >= 0 and self._parse.tokens[i].sentence == noun.sentence:
            token = self._parse.tokens[i]
            word = token.text.lower()
            if word in self._verbs.as_ | self._verbs.to:
                return word
            if token.pos == "ADP":
                return token.lemma
            if token.pos not in ("ADJ", "DET", "ADV", "PROPN"):  # "für Schottlands Regierungschefin"
                return ""  # "seit 1995 Regierungschef"
            i -= 1
        return ""

    def _governing(self, token: Token, predicates: frozenset[str]) -> Clause | None:
        """The clause with one of these verbs that a noun belongs to: above it in the tree, else around it."""
        heads = {c.head: c for c in self._clauses if not c.nominal}
        current, seen = token, set[int]()
        while current.index not in seen:
            seen.add(current.index)
            clause = heads.get(current.index)
            if clause is not None and clause.predicate in predicates:
                return clause
            current = self._parse.tokens[current.head]
        around = [
            c
            for c in heads.values()
            if c.sentence == token.sentence
            and c.predicate in predicates
            and c.span.begin <= token.begin < c.span.end
        ]
        return min(around, key=lambda c: c.span.end - c.span.begin, default=None)

    def _appointed(self, token: Token, noun: OfficeMention) -> Told | None:
        """*Das Parlament wählte X zum Präsidenten*, *X wurde zum Präsidenten gewählt*, *stieg zum Chef auf*."""
        clause = self._governing(token, self._verbs.appointing | self._verbs.rising)
        if clause is None:
            return None
        rising = clause.predicate in self._verbs.rising
        slots = _SUBJECTS if rising else _OBJECTS
        person = self._person(clause, slots, token)
        if person is None and not rising and clause.voice is Voice.PASSIVE:
            person = self._person(clause, _SUBJECTS, token)
        return self._told(clause, noun, person, token)

    def _acting(self, token: Token, noun: OfficeMention) -> Told | None:
        """*X amtiert als Minister*, *wurde als Präsident vereidigt*, *gilt als Vorsitzender*."""
        verbs = self._verbs.acting | self._verbs.installing | self._verbs.following
        clause = self._governing(token, verbs)
        if clause is None:
            return None
        slots = _OBJECTS if clause.predicate in self._verbs.installing else _SUBJECTS
        person = None if clause.predicate in self._verbs.following else self._right_before(token)
        return self._told(clause, noun, person or self._person(clause, slots, token), token)

    def _right_before(self, title: Token) -> str | None:
        """*… und Y als Schatzmeister*, *wählte Y als Präsidenten*: the person named right before *als*."""
        i = title.index - 1
        while i > 0 and self._parse.tokens[i].text.lower() not in self._verbs.as_:
            i -= 1
        number = self._discourse.referents.get(i - 1)
        mention = self._discourse.mentions[number] if number is not None else None
        if mention is None or mention.kind is not MentionKind.NAME or len(mention.actors) != 1:
            return None
        person = self._discourse.entities[mention.actors[0]].kind is EntityClass.PERSON
        return mention.actors[0] if person else None

    def _post(self, noun: Token) -> Token | None:
        """*das Amt des Ministers*: the word for a post that a title stands behind in the genitive."""
        i = noun.index - 1
        while i >= 0 and self._parse.tokens[i].sentence == noun.sentence:
            token = self._parse.tokens[i]
            if token.lemma in self._verbs.posts:
                return token if i < noun.index - 1 else None
            if token.pos not in ("ADJ", "DET"):
                return None
            i -= 1
        return None

    def _taken(self, post: Token, noun: OfficeMention) -> Told | None:
        """*X übernahm das Amt des Vorsitzenden*"""
        clause = self._governing(post, self._verbs.taking)
        if clause is None or preposition(self._parse, post) is not None:
            return None  # "um das Amt des Präsidenten antreten"
        return self._told(clause, noun, self._person(clause, _SUBJECTS, post), post)

    def _copular(self, token: Token, noun: OfficeMention) -> Told | None:
        """*X war bis 2012 Außenminister Serbiens*, *Ministerpräsident bleibt X*, *Vizekanzler wird Minister X*."""
        oblique = token.feat("Case") in ("Gen", "Dat") and token.feat("Number") != "Plur"
        if oblique and self._has_article(token):
            return None
        for clause in self._clauses:
            if clause.sentence != token.sentence or not self._equates(clause, token):
                continue
            person = self._person(clause, _OTHERS, token)
            if (
                person is not None
                and ":" not in self._parse.text[slice(*sorted((clause.span.begin, token.begin)))]
            ):
                return self._become(clause, noun, person, token, clause.predicate, past=clause.past)
        return self._side_by_side(token, noun)

    def _equates(self, clause: Clause, title: Token) -> bool:
        """Whether a title is the predicate of a copula, or its subject (*Präsident ist X*)."""
        if clause.nominal or clause.predicate not in self._verbs.copula:
            return False
        if title.index == clause.head:
            return True
        other = self._parse.tokens[clause.head]
        if other.pos in ("VERB", "AUX"):
            return title.head == clause.head and preposition(self._parse, title) is None
        return title.head == clause.head and title.label in _SUBJECT_LABELS

    def _side_by_side(self, title: Token, noun: OfficeMention) -> Told | None:
        """*Vizekanzler wird Außenminister X*: title, copula and name in a row, however they were parsed."""
        tokens = self._parse.tokens
        end = self._parse.sentences[title.sentence].last
        before = tokens[title.index - 1] if title.index else title
        if before.sentence == title.sentence and before.pos not in ("ADJ", "PUNCT", "CCONJ", "ADV"):
            return None
        copula = next(
            (
                t
                for t in tokens[title.index + 1 : min(end, title.index + _NEAR)]
                if t.pos not in ("DET", "NOUN", "PROPN", "ADJ")
            ),
            None,
        )
        if copula is None or copula.lemma not in self._verbs.copula or copula.feat("VerbForm") != "Fin":
            return None
        for token in tokens[copula.index + 1 : min(end, copula.index + _NEAR)]:
            number = self._discourse.referents.get(token.index)
            if number is not None:
                keys = self._discourse.mentions[number].actors
                if len(keys) != 1 or self._discourse.entities[keys[0]].kind is not EntityClass.PERSON:
                    return None
                clause = self._around(copula)
                past = copula.feat("Tense") == "Past"
                if clause is None or (tokens[clause.head].pos == "VERB" and clause.head > token.index):
                    return None  # "Präsident ist X nicht geworden"
                return self._become(clause, noun, keys[0], title, copula.lemma, past=past)
            if token.pos not in ("DET", "ADJ", "ADV", "NOUN"):
                return None
        return None

    def _around(self, token: Token) -> Clause | None:
        inside = [
            c
            for c in self._clauses
            if not c.nominal and c.sentence == token.sentence and c.span.begin <= token.begin < c.span.end
        ]
        return min(inside, key=lambda c: c.span.end - c.span.begin, default=None)

    def _become(
        self, clause: Clause, noun: OfficeMention, person: str, title: Token, predicate: str, *, past: bool
    ) -> Told | None:
        """Who *is* something holds it, who *becomes* it in the present will; *dass X Präsident wird* says neither."""
        ahead = predicate == self._verbs.becoming and not past and not clause.modals
        if ahead and clause.marker:
            return None
        return self._told(clause, noun, person, title, ahead=ahead)

    def _has_article(self, token: Token) -> bool:
        return any(self._parse.tokens[c].pos == "DET" for c in token.children)

    def _person(self, clause: Clause, slots: tuple[str, ...], noun: Token) -> str | None:
        """The one person in a clause's slots, the title itself aside."""
        for slot in slots:
            for complement in clause.complements:
                if complement.slot != slot or complement.head == noun.index:
                    continue
                keys = self._referents.actors(complement.head)
                if len(keys) == 1 and self._discourse.entities[keys[0]].kind is EntityClass.PERSON:
                    return keys[0]
        return None

    def _told(
        self, clause: Clause, noun: OfficeMention, person: str | None, token: Token, *, ahead: bool = False
    ) -> Told | None:
        if (
            person is None
            or not self._is_named(person)
            or clause.mood is Mood.UNREAL
            or self._over(clause, noun)
        ):
            return None
        office: OfficeMention | None = noun
        if self._words.usual(noun.title) in self._words.successors:
            office = self._succeeded(token, person)
        if office is None or self._words.is_weak(office.title):
            return None
        body = office.body or self._state_of(office, person)
        if self._words.needs_body(office.title) and body is None and not office.scoped:
            return None
        title = office.title
        if self._discourse.entities[person].gender is not Gender.FEMININE:
            title = self._words.strong_masculine(title)
        told = replace(office, person=person, body=body, title=title)
        return Told(clause, told, self._whole(clause, noun.span, person), ahead)

    def _whole(self, clause: Clause, title: Span, person: str) -> Span:
        """A clause's span with the title, and the holder where the sentence names him."""
        sentence = self._parse.sentences[clause.sentence]
        inside = Span(sentence.begin, sentence.end)
        spans = [m.span for m in self._discourse.mentions if person in m.actors and inside.covers(m.span)]
        nearest = min(spans, key=lambda s: abs(s.begin - title.begin), default=title)
        parts = (clause.span, title, nearest)
        return Span(min(s.begin for s in parts), max(s.end for s in parts))

    def _over(self, clause: Clause, noun: OfficeMention) -> bool:
        """*ist nicht mehr Minister*, *ist kein Präsident*: that tells no holding."""
        words = {t.text.lower(): t for t in self._parse.within(clause.span.begin, clause.span.end)}
        denied = any(noun.span.begin <= words[w].begin < noun.span.end for w in self._verbs.none & set(words))
        return denied or (clause.negated and not self._verbs.ended.isdisjoint(words))

    def _is_named(self, person: str) -> bool:
        return any(m.kind is MentionKind.NAME and person in m.actors for m in self._discourse.mentions)

    def _state_of(self, office: OfficeMention, person: str) -> str | None:
        plain = self._words.strong_masculine(self._words.masculine(office.title))
        country = self._discourse.countries.get(person)
        return country if plain in self._words.of_states and country in self._discourse.entities else None

    def _succeeded(self, noun: Token, person: str) -> OfficeMention | None:
        """*zum Nachfolger von Präsident X*, *sein Nachfolger wird Y*: the office of whom he follows."""
        for key in self._referents.owner(noun.index):
            for office in self._discourse.offices:
                if office.person == key and key != person:
                    return replace(office, time="", planned=False)
        return None

    def _led(self, clause: Clause) -> Iterator[Told]:
        """*X leitet das Institut*: the office by the verb."""
        person = self._person(clause, _SUBJECTS, self._parse.tokens[clause.head])
        if person is None or not self._is_named(person):
            return
        for complement in clause.complements:
            if complement.slot == "accusative":
                keys = self._referents.actors(complement.head)
                if len(keys) == 1 and self._discourse.entities[keys[0]].kind in _LED:
                    title = self._verbs.leading[clause.predicate]
                    office = OfficeMention(
                        person, title, keys[0], clause.span, clause.sentence, 0.7, how="verb"
                    )
                    yield Told(clause, office, clause.span)
                    return
