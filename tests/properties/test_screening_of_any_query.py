"""However a query is written: whatever Oxigraph would take for SERVICE is found before, and the form of a query is told."""

from __future__ import annotations

import re

import pyoxigraph
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.sparql.screening import screen_query

NOWHERE = "http://127.0.0.1:1/"
"""Oxigraph refuses that port, so that nobody is called."""

PREFIXES = {"": NOWHERE, "s": "http://s/", "service": "http://a/", "SERVICE": "http://a/", "trueSERVICE": "http://a/"}
MASKED = PREFIXES | {"servicx": "http://a/", "SERVICx": "http://a/", "trueSERVICx": "http://a/"}
SERVICES = [
    "SERVICE ?x {}",
    "SERVICE:x{}",
    "SERVICE<x>{}",
    "SERVICESILENT:x{}",
    "service:x {}",
    "sErvice s:x {}",
    "SERVICE#\n<x>{}",
]
PATTERNS = [
    *(
        "",
        "?s ?p ?o FILTER(?o<'>')",
        "?s ?p ?o FILTER(?o<?o#>'''\n)",
        "?s ?p 1",
        "?s ?p true",
        "?s ?p 'a'",
        "?s ?p []",
        "?s ?p ()",
    ),
    *("?s ?p <a>", "?s ?p s:x", "?s ?p ?o", "?s ?p 'a'^^s:x", "{}", "OPTIONAL{}", "FILTER(1<2)", "?s ?p 'a'@en", "BIND(1 AS ?q)"),
    *("VALUES ?x {1}", "?s ?p ?o FILTER(?o<:x#>'\n)", "?s ?p <<(?a ?b ?c)>>", "?s ?p ?o {|?a ?b|}", "?s ?p ?o ~ ?r"),
]
SCRAPS = """SERVICE SILENT ?x $y :x s:x service:x trueSERVICE:x <x> <'> <#a> <?o#> <?o'> { } ( ) [ ] . ; , ' " ''' \"\"\" # \\ 1 1. 1e5 a
    @en ^^ FILTER( ?o< ?o> <= && OPTIONAL GRAPH UNION MINUS _:b 'a' '>' \\' \\u0053 \\u0027 - + * / | ^ ? ! << >> {| |} ~ EXISTS""".split()


@st.composite
def queries(draw: st.DrawFn) -> str:
    parts = [
        draw(st.sampled_from(PATTERNS)),
        *draw(st.lists(st.sampled_from([*SCRAPS, "\n"]), max_size=3)),
        draw(st.sampled_from(["", *SERVICES])),
        *draw(st.lists(st.sampled_from([*SCRAPS, "\n"]), max_size=3)),
        draw(st.sampled_from(["", "\n", "#'", "#'''"])),
    ]
    between = draw(st.sampled_from(["", " ", "\n", " # ' \n"]))
    head = draw(st.sampled_from(["SELECT * ", "ASK FROM service:x ", "CONSTRUCT{} WHERE", "DESCRIBE ?x "]))
    return f"{head}{{{between.join(parts)}\n}}"


def form_by_oxigraph(query: str, prefixes: dict[str, str]) -> str | None:
    """Parse a query over an empty store; "" says that it is well-formed, but fails."""
    try:
        answer = pyoxigraph.Store().query(query, prefixes=prefixes, base_iri=NOWHERE)
    except SyntaxError:
        return None
    except (OSError, RuntimeError):
        return ""
    return {"QuerySolutions": "solutions", "QueryBoolean": "boolean"}.get(type(answer).__name__, "triples")


@given(queries())
@example("SELECT * { ?s ?p ?o FILTER(?o<'>')SERVICE ?x {} #'\n}")
@example("SELECT * { ?s ?p ?o FILTER(?o<?o#>'''\n)SERVICE ?x {} #'''\n}")
@settings(max_examples=2000, deadline=None)
def test_service_that_oxigraph_would_call_is_found(query: str) -> None:
    form = form_by_oxigraph(query, PREFIXES)
    if form is None:
        return
    try:
        screened = screen_query(query, prefixes=PREFIXES)
    except QueryError:
        return
    # With another letter in every SERVICE the query is well-formed only if none of them was the keyword.
    masked = re.sub("(?i)service", lambda word: word[0][:-1] + "x", query)
    if form_by_oxigraph(masked, MASKED) is None:
        assert any(clause.keyword == "SERVICE" for clause in screened.clauses)
    if form:
        assert screened.form == form


@given(st.text(alphabet=st.sampled_from("ab:?$<>'\"\\#{}()@_.-%\n é\u0301SERVICE"), max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_screened(text: str) -> None:
    for clause in screen_query(text).clauses:
        assert 0 <= clause.start <= len(text)
