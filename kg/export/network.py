"""The graph as a network of nodes and edges, for those who count, lay out and draw.

Nodes are entities, meetings, issues, negotiations, proposals, topics and roles, each with ``label``, ``type`` and ``kind``, and a
list of ``aliases`` where there are any. Edges
are assertions, of every modality, and – once for each document that says so – who takes part in a meeting, where it is held,
whose matter an issue is, who is in a negotiation, and who has to do with a proposal. Each edge has its ``predicate``, the words
that it comes from, and, where they are known, ``modality``, ``confidence``, ``speaker``, the day that it was ``stated`` on, the
``status`` that it goes with, and ``begin`` and ``end``, the first and the last day of the time that it is said of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import PROV, RDFS, SKOS

from kg.export.choosing import Choice, choose
from kg.export.facts import TYPE, Fact
from kg.export.quads import QuadIndex, named
from kg.export.selection import EVERYTHING, Selection
from kg.graph.rows import best_label
from kg.graph.terms import ENTITY_TYPES, MEETING_CLASSES
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from kg.store.protocol import Store

_KINDS: Mapping[str, str] = {
    str(term): kind
    for term, kind in {
        **dict.fromkeys(ENTITY_TYPES, "entity"),
        **dict.fromkeys(MEETING_CLASSES.values(), "meeting"),
        DEM.Proposal: "proposal",
        DEM.Issue: "issue",
        DEM.Negotiation: "negotiation",
        DEM.Topic: "topic",
        DEM.Role: "role",
    }.items()
}

_LABEL, _PREFERRED, _ALIAS, _DATE, _STATUS, _SPEAKER, _WORDS = map(
    named, (RDFS.label, SKOS.prefLabel, SKOS.altLabel, DEM.date, DEM.status, DEM.speaker, PROV.wasDerivedFrom)
)
_MENTIONS, _IN_DOCUMENT, _BEGIN, _END, _EXACT = map(named, (DEM.mentions, DEM.inDocument, DEM.begin, DEM.end, DEM.exact))


def to_networkx(store: Store, selection: Selection = EVERYTHING, *, base: str = DEFAULT_BASE) -> nx.MultiDiGraph:
    """Return what is selected of a store as a network; nodes are IRIs, edge keys the IRIs of assertions or names made of their ends.

    Raises NotFoundError, with names that are near, for an entity or a document of the selection that is not there.
    """
    return to_network(choose(store, selection, base=base))


def to_network(choice: Choice) -> nx.MultiDiGraph:
    """Return a choice as a network."""
    network = nx.MultiDiGraph()
    nodes = _Nodes(choice.index, choice.facts)
    for node in sorted(choice.things, key=str):
        network.add_node(node.value, **nodes.attributes(node))
    for fact in _once_each(choice.facts):
        shared = _of_fact(choice.index, fact, nodes)
        for link in fact.links:
            predicate = link.predicate.value.removeprefix(DEM)
            key = fact.node.value if fact.is_assertion else f"{fact.node.value} {predicate} {_iri(link.object)}"
            network.add_edge(_iri(link.subject), _iri(link.object), key=key, predicate=predicate, label=predicate, **shared)
    return network


def _once_each(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Yield the facts in order; of several statuses of one thing by one document, the surest: its edges are the same."""
    surest: dict[object, Fact] = {}
    for fact in facts:
        key = (fact.graph, fact.node if fact.about is None else fact.about)
        if key not in surest or (fact.confidence or 0) > (surest[key].confidence or 0):
            surest[key] = fact
    return surest.values()


class _Nodes:
    """What is said of nodes."""

    def __init__(self, index: QuadIndex, facts: Iterable[Fact]) -> None:
        self._index = index
        self._mentions: dict[object, set[object]] = {}
        for graph in index.documents:
            for quads in index.graphs[graph].values():
                for quad in quads:
                    if quad.predicate == _MENTIONS:
                        self._mentions.setdefault(quad.object, set()).add(quad.subject)
        self._statuses: dict[ox.NamedNode, list[Fact]] = {}
        for fact in facts:
            if fact.about is not None:
                self._statuses.setdefault(fact.about, []).append(fact)

    def attributes(self, node: ox.NamedNode) -> dict[str, Any]:
        """Return the attributes of a node: of what has several statuses, those of the last one stated."""
        term = next((value for value in self._index.everywhere(node, TYPE) if value.value in _KINDS), None)
        last = max(self._statuses.get(node, ()), key=lambda fact: (str(fact.stated or ""), fact.node.value), default=None)
        status = next(iter(self._index.of(last.graph, last.node, _STATUS)), None) if last is not None else None
        dates = self._index.everywhere(node, _DATE)
        return _given(
            label=self.label(node),
            aliases=self._aliases(node),
            type=_type_of(term.value) if term is not None else "Thing",
            kind=_KINDS[term.value] if term is not None else "other",
            date=dates[0].value if dates else None,
            modality=_local(last.modality) if last is not None else None,
            status=_local(status.value) if status is not None else None,
            stated=last.stated.isoformat() if last is not None and last.stated is not None else None,
            mentions=len(self._mentions[node]) if node in self._mentions else None,
        )

    def _aliases(self, node: ox.NamedNode) -> list[str] | None:
        """Return the other names of a node, or None where it has none."""
        names = {value.value for term in (_LABEL, _ALIAS) for value in self._index.everywhere(node, term)}
        return sorted(names - {self.label(node)}) or None

    def label(self, node: ox.NamedNode) -> str:
        """Return what a node is called in all documents, else the fullest of its labels."""
        labels, preferred = ([value.value for value in self._index.everywhere(node, term)] for term in (_LABEL, _PREFERRED))
        return best_label(labels, preferred=preferred, iri=node.value)


def _of_fact(index: QuadIndex, fact: Fact, nodes: _Nodes) -> dict[str, Any]:
    """Return what all edges of a fact say."""
    begin, end = fact.held
    speaker = next((one for one in index.of(fact.graph, fact.node, _SPEAKER) if isinstance(one, ox.NamedNode)), None)
    status = next(iter(index.of(fact.graph, fact.node, _STATUS)), None)
    return _given(
        modality=_local(fact.modality),
        speaker=speaker.value if speaker is not None else None,
        speaker_label=nodes.label(speaker) if speaker is not None else None,
        confidence=fact.confidence,
        status=_local(status.value) if status is not None else None,
        stated=fact.stated.isoformat() if fact.stated is not None else None,
        begin=begin.isoformat() if begin is not None else None,
        end=end.isoformat() if end is not None else None,
        **_words(index, fact),
    )


def _words(index: QuadIndex, fact: Fact) -> dict[str, Any]:
    """Return the first passage that a fact comes from."""
    passages = []
    for span in index.of(fact.graph, fact.node, _WORDS):
        document, begin, end, exact = (
            next(iter(index.of(fact.graph, span, term)), None) for term in (_IN_DOCUMENT, _BEGIN, _END, _EXACT)
        )
        if document is not None and begin is not None and end is not None and exact is not None:
            passages.append((int(begin.value), int(end.value), document.value, exact.value))
    if not passages:
        return {}
    start, stop, name, words = min(passages)
    return {"evidence": words, "document": name, "evidence_start": start, "evidence_end": stop}


def _type_of(term: str) -> str:
    """Return the entity type of the records that a class stands for, or the name of another class."""
    return ENTITY_TYPES.get(URIRef(term), term.removeprefix(DEM))


def _given(**attributes: Any) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None}


def _local(term: str | None) -> str | None:
    return term.removeprefix(DEM) if term is not None else None


def _iri(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)
