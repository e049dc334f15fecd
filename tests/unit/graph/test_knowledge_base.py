"""A store's documents know each other: what is added, taken out and decided shows in all of them."""

from __future__ import annotations

import datetime

import pytest
from rdflib import URIRef

from kg.errors import NotFoundError, ReadingError, StoreError, ValidationError
from kg.graph import curation
from kg.graph.history import history_of
from kg.graph.identity.decisions import Merge, Renaming, Split
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.lookups.entity import get_entity
from kg.graph.vocabulary import DEFAULT_BASE as B
from kg.graph.vocabulary import DEM, WIKIDATA
from kg.records import Entity, Extraction, Span
from kg.store.embedded import EmbeddedStore
from tests.builders import (
    a_document,
    a_meeting,
    a_mention,
    a_person,
    an_entity,
    an_extraction,
    an_issue,
)

NORLAND, SUDLAND = URIRef(f"{B}country/norland"), URIRef(f"{B}country/sudland")


def a_statement_of(document: str, *entities: Entity, date: str = "2031-02-26", **parts: object) -> Extraction:
    """Return a document that speaks of these entities."""
    return Extraction(document=a_document(id=document, date=datetime.date.fromisoformat(date)), entities=entities, **parts)  # type: ignore[arg-type]


def a_state(name: str, *, link: str | None = None) -> Entity:
    """Return a state, linked if a link is given."""
    same_as = (f"http://www.wikidata.org/entity/{link}",) if link is not None else ()
    return an_entity(f"id:country/{name.lower()}", "Country", name, mentions=(a_mention("Ostravia"),), same_as=same_as)


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore(None)


@pytest.fixture
def knowledge(store: EmbeddedStore) -> KnowledgeBase:
    """Return a knowledge base of two documents, of which each speaks of another state, known elsewhere."""
    knowledge = KnowledgeBase(store)
    knowledge.add([a_statement_of("one", a_state("Norland", link="Q1")), a_statement_of("two", a_state("Sudland", link="Q2"))])
    return knowledge


def called(store: EmbeddedStore) -> dict[str, str]:
    """Return what each referent was found to be, and on what basis."""
    rows = store.query("SELECT ?r ?t ?b { ?r dem:identifiedAs ?t ; dem:basis ?b }").rows()
    return {
        str(row["r"]).removeprefix(f"{B}document/"): f"{str(row['t']).removeprefix(B)} {str(row['b']).removeprefix(DEM)}"
        for row in rows
    }


def labels(store: EmbeddedStore) -> set[str]:
    return {str(row["l"]) for row in store.query("SELECT ?l { ?r dem:identifiedAs ?t . ?t skos:prefLabel ?l }").rows()}


def test_add_gives_one_name_to_what_is_linked_alike(store: EmbeddedStore) -> None:
    KnowledgeBase(store).add([a_statement_of(name, a_state("Norland", link="Q1")) for name in ("one", "two")])
    assert set(called(store).values()) == {"country/norland by-link"}
    assert [document.iri.removeprefix(B) for document in get_entity(store, NORLAND).documents] == ["document/one", "document/two"]


