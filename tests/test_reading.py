"""`kg read`: how a sentence is read, and why other readings lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import lang
from kg.cli import main
from kg.events.lacks import Lack
from kg.lang import read_toml
from kg.messages import LANGUAGES, messages
from kg.model import Document
from kg.pipeline import Understanding
from kg.reading import Account, account, lines
from kg.reading.account import ClauseAccount

Tell = Callable[[str], Account]


@pytest.fixture(scope="module")
def tell() -> Tell:
    reader = Understanding(lang.load("de"), proposals=True)
    return lambda text: account(reader, Document("text", text, published=date(2018, 5, 8)))


def _clause(told: Account, predicate: str) -> ClauseAccount:
    return next(c for c in told.clauses if c.predicate == predicate)


def _lacks(clause: ClauseAccount) -> dict[str, tuple[str, str]]:
    return {c.line: (c.lack, c.what) for c in clause.candidates}


def test_words_have_lemma_function_and_head(tell: Tell) -> None:
    word = next(w for w in tell("Die EU verhängte Zölle gegen China.").words if w.text == "Zölle")
    assert (word.lemma, word.function, word.head) == ("Zoll", "obj", "verhängte")


def test_mentions_say_whom_they_mean_and_why(tell: Tell) -> None:
    links = {x.text: x for x in tell("Wladimir Putin reiste nach Ankara. Dort traf er Erdogan.").links}
    assert links["Ankara"].actors == ("Türkei",) and links["Ankara"].place == "Ankara"
    assert links["er"].actors == ("Wladimir Putin",)
    assert links["er"].kind == "pronoun" and links["er"].why


def test_the_line_that_won_says_how_its_roles_were_filled(tell: Tell) -> None:
    clause = _clause(tell("Die EU verhängte Zölle gegen China."), "verhängen")
    won = next(c for c in clause.candidates if not c.lack)
    assert won.kind == "Sanction" and won.where.startswith("verbs.txt:")
    filled = {f.role: (f.slot, f.words, f.actors) for f in clause.fillings if f.actors}
    assert filled["agent"] == ("subject", ("EU",), ("EU",))
    assert filled["recipient"] == ("gegen", ("China",), ("China",))


def test_a_line_that_lost_says_which_condition_did_not_hold(tell: Tell) -> None:
    lost = _lacks(_clause(tell("Ungarn blockierte die Straße."), "blockieren"))
    assert any(lack == "condition" and what.startswith("object=") for lack, what in lost.values())


def test_a_line_that_lost_says_which_role_stayed_empty(tell: Tell) -> None:
    lost = _lacks(_clause(tell("Merkel warnte Moskau."), "warnen"))
    assert ("preposition", "vor") in lost.values()
    nobody = tell("Am Montag wurde in der Stadt gewarnt.")
    assert not nobody.events
    assert all(c.lack for c in _clause(nobody, "warnen").candidates)


def test_lines_behind_the_one_that_won_were_not_asked(tell: Tell) -> None:
    clause = _clause(tell("Die EU verhängte Zölle gegen China."), "verhängen")
    won = next(c.line for c in clause.candidates if not c.lack)
    assert {c.what for c in clause.candidates if c.lack == Lack.RANK} == {won}


@pytest.mark.parametrize(
    ("text", "predicate", "value", "ground", "word"),
    [
        ("Putin reiste nach Ankara.", "reisen", "Actual", "stated", ""),
        ("Putin reiste nicht nach Ankara.", "reisen", "Negated", "negation", ""),
        ("Putin könnte nach Ankara reisen.", "reisen", "Possible", "modal", "können"),
        ("Wenn Putin nach Ankara reist, freut sich Erdogan.", "reisen", "Possible", "marker", "wenn"),
        ("Merkel plant ein Treffen mit Putin.", "Treffen", "Planned", "embedded", "planen"),
        ("Putin reist am Freitag nach Ankara.", "reisen", "Planned", "ahead", ""),
    ],
)
def test_certainty_has_a_ground(
    tell: Tell, text: str, predicate: str, value: str, ground: str, word: str
) -> None:
    certainty = _clause(tell(text), predicate).certainty
    assert certainty is not None
    assert (certainty.value, certainty.ground, certainty.word) == (value, ground, word)


def test_a_source_is_told_with_what_opens_it(tell: Tell) -> None:
    source = _clause(tell("Laut Xinhua traf Kim Jong Un in Dalian Xi Jinping."), "treffen").source
    assert source is not None
    assert (source.speakers, source.opener) == (("Xinhua",), "Laut Xinhua")


def test_what_the_judge_does_not_believe_is_told_as_dropped(tell: Tell) -> None:
    told = tell(
        "Merkel dementierte, dass Deutschland Zölle gegen China verhängt habe. Putin reiste nach Ankara."
    )
    for event in told.events:
        assert event.kept == (event.probability >= told.threshold)
        assert all(s.weight > 0 for s in event.speaks_for) and all(s.weight < 0 for s in event.speaks_against)
        assert event.speaks_for


def test_a_predicate_without_lines_is_decided_or_not(tell: Tell) -> None:
    told = tell("Putin abblockschmetterte Erdogan. Das Kind schlief.")
    assert {c.decided for c in told.clauses if c.predicate == "schlafen"} == {True}


def test_every_lack_can_be_said_in_every_language() -> None:
    keys = [set(messages(language, "read")) for language in LANGUAGES]
    for lack in Lack:
        assert all(("words-missing" if lack is Lack.WORDS else lack.value) in found for found in keys)
    fields = read_toml(Path(lang.HOME).parent / "messages" / "en.toml")["read"]
    assert set(fields) <= keys[0], "German has all that English has"


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_are_for_people(tell: Tell, language: str) -> None:
    text = "\n".join(lines(tell("Die EU verhängte Zölle gegen China.\x1b[31m"), language))
    assert "\x1b" not in text
    assert {"de": "Handelnder aus subject „EU“: EU", "en": "agent from subject „EU“"}[language] in text


def test_the_command_reads_an_argument_standard_input_or_a_file(tmp_path: Path) -> None:
    text = "Putin reiste gestern nach Ankara."
    (tmp_path / "satz.txt").write_text(text, "utf-8")
    said = [
        CliRunner().invoke(main, ["read", "--json", "--published", "2018-05-08", *args], input=given)
        for args, given in (([text], None), ([], text), (["--file", str(tmp_path / "satz.txt")], None))
    ]
    assert [r.exit_code for r in said] == [0, 0, 0]
    assert len({r.output for r in said}) == 1
    (event,) = json.loads(said[0].output)["events"]
    assert event["kind"] == "Visit" and event["roles"]["destination"] == ["Ankara"]


@pytest.mark.parametrize("args", [["read", ""], ["read", "Putin.", "--file", __file__]])
def test_no_text_or_two_are_refused(args: list[str]) -> None:
    result = CliRunner().invoke(main, args)
    assert result.exit_code == 2 and result.output.startswith("kg: ")


def test_edits_of_the_tree_are_told(tell: Tell) -> None:
    told = tell("Der Iran ist zu verurteilen, sagte Trump.")
    edit = next(e for e in told.edits if e.edit == "infinitives-with-a-copula-are-passive")
    assert edit.word == "verurteilen" and "VerbForm=Part" in edit.after
    assert any(edit.edit in line for line in lines(told, "de"))
    assert not tell("Merkel traf Macron.").edits
