"""`kg coverage`: which predicates of a user's articles nobody has decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import lang
from kg.cli import main
from kg.coverage import CLASS, Coverage, count
from kg.errors import DataError
from kg.events.lexicon.notation import Notation
from kg.events.lexicon.predicates import Predicates
from kg.lang import LanguageData
from kg.model import Document
from kg.pipeline import Understanding

Count = Callable[..., Coverage]


@pytest.fixture(scope="module")
def counted(understanding: Understanding) -> Count:
    predicates = Predicates.of(understanding.data)

    def of(*texts: str) -> Coverage:
        read = (understanding.steps(Document("text", text))[0] for text in texts)
        return count(read, understanding.lexicon, predicates)

    return of


@pytest.mark.parametrize(
    "noun", ["Verhandlung", "Angriff", "Luftangriff", "US-Angriff", "Eskalation", "Übernahme"]
)
def test_nouns_of_what_happens_count(noun: str) -> None:
    assert Predicates.of(lang.load("de")).is_event_noun(noun)


@pytest.mark.parametrize("noun", ["Tisch", "Ausdruck", "Beruf", "Präsident", "Hauptstadt", "Senat"])
def test_nouns_of_things_do_not_count(noun: str) -> None:
    assert not Predicates.of(lang.load("de")).is_event_noun(noun)


def test_verbs_and_event_nouns_are_counted_apart(counted: Count) -> None:
    found = counted("Putin reiste nach Ankara. Der Besuch in der Türkei dauerte zwei Tage.")
    assert (found.verbs.decided, found.verbs.total) == (2, 2)
    assert (found.nouns.decided, found.nouns.total) == (1, 1)


def test_an_actor_is_no_predicate(counted: Count) -> None:
    assert counted("Die deutsche Regierung schwieg.").nouns.total == 0


def test_undecided_predicates_with_actors_come_most_frequent_first(counted: Count) -> None:
    found = counted(
        "Deutschland frobnizierte China. Russland frobnizierte die Türkei. Polen verknurzte die Ukraine.",
        "Das Brot frobnizierte den Käse.",
    )
    assert [(u.lemma, u.count) for u in found.undecided] == [("frobnizieren", 2), ("verknurzen", 1)]
    assert found.undecided[0].example == "Deutschland frobnizierte China."


def test_a_line_wants_only_its_class(counted: Count) -> None:
    notation = Notation.of(lang.load("de"))
    for predicate in counted(
        "Deutschland frobnizierte China. Die Verknurzung Chinas durch Japan begann."
    ).undecided:
        with pytest.raises(DataError, match="is no class; there are"):
            notation.trigger(predicate.line, "verbs.txt:1")
        trigger = notation.trigger(predicate.line.replace(CLASS, "Sanction"), "verbs.txt:1")
        assert trigger.lemma == predicate.lemma and "agent" in trigger.roles


def test_a_line_or_a_word_of_ones_own_decides(tmp_path: Path, understanding: Understanding) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "no-event.txt").write_text("frobnizieren\nKnurzung\n", "utf-8")
    reader = Understanding(lang.load("de", (tmp_path,)))
    assert not understanding.lexicon.is_decided("frobnizieren", nominal=False)
    assert reader.lexicon.is_decided("frobnizieren", nominal=False)
    assert reader.lexicon.is_decided("Staatsknurzung", nominal=True)


@pytest.mark.parametrize(
    ("noun", "decided"),
    [("Stadtverwaltung", True), ("US-Verwaltung", True), ("Saalverhaftung", False), ("Xyzung", False)],
)
def test_a_compound_is_decided_with_its_longest_known_part(
    understanding: Understanding, noun: str, *, decided: bool
) -> None:
    assert understanding.lexicon.is_decided(noun, nominal=True) is decided


def test_a_fault_in_the_list_of_nouns_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "predicates.toml").write_text("nouns = [3]\n", "utf-8")
    home = lang.load("de").layers[0]
    with pytest.raises(DataError, match=r"predicates.toml:1:1: 'nouns' is to be a list of words"):
        Predicates.of(LanguageData("de", (home, tmp_path)))


def test_the_command_prints_shares_and_lines(out: Path) -> None:
    result = CliRunner().invoke(main, ["coverage", str(out), "--limit", "3"])
    assert result.exit_code == 0
    assert result.output.startswith("verbs decided: ")
    assert "event nouns decided: " in result.output
