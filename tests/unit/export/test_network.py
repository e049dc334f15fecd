"""The network has every node and edge, and says of each what the graph says."""

from __future__ import annotations

from kg.export import to_networkx
from kg.graph.mapping import to_graph
from kg.graph.vocabulary import DEFAULT_BASE
from kg.records import Extraction
from tests.builders import VARO, a_document, a_person, a_relation, a_span, an_extraction
from tests.memory_store import MemoryStore

B = DEFAULT_BASE
DOCUMENT = f"{B}document/port-lys"


def test_to_networkx_has_a_node_for_each_thing() -> None:
    network = to_networkx(MemoryStore([to_graph(an_extraction())]))
    assert {(data["label"], data["type"], data["kind"]) for _, data in network.nodes(data=True)} == {
        ("Ilena Varo", "Person", "entity"),
        ("Tomas Brek", "Person", "entity"),
        ("a spokesman", "Person", "entity"),
        ("Ostravia", "Country", "entity"),
        ("Kelmaria", "Country", "entity"),
        ("Port Lys", "City", "entity"),
        ("Northern League", "Organization", "entity"),
        ("Grey Bridge", "Facility", "entity"),
        ("Talks 2031-02-25", "Talks", "meeting"),
        ("the fisheries protocol", "Issue", "issue"),
        ("the status of the Saltmarsh", "Issue", "issue"),
        ("the fisheries protocol", "Topic", "topic"),
        ("reopen the Grey Bridge", "Topic", "topic"),
        ("any limits on the fleet", "Topic", "topic"),
        ("Foreign Minister", "Role", "role"),
    }
    assert network.number_of_nodes() == 15


def test_to_networkx_describes_nodes() -> None:
    nodes = to_networkx(MemoryStore([to_graph(an_extraction())])).nodes
    assert nodes[f"{B}person/ilena-varo"] == {"label": "Ilena Varo", "type": "Person", "kind": "entity", "mentions": 3}
    assert nodes[f"{DOCUMENT}/meeting/1"] == {
        "label": "Talks 2031-02-25",
        "type": "Talks",
        "kind": "meeting",
        "date": "2031-02-25",
    }
    assert nodes[f"{DOCUMENT}/issue/2"] == {
        "label": "the status of the Saltmarsh",
        "type": "Issue",
        "kind": "issue",
        "status": "separate-track",
    }


def test_to_networkx_has_an_edge_for_each_assertion_and_part() -> None:
    network = to_networkx(MemoryStore([to_graph(an_extraction())]))
    labels = dict(network.nodes(data="label"))
    edges = {
        (labels[one], data["predicate"], labels[other], data.get("modality")) for one, other, data in network.edges(data=True)
    }
    assert edges == {
        ("Ilena Varo", "holdsRole", "Foreign Minister", "asserted"),
        ("Ilena Varo", "representative-of", "Ostravia", "asserted"),
        ("Ilena Varo", "metWith", "Tomas Brek", "asserted"),
        ("Ilena Varo", "agreedTo", "the fisheries protocol", "asserted"),
        ("Kelmaria", "announced", "reopen the Grey Bridge", "possible"),
        ("Tomas Brek", "agreedTo", "any limits on the fleet", "negated"),
        ("Talks 2031-02-25", "participant", "Ilena Varo", "asserted"),
        ("Talks 2031-02-25", "participant", "Tomas Brek", "asserted"),
        ("Talks 2031-02-25", "heldAt", "Port Lys", "asserted"),
        ("the status of the Saltmarsh", "party", "Northern League", None),
    }
    assert network.number_of_edges() == 10


def test_to_networkx_describes_an_edge() -> None:
    network = to_networkx(MemoryStore([to_graph(an_extraction())]))
    span = a_span("Kelmaria may reopen the Grey Bridge")
    ends = f"{B}country/kelmaria", f"{DOCUMENT}/topic/reopen-the-grey-bridge"
    assert network.edges[(*ends, f"{DOCUMENT}/assertion/5")] == {
        "predicate": "announced",
        "label": "announced",
        "modality": "possible",
        "speaker": f"{B}person/a-spokesman",
        "speaker_label": "a spokesman",
        "confidence": 0.8,
        "evidence": span.text,
        "document": DOCUMENT,
        "evidence_start": span.start,
        "evidence_end": span.end,
    }


def test_to_networkx_gives_each_edge_the_confidence_of_its_record() -> None:
    network = to_networkx(MemoryStore([to_graph(an_extraction())]))
    stated = {(data["predicate"], data["confidence"]) for _, _, data in network.edges(data=True)}
    assert {pair for pair in stated if pair[1] != 0.8} == {("participant", 0.85), ("heldAt", 0.85), ("party", 0.65)}


def test_to_networkx_joins_documents_at_their_entities() -> None:
    later = Extraction(
        document=a_document(id="later"), entities=(a_person(name="Ilena M. Varo"),), relations=(a_relation(object=VARO),)
    )
    network = to_networkx(MemoryStore([to_graph(an_extraction()), to_graph(later)]))
    varo = f"{B}person/ilena-varo"
    assert network.nodes[varo] == {"label": "Ilena M. Varo", "type": "Person", "kind": "entity", "mentions": 6}
    assert [key for _, _, key in network.edges(varo, keys=True) if "later" in key] == [f"{B}document/later/assertion/1"]


def test_to_networkx_keeps_an_end_that_is_not_described() -> None:
    dangling = Extraction(document=a_document(), entities=(a_person(),), relations=(a_relation(object="id:person/no one"),))
    network = to_networkx(MemoryStore([to_graph(dangling)]))
    assert network.nodes[f"{B}person/no%20one"] == {"label": "no one", "type": "Thing", "kind": "other"}


def test_to_networkx_of_an_empty_store_is_empty() -> None:
    assert to_networkx(MemoryStore()).number_of_nodes() == 0
