"""The answer of the embedded store: a query that is known to be well-formed, evaluated whenever it is read.

Oxigraph's results belong to the thread that asked: one that is let go of in another is never freed. A web server hands answers
and their errors from thread to thread, so no result outlives the call that reads it, not even in an error's traceback. What is
read twice is evaluated twice, and then sees what the store then holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat
from rdflib import Graph
from rdflib.term import Identifier

from kg.errors import QueryError
from kg.store.formats import RESULT_FORMATS, TRIPLE_FORMATS
from kg.store.protocol import AnswerKind
from kg.store.terms import from_oxigraph
from kg.store.writing import write_result, write_triples

Result = QueryBoolean | QuerySolutions | QueryTriples | Iterator[pyoxigraph.Triple]
T = TypeVar("T")


class EmbeddedAnswer:
    """The result of one query over an embedded store; see ``kg.store.protocol.Answer``."""

    def __init__(self, evaluate: Callable[[], Result], *, kind: AnswerKind, variables: Sequence[str] = ()) -> None:
        self._evaluate = evaluate
        self._kind = kind
        self._variables = tuple(variables)

    @property
    def kind(self) -> AnswerKind:
        """The form of the query."""
        return self._kind

    @property
    def variables(self) -> Sequence[str]:
        """The variables of a SELECT in their order; empty for the other forms."""
        return self._variables

    def rows(self) -> Iterator[Mapping[str, Identifier]]:
        """Yield the solutions; an unbound variable is not in the mapping. Empty for the other forms."""
        solutions = self._read(_solutions) if self._kind == "solutions" else []
        return (self._row(solution) for solution in solutions)

    def texts(self) -> list[dict[str, str]]:
        """Return the solutions with the text of each term alone. Empty for the other forms."""
        return text_rows(self._read(lambda result: _table(result, QueryResultsFormat.JSON))) if self._kind == "solutions" else []

    def graph(self) -> Graph:
        """Return the triples as a graph; empty for the other forms."""
        graph = Graph()
        for triple in self._read(_triples) if self._kind == "triples" else ():
            subject, predicate, object_ = map(_term, triple)
            graph.add((subject, predicate, object_))
        return graph

    def __bool__(self) -> bool:
        """Return the truth of an ASK; for the other forms, whether there is any result."""
        return self._read(_truth)

    def formats(self) -> Sequence[str]:
        """Return the media types that ``serialize`` takes for this kind, the preferred one first."""
        return TRIPLE_FORMATS if self._kind == "triples" else RESULT_FORMATS

    def serialize(self, media_type: str) -> bytes:
        """Return the whole result in one of ``formats()``. Raise ValueError for another format."""
        if media_type not in self.formats():
            raise ValueError(f"{media_type!r} does not fit an answer of {self._kind}. Take one of: {', '.join(self.formats())}.")
        if self._kind == "triples":
            return write_triples(self._read(_triples), RdfFormat.from_media_type(media_type) or RdfFormat.TURTLE)
        form = QueryResultsFormat.from_media_type(media_type) or QueryResultsFormat.JSON
        return self._read(lambda result: _table(result, form))

    def _row(self, solution: pyoxigraph.QuerySolution) -> dict[str, Identifier]:
        bound = ((name, solution[name]) for name in self._variables)
        return {name: _term(term) for name, term in bound if term is not None}

    def _read(self, read: Callable[[Result], T]) -> T:
        try:
            return read(self._evaluate())
        except (OSError, RuntimeError) as error:
            reason = str(error)
        # Raised out here, so that the new error does not hold the old one, whose traceback holds the result.
        raise QueryError(f"The query could not be evaluated: {reason}")


def text_rows(written: bytes) -> list[dict[str, str]]:
    """Return the solutions that are written in SPARQL's JSON, with the text of each term alone. Raise QueryError for triple terms."""
    if b'"type":"triple"' in written:
        raise QueryError("A triple term has no text. Ask for its parts, with SUBJECT(), PREDICATE() and OBJECT().")
    solutions = json.loads(written)["results"]["bindings"]
    return [{name: term["value"] for name, term in solution.items()} for solution in solutions]


def _solutions(result: Result) -> list[pyoxigraph.QuerySolution]:
    return list(result) if isinstance(result, QuerySolutions) else []


def _triples(result: Result) -> dict[pyoxigraph.Triple, None]:
    """Return each triple once: Oxigraph gives a triple once for each way it came about."""
    return {} if isinstance(result, QueryBoolean | QuerySolutions) else dict.fromkeys(result)


def _truth(result: Result) -> bool:
    return bool(result) if isinstance(result, QueryBoolean) else next(iter(result), None) is not None


def _table(result: Result, form: QueryResultsFormat) -> bytes:
    return write_result(result, form) if isinstance(result, QueryBoolean | QuerySolutions) else b""


def _term(term: object) -> Identifier:
    try:
        return from_oxigraph(term)
    except ValueError as error:
        raise QueryError(str(error)) from error
