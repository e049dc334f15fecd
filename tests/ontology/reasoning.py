"""What follows from a graph by the rules of OWL 2 RL, and whether it contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import owlrl
from rdflib import Graph
from rdflib.namespace import OWL, RDF
from rdflib.term import Node


def closure(graph: Graph) -> tuple[Graph, list[str]]:
    """Return a graph with all that follows from it, and the contradictions that the rule engine met."""
    closed = Graph()
    closed += graph
    rules = owlrl.OWLRL_Semantics(closed, False, False, False)
    rules.closure()
    return closed, [str(message) for message in rules.error_messages]


def clashes(closed: Graph) -> set[tuple[Node, ...]]:
    """Return what contradicts itself in a closed graph, found without the rule engine, which passes over some of it.

    That is each node that is of two classes which share no member, with the two; and each two names for one thing that are said to
    be of different ones.
    """
    pairs = {frozenset(pair) for pair in disjoint_classes(closed)}
    kinds: dict[Node, set[Node]] = {}
    for node, kind in closed.subject_objects(RDF.type):
        kinds.setdefault(node, set()).add(kind)
    of_both = {
        (node, *sorted(pair, key=str))
        for node, classes in kinds.items()
        for pair in map(frozenset, combinations(classes, 2))
        if pair in pairs
    }
    return of_both | {pair for pair in different_things(closed) if (pair[0], OWL.sameAs, pair[1]) in closed}


def disjoint_classes(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Yield each two classes that are declared to share no member."""
    yield from graph.subject_objects(OWL.disjointWith)
    yield from _pairs(graph, OWL.AllDisjointClasses, OWL.members)


def different_things(graph: Graph) -> Iterator[tuple[Node, Node]]:
    """Yield each two individuals that are declared to be different."""
    yield from graph.subject_objects(OWL.differentFrom)
    yield from _pairs(graph, OWL.AllDifferent, OWL.distinctMembers)


def _pairs(graph: Graph, axiom: Node, members: Node) -> Iterator[tuple[Node, Node]]:
    for node in graph.subjects(RDF.type, axiom):
        for head in graph.objects(node, members):
            yield from combinations(graph.items(head), 2)
