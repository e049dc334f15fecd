"""Relations are narrowed by all that is known of them, and roles come in the order of time."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from rdflib import URIRef

from kg.errors import NotFoundError
from kg.graph.lookups.entity import roles_of
from kg.graph.lookups.paging import Mark, MarkCache, Slice
from kg.graph.lookups.relations import find_relations
from kg.graph.mapping import to_graph
from kg.graph.views import Node, RelationView
from tests.builders import VARO, a_relation, an_extraction
from tests.memory_store import MemoryStore
from tests.unit.graph.lookups.samples import BREK_IRI, OSTRAVIA_IRI, PORT_LYS, VARO_IRI, VARO_NODE, B, passage, story

YEAR_2031 = datetime.date(2031, 1, 1)


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return story()


def found(store: MemoryStore, iri: URIRef, **options: Any) -> list[str]:
    return [relation.iri.removeprefix(f"{B}document/") for relation in find_relations(store, iri, **options).items]


def test_find_relations_tells_who_says_it_and_where(store: MemoryStore) -> None:
    assert find_relations(store, VARO_IRI, predicate="agreedTo").items == (
        RelationView(
            iri=f"{PORT_LYS}/assertion/4",
            subject=VARO_NODE,
            predicate="agreedTo",
            object=Node(iri=f"{PORT_LYS}/topic/fisheries-protocol", label="the fisheries protocol"),
            modality="asserted",
            speaker=VARO_NODE,
            confidence=0.8,
            evidence=passage("agreed on the fisheries protocol"),
            date="2031-02-26",
        ),
    )


def test_find_relations_goes_by_date_and_text(store: MemoryStore) -> None:
    told = find_relations(store, VARO_IRI).items
    assert [(relation.predicate, relation.object.label, relation.modality) for relation in told] == [
        ("metWith", "Ilena Varo", "desired"),
        ("holdsRole", "Envoy", "asserted"),
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
        ({"confidence": 0.5}, ["port-lys/assertion/3", "port-lys/assertion/6"]),
        ({"confidence": 0.4}, ["earlier/assertion/1", "port-lys/assertion/3", "port-lys/assertion/6"]),
        ({"speaker": BREK_IRI}, ["earlier/assertion/1"]),
        ({"speaker": VARO_IRI}, []),
        ({"since": YEAR_2031}, ["port-lys/assertion/3", "port-lys/assertion/6"]),
        ({"until": YEAR_2031}, ["earlier/assertion/1"]),
        ({"part": Slice(limit=1)}, ["earlier/assertion/1"]),
        ({"part": Slice(limit=1, descending=True)}, ["port-lys/assertion/6"]),
    ],
)
def test_find_relations_keeps_to_what_is_asked(store: MemoryStore, options: dict[str, Any], expected: list[str]) -> None:
    assert found(store, BREK_IRI, **options) == expected


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [
        ("2026-01-01", "2026-12-31", False),
        ("2026-01-01", "2027-01-01", True),
        ("2028-05-05", "2028-05-05", True),
        ("2029-06-30", None, True),
        ("2029-07-01", "2029-12-31", False),
        ("2030-01-01", "2030-01-01", True),
        ("2030-01-02", None, False),
    ],
)
def test_find_relations_takes_what_was_stated_or_held_in_a_time(
    store: MemoryStore, since: str, until: str | None, there: bool
) -> None:
    days = {"since": datetime.date.fromisoformat(since), "until": datetime.date.fromisoformat(until) if until else None}
    assert ("earlier/assertion/2" in found(store, VARO_IRI, predicate="holdsRole", **days)) is there


def test_find_relations_comes_page_by_page(store: MemoryStore) -> None:
    everything = find_relations(store)
    page = find_relations(store, part=Slice(limit=3))
    gathered = list(page.items)
    while page.last is not None:
        page = find_relations(store, part=Slice(limit=3, after=page.last))
        assert page.total == everything.total == 8
        gathered += page.items
    assert gathered == list(everything.items)


def test_find_relations_goes_on_behind_what_is_gone(store: MemoryStore) -> None:
    assert found(store, BREK_IRI, part=Slice(after=Mark("2030-06-01", "urn:gone"))) == [
        "port-lys/assertion/3",
        "port-lys/assertion/6",
    ]


def test_find_relations_tells_a_relation_to_oneself_once() -> None:
    store = MemoryStore([to_graph(an_extraction(relations=(a_relation(object=VARO),)))])
    assert found(store, VARO_IRI) == ["port-lys/assertion/1"]


def test_find_relations_rejects_an_unknown_modality(store: MemoryStore) -> None:
    with pytest.raises(NotFoundError, match=r"'certain'.*asserted, conditional"):
        find_relations(store, VARO_IRI, modality="certain")


def test_find_relations_of_nobody_are_none(store: MemoryStore) -> None:
    assert found(store, URIRef("urn:nobody")) == []


def test_roles_of_come_by_their_begin_with_what_they_are_of(store: MemoryStore) -> None:
    told = roles_of(store, VARO_IRI)
    assert [(role.role.label, role.begin, role.end_date, role.date) for role in told] == [
        ("Envoy", "2027", "2029-06", "2030-01-01"),
        ("Foreign Minister", None, None, "2031-02-26"),
    ]
    assert told[0].organization == Node(iri=str(OSTRAVIA_IRI), label="Ostravia")


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 8, 9])
def test_find_relations_gives_the_same_pages_from_a_list_that_is_kept(store: MemoryStore, limit: int, descending: bool) -> None:
    part, known = Slice(limit=limit, descending=descending), MarkCache()
    for _ in range(9):
        page = find_relations(store, part=part)
        assert find_relations(store, part=replace(part, known=known)) == page
        part = replace(part, after=page.last)


def test_mark_cache_lets_go_of_what_was_not_asked_for_the_longest() -> None:
    cache = MarkCache(most=2)
    for name in ("a", "b"):
        cache.put(name, [Mark(name, name)])
    cache.get("a")
    cache.put("c", [Mark("c", "c")])
    assert [cache.get(name) is not None for name in ("a", "b", "c")] == [True, False, True]
