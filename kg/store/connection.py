"""Speak the SPARQL 1.1 Protocol with one server: queries, updates, its description; within bounds of time and size.

Where a server listens is read off the address that a person gives:

=====================================  ==================  ======================
address                                queries             updates
=====================================  ==================  ======================
``…/query``                            there               ``…/update``
``…/sparql``                           there               there
``…/repositories/NAME`` (RDF4J)        there               ``…/statements`` in it
any other (Oxigraph, a Fuseki dataset) ``query`` in it     ``update`` in it
=====================================  ==================  ======================

Credentials come from the environment alone and stand in no error. Redirects are not followed.
"""

from __future__ import annotations

import base64
import io
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import httpx2 as httpx

from kg.errors import QueryError, StoreError

TIMEOUT = 120.0
"""Seconds that one request may take in all."""
MOST_BYTES = 1 << 30
"""The longest answer that is read, uncompressed."""

_CONNECT_TIMEOUT = 10.0
_MOST_WORDS = 300
_MOST_DESCRIPTION = 1 << 20
_CHUNK = 1 << 16
_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f-\x9f\s]+")
_REPOSITORY = re.compile(r"/repositories/[^/]+\Z")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who asks: a user with a password, or a bearer token; never shown."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)


def credentials_from(environment: Mapping[str, str]) -> Credentials:
    """Read ``DEMARCHE_STORE_USER`` with ``DEMARCHE_STORE_PASSWORD``, or ``DEMARCHE_STORE_TOKEN``."""
    return Credentials(
        user=environment.get("DEMARCHE_STORE_USER"),
        password=environment.get("DEMARCHE_STORE_PASSWORD"),
        token=environment.get("DEMARCHE_STORE_TOKEN"),
    )


