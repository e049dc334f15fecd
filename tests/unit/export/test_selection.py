"""A selection keeps what meets all criteria, with what is needed to understand it, and nothing else."""

from __future__ import annotations

import datetime
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset

from kg.errors import ExportError, NotFoundError
from kg.export import EVERYTHING, FORMATS, MODALITY_NAMES, PREDICATE_NAMES, Selection, export, to_networkx
from kg.graph.validate import validate
from kg.graph.vocabulary import DEFAULT_BASE as B
from kg.graph.vocabulary import DEM
from tests.exports import BREK_IRI, FIRST, LEAGUE_IRI, OSTRAVIA_IRI, SECOND, VARO_IRI, a_store

STORE = a_store(decided=True)
REIFIED = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate>"

days = st.dates(datetime.date(2029, 1, 1), datetime.date(2031, 12, 31))
selections = st.builds(
    lambda between, **rest: Selection(since=between[0], until=between[1], **rest),
    st.none().map(lambda _: (None, None)) | st.tuples(days, days).map(sorted),
    around=st.none() | st.sampled_from(["Ilena Varo", "Northern League", "Q1", "Port Lys"]).filter(lambda name: name != "Q1"),
    depth=st.integers(0, 3),
    documents=st.just(()) | st.just(("later",)) | st.just((FIRST, "later")),
    predicates=st.just(()) | st.lists(st.sampled_from(PREDICATE_NAMES), max_size=4).map(tuple),
    modalities=st.just(()) | st.lists(st.sampled_from(MODALITY_NAMES), max_size=3).map(tuple),
    confidence=st.none() | st.floats(0, 1),
)


def edges_of(selection: Selection) -> set[tuple[str, str, str]]:
    network = to_networkx(STORE, selection)
    return {(source, data["predicate"], target) for source, target, data in network.edges(data=True)}


def predicates_of(selection: Selection) -> set[str]:
    return {predicate for _, predicate, _ in edges_of(selection)}


def quads_of(selection: Selection) -> set[ox.Quad]:
    return set(ox.parse(export(STORE, "nq", selection=selection), ox.RdfFormat.N_QUADS))


def violations_of(selection: Selection) -> list[str]:
    dataset = Dataset()
    dataset.parse(data=export(STORE, "nq", selection=selection).decode(), format="nquads")
    return [str(violation) for graph in dataset.graphs() for violation in validate(graph).violations]


def test_selection_of_everything_keeps_everything() -> None:
    whole = set(ox.parse(STORE.dump("application/n-quads"), ox.RdfFormat.N_QUADS))
    assert quads_of(EVERYTHING) == whole


def test_selection_around_an_entity_keeps_what_its_edges_reach() -> None:
    network = to_networkx(STORE, Selection(around="Northern League"))
    whole = to_networkx(STORE)
    assert set(network.nodes) == {LEAGUE_IRI, *nx.all_neighbors(whole, LEAGUE_IRI)}
    assert set(network.edges(keys=True)) == set(whole.subgraph(network.nodes).edges(keys=True))


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_selection_around_an_entity_goes_as_far_as_it_is_told(depth: int) -> None:
    whole = nx.ego_graph(to_networkx(STORE), VARO_IRI, radius=depth, undirected=True)
    network = to_networkx(STORE, Selection(around="Ilena Varo", depth=depth))
    assert set(network.nodes) == set(whole.nodes)
    assert set(network.edges(keys=True)) == set(whole.edges(keys=True))


@pytest.mark.parametrize("around", [VARO_IRI, "person/ilena-varo", "id:person/ilena-varo", "ilena varo", "Varo"])
def test_selection_around_an_entity_takes_any_name_of_it(around: str) -> None:
    assert VARO_IRI in to_networkx(STORE, Selection(around=around, depth=0))


def test_selection_around_a_meeting_takes_its_iri() -> None:
    meeting = f"{B}document/port-lys/referent/meeting/talks-2031-02-25-port-lys"
    assert predicates_of(Selection(around=meeting)) >= {"participant", "heldAt", "sitting"}


def test_selection_around_an_entity_counts_along_the_edges_that_are_asked_for() -> None:
    near = Selection(around="Ilena Varo", depth=9, predicates=("metWith",))
    assert set(to_networkx(STORE, near).nodes) == {VARO_IRI, BREK_IRI}


def test_selection_of_a_document_keeps_its_graph_as_it_is() -> None:
    (graph,) = {quad.graph_name for quad in quads_of(Selection(documents=("later",))) if "graph/document" in str(quad.graph_name)}
    kept = {quad for quad in quads_of(Selection(documents=("later",))) if quad.graph_name == graph}
    assert kept == {quad for quad in quads_of(EVERYTHING) if quad.graph_name == graph}
    assert any(quad.predicate.value == str(DEM.records) for quad in kept)


