"""From whatever was raised to the problem that the client is told.

A fault of the server's own is logged, and told without its particulars, which may name paths of the machine.
"""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Match

from api.problems import CLIENT_GONE, InvalidParameter, ProblemError
from kg.errors import (
    BusyError,
    ConflictError,
    DemarcheError,
    ExportError,
    FullTextError,
    MalformedQueryError,
    NotFoundError,
    QueryError,
    QueryMemoryError,
    QueryTimeoutError,
    ReadingError,
    RefusedError,
    StoreError,
    ValidationError,
    WorkerDiedError,
)

_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
_SEE_DOCS = "See /docs for what there is."

_log = logging.getLogger(__name__)


def install(app: FastAPI) -> None:
    """Make every error of the app a problem."""
    for kind in (ProblemError, DemarcheError, HTTPException, RequestValidationError, ClientDisconnect, Exception):
        app.add_exception_handler(kind, respond_to)


def respond_to(request: Request, error: Exception) -> JSONResponse:
    """Return the problem that an error is, as a response."""
    return problem_of(request, error).response(instance=request.url.path)


def problem_of(request: Request, error: Exception) -> ProblemError:
    """Return what a client is told of an error; one of the server's own is logged."""
    match error:
        case ProblemError():
            problem = error
        case DemarcheError():
            problem = _of_ours(request, error)
        case RequestValidationError():
            problem = _of_parameters(error)
        case HTTPException():
            problem = _of_http(request, error)
        case ClientDisconnect():
            problem = ProblemError(CLIENT_GONE, "client-gone", "The client went away.", advice="Send the whole request.")
        case _:
            problem = _of_server(request, error)
    return problem


def _of_ours(request: Request, error: DemarcheError) -> ProblemError:
    match error:
        case QueryTimeoutError():
            return ProblemError(504, "query-timeout", str(error), advice="Ask for less, or give timeout= more seconds.")
        case QueryMemoryError():
            return ProblemError(507, "query-too-costly", str(error), advice="Ask for less: fewer combinations, or a LIMIT.")
        case BusyError(retry_after=seconds):
            headers = {"Retry-After": str(seconds)}
            return ProblemError(503, "busy", str(error), advice="Ask again after the seconds of Retry-After.", headers=headers)
        case WorkerDiedError():
            _log.error("%s %s: %s", request.method, request.url.path, error)
            return ProblemError(503, "worker-died", str(error), advice="Ask again.", headers={"Retry-After": "1"})
        case FullTextError():
            _log.error("%s %s: %s", request.method, request.url.path, error)
            return ProblemError(
                503, "no-full-text", "The store has no full text that is in step with it.", advice="Ask without dem:matches."
            )
        case MalformedQueryError():
            where = "Mend the query" if error.line is None else "Mend the query there"
            advice = f"{where}. Its grammar is that of SPARQL 1.1: https://www.w3.org/TR/sparql11-query/#grammar"
            return ProblemError(400, "malformed-query", str(error), advice=advice, members=_place(error))
        case RefusedError():
            advice = "Leave out what is refused; there is no other way to say it here."
            return ProblemError(400, "refused", str(error), advice=advice, members=_place(error))
        case QueryError():
            return ProblemError(400, "query-failed", str(error), advice="Change what was asked for.", members=_place(error))
        case NotFoundError():
            return ProblemError(404, "not-found", str(error), advice="Find names and ids with /api/v1/entities?q=WORDS.")
        case ConflictError():
            return ProblemError(
                409, "conflict", str(error), advice="Send it under another id, or replace the one that is there by PUT."
            )
        case ExportError():
            return ProblemError(400, "bad-export", str(error), advice="Ask for another part, view or format.")
        case ReadingError() | ValidationError():
            return ProblemError(400, "bad-input", str(error), advice="Mend what was sent, and send it again.")
        case _:
            return _of_server(request, error)


def _place(error: QueryError) -> dict[str, int | None]:
    return {"line": error.line, "column": error.column}


def _of_parameters(error: RequestValidationError) -> ProblemError:
    faults = [InvalidParameter(parameter=".".join(map(str, fault["loc"])), reason=str(fault["msg"])) for fault in error.errors()]
    listed = "; ".join(f"{fault.parameter}: {fault.reason}" for fault in faults)
    return ProblemError(
        400, "bad-parameter", f"What was sent does not fit: {listed}.", advice=_SEE_DOCS, members={"errors": faults}
    )


def _of_http(request: Request, error: HTTPException) -> ProblemError:
    path = request.url.path
    if error.status_code == 404:
        return ProblemError(404, "not-found", f"There is nothing at {path}.", advice=_SEE_DOCS)
    if error.status_code == 405:
        allowed = ", ".join(_allowed_methods(request))
        return ProblemError(
            405,
            "method-not-allowed",
            f"{path} does not take {request.method}.",
            advice=f"Use one of: {allowed}.",
            headers={"Allow": allowed},
        )
    return ProblemError(error.status_code, "http", str(error.detail), advice=_SEE_DOCS, headers=error.headers)


def _of_server(request: Request, error: Exception) -> ProblemError:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    if isinstance(error, StoreError):
        return ProblemError(503, "store-failed", "The store cannot be read at present.", advice="Try again later.")
    return ProblemError(500, "internal", "The server failed on this request.", advice="Report it; the server's log says why.")


def _allowed_methods(request: Request) -> list[str]:
    """Ask the routes for each method whether they would take the request with it; HEAD goes where GET goes."""
    taken = [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]
    return sorted({*taken, "HEAD"}) if "GET" in taken else taken
