"""The values that pass between the stages, all immutable.

Offsets are 0-based Unicode code points into `Document.text`, end exclusive, as in NIF. Whatever
stage a span comes from, ``text[begin:end]`` is what it stands for.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text.

    >>> Span(0, 3).overlaps(Span(2, 5)), Span(0, 3).overlaps(Span(3, 5))
    (True, False)
    """

    begin: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.begin < other.end and other.begin < self.end

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside."""
        return self.begin <= other.begin and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Original:
    """What a document was read from, so that a reader finds the way back.

    ``position`` is where in the file (``record 12``), ``pages`` the offsets in the text at which pages begin.
    """

    name: str
    sha256: str
    media_type: str
    position: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One article as given. ``id`` becomes its ``dct:identifier``.

    ``published`` is what its metadata say, else what it says itself; ``dated`` is where, in the text that is read.
    ``original`` is None where the file is the text itself.
    """

    id: str
    text: str
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    language: str = "de"
    url: str | None = None
    path: Path | None = None
    dated: Span | None = None
    authors: tuple[str, ...] = ()
    modified: dt.date | None = None
    section: str | None = None
    original: Original | None = None
    warnings: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """What people know it by: its file, and where in that it stands."""
        if self.path is None:
            return self.id
        position = self.original.position if self.original else ""
        return f"{self.path}: {position}" if position else str(self.path)


# --- language -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a parse, in Universal Dependencies terms whatever the pipeline's own scheme.

    ``head`` and ``index`` count in the document; a root is its own head. ``lemma`` of a separable
    verb includes its particle.
    """

    index: int
    begin: int
    end: int
    text: str
    lemma: str
    pos: str
    feats: Mapping[str, str]
    head: int
    label: str
    sentence: int
    children: tuple[int, ...] = ()

    def feat(self, name: str) -> str:
        """A morphological feature's value, ``""`` where it is not annotated."""
        return self.feats.get(name, "")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as token indices (``first`` ≤ i < ``last``) and characters."""

    index: int
    first: int
    last: int
    begin: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name that the pipeline's entity recogniser found, in tokens; label PER, LOC, ORG or MISC."""

    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a word hangs on and how, its tag and its features."""

    head: int
    label: str
    pos: str
    feats: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edited:
    """A word that an edit changed in the parser's tree: *Zölle* was the subject, now it is the object."""

    edit: str
    token: int
    before: Attachment
    after: Attachment


@dataclass(frozen=True, slots=True)
class Parse:
    """A document's words, sentences, recognised names, and what was edited in the parser's trees."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[NameSpan, ...] = ()
    edited: tuple[Edited, ...] = ()

    def first_from(self, offset: int) -> int:
        """The index of the first token that begins at an offset or behind it."""
        return bisect_left(self.tokens, offset, key=lambda t: t.begin)

    def within(self, begin: int, end: int) -> tuple[Token, ...]:
        """The tokens that begin in a stretch of the text."""
        return self.tokens[self.first_from(begin) : self.first_from(end)]

    def token_at(self, offset: int) -> Token | None:
        """The token that covers an offset."""
        number = self.first_from(offset + 1) - 1
        return self.tokens[number] if number >= 0 and offset < self.tokens[number].end else None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The last sentence that begins at an offset or before it."""
        number = bisect_right(self.sentences, offset, key=lambda s: s.begin) - 1
        return self.sentences[number] if number >= 0 else None


class Voice(StrEnum):
    """Active, or passive of either kind (werden, sein, bekommen)."""

    ACTIVE = "active"
    PASSIVE = "passive"


class Mood(StrEnum):
    """Konjunktiv I marks reported speech, Konjunktiv II what is not (or reported, too)."""

    INDICATIVE = "indicative"
    REPORTED = "konjunktiv I"
    UNREAL = "konjunktiv II"


@dataclass(frozen=True, slots=True)
class Complement:
    """A phrase that depends on a predicate.

    ``slot`` is its function in the active clause: ``subject``, ``accusative``, ``dative``,
    ``genitive``, ``predicative``, ``possessive``, ``adjective``, ``compound`` or a preposition
    (``mit``). ``case`` is the phrase's own (``Acc``, ``Dat`` …), ``head`` its head word's token.
    """

    slot: str
    head: int
    case: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with what belongs to it.

    A clause is verbal (finite, infinitive, participle) or nominal (*der Besuch Kims in Peking*).
    ``parent`` is the index of the clause that it depends on, ``relation`` the dependency label.
    """

    index: int
    predicate: str
    head: int
    nominal: bool
    sentence: int
    span: Span
    complements: tuple[Complement, ...]
    voice: Voice = Voice.ACTIVE
    mood: Mood = Mood.INDICATIVE
    past: bool = False
    finite: bool = False
    modals: tuple[str, ...] = ()
    negated: bool = False
    reflexive: bool = False
    parent: int | None = None
    relation: str = ""
    marker: str = ""


# --- entities -----------------------------------------------------------------------------


class EntityClass(StrEnum):
    """The entity classes of the ontology, by local name."""

    PERSON = "Person"
    STATE = "State"
    ORGANIZATION = "Organization"
    INTERNATIONAL_ORGANIZATION = "InternationalOrganization"
    GOVERNMENT_BODY = "GovernmentBody"
    NEWS_AGENCY = "NewsAgency"
    MEDIA_OUTLET = "MediaOutlet"
    ARMED_GROUP = "ArmedGroup"
    PARTY = "Party"
    GROUP = "Group"
    PLACE = "Place"

    @property
    def is_actor(self) -> bool:
        """Everything but a place can act."""
        return self is not EntityClass.PLACE


class Gender(StrEnum):
    """Grammatical gender and number of a name, as pronouns must agree with it."""

    MASCULINE = "Masc"
    FEMININE = "Fem"
    NEUTER = "Neut"
    PLURAL = "Plur"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a document names. ``key`` is unique within a build.

    ``described``: it has no name, so the same words elsewhere mean another (*ein Sprecher der Polizei*).
    ``private``: what it does is news only with somebody else (*die Touristen*).
    """

    key: str
    kind: EntityClass
    label: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    country: str | None = None
    gender: Gender = Gender.UNKNOWN
    known: bool = False
    described: bool = False
    private: bool = False


