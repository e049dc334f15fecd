"""``dem:matches`` in queries and updates: where it may stand, what it finds there, and how it is refused elsewhere."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.store.embedded import EmbeddedStore
from kg.store.fulltext.asking import Sought
from kg.store.sparql.matching import expand_query

DATA = """
INSERT DATA {
  GRAPH <x:g> {
    <x:truce> a dem:Statement ; dem:text "A truce, “at once”, in Port Lys." ; dem:modality dem:asserted .
    <x:talks> a dem:Statement ; dem:text "Talks on a truce have begun, and the truce will hold: a truce it is." .
    <x:ilena> a dem:Person ; rdfs:label "Iléna Varo" ; skos:altLabel "Varo" .
  }
  GRAPH <x:h> { <x:ilena> a dem:Person ; rdfs:label "Envoy Varo" . <x:lys> a dem:City ; rdfs:label "Port Lys" . }
}
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    store = EmbeddedStore(None)
    store.update(DATA)
    return store


def things(store: EmbeddedStore, query: str) -> list[str]:
    return sorted(str(row["t"]).removeprefix("x:") for row in store.query(query).rows())


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ('?t dem:matches "truce"', ["talks", "truce"]),
        ("?t dem:matches 'TRUCE port'", ["truce"]),
        ('?t dem:matches "ilena"', ["ilena"]),
        ('?t <https://w3id.org/demarche/ontology#matches> """Lys"""', ["lys", "truce"]),
        ('?t dem:matches "port lys" ; a dem:City', ["lys"]),
        ('?t a dem:City ; dem:matches "port" ;', ["lys"]),
        ('?t a ?class ; dem:matches "lys" ; dem:text ?text .', ["truce"]),
        ('?t dem:matches "truce" ; dem:matches "port"', ["truce"]),
        ('?t dem:matches "truce" . ?t dem:matches "begun"', ["talks"]),
        ('?t a dem:Person FILTER(?t != <x:x>) ?t dem:matches "varo" FILTER(BOUND(?t))', ["ilena"]),
        ('BIND(<x:truce> AS ?t) ?t dem:matches "truce"', ["truce"]),
        ('BIND("a" AS ?a) . ?t dem:matches "truce" . BIND("b" AS ?b)', ["talks", "truce"]),
        ('?t a ?c FILTER NOT EXISTS { ?t dem:matches "truce" }', ["ilena", "lys"]),
        ('?t a ?c FILTER(?c = dem:City || EXISTS { ?t dem:matches "begun" })', ["lys", "talks"]),
        ('?t a ?c MINUS { ?t dem:matches "truce" }', ["ilena", "lys"]),
        ('{ ?t dem:matches "truce" } UNION { ?t dem:matches "varo" }', ["ilena", "talks", "truce"]),
        ('{ SELECT ?t { ?t dem:matches ("truce" 1) } LIMIT 3 }', ["talks"]),
        ('GRAPH <x:h> { ?t dem:matches "varo" ; rdfs:label ?name }', ["ilena"]),
        ('?t dem:matches ("truce" 1)', ["talks"]),
        ('?t dem:matches ("lys" 10 "name" "title")', ["lys"]),
        ('?t dem:matches ("lys" 10 "text")', ["truce"]),
        ('?t dem:matches "~Ilona Vario"', ["ilena"]),
        ('(?t ?score) dem:matches ("~port lis" 1) FILTER(?score > 75)', ["lys"]),
        ('(?t ?score) dem:matches "truce" . FILTER(?score > 0)', ["talks", "truce"]),
        ('(?t) dem:matches ("truce" 10)', ["talks", "truce"]),
        ('_:a rdfs:label ?l . ?t dem:matches "lys" . _:a a dem:City', ["lys", "truce"]),
        ('VALUES ?t { <x:truce> <x:lys> } ?t dem:matches "truce"', ["truce"]),
        ('?t dem:matches "" ; a ?c', []),
        ('?t dem:matches "nothing of the kind"', []),
        ('?t dem:text ?text FILTER(?text != \'?t dem:matches "truce"\')  # ?t dem:matches "lys"\n', ["talks", "truce"]),
        ("?t a dem:City ; ?p ?o FILTER(?p != <x:dem:matches> && ?p != dem:matches && ?p != rdf:type)", ["lys"]),
    ],
)
def test_things_are_found_wherever_a_triple_may_stand(store: EmbeddedStore, pattern: str, expected: list[str]) -> None:
    assert things(store, f"SELECT ?t WHERE {{ {pattern} }}") == expected


