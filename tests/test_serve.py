"""The endpoint by the W3C's protocol, with foreign clients, under load; the pages in a real browser."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner
from formats import as_pdf, as_warc, zipped
from pyoxigraph import RdfFormat, parse

from kg.build import build
from kg.cli import main

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver

EVIL = '<script>alert(1)</script> </script> "javascript:alert(2)" &amp; \\'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed, and an article whose text is hostile."""
    folder = tmp_path_factory.mktemp("served")
    seed = Path(__file__).parent.parent / "seeds" / "000_f90bd207d5cccac2.txt"
    evil = folder / "evil.txt"
    evil.write_text(f"Kim Jong Un traf Xi Jinping in Dalian. Xi sagte: „{EVIL}“\n", "utf-8")
    (folder / "evil.meta.json").write_text(json.dumps({"title": EVIL, "url": "javascript:alert(3)"}), "utf-8")
    build([seed, evil], folder / "out")
    return folder / "out"


@contextmanager
def running(out: Path, *options: str) -> Iterator[str]:
    """`kg serve` as a process of its own; yields the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "kg", "serve", str(out), "--port", str(port), *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        while server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


@pytest.fixture(scope="module")
def address(served: Path) -> Iterator[str]:
    with running(served, "--timeout", "3") as url:
        yield url


def ask(
    url: str, body: str | bytes | None = None, *, method: str | None = None, **headers: str
) -> tuple[int, str, str]:
    """(status, content type, body) of a request."""
    data = body.encode() if isinstance(body, str) else body
    named = {k.replace("_", "-"): v for k, v in headers.items()}
    request = urllib.request.Request(url, data, named, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read().decode()


FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
GRAPH = "https://w3id.org/dipkg/id/graph/000_f90bd207d5cccac2"

# After the W3C's tests of the SPARQL 1.1 protocol, those of query operations (data-sparql11/protocol), by their names.
PROTOCOL = [
    # name, parameters in the address, body, content type, Accept, status, content type of the answer
    ("query_get", {"query": "ASK {}"}, None, None, "application/sparql-results+xml", 200, "application/sparql-results+xml"),
    ("query_post_form", {}, urlencode({"query": "ASK {}"}), FORM, "application/sparql-results+xml", 200, "application/sparql-results+xml"),
    ("query_post_direct", {}, "ASK {}", QUERY, "application/sparql-results+json", 200, "application/sparql-results+json"),
    ("query_dataset_default_graph", {"query": "ASK { ?s ?p ?o }", "default-graph-uri": GRAPH}, None, None, "*/*", 200, "application/sparql-results+json"),
    ("query_dataset_default_graphs_get", {"query": "ASK { ?s ?p ?o }", "default-graph-uri": [GRAPH, "http://a.b/c"]}, None, None, "*/*", 200, "application/sparql-results+json"),
    ("query_dataset_named_graphs_get", {"query": "ASK { GRAPH ?g { ?s ?p ?o } }", "named-graph-uri": [GRAPH]}, None, None, "*/*", 200, "application/sparql-results+json"),
    ("query_dataset_full", {"query": "ASK { ?x ?y ?z GRAPH ?g { ?s ?p ?o } }", "default-graph-uri": [GRAPH], "named-graph-uri": [GRAPH]}, None, None, "*/*", 200, "application/sparql-results+json"),
    ("query_content_type_select", {"query": "SELECT (1 AS ?v) {}"}, None, None, "application/sparql-results+xml", 200, "application/sparql-results+xml"),
    ("query_content_type_ask", {"query": "ASK {}"}, None, None, "application/sparql-results+json", 200, "application/sparql-results+json"),
    ("query_content_type_describe", {"query": "DESCRIBE <http://example.org/>"}, None, None, "application/rdf+xml", 200, "application/rdf+xml"),
    ("query_content_type_construct", {"query": "CONSTRUCT { <s> <p> 1 } WHERE {}"}, None, None, "text/turtle", 200, "text/turtle"),
    ("query_multiple_dataset", {"query": "SELECT * FROM <http://a.b/> { ?s ?p ?o }", "default-graph-uri": [GRAPH]}, None, None, "*/*", 200, "application/sparql-results+json"),
    ("bad_query_method", {"query": "ASK {}"}, "PUT", None, "*/*", 405, None),
    ("bad_multiple_queries", {"query": ["ASK {}", "SELECT * {}"]}, None, None, "*/*", 400, None),
    ("bad_query_wrong_media_type", {}, "ASK {}", "text/plain", "*/*", 415, None),
    ("bad_query_missing_form_type", {}, urlencode({"query": "ASK {}"}), "text/html", "*/*", 415, None),
    ("bad_query_missing_direct_type", {}, "ASK {}", "application/octet-stream", "*/*", 415, None),
    ("bad_query_non_utf8", {}, b"ASK { # \xff }", QUERY, "*/*", 400, None),
    ("bad_query_syntax", {"query": "ASK { CHECK }"}, None, None, "*/*", 400, None),
    ("bad_update_get", {"update": "CLEAR ALL"}, None, None, "*/*", 403, None),
    ("update_post_form", {}, urlencode({"update": "CLEAR ALL"}), FORM, "*/*", 403, None),
    ("update_post_direct", {}, "CLEAR ALL", "application/sparql-update", "*/*", 403, None),
    ("update_as_query", {"query": "LOAD <http://a.b/c>"}, None, None, "*/*", 403, None),
    ("no_acceptable_format", {"query": "ASK {}"}, None, None, "image/png", 406, None),
    ("federated", {"query": "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, None, None, "*/*", 403, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("_name", "fields", "body", "kind", "accept", "status", "answered"),
    PROTOCOL,
    ids=[p[0] for p in PROTOCOL],
)
def test_the_protocol(
    _name: str, fields: dict[str, str], body: str | bytes | None, kind: str | None, accept: str, status: int,
    answered: str | None, address: str,
) -> None:  # fmt: skip
    url = f"{address}/sparql?{urlencode(fields, doseq=True)}"
    headers = {"Accept": accept} | ({"Content_Type": kind} if kind else {})
    got = ask(url, method="PUT", **headers) if body == "PUT" else ask(url, body, **headers)
    assert got[0] == status, got
    assert answered in (None, got[1])


def test_without_a_query_the_service_describes_itself(address: str) -> None:
    _, kind, body = ask(f"{address}/sparql", Accept="text/turtle")
    assert kind == "text/turtle"
    assert "http://www.w3.org/ns/sparql-service-description#Service" in {
        str(getattr(q.object, "value", "")) for q in parse(body, format=RdfFormat.TURTLE)
    }


def test_a_foreign_client_in_python(address: str) -> None:
    from SPARQLWrapper import JSON, SPARQLWrapper

    client = SPARQLWrapper(f"{address}/sparql", returnFormat=JSON)
    client.setQuery("SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a <https://w3id.org/dipkg/ontology#Event> }")
    answer = client.queryAndConvert()
    assert int(answer["results"]["bindings"][0]["n"]["value"]) > 10  # type: ignore[index,call-overload]


def test_curl_and_pandas(address: str) -> None:
    import pandas

    query = "SELECT ?l { ?s a <https://w3id.org/dipkg/ontology#Person> ; <http://www.w3.org/2000/01/rdf-schema#label> ?l }"
    printed = subprocess.run(
        ["curl", "-sf", f"{address}/sparql", "--data-urlencode", f"query={query}", "-H", "Accept: text/csv"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Kim Jong Un" in {r["l"] for r in csv.DictReader(io.StringIO(printed))}
    frame = pandas.read_csv(io.StringIO(printed))
    assert "Xi Jinping" in set(frame["l"])


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def test_an_endless_query_is_stopped_and_the_server_goes_on(address: str) -> None:
    status, _, body = ask(f"{address}/sparql", ENDLESS, Content_Type=QUERY)
    assert status == 503
    assert "took longer than it may" in body
    assert ask(f"{address}/sparql", "ASK {}", Content_Type=QUERY)[0] == 200


def test_a_refused_answer_spoils_no_later_one(served: Path) -> None:
    """Its worker is ended although the answer was ready; nobody else is given it."""
    with running(served, "--workers", "1") as address:
        for _ in range(5):
            assert ask(f"{address}/sparql", "ASK {}", Content_Type=QUERY, Accept="image/png")[0] == 406
            assert ask(f"{address}/sparql", "ASK {}", Content_Type=QUERY)[0] == 200


def test_an_answer_that_is_too_long_is_cut_off(served: Path) -> None:
    with running(served, "--max-bytes", "1000") as address:
        status, _, body = ask(f"{address}/sparql", "SELECT * { ?s ?p ?o }", Content_Type=QUERY)
        assert (status, "longer than 1000 bytes" in body) == (503, True)
        assert ask(f"{address}/sparql", "ASK {}", Content_Type=QUERY)[0] == 200


LONG = "SELECT * { ?s ?p ?o . ?a ?b ?c }"
"""Millions of rows."""


def connected(address: str, query: str) -> socket.socket:
    """A connection that has asked, and has not read a byte of the answer."""
    host, port = address.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), 10)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    body = query.encode()
    head = f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: {QUERY}\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)
    return connection


def test_clients_that_do_not_read_keep_nobody_waiting(served: Path) -> None:
    """Their answers are written aside; the workers are free as soon as they are done, or the answer is too long."""
    with running(served, "--workers", "2", "--timeout", "30", "--max-bytes", "20000000") as address:
        lazy = [connected(address, LONG) for _ in range(6)]
        assert ask(f"{address}/sparql", "ASK {}", Content_Type=QUERY)[0] == 200
        for connection in lazy:
            connection.close()


def test_clients_that_hang_up_free_their_workers_at_once(served: Path) -> None:
    """Each of the queries would take the time limit; together they would take six times as long."""
    with running(served, "--workers", "1", "--timeout", "600") as address:
        for _ in range(6):
            connected(address, ENDLESS).close()
        assert ask(f"{address}/sparql", "ASK {}", Content_Type=QUERY)[0] == 200


ODD = [
    "99999999999999999999999",
    "-1",
    "1e9",
    "²",
    "",
    "\x00",
    "\ud800",
    "%",
    "'\"<",
    "a" * 5000,
    "http://",
    "<>",
    "urn:x y",
    "\u202e",
]


def test_any_parameter_gives_a_page_or_a_clear_refusal(address: str) -> None:
    for value in ODD:
        quoted = quote(value, errors="surrogatepass")
        for page in (f"/?offset={quoted}", f"/entity?iri={quoted}", f"/event?iri={quoted}", f"/search?q={quoted}", f"/search?q=Kim&kind={quoted}",
                     f"/document/{quoted}", f"/query?name={quoted}", f"/queries/meetings?actor={quoted}", f"/queries/meetings?since={quoted}",
                     f"/queries/{quoted}", f"/sparql?query={quoted}", f"/sparql?query=ASK%7B%7D&default-graph-uri={quoted}",
                     f"/sparql?query=ASK%7B%7D&named-graph-uri={quoted}"):  # fmt: skip
            assert ask(address + page)[0] in (200, 400, 404), page


def test_nobody_from_elsewhere(served: Path, address: str) -> None:
    assert ask(f"{address}/", Host="evil.example")[0] == 400
    assert ask(f"{address}/sparql?query=ASK%7B%7D", Origin="https://evil.example")[0] == 403
    with running(served, "--cors", "https://lab.example") as other:
        request = urllib.request.Request(
            f"{other}/sparql?query=ASK%7B%7D", headers={"Origin": "https://lab.example"}
        )
        with urllib.request.urlopen(request) as answer:
            assert answer.headers.get("Access-Control-Allow-Origin") == "https://lab.example"


def test_another_address_needs_a_token(served: Path) -> None:
    with running(served, "--host", "0.0.0.0", "--token", "geheim") as address:
        assert ask(f"{address}/sparql?query=ASK%7B%7D")[0] == 401
        assert ask(f"{address}/sparql?query=ASK%7B%7D", Authorization="Bearer falsch")[0] == 401
        assert ask(f"{address}/sparql?query=ASK%7B%7D", Authorization="Bearer geheim")[0] == 200
        assert ask(f"{address}/?token=geheim")[0] == 200


def test_fifty_clients_at_once(address: str) -> None:
    """For a few seconds here; tests/benchmark_serve.py does it for a minute and watches the memory."""
    problems: list[object] = []
    query = "SELECT ?s ?l { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?l } LIMIT 20"

    def client() -> None:
        for _ in range(10):
            got = ask(f"{address}/sparql", query, Content_Type=QUERY, Accept="text/csv")
            if got[0] != 200 or len(got[2].splitlines()) != 21:
                problems.append(got)

    threads = [threading.Thread(target=client) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


@pytest.mark.parametrize("name", ["meetings", "offices", "who-met-whom", "evidence", "provenance"])
def test_shipped_queries_answer_the_same_from_an_endpoint(name: str, served: Path, address: str) -> None:
    run = CliRunner()
    here = run.invoke(main, ["query", str(served), name, "-f", "csv"])
    there = run.invoke(main, ["query", f"{address}/sparql", name, "-f", "csv"])
    assert there.exit_code == 0, there.output
    assert sorted(map(_cells, there.stdout.splitlines())) == sorted(map(_cells, here.stdout.splitlines()))


def _cells(line: str) -> list[str]:
    """A row; the order of names within a cell is the engine's."""
    return sorted(re.split(r"[,; ]+", line))