def test_selection_of_a_document_has_all_that_it_mentions() -> None:
    labels = {data["label"] for _, data in to_networkx(STORE, Selection(documents=(SECOND,))).nodes(data=True)}
    assert labels >= {"Ilena Varo", "Tomas Brek", "Ostravia", "League of the North", "the status of the Saltmarsh"}
    assert "Kelmaria" not in labels


def test_selection_of_a_part_of_a_document_leaves_out_its_archive_and_other_facts() -> None:
    kept = quads_of(Selection(predicates=("supports",)))
    assert not any(quad.predicate.value == str(DEM.records) for quad in kept)
    assert {str(quad.object) for quad in kept if str(quad.predicate) == REIFIED} == {f"<{DEM.supports}>"}
    assert {str(quad.subject) for quad in kept if quad.predicate.value == str(DEM.text)} == {f"<{SECOND}>"}


def test_selection_keeps_a_plain_triple_only_with_its_assertion() -> None:
    plain = ox.Triple(ox.NamedNode(VARO_IRI), ox.NamedNode(str(DEM.metWith)), ox.NamedNode(BREK_IRI))
    assert plain in {quad.triple for quad in quads_of(Selection(predicates=("metWith",)))}
    assert plain not in {quad.triple for quad in quads_of(Selection(predicates=("metWith",), confidence=0.9))}
    assert plain not in {quad.triple for quad in quads_of(Selection(around="Northern League"))}


def test_selection_by_time_keeps_what_was_stated_then() -> None:
    assert edges_of(Selection(since=datetime.date(2031, 3, 20))) == edges_of(Selection(documents=("later",)))


def test_selection_by_time_keeps_what_held_then() -> None:
    """The office is told to be held since May 2029, by a document of 2031: so it was held in 2030."""
    held = edges_of(Selection(since=datetime.date(2030, 1, 1), until=datetime.date(2030, 1, 31)))
    assert held == {(VARO_IRI, "representative-of", OSTRAVIA_IRI)}
    assert edges_of(Selection(until=datetime.date(2029, 4, 30))) == set()


def test_selection_by_modality_leaves_out_what_has_none() -> None:
    assert predicates_of(Selection(modalities=("desired", "dem:negated"))) == {"supports", "agreedTo"}
    assert "author" not in predicates_of(Selection(modalities=MODALITY_NAMES))


def test_selection_by_confidence_keeps_what_is_at_least_so_sure() -> None:
    network = to_networkx(STORE, Selection(confidence=0.85))
    assert {data["confidence"] for *_, data in network.edges(data=True)} == {0.85, 0.95}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_selection_that_keeps_nothing_gives_an_empty_file(name: str) -> None:
    nothing = Selection(until=datetime.date(1900, 1, 1))
    assert to_networkx(STORE, nothing).number_of_nodes() == 0
    written = export(STORE, name, selection=nothing)
    assert isinstance(written, bytes)
    assert b"ilena" not in written


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"predicates": ("meets",)}, r"predicate 'meets': no such predicate\. Name one of: about, .*metWith.*participant"),
        ({"modalities": ("sure",)}, r"modality 'sure': .*asserted, planned, conditional, possible, desired, negated"),
        ({"around": "Ilena Vero"}, r"'Ilena Vero': not in the graph\. Did you mean 'Ilena Varo'"),
        ({"documents": ("port-lis",)}, r"document 'port-lis': not in the store\. Did you mean 'port-lys'"),
        ({"documents": ("Q",)}, r"document 'Q': not in the store\. Name one of 2"),
    ],
)
def test_selection_names_what_is_not_there(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        to_networkx(STORE, Selection(**fields))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"depth": -1}, "depth -1: no number of edges"),
        ({"confidence": 1.5}, "confidence 1.5: no probability"),
        ({"since": datetime.date(2031, 2, 2), "until": datetime.date(2031, 2, 1)}, "ends before it begins"),
    ],
)
def test_selection_says_what_makes_no_sense(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        Selection(**fields)


@settings(deadline=None, max_examples=60)
@given(selections)
def test_any_selection_keeps_a_part_of_the_network(selection: Selection) -> None:
    whole, part = to_networkx(STORE), to_networkx(STORE, selection)
    assert set(part.nodes) <= set(whole.nodes)
    assert set(part.edges(keys=True)) <= set(whole.edges(keys=True))
    kept = {data["predicate"] for *_, data in part.edges(data=True)}
    assert not selection.predicates or kept <= set(selection.predicates)
    assert selection.confidence is None or all(data["confidence"] >= selection.confidence for *_, data in part.edges(data=True))


@settings(deadline=None, max_examples=25)
@given(selections)
def test_any_selection_is_valid_and_part_of_the_whole(selection: Selection) -> None:
    assert quads_of(selection) <= quads_of(EVERYTHING)
    assert violations_of(selection) == []
