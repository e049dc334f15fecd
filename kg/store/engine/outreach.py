"""Let the queries and updates of an engine ask other hosts, those that are allowed.

What SERVICE names is asked by way of the relay, while the query runs; what LOAD names is fetched before the update reaches the writer.
A host that is not allowed is refused before anything runs, SILENT or not for SERVICE: what SILENT is silent about is an endpoint that
fails. LOAD SILENT of one does nothing, as without any list.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Self
from weakref import finalize

from kg.errors import QueryError, ReadingError, RefusedError
from kg.outreach.fetching import Asked, Fetched, GuardedFetcher
from kg.outreach.relay import Errand, Relay
from kg.store.engine.protocol import Chunks, QueryJob, QueryResult
from kg.store.sparql.loads import loads_of
from kg.store.sparql.screening import MAY_CALL, MAY_LOAD
from kg.store.sparql.services import Relayed, ServiceCall, relayed, service_calls
from kg.store.sparql.updates import check_syntax

_RDF = (
    "text/turtle, application/n-triples, application/trig;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1"
)


class Outreach:
    """What an engine has of other hosts; lives on one event loop. ``most_bytes`` bounds a document, and the answers to a query together."""

    def __init__(self, fetcher: GuardedFetcher, *, most_bytes: int) -> None:
        self._fetcher = fetcher
        self._relay = Relay(fetcher, most_bytes=most_bytes)
        self._most_bytes = most_bytes

    @property
    def address(self) -> str:
        """What the addresses begin with that query processes may ask."""
        return self._relay.address

    async def start(self) -> None:
        """Start the relay."""
        await self._relay.start()

    async def close(self) -> None:
        """Give up what runs."""
        await self._relay.close()

    async def query(self, job: QueryJob, *, seconds: float, ask: Callable[[QueryJob], Awaitable[QueryResult]]) -> QueryResult:
        """Have a query evaluated by ``ask``, its SERVICE blocks by way of the relay. Raise RefusedError, QueryError for one that fails."""
        if not MAY_CALL.search(job.text):
            return await ask(job)
        calls = await asyncio.to_thread(service_calls, job.text)
        for call in calls:
            self._check(call)
        if not calls:
            return await ask(job)
        errand = self._relay.send([(call.iri, call.silent) for call in calls], seconds=seconds)
        try:
            text = await asyncio.to_thread(relayed, job.text, calls, errand.addresses, relay=self.address)
            result = await ask(replace(job, text=text.text, keep=False))
        except QueryError as error:
            errand.close()
            raise (text.told(error, errand.faults)) from None
        except BaseException:
            errand.close()
            raise
        if result.whole is not None:
            errand.close()
            _require_asked(errand)
            return result
        return replace(result, chunks=_RelayedChunks(result.chunks, text, errand))

    async def documents(self, text: str, *, seconds: float, union: bool) -> dict[str, Fetched]:
        """Fetch what the LOADs of an update name, by IRI; those that are SILENT and fail are missing. Raise QueryError for the others."""
        if not MAY_LOAD.search(text):
            return {}
        await asyncio.to_thread(check_syntax, text)
        fetched: dict[str, Fetched] = {}
        until = asyncio.get_running_loop().time() + seconds
        most_bytes = self._most_bytes
        for load in await asyncio.to_thread(loads_of, text, union=union):
            if load.iri is None or load.iri in fetched or (load.silent and union and load.graph is None):
                continue
            left = max(0.0, until - asyncio.get_running_loop().time())
            try:
                document = await self._fetcher.fetch(load.iri, Asked(accept=_RDF), most_bytes=most_bytes, seconds=left)
            except ReadingError as error:
                if load.silent:
                    continue
                raise QueryError(f"{load.place} could not be done: {error}") from None
            fetched[load.iri] = document
            most_bytes -= len(document.data)
        return fetched

    def _check(self, call: ServiceCall) -> None:
        try:
            self._fetcher.allowed.check(call.iri)
        except ReadingError as error:
            raise RefusedError(f"SERVICE is refused: {error}") from None


class _RelayedChunks:
    """The chunks of an answer; when there are no more, or nobody wants them, what the query may ask leads nowhere."""

    def __init__(self, chunks: Chunks, text: Relayed, errand: Errand) -> None:
        self._chunks = chunks
        self._text = text
        self._errand = errand
        finalize(self, errand.close).atexit = False

    def __aiter__(self) -> Self:
        """Return the chunks."""
        return self

    async def __anext__(self) -> bytes:
        """Return the next chunk."""
        try:
            return await anext(self._chunks)
        except QueryError as error:
            self._errand.close()
            raise self._text.told(error, self._errand.faults) from None
        except StopAsyncIteration:
            self._errand.close()
            _require_asked(self._errand)
            raise

    async def aclose(self) -> None:
        """Stop the query."""
        self._errand.close()
        await self._chunks.aclose()


def _require_asked(errand: Errand) -> None:
    """Raise QueryError where an endpoint could not be asked: within EXISTS and the like Oxigraph goes on without a word."""
    if errand.failed is not None:
        raise QueryError(f"SERVICE could not be asked: {errand.failed}")
