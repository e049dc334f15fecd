"""Entities are found by any of their names, and people get what they mean."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import URIRef

from kg.errors import NotFoundError, QueryError
from kg.graph import queries
from kg.graph.find import near_names, resolve_entity
from kg.graph.lookups.entities import find_entities
from kg.graph.lookups.paging import Page, Slice
from kg.graph.lookups.search import NameSearch
from kg.graph.mapping import to_graph
from kg.graph.ontology_files import ontology_graph
from kg.graph.queries import fill
from kg.graph.views import EntitySummary
from kg.graph.vocabulary import DEFAULT_BASE
from kg.records import Entity, Extraction, Mention
from tests.builders import OSTRAVIA, a_country, a_document, a_person, an_entity, an_extraction
from tests.memory_store import MemoryStore

B = DEFAULT_BASE


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore([to_graph(an_extraction()), ontology_graph()])


def labels(found: Page[EntitySummary]) -> list[str]:
    return [entity.label for entity in found.items]


def only(*entities: Entity, **changes: Any) -> Extraction:
    """Return an extraction that holds entities alone."""
    fields: dict[str, Any] = {"document": a_document(), "entities": entities}
    return Extraction(**(fields | changes))


def named(*names: str) -> MemoryStore:
    """Return a store of one document that mentions the first name once, the second twice, and so on."""
    text, entities = "", []
    for number, name in enumerate(names, start=1):
        starts = range(len(text), len(text) + number * (len(name) + 1), len(name) + 1)
        mentions = tuple(Mention(start=start, end=start + len(name), text=name) for start in starts)
        entities.append(an_entity(f"id:place/{number}", "Place", name, aliases=(), mentions=mentions))
        text += f"{name} " * number
    return MemoryStore([to_graph(only(*entities, document=a_document(text=text)))])


def test_find_entities_tells_what_there_is(store: MemoryStore) -> None:
    assert find_entities(store, text="varo").items == (
        EntitySummary(iri=f"{B}person/ilena-varo", type="Person", label="Ilena Varo", aliases=("Varo",), mentions=3),
    )


def test_find_entities_puts_whole_names_first_then_beginnings_then_the_most_mentioned() -> None:
    store = named("Lys", "Lysmark", "Port Lys", "New Lys")
    assert labels(find_entities(store, text="LYS")) == ["Lys", "Lysmark", "New Lys", "Port Lys"]


def test_find_entities_returns_all_by_mentions_without_a_text(store: MemoryStore) -> None:
    found = find_entities(store)
    assert [entity.mentions for entity in found.items] == [3, 2, 2, 1, 1, 1, 1, 1]
    assert labels(found)[0] == "Ilena Varo"


@pytest.mark.parametrize("text", [None, "r"])
@pytest.mark.parametrize("descending", [False, True])
def test_find_entities_goes_through_pages_without_gap_or_overlap(store: MemoryStore, text: str | None, descending: bool) -> None:
    everything = find_entities(store, text=text, part=Slice(descending=descending))
    page = find_entities(store, text=text, part=Slice(limit=3, descending=descending))
    pages = [page]
    while page.last is not None:
        page = find_entities(store, text=text, part=Slice(limit=3, after=page.last, descending=descending))
        pages.append(page)
    assert [entity for page in pages for entity in page.items] == list(everything.items)
    assert {page.total for page in pages} == {everything.total} == {len(everything.items)}
    assert [len(page.items) for page in pages[:-1]] == [3] * (len(pages) - 1)


@pytest.mark.parametrize("kind", ["Country", "State", "dem:State"])
def test_find_entities_keeps_to_a_type(store: MemoryStore, kind: str) -> None:
    assert labels(find_entities(store, type=kind)) == ["Kelmaria", "Ostravia"]
    assert find_entities(store, type=kind, part=Slice(limit=1)).total == 2


def test_find_entities_rejects_an_unknown_type(store: MemoryStore) -> None:
    with pytest.raises(NotFoundError, match=r"'Planet'.*Country, Document"):
        find_entities(store, type="Planet")


def test_find_entities_joins_what_several_documents_call_one_entity() -> None:
    renamed = a_country(name="Republic of Ostravia", aliases=("Ostravia", "the republic"))
    later = only(renamed, document=a_document(id="later"))
    store = MemoryStore([to_graph(an_extraction()), to_graph(later)])
    assert find_entities(store, text="ostravia").items == (
        EntitySummary(
            iri=f"{B}country/ostravia",
            type="Country",
            label="Republic of Ostravia",
            aliases=("Ostravia", "the republic"),
            mentions=2,
        ),
    )


@pytest.mark.parametrize(("text", "total"), [(None, 8), ("varo", 1), ("nobody", 0)])
def test_find_entities_counts_each_once(store: MemoryStore, text: str | None, total: int) -> None:
    assert find_entities(store, text=text, part=Slice(limit=1)).total == total


@pytest.mark.parametrize(
    ("match", "text", "found"),
    [
        ("exact", "ilena varo", ["Ilena Varo"]),
        ("exact", "ilena", []),
        ("prefix", "ilena", ["Ilena Varo"]),
        ("prefix", "Lys", []),
        ("contains", "lys", ["Port Lys"]),
        ("fuzzy", "Elena Varro", ["Ilena Varo"]),
        ("fuzzy", "Varo Ilena", ["Ilena Varo"]),
        ("fuzzy", "xyzzy", []),
    ],
)
def test_find_entities_matches_as_it_is_told(store: MemoryStore, match: Any, text: str, found: list[str]) -> None:
    assert labels(find_entities(store, text=text, search=NameSearch(store, match=match))) == found


def test_find_entities_keeps_to_a_state_and_to_a_role(store: MemoryStore) -> None:
    assert labels(find_entities(store, country=URIRef(f"{B}country/ostravia"))) == ["Ilena Varo"]
    assert labels(find_entities(store, role="defence")) == ["Tomas Brek"]
    assert labels(find_entities(store, role="minister", text="v")) == ["Ilena Varo"]
    assert labels(find_entities(store, role="minister", country=URIRef(f"{B}country/kelmaria"))) == []


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=15) | st.text(st.sampled_from("\"\\'{}$u0022\n\r\t<>?"), max_size=15))
def test_find_entities_takes_any_text_as_text(text: str) -> None:
    odd = an_entity("id:person/odd", "Person", f"|{text}|", mentions=())
    store = MemoryStore([to_graph(only(a_person(), odd))])
    assert labels(find_entities(store, text=f"|{text}|")) == [f"|{text}|"]


@pytest.mark.parametrize(
    "written",
    [
        f"{B}country/ostravia",
        f"<{B}country/ostravia>",
        OSTRAVIA,
        "country/ostravia",
        "ostravia",
        " OSTRAVIA ",
        "https://gazetteer.example/Q1",
    ],
)
def test_resolve_entity_knows_what_is_meant(store: MemoryStore, written: str) -> None:
    assert resolve_entity(store, written) == URIRef(f"{B}country/ostravia")


@pytest.mark.parametrize("written", ["Q159", "wd:Q159", "http://www.wikidata.org/entity/Q159"])
def test_resolve_entity_knows_wikidata_ids(written: str) -> None:
    linked = a_country(same_as=("http://www.wikidata.org/entity/Q159",))
    entities = tuple(linked if entity.id == OSTRAVIA else entity for entity in an_extraction().entities)
    store = MemoryStore([to_graph(an_extraction(entities=entities))])
    assert resolve_entity(store, written) == URIRef(f"{B}country/ostravia")


def test_resolve_entity_knows_odd_ids_under_another_base() -> None:
    base = "http://kg.example/"
    person = a_person(id="id:person/ünal/ö?x")
    store = MemoryStore([to_graph(only(person), base=base)])
    expected = URIRef("http://kg.example/person/%C3%BCnal/%C3%B6%3Fx")
    assert resolve_entity(store, "person/ünal/ö?x", base=base) == expected
    assert resolve_entity(store, str(expected), base=base) == expected


def test_resolve_entity_means_the_most_mentioned_of_one_name() -> None:
    store = named("Lys", "Mark", "Lys")
    assert resolve_entity(store, "lys") == URIRef(f"{B}place/3")


@pytest.mark.parametrize("written", ["Ilena Vero", "person/ilena-vero", f"{B}person/ilena-vero"])
def test_resolve_entity_names_what_is_near(store: MemoryStore, written: str) -> None:
    with pytest.raises(NotFoundError, match=r"not in the graph\. Did you mean 'Ilena Varo'"):
        resolve_entity(store, written)


@pytest.mark.parametrize("written", ["", "  ", "xyzzy", "id:", "Q1", "urn:x", "<>", "Ilena"])
def test_resolve_entity_says_when_there_is_no_such_entity(store: MemoryStore, written: str) -> None:
    with pytest.raises(NotFoundError, match="not in the graph"):
        resolve_entity(store, written)


def test_near_names_come_nearest_first() -> None:
    store = named("Port Lys", "Port Lysa", "Grey Bridge")
    assert near_names(store, "Port Lis") == ["Port Lys", "Port Lysa"]


def test_fill_rejects_an_iri_that_is_none() -> None:
    with pytest.raises(QueryError, match="Give a well-formed IRI"):
        fill(queries.IS_ENTITY, classes=[], entity=URIRef("urn:x> } INSERT"))
