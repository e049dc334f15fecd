"""What a page says of each term: read from the ontology, its examples and the competency questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SDO, SKOS
from rdflib.term import Node

from kg.graph.vocabulary import DEM, PLOVER

_OURS = "https://w3id.org/demarche/"
_TRAITS: Sequence[tuple[URIRef, str]] = (
    (OWL.FunctionalProperty, "has one value at most"),
    (OWL.InverseFunctionalProperty, "no two things share a value"),
    (OWL.SymmetricProperty, "holds both ways"),
    (OWL.TransitiveProperty, "holds along a chain"),
    (OWL.IrreflexiveProperty, "joins nothing with itself"),
)
_MATCHES: Sequence[tuple[URIRef, str]] = (
    (SKOS.exactMatch, "same as"),
    (SKOS.closeMatch, "close to"),
    (SKOS.relatedMatch, "related to"),
    (RDFS.seeAlso, "see"),
)


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A term that is referred to: its short name, and the place on the page or the IRI where it is told of."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Join:
    """What a property joins, on one side; a strict one is an axiom, the other tells what is usual."""

    terms: tuple[Ref, ...]
    is_strict: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property, concept or scheme of the ontology, with all that the page says of it but examples and questions."""

    iri: URIRef
    ref: Ref
    label: str
    definition: str
    kinds: tuple[Ref, ...]
    above: tuple[Ref, ...]
    below: tuple[Ref, ...]
    matches: tuple[tuple[str, tuple[Ref, ...]], ...]
    apart: tuple[Ref, ...]
    domain: Join
    range: Join
    traits: tuple[str, ...]
    chains: tuple[tuple[Ref, ...], ...]
    properties: tuple[Ref, ...]
    values: tuple[Ref, ...]
    members: tuple[Ref, ...]

    @property
    def anchor(self) -> str:
        """The name of the term's place on the page."""
        return self.ref.href.removeprefix("#")


def is_ours(node: Node) -> bool:
    """Tell whether a node is a term that the ontology defines."""
    return str(node).startswith((str(DEM), str(PLOVER)))


def ref(graph: Graph, node: Node) -> Ref:
    """Return how the page refers to a term."""
    iri = URIRef(str(node))
    return Ref(name=graph.namespace_manager.curie(iri), href=f"#{iri.partition('#')[2]}" if is_ours(iri) else str(iri))


def read_term(graph: Graph, iri: URIRef) -> Term:
    """Return all that the ontology says of one of its terms."""
    told = _Told(graph, iri)
    above = told.refs(RDFS.subClassOf) + told.refs(RDFS.subPropertyOf)
    return Term(
        iri=iri,
        ref=ref(graph, iri),
        label=str(graph.value(iri, RDFS.label)),
        definition=str(graph.value(iri, SKOS.definition)),
        kinds=tuple(one for one in told.refs(RDF.type) if one.href.startswith("#")),
        above=above,
        below=told.refs_from(RDFS.subClassOf) + told.refs_from(RDFS.subPropertyOf),
        matches=tuple((said, refs) for term, said in _MATCHES if (refs := told.refs(term))),
        apart=told.apart(),
        domain=told.join(RDFS.domain, SDO.domainIncludes),
        range=told.join(RDFS.range, SDO.rangeIncludes),
        traits=tuple(said for term, said in _TRAITS if (iri, RDF.type, term) in graph),
        chains=tuple(tuple(ref(graph, one) for one in graph.items(head)) for head in graph.objects(iri, OWL.propertyChainAxiom)),
        properties=tuple(sorted({*told.refs_from(RDFS.domain), *told.refs_from(SDO.domainIncludes)})),
        values=tuple(sorted({*told.refs_from(RDFS.range), *told.refs_from(SDO.rangeIncludes)})),
        members=tuple(sorted({*told.refs_from(RDF.type), *told.refs_from(SKOS.inScheme)})),
    )


class _Told:
    """What the ontology tells of one term, as references."""

    def __init__(self, graph: Graph, iri: URIRef) -> None:
        self._graph = graph
        self._iri = iri

    def refs(self, relation: URIRef) -> tuple[Ref, ...]:
        return self._sorted(self._graph.objects(self._iri, relation))

    def refs_from(self, relation: URIRef) -> tuple[Ref, ...]:
        return self._sorted(self._graph.subjects(relation, self._iri))

    def join(self, strict: URIRef, usual: URIRef) -> Join:
        axioms = self.refs(strict)
        return Join(terms=axioms or self.refs(usual), is_strict=bool(axioms))

    def apart(self) -> tuple[Ref, ...]:
        """Return the classes that share no member with this one, by the axioms that name it."""
        found = {*self._graph.objects(self._iri, OWL.disjointWith), *self._graph.subjects(OWL.disjointWith, self._iri)}
        for axiom in self._graph.subjects(RDF.type, OWL.AllDisjointClasses):
            members = [one for head in self._graph.objects(axiom, OWL.members) for one in self._graph.items(head)]
            found.update(one for one in members if self._iri in members and one != self._iri)
        return self._sorted(found)

    def _sorted(self, nodes: Iterable[Node]) -> tuple[Ref, ...]:
        return tuple(sorted({ref(self._graph, node) for node in nodes if isinstance(node, URIRef)}))


def sections(graph: Graph) -> list[tuple[str, str, list[Term]]]:
    """Return the parts of the page: the heading, what stands under it, and the terms in the order of their labels."""
    relations: set[Node] = {DEM.relatesTo, *graph.subjects(RDFS.subPropertyOf, DEM.relatesTo)}
    links = {*graph.subjects(RDF.type, OWL.ObjectProperty)} - relations
    parts: list[tuple[str, str, set[Node]]] = [
        ("Classes", "What there is.", {*graph.subjects(RDF.type, OWL.Class)}),
        ("Relations", "What an assertion can say of its subject and its object.", relations),
        ("Links", "Properties that join a thing with another.", links),
        ("Values", "Properties that give a thing a text, a number or a date.", {*graph.subjects(RDF.type, OWL.DatatypeProperty)}),
    ]
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        members = {*graph.subjects(SKOS.inScheme, scheme)}
        parts.append((str(graph.value(scheme, RDFS.label)), str(graph.value(scheme, SKOS.definition)), {scheme, *members}))
    return [
        (heading.capitalize() if heading.islower() else heading, note, _terms(graph, nodes)) for heading, note, nodes in parts
    ]


def _terms(graph: Graph, nodes: Iterable[Node]) -> list[Term]:
    terms = [read_term(graph, URIRef(str(node))) for node in nodes if is_ours(node)]
    return sorted(terms, key=lambda term: (term.label.lower(), term.iri))
