"""`kg query`: shipped queries, formats, sources of a query."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from conftest import SEED
from rdflib import Graph

import kg
from kg.build import build
from kg.builds import home
from kg.cli import main
from kg.errors import OutputError, QueryError, UsageError
from kg.query import run_query, shipped_queries
from kg.query.results import frame, rows, to_network
from kg.query.workers import Limits, Request, Workers
from kg.serve.answers import Spool
from kg.store import open_store
from kg.store.lock import writing

Ask = Callable[..., str]


@pytest.fixture
def ask(out: Path) -> Ask:
    store = open_store(out)
    return lambda query, form=None: run_query(store, query, form)


def test_meetings_of_the_seed(ask: Ask) -> None:
    rows = csv.DictReader(io.StringIO(ask(shipped_queries()["meetings"].bound({}), "csv")))
    found = {
        (", ".join(sorted(r["who"].split(", "))), r["begin"], r["end"], r["place"], r["factuality"])
        for r in rows
    }
    assert {
        ("Donald Trump, Kim Jong Un", "2018-06-21", "2018-06-30", "Singapur", "Planned"),
        ("Kim Jong Un, Moon Jae In", "2018-04-27", "2018-04-27", "entmilitarisierte Zone", "Actual"),
    } <= found


def test_every_event_of_the_seed_has_its_evidence(ask: Ask) -> None:
    events = json.loads(ask("SELECT DISTINCT ?e { ?e dip:evidence ?m }", "json"))["results"]["bindings"]
    found = list(csv.DictReader(io.StringIO(ask(shipped_queries()["evidence"].bound({}), "csv"))))
    assert {r["event"] for r in found} == {e["e"]["value"] for e in events}
    assert all(r["sentence"] and r["article"] == "000_f90bd207d5cccac2" and r["who"] for r in found)


def test_a_name_is_taken_and_told(out: Path) -> None:
    ran = CliRunner().invoke(main, ["query", str(out), "meetings", "--actor", "Moon", "-f", "csv"])
    assert ran.exit_code == 0
    assert "--actor: Moon Jae In <https://w3id.org/dipkg/id/entity/" in ran.stderr
    assert len(ran.stdout.splitlines()) == 2


def test_graph_results_become_rows_frames_and_networks(out: Path) -> None:
    graph = kg.open(out)
    query = """PREFIX dip: <https://w3id.org/dipkg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?a ?b ?day { ?m a dip:Meeting ; dip:date ?day ; dip:participant ?x, ?y . FILTER (STR(?x) < STR(?y))
        ?x rdfs:label ?a . ?y rdfs:label ?b }"""
    (row,) = rows(graph.query(query))
    assert ({row["a"], row["b"]}, row["day"]) == ({"Kim Jong Un", "Moon Jae In"}, date(2018, 4, 27))
    assert list(frame(graph.query(query)).columns) == ["a", "b", "day"]
    assert frame(graph.query(query), "polars").shape == (1, 3)
    assert to_network(graph.query(query)).has_edge(row["a"], row["b"])
    assert (
        kg.open(out / "graph.trig").query("ASK { ?m a <https://w3id.org/dipkg/ontology#Meeting> }").askAnswer
    )
    with pytest.raises(QueryError, match="rows come from SELECT"):
        rows(graph.query("ASK {}"))


def test_readers_at_once_and_a_clear_word_to_a_second_writer(out: Path, tmp_path: Path) -> None:
    readers = [open_store(out) for _ in range(3)]
    assert len({len(store) for store in readers}) == 1
    with writing(tmp_path), pytest.raises(OutputError, match="another kg is writing there"):
        build([SEED], tmp_path)


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


def test_csv_keeps_an_iri_with_a_comma_in_one_cell(out: Path) -> None:
    """Spans are named by RFC 5147, with a comma; Oxigraph's own CSV writer does not quote IRIs."""
    answer = run_query(open_store(out), "SELECT ?m ?t { ?m nif:anchorOf ?t }", "csv")
    table = list(csv.reader(io.StringIO(answer)))
    assert {len(row) for row in table} == {2}
    assert all(row[0].rpartition(",")[2].isdigit() for row in table[1:])


def test_where_no_worker_can_be_made_now_the_next_query_gets_one(out: Path) -> None:
    """A folder that cannot be read for a moment costs one answer, not a place among the workers for ever."""
    readable = True

    def folder() -> Path:
        if not readable:
            raise UsageError("no folder now")
        return home(out)

    workers = Workers(folder, Limits(workers=1))
    try:
        readable = False
        with pytest.raises(UsageError):
            list(workers.answer(Request("ASK {}", "JSON", "N_TRIPLES")))
        readable = True
        assert next(iter(workers.answer(Request("ASK {}", "JSON", "N_TRIPLES")))) == b"rows"
    finally:
        workers.close()


def test_a_piece_of_an_answer_that_nobody_reads_any_more_is_let_go() -> None:
    spool = Spool()
    spool.write(b"one")
    spool.close()
    spool.write(b"two")
    assert spool.waiting == 3
