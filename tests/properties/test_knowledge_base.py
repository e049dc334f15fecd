"""Whatever was added, replaced, taken out and decided on the way: the same documents and decisions give the same graphs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from kg.graph import curation
from kg.graph.find import resolve_thing
from kg.graph.identity.identity import identify
from kg.graph.knowledge_base import KnowledgeBase
from kg.graph.validate import validate
from kg.graph.vocabulary import DEFAULT_BASE
from kg.records import Entity, Extraction
from kg.store.embedded import EmbeddedStore
from tests.builders import a_document, a_meeting, a_mention, a_relation, an_entity, an_issue

PEOPLE = ("Ilena Varo", "Tomas Brek", "Varo")
STATES = (("Norland", "Q1"), ("Sudland", "Q2"), ("Norland", "Q3"), ("Ostravia", None))
DAYS = (None, datetime.date(2031, 2, 25), datetime.date(2031, 2, 26), datetime.date(2031, 3, 1))


@st.composite
def a_text(draw: st.DrawFn, name: str) -> Extraction:
    """Draw a document that speaks of a few of the same people, states, meetings and issues as others do."""
    people = draw(st.lists(st.sampled_from(PEOPLE), unique=True, max_size=2))
    entities: list[Entity] = [
        an_entity(
            f"id:person/{person.lower().replace(' ', '-')}",
            "Person",
            person,
            mentions=(a_mention("Varo"),),
            roles=tuple(draw(st.lists(st.sampled_from(["Foreign Minister", "spokesman"]), max_size=1))),
        )
        for person in people
    ]
    state, link = draw(st.sampled_from(STATES))
    same_as = (f"http://www.wikidata.org/entity/{link}",) if link is not None else ()
    entities.append(
        an_entity(f"id:country/{state.lower()}", "Country", state, mentions=(a_mention("Ostravia"),), same_as=same_as)
    )
    ids = tuple(entity.id for entity in entities)
    labels = draw(
        st.lists(st.sampled_from(["fishing quotas", "quotas for fishing", "exchange of prisoners"]), unique=True, max_size=2)
    )
    return Extraction(
        document=a_document(id=name, date=draw(st.sampled_from(DAYS))),
        entities=tuple(entities),
        meetings=tuple(
            a_meeting(participants=ids, place=None, date=draw(st.sampled_from(["2031-02-25", "2031-02", None])))
            for _ in range(draw(st.integers(0, 2)))
        ),
        issues=tuple(
            an_issue(label=label, status=draw(st.sampled_from(["open", "agreed", "rejected"])), parties=ids[-1:])
            for label in labels
        ),
        relations=(a_relation(subject=ids[0], object=ids[-1]),),
    )


def texts(least: int) -> st.SearchStrategy[list[Extraction]]:
    """Draw documents of different ids."""
    return st.integers(least, 4).flatmap(lambda count: st.tuples(*(a_text(f"d{place}") for place in range(count)))).map(list)


def graphs(knowledge_of: Sequence[Sequence[Extraction]], removed: Sequence[str] = ()) -> dict[URIRef, Graph]:
    """Return the named graphs of a store to which documents were added, some at a time, and from which some were taken."""
    store = EmbeddedStore(None)
    knowledge = KnowledgeBase(store)
    for at_once in knowledge_of:
        knowledge.add(at_once)
    for document in removed:
        knowledge.remove(document)
    dataset = store.dataset()
    return {name: dataset.graph(name) for name in store.graph_names()}


def same(first: dict[URIRef, Graph], second: dict[URIRef, Graph]) -> bool:
    return first.keys() == second.keys() and all(isomorphic(first[name], second[name]) for name in first)


@settings(deadline=None, max_examples=25)
@given(texts(2), st.data())
def test_graphs_do_not_tell_in_which_order_documents_came_and_went(documents: list[Extraction], data: st.DataObject) -> None:
    other = data.draw(st.permutations(documents))
    strangers = [data.draw(a_text("stranger"))]
    replaced = data.draw(a_text(other[0].document.id))
    one_by_one = graphs([strangers, [replaced], *([document] for document in other)], removed=["stranger"])
    assert same(graphs([documents]), one_by_one)


@settings(deadline=None, max_examples=25)
@given(texts(1))
def test_every_graph_that_is_written_conforms(documents: list[Extraction]) -> None:
    for graph in graphs([documents]).values():
        assert validate(graph).violations == ()


@settings(deadline=None, max_examples=25)
@given(texts(2), st.data())
def test_undo_of_any_decision_leaves_no_trace(documents: list[Extraction], data: st.DataObject) -> None:
    store = EmbeddedStore(None)
    knowledge = KnowledgeBase(store)
    knowledge.add(documents)
    before = sorted(store.dump("application/n-quads").splitlines())
    states = sorted({iri for iri in identify(documents, base=DEFAULT_BASE).labels if "/country/" in iri})
    first, last = states[0], states[-1]
    if first != last:
        decision = curation.merge(knowledge, first, last)
    else:
        decision = curation.rename(knowledge, first, data.draw(st.sampled_from(["Elsewhere", "Norland"])))  # type: ignore[assignment]
    knowledge.add(documents)
    curation.undo(knowledge, decision.number)
    assert sorted(store.dump("application/n-quads").splitlines()) == before


@settings(deadline=None, max_examples=25)
@given(texts(1))
def test_every_referent_leads_to_one_thing_that_the_store_knows(documents: list[Extraction]) -> None:
    store = EmbeddedStore(None)
    KnowledgeBase(store).add(documents)
    rows = list(store.query("SELECT ?r ?t { ?r dem:identifiedAs ?t }").rows())
    assert len(rows) == len({row["r"] for row in rows})
    for row in rows:
        assert resolve_thing(store, str(row["r"])) == row["t"] == resolve_thing(store, str(row["t"]))
