"""Read the results of queries, expected and answered alike: solutions, a boolean, or triples."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from tests.conformance.w3c.comparing import Row, fewer_times, same_rows

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
CSV = "text/csv"


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave: rows of these variables (by name), rows that are triples ("triples"), or a boolean."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
    boolean: bool | None = None

    def is_like(self, expected: Result, *, ordered: bool, lax: bool) -> bool:
        """Tell whether this is what is expected; ``lax``: rows may come fewer times."""
        if (self.boolean, self.columns) != (expected.boolean, expected.columns):
            return False
        return fewer_times(self.rows, expected.rows) if lax else same_rows(self.rows, expected.rows, ordered=ordered)


TRIPLES = ("subject", "predicate", "object")


def accepted_for(result: Path) -> str:
    """Return the media type to ask for where a result is expected as in this file; graphs may stand for solutions there."""
    match result.suffix:
        case ".csv":
            return CSV
        case ".tsv":
            return QueryResultsFormat.TSV.media_type
        case ".srx":
            return QueryResultsFormat.XML.media_type
        case _:
            return f"{QueryResultsFormat.JSON.media_type}, {RdfFormat.TURTLE.media_type}"


def read_file(file: Path, *, base: str) -> Result:
    """Read the results that a test expects."""
    match file.suffix:
        case ".srx" | ".srj" | ".tsv" | ".csv":
            media_type = {".srj": QueryResultsFormat.JSON.media_type}.get(file.suffix) or accepted_for(file)
            return read_answer(file.read_bytes(), media_type)
        case _:
            return _of_graph(list(pyoxigraph.parse(path=str(file), base_iri=base)))


def read_answer(content: bytes, media_type: str) -> Result:
    """Read an answer of this media type."""
    media_type = media_type.partition(";")[0].strip()
    if media_type == CSV:
        names, *lines = csv.reader(io.StringIO(content.decode(), newline=""))
        return _table(names, [tuple(_cell(cell) for cell in line) for line in lines])
    form = QueryResultsFormat.from_media_type(media_type)
    if form is None:
        graph = RdfFormat.from_media_type(media_type)
        assert graph is not None, f"the answer is {media_type}"
        return _graph(pyoxigraph.parse(content, format=graph))
    parsed = pyoxigraph.parse_query_results(content, format=form)
    if isinstance(parsed, QueryBoolean):
        return Result((), [], bool(parsed))
    assert isinstance(parsed, QuerySolutions)
    return _table([variable.value for variable in parsed.variables], [tuple(solution) for solution in parsed])


def _table(names: list[str], rows: list[Row]) -> Result:
    """Order the columns by name: the order of a query's variables says nothing."""
    order = sorted(range(len(names)), key=names.__getitem__)
    return Result(tuple(names[index] for index in order), [tuple(row[index] for index in order) for row in rows])


def _graph(quads: Iterable[pyoxigraph.Quad]) -> Result:
    return Result(TRIPLES, list({tuple(quad.triple) for quad in quads}))


def _cell(text: str) -> object:
    """Read a cell of CSV, which tells neither datatypes nor how a number was spelt."""
    if text.startswith("_:"):
        return BlankNode(text.removeprefix("_:"))
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _of_graph(quads: list[pyoxigraph.Quad]) -> Result:
    """Read results that are described as a graph; a graph that describes none is itself the result."""

    def values(subject: object, name: str) -> list[object]:
        return [quad.object for quad in quads if quad.subject == subject and quad.predicate.value == RS + name]

    described = [quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object == NamedNode(RS + "ResultSet")]
    if not described:
        return _graph(quads)
    (itself,) = described
    for truth in values(itself, "boolean"):
        assert isinstance(truth, Literal)
        return Result((), [], truth.value == "true")
    names = [variable.value for variable in values(itself, "resultVariable") if isinstance(variable, Literal)]
    rows = []
    for solution in sorted(
        values(itself, "solution"), key=lambda solution: [_number(index) for index in values(solution, "index")]
    ):
        bound = {
            str(name.value): value
            for binding in values(solution, "binding")
            for name, value in zip(values(binding, "variable"), values(binding, "value"), strict=True)
            if isinstance(name, Literal)
        }
        rows.append(tuple(bound.get(name) for name in names))
    return _table(names, rows)


def _number(index: object) -> int:
    assert isinstance(index, Literal)
    return int(index.value)