def test_add_replaces_a_document_of_the_same_id(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    knowledge.add([a_statement_of("one", a_state("Sudland", link="Q2"))])
    assert labels(store) == {"Sudland"}
    with pytest.raises(NotFoundError):
        get_entity(store, NORLAND)


def test_add_writes_nothing_where_one_document_does_not_conform(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    before = store.dump("application/n-quads")
    with pytest.raises(ValidationError, match="confidence"):
        knowledge.add([an_extraction(), an_extraction(document=a_document(id="bad"), meetings=(a_meeting(confidence=7.0),))])
    assert store.dump("application/n-quads") == before


def test_namesakes_lend_their_names_from_their_documents(store: EmbeddedStore) -> None:
    knowledge = KnowledgeBase(store)
    knowledge.add([a_statement_of("one", a_state("Norland", link="Q1")), a_statement_of("two", a_state("Norland", link="Q2"))])
    assert called(store) == {
        "one/referent/country/norland": "document/one/referent/country/norland alone",
        "two/referent/country/norland": "document/two/referent/country/norland alone",
    }
    knowledge.remove("two")
    assert called(store) == {"one/referent/country/norland": "country/norland alone"}


def test_merge_of_two_known_namesakes_gives_them_the_name_that_both_wanted(store: EmbeddedStore) -> None:
    knowledge = KnowledgeBase(store)
    knowledge.add([a_statement_of("one", a_state("Norland", link="Q1")), a_statement_of("two", a_state("Norland", link="Q2"))])
    namesakes = [URIRef(f"{B}document/{name}/referent/country/norland") for name in ("one", "two")]
    curation.merge(knowledge, *namesakes)
    assert set(called(store).values()) == {"country/norland by-decision"}


def test_remove_takes_out_what_rests_on_a_document_alone(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    knowledge.remove("one")
    assert labels(store) == {"Sudland"}
    assert "document/one" not in store.dump("application/n-quads").decode()


def test_remove_names_the_documents_where_there_is_none_of_this_id(knowledge: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match=r"document 'three': not in the store\. It has: one, two\."):
        knowledge.remove("three")


def test_extractions_are_kept_as_they_were_added(knowledge: KnowledgeBase) -> None:
    added = an_extraction()
    knowledge.add([added])
    assert knowledge.extractions()["port-lys"] == added


def test_records_that_were_spoilt_are_named(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    graph = store.dataset().graph(URIRef(f"{B}graph/document/one"))
    graph.set((URIRef(f"{B}document/one"), DEM.records, next(graph.objects(None, DEM.text))))
    store.replace_graph(graph)
    with pytest.raises(ReadingError, match="document/one: no extraction"):
        knowledge.remove("two")


def test_add_refuses_a_store_with_documents_of_an_earlier_version(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    graph = store.dataset().graph(URIRef(f"{B}graph/document/one"))
    graph.remove((None, DEM.records, None))
    store.replace_graph(graph)
    with pytest.raises(StoreError, match="one: kept without records, by an earlier version of Demarche"):
        knowledge.add([an_extraction()])
    knowledge.remove("one")
    knowledge.add([an_extraction()])


def test_merge_makes_two_things_one_that_is_called_as_the_first(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    decision = curation.merge(knowledge, NORLAND, SUDLAND, reason="they united")
    assert decision == Merge(number=1, reason="they united", members=(WIKIDATA["Q1"], WIKIDATA["Q2"]), label="Norland")
    assert set(called(store).values()) == {"country/norland by-decision"}
    assert labels(store) == {"Norland"}
    assert knowledge.decisions() == [decision]


def test_merge_holds_for_documents_that_are_added_later(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    curation.merge(knowledge, NORLAND, SUDLAND)
    knowledge.add([a_statement_of("three", a_state("Sudland", link="Q2"))])
    assert called(store)["three/referent/country/sudland"] == "country/norland by-decision"


def test_merge_survives_that_all_documents_go_and_come_again(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    curation.merge(knowledge, NORLAND, SUDLAND)
    merged, documents = store.dump("application/n-quads"), list(knowledge.extractions().values())
    for document in ("one", "two"):
        knowledge.remove(document)
    assert knowledge.decisions() != []
    knowledge.add(documents)
    assert sorted(store.dump("application/n-quads").splitlines()) == sorted(merged.splitlines())


def test_merge_keeps_the_name_of_the_first(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    curation.merge(knowledge, SUDLAND, NORLAND)
    assert set(called(store).values()) == {"country/sudland by-decision"}


def test_undo_of_a_merge_leaves_no_trace_and_stays_undone(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    before = sorted(store.dump("application/n-quads").splitlines())
    curation.merge(knowledge, NORLAND, SUDLAND)
    assert sorted(store.dump("application/n-quads").splitlines()) != before
    curation.undo(knowledge, 1)
    assert sorted(store.dump("application/n-quads").splitlines()) == before
    knowledge.add(list(knowledge.extractions().values()))
    assert sorted(store.dump("application/n-quads").splitlines()) == before


def test_undo_says_which_decisions_there_are(knowledge: KnowledgeBase) -> None:
    curation.rename(knowledge, NORLAND, "The North")
    with pytest.raises(NotFoundError, match=r"decision 7: there is none of this number\. There are: 1\."):
        curation.undo(knowledge, 7)


def test_split_takes_a_merge_apart_and_it_stays_apart(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    before = called(store)
    curation.merge(knowledge, NORLAND, SUDLAND)
    (decision,) = curation.split(knowledge, NORLAND, reason="they parted")
    assert isinstance(decision, Split)
    assert called(store) == before
    knowledge.add([*knowledge.extractions().values(), a_statement_of("three", a_state("Sudland", link="Q2"))])
    assert called(store)["three/referent/country/sudland"] == "country/sudland by-link"
    assert called(store)["one/referent/country/norland"].startswith("country/norland ")


def test_split_sets_apart_what_the_rules_had_joined(store: EmbeddedStore) -> None:
    knowledge = KnowledgeBase(store)
    documents = [a_statement_of(name, a_person(mentions=(a_mention("Varo"),))) for name in ("one", "two", "three")]
    knowledge.add(documents)
    assert {name.split()[0] for name in called(store).values()} == {"person/ilena-varo"}
    varo = URIRef(f"{B}person/ilena-varo")
    with pytest.raises(ValidationError, match=r"one, three, two speak of it\. Name those"):
        curation.split(knowledge, varo)
    curation.split(knowledge, varo, documents=["two"])
    apart = called(store)
    assert apart["one/referent/person/ilena-varo"].split()[0] == apart["three/referent/person/ilena-varo"].split()[0]
    assert apart["two/referent/person/ilena-varo"].startswith("document/two/referent/person/ilena-varo ")
    knowledge.add(documents)
    assert called(store) == apart


def test_split_names_the_documents_where_another_is_meant(knowledge: KnowledgeBase) -> None:
    with pytest.raises(ValidationError, match=r"two: does not speak of it\. These do: one\."):
        curation.split(knowledge, NORLAND, documents=["two"])
    with pytest.raises(ValidationError, match=r"one speaks of it\. There is nothing to split\."):
        curation.split(knowledge, NORLAND)


def test_later_decisions_win(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    curation.merge(knowledge, NORLAND, SUDLAND)
    curation.split(knowledge, NORLAND)
    curation.merge(knowledge, SUDLAND, NORLAND)
    assert len(set(called(store).values())) == 1
    assert labels(store) == {"Sudland"}


def test_merge_refuses_things_of_two_sorts_and_one_thing_twice(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    knowledge.add([a_statement_of("three", a_person(mentions=(a_mention("Varo"),)))])
    with pytest.raises(ValidationError, match=r"of different sorts \(Country, Person\)"):
        curation.merge(knowledge, NORLAND, URIRef(f"{B}person/ilena-varo"))
    with pytest.raises(ValidationError, match="is one thing already"):
        curation.merge(knowledge, NORLAND, NORLAND)
    with pytest.raises(NotFoundError, match="no document speaks of it"):
        curation.merge(knowledge, NORLAND, URIRef(f"{B}country/erewhon"))


def test_merge_of_two_things_of_one_document_writes_a_graph_that_conforms(store: EmbeddedStore) -> None:
    knowledge = KnowledgeBase(store)
    knowledge.add([an_extraction()])
    curation.merge(knowledge, URIRef(f"{B}country/ostravia"), URIRef(f"{B}country/kelmaria"))
    # What is known elsewhere keeps its name.
    assert called(store)["port-lys/referent/country/kelmaria"] == "country/ostravia by-decision"
    curation.undo(knowledge, 1)
    assert called(store)["port-lys/referent/country/kelmaria"] == "country/kelmaria alone"


def test_rename_changes_the_label_and_keeps_the_name(store: EmbeddedStore, knowledge: KnowledgeBase) -> None:
    decision = curation.rename(knowledge, NORLAND, " The North ")
    assert decision == Renaming(number=1, members=(WIKIDATA["Q1"],), label="The North")
    assert get_entity(store, NORLAND).label == "The North"
    with pytest.raises(ValidationError, match="the new label is empty"):
        curation.rename(knowledge, NORLAND, " ")


def test_history_shows_that_sources_differ(store: EmbeddedStore) -> None:
    met = Span(start=0, end=7, text="Foreign")
    statuses = [("one", "agreed", "2031-02-26"), ("two", "rejected", "2031-02-26"), ("three", "open", "2031-03-01")]
    knowledge = KnowledgeBase(store)
    knowledge.add(
        a_statement_of(
            name, date=date, issues=(an_issue(label="fishing quotas of the fleet", status=status, parties=(), evidence=met),)
        )
        for name, status, date in statuses
    )
    issues = sorted({name.split()[0] for name in called(store).values()})
    for issue in issues[1:]:
        curation.merge(knowledge, URIRef(B + issues[0]), URIRef(B + issue))
    (issue,) = {name.split()[0] for name in called(store).values()}
    found = history_of(store, URIRef(B + issue))
    assert [(standing.value, standing.date) for standing in found.history] == [
        ("agreed", "2031-02-26"),
        ("rejected", "2031-02-26"),
        ("open", "2031-03-01"),
    ]
    assert [standing.differs_from for standing in found.history] == [(f"{B}document/two",), (f"{B}document/one",), ()]


def test_two_entities_of_one_document_are_never_joined_by_rules(store: EmbeddedStore) -> None:
    twin = a_person(id="id:person/ilena-varo-2", mentions=(a_mention("Varo", nth=2),))
    KnowledgeBase(store).add([a_statement_of("one", a_person(mentions=(a_mention("Varo"),)), twin)])
    assert len(set(called(store).values())) == 2
