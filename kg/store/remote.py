"""The store on a server: any that speaks SPARQL 1.1 Query and Update over HTTP.

**The union** of the named graphs stands in the server's default graph, where every write keeps it, as in the embedded store; so
each server gives the same answers, whatever it takes for a default graph. A server that computes the union itself says so in its
service description (sd:UnionDefaultGraph) and is left to: then a triple of two graphs is there once or twice, and FROM counts or
not, as that server has it. What others write into named graphs of the server is in the union only if they put it into the
default graph too.

**What is atomic**: each change is one update request, whatever it holds. SPARQL lets a server choose whether a request is one
transaction: Oxigraph, Fuseki (TDB), RDF4J and GraphDB make it one, so that readers see all of it or nothing. The request rests on
nothing that was read before, so that writers may take turns. Each answer is one request and so of one state, and so is ``dump``;
``dataset`` asks twice, first for the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BufferedReader
from types import TracebackType
from typing import Self

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple
from rdflib import Dataset, Graph, URIRef

from kg.errors import QueryError, StoreError
from kg.graph.vocabulary import PREFIXES
from kg.store.connection import MOST_BYTES, TIMEOUT, Connection, Credentials, Fields
from kg.store.given import graph_name, triples_of
from kg.store.graph_changes import change_text
from kg.store.protocol import Edit, GraphChange
from kg.store.remote_answer import RemoteAnswer
from kg.store.remote_update import ADOPT, update_request
from kg.store.sparql.faults import explain
from kg.store.sparql.naming import graph_node
from kg.store.sparql.parsing import answer_form, parse_fault
from kg.store.sparql.updates import prepared
from kg.store.terms import as_dataset
from kg.store.writing import write_whole

_UNION = NamedNode("http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph")
_LACKS_UNION = "ASK { GRAPH ?graph { ?s ?p ?o } FILTER NOT EXISTS { ?any ?thing ?here } }"
_JSON = "application/sparql-results+json"
_N_TRIPLES = "application/n-triples"


class RemoteStore:
    """Named graphs on a SPARQL 1.1 server; see ``kg.store.protocol.Store``.

    ``address`` is where it listens; ``kg.store.connection`` says how its endpoints are found. ``timeout`` is in seconds and holds,
    as ``most_bytes`` does, for each request. May be used from several threads.

    Raises StoreError if no such server answers, or if it has graphs, is opened with ``read_only``, and lacks their union.
    """

    def __init__(
        self,
        address: str,
        *,
        read_only: bool = False,
        credentials: Credentials | None = None,
        timeout: float = TIMEOUT,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._address = address
        self._read_only = read_only
        self._connection = Connection(address, credentials=credentials, timeout=timeout, most_bytes=most_bytes)
        try:
            self._keeps_union = not self._computes_union()
            if self._keeps_union and self.query(_LACKS_UNION):
                self._adopt()
        except BaseException:
            self.close()
            raise

    def query(
        self, query: str, *, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> RemoteAnswer:
        """Take a SPARQL 1.1 query, to be sent when the answer is read, each time anew.

        The usual prefixes need no declaration; SERVICE is refused before anything is sent. The server is told the graphs of the protocol.
        Raise QueryError.
        """
        self._connection.require_open()
        fault = parse_fault(query)
        if fault is not None:
            raise explain(query, fault)
        kind, variables = answer_form(query)
        text = with_prefixes(query)
        fetch = self._triples if kind == "triples" else self._solutions
        dataset = dataset_fields("default-graph-uri", default_graphs, "named-graph-uri", named_graphs)
        return RemoteAnswer(lambda: fetch(text, dataset), kind=kind, variables=variables)

    def replace_graph(self, graph: Graph) -> None:
        """Make ``graph`` the whole content of the named graph of its identifier.

        Blank nodes keep apart what they kept apart, but not their labels. Raise StoreError for a graph that is not named by an
        IRI or holds what RDF 1.1 does not allow.
        """
        self.change([graph])

    def remove_graph(self, name: URIRef) -> bool:
        """Drop a named graph, and from the union what stood in no other; tell whether there was one."""
        there = bool(self.query(f"ASK {{ GRAPH {graph_name(name)} {{}} }}"))
        if there:
            self.change([], removed=[name])
        return there

    def change(self, graphs: Iterable[Graph], *, removed: Iterable[URIRef] = (), edits: Iterable[Edit] = ()) -> None:
        """Replace some named graphs, drop and edit others, in one request.

        Raise StoreError as ``replace_graph`` does; then nothing was sent.
        """
        wanted = {graph_name(graph.identifier): triples_of(graph) for graph in graphs}
        gone = [name for name in map(graph_name, removed) if name not in wanted]
        changes = [
            (graph_name(edit.gained.identifier), triples_of(edit.gained), triples_of(edit.lost) - triples_of(edit.gained))
            for edit in edits
        ]
        self._require_writable()
        request = update_request(wanted, gone, changes, keeps_union=self._keeps_union)
        if request:
            self._connection.update(request)

    def update(self, text: str, *, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:
        """Send a SPARQL update, in one request; the usual prefixes need no declaration.

        Where this store keeps the union, the update is sent so that it keeps it, and cannot write the default graph. Raise QueryError for
        one that is malformed or refused, StoreError where the server refuses.
        """
        self._require_writable()
        self._connection.update(with_prefixes(prepared(text, using=using, using_named=using_named, union=self._keeps_union)))

    def write(self, change: GraphChange) -> None:
        """Put, add or remove one graph, in one request. Raise ReadingError, NotFoundError, QueryError, StoreError."""
        self._require_writable()
        update = change_text(
            change, there=lambda name: bool(self.query(f"ASK {{ GRAPH {name} {{ }} }}")), union=self._keeps_union
        )
        self._connection.update(update)

    def graph_names(self) -> list[URIRef]:
        """Return the names of all graphs, sorted; of empty ones, if the server keeps such."""
        return sorted(URIRef(str(row["graph"])) for row in self.query("SELECT DISTINCT ?graph { GRAPH ?graph {} }").rows())

    def triple_count(self) -> int:
        """Return how many different triples the union has."""
        (row,) = self.query("SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } }").rows()
        return int(row["n"])

    def dataset(self) -> Dataset:
        """Return a copy of everything as rdflib's Dataset, whose default graph is the union too."""
        return as_dataset(self.graph_names(), self._quads())

    def dump(self, media_type: str) -> bytes:
        """Return everything in an RDF format: graphs by name in TriG, N-Quads and JSON-LD, their union in those for triples."""
        return write_whole(media_type, quads=self._quads, union=lambda: dict.fromkeys(quad.triple for quad in self._quads()))

    def close(self) -> None:
        """Let go of the server; once is enough, more does no harm."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Close the store."""
        self.close()

    @contextmanager
    def _solutions(self, query: str, dataset: Fields = ()) -> Iterator[QuerySolutions | QueryBoolean]:
        with self._connection.ask(query, accept=_JSON, dataset=dataset) as body, self._reading():
            yield pyoxigraph.parse_query_results(body, QueryResultsFormat.JSON)

    @contextmanager
    def _triples(self, query: str, dataset: Fields = ()) -> Iterator[Iterator[Triple]]:
        with self._connection.ask(query, accept=_N_TRIPLES, dataset=dataset) as body, self._reading():
            yield (quad.triple for quad in _parsed(body))

    def _quads(self) -> list[Quad]:
        """Return all of the named graphs, ordered by their names."""
        with self._solutions("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }") as found:
            quads = [Quad(row["s"], row["p"], row["o"], row["g"]) for row in found] if isinstance(found, QuerySolutions) else []
        return sorted(quads, key=lambda quad: str(quad.graph_name))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"{self._address}: its answer cannot be read ({error}). Ask again; its log may say more.") from error

    def _computes_union(self) -> bool:
        description = self._connection.describe()
        if description is None:
            return False
        try:
            return any(quad.object == _UNION for quad in pyoxigraph.parse(description, RdfFormat.TURTLE, base_iri=self._address))
        except SyntaxError:
            return False

    def _adopt(self) -> None:
        """Make the union for a server that other programs filled."""
        if self._read_only:
            raise StoreError(
                f"{self._address}: its default graph is empty, though it has named graphs. Let it compute their union (Oxigraph: "
                "--union-default-graph), or write to it once with 'kg build', which puts it there."
            )
        self._connection.update(ADOPT)

    def _require_writable(self) -> None:
        if self._read_only:
            raise StoreError(f"{self._address}: was opened for reading only. Open it for writing.")


def dataset_fields(default: str, graphs: Sequence[str] | None, named: str, others: Sequence[str] | None) -> Fields:
    """Return the fields of the SPARQL protocol that name a dataset. Raise QueryError for a name that is no absolute IRI."""
    given = [*((default, name) for name in graphs or ()), *((named, name) for name in others or ())]
    return [(field, graph_node(name).value) for field, name in given]


def _parsed(body: BufferedReader) -> Iterator[Quad]:
    return iter(pyoxigraph.parse(body, RdfFormat.N_TRIPLES))


def with_prefixes(query: str) -> str:
    """Declare the usual prefixes that may stand in a query, before it and on its first line."""
    used = [prefix for prefix in PREFIXES if re.search(rf"(?<![\w.-]){re.escape(prefix)}:", query)]
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in used) + query