class MentionKind(StrEnum):
    """How a text refers to an entity."""

    NAME = "name"
    ADJECTIVE = "adjective"
    COMPOUND = "compound"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to one entity, or to several (*beide*).

    ``actors`` are the keys it stands for where it acts, ``place`` the key where it is a place:
    *Peking* is China in one reading and the city in the other (``local``: here the city).
    ``names`` marks a description that counts as naming (*das türkische Verfassungsgericht*).
    ``head`` is the token that carries the phrase, ``why`` says from what the link was concluded.
    """

    span: Span
    text: str
    kind: MentionKind
    head: int
    actors: tuple[str, ...] = ()
    place: str | None = None
    why: str = ""
    local: bool = False
    names: bool = False

    @property
    def is_city(self) -> bool:
        """Whether it names a seat as a place, not those who govern there (*in Kabul*)."""
        return self.local and self.place not in (None, *self.actors)


@dataclass(frozen=True, slots=True)
class OfficeMention:
    """A text's word for somebody's office: *der chinesische Außenminister Wang Yi*.

    ``time`` is the word that says when (*früher*, *Ex-*), ``planned`` that it is still to come
    (*der designierte Präsident*), ``bare`` that it only takes up what is told elsewhere (*der Präsident*), ``scoped``
    that its phrase says of what it is (*Leiter der Abteilung*).
    """

    person: str
    title: str
    body: str | None
    span: Span
    sentence: int
    confidence: float
    time: str = ""
    planned: bool = False
    how: str = "title and name"
    bare: bool = False
    scoped: bool = False


@dataclass(frozen=True, slots=True)
class Discourse:
    """Who and what a document talks about.

    ``parse`` is the parse with names as units, as later stages read it. ``referents`` maps a token to the mention that it belongs to (an index into ``mentions``);
    ``modifiers`` maps it to the mention inside it that names a state or organisation
    (*nordkoreanisch*, *US-*). ``office_nouns`` are the titles by token that stand with no name, their
    ``person`` empty: whose they are a verb may tell (*wurde zum Präsidenten gewählt*). ``implied`` maps an event class
    and a token to the group that acts in it where nobody is named (*Massenproteste*).
    """

    parse: Parse
    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
    referents: Mapping[int, int]
    modifiers: Mapping[int, int]
    offices: tuple[OfficeMention, ...] = ()
    office_nouns: Mapping[int, OfficeMention] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    implied: Mapping[tuple[str, int], str] = field(default_factory=dict)


# --- events -------------------------------------------------------------------------------


class Factuality(StrEnum):
    """Whether what is told happened."""

    ACTUAL = "Actual"
    PLANNED = "Planned"
    POSSIBLE = "Possible"
    NEGATED = "Negated"


@dataclass(frozen=True, slots=True)
class Time:
    """When: the words, and either the exact day or bounds (or neither, where nothing is known)."""

    text: str
    date: dt.date | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One place where a document tells an event, and how it was read there.

    ``frame`` is the file and line of the trigger, ``trigger`` its id, ``clause`` the predicate with
    what belongs to it, for reading; ``source`` says what opens the report that the clause stands in.
    ``signs`` are what speaks for or against this reading, for the judge.
    """

    span: Span
    frame: str
    trigger: str = ""
    clause: str = ""
    source: str = ""
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event or situation with its evidence.

    ``kind`` is the class's local name in the ontology; roles hold entity keys.
    """

    kind: str
    participants: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    place: str | None = None
    destination: str | None = None
    topics: tuple[str, ...] = ()
    time: Time | None = None
    factuality: Factuality = Factuality.ACTUAL
    attributed_to: tuple[str, ...] = ()
    quotation: str | None = None
    office: str | None = None
    body: str | None = None
    evidence: tuple[Span, ...] = ()
    confidence: float = 1.0
    frame: str = ""
    sentence: int = 0
    tellings: tuple[Telling, ...] = ()
    signs: tuple[str, ...] = ()

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody who takes part, each once, in order."""
        return tuple(dict.fromkeys(self.agents + self.participants + self.recipients))


@dataclass(frozen=True, slots=True)
class EditNote:
    """What an edit changed in a tree, for people: a word of the text, what it hung on before and hangs on after."""

    span: Span
    edit: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was understood of one document: the input of the RDF stage.

    ``listed`` are the entities that the document is said to mention.
    """

    document: Document
    entities: Mapping[str, Entity]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    tokens: int = 0
    sentences: tuple[Span, ...] = field(default=())
    listed: frozenset[str] = frozenset()
    edits: tuple[EditNote, ...] = ()
