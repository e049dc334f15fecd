"""What a query or an update would do, told before it is evaluated."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.store.sparql.lexing import MOST_FORKS, tokens
from kg.store.sparql.screening import Clause, ScreenedUpdate, screen_query, screen_update


def services(query: str) -> list[str | None]:
    return [clause.iri for clause in screen_query(query, prefixes={"": "http://e/"}).clauses if clause.keyword == "SERVICE"]


def kinds(update: str) -> list[str]:
    return [operation.kind for operation in screen_update(update).operations]


def test_tokens_are_the_longest_words_of_the_grammar() -> None:
    query = 'PREFIX e:<http://e/> # \'no string\'\nASK{e:a.b\\\'c. $x e:%41.d 1.5e3,.5,3. _:a.b \'it\\\'s\'@en-GB """a"b\\""""}'
    assert [token.text for token in tokens(query)] == [
        *("PREFIX", "e:", "<http://e/>", "ASK", "{", "e:a.b\\'c", ".", "$x", "e:%41.d", "1.5e3", ",", ".5", ",", "3", "."),
        *("_:a.b", "'it\\'s'", "@en-GB", '"""a"b\\""""', "}"),
    ]


@pytest.mark.parametrize("kept", ["'''it's '' here'''", '"a#b"', "<http://e/#x>", "'\\u0022'", '""', "''''''"])
def test_tokens_keep_strings_and_iris_whole(kept: str) -> None:
    assert [token.text for token in tokens(f"{kept}.")] == [kept, "."]


@pytest.mark.parametrize("fault", ["'open\n'", "\\u0041", "\x0c", "'''open''"])
def test_tokens_end_at_a_fault(fault: str) -> None:
    assert [token.kind for token in tokens(f"ASK {fault} {{}}")][:2] == ["word", "string" if fault == "'''open''" else "fault"]


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "solutions"),
        ("# ASK\nBASE <http://e/> PREFIX ask: <x> select?x{}", "solutions"),
        ("ASK{}", "boolean"),
        ('VERSION "1.2" CONSTRUCT WHERE {}', "triples"),
        ("describe<http://e/>", "triples"),
        ("CLEAR ALL", None),
        ("", None),
        ("PREFIX", None),
        ("<select>", None),
    ],
)
def test_query_has_the_form_of_its_first_keyword(query: str, form: str | None) -> None:
    assert screen_query(query).form == form


def test_query_names_graphs_with_prefixes_and_base_resolved() -> None:
    query = "BASE <http://b/> PREFIX x: <y#> SELECT * FROM <c> FROM NAMED x:d\\-e FROM <\\u0066> { GRAPH <from> { ?s ?p 'FROM <g>' } }"
    named = [(clause.keyword, clause.iri) for clause in screen_query(query).clauses]
    assert named == [("FROM", "http://b/c"), ("FROM NAMED", "http://b/y#d-e"), ("FROM", "http://b/f")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("SELECT * { SERVICE <http://x/> {} }", ["http://x/"]),
        ("SELECT * { sErViCe#'\n#{\n<http://x/> {} }", ["http://x/"]),
        ("SELECT * { SERVICE SILENT ?x {} }", [None]),
        ("SELECT * { serviceSILENT:x {} }", [None]),
        ("SELECT * { SERVICESILENT<http://x/>{} }", ["http://x/"]),
        ("SELECT * { SERVICE :x {} }", ["http://e/x"]),
        ("SELECT * { SERVICE:x {} }", [None]),
        ("SELECT * { SERVICE: {} }", [None]),
        ("SELECT * { ?s ?p trueSERVICE :x {} }", ["http://e/x"]),
        ("SELECT * { ?s ?p 1SERVICE :x {} }", ["http://e/x"]),
        ("SELECT * { ?s ?p ?o FILTER(?o<'>')SERVICE ?x {} #'\n }", [None]),
        ("SELECT * { ?s ?p ?o FILTER(?o<?o#>'''\n)SERVICE ?x {} #'''\n }", [None]),
        ("SELECT * { ?s ?p ?o FILTER(?o<'>')FILTER(?o<'>')SERVICE ?x {} #'\n }", [None]),
        ("SELECT * { S\\u0045RVICE <http://x/> {} }", ["http://x/"]),
        ("SELECT * { ?s ?p 'a\\u0022 # ' SERVICE <http://x/> {} }", ["http://x/"]),
        ("SELECT * { SERVICE <http://x/> { SERVICE <http://y/> {} } }", ["http://x/", "http://y/"]),
    ],
)
def test_service_is_found(query: str, found: list[str | None]) -> None:
    assert services(query) == found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service $SERVICE _:service }",
        "SELECT * { ?s service:x <http://x/service>, <service>, 'SERVICE <http://x/> {}', '''\nSERVICE <http://x/>\n''' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
        "SELECT * { GRAPH service:x { ?s ?p ?o } }",
        "SELECT * FROM service:x { ?s service:y service:z . { ?s ?p ?o } }",
        "SELECT * { ?s <#p> 'SERVICE ?x' ; <http://x/#'> 'SERVICE ?x' }",
        "SELECT * { ?s :service ?o ; :x-service-y ?z FILTER(?o<'service'&&?z>1) }",
    ],
)
def test_service_is_not_found_in_names_strings_and_comments(query: str) -> None:
    assert services(query) == []


def test_service_is_found_in_an_update() -> None:
    found = screen_update("INSERT { ?s ?p ?o } WHERE { SERVICE <http://x/> { ?s ?p ?o } }").services
    assert found == (Clause(keyword="SERVICE", iri="http://x/", start=28),)


def test_update_has_its_operations_in_order() -> None:
    update = """PREFIX x: <http://x/>
        INSERT DATA { GRAPH x:g { x:a x:b 'a ; b' ; x:c 1 } } ; # CLEAR ALL ;
        DELETEWHERE { ?s ?p ?o } ; PREFIX x: <http://y/>
        WITH x:g DELETE { ?s x:p ?o ; x:q 1 } USING <http://u/> USING NAMED x:n WHERE { ?s ?p ?o };
        INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }; DELETE DATA {}; LOAD SILENT x:doc INTO GRAPH <http://z/>; COPY x:a TO x:b;"""
    screened = screen_update(update)
    assert [operation.kind for operation in screened.operations] == [
        *("INSERT DATA", "DELETE WHERE", "MODIFY", "MODIFY", "DELETE DATA", "LOAD", "COPY")
    ]
    assert [(clause.keyword, clause.iri, clause.silent) for operation in screened.operations for clause in operation.clauses] == [
        ("WITH", "http://y/g", False),
        ("USING", "http://u/", False),
        ("USING NAMED", "http://y/n", False),
        ("LOAD", "http://y/doc", True),
    ]
    assert update[screened.operations[2].start :].startswith("WITH x:g")
    assert [update[where : where + 5] for where in wheres(screened)] == ["WHERE", "WHERE"]
    assert update[screened.operations[6].start : screened.operations[6].end] == "COPY x:a TO x:b"


