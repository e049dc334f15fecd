"""The files open in what they are made for, with types and labels kept."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.export import FORMATS, export, to_networkx
from kg.export.files import write_cytoscape, write_dot, write_gexf, write_graphml
from kg.export.neo4j import write_csv
from kg.export.picture import write_svg
from kg.graph.mapping import to_graph
from kg.records import Extraction
from tests.builders import a_document, a_person
from tests.exports import SECOND, VARO_IRI, a_store
from tests.memory_store import MemoryStore

ODD = 'a\x00b\x0c "q" <b>&amp; \\N \\ é 漢 \U0001f54a\ufffe\r\n{x|y} %s;'
ODD_KEPT = 'a\ufffdb\ufffd "q" <b>&amp; \\N \\ é 漢 \U0001f54a\ufffd\n{x|y} %s;'
NETWORK = to_networkx(a_store(decided=True))
GEXF = "{http://gexf.net/1.3}"
WRITERS = [write_graphml, write_gexf, write_cytoscape, write_dot, write_csv, write_svg]

Told = dict[str, object]


def odd_network(text: str) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    network.add_node("urn:a", label=text, type="Person", kind="entity", aliases=[text, "c"])
    network.add_node("urn:b", label="b", type="Meeting", kind="meeting", mentions=2)
    network.add_edge("urn:a", "urn:b", key="urn:e1", predicate="p", label="p", evidence=text, confidence=0.5, stated="2031-02-26")
    network.add_edge("urn:a", "urn:b", key="urn:e2", predicate="q", label="q", evidence="x", modality="negated")
    return network


def flat(data: Told) -> Told:
    """Return attributes as formats without lists have them."""
    return {name: "; ".join(value) if isinstance(value, list) else value for name, value in data.items()}


def nodes_of(network: nx.MultiDiGraph) -> dict[str, Told]:
    return {node: flat(data) for node, data in network.nodes(data=True)}


def edges_of(network: nx.MultiDiGraph) -> list[tuple[str, str, str, Told]]:
    """Return edges by their ends and keys, with what they say; a reader may add an id of its own."""
    edges = network.edges(keys=True, data=True)
    told = [(source, target, key, {name: data[name] for name in data if name != "id"}) for source, target, key, data in edges]
    return sorted(told, key=lambda edge: edge[:3])


def test_write_graphml_reads_back_with_types_and_labels() -> None:
    again = nx.parse_graphml(write_graphml(NETWORK).decode(), force_multigraph=True)
    assert again.is_directed()
    assert nodes_of(again) == nodes_of(NETWORK)
    assert edges_of(again) == edges_of(NETWORK)


def test_write_graphml_keeps_the_rules_of_its_schema() -> None:
    """Keys are declared before the graph, once, of a known type; data name declared keys; edges join nodes that there are."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(write_graphml(NETWORK))
    assert [child.tag.removeprefix(space) for child in root] == ["key"] * (len(root) - 1) + ["graph"]
    keys = {key.attrib["id"]: key.attrib for key in root.findall(f"{space}key")}
    assert len(keys) == len(root) - 1
    assert {key["attr.type"] for key in keys.values()} <= {"boolean", "int", "long", "float", "double", "string"}
    (graph,) = root.findall(f"{space}graph")
    assert graph.attrib["edgedefault"] == "directed"
    ids = [node.attrib["id"] for node in graph.findall(f"{space}node")]
    assert len(ids) == len(set(ids))
    for child in graph:
        name = child.tag.removeprefix(space)
        assert name == "node" or {child.attrib["source"], child.attrib["target"]} <= set(ids)
        assert all(keys[data.attrib["key"]]["for"] == name for data in child.findall(f"{space}data"))


def test_write_gexf_reads_back_with_types_and_labels() -> None:
    again = nx.read_gexf(io.BytesIO(write_gexf(NETWORK)), version="1.3")
    assert again.is_directed()
    assert nodes_of(again) == nodes_of(NETWORK)
    kept = {
        key: (one, other, data["predicate"], data["confidence"]) for one, other, key, data in again.edges(keys=True, data=True)
    }
    assert kept == {
        key: (one, other, data["predicate"], data["confidence"]) for one, other, key, data in NETWORK.edges(keys=True, data=True)
    }


