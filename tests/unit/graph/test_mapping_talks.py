"""The graph of negotiations and of the texts on their table."""

from __future__ import annotations

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import PROV, RDF, RDFS, XSD

from kg.errors import ValidationError
from kg.graph.mapping import from_graph, to_graph
from kg.graph.validate import validate
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from tests.builders import VARO, a_negotiated_extraction, a_negotiation, a_proposal, a_text, entities

B = DEFAULT_BASE
DOCUMENT = f"{B}document/port-lys"
TEXT = URIRef(f"{DOCUMENT}/referent/proposal/fisheries-protocol")


def test_to_graph_describes_a_negotiation() -> None:
    graph = to_graph(a_negotiated_extraction())
    negotiation = URIRef(f"{DOCUMENT}/negotiation/1")
    spans = {URIRef(f"{DOCUMENT}#char={s.start},{s.end}") for s in a_negotiation().evidence}
    assert set(graph.predicate_objects(negotiation)) == {
        (RDF.type, DEM.Negotiation),
        (RDFS.label, Literal("fisheries")),
        (DEM.party, URIRef(f"{B}country/ostravia")),
        (DEM.party, URIRef(f"{B}country/kelmaria")),
        (DEM.mediator, URIRef(f"{B}organization/northern-league")),
        (DEM.beginDate, Literal("2031-02-25", datatype=XSD.date)),
        (DEM.sitting, URIRef(f"{DOCUMENT}/referent/meeting/talks-2031-02-25-port-lys")),
        (DEM.negotiates, TEXT),
        (DEM.modality, DEM.asserted),
        (DEM.statedOn, Literal("2031-02-26", datatype=XSD.date)),
        (DEM.confidence, Literal("0.7", datatype=XSD.decimal)),
        *((PROV.wasDerivedFrom, span) for span in spans),
    }


def test_to_graph_describes_a_text_and_how_it_stands() -> None:
    graph = to_graph(a_negotiated_extraction())
    status = URIRef(f"{DOCUMENT}/proposal/1")
    assert {str(points) for points in graph.objects(TEXT, DEM.points)} == {"26", "28"}
    assert set(graph.objects(TEXT, DEM.hasStatus)) == {status}
    assert set(graph.objects(status, DEM.status)) == {DEM.agreed}
    assert set(graph.objects(TEXT, DEM.requiresApprovalOf)) == {
        URIRef(f"{B}country/kelmaria"),
        URIRef(f"{DOCUMENT}/topic/parties"),
    }
    assert [str(graph.value(URIRef(f"{status}/version/{n}"), DEM.points)) for n in (1, 2)] == ["28", "26"]
    assert validate(graph).violations == ()


def test_from_graph_gives_negotiations_and_proposals_back() -> None:
    extraction = a_negotiated_extraction()
    assert from_graph(to_graph(extraction)) == extraction


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"negotiations": (a_negotiation(meetings=(1,)),)}, "its meeting 1 is none of 1"),
        ({"proposals": (a_proposal(entity=VARO),)}, "is no entity of type Document"),
        ({"proposals": (a_proposal(entity="id:proposal/unknown"),)}, "is no entity of type Document"),
        ({"proposals": (a_proposal(), a_proposal())}, "two proposals are of the same entity"),
        ({"entities": (*entities(), a_text(), a_text())}, "two entities have the same id"),
    ],
)
def test_to_graph_rejects_what_refers_to_nothing(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        to_graph(a_negotiated_extraction(**changes))
