"""Write as XML what XML can hold: Oxigraph writes all characters, and RDF/XML whose predicates no XML name ends.

XML 1.0 cannot hold every character, so those that it forbids become U+FFFD there. A predicate that RDF/XML cannot write is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph

from kg.errors import QueryError
from kg.store.sinks import Sink

_NAME_END = re.compile(r"[^\W\d][\w.-]*\Z")
_FORBIDDEN_BYTES = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_FORBIDDEN_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_SUBSTITUTE = b"\xef\xbf\xbd"


class XmlSink:
    """Mends what Oxigraph writes as XML: what XML 1.0 cannot hold becomes U+FFFD, and a carriage return stays one.

    ``finish`` passes on what was kept back, since a character may come in two pieces.
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._kept = b""

    def write(self, data: bytes) -> int:
        """Take bytes; return how many."""
        whole = self._kept + data
        kept = _begun(whole)
        self._kept = whole[len(whole) - kept :]
        self._sink.write(_mended(whole[: len(whole) - kept]))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is gathered is passed on at the end."""

    def finish(self) -> None:
        """Pass on what was kept back."""
        self._sink.write(self._kept)
        self._kept = b""


def writable(triples: Iterable[pyoxigraph.Triple]) -> Iterator[pyoxigraph.Triple]:
    """Yield triples that RDF/XML can write; raise QueryError at the first that it cannot."""
    for triple in triples:
        if _NAME_END.search(triple.predicate.value) is None:
            raise QueryError(
                f"RDF/XML cannot write the predicate <{triple.predicate.value}>, which ends in no XML name. Take another format."
            )
        yield triple


def _begun(data: bytes) -> int:
    """Return how many bytes at the end may begin one of the forbidden characters."""
    if data.endswith(b"\xef"):
        return 1
    return 2 if data.endswith(b"\xef\xbf") else 0


def _mended(data: bytes) -> bytes:
    for character in _FORBIDDEN_CHARACTERS:
        if character in data:
            data = data.replace(character, _SUBSTITUTE)
    if b"\r" in data:
        data = data.replace(b"\r", b"&#13;")
    if len(data.translate(None, _FORBIDDEN_BYTES)) != len(data):
        for byte in _FORBIDDEN_BYTES:
            data = data.replace(bytes([byte]), _SUBSTITUTE)
    return data
