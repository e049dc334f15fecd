"""The files open in what they are made for, with types and labels kept."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotFoundError
from kg.export import FORMATS, export, to_networkx
from kg.export.files import EDGE_COLUMNS, NODE_COLUMNS, write_csv, write_cytoscape, write_dot, write_gexf, write_graphml
from kg.graph.mapping import to_graph
from kg.graph.vocabulary import DEFAULT_BASE
from kg.records import Extraction
from tests.builders import VARO, a_document, a_person, a_relation, an_extraction
from tests.memory_store import MemoryStore

B = DEFAULT_BASE
ODD = 'a\x00b\x0c "q" <b>&amp; \\N \\ é 漢 \U0001f54a\ufffe\r\n{x|y} %s'
ODD_KEPT = 'a\ufffdb\ufffd "q" <b>&amp; \\N \\ é 漢 \U0001f54a\ufffd\n{x|y} %s'


@pytest.fixture
def network() -> nx.MultiDiGraph:
    """Return the network of the invented statement, with one pair of nodes that two edges join."""
    extraction = an_extraction()
    twice = a_relation(predicate="negotiatesWith", modality="possible", speaker=VARO)
    return to_networkx(MemoryStore([to_graph(an_extraction(relations=(*extraction.relations, twice)))]))


def odd_network(text: str) -> nx.MultiDiGraph:
    network = nx.MultiDiGraph()
    network.add_node("urn:a", label=text, type="Person", kind="entity")
    network.add_node("urn:b", label="b", type="Meeting", kind="meeting", mentions=2)
    network.add_edge("urn:a", "urn:b", key="urn:e1", predicate="p", label="p", evidence=text, confidence=0.5)
    network.add_edge("urn:a", "urn:b", key="urn:e2", predicate="q", label="q", evidence="x", modality="negated")
    return network


def nodes_of(network: nx.MultiDiGraph) -> dict[str, dict[str, object]]:
    return dict(network.nodes(data=True))


def edges_of(network: nx.MultiDiGraph) -> list[tuple[object, ...]]:
    """Return edges by their ends and keys, with what they say; a reader may add an id of its own."""
    edges = network.edges(keys=True, data=True)
    told = [(source, target, key, {name: data[name] for name in data if name != "id"}) for source, target, key, data in edges]
    return sorted(told, key=lambda edge: edge[:3])


def test_write_graphml_reads_back_with_types_and_labels(network: nx.MultiDiGraph) -> None:
    again = nx.parse_graphml(write_graphml(network).decode(), force_multigraph=True)
    assert again.is_directed()
    assert nodes_of(again) == nodes_of(network)
    assert edges_of(again) == edges_of(network)


def test_write_gexf_reads_back_with_types_and_labels(network: nx.MultiDiGraph) -> None:
    again = nx.read_gexf(io.BytesIO(write_gexf(network)))
    assert again.is_directed()
    assert nodes_of(again) == nodes_of(network)
    assert edges_of(again) == edges_of(network)


def test_write_cytoscape_reads_back_with_types_and_labels(network: nx.MultiDiGraph) -> None:
    again = nx.cytoscape_graph(json.loads(write_cytoscape(network)), name="label")
    assert {node: (data["label"], data["type"], data["kind"]) for node, data in again.nodes(data=True)} == {
        node: (data["label"], data["type"], data["kind"]) for node, data in network.nodes(data=True)
    }
    assert {(source, target, key) for source, target, key in again.edges(keys=True)} == set(network.edges(keys=True))


def test_write_csv_has_a_row_for_each_node_and_edge(network: nx.MultiDiGraph) -> None:
    with zipfile.ZipFile(io.BytesIO(write_csv(network))) as archive:
        assert archive.namelist() == ["nodes.csv", "edges.csv"]
        nodes, edges = (list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline=""))) for name in archive.namelist())
    assert {row["id"]: (row["label"], row["type"]) for row in nodes} == {
        node: (data["label"], data["type"]) for node, data in network.nodes(data=True)
    }
    assert {(row["source"], row["target"], row["id"]) for row in edges} == set(network.edges(keys=True))


def test_write_csv_has_a_column_for_each_attribute(network: nx.MultiDiGraph) -> None:
    used = {name for _, data in network.nodes(data=True) for name in data}
    assert used == set(NODE_COLUMNS) - {"id"}
    used = {name for *_, data in network.edges(data=True) for name in data}
    assert used - {"label"} == set(EDGE_COLUMNS) - {"source", "target", "id"}


def test_write_dot_styles_what_is_not_asserted(network: nx.MultiDiGraph) -> None:
    written = write_dot(network).decode()
    assert 'label=announced style=dashed tooltip="Kelmaria may reopen the Grey Bridge"' in written
    assert "label=agreedTo style=dotted" in written
    assert f'label="Ilena Varo" URL="{B}person/ilena-varo" shape=ellipse' in written


@pytest.mark.skipif(shutil.which("dot") is None, reason="dot (Debian's graphviz) is not installed")
@pytest.mark.parametrize("text", ["Ilena Varo", ODD, "<b>not html</b>", "ends with \\", ""])
def test_write_dot_is_drawn_by_graphviz(text: str) -> None:
    drawn = subprocess.run(["dot", "-Tsvg"], input=write_dot(odd_network(text)), capture_output=True, check=False)
    assert (drawn.returncode, drawn.stderr) == (0, b"")
    assert drawn.stdout.count(b'class="node"') == 2
    assert drawn.stdout.count(b'class="edge"') == 2


@pytest.mark.parametrize("write", [write_graphml, write_gexf, write_cytoscape, write_dot, write_csv])
def test_writers_are_the_same_bytes_whatever_the_order_of_adding(network: nx.MultiDiGraph, write: object) -> None:
    assert callable(write)
    back = nx.MultiDiGraph()
    for node, data in reversed(list(network.nodes(data=True))):
        back.add_node(node, **dict(reversed(data.items())))
    for source, target, key, data in reversed(list(network.edges(keys=True, data=True))):
        back.add_edge(source, target, key=key, **data)
    assert write(back) == write(network)


@settings(deadline=None)
@given(st.text() | st.just(ODD))
def test_writers_of_xml_take_any_text(text: str) -> None:
    network = odd_network(text)
    graphml = nx.parse_graphml(write_graphml(network).decode(), force_multigraph=True)
    gexf = nx.read_gexf(io.BytesIO(write_gexf(network)))
    assert [graph.nodes["urn:b"] for graph in (graphml, gexf)] == [network.nodes["urn:b"]] * 2


def test_writers_put_a_mark_for_what_xml_forbids() -> None:
    graphml = nx.parse_graphml(write_graphml(odd_network(ODD)).decode(), force_multigraph=True)
    assert graphml.nodes["urn:a"]["label"] == ODD_KEPT


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_writes_every_format_the_same_twice(name: str) -> None:
    store = MemoryStore([to_graph(an_extraction())])
    written = export(store, name)
    assert len(written) > 1000
    assert written == export(store, name)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_writes_an_empty_store(name: str) -> None:
    assert isinstance(export(MemoryStore(), name), bytes)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_takes_odd_names(name: str) -> None:
    odd = Extraction(document=a_document(id=ODD), entities=(a_person(name=ODD, aliases=(ODD,), roles=(ODD,)),), model=ODD)
    assert export(MemoryStore([to_graph(odd)]), name)


def test_export_names_the_formats_when_there_is_none_such() -> None:
    with pytest.raises(NotFoundError, match=r"'pdf'.*turtle, trig, .*graphml, gexf, cytoscape, dot, csv"):
        export(MemoryStore(), "pdf")


def test_formats_say_what_they_are() -> None:
    assert list(FORMATS) == ["turtle", "trig", "nt", "nq", "jsonld", "rdfxml", "graphml", "gexf", "cytoscape", "dot", "csv"]
    assert all(entry.suffix.startswith(".") and "/" in entry.media_type and entry.description for entry in FORMATS.values())
    assert all(name == entry.name for name, entry in FORMATS.items())
