"""Things are found through full text: what is called so first, beginnings of words, names that are alike; without an index as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.lookups.indexed import IndexSearch, search_of
from kg.graph.lookups.search import ENTITY_KINDS, NameSearch
from kg.graph.vocabulary import DEFAULT_BASE, DEM
from kg.store.embedded import EmbeddedStore
from kg.store.fulltext.tables import FILE
from kg.store.protocol import Store
from tests.builders import an_extraction
from tests.unit.graph.lookups.samples import story


@pytest.fixture(scope="module")
def store() -> Store:
    store = story()
    store.update(
        "INSERT DATA { GRAPH <x:more> { <x:port> a dem:City ; rdfs:label 'Port' . <x:new> a dem:City ; rdfs:label 'New Port' ."
        " <x:portal> a dem:Organization ; rdfs:label 'Portal' . <x:span> a dem:Span ; dem:exact 'Port' } }"
    )
    return store


def found(store: Store, text: str, *kinds: str, limit: int = 20) -> list[str]:
    classes = [DEM[kind] for kind in kinds] or list(ENTITY_KINDS)
    return [hit.iri.removeprefix(DEFAULT_BASE) for hit in IndexSearch(store)(text, classes, limit)]


def test_what_is_called_so_comes_first_then_beginnings_then_words(store: Store) -> None:
    first, *between, last = found(store, "port")
    assert (first, sorted(between), last) == ("x:port", ["city/port-lys", "x:portal"], "x:new")
    assert found(store, "port", limit=1) == ["x:port"]


@pytest.mark.parametrize(
    ("text", "kinds", "expected"),
    [
        ("varo ilena", ["Person"], ["person/ilena-varo"]),
        ("il", ["Person"], ["person/ilena-varo"]),
        ("Elena Varro", ["Person"], ["person/ilena-varo"]),
        ("Varo", ["City"], []),
        ("zzz", ["Person"], []),
        ('"*~', ["Person"], []),
        ("", ["Person"], []),
    ],
)
def test_names_are_found_by_words_beginnings_and_likeness(store: Store, text: str, kinds: list[str], expected: list[str]) -> None:
    assert found(store, text, *kinds) == expected


def test_documents_and_statements_are_found_by_their_texts(store: Store) -> None:
    assert "document/port-lys" in found(store, "fisheries", "Document")
    assert all("/statement/" in iri for iri in found(store, "fisheries prot", "Statement"))
    assert found(store, "fisheries prot", "Statement")


def test_store_without_an_index_is_read_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        KnowledgeBase(store).add([an_extraction()])
        assert isinstance(search_of(store), IndexSearch)
        monkeypatch.setattr(EmbeddedStore, "full_text", False)
        assert isinstance(search_of(store), NameSearch)


def test_damaged_index_does_not_hinder_a_search(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        KnowledgeBase(store).add([an_extraction()])
    with EmbeddedStore(tmp_path / "store", read_only=True) as store:
        assert found(store, "varo") == ["person/ilena-varo"]
        index = tmp_path / "store" / FILE
        index.write_bytes(b"\0" * index.stat().st_size)
        assert found(store, "brek") == ["person/tomas-brek"]