def test_an_endpoint_elsewhere_is_asked_by_name_and_its_refusals_are_told(address: str) -> None:
    run = CliRunner()
    asked = run.invoke(main, ["query", f"{address}/sparql", "meetings", "--actor", "Moon"])
    assert "Moon Jae In" in asked.stdout
    assert "--actor: Moon Jae In" in asked.stderr
    wrong = run.invoke(main, ["query", f"{address}/sparql", "SELECT nonsense"])
    assert (wrong.exit_code, "answers 400" in wrong.output) == (2, True)
    gone = run.invoke(main, ["query", "http://127.0.0.1:9/sparql", "meetings"])
    assert (gone.exit_code, "cannot be reached" in gone.output) == (2, True)


def test_a_name_that_means_several_is_asked_back(address: str) -> None:
    status, _, body = ask(f"{address}/queries/meetings?actor=o")
    assert (status, json.loads(body)["error"]) == (400, "'o': the graph names nobody and no place so")
    taken = json.loads(ask(f"{address}/queries/meetings?actor=Kim")[2])
    assert taken["taken"] == {"actor": "Kim Jong Un"}


def test_a_sentence_leads_back_to_its_record_page_and_member(tmp_path: Path) -> None:
    filler = "Am Rande ging es um Handel, Klima und Verkehr. " * 60
    pages = f"Angela Merkel traf Emmanuel Macron in Wien.\n\n{filler}\n\n{filler}\n\nWladimir Putin traf Xi Jinping in Moskau."
    warc = as_warc("Kim Jong Un traf Moon Jae In in Seoul.\n\nSie sprachen über Frieden.")
    (tmp_path / "pile.zip").write_bytes(zipped({"2018/a.pdf": as_pdf(pages), "b.warc.gz": warc}))
    report = build([tmp_path / "pile.zip"], tmp_path / "out")
    assert report.documents == 2
    with running(tmp_path / "out") as url:
        places = []
        for name in ("wladimir-putin", "angela-merkel", "kim-jong-un"):
            body = ask(f"{url}/entity?iri=" + quote(f"https://w3id.org/dipkg/id/entity/{name}"))[2]
            event = re.search(r'href="(/event[^"]+)"', body)
            assert event, name
            page = ask(url + event[1].replace("&amp;", "&"))[2]
            footer = re.search(r"<footer>.*?</a>(.*?)</footer>", page)
            assert footer
            places.append(footer[1])
        assert places[:2] == [" · pile.zip, member 2018/a.pdf, S. 2", " · pile.zip, member 2018/a.pdf, S. 1"]
        assert re.fullmatch(
            r" · pile\.zip, member b\.warc\.gz, record 1 \(https://blatt\.example/a, urn:uuid:\S+\)",
            places[2],
        )
        document = ask(f"{url}/document/a")[2]
        assert '<span class="page" id="page2">S. 2</span>' in document and "pile.zip" in document


