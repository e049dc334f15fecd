"""The competency questions: what each asks, what can be put into it, and how that gets into its query.

A question is a file ``ontology/questions/NAME.rq``, a query that can be asked as it stands. Its comment begins with the question in
English; then what must be known to read the answer; then a line for each parameter, ``# param on (date): the day``, and for each
column, ``# column who: the speaker``. A parameter is a line ``VALUES ?on { … }`` in the query, whose value is the default.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Literal as OneOf
from typing import get_args

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from kg.errors import NotFoundError, QueryError
from kg.graph import literals, queries
from kg.graph.find import resolve_entity, resolve_issue
from kg.graph.ontology_files import question_names, read_question
from kg.graph.vocabulary import DEFAULT_BASE
from kg.store.protocol import Store

Kind = OneOf["entity", "issue", "date", "text", "number"]

_COMMENT = re.compile(r"(?:#[^\n]*\n)+")
_PARAMETER = re.compile(r"param (?P<name>\w+) \((?P<kind>\w+)\): (?P<description>.+)")
_COLUMN = re.compile(r"column (?P<name>\w+): (?P<description>.+)")
_VALUE = re.compile(
    r'VALUES \?(?P<name>\w+) \{ (?P<term><(?P<iri>[^>]*)>|"(?P<text>[^"]*)"(?:\^\^xsd:\w+)?|(?P<number>[0-9.]+)) \}'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What can be put into a question; ``default`` is the value that its query has as it stands, as a person would write it.

    ``kind`` is what the value is: an "entity" or an "issue" of the store (a name, an id or an IRI), a "date" (2025-11-23), a
    "number", or "text".
    """

    name: str
    kind: Kind
    description: str
    default: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One variable of the answer, and what it tells."""

    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One competency question; ``title`` is the question in English, ``sparql`` its query with the defaults in it."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    sparql: str


def questions() -> list[Question]:
    """Return all questions, sorted by name."""
    return [get_question(name) for name in question_names()]


@cache
def get_question(name: str) -> Question:
    """Return one question. Raises NotFoundError, with names that are near."""
    sparql = read_question(name)
    head = _COMMENT.match(sparql)
    title, *lines = [line.removeprefix("#").strip() for line in head[0].splitlines()] if head is not None else [""]
    defaults = {match["name"]: _default(match) for match in _VALUE.finditer(sparql)}
    prose, parameters, columns = [], [], []
    for line in lines:
        if match := _PARAMETER.fullmatch(line):
            parameters.append(
                Parameter(
                    name=match["name"],
                    kind=_kind(match["kind"], question=name),
                    description=match["description"],
                    default=defaults[match["name"]],
                )
            )
        elif match := _COLUMN.fullmatch(line):
            columns.append(Column(name=match["name"], description=match["description"]))
        else:
            prose.append(line)
    return Question(
        name=name,
        title=title,
        description=" ".join(prose),
        parameters=tuple(parameters),
        columns=tuple(columns),
        sparql=sparql,
    )


def fill_question(store: Store, question: Question, values: Mapping[str, str], *, base: str = DEFAULT_BASE) -> str:
    """Return the query of a question with the values that a person gives to its parameters; the others keep their defaults.

    Raises NotFoundError for a parameter that the question does not have and for an entity or issue that is not in the store, and
    QueryError for a value that is not of the parameter's kind.
    """
    kinds = {parameter.name: parameter.kind for parameter in question.parameters}
    if unknown := sorted(values.keys() - kinds.keys()):
        has = f"Its parameters: {', '.join(kinds)}." if kinds else "It has none: ask it as it is."
        raise NotFoundError(f"question {question.name!r}: no parameter {unknown[0]!r}. {has}")
    terms = {}
    for name, value in values.items():
        try:
            terms[name] = queries.write_term(_READERS[kinds[name]](store, value, base))
        except (NotFoundError, QueryError) as error:
            raise type(error)(f"question {question.name!r}, parameter {name!r}: {error}") from error

    def put(match: re.Match[str]) -> str:
        return f"VALUES ?{match['name']} {{ {terms.get(match['name'], match['term'])} }}"

    return _VALUE.sub(put, question.sparql)


def _default(match: re.Match[str]) -> str:
    if match["iri"] is not None:
        return match["iri"].removeprefix(DEFAULT_BASE)
    return match["text"] if match["text"] is not None else match["number"]


def _kind(written: str, *, question: str) -> Kind:
    for kind in get_args(Kind):
        if written == kind:
            return kind  # type: ignore[no-any-return]
    raise QueryError(f"question {question!r}: no kind of parameter is {written!r}. Write one of: {', '.join(get_args(Kind))}.")


def _read_entity(store: Store, value: str, base: str) -> URIRef:
    return resolve_entity(store, value, base=base)


def _read_issue(store: Store, value: str, base: str) -> URIRef:
    return resolve_issue(store, value, base=base)


def _read_date(store: Store, value: str, base: str) -> Literal:  # noqa: ARG001  # all readers take the same
    if not literals.is_day(value.strip()):
        raise QueryError(f"{value!r} is no day. Write it as 2025-11-23.")
    return literals.day(datetime.date.fromisoformat(value.strip()))


def _read_text(store: Store, value: str, base: str) -> Literal:  # noqa: ARG001  # all readers take the same
    return Literal(value)


def _read_number(store: Store, value: str, base: str) -> Literal:  # noqa: ARG001  # all readers take the same
    try:
        number = Decimal(value.strip())
    except InvalidOperation as error:
        raise QueryError(f"{value!r} is no number. Write it as 0.5.") from error
    if not number.is_finite():
        raise QueryError(f"{value!r} is no finite number. Write it as 0.5.")
    return Literal(format(number, "f"), datatype=XSD.decimal, normalize=False)


_READERS: Mapping[Kind, Callable[[Store, str, str], URIRef | Literal]] = {
    "entity": _read_entity,
    "issue": _read_issue,
    "date": _read_date,
    "text": _read_text,
    "number": _read_number,
}
