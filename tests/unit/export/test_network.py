"""The network has every node and edge, and says of each what the graph says."""

from __future__ import annotations

import datetime

import networkx as nx
from rdflib import URIRef

from kg.export import to_networkx
from kg.graph import curation
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.mapping import to_graph
from kg.graph.vocabulary import DEFAULT_BASE as B
from kg.records import Extraction
from tests.builders import (
    KELMARIA,
    PROTOCOL,
    a_document,
    a_meeting,
    a_negotiated_extraction,
    a_person,
    a_relation,
    a_span,
    an_extraction,
)
from tests.exports import BREK_IRI, FIRST, KELMARIA_IRI, LEAGUE_IRI, OSTRAVIA_IRI, SECOND, VARO_IRI, a_store
from tests.memory_store import MemoryStore

NETWORK = to_networkx(a_store(decided=True))


def network_of_one_meeting(*extractions: Extraction) -> nx.MultiDiGraph:
    """Return the network of these, where all meetings were decided to be one."""
    knowledge = KnowledgeBase(store := MemoryStore())
    knowledge.add(extractions)
    meetings = [URIRef(node) for node, kind in to_networkx(store).nodes(data="kind") if kind == "meeting"]
    if len(meetings) > 1:
        curation.merge(knowledge, *meetings)
    return to_networkx(store)


TALKS = f"{FIRST}/referent/meeting/talks-2031-02-25-port-lys"


def test_to_networkx_has_a_node_for_each_thing() -> None:
    assert {(data["label"], data["type"], data["kind"]) for _, data in NETWORK.nodes(data=True)} == {
        ("Ilena Varo", "Person", "entity"),
        ("Tomas Brek", "Person", "entity"),
        ("a spokesman", "Person", "entity"),
        ("Ostravia", "Country", "entity"),
        ("Kelmaria", "Country", "entity"),
        ("Port Lys", "City", "entity"),
        ("League of the North", "Organization", "entity"),
        ("Grey Bridge", "Facility", "entity"),
        ("fisheries protocol", "Document", "proposal"),
        ("fisheries", "Negotiation", "negotiation"),
        ("Talks of Ilena Varo and Tomas Brek in Port Lys, 2031-02-25", "Talks", "meeting"),
        ("Talks of Ilena Varo and Tomas Brek, 2031-03-19", "Talks", "meeting"),
        ("the fisheries protocol", "Issue", "issue"),
        ("the status of the Saltmarsh", "Issue", "issue"),
        ("the fisheries protocol", "Topic", "topic"),
        ("the parties", "Topic", "topic"),
        ("reopen the Grey Bridge", "Topic", "topic"),
        ("any limits on the fleet", "Topic", "topic"),
        ("Foreign Minister", "Role", "role"),
    }


def test_to_networkx_describes_nodes() -> None:
    nodes = NETWORK.nodes
    assert nodes[LEAGUE_IRI] == {
        "label": "League of the North",
        "aliases": ["Northern League"],
        "type": "Organization",
        "kind": "entity",
        "mentions": 2,
    }
    assert nodes[TALKS] == {
        "label": "Talks of Ilena Varo and Tomas Brek in Port Lys, 2031-02-25",
        "type": "Talks",
        "kind": "meeting",
        "date": "2031-02-25",
        "modality": "asserted",
        "stated": "2031-02-26",
    }
    (proposal,) = (data for _, data in nodes(data=True) if data["kind"] == "proposal")
    assert (proposal["status"], proposal["stated"]) == ("agreed", "2031-02-26")


def test_to_networkx_gives_what_has_several_statuses_the_last_one_stated() -> None:
    again = a_document(id="again", date=datetime.date(2031, 2, 28))
    network = network_of_one_meeting(
        an_extraction(meetings=(a_meeting(modality="planned"),)),
        an_extraction(document=again, meetings=(a_meeting(modality="negated"),)),
    )
    ((meeting, data),) = ((node, data) for node, data in network.nodes(data=True) if data["kind"] == "meeting")
    assert (data["stated"], data["modality"]) == ("2031-02-28", "negated")
    told = {(edge["stated"], edge["modality"]) for *_, edge in network.edges(meeting, data=True)}
    assert told == {("2031-02-26", "planned"), ("2031-02-28", "negated")}


def edges(network: nx.MultiDiGraph) -> set[tuple[str, str, str, str | None]]:
    labels = dict(network.nodes(data="label"))
    return {
        (labels[one], data["predicate"], labels[other], data.get("modality")) for one, other, data in network.edges(data=True)
    }


