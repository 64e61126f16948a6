"""The network as one self-contained HTML file, made with pyvis from a template of our own.

pyvis's stock template asks servers for style sheets and puts text in unescaped; ours inlines all
it needs (vis-network from the pyvis package) and shows names and sentences as text only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pyoxigraph import Store

_TEMPLATE = Path(__file__).parent / "page.html"
# Okabe & Ito's palette, which colour-blind readers can tell apart, with a shape for each class.
_LOOK = {
    "Person": ("#0072B2", "dot"),
    "State": ("#D55E00", "square"),
    "Group": ("#999999", "triangle"),
    "NewsAgency": ("#CC79A7", "diamond"),
    "MediaOutlet": ("#CC79A7", "diamond"),
}
_ORGANIZATION = ("#009E73", "hexagon")
_SEED = 7


def write_page(store: Store, path: Path, title: str = "Akteursnetz") -> None:
    """Write the network of a store as a page that opens without a network connection."""
    from kg.actor_network.graph import read_network
    from kg.rdf.serialise import write_atomically

    write_atomically(path, page(read_network(store), title).encode("utf-8", "replace"))


def page(graph: MultiDiGraph, title: str) -> str:
    """The HTML of a network."""
    import pyvis
    from jinja2 import Environment, FileSystemLoader
    from pyvis.network import Network

    net = Network(directed=True, height="100%", width="100%")
    positions = _layout(graph)
    for node, data in graph.nodes(data=True):
        color, shape = _LOOK.get(data["kind"], _ORGANIZATION)
        x, y = positions[node]
        net.add_node(
            node, label=data["label"], color=color, shape=shape, kind=data["kind"], x=x, y=y,
            country=data["country"], size=14 + 4 * min(graph.degree(node), 8),
        )  # fmt: skip
    for edge in _rolled_up(graph):
        net.add_edge(
            edge["source"], edge["target"], id=edge["id"], width=1 + min(len(edge["events"]), 6),
            dashes=edge["dashes"], arrows="to" if edge["directed"] else "", label=edge["label"],
            events=edge["events"],
        )  # fmt: skip
    library = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    environment = Environment(loader=FileSystemLoader(_TEMPLATE.parent), autoescape=True)
    return environment.get_template(_TEMPLATE.name).render(
        title=title,
        nodes=_script_json(net.nodes),
        edges=_script_json(net.edges),
        library=(library / "vis-network.min.js").read_text("utf-8").replace("</script", "<\\/script"),
        style=(library / "vis-network.css").read_text("utf-8"),
    )


def _layout(graph: MultiDiGraph) -> dict[Any, tuple[float, float]]:
    """Places computed beforehand and seeded, so that a picture can be had again."""
    import networkx as nx

    if not graph:
        return {}
    simple = nx.Graph()
    simple.add_nodes_from(sorted(graph))
    for a, b in sorted(graph.edges()):
        weight = simple.get_edge_data(a, b, {}).get("weight", 0) + 1
        simple.add_edge(a, b, weight=weight)
    spread = 160 * max(len(simple), 4) ** 0.5
    places = nx.spring_layout(simple, seed=_SEED, k=2.2 / max(len(simple), 1) ** 0.5, iterations=150)
    return {
        node: (round(float(x) * spread, 1), round(float(y) * spread, 1)) for node, (x, y) in places.items()
    }


def _rolled_up(graph: MultiDiGraph) -> list[dict[str, Any]]:
    """One edge for all events of a pair in one direction, with the events it stands for."""
    edges: dict[tuple[str, str, bool], list[dict[str, str]]] = {}
    for source, target, data in graph.edges(data=True):
        edges.setdefault((source, target, data["directed"]), []).append(
            {k: v for k, v in data.items() if k != "directed"}
        )
    rolled = []
    for number, ((source, target, directed), events) in enumerate(sorted(edges.items())):
        kinds = {e["kind"] for e in events}
        rolled.append(
            {
                "id": number,
                "source": source,
                "target": target,
                "directed": directed,
                "events": events,
                "dashes": all(e["factuality"] != "Actual" for e in events),
                "label": sorted(kinds)[0] if len(kinds) == 1 else str(len(events)),
            }
        )
    return rolled


def _script_json(value: object) -> str:
    """JSON that is safe inside a script element: no text can end it or begin a comment."""
    text = json.dumps(value, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
