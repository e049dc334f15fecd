"""The clients that people have, against a running server: what they send is understood, and what they get is what is there."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

from kg.graph.knowledge_base import KnowledgeBase
from kg.store.embedded import EmbeddedStore
from tests.builders import an_extraction
from tests.servers import demarche_server

TOKEN = "w" * 20
BEARER = f"Bearer {TOKEN}"
EX = "https://example.org/"
VARO = URIRef("https://w3id.org/demarche/id/person/ilena-varo")
PEOPLE = ["Ilena Varo", "Tomas Brek", "a spokesman"]
PEOPLE_AS_CSV = "name\r\nIlena Varo\r\nTomas Brek\r\na spokesman\r\n"
NAMES = "SELECT ?name { ?person a dem:Person ; rdfs:label ?name } ORDER BY ?name"
JS = Path(__file__).resolve().parents[1] / "js"
PATIENCE = 120.0

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node (Debian's nodejs) is not installed")
needs_comunica = pytest.mark.skipif(
    not (JS / "node_modules/@comunica/query-sparql").is_dir(), reason="Comunica is not installed: npm ci --prefix tests/js"
)

COMUNICA = """
const { QueryEngine } = require("@comunica/query-sparql");
const { endpoint, token, graph } = JSON.parse(require("fs").readFileSync(0, "utf8"));

