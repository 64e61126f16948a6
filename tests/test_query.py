"""`kg query`: shipped queries, formats, sources of a query."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from rdflib import Graph

from kg.cli import main
from kg.errors import QueryError
from kg.query import run_query, shipped_queries
from kg.store import open_store

Ask = Callable[..., str]


@pytest.fixture
def ask(out: Path) -> Ask:
    store = open_store(out)
    return lambda query, form=None: run_query(store, query, form)


def rows(ask: Ask, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ask(shipped_queries()[name].text, "csv"))))


def test_meetings(ask: Ask) -> None:
    found = {
        (r["who"], r["date"], r["place"], r["factuality"].rpartition("#")[2]) for r in rows(ask, "meetings")
    }
    assert {
        ("Donald Trump, Kim Jong Un", "2018-06-21 bis 2018-06-30", "Singapur", "Planned"),
        ("Kim Jong Un, Moon Jae In", "2018-04-27", "entmilitarisierte Zone", "Actual"),
    } <= {(", ".join(sorted(w.split(", "))), d, p, f) for w, d, p, f in found}


def test_who_met_whom(ask: Ask) -> None:
    pairs = {(r["one"], r["other"]) for r in rows(ask, "who-met-whom")}
    assert ("Kim Jong Un", "Moon Jae In") in pairs
    assert not [p for p in pairs if "Donald Trump" in p]  # planned only


def test_planned(ask: Ask) -> None:
    (row,) = rows(ask, "planned")
    assert (row["earliest"], row["latest"], row["place"]) == ("2018-06-21", "2018-06-30", "Singapur")


def test_statements(ask: Ask) -> None:
    found = {r["speaker"]: (r["words"], r["source"]) for r in rows(ask, "statements")}
    assert found["Kim Jong Un"][0].startswith("Das sind positive Ergebnisse des historischen Treffens")
    assert found["Xi Jinping"][0].startswith("Nach dem ersten Treffen zwischen mir und dem Genossen")
    assert {source for _, source in found.values()} == {"Xinhua"}


def test_offices(ask: Ask) -> None:
    found = {(r["person"], r["office"], r["of"]) for r in rows(ask, "offices")}
    assert ("Wang Yi", "Außenminister", "China") in found
    assert ("Moon Jae In", "Präsident", "Südkorea") in found


def test_evidence_has_a_sentence_and_an_article_for_every_event(ask: Ask) -> None:
    events = json.loads(ask("SELECT DISTINCT ?e { ?e dip:evidence ?m }", "json"))["results"]["bindings"]
    found = rows(ask, "evidence")
    assert len(found) >= len(events) > 10
    assert all(r["sentence"] and r["article"] == "000_f90bd207d5cccac2" and r["who"] for r in found)


SELECT = "SELECT ?label { ?x a dip:Place ; rdfs:label ?label } ORDER BY ?label"


def test_rows_come_in_every_format(ask: Ask) -> None:
    assert "Dalian" in ask(SELECT, "table")
    assert ask(SELECT, "csv").splitlines()[:2] == ["label", "Dalian"]
    assert '"Dalian"@de' in ask(SELECT, "tsv")
    assert json.loads(ask(SELECT, "json"))["head"]["vars"] == ["label"]
    assert ElementTree.fromstring(ask(SELECT, "xml")).tag.endswith("sparql")


def test_ask_answers_yes_or_no(ask: Ask) -> None:
    assert ask("ASK { ?x a dip:Meeting }") == "ja\n"
    assert ask("ASK { ?x a dip:Aid }", "csv") == "false\n"
    assert json.loads(ask("ASK { ?x a dip:Meeting }", "json"))["boolean"] is True


@pytest.mark.parametrize(
    ("form", "parser"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")]
)
def test_graphs_come_in_every_format(form: str, parser: str, ask: Ask) -> None:
    text = ask("CONSTRUCT { ?x rdfs:label ?l } { ?x a dip:State ; rdfs:label ?l }", form)
    assert len(Graph().parse(data=text, format=parser)) >= 4
    assert len(Graph().parse(data=ask("DESCRIBE ?x { ?x a dip:Meeting }", form), format=parser)) > 10


def test_a_format_that_does_not_fit_is_said(ask: Ask) -> None:
    with pytest.raises(QueryError, match="turtle is for CONSTRUCT and DESCRIBE"):
        ask(SELECT, "turtle")
    with pytest.raises(QueryError, match="a graph comes as turtle"):
        ask("DESCRIBE ?x { ?x a dip:Meeting }", "csv")


def test_a_query_is_a_name_a_file_a_text_or_standard_input(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "places.rq"
    file.write_text(SELECT, "utf-8")
    run = CliRunner().invoke
    for given, typed in ((SELECT, None), (str(file), None), ("-", SELECT)):
        result = run(main, ["query", str(out), given, "-f", "csv"], input=typed)
        assert (result.exit_code, result.output.splitlines()[1]) == (0, "Dalian")
    assert run(main, ["query", str(out), "meetings", "-f", "csv"]).exit_code == 0


def test_every_shipped_query_is_listed_with_its_question() -> None:
    output = CliRunner().invoke(main, ["query", "--list"]).output
    queries = shipped_queries()
    assert len(queries) >= 5
    for query in queries.values():
        assert query.name in output
        assert query.question_de in output


def test_the_union_gives_each_row_once(tmp_path: Path) -> None:
    """Oxigraph's own union of graphs would give the label of a state once per document."""
    from kg.build import build

    for n in range(3):
        (tmp_path / f"{n}.txt").write_text("Der Iran drohte den USA mit Vergeltung.", "utf-8")
    build(sorted(tmp_path.glob("*.txt")), tmp_path / "out")
    answer = run_query(
        open_store(tmp_path / "out"), "SELECT ?x { ?x a dip:State ; rdfs:label 'Iran'@de }", "csv"
    )
    assert len(answer.splitlines()) == 2
