"""Lists that nothing narrows come page by page as they would come whole, whatever the pages' size, and cost no more for being long."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kg.graph.lookups.paging import EVERYTHING, Mark, MarkCache, Page, Slice
from kg.graph.lookups.relations import find_relations
from kg.graph.lookups.statements import find_statements
from kg.graph.mapping import to_graph
from kg.records import Document, Extraction
from tests.builders import a_document, an_extraction
from tests.memory_store import MemoryStore
from tests.unit.graph.lookups.samples import B

MANY = 24


def found(page: Page[Any]) -> list[str]:
    return [one.iri for one in page.items]


LISTS = pytest.mark.parametrize("find", [find_relations, find_statements])


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    """Hold documents of some days, of no day, and without any statement; their ids begin alike, and are not in the days' order."""
    graphs = []
    for number in range(MANY):
        day = None if number % 5 == 0 else datetime.date(2031, 1, 1 + (number * 7) % 13)
        document = a_document(id=f"d{number}", date=day)
        graphs.append(to_graph(an_extraction(document=document) if number % 3 else Extraction(document=document)))
    graphs.append(to_graph(Extraction(document=Document(id="empty", text="Nothing."))))
    return MemoryStore(graphs)


@LISTS
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 5, 7, 30])
@pytest.mark.parametrize("cached", [False, True])
def test_pages_are_the_list_cut_in_pieces(
    store: MemoryStore, find: Callable[..., Page[Any]], limit: int, descending: bool, cached: bool
) -> None:
    whole = find(store, part=replace(EVERYTHING, descending=descending))
    part = Slice(limit=limit, descending=descending, known=MarkCache() if cached else None)
    told: list[str] = []
    while True:
        page = find(store, part=part)
        assert page.total == whole.total == len(whole.items)
        told += found(page)
        if page.last is None:
            break
        part = replace(part, after=page.last)
    assert told == found(whole)


@LISTS
@pytest.mark.parametrize("key", ["", "2031-01-05", "9999", "2031-01-05 ", " ~"])
def test_page_may_begin_behind_a_place_where_nothing_stands(store: MemoryStore, find: Callable[..., Page[Any]], key: str) -> None:
    after = Mark(key, "urn:x")
    page = find(store, part=Slice(limit=3, after=after))
    kept = find(store, part=Slice(limit=3, after=after, known=MarkCache()))
    assert found(page) == found(kept)
    if key in {"", "9999"}:
        assert len(page.items) == (3 if key == "" else 0)


def test_what_has_words_in_two_documents_stands_in_the_first_alone() -> None:
    with MemoryStore(to_graph(an_extraction(document=a_document(id=f"e{number}"))) for number in range(9)) as store:
        whole = find_relations(store).items
        first, last = whole[0].iri, whole[-1].iri
        store.update(
            f"INSERT {{ GRAPH <{B}graph/other> {{ <{first}> prov:wasDerivedFrom ?span }} }} WHERE {{ <{last}> prov:wasDerivedFrom ?span }}"
        )
        told: list[str] = []
        part = Slice(limit=2)
        while (page := find_relations(store, part=part)).last is not None:
            told += found(page)
            part = replace(part, after=page.last)
    assert [*told, *found(page)] == [one.iri for one in whole]
