"""What the graph knows of an entity comes back whole and in order."""

from __future__ import annotations

import datetime

import pytest
from rdflib import URIRef

from kg.errors import NotFoundError
from kg.graph.lookup import get_entity, meetings_of, negotiations_of, relations_of, statements_of
from kg.graph.mapping import to_graph
from kg.graph.views import (
    DocumentView,
    EntityDetail,
    MeetingView,
    MentionView,
    NegotiationView,
    Node,
    Passage,
    RelationView,
    StatementView,
)
from kg.graph.vocabulary import DEFAULT_BASE
from tests.builders import (
    BREK,
    VARO,
    a_document,
    a_meeting,
    a_mention,
    a_negotiated_extraction,
    a_person,
    a_relation,
    a_span,
    a_statement,
    an_extraction,
    another_person,
)
from tests.memory_store import MemoryStore

B = DEFAULT_BASE
DOCUMENT = f"{B}document/port-lys"
VARO_IRI, BREK_IRI = URIRef(f"{B}person/ilena-varo"), URIRef(f"{B}person/tomas-brek")
VARO_NODE, BREK_NODE = Node(iri=str(VARO_IRI), label="Ilena Varo"), Node(iri=str(BREK_IRI), label="Tomas Brek")
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


def passage(words: str, *, document: str = DOCUMENT, nth: int = 1) -> Passage:
    span = a_span(words, nth=nth)
    return Passage(document=document, start=span.start, end=span.end, text=words)


def test_get_entity_tells_all_of_it(store: MemoryStore) -> None:
    assert get_entity(store, VARO_IRI) == EntityDetail(
        iri=str(VARO_IRI),
        types=("Person",),
        label="Ilena Varo",
        aliases=("Varo",),
        roles=("Envoy", "Foreign Minister"),
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


def test_get_entity_cuts_mentions_and_still_counts_them(store: MemoryStore) -> None:
    detail = get_entity(store, VARO_IRI, mentions=1)
    assert (len(detail.mentions), detail.mention_count) == (1, 4)


@pytest.mark.parametrize("iri", [f"{B}person/ilena-vara", DOCUMENT, f"{B}role/foreign-minister"])
def test_get_entity_rejects_what_is_no_entity(store: MemoryStore, iri: str) -> None:
    with pytest.raises(NotFoundError, match="not in the graph"):
        get_entity(store, URIRef(iri))


def test_relations_of_tells_who_says_it_and_where(store: MemoryStore) -> None:
    assert relations_of(store, VARO_IRI, predicate="agreedTo") == [
        RelationView(
            iri=f"{DOCUMENT}/assertion/4",
            subject=VARO_NODE,
            predicate="agreedTo",
            object=Node(iri=f"{DOCUMENT}/topic/fisheries-protocol", label="the fisheries protocol"),
            modality="asserted",
            speaker=VARO_NODE,
            confidence=0.8,
            evidence=passage("agreed on the fisheries protocol"),
        )
    ]


def test_relations_of_goes_by_date_and_text(store: MemoryStore) -> None:
    found = [(relation.predicate, relation.object.label, relation.modality) for relation in relations_of(store, VARO_IRI)]
    assert found == [
        ("metWith", "Ilena Varo", "desired"),
        ("holdsRole", "Foreign Minister", "asserted"),
        ("representative-of", "Ostravia", "asserted"),
        ("metWith", "Tomas Brek", "asserted"),
        ("agreedTo", "the fisheries protocol", "asserted"),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"direction": "out"}, ["earlier/assertion/1", "port-lys/assertion/6"]),
        ({"direction": "in"}, ["port-lys/assertion/3"]),
        ({}, ["earlier/assertion/1", "port-lys/assertion/3", "port-lys/assertion/6"]),
        ({"predicate": "metWith"}, ["earlier/assertion/1", "port-lys/assertion/3"]),
        ({"predicate": "dem:metWith", "direction": "in"}, ["port-lys/assertion/3"]),
        ({"predicate": "https://w3id.org/demarche/ontology#metWith", "modality": "desired"}, ["earlier/assertion/1"]),
        ({"modality": "dem:negated"}, ["port-lys/assertion/6"]),
        ({"modality": "conditional"}, []),
        ({"predicate": "nothing"}, []),
        ({"limit": 1}, ["earlier/assertion/1"]),
        ({"limit": 2, "offset": 1}, ["port-lys/assertion/3", "port-lys/assertion/6"]),
    ],
)
def test_relations_of_keeps_to_what_is_asked(store: MemoryStore, options: dict[str, str], expected: list[str]) -> None:
    found = relations_of(store, BREK_IRI, **options)  # type: ignore[arg-type]
    assert [relation.iri.removeprefix(f"{B}document/") for relation in found] == expected


def test_relations_of_tells_a_relation_to_oneself_once() -> None:
    store = MemoryStore([to_graph(an_extraction(relations=(a_relation(object=VARO),)))])
    assert [relation.iri for relation in relations_of(store, VARO_IRI)] == [f"{DOCUMENT}/assertion/1"]


def test_relations_of_rejects_an_unknown_modality(store: MemoryStore) -> None:
    with pytest.raises(NotFoundError, match=r"'certain'.*asserted, conditional"):
        relations_of(store, VARO_IRI, modality="certain")


def test_relations_of_nobody_are_none(store: MemoryStore) -> None:
    assert relations_of(store, URIRef("urn:nobody")) == []


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


MEETINGS = [
    MeetingView(
        iri=f"{B}document/earlier/referent/meeting/call-2030-tomas-brek-ilena-varo",
        type="call",
        participants=(VARO_NODE, BREK_NODE),
        place=None,
        date="2030",
        purpose="fish",
        modality="planned",
        evidence=Passage(
            document=f"{B}document/earlier",
            start=a_meeting().evidence.start,
            end=a_meeting().evidence.end,
            text=a_meeting().evidence.text,
        ),
    ),
    MeetingView(
        iri=f"{DOCUMENT}/referent/meeting/talks-2031-02-25-port-lys",
        type="talks",
        participants=(VARO_NODE, BREK_NODE),
        place=Node(iri=f"{B}city/port-lys", label="Port Lys"),
        date="2031-02-25",
        purpose=None,
        modality="asserted",
        evidence=passage(a_meeting().evidence.text),
    ),
]


def test_meetings_of_a_participant_tells_who_else_was_there(store: MemoryStore) -> None:
    assert meetings_of(store, VARO_IRI) == MEETINGS


def test_meetings_of_a_place_tells_those_held_there(store: MemoryStore) -> None:
    assert meetings_of(store, URIRef(f"{B}city/port-lys")) == MEETINGS[1:]


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
