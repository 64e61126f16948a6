"""Sentences that nobody who writes rules reads: only how many of them are understood is counted.

``sentences/unread/`` was written, a file per class, by somebody who had not seen the rules, in the notation of the
tables. Don't read it to mend a rule: what is learnt from it is worth nothing on the next text. The counts are a ratchet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from test_lexicon import canonical, plain
from test_sentences import rendered

from kg import lang
from kg.model import Document, Extraction
from kg.pipeline import Understanding

UNREAD = Path(__file__).parent / "sentences" / "unread"
FEWEST_EVENTS = 0.59
"""The least F1 of events (class, actors, certainty, source, place and all that a line says)."""


def table() -> Mapping[str, list[str]]:
    """Sentence ─▶ what it says."""
    found: dict[str, list[str]] = {}
    for path in sorted(UNREAD.glob("*.txt")):
        sentence = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("    "):
                found[sentence].append(line.strip())
            elif line.strip():
                sentence = line.strip()
                found[sentence] = []
    return found


def test_what_nobody_read_is_understood_as_before() -> None:
    expected = table()
    reader = Understanding(lang.load("de"))
    documents = [Document(f"unread-{i}", s, published=date(2018, 5, 8)) for i, s in enumerate(expected)]
    right = found = wanted = whole = 0
    for lines, extraction in zip(expected.values(), reader.read_all(documents), strict=True):
        assert isinstance(extraction, Extraction), extraction
        ours = Counter(canonical(timeless(rendered(e, extraction)), reader) for e in extraction.events)
        theirs = Counter(canonical(line, reader) for line in lines)
        right += sum((ours & theirs).values())
        found += sum(ours.values())
        wanted += sum(theirs.values())
        whole += ours == theirs
    f1 = 2 * right / (found + wanted)
    print(
        f"unread sentences: {whole} of {len(expected)} wholly understood; events F1 {f1:.3f} ({right} right, {found} found, {wanted} wanted)"
    )
    assert f1 >= FEWEST_EVENTS


def timeless(text: str) -> str:
    """As the table has it: without times, with sources."""
    source = text[text.index(" < ") :] if " < " in text else ""
    return plain(text) + source
