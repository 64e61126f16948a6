"""Account ─▶ lines for people, in German or English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.messages import messages
from kg.rdf.codes import labels
from kg.reading.account import (
    Account,
    Candidate,
    ClauseAccount,
    EventAccount,
    Filling,
    Link,
    Sign,
    Slot,
    Source,
    Word,
)


def lines(account: Account, language: str = "de") -> Iterator[str]:
    """The steps in order, without control characters of the text that was read."""
    for line in _Writer(messages(language, "read"), labels(language)).account(account):
        yield "".join(c if c.isprintable() else " " for c in line)


class _Writer:
    def __init__(self, texts: Mapping[str, str], terms: Mapping[str, str]) -> None:
        self._texts = texts
        self._terms = terms

    def account(self, account: Account) -> Iterator[str]:
        texts = self._texts
        yield texts["words"]
        yield from (f"  {_word(w)}" for w in account.words)
        if account.edits:
            yield texts["edits"]
        yield from (f"  {e.edit}: {e.word}: {e.before} → {e.after}" for e in account.edits)
        yield texts["links"]
        yield from [f"  {self._link(x)}" for x in account.links] or [f"  {texts['none']}"]
        yield texts["clauses"]
        for clause in account.clauses:
            yield from (f"  {line}" for line in self._clause(clause))
        yield texts["events"]
        for event in account.events:
            yield from (f"  {line}" for line in self._event(event, account.threshold))
        if not account.events:
            yield f"  {texts['none']}"

    def _link(self, link: Link) -> str:
        why = f" – {link.why}" if link.why else ""
        whom = [*link.actors, *([self._say("place", place=link.place)] if link.place else [])]
        return f"„{link.text}“ → {', '.join(whom) or self._texts['none']} ({self._texts.get(link.kind, link.kind)}{why})"

    def _clause(self, clause: ClauseAccount) -> Iterator[str]:
        form = [self._texts["noun"]] if clause.nominal else []
        form += [self._texts.get(f, f) for f in clause.form]
        told = f" ({', '.join(form)})" if form else ""
        yield f"{clause.predicate}{told}: „{clause.text}“"
        if clause.slots:
            yield f"  {self._say('slots', slots=', '.join(map(_slot, clause.slots)))}"
        if not clause.candidates:
            fate = "no-event" if clause.decided else "undecided"
            yield f"  {self._say(fate, predicate=clause.predicate)}"
        yield from (f"  {self._candidate(c)}" for c in clause.candidates)
        yield from (f"    {line}" for line in self._reading(clause))

    def _candidate(self, candidate: Candidate) -> str:
        key = {"": "won", "words": "words-missing"}.get(candidate.lack, candidate.lack)
        what = self._texts.get(f"{candidate.what}-role", candidate.what)
        kind = self._terms.get(candidate.kind, candidate.kind) or "–"
        return self._say("candidate", line=candidate.line, kind=kind, outcome=self._say(key, what=what))

    def _reading(self, clause: ClauseAccount) -> Iterator[str]:
        """How the line that won was read."""
        if clause.certainty is not None:
            yield from self._roles(clause)
            sure = clause.certainty
            ground = self._say(sure.ground, word=sure.word)
            yield self._say("certainty", value=self._terms.get(sure.value, sure.value), ground=ground)
            yield self._source(clause.source)
        if not clause.told and any(not c.lack for c in clause.candidates):
            yield self._texts["untold"]

    def _roles(self, clause: ClauseAccount) -> Iterator[str]:
        """A line per slot that fills a role; of a role that stays empty, where it was looked for."""
        for role in dict.fromkeys(f.role for f in clause.fillings):
            name = self._texts[f"{role}-role"]
            tried = [f for f in clause.fillings if f.role == role]
            filled = [f for f in tried if f.actors or (role == "topic" and f.words)]
            for filling in filled:
                words = ", ".join(filling.words)
                yield self._say(
                    "filled", role=name, slot=filling.slot, actors=", ".join(filling.actors) or words,
                    words=(f" „{words}“" if words else "") + (self._texts["elsewhere"] if filling.elsewhere else ""),
                )  # fmt: skip
            if not filled:
                yield self._say("unfilled", role=name, slots=", ".join(map(_tried, tried)))

    def _source(self, source: Source | None) -> str:
        if source is None:
            return self._texts["own-voice"]
        speakers = ", ".join(source.speakers) or self._texts["none"]
        reach = self._texts.get(source.reach, source.reach)
        return self._say("source", speakers=speakers, opener=source.opener, reach=reach)

    def _event(self, event: EventAccount, threshold: float) -> Iterator[str]:
        factuality = self._terms.get(event.factuality, event.factuality)
        roles = "; ".join(f"{self._texts[f'{r}-role']} {', '.join(who)}" for r, who in event.roles.items())
        yield f"{self._terms.get(event.kind, event.kind)} [{factuality}]: {roles}"
        yield f"  {self._say('told-by', lines=', '.join(event.lines))}"
        fate = self._texts["kept"] if event.kept else self._say("dropped", threshold=threshold)
        yield f"  {self._say('probability', probability=event.probability, fate=fate)}"
        for key, signs in (("for", event.speaks_for), ("against", event.speaks_against)):
            if signs:
                yield f"  {self._say(key, signs=_weighed(signs))}"

    def _say(self, key: str, **values: object) -> str:
        return self._texts[key].format(**values)


def _word(word: Word) -> str:
    above = f" ← {word.head}" if word.head else ""
    return f"{word.text} ({word.lemma}) {word.function}{above}"


def _slot(slot: Slot) -> str:
    return f"{slot.slot} „{slot.word}“" + (f" = {', '.join(slot.actors)}" if slot.actors else "")


def _tried(filling: Filling) -> str:
    return f"{filling.slot} „{', '.join(filling.words)}“" if filling.words else filling.slot


def _weighed(signs: Sequence[Sign]) -> str:
    return ", ".join(f"{s.sign} {s.weight:+.2f}" for s in signs)
