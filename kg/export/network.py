"""The graph as a network of nodes and edges, for those who count, lay out and draw.

Nodes are entities, meetings, issues, negotiations, topics and roles, each with ``label``, ``type`` and ``kind``. Edges are assertions,
of every modality, and who takes part in a meeting, where it is held, whose matter an issue is, and who and what is in a
negotiation. Each edge has ``predicate``, ``modality`` where there is one, the ``confidence`` of its record, and the words that it
comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx
from rdflib import URIRef

from kg.graph.queries import Row, fill
from kg.graph.rows import best_label, number, text
from kg.graph.terms import ENTITY_TYPES, MEETING_CLASSES
from kg.graph.vocabulary import DEM
from kg.store.protocol import Store

_KINDS: Mapping[URIRef, str] = {
    **dict.fromkeys(ENTITY_TYPES, "entity"),
    **dict.fromkeys(MEETING_CLASSES.values(), "meeting"),
    DEM.Issue: "issue",
    DEM.Negotiation: "negotiation",
    DEM.Topic: "topic",
    DEM.Role: "role",
}

_NODES = """
SELECT DISTINCT ?node ?class ?label ?date ?status
WHERE {
  { SELECT DISTINCT ?node ?class WHERE { VALUES ?class { $classes } ?node a ?class } }
  OPTIONAL { SELECT DISTINCT ?node ?label WHERE { ?node rdfs:label ?label } }
  OPTIONAL { ?node dem:date ?date }
  OPTIONAL { ?node dem:hasStatus/dem:status ?status }
}
ORDER BY ?node ?class ?label ?date ?status
"""

_MENTIONS = "SELECT ?node (COUNT(DISTINCT ?span) AS ?mentions) WHERE { ?span dem:mentions ?node } GROUP BY ?node"

_EVIDENCE = """?record prov:wasDerivedFrom ?span .
  ?span dem:inDocument ?document ; dem:begin ?begin ; dem:end ?end ; dem:exact ?exact ."""

_ASSERTIONS = f"""
SELECT DISTINCT ?record ?from ?predicate ?to ?modality ?speaker ?confidence ?document ?begin ?end ?exact
WHERE {{
  ?record a dem:Assertion ; rdf:subject ?from ; rdf:predicate ?predicate ; rdf:object ?to ; dem:modality ?modality ;
    dem:confidence ?confidence .
  {_EVIDENCE}
  OPTIONAL {{ ?record dem:speaker ?speaker }}
}}
ORDER BY ?record ?from ?to ?begin
"""

_PARTS = f"""
SELECT DISTINCT ?record ?predicate ?to ?modality ?confidence ?document ?begin ?end ?exact
WHERE {{
  VALUES ?class {{ $classes }}
  VALUES ?predicate {{ dem:participant dem:heldAt dem:party dem:mediator dem:negotiates dem:sitting }}
  ?record a ?class ; ?predicate ?to .
  {_EVIDENCE}
  OPTIONAL {{ ?record dem:modality ?modality }}
  OPTIONAL {{ ?record dem:confidence|(dem:hasStatus/dem:confidence) ?confidence }}
}}
ORDER BY ?record ?predicate ?to ?begin
"""


def to_networkx(store: Store) -> nx.MultiDiGraph:
    """Return the store's graph as a network; nodes are IRIs, edge keys the IRIs of assertions or names made of their ends."""
    network = nx.MultiDiGraph()
    _add_nodes(network, store)
    for row in store.query(_ASSERTIONS).rows():
        _add_edge(network, row, source=str(row["from"]), key=str(row["record"]))
    records = [*MEETING_CLASSES.values(), DEM.Issue, DEM.Negotiation]
    for row in store.query(fill(_PARTS, classes=records)).rows():
        record = str(row["record"])
        _add_edge(network, row, source=record, key=f"{record} {_local(row, 'predicate')} {row['to']}")
    return network


def _add_nodes(network: nx.MultiDiGraph, store: Store) -> None:
    mentions = {str(row["node"]): number(row, "mentions") for row in store.query(_MENTIONS).rows()}
    found: dict[str, list[Row]] = {}
    for row in store.query(fill(_NODES, classes=_KINDS)).rows():
        found.setdefault(str(row["node"]), []).append(row)
    for iri, rows in sorted(found.items()):
        term = URIRef(str(rows[0]["class"]))
        attributes: dict[str, Any] = {
            "label": _label(iri, rows),
            "type": ENTITY_TYPES.get(term, _local(rows[0], "class")),
            "kind": _KINDS[term],
            "date": text(rows[0], "date"),
            "status": _local(rows[0], "status") if "status" in rows[0] else None,
            "mentions": mentions.get(iri),
        }
        network.add_node(iri, **_given(attributes))


def _label(iri: str, rows: list[Row]) -> str:
    """Return a node's fullest label; a meeting, which has none, is called by its class and date."""
    labels = {label for row in rows if (label := text(row, "label")) is not None}
    if labels or _KINDS[URIRef(str(rows[0]["class"]))] != "meeting":
        return best_label(labels, iri=iri)
    return " ".join(part for part in (_local(rows[0], "class"), text(rows[0], "date")) if part is not None)


def _add_edge(network: nx.MultiDiGraph, row: Row, *, source: str, key: str) -> None:
    target, speaker = str(row["to"]), text(row, "speaker")
    for end in (source, target):
        if end not in network:
            network.add_node(end, label=best_label([], iri=end), type="Thing", kind="other")
    attributes: dict[str, Any] = {
        "predicate": _local(row, "predicate"),
        "label": _local(row, "predicate"),
        "modality": _local(row, "modality") if "modality" in row else None,
        "speaker": speaker,
        "speaker_label": network.nodes[speaker]["label"] if speaker in network else None,
        "confidence": float(str(row["confidence"])) if "confidence" in row else None,
        "evidence": str(row["exact"]),
        "document": str(row["document"]),
        "evidence_start": number(row, "begin"),
        "evidence_end": number(row, "end"),
    }
    network.add_edge(source, target, key=key, **_given(attributes))


def _given(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def _local(row: Row, name: str) -> str:
    return str(row[name]).removeprefix(DEM)
