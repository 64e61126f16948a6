"""The actor network: the graph and its page, in a real browser where one is installed."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from click.testing import CliRunner
from lxml import etree

import kg
from kg.actor_network import Filters, View, export_network, page, read_network
from kg.actor_network.layout import places
from kg.actor_network.measures import balances, communities, pagerank, timeline
from kg.actor_network.rollup import to_states, weighted
from kg.cli import main
from kg.store import open_store

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver

HOSTILE = "<script>document.title='hacked'</script></script><img src=x onerror=\"document.title='hacked'\">'\"&\\ \u202eRTL 🙂"


def test_the_network_has_actors_and_their_events(out: Path) -> None:
    network = kg.network(out)
    labels = nx.get_node_attributes(network, "label")
    assert {"Kim Jong Un", "Xi Jinping", "Moon Jae In", "Donald Trump", "Wang Yi", "China"} <= set(
        labels.values()
    )
    kinds = {(labels[a], labels[b], d["kind"], d["factuality"]) for a, b, d in network.edges(data=True)}
    assert ("Donald Trump", "Kim Jong Un", "Meeting", "Planned") in kinds
    assert ("Wang Yi", "China", "OfficeHolding", "Actual") in kinds
    assert all(d["sentence"] and d["document"] for *_, d in network.edges(data=True))


def test_the_page_asks_no_server_for_anything(out: Path) -> None:
    text = (out / "network.html").read_text("utf-8")
    assert not re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text)
    assert len(text) < 3_000_000


def _log(browser: WebDriver, kind: str) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = browser.get_log(kind)  # type: ignore[no-untyped-call]
    return entries


def _requests(browser: WebDriver) -> list[str]:
    messages = (json.loads(entry["message"])["message"] for entry in _log(browser, "performance"))
    sent = (m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent")
    return [url for url in sent if not url.startswith(("file:", "data:", "blob:"))]


def edge(**values: str | bool) -> dict[str, str | bool]:
    blank = dict.fromkeys(("event", "date", "earliest", "latest", "time", "place", "source"), "")
    return {
        **blank,
        "kind": "Meeting",
        "factuality": "Actual",
        "confidence": "0.9",
        "sentence": "Satz.",
        "document": "d",
        "directed": True,
        **values,
    }


def actor(label: str, kind: str = "Person", country: str = "", **more: object) -> dict[str, object]:
    return {
        "label": label,
        "kind": kind,
        "country": country,
        "wikidata": "",
        "degree": 1,
        "betweenness": 0.0,
        "first": "",
        "last": "",
        **more,
    }


@pytest.fixture
def small() -> nx.MultiDiGraph:
    """Anna and Boris of two states, what they did, and a third party."""
    g = nx.MultiDiGraph()
    g.add_node("a", **actor("Anna", country="A-Land"))
    g.add_node("b", **actor("Boris", country="B-Land"))
    g.add_node("A", **actor("A-Land", "State"))
    g.add_node("n", **actor("Nato", "InternationalOrganization"))
    g.add_edge("a", "b", **edge(event="1", date="2018-05-01", directed=False))
    g.add_edge(
        "a",
        "b",
        **edge(event="2", kind="Threat", earliest="2018-06-01", latest="2018-06-30", confidence="0.6"),
    )
    g.add_edge("b", "a", **edge(event="3", kind="Support", factuality="Planned", source="dpa"))
    g.add_edge("a", "A", **edge(event="4", kind="OfficeHolding"))
    g.add_edge("n", "b", **edge(event="5", kind="Sanction"))
    return g


FILTERS = [
    (Filters(classes=frozenset({"Threat"})), {"2"}),
    (Filters(factualities=frozenset({"Planned"})), {"3"}),
    (Filters(sources=frozenset({"dpa"})), {"3"}),
    (Filters(since=date(2018, 6, 15)), {"2"}),
    (Filters(until=date(2018, 5, 31)), {"1"}),
    (Filters(min_confidence=0.7), {"1", "3", "4", "5"}),
    (Filters(actors=frozenset({"n"})), {"5"}),
    (Filters(actors=frozenset({"n"}), radius=1), {"5"}),
    (Filters(actors=frozenset({"n"}), radius=2), {"1", "2", "3", "5"}),
    (Filters(min_weight=2), {"1", "2", "3"}),
]


@pytest.mark.parametrize(("filters", "kept"), FILTERS)
def test_filters_keep_what_they_say(filters: Filters, kept: set[str], small: nx.MultiDiGraph) -> None:
    found = filters.apply(small)
    assert {d["event"] for *_, d in found.edges(data=True)} == kept
    assert all(found.degree(n) for n in found)


def test_persons_become_their_states(small: nx.MultiDiGraph) -> None:
    rolled = to_states(small)
    assert {d["label"] for _, d in rolled.nodes(data=True)} == {"A-Land", "B-Land", "Nato"}
    assert {d["event"] for *_, d in rolled.edges(data=True)} == {"1", "2", "3", "5"}


def test_all_events_of_a_pair_become_one_edge(small: nx.MultiDiGraph) -> None:
    flat = weighted(small)
    assert flat["a"]["b"]["weight"] == 2
    assert flat["a"]["b"]["kinds"] == "Meeting 1, Threat 1"
    assert (flat["a"]["b"]["first"], flat["a"]["b"]["last"]) == ("2018-05-01", "2018-06-30")
    assert flat["a"]["b"]["goldstein"] == -2.5


def test_measures(small: nx.MultiDiGraph) -> None:
    assert balances(small)["a", "b"] == (1, 1, -2.5)
    assert timeline(small) == {"2018-05": {"Meeting": 1}, "2018-06": {"Threat": 1}}
    assert set(communities(small)) == set(small)
    assert sum(pagerank(small).values()) == pytest.approx(1)


def test_what_has_no_day_of_its_own_goes_by_that_of_its_report(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", **actor("Anna"))
    graph.add_node("b", **actor("Boris"))
    graph.add_edge("a", "b", **edge(event="1", kind="Threat", reported="2018-05-08"))
    graph.add_edge("a", "b", **edge(event="2", latest="2018-04-30", reported="2018-05-08"))
    assert timeline(graph) == {"2018-05": {"Threat": 1}, "2018-04": {"Meeting": 1}}
    export_network(graph, tmp_path / "net.gexf")
    lives = {(e.get("start"), e.get("end")) for e in etree.parse(str(tmp_path / "net.gexf")).iter("{*}edge")}
    assert lives == {("2018-05-08", "2018-05-08"), (None, "2018-04-30")}
    html = page(graph, "Netz")
    assert '"begin":"2018-05-08","end":"2018-05-08","dated":"reported"' in html
    assert '"begin":"","end":"2018-04-30","dated":"bounds"' in html


def test_actors_carry_their_measures(out: Path) -> None:
    network = read_network(open_store(out))
    kim = next(d for _, d in network.nodes(data=True) if d["label"] == "Kim Jong Un")
    assert kim["degree"] == max(d["degree"] for _, d in network.nodes(data=True))
    assert kim["betweenness"] > 0
    assert (kim["first"], kim["last"]) == ("2018-04-27", "2018-06-30")


def test_places_can_be_had_again(small: nx.MultiDiGraph) -> None:
    large = generated(400, 900)
    for graph in (small, large):
        assert places(graph) == places(graph)
        assert len(set(places(graph).values())) == len(graph)


def generated(actors: int, events: int) -> nx.MultiDiGraph:
    """A network like those of years of news: few actors have many events."""
    import random

    rng = random.Random(3)
    graph = nx.MultiDiGraph()
    for i in range(actors):
        graph.add_node(
            f"urn:a:{i}",
            **actor(f"Akteur Nummer {i}", rng.choice(["Person", "Person", "State", "Party"]), degree=0),
        )
    for i in range(events):
        a, b = (f"urn:a:{min(int(rng.paretovariate(0.6)) - 1, rng.randrange(actors))}" for _ in range(2))
        if a == b:
            b = f"urn:a:{rng.randrange(actors)}"
        for node in (a, b):
            graph.nodes[node]["degree"] += 1
        graph.add_edge(
            a,
            b,
            **edge(
                event=f"urn:e:{i}",
                kind=rng.choice(["Meeting", "Threat", "Visit"]),
                date=f"20{10 + i % 9}-0{1 + i % 9}-15",
                factuality=rng.choices(["Actual", "Planned", "Negated"], (8, 2, 1))[0],
                sentence=f"Das ist der Satz Nummer {i}, auf dem das Ereignis beruht.",
            ),
        )
    return graph


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".json"])
def test_exports_open_again_with_the_same_nodes_and_edges(suffix: str, out: Path, tmp_path: Path) -> None:
    network, path = kg.network(out), tmp_path / f"net{suffix}"
    export_network(network, path)
    if suffix == ".graphml":
        again = nx.read_graphml(path, force_multigraph=True)
    elif suffix == ".gexf":
        again = nx.read_gexf(path)
    else:
        again = nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges")
    assert set(again) == set(network)

    def told(g: nx.MultiDiGraph) -> list[tuple[str, ...]]:
        return sorted((a, b, d["event"], d["kind"], d["sentence"]) for a, b, d in g.edges(data=True))

    assert told(again) == told(network)


def test_gexf_is_valid_and_dated(out: Path, tmp_path: Path) -> None:
    """After the schema of GEXF 1.2 (tests/gexf.rng, written from its primer)."""
    export_network(kg.network(out), tmp_path / "net.gexf")
    document = etree.parse(str(tmp_path / "net.gexf"))
    schema = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "gexf.rng")))
    schema.assertValid(document)
    assert "2018-04-27" in document.xpath("//*[local-name()='edge']/@start")


def test_the_csv_has_a_row_per_relation(out: Path, tmp_path: Path) -> None:
    network = kg.network(out)
    export_network(network, tmp_path / "net.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "net.csv").read_text("utf-8"))))
    assert len(rows) == network.number_of_edges()


def test_graphviz_reads_the_dot_file(hostile: nx.MultiDiGraph, tmp_path: Path) -> None:
    export_network(hostile, tmp_path / "net.dot")
    assert "digraph actors" in (tmp_path / "net.dot").read_text("utf-8")
    if not shutil.which("dot"):
        pytest.skip("graphviz is not installed")
    subprocess.run(["dot", "-Tsvg", str(tmp_path / "net.dot"), "-o", str(tmp_path / "net.svg")], check=True)


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_pictures_can_be_had_again(suffix: str, out: Path, hostile: nx.MultiDiGraph, tmp_path: Path) -> None:
    for name in ("one", "two"):
        export_network(kg.network(out), tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
    export_network(hostile, tmp_path / f"hostile{suffix}")


def test_kg_view_writes_what_the_name_says(out: Path, tmp_path: Path) -> None:
    run = CliRunner()
    for name in ("a.html", "a.graphml"):
        result = run.invoke(
            main, ["view", str(out), "-o", str(tmp_path / name), "--actor", "Kim", "--class", "Meeting"]
        )
        assert result.exit_code == 0, result.output
        assert (tmp_path / name).stat().st_size > 500
    assert {p.name for p in tmp_path.iterdir()} == {"a.html", "a.graphml"}
    wrong = run.invoke(main, ["view", str(out), "-o", str(tmp_path / "a.docx")])
    assert (wrong.exit_code, ".graphml" in wrong.output) == (2, True)


def test_a_notebook_shows_it_inline(small: nx.MultiDiGraph) -> None:
    shown = View(small)._repr_html_()
    assert shown.startswith("<iframe sandbox=")
    assert "<script" not in shown


# --- the page in a real browser ---


def open_page(browser: WebDriver, path: Path, fragment: str = "") -> None:
    browser.get("about:blank")
    browser.get(path.as_uri() + fragment)
    for _ in range(100):
        if browser.execute_script("return window.kgReady === true"):
            return
        time.sleep(0.05)
    raise AssertionError("the page did not get ready")


def told(browser: WebDriver) -> str:
    return str(browser.find_element("css selector", "aside").text)


def test_the_page_opens_offline_and_shows_the_seed(out: Path, browser: WebDriver) -> None:
    open_page(browser, out / "network.html")
    assert _log(browser, "browser") == []
    assert _requests(browser) == []
    canvas = browser.find_element("css selector", "#network canvas")
    assert canvas.size["width"] > 400
    assert canvas.size["height"] > 300
    assert "Kim Jong Un – Moon Jae In: Treffen" in told(browser)
    assert "hatte sich Kim am 27. April mit dem südkoreanischen Präsidenten Moon Jae In getroffen" in told(
        browser
    )


def test_every_control_does_what_it_says(out: Path, browser: WebDriver) -> None:
    open_page(browser, out / "network.html")
    assert "Donald Trump – Kim Jong Un: Treffen" in told(browser)
    browser.find_element("css selector", "#facts input[value=Planned]").click()
    assert "Donald Trump – Kim Jong Un: Treffen" not in told(browser)
    browser.find_element("css selector", "#kind option[value=Visit]").click()
    assert "Besuch" in told(browser)
    assert "Moon Jae In: Treffen" not in told(browser)
    open_page(browser, out / "network.html")
    browser.find_element("id", "undated").click()
    assert "Kim Jong Un – Moon Jae In" in told(browser)
    assert "Besuch" not in told(browser)
    set_value(browser, "from", "return String(+document.getElementById('to').max - 20)")
    assert "Moon Jae In: Treffen" not in told(browser)
    assert "Donald Trump – Kim Jong Un: Treffen" in told(browser)
    open_page(browser, out / "network.html")
    set_value(browser, "confidence", "return '0.9'")
    assert "Sicherheit 0.85" not in told(browser)
    open_page(browser, out / "network.html")
    browser.find_element("css selector", "#source option[value=Xinhua]").click()
    assert "laut Xinhua" in told(browser)
    assert all("laut Xinhua" in a.text for a in browser.find_elements("css selector", "aside article"))
    open_page(browser, out / "network.html")
    set_value(browser, "weight", "return '2'")
    assert "Wang Yi" not in browser.find_element("id", "events").text
    set_value(browser, "weight", "return '1'")
    set_value(browser, "most", "return '2'")
    assert "schwächer vernetzte Akteure" in browser.find_element("id", "left-out").text


def set_value(browser: WebDriver, identifier: str, value: str) -> None:
    browser.execute_script(
        f"const e = document.getElementById('{identifier}'); e.value = (() => {{ {value} }})(); e.dispatchEvent(new Event('input', {{bubbles: true}})); e.dispatchEvent(new Event('change', {{bubbles: true}}))"
    )


def test_search_selection_language_and_the_link_to_a_view(out: Path, browser: WebDriver) -> None:
    open_page(browser, out / "network.html")
    browser.find_element("id", "search").send_keys("wang yi\t")
    assert "Ereignisse mit Wang Yi" in told(browser)
    browser.find_element("id", "language").click()
    assert "Events with Wang Yi" in told(browser)
    browser.find_element("css selector", "#facts input[value=Actual]").click()
    address = browser.current_url
    open_page(browser, out / "network.html", "#" + address.partition("#")[2])
    assert "Events with Wang Yi" in told(browser)
    assert not browser.find_element("css selector", "#facts input[value=Actual]").is_selected()
    browser.find_element("id", "search").clear()
    browser.find_element("id", "search").send_keys("niemand\t")
    assert browser.find_element("id", "status").text == "not found"


def test_clicking_an_edge_shows_the_exact_sentence(out: Path, browser: WebDriver) -> None:
    open_page(browser, out / "network.html")
    where = browser.execute_script(
        """const e = EDGES.find(e => byId.get(e.from).label === 'Moon Jae In' && byId.get(e.to).label === 'Kim Jong Un' || byId.get(e.to).label === 'Moon Jae In' && byId.get(e.from).label === 'Kim Jong Un');
        const a = network.getPosition(e.from), b = network.getPosition(e.to), box = document.querySelector('#network canvas').getBoundingClientRect();
        for (let s = -40; s <= 40; s++) { const m = {x: (a.x + b.x) / 2 + s * (b.y - a.y) / 150, y: (a.y + b.y) / 2 - s * (b.x - a.x) / 150}, d = network.canvasToDOM(m); if (network.getEdgeAt(d) === e.id) return [d.x + box.x, d.y + box.y]; }"""
    )
    assert where
    from selenium.webdriver import ActionChains

    chain = ActionChains(browser)
    chain.w3c_actions.pointer_action.move_to_location(*map(int, where)).click()  # type: ignore[no-untyped-call]
    chain.perform()
    time.sleep(0.4)
    assert "hatte sich Kim am 27. April mit dem südkoreanischen Präsidenten Moon Jae In getroffen" in told(
        browser
    )
    assert "Wang Yi → China" not in told(browser)


def test_the_table_agrees_with_the_graph(out: Path, browser: WebDriver) -> None:
    open_page(browser, out / "network.html")
    browser.find_element("id", "table-button").click()
    rows = browser.find_elements("css selector", "#table tbody tr")
    assert len(rows) == kg.network(out).number_of_edges()
    assert {r.find_element("css selector", "td").text for r in rows} >= {
        "Wang Yi → China",
        "Kim Jong Un – Moon Jae In",
    }


def test_a_picture_and_a_link_are_given(out: Path, browser: WebDriver) -> None:
    open_page(browser, out / "network.html")
    for identifier, says in (("picture", "network.png"), ("link", "Link kopiert")):
        browser.find_element("id", identifier).click()
        time.sleep(0.3)
        assert browser.find_element("id", "status").text == says


@pytest.mark.parametrize("look", ["light", "dark", "phone", "table"])
def test_axe_finds_no_serious_violation(look: str, out: Path, browser: WebDriver) -> None:
    import axe_core_python

    browser.set_window_size(400 if look == "phone" else 1300, 900)
    open_page(browser, out / "network.html")
    if look == "dark":
        browser.find_element("id", "theme").click()
    if look == "table":
        browser.find_element("id", "table-button").click()
    browser.execute_script((Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8"))
    found = browser.execute_async_script("const done = arguments[0]; axe.run().then(r => done(r.violations))")
    serious = [
        (v["id"], [n["html"][:200] for n in v["nodes"]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert serious == []
    if look == "phone":
        assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")


def test_of_a_large_network_only_the_most_connected_are_laid_out(tmp_path: Path, browser: WebDriver) -> None:
    """How soon it can be used, is told by tests/benchmark_network.py."""
    path = tmp_path / "large.html"
    path.write_text(page(generated(2000, 10000), "Groß"), "utf-8")
    open_page(browser, path)
    assert browser.execute_script("return [NODES.length, nodes.length]") == [2000, 300]
    browser.find_element("css selector", "#facts input[value=Planned]").click()
    assert 0 < browser.execute_script("return nodes.length") <= 300
    assert _log(browser, "browser") == []
    assert "schwächer vernetzte Akteure" in browser.find_element("id", "left-out").text


def test_five_hundred_actors_stay_under_three_megabytes() -> None:
    assert len(page(generated(500, 2500), "500").encode()) < 3_000_000


@pytest.fixture
def hostile() -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    for node in ("a", "b"):
        network.add_node(node, **actor(f"{HOSTILE} {node}", country=HOSTILE))
    network.add_edge(
        "a",
        "b",
        **edge(event="e", time=HOSTILE, place=HOSTILE, source=HOSTILE, document=HOSTILE, sentence=HOSTILE),
    )
    return network


def test_hostile_text_stays_text(hostile: nx.MultiDiGraph, tmp_path: Path, browser: WebDriver) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(page(hostile, HOSTILE), "utf-8")
    open_page(browser, path)
    browser.find_element("id", "table-button").click()
    assert browser.title == HOSTILE
    assert _log(browser, "browser") == []
    assert HOSTILE in str(
        browser.find_element("css selector", "aside blockquote").get_property("textContent")
    )
    assert browser.find_elements("css selector", "img") == []
