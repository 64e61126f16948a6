"""A network in the formats of other tools: GraphML, GEXF, node-link JSON, DOT, CSV, and pictures."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.actor_network.layout import places
from kg.actor_network.look import look_of
from kg.actor_network.when import when
from kg.errors import OutputError, UsageError
from kg.rdf.foreign import NOT_XML, cell

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def export_network(graph: MultiDiGraph, path: Path) -> None:
    """Write a network in the format that the file's name ends with.

    Raises:
        UsageError: there is no such format, or what it needs is not installed.
        OutputError: the file cannot be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"{path}: a network is written as .html or {', '.join(WRITERS)}")
    try:
        path.write_bytes(write(graph))
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None


def _graphml(graph: MultiDiGraph) -> bytes:
    import networkx as nx

    buffer = io.BytesIO()
    nx.write_graphml(_for_xml(graph), buffer)
    return buffer.getvalue()


def _gexf(graph: MultiDiGraph) -> bytes:
    """With the days of events, or of their reports, as the life of their edges, for Gephi's timeline."""
    import networkx as nx

    dated = _for_xml(graph)
    dated.graph.update(mode="dynamic", timeformat="date")
    for _, _, data in dated.edges(data=True):
        begin, end, _ = when(data)
        if begin:
            data["start"] = begin
        if end:
            data["end"] = end
    text = "\n".join(nx.generate_gexf(dated, version="1.2draft"))
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n").encode()


def _json(graph: MultiDiGraph) -> bytes:
    import networkx as nx

    return json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False, indent=1).encode()


def _dot(graph: MultiDiGraph) -> bytes:
    """Graphviz; quotation marks and backslashes are escaped as its language wants it."""
    lines = ["digraph actors {"]
    lines += [
        f"  {_quoted(n)} [label={_quoted(d['label'])}, class={_quoted(d['kind'])}];"
        for n, d in graph.nodes(data=True)
    ]
    for a, b, d in graph.edges(data=True):
        shape = ", dir=none" if not d["directed"] else ""
        style = "" if d["factuality"] == "Actual" else ", style=dashed"
        lines.append(f"  {_quoted(a)} -> {_quoted(b)} [label={_quoted(d['kind'])}{shape}{style}];")
    return ("\n".join([*lines, "}"]) + "\n").encode()


def _csv(graph: MultiDiGraph) -> bytes:
    buffer = io.StringIO()
    columns = sorted({k for _, _, d in graph.edges(data=True) for k in d})
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["source", "target", "source_label", "target_label", *columns])
    for a, b, d in graph.edges(data=True):
        row = [a, b, graph.nodes[a]["label"], graph.nodes[b]["label"], *(str(d.get(c, "")) for c in columns)]
        writer.writerow(map(cell, row))
    return buffer.getvalue().encode()


def _picture(form: str) -> Callable[[MultiDiGraph], bytes]:
    def draw(graph: MultiDiGraph) -> bytes:
        try:
            import matplotlib as mpl
        except ImportError:
            raise UsageError("pictures need matplotlib: pip install 'kg-diplomacy[pictures]'") from None
        import networkx as nx

        mpl.use("Agg")
        from matplotlib import pyplot as plt

        side = max(7.0, 1.6 * len(graph) ** 0.5)
        with plt.rc_context({"svg.hashsalt": "kg", "text.usetex": False, "text.parse_math": False}):
            figure, axes = plt.subplots(figsize=(side, side * 0.75))
            spots = {n: (x, -y) for n, (x, y) in places(graph).items()}
            for directed in (True, False):
                for style in ("solid", "dashed"):
                    edges = [
                        (a, b)
                        for a, b, d in graph.edges(data=True)
                        if d["directed"] == directed and (d["factuality"] == "Actual") == (style == "solid")
                    ]
                    lines = nx.DiGraph(edges) if directed else nx.Graph(edges)
                    arrows = {"arrowsize": 8, "node_size": 120} if directed else {}
                    nx.draw_networkx_edges(lines, spots, ax=axes, style=style, edge_color="#767676", **arrows)
            for node, data in graph.nodes(data=True):
                color, _, marker = look_of(data["kind"])
                axes.plot(*spots[node], marker=marker, color=color, markersize=9, linestyle="none")
                axes.annotate(
                    data["label"],
                    spots[node],
                    xytext=(0, 8),
                    textcoords="offset points",
                    ha="center",
                    fontsize=8,
                    bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.75},
                )
            axes.axis("off")
            axes.margins(0.12)
            buffer = io.BytesIO()
            metadata = {"Date": None} if form == "svg" else {"Software": None}
            figure.savefig(buffer, format=form, dpi=150, bbox_inches="tight", metadata=metadata)
            plt.close(figure)
        return buffer.getvalue()

    return draw


def _for_xml(graph: MultiDiGraph) -> MultiDiGraph:
    """A copy without characters that XML cannot hold; they become U+FFFD."""
    import networkx as nx

    def clean(data: dict[str, Any]) -> dict[str, Any]:
        return {k: NOT_XML.sub("\ufffd", v) if isinstance(v, str) else v for k, v in data.items()}

    copy = nx.MultiDiGraph()
    copy.add_nodes_from((n, clean(d)) for n, d in graph.nodes(data=True))
    copy.add_edges_from((a, b, k, clean(d)) for a, b, k, d in graph.edges(keys=True, data=True))
    return copy


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


WRITERS: dict[str, Callable[[MultiDiGraph], bytes]] = {
    ".graphml": _graphml, ".gexf": _gexf, ".json": _json, ".dot": _dot, ".csv": _csv,
    ".png": _picture("png"), ".svg": _picture("svg"),
}  # fmt: skip