def test_to_networkx_has_an_edge_for_each_assertion_and_part() -> None:
    later, talks = (
        "Talks of Ilena Varo and Tomas Brek, 2031-03-19",
        "Talks of Ilena Varo and Tomas Brek in Port Lys, 2031-02-25",
    )
    assert edges(NETWORK) == {
        ("Ilena Varo", "holdsRole", "Foreign Minister", "asserted"),
        ("Ilena Varo", "representative-of", "Ostravia", "asserted"),
        ("Ilena Varo", "metWith", "Tomas Brek", "asserted"),
        ("Ilena Varo", "agreedTo", "the fisheries protocol", "asserted"),
        ("Ilena Varo", "supports", "League of the North", "desired"),
        ("Kelmaria", "announced", "reopen the Grey Bridge", "possible"),
        ("Tomas Brek", "agreedTo", "any limits on the fleet", "negated"),
        (talks, "participant", "Ilena Varo", "asserted"),
        (talks, "participant", "Tomas Brek", "asserted"),
        (talks, "heldAt", "Port Lys", "asserted"),
        (later, "participant", "Ilena Varo", "planned"),
        (later, "participant", "Tomas Brek", "planned"),
        ("the status of the Saltmarsh", "party", "League of the North", None),
        ("fisheries", "party", "Ostravia", "asserted"),
        ("fisheries", "party", "Kelmaria", "asserted"),
        ("fisheries", "mediator", "League of the North", "asserted"),
        ("fisheries", "negotiates", "fisheries protocol", "asserted"),
        ("fisheries", "sitting", talks, "asserted"),
        ("fisheries protocol", "author", "Ilena Varo", None),
        ("fisheries protocol", "recipient", "Tomas Brek", None),
        ("fisheries protocol", "party", "Ostravia", None),
        ("fisheries protocol", "party", "Kelmaria", None),
        ("fisheries protocol", "requiresApprovalOf", "Kelmaria", None),
        ("fisheries protocol", "requiresApprovalOf", "the parties", None),
    }


def test_to_networkx_describes_an_assertion() -> None:
    span = a_span("Northern League")
    assert NETWORK.edges[VARO_IRI, LEAGUE_IRI, f"{SECOND}/assertion/2"] == {
        "predicate": "supports",
        "label": "supports",
        "modality": "desired",
        "speaker": BREK_IRI,
        "speaker_label": "Tomas Brek",
        "confidence": 0.8,
        "stated": "2031-03-20",
        "evidence": span.text,
        "document": SECOND,
        "evidence_start": span.start,
        "evidence_end": span.end,
    }


def test_to_networkx_says_since_when_an_assertion_holds() -> None:
    edge = NETWORK.edges[VARO_IRI, OSTRAVIA_IRI, f"{SECOND}/assertion/1"]
    assert (edge["begin"], edge.get("end"), edge["stated"]) == ("2029-05-01", None, "2031-03-20")


def test_to_networkx_gives_the_edges_of_a_meeting_its_day_and_its_status() -> None:
    span = a_span("Ilena Varo of Ostravia met Defence Minister Tomas Brek of Kelmaria in Port Lys on Tuesday")
    assert NETWORK.edges[TALKS, VARO_IRI, f"{FIRST}/meeting/1 participant {VARO_IRI}"] == {
        "predicate": "participant",
        "label": "participant",
        "modality": "asserted",
        "confidence": 0.85,
        "stated": "2031-02-26",
        "begin": "2031-02-25",
        "end": "2031-02-25",
        "evidence": span.text,
        "document": FIRST,
        "evidence_start": span.start,
        "evidence_end": span.end,
    }


def test_to_networkx_tells_an_issue_by_each_document() -> None:
    edges_to_league = [data for _, _, data in NETWORK.in_edges(LEAGUE_IRI, data=True) if "status" in data]
    told = {(data["status"], data["stated"], data["confidence"]) for data in edges_to_league}
    assert told == {("separate-track", "2031-02-26", 0.65), ("agreed", "2031-03-20", 0.5)}


def test_to_networkx_draws_the_edges_of_a_meeting_once_for_a_document_that_tells_of_it_twice() -> None:
    twice = an_extraction(
        meetings=(a_meeting(confidence=0.3), a_meeting(confidence=0.7, evidence=a_span("met Defence Minister")))
    )
    network = network_of_one_meeting(twice)
    confidences = [data["confidence"] for *_, data in network.edges(data=True) if data["predicate"] == "heldAt"]
    assert confidences == [0.7]


def test_to_networkx_joins_documents_at_their_entities() -> None:
    assert NETWORK.nodes[VARO_IRI]["mentions"] == 6
    assert NETWORK.nodes[KELMARIA_IRI]["mentions"] == 2
    assert {data["document"] for *_, data in NETWORK.edges(VARO_IRI, data=True)} == {FIRST, SECOND}


def test_to_networkx_keeps_an_end_that_is_not_described() -> None:
    dangling = Extraction(document=a_document(), entities=(a_person(),), relations=(a_relation(object="id:person/no one"),))
    network = to_networkx(MemoryStore([to_graph(dangling)]))
    assert network.nodes[f"{B}person/no%20one"] == {"label": "no one", "type": "Thing", "kind": "other"}


def test_to_networkx_of_an_empty_store_is_empty() -> None:
    assert to_networkx(MemoryStore()).number_of_nodes() == 0


def test_to_networkx_leaves_an_edge_that_an_assertion_has_too_to_the_assertion() -> None:
    consent = a_relation(subject=PROTOCOL, predicate="requiresApprovalOf", object=KELMARIA, evidence=a_span("must sign"))
    network = to_networkx(MemoryStore([to_graph(a_negotiated_extraction(relations=(consent,)))]))
    keys = [key for _, _, key, data in network.edges(keys=True, data=True) if data["predicate"] == "requiresApprovalOf"]
    assert keys == [f"{FIRST}/assertion/1", f"{FIRST}/proposal/1 requiresApprovalOf {FIRST}/topic/parties"]
