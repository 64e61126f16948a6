"""The titles that stand behind a name: *Maas, der Außenminister*, *X (Präsident)*, *X, seit 2010 Leiter des Z*."""

from __future__ import annotations

from collections.abc import Iterator

from kg.entities.offices.title_words import BRACKETS, behind_bracket, is_person, is_title
from kg.entities.workspace import Workspace
from kg.model import Token

_REACH = 16
"""How many words an apposition may have up to its end."""
_SEGMENTS = 3
ENDS = frozenset({",", ".", ";", ":", "–", "-", ")", "!", "?", "“", '"', "("})
"""What closes an apposition."""


def titles_behind(work: Workspace, last: int) -> Iterator[Token]:
    """*Maas, der Außenminister*; *X, Arzt und Senator der Y*; *X (Präsident)*; *X (40), seit 2010 Leiter des Z*."""
    tokens = work.parse.tokens
    if last >= len(tokens) or last == 0:
        return
    end = work.parse.sentences[tokens[last - 1].sentence].last
    i = last
    while i < end and tokens[i].text in BRACKETS:
        if i + 1 < end and is_title(work, tokens[i + 1]) and not is_person(work, tokens[i + 1]):
            yield tokens[i + 1]
        i = behind_bracket(work, i)
    for _ in range(_SEGMENTS):
        if i >= end or tokens[i].text != ",":
            return
        begin = i + 1
        noun, i = _segment(work, begin, end)
        # "…, Berlusconi, der Leiter der Behörde, Mohammed X": the title of the one behind it.
        others = i + 1 < end and tokens[begin].pos == "DET" and is_person(work, tokens[i + 1])
        if noun is not None and not others:
            yield noun


def _segment(work: Workspace, i: int, end: int) -> tuple[Token | None, int]:
    """The title in an apposition that begins at a token, and the comma behind the apposition."""
    tokens = work.parse.tokens
    begin = i
    found: Token | None = None
    while i < end and i - begin < _REACH:
        token = tokens[i]
        if found is None and is_title(work, token) and not is_person(work, token):
            if _followed_by_person(work, i, end) or not _complete(work, begin, i, end):
                return None, end
            found = token
        elif token.text == "," or token.text in ENDS:
            break
        elif token.pos in ("VERB", "AUX", "PRON", "SCONJ") or is_person(work, token):
            return found, end
        elif found is None and token.pos not in ("DET", "ADJ", "ADV", "NUM", "NOUN", "CCONJ", "ADP"):
            return None, end
        i += 1
    return found, i


def _complete(work: Workspace, begin: int, i: int, end: int) -> bool:
    """Whether a title in apposition stands as one: with an article, a complement, or closed.

    *X, Minister und …* goes on with a list, *X, der Sohn des Präsidenten* has no title.
    """
    tokens, words = work.parse.tokens, work.vocabulary.office
    j = i - 1
    while j >= begin and tokens[j].pos in ("ADJ", "ADV", "NUM", "DET"):
        j -= 1
    if j >= begin and tokens[j].pos == "ADP" and any(t.pos == "NUM" for t in tokens[j:i]):
        j = begin - 1  # "seit 2010 Leiter des …"
    joined = j >= begin and tokens[j].text in work.vocabulary.coordinators
    if j >= begin and not joined:
        return False
    behind = tokens[i + 1] if i + 1 < end else None
    if behind is None or behind.text in ENDS or behind.text.lower() in words.opening:
        return True
    determined = any(t.pos in ("DET", "ADJ") for t in tokens[begin:i])
    return determined or (behind.pos == "PROPN" and behind.text not in work.vocabulary.coordinators)


def _followed_by_person(work: Workspace, i: int, end: int) -> bool:
    return i + 1 < end and is_person(work, work.parse.tokens[i + 1])
