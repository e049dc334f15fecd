"""Two documents of one story, for look-ups by subject."""

from __future__ import annotations

import datetime

from rdflib import URIRef

from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.views import Node, Passage
from kg.graph.vocabulary import DEFAULT_BASE
from tests.builders import (
    BREK,
    LEAGUE,
    OSTRAVIA,
    VARO,
    a_country,
    a_document,
    a_meeting,
    a_mention,
    a_negotiated_extraction,
    a_person,
    a_relation,
    a_span,
    a_statement,
    an_entity,
    an_issue,
    another_person,
)
from tests.memory_store import MemoryStore

B = DEFAULT_BASE
PORT_LYS, EARLIER, RIVAL = (URIRef(f"{B}document/{name}") for name in ("port-lys", "earlier", "rival"))
VARO_IRI, BREK_IRI = URIRef(f"{B}person/ilena-varo"), URIRef(f"{B}person/tomas-brek")
OSTRAVIA_IRI, KELMARIA_IRI = URIRef(f"{B}country/ostravia"), URIRef(f"{B}country/kelmaria")
VARO_NODE, BREK_NODE = Node(iri=str(VARO_IRI), label="Ilena Varo"), Node(iri=str(BREK_IRI), label="Tomas Brek")


def story() -> MemoryStore:
    """Return a store of the invented statement, one of a year before, and one of the same day that says otherwise."""
    nothing = {"statements": (), "meetings": (), "issues": (), "times": (), "events": (), "negotiations": (), "proposals": ()}
    varo = a_person(mentions=(a_mention("Varo", nth=2),), roles=("Envoy",))
    league = an_entity(LEAGUE, "Organization", "Northern League")
    earlier = a_negotiated_extraction(
        **nothing
        | {
            "document": a_document(id="earlier", date=datetime.date(2030, 1, 1), title=None),
            "entities": (varo, another_person(), a_country(), league),
            "statements": (a_statement(addressee=BREK, cue=None),),
            "meetings": (
                a_meeting(type="call", participants=(BREK, VARO), place=None, date="2030", purpose="fish", modality="planned"),
            ),
            "issues": (an_issue(status="open"),),
            "relations": (
                a_relation(subject=BREK, object=VARO, modality="desired", speaker=BREK, confidence=0.4),
                a_relation(
                    predicate="holdsRole",
                    object="Envoy",
                    organization=OSTRAVIA,
                    begin="2027",
                    end_date="2029-06",
                    evidence=a_span("Varo", nth=2),
                ),
            ),
        }
    )
    rival = a_negotiated_extraction(
        **nothing
        | {
            "document": a_document(id="rival", source="https://rival.example/1"),
            "entities": (another_person(), league),
            "issues": (an_issue(status="rejected"),),
            "relations": (),
        }
    )
    store = MemoryStore()
    KnowledgeBase(store).add([a_negotiated_extraction(), earlier, rival])
    return store


def passage(words: str, *, document: str = str(PORT_LYS), nth: int = 1) -> Passage:
    """Return the words where a document has them."""
    span = a_span(words, nth=nth)
    return Passage(document=document, start=span.start, end=span.end, text=words)
