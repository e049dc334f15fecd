"""What people decided about who is who. Decisions win over the rules, and later ones over earlier ones.

A decision names things by IRIs that stay: a referent of a document, or what a thing is called elsewhere (``wd:Q159``), which then
stands for every document's.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD
from rdflib.term import Node

from kg.errors import ValidationError
from kg.graph.literals import offset
from kg.graph.names import part_number
from kg.graph.vocabulary import DEM, PREFIXES


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What all decisions have: a number, later ones higher, and if given the moment and the reason."""

    number: int
    created: datetime.datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Decision):
    """These are one thing, to be called ``label`` where that is given."""

    members: tuple[URIRef, ...]
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Decision):
    """No one of the first is any one of the second."""

    first: tuple[URIRef, ...]
    second: tuple[URIRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming(Decision):
    """Whatever these belong to is called ``label``."""

    members: tuple[URIRef, ...]
    label: str


AnyDecision = Merge | Split | Renaming


def curation_graph_iri(*, base: str) -> URIRef:
    """Return the name of the graph of decisions."""
    return URIRef(f"{base}graph/curation")


def decision_iri(number: int, *, base: str) -> URIRef:
    """Return the name of a decision."""
    return URIRef(f"{base}decision/{number}")


def decisions_to_graph(decisions: Iterable[AnyDecision], *, base: str) -> Graph:
    """Return the graph of all decisions."""
    graph = Graph(identifier=curation_graph_iri(base=base), bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for decision in decisions:
        _write(graph, decision_iri(decision.number, base=base), decision)
    return graph


def decisions_from_graph(graph: Graph) -> list[AnyDecision]:
    """Return the decisions of a curation graph, in the order of their numbers. Raises ValidationError for one that is none."""
    nodes = {URIRef(str(node)) for node in graph.subjects(RDF.type, DEM.Decision)}
    return [_read(graph, node) for node in sorted(nodes, key=part_number)]


def _write(graph: Graph, node: URIRef, decision: AnyDecision) -> None:
    graph.add((node, RDF.type, DEM.Decision))
    graph.add((node, RDF.type, DEM[type(decision).__name__]))
    graph.add((node, DEM.number, offset(decision.number)))
    if decision.created is not None:
        graph.add((node, DCTERMS.created, Literal(decision.created.isoformat(), datatype=XSD.dateTime, normalize=False)))
    if decision.reason is not None:
        graph.add((node, DEM.reason, Literal(decision.reason)))
    match decision:
        case Split():
            _add_all(graph, node, DEM.firstPart, decision.first)
            _add_all(graph, node, DEM.secondPart, decision.second)
        case Merge() | Renaming():
            _add_all(graph, node, DEM.member, decision.members)
            if decision.label is not None:
                graph.add((node, SKOS.prefLabel, Literal(decision.label)))


def _add_all(graph: Graph, node: URIRef, predicate: URIRef, members: Sequence[URIRef]) -> None:
    for member in members:
        graph.add((node, predicate, member))


def _read(graph: Graph, node: URIRef) -> AnyDecision:
    number = part_number(node)
    created, reason, label = (_text(graph, node, term) for term in (DCTERMS.created, DEM.reason, SKOS.prefLabel))
    moment = datetime.datetime.fromisoformat(created) if created is not None else None
    kinds = set(graph.objects(node, RDF.type))
    members = _all(graph, node, DEM.member)
    if DEM.Merge in kinds:
        return Merge(number=number, created=moment, reason=reason, members=members, label=label)
    if DEM.Renaming in kinds and label is not None:
        return Renaming(number=number, created=moment, reason=reason, members=members, label=label)
    if DEM.Split in kinds:
        first, second = _all(graph, node, DEM.firstPart), _all(graph, node, DEM.secondPart)
        return Split(number=number, created=moment, reason=reason, first=first, second=second)
    raise ValidationError(f"{node}: is no whole dem:Merge, dem:Split or dem:Renaming. Undo it, or mend the curation graph.")


def _all(graph: Graph, node: URIRef, predicate: URIRef) -> tuple[URIRef, ...]:
    return tuple(sorted(URIRef(str(value)) for value in graph.objects(node, predicate)))


def _text(graph: Graph, node: Node, predicate: URIRef) -> str | None:
    value = graph.value(node, predicate)
    return str(value) if value is not None else None
