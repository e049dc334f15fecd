"""Choose the form of an answer: by ``?format=``, else by the Accept header.

The Accept header is read by python-mimeparse, which knows weights, wildcards and what is more specific. What is left to do here
is to say which media types there are, under which short names, and that an older name of a type is the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import mimeparse
from starlette.requests import Request

from api.problems import ProblemError
from kg.store.formats import RESULT_FORMATS, TRIPLE_FORMATS

RESULT_NAMES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
TRIPLE_NAMES = {
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""The short names for ``?format=``; a media type may stand there too."""

_NAMES_OF_CLIENTS = {
    "json": "application/ld+json",
    "json-ld": "application/ld+json",
    "n3": "text/turtle",
    "rdf": "application/rdf+xml",
    "rdf+xml": "application/rdf+xml",
    "ttl": "text/turtle",
    "xml": "application/rdf+xml",
}
"""What clients such as SPARQLWrapper write there for a graph, other than ours. Turtle is N3."""

_RESULT_ALIASES = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_TRIPLE_ALIASES = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
    "application/trig": "text/turtle",
    "application/n-quads": "application/n-triples",
}
"""Other names for the same bytes. Turtle is TriG, and N-Triples are N-Quads, as long as no graph has a name."""


def choose(accept: str, *, triples: bool, name: str | None) -> tuple[str, str]:
    """Return the media type to answer in, and the one to serialize as (they differ where an older name was asked for).

    ``accept`` is the Accept header; ``triples`` says that the answer is a graph, not a table; ``name`` is the value of ``?format=``.
    Raises ProblemError: 400 for a name that is not known at all or a malformed header, 406 for what does not fit the answer.
    """
    formats, names, aliases = (
        (TRIPLE_FORMATS, TRIPLE_NAMES, _TRIPLE_ALIASES) if triples else (RESULT_FORMATS, RESULT_NAMES, _RESULT_ALIASES)
    )
    if name is not None:
        media_type = _by_name(name, formats=[*formats, *aliases], names=names, triples=triples)
        return media_type, aliases.get(media_type, media_type)
    if not accept.strip():
        return formats[0], formats[0]
    offers = (*formats, *aliases)
    chosen = _best(offers, accept)
    if not chosen:
        raise _not_acceptable(f"The answer cannot be given as {accept!r}", offers, names)
    return chosen, aliases.get(chosen, chosen)


def accept_of(request: Request) -> str:
    """Return the Accept header, the values of several put together."""
    return ",".join(request.headers.getlist("accept"))


def choose_of(request: Request, offers: Sequence[str]) -> str:
    """Return which of some media types the request accepts most, the first where it does not say. Raises ProblemError, 406."""
    accept = accept_of(request)
    if not accept.strip():
        return offers[0]
    chosen = _best(tuple(offers), accept)
    if not chosen:
        raise ProblemError(
            406,
            "not-acceptable",
            f"The answer cannot be given as {accept!r}.",
            advice=f"Accept one of: {', '.join(offers)}.",
            headers={"Vary": "Accept"},
        )
    return chosen


@lru_cache(maxsize=256)
def _best(offers: tuple[str, ...], accept: str) -> str:
    try:
        return str(mimeparse.best_match(list(reversed(offers)), accept))
    except mimeparse.MimeTypeParseException as error:
        raise ProblemError(
            400,
            "malformed-header",
            f"The Accept header {accept!r} is malformed: {error}.",
            advice="Write media types such as 'text/csv, application/sparql-results+json;q=0.5', or leave the header out.",
        ) from error


def _by_name(name: str, *, formats: Sequence[str], names: Mapping[str, str], triples: bool) -> str:
    of_graphs = _NAMES_OF_CLIENTS | TRIPLE_NAMES
    known = RESULT_NAMES | of_graphs if triples else of_graphs | RESULT_NAMES
    # SPARQLWrapper puts a list of media types there, for JSON-LD.
    listed = [known.get(part.strip(), part.strip()) for part in name.split(",")]
    media_type = next((part for part in listed if part in formats), listed[0])
    if media_type in formats:
        return media_type
    if media_type in (RESULT_NAMES | TRIPLE_NAMES).values():
        raise _not_acceptable(f"The answer cannot be given as {name!r}", formats, names)
    raise ProblemError(
        400,
        "unknown-format",
        f"There is no format {name!r}.",
        advice=f"For SELECT and ASK take one of: {', '.join(RESULT_NAMES)}; for the rest one of: {', '.join(TRIPLE_NAMES)}.",
    )


def _not_acceptable(detail: str, offers: Sequence[str], names: Mapping[str, str]) -> ProblemError:
    return ProblemError(
        406,
        "not-acceptable",
        f"{detail}, given the form of the query.",
        advice=f"Accept one of: {', '.join(offers)}; or add ?format= with one of: {', '.join(names)}.",
        headers={"Vary": "Accept"},
    )
