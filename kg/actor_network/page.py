"""The network as one self-contained HTML file, made with pyvis from a template of our own.

pyvis's stock template asks servers for style sheets and puts text in unescaped; ours inlines all
it needs (vis-network from the pyvis package) and shows names and sentences as text only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.actor_network.layout import places
from kg.actor_network.look import look_of
from kg.actor_network.when import when
from kg.rdf.codes import labels

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pyoxigraph import Store

_HERE = Path(__file__).parent
_EVENT = (
    "event", "kind", "factuality", "time", "place", "source", "confidence",
    "document", "sentence",
)  # fmt: skip


def write_page(store: Store, path: Path, title: str = "Akteursnetz") -> None:
    """Write the network of a store as a page that opens without a network connection."""
    from kg.actor_network.graph import read_network
    from kg.rdf.serialise import write_atomically

    write_atomically(path, page(read_network(store), title).encode("utf-8", "replace"))


def page(graph: MultiDiGraph, title: str, language: str = "de") -> str:
    """The HTML of a network.

    Args:
        language: ``de`` or ``en``, which the page opens in; it can be changed there.
    """
    import pyvis
    from jinja2 import Environment, FileSystemLoader
    from pyvis.network import Network

    net = Network(directed=True, height="100%", width="100%")
    positions = places(graph)
    for node, data in graph.nodes(data=True):
        color, shape, _ = look_of(data["kind"])
        x, y = positions[node]
        net.add_node(node, **{**data, "label": data["label"]}, color=color, shape=shape, x=x, y=y)
    events: dict[str, int] = {}
    told: list[dict[str, str]] = []
    for number, ((source, target, directed), found) in enumerate(sorted(_pairs(graph).items())):
        for event in found:
            if event["event"] not in events:
                events[event["event"]] = len(told)
                told.append({k: event[k] for k in _EVENT} | _days(event))
        net.add_edge(
            source, target, id=number, arrows="to" if directed else "",
            events=[events[e["event"]] for e in found],
        )  # fmt: skip
    library = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True)
    return environment.get_template("page.html").render(
        title=title,
        language=_script_json(language),
        labels=_script_json({name: dict(labels(name)) for name in ("de", "en")}),
        nodes=_script_json(net.nodes),
        edges=_script_json(net.edges),
        events=_script_json(told),
        library=(library / "vis-network.min.js").read_text("utf-8").replace("</script", "<\\/script"),
        library_style=(library / "vis-network.css").read_text("utf-8"),
        style=(_HERE / "page.css").read_text("utf-8"),
        words=(_HERE / "words.js").read_text("utf-8"),
        program=(_HERE / "page.js").read_text("utf-8"),
    )


def _days(event: dict[str, Any]) -> dict[str, str]:
    """When an event was, and whether that is its own day or its report's."""
    begin, end, dated = when(event)
    return {"begin": begin, "end": end, "dated": dated}


def _pairs(graph: MultiDiGraph) -> dict[tuple[str, str, bool], list[dict[str, Any]]]:
    """All events of a pair in one direction."""
    pairs: dict[tuple[str, str, bool], list[dict[str, Any]]] = {}
    for source, target, data in graph.edges(data=True):
        pairs.setdefault((source, target, data["directed"]), []).append(data)
    return pairs


def _script_json(value: object) -> str:
    """JSON that is safe inside a script element: no text can end it or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


class View:
    """A network that a notebook shows inline: the last expression of a cell.

    >>> View(kg.network("out"))          # doctest: +SKIP
    """

    def __init__(self, graph: MultiDiGraph, *, language: str = "de", height: int = 640) -> None:
        """Args: height: in pixels."""
        self._graph, self._language, self._height = graph, language, height

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that neither it nor the notebook disturbs the other."""
        from html import escape

        content = escape(page(self._graph, "Akteursnetz", self._language), quote=True)
        return f'<iframe sandbox="allow-scripts allow-downloads" style="width:100%;height:{self._height}px;border:0" srcdoc="{content}"></iframe>'
