"""Look-ups and questions take time that grows with the answer, not with the square of the documents."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

import pytest
from rdflib import URIRef

from kg.export import to_networkx
from kg.graph.find import resolve_entity
from kg.graph.identity.identity import identify
from kg.graph.identity.naming import names_of
from kg.graph.identity.writing import identity_edit
from kg.graph.lookup import statements_of
from kg.graph.lookups.documents import find_documents, get_document
from kg.graph.lookups.entities import find_entities
from kg.graph.lookups.entity import get_entity
from kg.graph.lookups.issues import find_issues
from kg.graph.lookups.meetings import find_meetings, meetings_of
from kg.graph.lookups.neighbours import neighbours_of, paths_between
from kg.graph.lookups.paging import Slice
from kg.graph.lookups.proposals import find_proposals
from kg.graph.lookups.relations import find_relations
from kg.graph.lookups.search import NameSearch
from kg.graph.lookups.statements import find_statements
from kg.graph.lookups.statistics import statistics
from kg.graph.lookups.timeline import timeline
from kg.graph.mapping import to_graph
from kg.graph.ontology_files import question_names, read_question
from kg.graph.vocabulary import DEFAULT_BASE
from tests.builders import TEXT, VARO, a_document, a_mention, a_negotiated_extraction, a_person, a_relation, a_statement
from tests.memory_store import MemoryStore

VARO_IRI = URIRef(f"{DEFAULT_BASE}person/ilena-varo")
OSTRAVIA_IRI = URIRef(f"{DEFAULT_BASE}country/ostravia")
DOCUMENT = URIRef(f"{DEFAULT_BASE}document/d1")
DAY = datetime.date(2031, 2, 26)
TWENTY_TIMES = TEXT * 20
FEW, MANY = 10, 60
"""How many documents are asked over: six times as many may take six times as long, and some more for noise."""
NOISE = 3


def filled(documents: int) -> MemoryStore:
    """Return documents that speak of the same people over and over."""
    mentions = tuple(a_mention("Varo", text=TWENTY_TIMES, nth=nth) for nth in range(1, 41))
    extraction = a_negotiated_extraction()
    extractions = [
        a_negotiated_extraction(
            document=a_document(id=f"d{number}", text=TWENTY_TIMES),
            entities=(a_person(mentions=mentions), *extraction.entities[1:]),
            statements=tuple(a_statement(start=start, end=start + 9) for start in range(0, 3000, 60)),
            relations=(a_relation(),) * 20 + extraction.relations,
        )
        for number in range(documents)
    ]
    identity = identify(extractions, base=DEFAULT_BASE)
    store = MemoryStore()
    store.change(
        [to_graph(one, known=names_of(one, identity.canonical)) for one in extractions],
        edits=[identity_edit(store, identity, base=DEFAULT_BASE)],
    )
    return store


@pytest.fixture(scope="module")
def stores() -> tuple[MemoryStore, MemoryStore]:
    return filled(FEW), filled(MANY)


def seconds(work: Callable[[], object]) -> float:
    """Return the least time of three runs."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def grows_with_the_answer(stores: tuple[MemoryStore, MemoryStore], ask: Callable[[MemoryStore], object]) -> bool:
    few, many = (seconds(lambda store=store: ask(store)) for store in stores)  # type: ignore[misc]
    return many < NOISE * MANY / FEW * few


@pytest.mark.parametrize(
    ("ask", "size"),
    [
        (lambda store: find_entities(store, text="var").items, 1),
        (lambda store: find_entities(store, text="vara", search=NameSearch(store, match="fuzzy")).items, 1),
        (lambda store: find_entities(store, part=Slice(limit=9)).items, 9),
        (lambda store: range(find_entities(store, part=Slice(limit=9)).total), 8 + MANY),
        (lambda store: find_entities(store, role="minister", country=OSTRAVIA_IRI).items, 1),
        (lambda store: [resolve_entity(store, VARO)], 1),
        (lambda store: [resolve_entity(store, "varo")], 1),
        (lambda store: get_entity(store, VARO_IRI).documents, 60),
        (lambda store: find_relations(store, VARO_IRI).items, 1440),
        (lambda store: find_relations(store, VARO_IRI, predicate="metWith", modality="asserted", direction="out").items, 1260),
        (lambda store: find_relations(store, confidence=0.5, since=DAY, until=DAY, part=Slice(limit=10)).items, 10),
        (lambda store: statements_of(store, VARO_IRI), 3000),
        (lambda store: meetings_of(store, VARO_IRI), 1),
        (lambda store: to_networkx(store).edges, 2460),
        (lambda store: find_statements(store, speaker=VARO_IRI, part=Slice(limit=50)).items, 50),
        (lambda store: find_statements(store, text="Saltmarsh", part=Slice(limit=50)).items, 0),
        (lambda store: find_meetings(store, participants=[VARO_IRI]).items, 1),
        (lambda store: find_issues(store, status="agreed").items, 1),
        (lambda store: find_proposals(store, status="agreed").items, 1),
        (lambda store: find_documents(store, about=VARO_IRI).items, 60),
        (lambda store: [get_document(store, DOCUMENT)], 1),
        (lambda store: timeline(store, since=DAY, part=Slice(limit=20)).items, 20),
        (lambda store: statistics(store).documents, 50),
        (lambda store: neighbours_of(store, VARO_IRI, depth=2).nodes, 184),
        (lambda store: paths_between(store, VARO_IRI, OSTRAVIA_IRI).paths, 1),
    ],
)
def test_lookup_time_grows_with_the_answer(
    stores: tuple[MemoryStore, MemoryStore], ask: Callable[[MemoryStore], list[object]], size: int
) -> None:
    assert len(ask(stores[1])) == size
    assert grows_with_the_answer(stores, ask)


@pytest.mark.parametrize("name", question_names())
def test_question_time_grows_with_the_answer(stores: tuple[MemoryStore, MemoryStore], name: str) -> None:
    assert grows_with_the_answer(stores, lambda store: list(store.query(read_question(name)).rows()))


def test_questions_find_something_in_the_documents_that_they_are_timed_on(stores: tuple[MemoryStore, MemoryStore]) -> None:
    answered = [name for name in question_names() if list(stores[1].query(read_question(name)).rows())]
    assert len(answered) >= len(question_names()) / 3
