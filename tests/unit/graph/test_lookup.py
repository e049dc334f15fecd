"""What the graph knows of an entity comes back whole and in order."""

from __future__ import annotations

import datetime
from unittest.mock import Mock

import pytest
from rdflib import URIRef

from kg.errors import NotFoundError
from kg.graph.lookup import negotiations_of, statements_of
from kg.graph.lookups.entity import find_entity, get_entity, roles_of
from kg.graph.mapping import to_graph
from kg.graph.views import (
    DocumentView,
    EntityDetail,
    MentionView,
    NegotiationView,
    Node,
    StatementView,
)
from tests.builders import (
    BREK,
    VARO,
    a_document,
    a_meeting,
    a_mention,
    a_negotiated_extraction,
    a_person,
    a_relation,
    a_statement,
    an_extraction,
    another_person,
)
from tests.memory_store import MemoryStore
from tests.unit.graph.lookups.samples import BREK_IRI, BREK_NODE, PORT_LYS, VARO_IRI, VARO_NODE, B, passage

DOCUMENT = str(PORT_LYS)
EARLIER = an_extraction(
    document=a_document(id="earlier", date=datetime.date(2030, 1, 1), title=None),
    entities=(a_person(mentions=(a_mention("Varo", nth=2),), roles=("Envoy",)), another_person()),
    statements=(a_statement(addressee=BREK, cue=None),),
    meetings=(a_meeting(type="call", participants=(BREK, VARO), place=None, date="2030", purpose="fish", modality="planned"),),
    issues=(),
    times=(),
    events=(),
    relations=(a_relation(subject=BREK, object=VARO, modality="desired", speaker=BREK),),
)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore([to_graph(an_extraction()), to_graph(EARLIER)])


def test_get_entity_tells_all_of_it(store: MemoryStore) -> None:
    assert get_entity(store, VARO_IRI) == EntityDetail(
        iri=str(VARO_IRI),
        types=("Person",),
        label="Ilena Varo",
        aliases=("Varo",),
        roles=("Envoy", "Foreign Minister"),
        held=roles_of(store, VARO_IRI),
        same_as=(),
        named=True,
        documents=(
            DocumentView(iri=f"{B}document/earlier", title=None, date="2030-01-01", mentions=1),
            DocumentView(iri=DOCUMENT, title="Talks in Port Lys", date="2031-02-26", mentions=3),
        ),
        mention_count=4,
        mentions=(
            MentionView(passage=passage("Varo", document=f"{B}document/earlier", nth=2), kind="name"),
            MentionView(passage=passage("Ilena Varo"), kind="name"),
            MentionView(passage=passage("Varo", nth=2), kind="name"),
            MentionView(passage=passage("She"), kind="pronoun"),
        ),
    )


def test_get_entity_tells_links_and_descriptions_without_a_name(store: MemoryStore) -> None:
    assert get_entity(store, URIRef(f"{B}country/ostravia")).same_as == ("https://gazetteer.example/Q1",)
    assert get_entity(store, URIRef(f"{DOCUMENT}/referent/person/a-spokesman")).named is False


@pytest.mark.parametrize("written", ["person/ilena-varo", "id:person/ilena-varo", f"<{VARO_IRI}>", "varo", "Ilena Varo"])
def test_find_entity_takes_ids_iris_and_names(store: MemoryStore, written: str) -> None:
    assert find_entity(store, written) == get_entity(store, VARO_IRI)


def test_find_entity_of_an_id_is_one_query(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    query = Mock(wraps=store.query)
    monkeypatch.setattr(store, "query", query)
    find_entity(store, "person/ilena-varo")
    assert query.call_count == 1


def test_get_entity_cuts_mentions_and_still_counts_them(store: MemoryStore) -> None:
    detail = get_entity(store, VARO_IRI, mentions=1)
    assert (len(detail.mentions), detail.mention_count) == (1, 4)


@pytest.mark.parametrize("iri", [f"{B}person/ilena-vara", DOCUMENT, f"{B}role/foreign-minister"])
def test_get_entity_rejects_what_is_no_entity(store: MemoryStore, iri: str) -> None:
    with pytest.raises(NotFoundError, match="not in the graph"):
        get_entity(store, URIRef(iri))


def test_statements_of_tells_them_in_order(store: MemoryStore) -> None:
    agreed = "We have agreed on the fisheries protocol"
    separate = "The status of the Saltmarsh we leave to a separate track with the Northern League"
    must = "the parties must sign by 5 March 2031"
    assert statements_of(store, VARO_IRI) == [
        StatementView(
            iri=f"{B}document/earlier/statement/1",
            speaker=VARO_NODE,
            addressee=BREK_NODE,
            direct=True,
            text=agreed,
            cue=None,
            evidence=passage(agreed, document=f"{B}document/earlier"),
        ),
        *(
            StatementView(
                iri=f"{DOCUMENT}/statement/{number}",
                speaker=VARO_NODE,
                addressee=None,
                direct=direct,
                text=words,
                cue=cue,
                evidence=passage(words),
            )
            for number, words, direct, cue in [(1, agreed, True, "say"), (2, separate, True, None), (3, must, False, "add")]
        ),
    ]


@pytest.mark.parametrize(
    "entity", ["country/ostravia", "organization/northern-league", "document/port-lys/referent/proposal/fisheries-protocol"]
)
def test_negotiations_of_tells_who_negotiates_with_whose_help(entity: str) -> None:
    store = MemoryStore([to_graph(a_negotiated_extraction())])
    assert negotiations_of(store, URIRef(f"{B}{entity}")) == [
        NegotiationView(
            iri=f"{DOCUMENT}/negotiation/1",
            label="fisheries",
            parties=(
                Node(iri=f"{B}country/kelmaria", label="Kelmaria"),
                Node(iri=f"{B}country/ostravia", label="Ostravia"),
            ),
            mediators=(Node(iri=f"{B}organization/northern-league", label="Northern League"),),
            proposals=(Node(iri=f"{DOCUMENT}/referent/proposal/fisheries-protocol", label="fisheries protocol"),),
            begin="2031-02-25",
            end_date=None,
            modality="asserted",
            evidence=passage("met Defence Minister Tomas Brek"),
        )
    ]


def test_negotiations_of_is_empty_for_one_who_is_in_none() -> None:
    store = MemoryStore([to_graph(a_negotiated_extraction())])
    assert negotiations_of(store, BREK_IRI) == []
