"""What the graphs of documents say, fact by fact.

A fact is an assertion, how a meeting, an issue or a proposal stands by one document, a negotiation, a statement, an event or a
time, with the edges that it gives, its firmness and its days. A selection keeps facts, a network draws their edges.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, RDF

from kg.export.days import Days, days_of, held_days
from kg.export.quads import QuadIndex, named
from kg.export.selection import LINKS
from kg.graph.vocabulary import DEM

TYPE = named(RDF.type)
ASSERTED = str(DEM.asserted)
LINK_TERMS = frozenset(map(named, {*LINKS, DEM.requiresApprovalOf}))
STATUS_CLASSES = frozenset(map(named, (DEM.MeetingStatus, DEM.IssueStatus, DEM.ProposalStatus)))

_SUBJECT, _PREDICATE, _OBJECT = map(named, (RDF.subject, RDF.predicate, RDF.object))
_ASSERTION, _NEGOTIATION, _STATEMENT, _EVENT, _TIME = map(
    named, (DEM.Assertion, DEM.Negotiation, DEM.Statement, DEM.Event, DEM.TimeExpression)
)
_HAS_STATUS, _MODALITY, _CONFIDENCE, _DATE, _BEGIN, _END = map(
    named, (DEM.hasStatus, DEM.modality, DEM.confidence, DEM.date, DEM.beginDate, DEM.endDate)
)
_STATED = named(DCTERMS.date)
_ACTORS = {
    _STATEMENT: tuple(map(named, (DEM.speaker, DEM.addressee))),
    _EVENT: tuple(map(named, (DEM.source, DEM.target, DEM.heldAt))),
    _TIME: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a document says.

    ``node`` is its node, ``about`` what it is the status of – a meeting, an issue, a proposal, a negotiation – and None for the
    other kinds. ``links`` are its edges, ``actors`` those it names without an edge (statements and events). ``modality`` is an
    IRI, ``stated`` the day of its document, ``held`` the days that it is said to hold or to happen on.
    """

    graph: ox.NamedNode
    node: ox.NamedNode
    about: ox.NamedNode | None = None
    links: tuple[ox.Triple, ...] = ()
    actors: frozenset[ox.NamedNode] = frozenset()
    modality: str | None
    confidence: float | None
    stated: datetime.date | None
    held: Days = (None, None)

    @property
    def is_assertion(self) -> bool:
        """Whether it is an assertion, which has an edge and is the status of nothing."""
        return self.about is None and bool(self.links)


def read_facts(index: QuadIndex) -> list[Fact]:
    """Return all facts of all documents, in the order of the names of their graphs and nodes."""
    return [fact for graph in sorted(index.documents, key=str) for fact in sorted(_of_graph(index, graph), key=_place)]


def _place(fact: Fact) -> tuple[str, str]:
    return str(fact.node), str(fact.about)


def _of_graph(index: QuadIndex, graph: ox.NamedNode) -> Iterator[Fact]:
    document = _Document(index, graph)
    typed = {subject: set(index.of(graph, subject, TYPE)) for subject in index.graphs[graph] if isinstance(subject, ox.NamedNode)}
    assertions = [document.assertion(subject) for subject, types in typed.items() if _ASSERTION in types]
    yield from assertions
    asserted = {link for fact in assertions if fact.modality == ASSERTED for link in fact.links}
    for subject, types in typed.items():
        if _NEGOTIATION in types:
            yield document.status(subject, about=subject, held=document.period(subject), asserted=asserted)
        for kind, properties in _ACTORS.items():
            if kind in types:
                yield document.told(subject, properties)
        for status in index.of(graph, subject, _HAS_STATUS):
            if isinstance(status, ox.NamedNode):
                yield document.status(status, about=subject, held=document.happening(subject), asserted=asserted)


class _Document:
    """One document's graph, and how its nodes are read as facts."""

    def __init__(self, index: QuadIndex, graph: ox.NamedNode) -> None:
        self._index = index
        self._graph = graph
        self._stated = days_of(self._one(index.documents[graph], _STATED))[0]

    def assertion(self, node: ox.NamedNode) -> Fact:
        ends = [self._index.of(self._graph, node, part) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
        links = tuple(
            ox.Triple(source, predicate, target)
            for source, predicate, target in zip(*ends, strict=False)
            if isinstance(source, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and isinstance(target, ox.NamedNode)
        )
        return self._fact(node, links=links, held=self.period(node))

    def status(self, node: ox.NamedNode, *, about: ox.NamedNode, held: Days, asserted: set[ox.Triple]) -> Fact:
        """Read how something stands; an edge that an assertion of the document has too is left to the assertion."""
        links = {
            ox.Triple(about, quad.predicate, quad.object)
            for quad in self._index.graphs[self._graph][about]
            if quad.predicate in LINK_TERMS and isinstance(quad.object, ox.NamedNode)
        }
        return self._fact(node, about=about, links=tuple(sorted(links - asserted, key=str)), held=held)

    def told(self, node: ox.NamedNode, properties: tuple[ox.NamedNode, ...]) -> Fact:
        named_ones = {value for term in properties for value in self._index.of(self._graph, node, term)}
        actors = frozenset(value for value in named_ones if isinstance(value, ox.NamedNode))
        begin, end = self.period(node)
        return self._fact(node, actors=actors, held=(begin, end) if begin or end else self.happening(node))

    def period(self, node: ox.NamedNode) -> Days:
        return held_days(self._one(node, _BEGIN), self._one(node, _END))

    def happening(self, node: ox.NamedNode) -> Days:
        return days_of(self._one(node, _DATE))

    def _fact(
        self,
        node: ox.NamedNode,
        *,
        about: ox.NamedNode | None = None,
        links: tuple[ox.Triple, ...] = (),
        actors: frozenset[ox.NamedNode] = frozenset(),
        held: Days,
    ) -> Fact:
        confidence = self._one(node, _CONFIDENCE)
        return Fact(
            graph=self._graph,
            node=node,
            about=about,
            links=links,
            actors=actors,
            modality=self._one(node, _MODALITY),
            confidence=float(confidence) if confidence is not None else None,
            stated=self._stated,
            held=held,
        )

    def _one(self, node: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
        found = self._index.of(self._graph, node, predicate)
        return found[0].value if found else None
