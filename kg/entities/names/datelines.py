"""Datelines: *Wien/Berlin – Beim Besuch …* tells where a report was written, not where anything happens."""

from __future__ import annotations

from kg.entities.workspace import Workspace
from kg.model import EntityClass, Sentence

_DASHES = frozenset({"-", "–", "—", "--"})
_LONGEST = 9


def dateline_tokens(work: Workspace) -> frozenset[int]:
    """The tokens of all datelines: towns at the head of a sentence, with a dash and a new beginning behind."""
    return frozenset(i for sentence in work.parse.sentences for i in _dateline(work, sentence))


def only_there(work: Workspace) -> frozenset[int]:
    """The tokens of datelines whose words stand nowhere else in the text."""
    tokens, lines = work.parse.tokens, dateline_tokens(work)
    bare = work.vocabulary.without_genitive
    elsewhere = {form for t in tokens if t.index not in lines for form in (t.text, bare(t.text))}
    return frozenset(i for i in lines if tokens[i].text not in elsewhere)


def _dateline(work: Workspace, sentence: Sentence) -> range:
    tokens = work.parse.tokens
    until = min(sentence.first + _LONGEST, len(tokens) - 1)
    for i in range(sentence.first + 1, until):
        if tokens[i].text not in _DASHES:
            continue
        apart = tokens[i - 1].end < tokens[i].begin and tokens[i].end < tokens[i + 1].begin
        begins = tokens[i + 1].text[:1].isupper() or not tokens[i + 1].text[:1].isalpha()
        if apart and begins and _towns(work, sentence.first, i):
            return range(sentence.first, i)
        return range(0)
    return range(0)


def _towns(work: Workspace, first: int, last: int) -> bool:
    """Whether the words are towns with strokes between them, a note in brackets (an agency) aside."""
    tokens = work.parse.tokens
    names: list[list[str]] = [[]]
    for token in tokens[first:last]:
        if token.text == "(":
            break
        if token.text in ("/", ","):
            names.append([])
        else:
            names[-1].extend(w for w in token.text.split("/") if w)
    return all(name and _is_town(work, name) for name in names)


def _is_town(work: Workspace, words: list[str]) -> bool:
    gazetteer, name = work.gazetteer, " ".join(words)
    kinds = {gazetteer.entities[k].kind for k in gazetteer.names.get(name, ())}
    if EntityClass.PLACE in kinds or name in gazetteer.capitals:
        return True
    return not kinds and all(w[:1].isupper() for w in words) and bool(gazetteer.atlas.towns(name))
