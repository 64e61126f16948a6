"""Who spoke last, and what *Das sagte X* sums up: reports that reach other sentences."""

from __future__ import annotations

from collections.abc import Sequence

from kg.events.sources.openers import Form, Opener
from kg.events.sources.rules import SourceRules
from kg.model import Mood, Parse

_TO_THE_VERB = 4
"""So many words at the most between *Das* and its verb of saying."""


def last_voices(parse: Parse, openers: Sequence[Opener]) -> dict[int, Opener]:
    """Sentence ─▶ who spoke last before it in the text."""
    spoken: dict[int, Opener] = {}
    for opener in openers:
        if not opener.speakers or opener.form is Form.NOUN:
            continue
        # "Der König habe betont, …": in reported speech the outer voice goes on.
        if opener.clause is not None and opener.form is Form.VERB and opener.clause.mood is Mood.REPORTED:
            continue
        old = spoken.get(opener.sentence)
        if old is None or (opener.form is Form.VERB and old.form is not Form.VERB):
            spoken[opener.sentence] = opener
    voices: dict[int, Opener] = {}
    current: Opener | None = None
    for sentence in parse.sentences:
        if current is not None:
            voices[sentence.index] = current
        current = spoken.get(sentence.index, current)
    return voices


def summed_up(rules: SourceRules, parse: Parse, openers: Sequence[Opener]) -> dict[int, Opener]:
    """*Das berichtete X*: the sentence before, and what that sentence's pronoun ties to it."""
    found: dict[int, Opener] = {}
    for report in openers:
        if report.form is not Form.VERB or not report.speakers or report.clause is None:
            continue
        s = parse.sentences[report.sentence]
        first = parse.tokens[s.first].text.lower()
        sums_up = first in rules.summing and report.head <= s.first + _TO_THE_VERB
        slots = {c.slot for c in report.clause.complements}
        if not sums_up or "clause" in slots or (first in rules.manner and "accusative" in slots):
            continue
        index = s.index - 1
        while index >= 0 and parse.sentences[index].paragraph == s.paragraph:
            found[index] = report
            if not _tied(parse, index):
                break
            index -= 1
    return found


def _tied(parse: Parse, sentence: int) -> bool:
    """Whether a sentence's subject is a pronoun: it then goes on with the one before."""
    s = parse.sentences[sentence]
    return any(
        t.pos == "PRON" and t.label in ("nsubj", "nsubj:pass") and t.feat("PronType") == "Prs"
        for t in parse.tokens[s.first : s.last]
    )
