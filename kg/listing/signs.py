"""What speaks for listing an entity: signs of how the text refers to it, each a short text that a person can read.

*Die Polizei ermittelt* is an actor, *ein Bericht über Zeugen* names nobody; *Senfgas* behind *in* is no town.
The signs name no entity, so that nothing is learnt of who is who.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.language.phrases import preposition
from kg.model import Discourse, Entity, EntityClass, Event, Mention, MentionKind, Token

_NAMING = frozenset({MentionKind.NAME, MentionKind.COMPOUND})
_OFTEN = 3
_END = 6
"""By so many letters of their ends nouns are alike."""
_LENGTHS = (8, 20)
"""Texts of at most so many sentences are short and of middle length."""
_SUBORDINATE = frozenset({"acl", "acl:relcl", "advcl", "ccomp", "csubj", "xcomp"})
_ENDS = frozenset('.!?:“"»«')


@dataclass(frozen=True, slots=True)
class Listed:
    """An entity with its signs, and whether it is listed whatever they say: it has a name and fills a role."""

    key: str
    signs: tuple[str, ...]
    certain: bool


def candidates(discourse: Discourse, events: Sequence[Event]) -> Iterator[Listed]:
    """All entities that a document refers to by more than pronouns and adjectives, in order of mention."""
    by_key: dict[str, list[Mention]] = defaultdict(list)
    for mention in discourse.mentions:
        for key in dict.fromkeys((*mention.actors, mention.place)):
            if key:
                by_key[key].append(mention)
    roles = _roles(events)
    reader = _SignReader(discourse)
    for key, mentions in by_key.items():
        if key in roles or any(m.kind in (*_NAMING, MentionKind.DESCRIPTION) for m in mentions):
            signs = tuple(dict.fromkeys(reader.of(discourse.entities[key], mentions, roles.get(key, []))))
            yield Listed(key, signs, key in roles and not discourse.entities[key].described)
    for key in roles.keys() - by_key.keys():
        yield Listed(key, (), True)


def _roles(events: Sequence[Event]) -> Mapping[str, list[str]]:
    """Who fills which roles."""
    roles: dict[str, list[str]] = defaultdict(list)
    for event in events:
        for role, keys in (
            ("agent", event.agents), ("recipient", event.recipients), ("participant", event.participants),
            ("source", event.attributed_to),
            ("place", (event.place, event.destination)), ("body", (event.body,)),
        ):  # fmt: skip
            for key in keys:
                if key:
                    roles[key].append(role)
    return roles


class _SignReader:
    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._parse = discourse.parse
        self._recognised = {
            i: name.label for name in discourse.parse.names for i in range(name.first, name.last)
        }
        self._with_office = {o.person for o in discourse.offices}
        sentences = len(self._parse.sentences)
        self._length = next((f"in a text of {n}" for n in _LENGTHS if sentences <= n), "in a long text")
        self._named = frozenset(
            t.index for m in discourse.mentions if m.kind in _NAMING and m.actors
            for t in self._parse.within(m.span.begin, m.span.end)
        )  # fmt: skip
        self._labels = {key: frozenset(e.label.split()) for key, e in discourse.entities.items()}

    def of(self, entity: Entity, mentions: Sequence[Mention], roles: Sequence[str]) -> Iterator[str]:
        """The signs of one entity."""
        kind = _class(entity)
        yield kind
        yield from self._of_entity(entity, kind)
        for role in roles or ("none",):
            yield f"role {role}"
            yield f"{kind} role {role}"
        yield f"{kind} {self._length}"
        if entity.key in self._with_office:
            yield f"{kind} with office"
        if self._is_part(entity):
            yield f"{kind} part of another name"
        told = [m for m in mentions if m.kind is not MentionKind.PRONOUN]
        yield f"{kind} mentions={min(len(mentions), _OFTEN)}"
        names = [m for m in told if m.kind in _NAMING]
        yield f"{kind} names={min(len(names), _OFTEN)}"
        ways = {self._way(entity, m) for m in told}
        for way in ways:
            yield f"{kind} {way}"
            if len(ways) == 1:
                yield f"{kind} only {way}"
        for mention in told:
            if mention.kind is not MentionKind.ADJECTIVE:
                for sign in self._of_mention(mention):
                    yield sign
                    yield f"{kind} {sign}"
        if not any(self._in_full_sentence(m) for m in told):
            yield f"{kind} in no full sentence"
        if told and all(self._parse.tokens[m.head].sentence >= len(self._parse.sentences) - 1 for m in told):
            yield f"{kind} only at the end"

    def _of_entity(self, entity: Entity, kind: str) -> Iterator[str]:
        yield f"{kind} words={min(len(entity.label.split()), _OFTEN)}"
        for name, holds in (("private", entity.private), ("with country", bool(entity.country))):
            if holds:
                yield f"{kind} {name}"
        if entity.described:
            yield f"{kind} {entity.gender or 'no gender'}"
            last = entity.label.split()[0]
            yield f"{kind} begins {'small' if last[:1].islower() else 'capital'}"

    def _is_part(self, entity: Entity) -> bool:
        """Whether all words of its name stand in another's (*Tea Party* beside *Tea-Party-Fraktion der Republikaner*)."""
        words = self._labels[entity.key]
        return any(words < others for others in self._labels.values())

    def _way(self, entity: Entity, mention: Mention) -> str:
        """How a mention refers to an entity: as an actor, or as a place though an actor could be meant."""
        way = mention.kind.value
        if mention.names:
            way += " naming"
        if mention.place == entity.key and entity.key not in mention.actors:
            way += " local" if mention.local else " place of an actor" if mention.actors else " place"
        elif mention.local:
            way += " of a place" if mention.place not in (None, entity.key) else " locally"
        return way

    def _of_mention(self, mention: Mention) -> Iterator[str]:
        token = self._parse.tokens[mention.head]
        why = mention.why.split(" ‹")[0].split("'")[0].strip()
        yield f"by {why or 'nothing'}"
        yield f"as {token.label}"
        yield f"is {token.pos}"
        sentence = self._parse.sentences[token.sentence]
        if sentence.index == 0:
            yield "in the first sentence"
        yield f"{self._clause(token)} clause"
        adposition = preposition(self._parse, token)
        if adposition is not None:
            yield f"behind {adposition.lemma}"
        if mention.kind is MentionKind.NAME:
            yield f"recognised {self._recognised.get(token.index, 'nowhere')}"
        if mention.kind is MentionKind.DESCRIPTION:
            yield from self._of_description(token)

    def _clause(self, token: Token) -> str:
        """Whether a mention is the subject of a main clause, of a subordinate one, or no subject."""
        if token.label not in ("nsubj", "nsubj:pass"):
            return "no subject of a"
        return (
            "subject of a subordinate"
            if self._parse.tokens[token.head].label in _SUBORDINATE
            else "subject of a main"
        )

    def _of_description(self, token: Token) -> Iterator[str]:
        lemma = token.lemma.lower()
        yield f"noun {lemma}"
        yield f"noun ends {lemma[-_END:]}"
        head = self._parse.tokens[token.head]
        yield f"as {token.label} of {head.pos}"
        children = [self._parse.tokens[i] for i in token.children]
        article = next((c.text.lower()[:3] for c in children if c.label == "det"), "none")
        yield f"article {article}"
        if any(c.pos == "NUM" for c in children):
            yield "numbered"
        if any(c.label == "amod" for c in children):
            yield "with adjective"
        if any(c.label == "nmod" for c in children):
            yield "with genitive"
        if any(self._parse.tokens[i].label in ("nmod", "obl") and i in self._named for i in token.children):
            yield "of somebody named"

    def _in_full_sentence(self, mention: Mention) -> bool:
        sentence = self._parse.sentences[self._parse.tokens[mention.head].sentence]
        return self._parse.tokens[sentence.last - 1].text in _ENDS


def _class(entity: Entity) -> str:
    """*known Person*, *described Group*, *new Place*."""
    sort = "known" if entity.known else "described" if entity.described else "new"
    return f"{sort} {EntityClass(entity.kind)}"
