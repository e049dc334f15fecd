"""Texts that are nearly SPARQL or nearly RDF, some that are, and some that are nothing at all."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

QUERIES = (
    "SELECT ?name WHERE { ?person a dem:Person ; rdfs:label ?name } ORDER BY ?name LIMIT 5 OFFSET 1",
    'ASK { ?talks a dem:Talks ; dem:heldAt/rdfs:label "Port Lys" }',
    "CONSTRUCT { ?place rdfs:label ?name } { ?place a dem:City ; rdfs:label ?name }",
    "DESCRIBE <https://w3id.org/demarche/id/person/ilena-varo>",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g HAVING(COUNT(?s) > 1)",
    "SELECT * FROM <x:g> FROM NAMED <x:h> { ?s (rdfs:label|^dem:heldAt)*/!a ?o OPTIONAL { ?o ?q ?r } MINUS { ?s a ?r } }",
    "SELECT ?x { VALUES (?x ?y) { (1 UNDEF) (\"é\"@en 'a'^^xsd:date) } BIND(IF(?x = 1, STR(?x), <x:y>) AS ?z) FILTER EXISTS { ?a ?b ?x } }",
    "SELECT * { { SELECT ?s { ?s ?p [] } } UNION { ?s ?p (1 2.0 3e4) } FILTER(REGEX(STR(?s), '(a|b)*$', 'i') && ?p IN (a, b)) }",
    "SELECT * { ?s ?p <<( ?a ?b ?c )>> . << ?d ?e ?f >> ?g ?h {| ?i ?j |} }",
)
UPDATES = (
    "INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 1 , 'two' ; a dem:Person } }",
    "DELETE DATA { GRAPH <x:g> { <x:a> <x:p> 1 } } ; DROP SILENT GRAPH <x:none>",
    "WITH <x:g> DELETE { ?s ?p ?o } INSERT { ?s ?p ?n . GRAPH <x:h> { ?s a [] } } WHERE { ?s ?p ?o BIND(?o + 1 AS ?n) }",
    "DELETE WHERE { GRAPH ?g { ?s <x:p> ?o } }",
    "INSERT { GRAPH ?g { ?s ?p ?o } } USING <x:g> USING NAMED <x:h> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CREATE SILENT GRAPH <x:g> ; COPY <x:g> TO <x:h> ; MOVE SILENT <x:h> TO <x:i> ; ADD DEFAULT TO <x:g> ; CLEAR NAMED",
    "LOAD SILENT <file:///etc/hostname> INTO GRAPH <x:g>",
    "PREFIX x: <x:> BASE <http://b/> INSERT DATA { GRAPH x:g { <a> x:p _:b } }",
)
GRAPHS = (
    '@prefix x: <x:> . x:a x:p 1, "two"@en, [ x:q ( x:b "3"^^x:t ) ] ; a x:C .',
    '<x:a> <x:p> "é\\u00e9" .\n_:b <x:p> <x:c> .\n',
    "<x:a> <x:p> <x:b> <x:g> .\n",
    "GRAPH <x:g> { <x:a> <x:p> << <x:a> <x:p> 1 >> }",
    '{"@context": {"p": "x:p"}, "@id": "x:a", "p": [1, {"@value": "two", "@language": "en"}], "@graph": []}',
    '{"@context": "http://127.0.0.1:9/context", "p": 1}',
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
    '<rdf:Description rdf:about="x:a"><x:p rdf:parseType="Literal"><b/></x:p></rdf:Description></rdf:RDF>',
)
SCRAPS = [
    *"{ } ( ) [ ] < > . ; , ' \" ''' \"\"\" # \\ ^ ^^ | || & && ! = != <= ? $ @ : _: a * + / - 1 -1 1.5 1e400 99999999999999999999".split(),
    *"SELECT DISTINCT WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND VALUES SERVICE SILENT ORDER BY GROUP HAVING LIMIT".split(),
    *"OFFSET ASK CONSTRUCT DESCRIBE INSERT DELETE DATA LOAD CLEAR DROP CREATE ADD MOVE COPY TO INTO USING WITH ALL DEFAULT BASE".split(),
    *"PREFIX VERSION EXISTS NOT IN AS UNDEF true false COUNT( SUM( GROUP_CONCAT( ; SEPARATOR= REGEX( REPLACE( STRDT( IRI(".split(),
    *"?s ?p ?o $x <x:a> <relative> <http://127.0.0.1:9/> <file:///etc/passwd> dem:Person rdfs:label nope:nope _:b [] () 'a'@en".split(),
    *"'1'^^xsd:integer <<( )>> << >> {| |} ~ \\u0000 \\uD800 \\U00110000 %00 \x00 \ufeff \u202e é 𝒳 \U0010ffff".split(" "),
    *("\n", "\r\n", "\t", "#\n", "' '", '"\\', "<a b>", "<>", "@prefix", "@base", "@context", "<!ENTITY", "]]>", '{"@id":'),
]
_NESTED = (
    ("ASK ", "{", "", "}"),
    ("ASK { FILTER(", "(", "1", ")"),
    ("ASK { FILTER", "(!", "(1)", ")"),
    ("ASK { ?s ", "(", "a", ")"),
    ("ASK { ?s ?p ", "[ ?p ", "1", "]"),
    ("ASK { ?s ?p ", "(", "1", ")"),
    ("ASK ", "{ OPTIONAL ", "{}", "}"),
    ("ASK ", "{ FILTER EXISTS ", "{}", "}"),
    ("SELECT * ", "{ SELECT * ", "{}", "}"),
    ("ASK { ?s ?p ", "<<( ?s ?p ", "1", ")>>"),
    ("ASK { FILTER(1", " + 1", "", ""),
    ("ASK { ?s a", "/a", " ?o", ""),
    ("ASK { {}", " UNION {}", "", ""),
    ("INSERT DATA { GRAPH <x:g> { <x:a> <x:p> ", "[ <x:p> ", "1", "]"),
    ("DELETE { ?s ?p ?o } WHERE ", "{", "", "}"),
    ("<x:a> <x:p> ", "[ <x:p> ", "1", "]"),
    ("<x:a> <x:p> ", "(", "1", ")"),
    ("", '{"@graph":', "1", "}"),
    ("", "[", "1", "]"),
    ("", "<a>", "", "</a>"),
)


@cache
def corpus() -> tuple[str, ...]:
    """Return the queries and updates of the W3C's tests of syntax, where they are."""
    folder = os.environ.get("DEMARCHE_SHARED")
    if not folder:
        return ()
    files = sorted(path for path in Path(folder, "w3c-rdf-tests", "sparql").rglob("*.r[qu]") if "syn" in path.parent.name)
    return tuple(file.read_text(encoding="utf-8", errors="replace") for file in files)


