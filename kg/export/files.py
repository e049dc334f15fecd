"""Write a network as the files of other tools: GraphML, GEXF, Cytoscape JSON and Graphviz DOT.

The same network is the same bytes: nothing of the clock or of the machine gets in. Characters that XML 1.0 forbids become U+FFFD
in all of them, since one network in two formats should say the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import graphviz
import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.export.rdf import xml_text

_SHAPES = {
    "entity": "ellipse",
    "proposal": "folder",
    "meeting": "box",
    "negotiation": "box3d",
    "issue": "hexagon",
    "topic": "note",
    "role": "plaintext",
}
_EDGE_STYLES = {"asserted": "solid", "negated": "dotted"}


def write_graphml(network: nx.MultiDiGraph) -> bytes:
    """Return GraphML, which yEd, Gephi, igraph and Neo4j read."""
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', *nx.generate_graphml(_flat_network(network)), ""]).encode()


def write_gexf(network: nx.MultiDiGraph) -> bytes:
    """Return GEXF 1.3 with time on the edges, which Gephi draws along a timeline.

    An edge is there from the day that it holds from, else the day that it was stated on, until the day that it holds to, where
    that is known. Edges of one predicate are of one ``kind``, so that Gephi keeps those of different predicates apart.
    """
    clean = _flat_network(network)
    for _, _, key, data in clean.edges(keys=True, data=True):
        data.update(id=key, **_lifetime(data))
    writer = GEXFWriter(clean, version="1.3")
    for meta in writer.xml.findall("meta"):
        writer.xml.remove(meta)
    # What the schema of 1.3 does not have: a name of the graph, a mode of the attributes, a place of the schema in a wrong namespace.
    for name in [name for name in writer.xml.attrib if name.endswith("schemaLocation")]:
        writer.xml.attrib.pop(name)
    writer.graph_element.attrib.pop("name")
    for attributes in writer.graph_element.findall("attributes"):
        attributes.attrib.pop("mode")
    for edge in writer.graph_element.iter("edge"):
        edge.set("kind", edge.attrib["label"])
    writer.indent(writer.xml)
    written: bytes = ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True)
    return written


def _lifetime(edge: Mapping[str, Any]) -> dict[str, str]:
    """Return from when to when an edge is there; what ended before it was stated, with no word of its begin, has no start."""
    start, end = edge.get("begin", edge.get("stated")), edge.get("end")
    if start is not None and end is not None and end < start:
        start = None
    return {name: day for name, day in (("start", start), ("end", end)) if day is not None}


def write_cytoscape(network: nx.MultiDiGraph) -> bytes:
    """Return the JSON that Cytoscape and Cytoscape.js read."""
    clean = clean_network(network)
    for _, _, key, data in clean.edges(keys=True, data=True):
        data["id"] = key
    data = nx.cytoscape_data(clean, name="label")
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()


def write_dot(network: nx.MultiDiGraph) -> bytes:
    """Return DOT, which Graphviz draws; what is not asserted is dashed, what is negated dotted."""
    clean = clean_network(network)
    drawing = graphviz.Digraph("demarche", graph_attr={"rankdir": "LR"}, node_attr={"fontname": "sans-serif"})
    drawing.attr("edge", fontname="sans-serif", fontsize="10")
    ids = {node: f"n{place}" for place, node in enumerate(clean.nodes)}
    for node, data in clean.nodes(data=True):
        told = {"label": data["label"], "tooltip": f"{data['type']}: {data['label']}", "URL": node}
        drawing.node(ids[node], shape=_SHAPES.get(data["kind"], "ellipse"), **_escaped(told))
    for source, target, data in clean.edges(data=True):
        style = _EDGE_STYLES.get(data.get("modality", "asserted"), "dashed")
        told = {"label": data["predicate"], "tooltip": data.get("evidence", "")}
        drawing.edge(ids[source], ids[target], style=style, **_escaped(told))
    written: str = drawing.source
    return written.encode()


def _escaped(texts: Mapping[str, str]) -> dict[str, str]:
    """Return attributes that Graphviz shows as they are: its backslash escapes and HTML labels switched off."""
    return {name: graphviz.escape(text) for name, text in texts.items()}


def clean_network(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return the network in a fixed order, with every text such that XML can hold it."""
    clean = nx.MultiDiGraph()
    for node, data in sorted(network.nodes(data=True)):
        clean.add_node(node, **_clean_texts(data))
    for source, target, key, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        clean.add_edge(source, target, key=key, **_clean_texts(data))
    return clean


def _flat_network(network: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return the clean network for a format that knows no lists: their members become one text, between semicolons."""
    flat = clean_network(network)
    for _, data in flat.nodes(data=True):
        data.update({name: "; ".join(value) for name, value in data.items() if isinstance(value, list)})
    return flat


def _clean_texts(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _clean_value(value) for name, value in sorted(data.items())}


def _clean_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_clean_value(member) for member in value]
    return xml_text(value) if isinstance(value, str) else value
