"""The actor network: the graph and its page, in a real browser where one is installed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

import kg
from kg.actor_network.page import page

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


def test_the_page_opens_offline_and_shows_the_seed(out: Path, browser: WebDriver) -> None:
    browser.get((out / "network.html").as_uri())
    assert _log(browser, "browser") == []
    assert _requests(browser) == []
    canvas = browser.find_element("css selector", "#network canvas")
    assert canvas.size["width"] > 400
    assert canvas.size["height"] > 300
    said = browser.find_element("css selector", "aside").text
    assert "Kim Jong Un – Moon Jae In: Treffen" in said
    assert "hatte sich Kim am 27. April mit dem südkoreanischen Präsidenten Moon Jae In getroffen" in said


def test_filters_show_what_they_say(out: Path, browser: WebDriver) -> None:
    browser.get((out / "network.html").as_uri())
    browser.find_element("css selector", "#factuality option[value=Planned]").click()
    said = browser.find_element("css selector", "aside").text
    assert "Donald Trump – Kim Jong Un: Treffen" in said
    assert "Moon Jae In" not in said


@pytest.fixture
def hostile_page(tmp_path: Path) -> Path:
    network = nx.MultiDiGraph()
    for node in ("a", "b"):
        network.add_node(node, label=f"{HOSTILE} {node}", kind="Person", country=HOSTILE)
    network.add_edge(
        "a", "b", event="e", directed=True, kind="Meeting", factuality="Actual", date="", earliest="", latest="",
        time=HOSTILE, place=HOSTILE, source=HOSTILE, confidence="1", document=HOSTILE, sentence=HOSTILE,
    )  # fmt: skip
    path = tmp_path / "hostile.html"
    path.write_text(page(network, HOSTILE), "utf-8")
    return path


def test_hostile_text_stays_text(hostile_page: Path, browser: WebDriver) -> None:
    browser.get(hostile_page.as_uri())
    assert browser.title == HOSTILE
    assert _log(browser, "browser") == []
    assert HOSTILE in browser.find_element("css selector", "aside blockquote").get_property("textContent")  # type: ignore[operator]
    assert browser.find_elements("css selector", "img") == []
