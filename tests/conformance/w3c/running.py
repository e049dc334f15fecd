"""Run one test of a query or an update against a SPARQL service."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from tests.conformance.w3c.comparing import Row, same_rows
from tests.conformance.w3c.manifests import Case, Loaded, Suite
from tests.conformance.w3c.results import CSV, accepted_for, read_answer, read_file

_EVERYTHING = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_JSON = "application/sparql-results+json"
_DATASET = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.IGNORECASE)
_ORDERED = re.compile(r"\bORDER\s+BY\b[^}]*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said: its status, whether that tells that the text was malformed, and the body."""

    status: int
    malformed: bool
    media_type: str
    body: bytes

    @property
    def taken(self) -> bool:
        """Whether the service did what it was asked for."""
        return 200 <= self.status < 300

    def __str__(self) -> str:
        return f"{self.status} {self.media_type}: {self.body.decode(errors='replace')[:2000]}"


class Service(Protocol):
    """A SPARQL service whose default graph is one of its own.

    ``holds`` is the data that it is known to hold; whatever may have changed it makes that None.
    """

    holds: tuple[Loaded, ...] | None

    def query(self, text: str, *, accept: str) -> Answer:
        """Ask a query."""
        ...

    def update(self, text: str) -> Answer:
        """Ask for an update."""
        ...


def run(case: Case, suite: Suite, service: Service) -> None:
    """Run a test; it fails by an AssertionError that says what was answered."""
    text = f"BASE <{suite.iri(case.action)}>\n{case.action.read_text(encoding='utf-8')}"
    match case.kind:
        case "QueryEvaluationTest" | "CSVResultFormatTest":
            _run_query(case, suite, service, text)
        case "UpdateEvaluationTest":
            load(service, case.before, suite)
            answer = service.update(text)
            assert answer.taken, answer
            left = everything(service)
            assert same_rows(left, [tuple(quad) for quad in dataset(case.after, suite)]), left
        case kind:
            answer = (
                service.update(text) if "Update" in kind or case.action.suffix == ".ru" else service.query(text, accept="*/*")
            )
            assert answer.status == 400 if kind.startswith("Negative") else not answer.malformed, answer


def _run_query(case: Case, suite: Suite, service: Service, text: str) -> None:
    assert case.result is not None
    load(service, data_of(case, suite), suite)
    answer = service.query(text, accept=accepted_for(case.result))
    assert answer.taken, answer
    expected = read_file(case.result, base=suite.iri(case.result))
    found = read_answer(answer.body, answer.media_type)
    ordered = _ORDERED.search(text) is not None and answer.media_type != CSV
    assert found.is_like(expected, ordered=ordered, lax=case.lax), f"{found}\nis not\n{expected}"


def data_of(case: Case, suite: Suite) -> tuple[Loaded, ...]:
    """Return the data of a test; where the manifest gives none, the files that its query names, each as a graph of its name."""
    if case.before or case.result is None:
        return case.before
    files = [case.action.with_name(name) for name in _DATASET.findall(case.action.read_text(encoding="utf-8"))]
    return tuple(Loaded(file, suite.iri(file)) for file in dict.fromkeys(files))


def dataset(loaded: Iterable[Loaded], suite: Suite) -> list[Quad]:
    """Read files into one dataset; each file's blank nodes are its own, and so are its graphs, if it has any."""
    return [
        quad if one.graph is None else Quad(quad.subject, quad.predicate, quad.object, NamedNode(one.graph))
        for one in loaded
        for quad in pyoxigraph.parse(path=str(one.file), base_iri=suite.iri(one.file), rename_blank_nodes=True)
    ]


def load(service: Service, data: tuple[Loaded, ...], suite: Suite) -> None:
    """Put data in place of all that the service holds, by one update."""
    if service.holds == data:
        return
    graphs: dict[object, list[Quad]] = {}
    for quad in dataset(data, suite):
        graphs.setdefault(quad.graph_name, []).append(quad)
    parts = [_block(graph, lines) for graph, lines in graphs.items()]
    answer = service.update(f"DROP ALL ;\nINSERT DATA {{\n{''.join(parts)}}}")
    assert answer.taken, answer
    service.holds = data


def everything(service: Service) -> list[Row]:
    """Return all that the service holds, as rows of subject, predicate, object and graph."""
    answer = service.query(_EVERYTHING, accept=_JSON)
    assert answer.taken, answer
    found = pyoxigraph.parse_query_results(answer.body, format=pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return [(row["s"], row["p"], row["o"], row["g"] or DefaultGraph()) for row in found]


def _block(graph: object, quads: list[Quad]) -> str:
    triples = pyoxigraph.serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert triples is not None
    lines = triples.decode()
    return lines if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{lines}}}\n"