def wheres(screened: ScreenedUpdate) -> list[int]:
    return [operation.where for operation in screened.operations if operation.kind == "MODIFY" and operation.where is not None]


@pytest.mark.parametrize(
    ("update", "kind"),
    [("SELECT * {}", ""), ("INSERTDATA{}", "INSERT DATA"), ("create silent graph <x>", "CREATE"), ("LOADSILENT<x>", "LOAD")],
)
def test_update_has_the_kind_of_its_first_keywords(update: str, kind: str) -> None:
    assert kinds(update) == [kind]


def test_empty_update_has_no_operations() -> None:
    assert kinds(" # nothing\n ;") == []


def test_word_load_is_no_harm_elsewhere() -> None:
    update = "INSERT DATA { <http://x/load> load:x 'LOAD <x>' ; load:y <load> } ;DELETE { ?load load:x ?y } WHERE { ?load ?x ?y; load:z 1 }"
    assert kinds(update) == ["INSERT DATA", "MODIFY"]


@pytest.mark.parametrize(
    "update",
    [
        "CREATE GRAPH <x> LOAD <http://x/>",
        "CLEAR ALL ; LOAD:x INTO GRAPH <g>",
        "PREFIX : <http://x/> LOAD:x",
        "L\\u004fAD <http://x/>",
        "DELETE {} WHERE { ?s ?p ?o FILTER(?o<'>') } ; LOAD <http://x/> #'",
    ],
)
def test_load_that_hides_is_refused(update: str) -> None:
    with pytest.raises(QueryError, match="holds LOAD at line 1"):
        screen_update(update)


def test_query_with_too_many_readings_is_refused() -> None:
    with pytest.raises(QueryError, match=f"more than {MOST_FORKS} IRIs"):
        screen_query("SELECT * { ?service ?p ?o " + "FILTER(?o<'>') " * (MOST_FORKS + 1) + "}")
