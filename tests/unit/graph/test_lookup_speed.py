"""Look-ups and questions take time that grows with the answer, not with the square of the documents."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from rdflib import URIRef

from kg.export import to_networkx
from kg.graph.identity.identity import identify
from kg.graph.identity.naming import names_of
from kg.graph.identity.writing import identity_edit
from kg.graph.lookup import count_entities, find_entities, get_entity, meetings_of, relations_of, resolve_entity, statements_of
from kg.graph.mapping import to_graph
from kg.graph.ontology_files import question_names, read_question
from kg.graph.vocabulary import DEFAULT_BASE
from tests.builders import TEXT, VARO, a_document, a_mention, a_negotiated_extraction, a_person, a_relation, a_statement
from tests.memory_store import MemoryStore

VARO_IRI = URIRef(f"{DEFAULT_BASE}person/ilena-varo")
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
        (lambda store: find_entities(store, text="var"), 1),
        (lambda store: find_entities(store, limit=9), 9),
        (lambda store: range(count_entities(store)), 8 + MANY),
        (lambda store: [resolve_entity(store, VARO)], 1),
        (lambda store: [resolve_entity(store, "varo")], 1),
        (lambda store: get_entity(store, VARO_IRI).documents, 60),
        (lambda store: relations_of(store, VARO_IRI, limit=9999), 1440),
        (
            lambda store: relations_of(store, VARO_IRI, predicate="metWith", modality="asserted", direction="out", limit=9999),
            1260,
        ),
        (lambda store: statements_of(store, VARO_IRI), 3000),
        (lambda store: meetings_of(store, VARO_IRI), 1),
        (lambda store: to_networkx(store).edges, 2460),
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