def test_other_prefix_of_the_same_name_is_left_alone(store: EmbeddedStore) -> None:
    assert things(store, 'PREFIX dem: <x:> SELECT ?t { ?t dem:matches "truce" }') == []
    assert things(store, 'PREFIX m: <https://w3id.org/demarche/ontology#> SELECT ?t { ?t m:matches "begun" }') == ["talks"]


def test_best_match_has_the_highest_score(store: EmbeddedStore) -> None:
    rows = store.query('SELECT ?t { (?t ?score) dem:matches "truce" } ORDER BY DESC(?score)').rows()
    assert [str(row["t"]) for row in rows] == ["x:talks", "x:truce"]


def test_variables_are_bound_by_what_stands_before(store: EmbeddedStore) -> None:
    assert store.query('ASK { <x:g> ?p ?o OPTIONAL { ?t dem:matches "truce" } }').__bool__() is False
    rows = store.query('SELECT ?name ?t { ?t rdfs:label ?name . OPTIONAL { ?t dem:matches "envoy" ; skos:altLabel ?a } }').rows()
    assert len(list(rows)) == 3


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { ?t dem:matches ?words }", "has no words behind it: line 1, column 15"),
        ('SELECT *\n{ <x:a> dem:matches "truce" }', "has no variable before it: line 2, column 9"),
        ('SELECT * { [] dem:matches "truce" }', "has no variable before it"),
        ('SELECT * { (?t ?score ?more) dem:matches "truce" }', "has no variable before it"),
        ('SELECT * { (?t ?t) dem:matches "truce" }', "has no variable before it"),
        ('SELECT * { ?s ?p [ dem:matches "truce" ] }', "cannot be looked up here"),
        ('SELECT * { ?t (dem:matches|rdfs:label) "truce" }', "cannot be looked up here"),
        ('SELECT * { ?t rdfs:seeAlso/dem:matches "truce" }', "cannot be looked up here"),
        ('CONSTRUCT { ?t dem:matches "truce" } WHERE { ?t a dem:City }', "cannot be looked up here"),
        ('CONSTRUCT WHERE { ?t dem:matches "truce" }', "cannot be looked up here"),
        ('SELECT * { ?t dem:matches "truce", "talks" }', "takes one plain text"),
        ('SELECT * { ?t dem:matches "truce"@en }', "takes one plain text"),
        ('SELECT * { ?t dem:matches ("truce" 0) }', "takes a number of hits"),
        ('SELECT * { ?t dem:matches ("truce" 99999) }', "takes a number of hits"),
        ('SELECT * { ?t dem:matches ("truce" 5 "colour") }', "Name some of: name, title, role, text, passage, reason"),
        ('SELECT * { ?t dem:matches ("truce" "name") }', "has no words behind it"),
        ("SELECT * { ?t dem:matches () }", "has no words behind it"),
        ('SELECT * { (?t ?score) dem:matches "truce" ; a ?c }', "does not stand alone"),
        ('SELECT * { ?t dem:matches "truce" ?p }', "malformed at line 1"),
        ('SELECT * { ?t dem:matches "truce', "malformed at line 1"),
    ],
)
def test_other_places_are_refused_with_the_place_and_advice(store: EmbeddedStore, query: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        store.query(query)


def test_too_many_hits_are_an_error_and_not_cut() -> None:
    def find(sought: Sought) -> list[tuple[str, float]]:
        return [(f"x:{number}", 0.0) for number in range(sought.limit)]

    with pytest.raises(QueryError, match="'the' is in the words of more than 10000 things"):
        expand_query('SELECT * { ?t dem:matches "the" }', find)
    assert expand_query('SELECT * { ?t dem:matches ("the" 10000) }', find).count("<x:") == 10_000


def test_service_is_refused_beside_it(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        store.query('SELECT * { ?t dem:matches "truce" SERVICE <http://127.0.0.1:9/> { ?t ?p ?o } }')


def test_updates_find_things_too() -> None:
    store = EmbeddedStore(None)
    store.update(DATA)
    store.update('INSERT { GRAPH <x:new> { ?t <x:seen> true } } WHERE { ?t dem:matches "truce" ; a dem:Statement }')
    assert things(store, "SELECT ?t { ?t <x:seen> true }") == ["talks", "truce"]
    with pytest.raises(QueryError, match="has no variable before it"):
        store.update('INSERT DATA { GRAPH <x:g> { <x:a> dem:matches "truce" } }')
