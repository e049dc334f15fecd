"""What can be seen of the service from outside: a request id on every answer, a line of log for each request, and metrics.

Paths are logged without their query string, which may hold what somebody asks for; headers, and so tokens, are never logged.
"""

from __future__ import annotations

import itertools
import json
import logging
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.store.engine.protocol import Engine
from kg.store.engine.served import ServedStore

_HEADER = b"x-request-id"
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_UNKNOWN = "unknown"
_START = secrets.token_hex(8)
_numbers = itertools.count(1)

_log = logging.getLogger("demarche.access")


@dataclass(frozen=True, slots=True)
class Metrics:
    """What Prometheus is told of one app; each app has its own."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    requests: Counter = field(init=False)
    seconds: Histogram = field(init=False)
    open: Gauge = field(init=False)
    _found: dict[tuple[str, str, int], tuple[Counter, Histogram]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        labels = ("method", "route", "status")
        requests = Counter("demarche_http_requests", "Requests that were answered.", labels, registry=self.registry)
        seconds = Histogram(
            "demarche_http_request_seconds", "Time to the end of an answer.", ("route",), registry=self.registry, buckets=_SECONDS
        )
        opened = Gauge("demarche_http_open_requests", "Requests that are being answered.", registry=self.registry)
        for name, value in (("requests", requests), ("seconds", seconds), ("open", opened)):
            object.__setattr__(self, name, value)

    def of(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        """Return what counts and what times requests of this kind."""
        found = self._found.get((method, route, status))
        if found is None:
            found = self.requests.labels(method, route, str(status)), self.seconds.labels(route)
            self._found[method, route, status] = found
        return found

    def watch(self, engine: Engine) -> None:
        """Tell, too, what an engine with processes of its own is about."""
        snapshot = Gauge("demarche_snapshot", "Number of the newest snapshot.", registry=self.registry)
        snapshot.set_function(lambda: engine.snapshot)
        if not isinstance(engine, ServedStore):
            return
        pool, commits = engine.pool, engine.commits
        told: list[tuple[str, str, Callable[[], int]]] = [
            ("demarche_queries_running", "Queries that run.", lambda: pool.running),
            ("demarche_queries_waiting", "Queries that wait for a process.", lambda: pool.waiting),
            ("demarche_query_processes", "Processes that queries run in.", lambda: len(pool.pids())),
        ]
        if commits is not None:
            told.append(("demarche_writes_waiting", "Changes that wait for the writer.", lambda: commits.waiting))
        for name, what, count in told:
            Gauge(name, what, registry=self.registry).set_function(count)


class Observed:
    """Middleware that gives each request an id, logs it as a line of JSON, and counts it."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _id_of(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        told = {"status": 0, "bytes": 0}

        async def send_and_note(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                message["headers"] = [*message["headers"], (_HEADER, request_id.encode())]
            elif message["type"] == "http.response.body":
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        started = time.perf_counter()
        with self._metrics.open.track_inprogress():
            try:
                await self._app(scope, receive, send_and_note)
            finally:
                self._note(scope, request_id, told, time.perf_counter() - started)

    def _note(self, scope: Scope, request_id: str, told: dict[str, int], seconds: float) -> None:
        route = _route_of(scope)
        requests, took = self._metrics.of(scope["method"], route, told["status"])
        requests.inc()
        took.observe(seconds)
        if _log.isEnabledFor(logging.INFO):
            line = {
                "request": request_id,
                "method": scope["method"],
                "path": scope["path"],
                "route": route,
                "status": told["status"],
                "bytes": told["bytes"],
                "ms": round(seconds * 1000, 3),
            }
            _log.info(json.dumps(line))


def _id_of(scope: Scope) -> str:
    """Return the id that a proxy in front gave the request, if it is a plain one, else a new one."""
    for name, value in scope["headers"]:
        if name == _HEADER:
            given: str = value.decode("latin-1")
            if _GIVEN_ID.fullmatch(given):
                return given
    return f"{_START}-{next(_numbers):x}"


def _route_of(scope: Scope) -> str:
    """Return the pattern of the route that took the request: there are few of them, whatever paths people ask for."""
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) else _UNKNOWN
