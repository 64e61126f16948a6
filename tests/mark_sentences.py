"""Mark anew which sentences are not understood yet: ``python tests/mark_sentences.py``; read the diff before you commit it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from test_sentences import TABLES, rendered

from kg import lang
from kg.model import Document
from kg.pipeline import Understanding


def mark(expected: list[str], found: list[str]) -> str:
    """What is wrong with what was found; empty if nothing is."""
    missed = sorted((Counter(expected) - Counter(found)).elements())
    more = sorted((Counter(found) - Counter(expected)).elements())
    if missed and more:
        return "read as " + "; ".join(more)
    if missed:
        return "missed: " + "; ".join(missed)
    return "too much: " + "; ".join(more) if more else ""


def marked(path: Path, understanding: Understanding) -> Iterator[str]:
    """The lines of a table, with a mark above each sentence that is not understood."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("# ")]
    for number, line in enumerate(lines):
        if line and not line.startswith("    "):
            extraction = understanding.read(Document("test", line, published=date(2018, 5, 8)))
            expected = []
            for below in lines[number + 1 :]:
                if not below.startswith("    "):
                    break
                expected.append(below.strip())
            if why := mark(expected, [rendered(event, extraction) for event in extraction.events]):
                yield f"# {why}"
        yield line


if __name__ == "__main__":
    german = Understanding(lang.load("de"), proposals=True)
    for table in TABLES:
        table.write_text("\n".join(marked(table, german)) + "\n", "utf-8")
