"""Between the two ways to say in RDF what an assertion asserts.

Reified, as the store has it and RDF 1.1 can say: the assertion has an rdf:subject, an rdf:predicate and an rdf:object. With a
reifier, as RDF 1.2 has it: the assertion rdf:reifies one triple term. Either way nothing is asserted by it, and either way leads
back to the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib.namespace import RDF

from kg.export.quads import named

_ENDS = _SUBJECT, _PREDICATE, _OBJECT = tuple(map(named, (RDF.subject, RDF.predicate, RDF.object)))
_REIFIES = ox.NamedNode(f"{RDF}reifies")

_Node = tuple[object, object]


def to_reifiers(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads with each assertion as a reifier: one rdf:reifies in place of its three ends.

    What is no whole triple – an end is missing, or there are two of a kind in one graph – stays as it is.
    """
    ends: dict[_Node, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        if quad.predicate in _ENDS:
            ends[quad.subject, quad.graph_name].append(quad)
        else:
            yield quad
    for of_one in ends.values():
        term = _triple(of_one)
        if term is None:
            yield from of_one
        else:
            yield ox.Quad(of_one[0].subject, _REIFIES, term, of_one[0].graph_name)


def to_reified(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads with each reifier of a triple as an assertion again: its three ends in place of the one rdf:reifies."""
    for quad in quads:
        if quad.predicate == _REIFIES and isinstance(quad.object, ox.Triple):
            term = quad.object
            for end, value in zip(_ENDS, (term.subject, term.predicate, term.object), strict=True):
                yield ox.Quad(quad.subject, end, value, quad.graph_name)
        else:
            yield quad


def _triple(quads: Iterable[ox.Quad]) -> ox.Triple | None:
    """Return the triple of three ends, or None where they are not one of each or no triple can have them."""
    ends = {quad.predicate: quad.object for quad in quads}
    subject, predicate, target = (ends.get(end) for end in _ENDS)
    if len(list(quads)) != len(_ENDS) or subject is None or predicate is None or target is None:
        return None
    if not isinstance(subject, ox.NamedNode | ox.BlankNode) or not isinstance(predicate, ox.NamedNode):
        return None
    return ox.Triple(subject, predicate, target)
