"""What PARSEME's annotators marked (column 11): verbs with their particles, which go before the tree's labels, and light verbs.

A mark is ``1:VPC.full`` at a word that begins an expression and ``1`` at the others; a word may have
several, with ``;`` between them.

Source: Ramisch et al. 2018, "Edition 1.1 of the PARSEME Shared Task on Automatic Identification of
Verbal Multiword Expressions".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

_ID, _LEMMA, _TAG, _HEAD, _LABEL, _MARKS = 0, 2, 3, 6, 7, 10
_WITH_PARTICLE, _LIGHT = "VPC", "LVC"
_VERB, _PARTICLE_TAGS, _PARTICLE_LABEL = "VERB", ("ADP", "ADV"), "compound:prt"


def with_particles(block: Sequence[Sequence[str]]) -> list[list[str]]:
    """A sentence's columns, with each marked particle (*stellt … vor*) as one in the tree, too."""
    rows = [list(columns) for columns in block]
    for words in _marked(rows, _WITH_PARTICLE):
        verbs = [row for row in words if row[_TAG] == _VERB]
        if len(words) == 2 and len(verbs) == 1:
            particle = next(row for row in words if row is not verbs[0])
            particle[_HEAD], particle[_LABEL] = verbs[0][_ID], _PARTICLE_LABEL
            if particle[_TAG] not in _PARTICLE_TAGS:
                particle[_TAG] = _PARTICLE_TAGS[0]
    return rows


def light_verbs(blocks: Iterable[list[list[str]]]) -> Counter[tuple[str, str, str]]:
    """How often each (verb, preposition or nothing, noun) of the sentences is marked as a light verb with its noun."""
    found: Counter[tuple[str, str, str]] = Counter()
    for rows in blocks:
        for words in _marked(rows, _LIGHT):
            lemmas = {row[_TAG]: row[_LEMMA].partition("+")[0] for row in words}
            if "NOUN" in lemmas and lemmas.keys() & {"VERB", "AUX"}:
                verb = lemmas.get("VERB") or lemmas["AUX"]
                found[verb, lemmas.get("ADP", ""), lemmas["NOUN"]] += 1
    return found


def _marked(rows: Sequence[list[str]], kind_wanted: str) -> list[list[list[str]]]:
    """The rows of each marked expression of a kind."""
    kinds: dict[str, str] = {}
    words: dict[str, list[list[str]]] = {}
    for row in rows:
        for mark in row[_MARKS].split(";") if len(row) > _MARKS else ():
            number, _, kind = mark.partition(":")
            words.setdefault(number, []).append(row)
            if kind:
                kinds[number] = kind
    return [words[number] for number, kind in kinds.items() if kind.startswith(kind_wanted)]
