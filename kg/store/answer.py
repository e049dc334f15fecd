"""The answer of the embedded store: Oxigraph's result, read as rows, as a graph or as bytes.

Oxigraph hands out a result once, and works parts of it out only while it is read. So a second reading asks the store again, and
sees what the store then holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyoxigraph
from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat
from rdflib import Graph
from rdflib.term import Identifier

from kg.errors import QueryError
from kg.graph.vocabulary import PREFIXES
from kg.store.formats import RESULT_FORMATS, TRIPLE_FORMATS
from kg.store.protocol import AnswerKind
from kg.store.terms import from_oxigraph

Result = QueryBoolean | QuerySolutions | QueryTriples


class EmbeddedAnswer:
    """The result of one query over an embedded store; see ``kg.store.protocol.Answer``."""

    def __init__(self, evaluate: Callable[[], Result]) -> None:
        self._evaluate = evaluate
        with evaluation():
            self._result: Result | None = evaluate()
        self._kind, self._variables = _form(self._result)

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
        if self._kind != "solutions":
            return
        with evaluation():
            for solution in _iterable(self._take()):
                bound = ((name, solution[name]) for name in self._variables)
                yield {name: from_oxigraph(term) for name, term in bound if term is not None}

    def graph(self) -> Graph:
        """Return the triples as a graph; empty for the other forms."""
        graph = Graph()
        if self._kind == "triples":
            with evaluation():
                for triple in _iterable(self._take()):
                    subject, predicate, object_ = map(from_oxigraph, triple)
                    graph.add((subject, predicate, object_))
        return graph

    def __bool__(self) -> bool:
        """Return the truth of an ASK; for the other forms, whether there is any result."""
        with evaluation():
            if self._kind == "boolean":
                return bool(self._take())
            return next(iter(_iterable(self._evaluate())), None) is not None

    def formats(self) -> Sequence[str]:
        """Return the media types that ``serialize`` takes for this kind, the preferred one first."""
        return TRIPLE_FORMATS if self._kind == "triples" else RESULT_FORMATS

    def serialize(self, media_type: str) -> bytes:
        """Return the whole result in one of ``formats()``. Raise ValueError for another format."""
        if media_type not in self.formats():
            raise ValueError(f"{media_type!r} does not fit an answer of {self._kind}. Take one of: {', '.join(self.formats())}.")
        with evaluation():
            result = self._take()
            if isinstance(result, QueryTriples):
                return _triples_as(result, media_type)
            return result.serialize(format=QueryResultsFormat.from_media_type(media_type)) or b""

    def _take(self) -> Result:
        result, self._result = self._result, None
        return self._evaluate() if result is None else result


@contextmanager
def evaluation() -> Iterator[None]:
    """Turn the errors of Oxigraph while it evaluates into QueryError; those of syntax pass, since they need the query's text."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"The query could not be evaluated: {error}") from error


def _form(result: Result) -> tuple[AnswerKind, tuple[str, ...]]:
    match result:
        case QuerySolutions():
            return "solutions", tuple(variable.value for variable in result.variables)
        case QueryTriples():
            return "triples", ()
        case _:
            return "boolean", ()


def _iterable(result: Result) -> Iterable[pyoxigraph.QuerySolution] | Iterable[pyoxigraph.Triple]:
    if isinstance(result, QueryBoolean):
        raise TypeError("a boolean has no parts")
    return result


def _triples_as(result: QueryTriples, media_type: str) -> bytes:
    """Serialize with the usual prefixes, each triple once (Oxigraph gives a triple once for each way it came about)."""
    unique = dict.fromkeys(result)
    return pyoxigraph.serialize(unique, format=RdfFormat.from_media_type(media_type), prefixes=PREFIXES) or b""
