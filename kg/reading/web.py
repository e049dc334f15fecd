"""Fetch what a URL names. The only place where reading touches the network.

Limits: http and https alone, after redirects, too. No address is forbidden: a server must not hand on URLs of its users.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.errors import ReadingError

SILENCE = 20.0
"""Seconds to wait for a server that says nothing."""

DEADLINE = 60.0
"""Seconds in which the whole of a source must have come."""

_CHUNK = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent: ``media_type`` in lower case without parameters, and the charset it named."""

    data: bytes
    media_type: str
    charset: str | None


def check_url(url: str) -> None:
    """Raise ReadingError for what is no http or https URL with a host."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ReadingError(f"{url}: not a URL ({error}). Write it as https://host/path.") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise ReadingError(f"{url}: the scheme {parts.scheme!r} is not read. Name an http or https URL, or a file by its path.")
    if not host:
        raise ReadingError(f"{url}: a URL without a host. Write it as https://host/path.")


def fetch(url: str, *, max_bytes: int, silence: float = SILENCE, deadline: float = DEADLINE) -> Fetched:
    """Return what the URL names. Raises ReadingError where there is no answer, an error, too much, or too slowly."""
    check_url(url)
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    headers = {
        "User-Agent": "demarche",
        "Accept": "text/html, text/plain, application/pdf, */*;q=0.1",
        "Accept-Encoding": "identity",
    }
    until = time.monotonic() + deadline
    try:
        request = urllib.request.Request(url, headers=headers)
        with opener.open(request, timeout=silence) as answer:
            return _receive(answer, url=url, max_bytes=max_bytes, until=until)
    except urllib.error.HTTPError as error:
        error.close()
        raise ReadingError(f"{url}: the server answered {error.code} {error.reason}. Check the address in a browser.") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise ReadingError(
            f"{url}: no answer ({reason}). Check the address and the connection, or save the page as a file."
        ) from error


def _receive(answer: http.client.HTTPResponse, *, url: str, max_bytes: int, until: float) -> Fetched:
    encoding = answer.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        raise ReadingError(f"{url}: the server sent it packed as {encoding!r}, unasked. Save the page as a file.")
    too_large = ReadingError(f"{url}: larger than {max_bytes} bytes. Raise max_bytes, or save the part that matters as a file.")
    announced = answer.length
    if announced is not None and announced > max_bytes:
        raise too_large
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if len(data) > max_bytes:
            raise too_large
        if time.monotonic() > until:
            raise ReadingError(f"{url}: still not all there after the time that is given to a source. Save the page as a file.")
    if announced is not None and len(data) < announced:
        raise ReadingError(f"{url}: broke off after {len(data)} of {announced} bytes. Try again, or save the page as a file.")
    return Fetched(
        data=bytes(data), media_type=answer.headers.get_content_type().lower(), charset=answer.headers.get_content_charset()
    )
