"""Fetch from the hosts that are allowed, and from nobody else.

A name is resolved once, what it stands for is checked, and the connection goes to that very address: a name that stands for something
else a moment later changes nothing. Every redirect is checked like the first address. No proxy, no cookies, no credentials, nothing
packed: an answer is never longer than what came over the wire.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2 as httpx

from kg.errors import ReadingError
from kg.outreach.hosts import Address, AllowedHosts, Target, acceptable, shown

Resolver = Callable[[str, int], Awaitable[list[str]]]
"""From a host's name and a port to the addresses that it stands for now; empty where nobody knows it."""

MOST_REDIRECTS = 3
"""How often an answer may point elsewhere."""

_MOST_ADDRESSES = 3
_CONNECT_SECONDS = 5.0
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a host sent: from where, after redirects and without a fragment.

    ``media_type`` is in lower case and without parameters, empty where the host named none.
    """

    url: str
    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a host is asked for: by POST where there is ``content``, of the type ``content_type``."""

    accept: str
    content: bytes | None = None
    content_type: str = ""


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system what a name stands for."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(address[0]) for *_, address in found]


class GuardedFetcher:
    """Fetches from the allowed hosts; lives on one event loop. ``resolver`` stands in for the system's in tests."""

    def __init__(self, allowed: AllowedHosts, *, resolver: Resolver = resolve) -> None:
        self.allowed = allowed
        self._resolve = resolver
        self._transport: httpx.AsyncHTTPTransport | None = None

    async def close(self) -> None:
        """Let go of what is open."""
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.aclose()

    async def fetch(self, url: str, asked: Asked, *, most_bytes: int, seconds: float) -> Fetched:
        """Return the answer to a request. Raise ReadingError where it may not be made, fails, is too long or takes too long."""
        try:
            async with asyncio.timeout(seconds):
                return await self._follow(url, asked, most_bytes=most_bytes)
        except TimeoutError:
            raise ReadingError(
                f"{shown(url)}: not all there after the {seconds:g} seconds that were left. Try again, or give more time."
            ) from None

    async def _follow(self, url: str, asked: Asked, *, most_bytes: int) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            target = self.allowed.check(url)
            response = await self._request(target, asked)
            try:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return await _received(target, response, most_bytes=most_bytes)
            finally:
                await response.aclose()
            if response.status_code == 303:  # the answer to what was posted lies there
                asked = Asked(accept=asked.accept)
            try:
                url = urljoin(url, response.headers["location"])
            except ValueError as error:
                raise ReadingError(f"{shown(url)}: points to what is no URL ({error}). Tell whoever runs that host.") from None
        raise ReadingError(f"{shown(url)}: is one redirect too many. Name the address that they end at.")

    async def _request(self, target: Target, asked: Asked) -> httpx.Response:
        if target.literal is not None:
            addresses: list[Address] = [target.literal]
        else:
            addresses = acceptable(target, await self._resolve(target.host, target.port))
        if self._transport is None:
            context = await asyncio.to_thread(ssl.create_default_context)
            # A connection is never used twice: one to this address may have been made under another name.
            limits = httpx.Limits(max_keepalive_connections=0)
            self._transport = self._transport or httpx.AsyncHTTPTransport(verify=context, trust_env=False, limits=limits)
        fault = ""
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                return await self._transport.handle_async_request(_request(target, address, asked))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                fault = str(error) or type(error).__name__
            except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
                raise _no_answer(target, error) from None
        raise ReadingError(f"{shown(target.url)}: nobody answers there ({shown(fault)}). Check the address, or try again later.")


def _request(target: Target, address: Address, asked: Asked) -> httpx.Request:
    """Make the request to this address, under the name of the host: in its header, and for the certificate."""
    number = f"[{address}]" if address.version == 6 else str(address)
    extensions: dict[str, object] = {"timeout": {"connect": _CONNECT_SECONDS}}
    if target.literal is None:
        extensions["sni_hostname"] = target.host
    headers: Mapping[str, str] = {
        "Host": target.authority,
        "User-Agent": "demarche",
        "Accept": asked.accept,
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    if asked.content is not None:
        headers = {**headers, "Content-Type": asked.content_type}
    return httpx.Request(
        "GET" if asked.content is None else "POST",
        f"{target.scheme}://{number}:{target.port}{target.path}",
        headers=headers,
        content=asked.content,
        extensions=extensions,
    )


async def _received(target: Target, response: httpx.Response, *, most_bytes: int) -> Fetched:
    url = shown(target.url)
    if not response.is_success:
        raise ReadingError(f"{url}: the host answered {response.status_code}. Check the address.")
    if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise ReadingError(f"{url}: the host sent it packed, unasked. Tell whoever runs it, or fetch it yourself.")
    too_long = ReadingError(f"{url}: is longer than the {most_bytes} bytes that are left for it. Ask for less.")
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > most_bytes:
        raise too_long
    data = bytearray()
    try:
        async for chunk in response.aiter_raw():
            data += chunk
            if len(data) > most_bytes:
                raise too_long
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise _no_answer(target, error) from None
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Fetched(url=target.url.partition("#")[0], data=bytes(data), media_type=media_type)


def _no_answer(target: Target, error: Exception) -> ReadingError:
    reason = shown(str(error) or type(error).__name__)
    return ReadingError(f"{shown(target.url)}: no whole answer came ({reason}). Check the address, or try again later.")