PAGES = [
    "/",
    "/query?name=meetings",
    "/search?q=Kim",
    "/document/evil",
    "/entity?iri=" + quote("https://w3id.org/dipkg/id/entity/kim-jong-un"),
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [1300, 400])
def test_pages_load_nothing_foreign_and_run_no_text(
    page: str, width: int, address: str, browser: WebDriver
) -> None:
    browser.set_window_size(width, 900)
    browser.get(address + page)
    time.sleep(0.4)
    assert not [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]  # type: ignore[no-untyped-call]
    for host in requested(browser):
        assert host in (address.removeprefix("http://"), ""), host
    assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    links = browser.execute_script("return [...document.links].map(a => a.protocol)")
    assert "javascript:" not in links


def requested(browser: WebDriver) -> set[str]:
    """The hosts that a page asked for."""
    messages = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]  # type: ignore[no-untyped-call]
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return {m[1] for url in urls if (m := re.match(r"https?://([^/]*)", url))}


def test_hostile_text_is_shown_as_text(address: str, browser: WebDriver) -> None:
    browser.get(f"{address}/document/evil")
    assert EVIL.split(" ", maxsplit=1)[0] in browser.find_element("css selector", "h1").text
    assert "<script>alert(1)</script>" in browser.find_element("css selector", "article").text


