"""Cytoscape.js itself reads what is exported for it, without a browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import networkx as nx
import pytest

from kg.export import to_networkx
from kg.export.files import write_cytoscape
from tests.exports import LEAGUE_IRI, VARO_IRI, a_store

FOLDER = Path(__file__).resolve().parents[1] / "js"
NETWORK = to_networkx(a_store(decided=True))

READ = """
const cytoscape = require("cytoscape");
const file = JSON.parse(require("fs").readFileSync(0, "utf8"));
const cy = cytoscape({ headless: true, elements: file.elements });
const told = (element) => element.data();
console.log(JSON.stringify({ nodes: cy.nodes().map(told), edges: cy.edges().map(told) }));
"""

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node (Debian's nodejs) is not installed"),
    pytest.mark.skipif(not (FOLDER / "node_modules").is_dir(), reason="Cytoscape.js is not installed: npm ci --prefix tests/js"),
]


def read_by_cytoscape(network: nx.MultiDiGraph) -> tuple[dict[str, dict[str, object]], dict[str, dict[str, object]]]:
    answer = subprocess.run(
        ["node", "-e", READ], input=write_cytoscape(network), capture_output=True, check=False, cwd=FOLDER, timeout=60
    )
    assert (answer.returncode, answer.stderr) == (0, b"")
    read = json.loads(answer.stdout)
    return tuple({element["id"]: element for element in read[group]} for group in ("nodes", "edges"))  # type: ignore[return-value]


def test_cytoscape_reads_every_node_and_edge() -> None:
    nodes, edges = read_by_cytoscape(NETWORK)
    assert nodes.keys() == set(NETWORK.nodes)
    assert {(edge["source"], edge["target"], key) for key, edge in edges.items()} == set(NETWORK.edges(keys=True))


def test_cytoscape_keeps_labels_types_and_what_edges_say() -> None:
    nodes, edges = read_by_cytoscape(NETWORK)
    assert {key: node[key] for key, node in ((name, nodes[LEAGUE_IRI]) for name in ("label", "type", "kind", "mentions"))} == {
        "label": "League of the North",
        "type": "Organization",
        "kind": "entity",
        "mentions": 2,
    }
    (edge,) = (edge for edge in edges.values() if edge["source"] == VARO_IRI and edge["predicate"] == "supports")
    assert (edge["modality"], edge["confidence"], edge["stated"]) == ("desired", 0.8, "2031-03-20")


def test_cytoscape_reads_an_empty_network() -> None:
    assert read_by_cytoscape(nx.MultiDiGraph()) == ({}, {})
