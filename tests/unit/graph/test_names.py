"""Ids become names and come back."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from kg.errors import ValidationError
from kg.graph import names
from kg.graph.vocabulary import DEFAULT_BASE

DOCUMENT = URIRef(f"{DEFAULT_BASE}document/d")


@given(st.text())
def test_document_iri_comes_back_as_the_id_and_is_well_formed(document_id: str) -> None:
    for name in (names.document_iri(document_id), names.document_graph(document_id)):
        pyoxigraph.NamedNode(name)
        assert names.document_id(name) == document_id


@given(st.text(min_size=1))
def test_entity_iri_comes_back_as_the_id_and_is_well_formed(rest: str) -> None:
    name = names.entity_iri(f"id:person/{rest}")
    pyoxigraph.NamedNode(name)
    assert names.entity_id(name) == f"id:person/{rest}"


def test_entity_iri_stands_under_the_base() -> None:
    assert names.entity_iri("id:person/ilena-varo", base="http://kg.example/") == URIRef("http://kg.example/person/ilena-varo")


def test_entity_iri_keeps_an_iri_from_elsewhere() -> None:
    assert names.entity_iri("http://www.wikidata.org/entity/Q1") == URIRef("http://www.wikidata.org/entity/Q1")


@given(st.text(), st.sampled_from([DOCUMENT, URIRef("http://kg.example/x#document/d")]))
def test_topic_and_role_iri_are_well_formed_for_any_words(words: str, document: URIRef) -> None:
    pyoxigraph.NamedNode(names.topic_iri(document, words))
    pyoxigraph.NamedNode(names.role_iri(words))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Foreign Minister", "role/foreign-minister"),
        ("the foreign minister", "role/foreign-minister"),
        ("The", "role/the"),
        ("Président de l’Assemblée", "role/president-de-lassemblee"),
    ],
)
def test_role_iri_is_plain(words: str, name: str) -> None:
    assert names.role_iri(words) == URIRef(DEFAULT_BASE + name)


def test_role_iri_tells_words_apart_that_plain_letters_cannot_write() -> None:
    titles = ["министр", "президент", "!", "?", "Минister", "ister", "x" * 99, "x" * 98]
    assert len({names.role_iri(title) for title in titles}) == len(titles)


def test_span_iri_has_one_fragment_at_most() -> None:
    assert names.span_iri(DOCUMENT, 1, 2) == URIRef(f"{DOCUMENT}#char=1,2")
    pyoxigraph.NamedNode(names.span_iri(URIRef("http://kg.example/x#document/d"), 1, 2))


def test_part_number_comes_back() -> None:
    assert names.part_number(names.part_iri(DOCUMENT, "meeting", 12)) == 12


def test_part_number_rejects_a_name_without_one() -> None:
    with pytest.raises(ValidationError, match="does not end in a number"):
        names.part_number(URIRef(f"{DOCUMENT}/meeting/last"))