def texts(*bases: str) -> st.SearchStrategy[str]:
    """Return texts that were one of these, or a mixture of what such texts are made of."""
    changed = st.builds(_change, st.sampled_from(bases), st.lists(_CHANGES, max_size=4))
    if found := corpus():
        changed |= st.builds(_change, st.sampled_from(found), st.lists(_CHANGES, max_size=4))
    soup = st.lists(st.sampled_from([*SCRAPS, *bases]), max_size=30).map(" ".join)
    return changed | soup | st.text(max_size=200) | nested()


def nested() -> st.SearchStrategy[str]:
    """Return texts with much in one another, closed or not."""
    depths = st.sampled_from([3, 30, 300, 3000, 30_000])
    return st.builds(_nest, st.sampled_from(_NESTED), depths, closed=st.booleans())


def _nest(kind: tuple[str, str, str, str], depth: int, *, closed: bool) -> str:
    begin, open_, inside, close = kind
    if not closed:
        return begin + open_ * depth + inside
    whole = begin + open_ * depth + inside + close * depth
    return whole + "}" * (begin.count("{") - begin.count("}"))


Change = tuple[str, float, float, str]
_CHANGES: st.SearchStrategy[Change] = st.tuples(
    st.sampled_from(["cut", "double", "insert", "replace", "end", "capitals"]),
    st.floats(0, 1),
    st.floats(0, 0.3),
    st.sampled_from(SCRAPS) | st.text(max_size=8),
)


def _change(text: str, changes: list[Change]) -> str:
    for kind, where, share, scrap in changes:
        begin = int(where * len(text))
        end = begin + int(share * len(text))
        before, within, behind = text[:begin], text[begin:end], text[end:]
        match kind:
            case "cut":
                text = before + behind
            case "double":
                text = before + within + within + behind
            case "insert":
                text = before + scrap + text[begin:]
            case "replace":
                text = before + scrap + behind
            case "end":
                text = before
            case _:
                text = before + within.swapcase() + behind
    return text[:100_000]
