"""Write a network as the files of other tools: GraphML, GEXF, Cytoscape JSON, Graphviz DOT, and tables.

The same network is the same bytes: nothing of the clock or of the machine gets in. Characters that XML 1.0 forbids become U+FFFD
in all of them, since one network in two formats should say the same.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

import graphviz
import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.export.rdf import xml_text

NODE_COLUMNS = ("id", "label", "type", "kind", "date", "status", "mentions")
EDGE_COLUMNS = (
    "source",
    "target",
    "id",
    "predicate",
    "modality",
    "speaker",
    "speaker_label",
    "confidence",
    "evidence",
    "document",
    "evidence_start",
    "evidence_end",
)

_SHAPES = {"entity": "ellipse", "meeting": "box", "issue": "diamond", "topic": "note", "role": "plaintext"}
_EDGE_STYLES = {"asserted": "solid", "negated": "dotted"}
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_graphml(network: nx.MultiDiGraph) -> bytes:
    """Return GraphML, which yEd, Gephi, igraph and Neo4j read."""
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', *nx.generate_graphml(_clean(network)), ""]).encode()


def write_gexf(network: nx.MultiDiGraph) -> bytes:
    """Return GEXF 1.2, which Gephi reads."""
    writer = GEXFWriter(_clean(network), version="1.2draft")
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)
    writer.indent(writer.xml)
    written: bytes = ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True)
    return written


def write_cytoscape(network: nx.MultiDiGraph) -> bytes:
    """Return the JSON that Cytoscape and Cytoscape.js read."""
    data = nx.cytoscape_data(_clean(network), name="label")
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()


def write_dot(network: nx.MultiDiGraph) -> bytes:
    """Return DOT, which Graphviz draws; what is not asserted is dashed, what is negated dotted."""
    clean = _clean(network)
    drawing = graphviz.Digraph("demarche", graph_attr={"rankdir": "LR"}, node_attr={"fontname": "sans-serif"})
    drawing.attr("edge", fontname="sans-serif", fontsize="10")
    ids = {node: f"n{place}" for place, node in enumerate(clean.nodes)}
    for node, data in clean.nodes(data=True):
        told = {"label": data["label"], "tooltip": f"{data['type']}: {data['label']}", "URL": node}
        drawing.node(ids[node], shape=_SHAPES.get(data["kind"], "ellipse"), **_escaped(told))
    for source, target, data in clean.edges(data=True):
        style = _EDGE_STYLES.get(data.get("modality", "asserted"), "dashed")
        told = {"label": data["predicate"], "tooltip": data["evidence"]}
        drawing.edge(ids[source], ids[target], style=style, **_escaped(told))
    written: str = drawing.source
    return written.encode()


def write_csv(network: nx.MultiDiGraph) -> bytes:
    """Return a ZIP archive of two tables, ``nodes.csv`` and ``edges.csv``: one alone would lose the nodes without an edge."""
    clean = _clean(network)
    nodes = ({"id": node} | data for node, data in clean.nodes(data=True))
    edges = (
        {"source": source, "target": target, "id": key} | data for source, target, key, data in clean.edges(keys=True, data=True)
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, rows, columns in (("nodes.csv", nodes, NODE_COLUMNS), ("edges.csv", edges, EDGE_COLUMNS)):
            entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, _table(rows, columns))
    return buffer.getvalue()


def _table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def _escaped(texts: Mapping[str, str]) -> dict[str, str]:
    """Return attributes that Graphviz shows as they are: its backslash escapes and HTML labels switched off."""
    return {name: graphviz.escape(text) for name, text in texts.items()}


def _clean(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return the network in a fixed order, with every text such that XML can hold it."""
    clean = nx.MultiDiGraph()
    for node, data in sorted(network.nodes(data=True)):
        clean.add_node(node, **_clean_texts(data))
    for source, target, key, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        clean.add_edge(source, target, key=key, **_clean_texts(data))
    return clean


def _clean_texts(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in sorted(data.items())}
