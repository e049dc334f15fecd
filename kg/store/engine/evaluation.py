"""Evaluate one query over an Oxigraph store and write its answer, in Rust, to wherever it goes.

Where the number of rows is limited, they are first written as TSV, a row a line, which loses nothing; the lines up to the limit
then become the form that was asked for. So whether rows are missing is known before the first byte is passed on, and no row is made
in Python. Those rows are held in memory meanwhile.

Triples come once each: Oxigraph's own memory of those that it gave is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Protocol, cast

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg.errors import QueryError
from kg.graph.prefixes import PREFIXES
from kg.store.sinks import LineLimit, Sink, TooManyLinesError
from kg.store.sparql.faults import explain
from kg.store.sparql.naming import graph_node
from kg.store.sparql.screening import MAY_CALL, refuse_services, screen_query
from kg.store.xml import XmlSink, writable

if TYPE_CHECKING:
    from kg.store.engine.protocol import QueryJob
    from kg.store.protocol import AnswerKind

_ANY_FORM = "*/*"


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer before its first byte."""

    kind: AnswerKind
    media_type: str
    truncated: bool = False


class Asked(Protocol):
    """What of a ``QueryJob`` is needed here."""

    text: str
    media_type: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    union_default: bool
    max_rows: int | None


def evaluate(
    store: pyoxigraph.Store, job: Asked | QueryJob, *, union_kept: bool, relay: str | None, begin: Callable[[Head], Sink]
) -> None:
    """Evaluate a query; call ``begin`` with what the answer is, and write the answer to what it returns.

    ``union_kept`` says that the store's default graph is the union of its named graphs. SERVICE is refused, but for what lies below the
    address ``relay``. Raise QueryError for a query that is malformed, cannot be evaluated, or does not fit its media type.
    """
    try:
        if MAY_CALL.search(job.text):
            refuse_services(job.text, screen_query(job.text, prefixes=PREFIXES).clauses, relay=relay)
        result = _ask(store, job, union_kept=union_kept)
    except SyntaxError as error:
        raise explain(job.text, error, relay=relay) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from None
    if isinstance(result, QueryTriples):
        _write_triples(result, job, begin)
    elif isinstance(result, QueryBoolean):
        form, media_type = _result_form(job, "boolean")
        _write(lambda sink: result.serialize(output=sink, format=form), begin(Head("boolean", media_type)), form.media_type)
    elif isinstance(result, QuerySolutions):
        _write_solutions(result, job, begin)


def _ask(store: pyoxigraph.Store, job: Asked | QueryJob, *, union_kept: bool) -> object:
    default: list[NamedNode | BlankNode | DefaultGraph] | None = None
    named: list[NamedNode | BlankNode] | None = (
        None if job.named_graphs is None else [graph_node(name) for name in job.named_graphs]
    )
    if job.default_graphs is not None or named is not None:
        # What the protocol names is the whole dataset: a part that it does not name is empty.
        default, named = [graph_node(name) for name in job.default_graphs or ()], named or []
    elif union_kept and not job.union_default:
        default = []
    computed = job.union_default and not union_kept and default is None
    return store.query(
        job.text, prefixes=PREFIXES, default_graph=default, named_graphs=named, use_default_graph_as_union=computed
    )


def _write_solutions(result: QuerySolutions, job: Asked | QueryJob, begin: Callable[[Head], Sink]) -> None:
    form, media_type = _result_form(job, "solutions")
    if job.max_rows is None:
        sink = begin(Head("solutions", media_type))
        _write(lambda sink: result.serialize(output=sink, format=form), sink, form.media_type)
        return
    limit = LineLimit(job.max_rows + 1)  # the names of the variables are a line, too
    try:
        result.serialize(output=_file(limit), format=QueryResultsFormat.TSV)
    except TooManyLinesError:
        pass
    except (OSError, RuntimeError, ValueError) as error:
        if not limit.exceeded:
            raise _failed(error) from None
    sink = begin(Head("solutions", media_type, limit.exceeded))
    if form == QueryResultsFormat.TSV:
        sink.write(limit.lines())
        return
    kept = pyoxigraph.parse_query_results(limit.lines(), format=QueryResultsFormat.TSV)
    if isinstance(kept, QuerySolutions):
        _write(lambda sink: kept.serialize(output=sink, format=form), sink, form.media_type)


def _write_triples(result: QueryTriples, job: Asked | QueryJob, begin: Callable[[Head], Sink]) -> None:
    media_type = "application/n-triples" if job.media_type == _ANY_FORM else job.media_type
    form = RdfFormat.from_media_type(media_type)
    if form is None or QueryResultsFormat.from_media_type(media_type) is not None:
        raise QueryError(f"The answer is a graph, which {media_type!r} does not hold. Ask for text/turtle.")
    triples: Iterable[pyoxigraph.Triple] = _once(result)
    truncated = False
    if job.max_rows is not None:
        try:
            kept = list(islice(triples, job.max_rows + 1))
        except (OSError, RuntimeError, ValueError) as error:
            raise _failed(error) from None
        truncated = len(kept) > job.max_rows
        triples = kept[: job.max_rows]
    if form == RdfFormat.RDF_XML:
        triples = writable(triples)
    sink = begin(Head("triples", media_type, truncated))
    _write(
        lambda sink: pyoxigraph.serialize(triples, output=sink, format=form, prefixes=PREFIXES),
        sink,
        form.media_type,
    )


def _once(triples: Iterable[pyoxigraph.Triple]) -> Iterator[pyoxigraph.Triple]:
    seen: set[pyoxigraph.Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _write(write: Callable[[IO[bytes]], object], sink: Sink, media_type: str) -> None:
    mending = XmlSink(sink) if media_type in {"application/sparql-results+xml", "application/rdf+xml"} else None
    try:
        write(_file(mending or sink))
    except (OSError, RuntimeError, ValueError) as error:
        raise _failed(error) from None
    if mending is not None:
        mending.finish()


def _result_form(job: Asked | QueryJob, kind: AnswerKind) -> tuple[QueryResultsFormat, str]:
    media_type = "application/sparql-results+json" if job.media_type == _ANY_FORM else job.media_type
    form = QueryResultsFormat.from_media_type(media_type)
    if form is None:
        what = "a table" if kind == "solutions" else "yes or no"
        raise QueryError(f"The answer is {what}, which {media_type!r} does not hold. Ask for application/sparql-results+json.")
    return form, media_type


def _file(sink: Sink) -> IO[bytes]:
    """Call a sink a file: of files Oxigraph uses no more than that."""
    return cast(IO[bytes], sink)


def _failed(error: Exception) -> QueryError:
    return QueryError(f"The query could not be evaluated: {error}")