async function main() {
  const engine = new QueryEngine();
  const context = { sources: [{ type: "sparql", value: endpoint }] };
  const prefixes = "PREFIX dem: <https://w3id.org/demarche/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> ";
  const bindings = await engine.queryBindings(
    prefixes + "SELECT ?name { ?person a dem:Person ; rdfs:label ?name } ORDER BY ?name", context);
  const names = (await bindings.toArray()).map((row) => row.get("name").value);
  const there = await engine.queryBoolean(prefixes + 'ASK { ?talks a dem:Talks ; dem:heldAt/rdfs:label "Port Lys" }', context);
  const quads = await engine.queryQuads(
    prefixes + "CONSTRUCT { ?place rdfs:label ?name } { ?place a dem:City ; rdfs:label ?name }", context);
  const places = (await quads.toArray()).map((quad) => quad.object.value);
  // Not as a SPARQL endpoint: the engine reads the graph itself, and joins what it finds.
  const file = await engine.queryBindings("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", { sources: [graph] });
  const count = Number((await file.toArray())[0].get("n").value);
  const fetch = (input, init) => {
    const headers = new Headers(init.headers);
    headers.set("Authorization", "Bearer " + token);
    return globalThis.fetch(input, { ...init, headers });
  };
  await engine.queryVoid("INSERT DATA { GRAPH <https://example.org/js> { <https://example.org/a> <https://example.org/p> 1 } }",
    { ...context, destination: { type: "sparql", value: endpoint }, fetch });
  console.log(JSON.stringify({ names, there, places, count }));
}
main().catch((error) => { console.error(error); process.exit(1); });
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the graph of one invented statement, with a token for writing."""
    folder = tmp_path_factory.mktemp("clients") / "store"
    with EmbeddedStore(folder) as store:
        KnowledgeBase(store).add([an_extraction()])
    with demarche_server(folder, tokens=f"write {TOKEN}") as served:
        yield served


@pytest.fixture
def graph(request: pytest.FixtureRequest) -> str:
    """Name a graph for one test alone."""
    return f"{EX}{request.node.originalname}"


def content(address: str, graph: str) -> list[str]:
    """Return the objects that a graph holds."""
    query = urlencode({"query": f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} ORDER BY STR(?o)", "format": "csv"})
    with urllib.request.urlopen(f"{address}/sparql?{query}", timeout=PATIENCE) as answer:
        return str(answer.read().decode()).split()[1:]


# SPARQLWrapper


@pytest.fixture
def sparqlwrapper() -> Any:
    return pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper is not installed: pip install SPARQLWrapper")


@pytest.mark.parametrize("method", ["GET", "POST", "POSTDIRECTLY"])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_sparqlwrapper_selects(sparqlwrapper: Any, address: str, method: str, form: str) -> None:
    client = sparqlwrapper.SPARQLWrapper(f"{address}/sparql")
    client.setQuery(NAMES)
    client.setReturnFormat(form)
    if method == "POSTDIRECTLY":
        client.setRequestMethod(method.lower())
        method = "POST"
    client.setMethod(method)
    answer = client.queryAndConvert()
    if form == "json":
        assert [row["name"]["value"] for row in answer["results"]["bindings"]] == PEOPLE
    else:
        assert [node.firstChild.data for node in answer.getElementsByTagName("literal")] == PEOPLE


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # of rdflib, which SPARQLWrapper uses
@pytest.mark.parametrize("form", ["turtle", "xml", "json-ld", "n3"])
def test_sparqlwrapper_constructs(sparqlwrapper: Any, address: str, form: str) -> None:
    client = sparqlwrapper.SPARQLWrapper(f"{address}/sparql")
    client.setQuery("CONSTRUCT { ?person rdfs:label ?name } { ?person a dem:Person ; rdfs:label ?name }")
    client.setReturnFormat(form)
    answer = client.queryAndConvert()
    graph = answer if isinstance(answer, Graph) else Graph().parse(data=answer, format=form)
    assert sorted(map(str, graph.objects(None, RDFS.label))) == PEOPLE


def test_sparqlwrapper_asks_and_updates_with_a_token(sparqlwrapper: Any, address: str, graph: str) -> None:
    client = sparqlwrapper.SPARQLWrapper(f"{address}/sparql")
    client.setMethod("POST")
    client.setQuery(f"INSERT DATA {{ GRAPH <{graph}> {{ <{EX}a> <{EX}p> 1 }} }}")
    with pytest.raises(sparqlwrapper.SPARQLExceptions.Unauthorized):
        client.query()
    client.addCustomHttpHeader("Authorization", BEARER)
    client.query()
    assert content(address, graph) == ["1"]
    client.setQuery(f"ASK {{ GRAPH <{graph}> {{ ?s ?p 1 }} }}")
    client.setReturnFormat("json")
    assert client.queryAndConvert()["boolean"] is True


def test_sparqlwrapper_is_told_what_is_wrong(sparqlwrapper: Any, address: str) -> None:
    client = sparqlwrapper.SPARQLWrapper(f"{address}/sparql")
    client.setQuery("SELECT * { ?s ?p ?o ")
    with pytest.raises(sparqlwrapper.SPARQLExceptions.QueryBadFormed, match="ends too early"):
        client.query()


# rdflib's store on an endpoint


def update_store(address: str) -> SPARQLUpdateStore:
    endpoint = f"{address}/sparql"
    return SPARQLUpdateStore(endpoint, endpoint, headers={"Authorization": BEARER})


def test_rdflib_reads_through_its_store(address: str) -> None:
    dataset = Dataset(store=update_store(address), default_union=True)
    assert dataset.value(VARO, RDFS.label) == Literal("Ilena Varo")
    names = dataset.query("SELECT ?name { ?person a dem:Person ; rdfs:label ?name } ORDER BY ?name")
    assert [str(row[0]) for row in names] == PEOPLE  # type: ignore[index]
    assert bool(dataset.query("ASK { ?person a dem:Person }"))
    told = dataset.query("CONSTRUCT WHERE { ?person a dem:Person }").graph
    assert told is not None
    assert {str(kind) for kind in told.objects(None, RDF.type)} == {"https://w3id.org/demarche/ontology#Person"}


def test_rdflib_writes_graphs_through_its_store(address: str, graph: str) -> None:
    store = update_store(address)
    dataset = Dataset(store=store)
    part = dataset.graph(URIRef(graph))
    a, b, p = (URIRef(EX + name) for name in "abp")
    part.add((a, p, Literal("é\n'\"")))
    part.add((b, p, Literal(2)))
    assert set(part) == {(a, p, Literal("é\n'\"")), (b, p, Literal(2))}
    assert len(part) == 2
    assert URIRef(graph) in {found.identifier for found in dataset.graphs()}
    part.remove((b, None, None))
    assert set(part) == {(a, p, Literal("é\n'\""))}
    store.update(f"DELETE WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    assert len(part) == 0


def test_rdflib_commits_many_triples_at_once(address: str, graph: str) -> None:
    endpoint = f"{address}/sparql"
    store = SPARQLUpdateStore(endpoint, endpoint, autocommit=False, headers={"Authorization": BEARER}, method="POST_FORM")
    part = Graph(store=store, identifier=URIRef(graph))
    for number in range(200):
        part.add((URIRef(f"{EX}{number}"), URIRef(f"{EX}p"), Literal(number)))
    assert content(address, graph) == []
    store.commit()
    assert len(content(address, graph)) == 200


# Comunica


@needs_node
@needs_comunica
def test_comunica_queries_and_updates(address: str) -> None:
    turtle = f"{address}/graphs?{urlencode({'graph': 'https://w3id.org/demarche/id/graph/document/port-lys'})}"
    told = {"endpoint": f"{address}/sparql", "token": TOKEN, "graph": turtle}
    answer = subprocess.run(
        ["node", "-e", COMUNICA], input=json.dumps(told), capture_output=True, text=True, check=False, cwd=JS, timeout=PATIENCE
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert (found["names"], found["there"], found["places"]) == (PEOPLE, True, ["Port Lys"])
    assert found["count"] > 50
    assert content(address, f"{EX}js") == ["1"]


# curl


@dataclass(frozen=True)
class Got:
    """What curl got."""

    status: int
    headers: dict[str, str]
    body: str


def curl(address: str, path: str, *options: str, write: bool = False) -> Got:
    """Call curl as one would from a shell; give the last answer."""
    command = ["curl", "--silent", "--show-error", "--include", "--max-time", "60", *options]
    if write:
        command += ["--header", f"Authorization: {BEARER}"]
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    answer = subprocess.run([*command, address + path], capture_output=True, check=True, timeout=PATIENCE, env=plain)
    head, _, body = answer.stdout.decode().partition("\r\n\r\n")
    while " 100 " in head.partition("\r\n")[0]:
        head, _, body = body.partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Got(int(status.split()[1]), headers, body)


@needs_curl
@pytest.mark.parametrize(
    ("accept", "media_type", "begins"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", '{"head":'),
        ("application/json", "application/json", '{"head":'),
        ("application/sparql-results+xml;q=0.9, text/csv;q=0.5", "application/sparql-results+xml", "<?xml"),
        ("text/csv", "text/csv; charset=utf-8", PEOPLE_AS_CSV),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", '?name\n"Ilena Varo"\n'),
        ("text/html, */*;q=0.1", "application/sparql-results+json", '{"head":'),
    ],
)
def test_curl_is_answered_in_the_form_that_it_accepts(address: str, accept: str, media_type: str, begins: str) -> None:
    got = curl(address, "/sparql", "--get", "--data-urlencode", f"query={NAMES}", "--header", f"Accept: {accept}")
    assert (got.status, got.headers["content-type"], got.body[: len(begins)]) == (200, media_type, begins)
    assert got.headers["vary"] == "Accept"


@needs_curl
def test_curl_is_refused_what_no_answer_has(address: str) -> None:
    got = curl(address, "/sparql", "--get", "--data-urlencode", f"query={NAMES}", "--header", "Accept: image/png")
    assert (got.status, got.headers["content-type"]) == (406, "application/problem+json")
    assert json.loads(got.body)["advice"]


@needs_curl
def test_curl_posts_queries_as_body_and_as_form(address: str) -> None:
    direct = curl(
        address,
        "/sparql?format=csv",
        "--header",
        "Content-Type: application/sparql-query",
        "--data-binary",
        NAMES,
        "--compressed",
    )
    form = curl(address, "/sparql", "--data-urlencode", f"query={NAMES}", "--data", "format=csv")
    assert (direct.status, direct.body) == (form.status, form.body) == (200, PEOPLE_AS_CSV)


@needs_curl
def test_curl_asks_for_the_head_alone(address: str) -> None:
    arguments = ("--get", "--data-urlencode", f"query={NAMES}", "--header", "Accept: text/csv")
    got = curl(address, "/sparql", "--head", *arguments)
    assert (got.status, got.headers["content-type"], got.body) == (200, "text/csv; charset=utf-8", "")
    assert got.headers["content-length"] == str(len(curl(address, "/sparql", *arguments).body.encode()))


@needs_curl
def test_curl_updates_with_a_token(address: str, graph: str) -> None:
    update = f"INSERT DATA {{ GRAPH <{graph}> {{ <{EX}a> <{EX}p> 1 }} }}"
    sent = ("--header", "Content-Type: application/sparql-update", "--data-binary", update)
    refused = curl(address, "/sparql", *sent)
    assert (refused.status, refused.headers["www-authenticate"]) == (401, 'Bearer realm="demarche"')
    assert curl(address, "/sparql", *sent, write=True).status == 204
    assert content(address, graph) == ["1"]


@needs_curl
def test_curl_puts_files_and_gets_the_graph(address: str, graph: str, tmp_path: Path) -> None:
    path = f"/graphs?graph={graph}"
    first, second = tmp_path / "first.ttl", tmp_path / "second.nt"
    first.write_text(f"<{EX}a> <{EX}p> 1, 2 .", encoding="utf-8")
    second.write_text(f'<{EX}a> <{EX}p> "three" .\n', encoding="utf-8")
    put = curl(address, path, "--upload-file", str(first), "--header", "Content-Type: text/turtle", write=True)
    assert put.status == 201
    assert content(address, graph) == ["1", "2"]
    posted = curl(
        address, path, "--form", f"a=@{first};type=text/turtle", "--form", f"b=@{second};type=application/n-triples", write=True
    )
    assert posted.status == 204
    assert content(address, graph) == ["1", "2", "three"]
    got = curl(address, path, "--header", "Accept: application/n-triples")
    assert (got.status, len(got.body.splitlines())) == (200, 3)
    assert curl(address, path, "--request", "DELETE", write=True).status == 204
    assert curl(address, path).status == 404


@needs_curl
def test_curl_sends_a_long_query_once_it_is_told_to_go_on(address: str, tmp_path: Path) -> None:
    query = tmp_path / "query.rq"
    query.write_text("ASK { VALUES ?x { " + "1 " * 60_000 + "} }", encoding="utf-8")
    headers = ("--header", "Content-Type: application/sparql-query", "--header", "Expect: 100-continue")
    got = curl(address, "/sparql", *headers, "--data-binary", f"@{query}")
    assert (got.status, json.loads(got.body)["boolean"]) == (200, True)


# pandas


@pytest.fixture
def pandas() -> Any:
    return pytest.importorskip("pandas", reason="pandas is not installed: pip install pandas")


def test_pandas_reads_the_answer_as_csv(pandas: Any, address: str) -> None:
    frame = pandas.read_csv(f"{address}/sparql?{urlencode({'query': NAMES, 'format': 'csv'})}")
    assert frame["name"].tolist() == PEOPLE
    numbers = pandas.read_csv(f"{address}/sparql?{urlencode({'query': 'SELECT (1 AS ?a) (2.5 AS ?b) {}', 'format': 'csv'})}")
    assert numbers.dtypes.astype(str).to_dict() == {"a": "int64", "b": "float64"}


def test_pandas_reads_what_csv_has_to_quote(pandas: Any, address: str) -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("x,\\"y\\"\\n" "é") ("" UNDEF) } }'
    with urllib.request.urlopen(
        urllib.request.Request(
            f"{address}/sparql", data=query.encode(), headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"}
        ),
        timeout=PATIENCE,
    ) as answer:
        frame = pandas.read_csv(io.BytesIO(answer.read()), keep_default_na=False)
    assert frame.to_dict("records") == [{"a": 'x,"y"\n', "b": "é"}, {"a": "", "b": ""}]
