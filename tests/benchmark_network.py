"""The network page beside pyvis's own output, on the same network: size, time to usable, requests, what is missing.

``python tests/benchmark_network.py`` (needs Chromium and chromedriver).
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path

import networkx as nx
from pyvis.network import Network
from selenium.common.exceptions import TimeoutException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from test_network import generated

from kg.actor_network import page

FEATURES = {
    "events with their sentences to read": 'id="events"', "filter by factuality": 'id="facts"', "filter by time": 'id="from"',
    "table of the same data": 'id="table"', "search": 'id="search"', "legend": 'class="legend"', "link to a view": 'id="link"',
}  # fmt: skip


def main() -> None:
    """Measure and print."""
    for actors, events in ((50, 120), (500, 2500), (2000, 10000)):
        graph = generated(actors, events)
        with tempfile.TemporaryDirectory() as folder:
            ours, theirs = Path(folder) / "kg.html", Path(folder) / "pyvis.html"
            start = time.perf_counter()
            ours.write_text(page(graph, "Netz"), "utf-8")
            ours_made = time.perf_counter() - start
            start = time.perf_counter()
            theirs.write_text(_plain(graph), "utf-8")
            theirs_made = time.perf_counter() - start
            print(f"{actors} actors, {events} events")
            for name, path, made, ready in (
                ("kg", ours, ours_made, "return window.kgReady === true"),
                ("pyvis", theirs, theirs_made, "return typeof network !== 'undefined' && (window.kgStable = window.kgStable || (network.once('stabilizationIterationsDone', () => window.kgDone = true), true)) && window.kgDone === true"),
            ):  # fmt: skip
                seconds, requests = _opened(path, ready)
                missing = [f for f, sign in FEATURES.items() if sign not in path.read_text("utf-8")]
                took = f"{seconds:.2f} s" if seconds is not None else "over 60 s"
                print(
                    f"  {name:6} made in {made:6.2f} s, {path.stat().st_size / 1e6:5.2f} MB, usable after {took}, {requests} requests; missing: {', '.join(missing) or 'nothing'}"
                )


def _plain(graph: nx.MultiDiGraph) -> str:
    """As pyvis does it without further ado: nodes and edges with their titles."""
    net = Network(directed=True, cdn_resources="in_line")
    for node, data in graph.nodes(data=True):
        net.add_node(node, label=data["label"])
    for a, b, data in graph.edges(data=True):
        net.add_edge(a, b, title=data["sentence"])
    return str(net.generate_html())


def _opened(path: Path, ready: str) -> tuple[float | None, int]:
    options = ChromeOptions()
    for switch in ("headless=new", "no-sandbox", "disable-gpu", "window-size=1300,850"):
        options.add_argument(f"--{switch}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = shutil.which("chromedriver")
    assert driver, "chromedriver is needed"
    browser = Chrome(options=options, service=Service(driver))
    try:
        start = time.perf_counter()
        browser.set_page_load_timeout(90)
        browser.get(path.as_uri())
        taken = None
        while time.perf_counter() - start < 60:
            try:
                if browser.execute_script(ready):
                    taken = time.perf_counter() - start
                    break
            except TimeoutException:  # the page is too busy to answer
                break
            time.sleep(0.05)
        log = [json.loads(e["message"])["message"] for e in browser.get_log("performance")]  # type: ignore[no-untyped-call]
        urls = [m["params"]["request"]["url"] for m in log if m["method"] == "Network.requestWillBeSent"]
        return taken, sum(not u.startswith(("file:", "data:", "blob:")) for u in urls)
    finally:
        browser.quit()


if __name__ == "__main__":
    main()
