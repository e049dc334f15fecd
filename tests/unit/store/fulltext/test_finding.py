"""What full text finds: all words, whatever the case and the diacritics, phrases, beginnings; and no text is an error."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS

from kg.graph.vocabulary import DEM
from kg.store.embedded import EmbeddedStore
from kg.store.fulltext.asking import Sought
from kg.store.fulltext.entries import KINDS

TEXTS = {
    "x:accord": "The accord – “Port Lys II” – was signed.",
    "x:elysee": "Talks at the Élysée, Friday",
    "x:naive": "A naïve, re-opened ACCORD",
}


def filled(texts: dict[str, str]) -> EmbeddedStore:
    graph = Graph(identifier=URIRef("x:g"))
    for iri, text in texts.items():
        graph.add((URIRef(iri), DEM.text, Literal(text)))
    store = EmbeddedStore(None)
    store.replace_graph(graph)
    return store


def found(store: EmbeddedStore, text: str) -> set[str]:
    return {thing for thing, _ in store.find(Sought(text=text, limit=100))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("accord", {"x:accord", "x:naive"}),
        ("ACCORD signed", {"x:accord"}),
        ("elysee", {"x:elysee"}),
        ("ÉLYSÉE", {"x:elysee"}),
        ("reopened", set()),
        ("re-opened", {"x:naive"}),
        ("opened re", {"x:naive"}),
        ('"port lys"', {"x:accord"}),
        ('"lys port"', set()),
        ('accord "port lys', {"x:accord"}),
        ("sign*", {"x:accord"}),
        ("sign", set()),
        ('"the acc"*', {"x:accord"}),
        ("*", set()),
        ('""', set()),
        ("accord OR talks", set()),
        ("accord -signed", {"x:accord"}),
        ("text: accord", set()),
        ("NEAR(accord signed, 1)", set()),
        ("acc\0ord", set()),
    ],
)
def test_words_phrases_and_beginnings(text: str, expected: set[str]) -> None:
    assert found(filled(TEXTS), text) == expected


def test_every_property_that_is_indexed_is_found() -> None:
    store = EmbeddedStore(None)
    for number, name in enumerate(KINDS):
        store.update(f"INSERT DATA {{ GRAPH <x:g> {{ <x:{number}> <{name}> 'treaty'@en ; <{RDFS.comment}> 'envoy' }} }}")
    assert found(store, "treaty") == {f"x:{number}" for number in range(len(KINDS))}
    assert found(store, "envoy") == set()


ODD = st.text(st.one_of(st.characters(), st.sampled_from("~\"'*^-+:(){}\\ \0\ufffe\U000e0001")), max_size=60)


@settings(max_examples=300, deadline=None)
@given(text=ODD, words=ODD)
@example(text='a "', words='"')
@example(text="AND OR NOT NEAR", words="NOT")
@example(text="a*", words='"*"*')
@example(text="~0", words="~0")
@example(text="ab", words="ab" * 5000)
def test_no_text_is_an_error_and_a_text_is_found_by_itself(text: str, words: str) -> None:
    text, words = (odd.encode("utf-8", "replace").decode() for odd in (text, words))
    store = filled({"x:odd": text, "x:plain": "treaty"})
    assert found(store, words) <= {"x:odd", "x:plain"}
    quoted = Literal(words).n3()
    rows = list(store.query(f"SELECT ?t {{ ?t dem:matches {quoted} }}").rows())
    assert {str(row["t"]) for row in rows} == found(store, words)
    if any(sign.isascii() and sign.isalnum() for sign in text):
        assert "x:odd" in found(store, text.translate(dict.fromkeys(map(ord, '"*~'), " ")))


def test_full_text_is_at_least_five_times_faster_than_reading_all_literals() -> None:
    store = filled({f"x:{number}": f"statement number {number} on the talks of day {number % 97}" for number in range(20_000)})
    by_index = 'SELECT ?t { ?t dem:matches "19876" }'
    by_reading = 'SELECT ?t { ?t dem:text ?text FILTER(CONTAINS(?text, "19876")) }'
    assert [str(row["t"]) for row in store.query(by_index).rows()] == ["x:19876"]

    def seconds(query: str) -> float:
        begin = perf_counter()
        assert len(list(store.query(query).rows())) == 1
        return perf_counter() - begin

    assert 5 * min(seconds(by_index) for _ in range(5)) < min(seconds(by_reading) for _ in range(5))