def test_write_gexf_has_the_time_of_each_edge() -> None:
    root = ElementTree.fromstring(write_gexf(NETWORK))
    (graph,) = root.findall(f"{GEXF}graph")
    assert (graph.attrib["mode"], graph.attrib["timeformat"]) == ("dynamic", "date")
    times = {edge.attrib["id"]: (edge.get("start"), edge.get("end")) for edge in graph.iter(f"{GEXF}edge")}
    assert times[f"{SECOND}/assertion/1"] == ("2029-05-01", None)
    assert times[f"{SECOND}/assertion/2"] == ("2031-03-20", None)
    assert times[f"{SECOND}/meeting/1 participant {VARO_IRI}"] == ("2031-03-19", "2031-03-19")


@pytest.mark.parametrize(
    ("told", "start", "end"),
    [
        ({"stated": "2031-02-26", "end": "2031-03-01"}, "2031-02-26", "2031-03-01"),
        ({"stated": "2031-02-26", "end": "2030-03-01"}, None, "2030-03-01"),
        ({"begin": "2029-01-01", "end": "2030-03-01", "stated": "2031-02-26"}, "2029-01-01", "2030-03-01"),
        ({}, None, None),
    ],
)
def test_write_gexf_gives_an_edge_no_start_after_its_end(told: dict[str, str], start: str | None, end: str | None) -> None:
    network = nx.MultiDiGraph()
    network.add_node("urn:a", label="a", type="Person", kind="entity")
    network.add_edge("urn:a", "urn:a", key="urn:e", predicate="p", label="p", **told)
    (edge,) = ElementTree.fromstring(write_gexf(network)).iter(f"{GEXF}edge")
    assert (edge.get("start"), edge.get("end")) == (start, end)


ATTRIBUTES = {
    "gexf": {"version"},
    "graph": {"mode", "defaultedgetype", "timeformat"},
    "attributes": {"class"},
    "attribute": {"id", "title", "type"},
    "nodes": set(),
    "node": {"id", "label"},
    "edges": set(),
    "edge": {"id", "source", "target", "label", "kind", "start", "end"},
    "attvalues": set(),
    "attvalue": {"for", "value"},
}
"""The elements of GEXF 1.3 that are used, and which of their attributes."""

CHILDREN = {
    "gexf": r"graph",
    "graph": r"(attributes )*nodes edges",
    "attributes": r"(attribute ?)*",
    "nodes": r"(node ?)*",
    "edges": r"(edge ?)*",
    "node": r"(attvalues)?",
    "edge": r"(attvalues)?",
    "attvalues": r"(attvalue ?)*",
}


@pytest.mark.parametrize("network", [NETWORK, nx.MultiDiGraph()], ids=["store", "empty"])
def test_write_gexf_keeps_the_rules_of_its_schema(network: nx.MultiDiGraph) -> None:
    root = ElementTree.fromstring(write_gexf(network))
    declared = {attribute.attrib["id"]: attribute.attrib["type"] for attribute in root.iter(f"{GEXF}attribute")}
    ids = {node.attrib["id"] for node in root.iter(f"{GEXF}node")}
    edge_ids = [edge.attrib["id"] for edge in root.iter(f"{GEXF}edge")]
    assert len(edge_ids) == len(set(edge_ids))
    assert set(declared.values()) <= {"string", "integer", "long", "double", "boolean"}
    for element in root.iter():
        name = element.tag.removeprefix(GEXF)
        assert set(element.attrib) <= ATTRIBUTES[name]
        assert re.fullmatch(CHILDREN.get(name, ""), " ".join(child.tag.removeprefix(GEXF) for child in element))
        if name == "attvalue":
            assert declared[element.attrib["for"]] != "integer" or int(element.attrib["value"]) >= 0
        if name == "edge":
            assert {element.attrib["source"], element.attrib["target"]} <= ids
            assert all(datetime.date.fromisoformat(element.attrib[end]) for end in ("start", "end") if end in element.attrib)


def test_write_cytoscape_reads_back_with_types_and_labels() -> None:
    again = nx.cytoscape_graph(json.loads(write_cytoscape(NETWORK)), name="label")
    assert {node: (data["label"], data["type"], data["kind"]) for node, data in again.nodes(data=True)} == {
        node: (data["label"], data["type"], data["kind"]) for node, data in NETWORK.nodes(data=True)
    }
    assert {(source, target, key) for source, target, key in again.edges(keys=True)} == set(NETWORK.edges(keys=True))