def test_from_a_shipped_query_to_the_sentence(address: str, browser: WebDriver) -> None:
    browser.get(f"{address}/")
    browser.find_element("link text", "Wer traf wen, wann und wo?").click()
    wait(browser, "#table tbody tr")
    field = browser.find_element("name", "actor")
    field.send_keys("Moon")
    field.send_keys("\t")
    wait_text(browser, "#status", "Moon Jae In")
    browser.find_element("id", "run").click()
    wait_text(browser, "#status", "1 Zeilen")
    browser.find_element("css selector", "#table tbody a").click()
    quote_ = wait(browser, "blockquote.evidence")
    assert "Kim am 27. April mit dem südkoreanischen Präsidenten Moon Jae In getroffen" in quote_
    browser.find_element("css selector", "blockquote footer a").click()
    assert "Bereits zum zweiten Mal" in wait(browser, "article.text")


def test_search_leads_to_the_paragraph(address: str, browser: WebDriver) -> None:
    browser.get(f"{address}/")
    box = browser.find_element("name", "q")
    box.send_keys("Denuklearisierung\n")
    assert "Denuklearisierung" in wait(browser, ".hits mark")
    browser.find_element("css selector", ".hits a").click()
    assert "Denuklearisierung" in wait(browser, "article.text")


def test_an_answer_as_a_picture_and_as_files(address: str, browser: WebDriver) -> None:
    browser.get(f"{address}/query?name=who-met-whom")
    wait(browser, "#table tbody tr")
    browser.find_element("css selector", "[data-view=graph]").click()
    assert "Kim Jong Un" in wait(browser, "#graph svg")
    for kind in ("csv", "json"):
        assert str(browser.find_element("id", kind).get_attribute("href")).startswith("blob:")


def wait(browser: WebDriver, selector: str) -> str:
    """The text of an element as soon as it is there."""
    for _ in range(60):
        found = browser.find_elements("css selector", selector)
        if found and found[0].text:
            return str(found[0].text)
        time.sleep(0.1)
    raise AssertionError(
        f"{selector} did not appear; {browser.find_element('css selector', 'main').text[:500]}"
    )


def wait_text(browser: WebDriver, selector: str, text: str) -> None:
    for _ in range(60):
        if text in browser.find_element("css selector", selector).text:
            return
        time.sleep(0.1)
    raise AssertionError(f"{selector}: {browser.find_element('css selector', selector).text!r}, not {text!r}")
