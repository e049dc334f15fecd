"""What a request to ``/sparql`` asks for, by whichever way of the SPARQL 1.1 protocol it came."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl

from starlette.requests import Request

from api.problems import ProblemError

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

_MOST_FIELDS = 1000
_SHORT = 4096
_TRUE = ("", "true", "1", "yes", "on")
_FALSE = ("false", "0", "no", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class SparqlRequest:
    """A query or an update as it came; ``text`` is None where there is neither, which asks for the description of the service.

    ``default_graphs`` and ``named_graphs`` are those of ``default-graph-uri`` and ``named-graph-uri``, or for an update of
    ``using-graph-uri`` and ``using-named-graph-uri``; None where neither of the two is given. ``union`` is ``union-default-graph``, and
    ``timeout`` in seconds; None: not given.
    """

    operation: Literal["query", "update"]
    text: str | None
    format: str | None = None
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    union: bool | None = None
    timeout: float | None = None


async def read_request(request: Request) -> SparqlRequest:
    """Read a GET or a POST. Raise ProblemError: 400 for parameters that do not fit, 415 for a body of another type."""
    address: bytes = request.scope["query_string"]
    if request.method == "GET":
        return _read_address(address) if len(address) < _SHORT else _read(_form_fields(address))
    fields = _form_fields(address)
    content_type = content_type_of(request)
    if content_type == FORM:
        return _read([*fields, *_form_fields(await request.body())])
    if content_type in (QUERY, UPDATE):
        return _read([*fields, ("query" if content_type == QUERY else "update", _text(await request.body()))])
    raise ProblemError(
        415,
        "unsupported-media-type",
        f"Neither a query nor an update can be read from {content_type or 'a body without a Content-Type'}.",
        advice=f"Send the query itself as {QUERY}, an update as {UPDATE}, or a form with the field 'query' or 'update' as {FORM}.",
        headers={"Accept": f"{QUERY}, {FORM}, {UPDATE}"},
    )


def content_type_of(request: Request) -> str:
    """Return the media type of the body in lower case, "" for none. Raise ProblemError 415 for text that is not UTF-8."""
    given = request.headers.get("content-type", "")
    media_type, _, parameters = given.partition(";")
    if parameters:
        header = Message()
        header["content-type"] = given
        charset = str(header.get_param("charset", "utf-8", unquote=True)).lower()
        if charset not in ("utf-8", "utf8", "us-ascii"):
            raise ProblemError(
                415,
                "unsupported-media-type",
                f"The body is said to be {charset!r}, which is not read.",
                advice="Send it as UTF-8.",
            )
    return media_type.strip().lower()


@lru_cache(maxsize=1024)
def _read_address(address: bytes) -> SparqlRequest:
    return _read(_form_fields(address))


def _read(fields: Sequence[tuple[str, str]]) -> SparqlRequest:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "query" in values and "update" in values:
        raise _bad("There are a query and an update.", "Give one of them.")
    operation: Literal["query", "update"] = "update" if "update" in values else "query"
    texts = values.get(operation, [])
    if len(texts) > 1:
        raise _bad(f"There is more than one {operation}.", f"Give the parameter '{operation}' once.")
    if not texts and values.keys() - {"format"}:
        raise _bad("There is no query.", "Give the parameter 'query' once: /sparql?query=SELECT… (percent-encoded), or POST it.")
    default, named = (
        ("default-graph-uri", "named-graph-uri") if operation == "query" else ("using-graph-uri", "using-named-graph-uri")
    )
    others = {"default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri"} - {default, named}
    for name in sorted(others & values.keys()):
        raise _bad(f"The parameter {name!r} does not fit the {operation}.", f"Name graphs with {default!r} and {named!r}.")
    given = default in values or named in values
    return SparqlRequest(
        operation=operation,
        text=texts[0] if texts else None,
        format=values.get("format", [None])[-1] or None,
        default_graphs=tuple(values.get(default, ())) if given else None,
        named_graphs=tuple(values.get(named, ())) if given else None,
        union=_flag(values, "union-default-graph"),
        timeout=_seconds(values, "timeout"),
    )


def _flag(values: dict[str, list[str]], name: str) -> bool | None:
    if name not in values:
        return None
    value = values[name][-1].lower()
    if value not in (*_TRUE, *_FALSE):
        raise _bad(f"{name} is {value!r}, which is neither true nor false.", f"Write {name}=true or {name}=false.")
    return value in _TRUE


def _seconds(values: dict[str, list[str]], name: str) -> float | None:
    if name not in values:
        return None
    try:
        seconds = float(values[name][-1])
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        raise _bad(f"{name} is {values[name][-1]!r}, which is no number of seconds.", f"Write {name}=2.5, for example.")
    return seconds


def _form_fields(form: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(form), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise ProblemError(
            400, "malformed-form", f"The form is malformed: {error}.", advice="Percent-encode its fields as UTF-8."
        ) from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(400, "malformed-text", f"The body is not UTF-8: {error}.", advice="Send it as UTF-8.") from error


def _bad(detail: str, advice: str) -> ProblemError:
    return ProblemError(400, "bad-parameter", detail, advice=advice)