def endpoints(address: str) -> tuple[str, str]:
    """Return where to query and where to update, by the table above."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    if path.endswith("/query"):
        paths = path, path.removesuffix("query") + "update"
    elif path.endswith("/sparql"):
        paths = path, path
    elif _REPOSITORY.search(path):
        paths = path, path + "/statements"
    else:
        paths = path + "/query", path + "/update"
    query, update = (urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")) for path in paths)
    return query, update


Fields = Sequence[tuple[str, str]]
"""Names and values of a form."""


class Connection:
    """A server at an address (http or https). ``timeout`` in seconds and ``most_bytes`` bound each request.

    May be used from several threads. Its methods raise StoreError where the server cannot be reached or refuses, which names the
    server, what it said and what to do, and QueryError where it has something against a query.
    """

    def __init__(
        self,
        address: str,
        *,
        credentials: Credentials | None = None,
        timeout: float = TIMEOUT,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self.address = address
        self._query, self._update = endpoints(address)
        self._timeout = timeout
        self._most_bytes = most_bytes
        given = credentials or Credentials()
        pair = base64.b64encode(f"{given.user}:{given.password or ''}".encode()).decode()
        self._secrets = [secret for secret in (pair, given.password, given.token) if secret]
        auth = httpx.BasicAuth(given.user, given.password or "") if given.user is not None and given.token is None else None
        self._client: httpx.Client | None = httpx.Client(
            auth=auth,
            headers={"Authorization": f"Bearer {given.token}"} if given.token is not None else {},
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT_TIMEOUT)),
            follow_redirects=False,
        )

    @contextmanager
    def ask(self, query: str, *, accept: str, dataset: Fields = ()) -> Iterator[io.BufferedReader]:
        """Send a query; give the answer in the media type ``accept`` while the block runs, and let go of it then.

        ``dataset`` are the protocol's fields that name graphs.
        """
        headers = {"Content-Type": f"{_FORM}; charset=utf-8", "Accept": accept}
        content = str(httpx.QueryParams([("query", query), *dataset])).encode()
        with self._open("POST", self._query, headers=headers, content=content) as response:
            if response.status_code in {400, 408, 413, 414, 504}:
                raise QueryError(f"{self.address} did not take the query ({self._words(response)}). Change the query.")
            self._require(response, doing="queries")
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != accept:
                raise StoreError(
                    f"{self.address} answered with {kind or 'no media type'} where {accept} was asked for. "
                    "Is it a SPARQL endpoint? Give its address, such as http://127.0.0.1:7878 or …/sparql."
                )
            body = Body(response, most_bytes=self._most_bytes, deadline=time.monotonic() + self._timeout)
            try:
                yield io.BufferedReader(body, _CHUNK)
            except Exception as error:
                if body.fault is None:
                    raise
                raise QueryError(f"{self.address}: {body.fault}") from error

    def update(self, text: str) -> None:
        """Send an update: one request, so one transaction where the server has such."""
        content = text.encode()
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        with self._open("POST", self._update, headers=headers, content=content, writing=True) as response:
            self._require(response, doing="updates")

    def describe(self) -> bytes | None:
        """Return the service description as Turtle; None where the server gives none."""
        with self._open("GET", self._query, headers={"Accept": "text/turtle"}) as response:
            if response.status_code in {401, 403} or response.status_code >= 500:
                self._require(response, doing="queries")
            kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            if not response.is_success or kind != "text/turtle":
                return None
            body = Body(response, most_bytes=_MOST_DESCRIPTION, deadline=time.monotonic() + self._timeout)
            try:
                return body.readall()
            except OSError:
                return None

    def require_open(self) -> httpx.Client:
        """Return the client. Raise StoreError after ``close``."""
        if self._client is None:
            raise StoreError(f"{self.address}: is closed. Open it again.")
        return self._client

    def close(self) -> None:
        """Let go of the server; once is enough, more does no harm."""
        if self._client is not None:
            self._client.close()
            self._client = None

    @contextmanager
    def _open(
        self, method: str, url: str, *, headers: dict[str, str], content: bytes | None = None, writing: bool = False
    ) -> Iterator[httpx.Response]:
        client = self.require_open()
        try:
            with client.stream(method, url, headers=headers, content=content) as response:
                yield response
        except httpx.ConnectError as error:
            raise StoreError(
                f"{self.address}: nobody answers there ({self._plain(str(error))}). Start the server, or mend the address."
            ) from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            reason = (
                f"no answer within {self._timeout:g} s" if isinstance(error, httpx.TimeoutException) else self._plain(str(error))
            )
            advice = (
                "Whether it was written is not known: write it again, which does no harm if it was."
                if writing
                else "Try again, or ask for less."
            )
            raise StoreError(f"{self.address}: the connection failed ({reason}). {advice}") from error

    def _require(self, response: httpx.Response, *, doing: str) -> None:
        """Raise StoreError unless the server did what was asked."""
        status = response.status_code
        if response.is_success:
            return
        if status in {401, 403}:
            advice = "Set DEMARCHE_STORE_USER and DEMARCHE_STORE_PASSWORD, or DEMARCHE_STORE_TOKEN, to what it wants."
        elif status in {404, 405} or response.is_redirect:
            advice = "Give the address of its SPARQL endpoint, such as http://127.0.0.1:7878 or …/sparql."
        elif status == 413:
            advice = "Raise its limit on the size of a request, or write fewer documents at once."
        else:
            advice = "Its log may say more."
        raise StoreError(f"{self.address} refuses {doing} at {response.request.url.path} ({self._words(response)}). {advice}")

    def _words(self, response: httpx.Response) -> str:
        """Return the status and the beginning of what the server says, on one line and without our secrets."""
        said = bytearray()
        for chunk in response.iter_bytes(_CHUNK):
            said += chunk
            if len(said) >= _CHUNK:
                break
        words = self._plain(said.decode("utf-8", "replace"))
        return f"HTTP {response.status_code}" + (f": {words}" if words else "")

    def _plain(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return _NOT_PLAIN.sub(" ", text).strip()[:_MOST_WORDS]


class Body(io.RawIOBase):
    """The bytes of an answer as they come, up to a size (``most_bytes``) and a time (``deadline``, of the monotonic clock).

    Reading raises OSError where one of them is passed or the connection breaks; ``fault`` then says so in words.
    """

    def __init__(self, response: httpx.Response, *, most_bytes: int, deadline: float) -> None:
        super().__init__()
        self.fault: str | None = None
        self._chunks = response.iter_bytes(_CHUNK)
        self._left = memoryview(b"")
        self._most_bytes = self._allowed = most_bytes
        self._deadline = deadline

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # of all that is writable, these two
        """Fill the buffer as far as there is something; 0 at the end."""
        if not self._left:
            self._left = memoryview(self._next())
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _next(self) -> bytes:
        if time.monotonic() > self._deadline:
            raise self._failing("the answer took too long. Ask for less, with LIMIT or a narrower pattern.")
        try:
            chunk = next(self._chunks, b"")
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise self._failing(f"the answer broke off ({type(error).__name__}). Ask again.") from error
        self._allowed -= len(chunk)
        if self._allowed < 0:
            raise self._failing(
                f"the answer is longer than {self._most_bytes} bytes. Ask for less, with LIMIT or a narrower pattern."
            )
        return chunk

    def _failing(self, fault: str) -> OSError:
        self.fault = fault
        return OSError(fault)