def test_write_dot_styles_what_is_not_asserted() -> None:
    written = write_dot(NETWORK).decode()
    assert 'label=announced style=dashed tooltip="Kelmaria may reopen the Grey Bridge"' in written
    assert "label=agreedTo style=dotted" in written
    assert f'label="Ilena Varo" URL="{VARO_IRI}" shape=ellipse' in written


@pytest.mark.skipif(shutil.which("dot") is None, reason="dot (Debian's graphviz) is not installed")
@pytest.mark.parametrize("text", ["Ilena Varo", ODD, "<b>not html</b>", "ends with \\", ""])
def test_write_dot_is_drawn_by_graphviz(text: str) -> None:
    drawn = subprocess.run(["dot", "-Tsvg"], input=write_dot(odd_network(text)), capture_output=True, check=False)
    assert (drawn.returncode, drawn.stderr) == (0, b"")
    assert drawn.stdout.count(b'class="node"') == 2
    assert drawn.stdout.count(b'class="edge"') == 2


@pytest.mark.skipif(shutil.which("dot") is None, reason="dot (Debian's graphviz) is not installed")
def test_write_dot_of_a_store_is_drawn_by_graphviz() -> None:
    drawn = subprocess.run(["dot", "-Tsvg"], input=write_dot(NETWORK), capture_output=True, check=False)
    assert (drawn.returncode, drawn.stderr) == (0, b"")
    assert drawn.stdout.count(b'class="edge"') == NETWORK.number_of_edges()


@pytest.mark.parametrize("write", WRITERS)
def test_writers_are_the_same_bytes_whatever_the_order_of_adding(write: Callable[[nx.MultiDiGraph], bytes]) -> None:
    back = nx.MultiDiGraph()
    for node, data in reversed(list(NETWORK.nodes(data=True))):
        back.add_node(node, **dict(reversed(data.items())))
    for source, target, key, data in reversed(list(NETWORK.edges(keys=True, data=True))):
        back.add_edge(source, target, key=key, **data)
    assert write(back) == write(NETWORK)


@settings(deadline=None)
@given(st.text() | st.just(ODD))
def test_writers_of_xml_take_any_text(text: str) -> None:
    network = odd_network(text)
    graphml = nx.parse_graphml(write_graphml(network).decode(), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(write_gexf(network)), version="1.3")
    assert [graph.nodes["urn:b"] for graph in (graphml, gexf)] == [network.nodes["urn:b"]] * 2
    assert ElementTree.fromstring(write_svg(network)).tag == "{http://www.w3.org/2000/svg}svg"


def test_writers_put_a_mark_for_what_xml_forbids() -> None:
    graphml = nx.parse_graphml(write_graphml(odd_network(ODD)).decode(), force_multigraph=True)
    assert graphml.nodes["urn:a"]["label"] == ODD_KEPT


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_is_the_same_bytes_whatever_the_order_of_documents(name: str) -> None:
    written = export(a_store(decided=True), name)
    assert len(written) > 1000
    assert written == export(a_store(decided=True, back=True), name)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_writes_an_empty_store(name: str) -> None:
    assert isinstance(export(MemoryStore(), name), bytes)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_takes_odd_names(name: str) -> None:
    odd = Extraction(document=a_document(id=ODD), entities=(a_person(name=ODD, aliases=(ODD,), roles=(ODD,)),), model=ODD)
    assert export(MemoryStore([to_graph(odd)]), name)


def test_export_names_the_formats_when_there_is_none_such() -> None:
    with pytest.raises(NotFoundError, match=r"'pdf'.*turtle, trig, .*graphml, gexf, cytoscape, dot, csv, svg"):
        export(MemoryStore(), "pdf")


def test_formats_say_what_they_are() -> None:
    networks = ["graphml", "gexf", "cytoscape", "dot", "csv", "svg"]
    assert list(FORMATS) == ["turtle", "trig", "nt", "nq", "jsonld", "rdfxml", *networks]
    assert all(entry.suffix.startswith(".") and "/" in entry.media_type and entry.description for entry in FORMATS.values())
    assert all(name == entry.name for name, entry in FORMATS.items())
    assert [name for name, entry in FORMATS.items() if entry.draw is not None] == networks
