"""A small store to export from: two documents of invented states that know each other, with what people decided."""

from __future__ import annotations

import datetime

from rdflib import URIRef

from kg.graph import curation
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.vocabulary import DEFAULT_BASE as B
from kg.records import Extraction
from kg.store.embedded import EmbeddedStore
from tests.builders import (
    BREK,
    KELMARIA,
    LEAGUE,
    OSTRAVIA,
    VARO,
    a_country,
    a_document,
    a_meeting,
    a_negotiated_extraction,
    a_person,
    a_relation,
    a_span,
    an_entity,
    an_issue,
    another_person,
)

VARO_IRI, BREK_IRI, LEAGUE_IRI = (f"{B}{entity.removeprefix('id:')}" for entity in (VARO, BREK, LEAGUE))
OSTRAVIA_IRI, KELMARIA_IRI = (f"{B}{entity.removeprefix('id:')}" for entity in (OSTRAVIA, KELMARIA))
FIRST, SECOND = f"{B}document/port-lys", f"{B}document/later"


def a_later_extraction() -> Extraction:
    """Return what another document says three weeks later: of an office held since 2029, of a meeting, and of the same issue."""
    return Extraction(
        document=a_document(id="later", date=datetime.date(2031, 3, 20), title="Later"),
        entities=(a_person(), another_person(), a_country(), an_entity(LEAGUE, "Organization", "Northern League")),
        meetings=(
            a_meeting(
                participants=(VARO, BREK),
                place=None,
                date="2031-03-19",
                modality="planned",
                confidence=0.4,
                evidence=a_span("met Defence Minister Tomas Brek"),
            ),
        ),
        issues=(an_issue(status="agreed", confidence=0.5),),
        relations=(
            a_relation(
                predicate="representative-of",
                object=OSTRAVIA,
                begin="2029-05",
                confidence=0.95,
                evidence=a_span("Ilena Varo of Ostravia"),
            ),
            a_relation(predicate="supports", object=LEAGUE, modality="desired", speaker=BREK, evidence=a_span("Northern League")),
        ),
        model="invented 1.0",
    )


def a_store(*, back: bool = False, decided: bool = False) -> EmbeddedStore:
    """Return the store; ``back`` adds the documents in the other order, ``decided`` gives the League another name by decision."""
    store = EmbeddedStore(None)
    knowledge = KnowledgeBase(store)
    extractions = [a_negotiated_extraction(), a_later_extraction()]
    for extraction in reversed(extractions) if back else extractions:
        knowledge.add([extraction])
    if decided:
        curation.rename(knowledge, URIRef(LEAGUE_IRI), "League of the North")
    return store
