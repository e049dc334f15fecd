"""Assertions as RDF 1.2 reifiers say the same, and become assertions with three ends again."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib.namespace import RDF

from kg.errors import ExportError, NotFoundError
from kg.export import EVERYTHING, Selection, export, media_type
from kg.export.rdf import QUAD_FORMATS, REIFIER_FORMATS, TRIPLE_FORMATS
from kg.export.reifiers import to_reified, to_reifiers
from kg.graph.vocabulary import DEM
from tests.exports import BREK_IRI, FIRST, VARO_IRI, a_store

STORE = a_store()
REIFIES = ox.NamedNode(f"{RDF}reifies")
PARSERS = TRIPLE_FORMATS | QUAD_FORMATS  # type: ignore[operator]

names = st.sampled_from([ox.NamedNode(f"urn:{letter}") for letter in "abc"])
ends = st.sampled_from([ox.NamedNode(str(term)) for term in (RDF.subject, RDF.predicate, RDF.object, RDF.type)])
quads = st.sets(st.builds(ox.Quad, names, ends, names | st.just(ox.Literal("words")), names))


def parsed(rdf_format: str, *, view: str | None = None, selection: Selection = EVERYTHING) -> set[ox.Quad]:
    return set(ox.parse(export(STORE, rdf_format, view=view, selection=selection), PARSERS[rdf_format]))


@pytest.mark.parametrize("rdf_format", REIFIER_FORMATS)
def test_reifier_view_reads_back_as_the_reified_one(rdf_format: str) -> None:
    reified = parsed(rdf_format)
    assert set(to_reified(parsed(rdf_format, view="reifier"))) == reified
    assert parsed(rdf_format, view="reified") == reified


def test_reifier_view_says_of_each_assertion_which_triple_it_reifies() -> None:
    assertion = ox.NamedNode(f"{FIRST}/assertion/3")
    of_one = {quad.predicate: quad.object for quad in parsed("nq", view="reifier") if quad.subject == assertion}
    term = ox.Triple(ox.NamedNode(VARO_IRI), ox.NamedNode(str(DEM.metWith)), ox.NamedNode(BREK_IRI))
    assert of_one[REIFIES] == term
    assert of_one[ox.NamedNode(str(DEM.modality))] == ox.NamedNode(str(DEM.asserted))
    assert not of_one.keys() & {ox.NamedNode(str(end)) for end in (RDF.subject, RDF.predicate, RDF.object)}


@pytest.mark.parametrize("rdf_format", REIFIER_FORMATS)
def test_reifier_view_asserts_nothing_more(rdf_format: str) -> None:
    beside = {quad for quad in parsed(rdf_format, view="reifier") if quad.predicate != REIFIES}
    assert beside < parsed(rdf_format)


@pytest.mark.parametrize(("rdf_format", "announced"), [("turtle", True), ("trig", True), ("nt", False), ("nq", False)])
def test_reifier_view_announces_its_version_where_the_format_can(rdf_format: str, announced: bool) -> None:
    assert export(STORE, rdf_format, view="reifier").startswith(b'VERSION "1.2"\n') is announced
    assert not export(STORE, rdf_format).startswith(b"VERSION")


def test_reifier_view_goes_with_a_selection() -> None:
    selection = Selection(predicates=("metWith",))
    (term,) = {quad.object for quad in parsed("trig", view="reifier", selection=selection) if quad.predicate == REIFIES}
    assert isinstance(term, ox.Triple)
    assert term.predicate == ox.NamedNode(str(DEM.metWith))


@pytest.mark.parametrize("rdf_format", ["jsonld", "rdfxml"])
def test_reifier_view_is_refused_where_readers_do_not_know_it(rdf_format: str) -> None:
    with pytest.raises(ExportError, match=f"view 'reifier': {rdf_format} .*turtle, trig, nt, nq"):
        export(STORE, rdf_format, view="reifier")


def test_view_is_refused_for_a_network() -> None:
    with pytest.raises(ExportError, match="graphml is no format of RDF"):
        export(STORE, "graphml", view="reified")


def test_view_that_there_is_not_is_named() -> None:
    with pytest.raises(NotFoundError, match=r"view 'star': no such view\. Name one of: reified, reifier\."):
        export(STORE, "turtle", view="star")


def test_media_type_tells_the_version_of_rdf() -> None:
    assert media_type("turtle") == "text/turtle"
    assert media_type("turtle", view="reifier") == "text/turtle; version=1.2"


@given(quads)
def test_any_quads_come_back_from_reifiers(some: set[ox.Quad]) -> None:
    there = set(to_reifiers(some))
    assert set(to_reified(there)) == some
    assert {quad for quad in there if quad.predicate != REIFIES} <= some
