"""Where Oxigraph writes an answer to: objects with ``write`` and ``flush``, which pass the bytes on as they come.

Oxigraph writes in pieces of some kilobytes, while it evaluates; what is passed on are larger ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

CHUNK = 2**18
"""How many bytes are gathered before they are passed on."""


class Sink(Protocol):
    """What Oxigraph can write to."""

    def write(self, data: bytes) -> int:
        """Take bytes; return how many."""
        ...

    def flush(self) -> None:
        """Do nothing: what is gathered is passed on at the end."""
        ...


class ChunkSink:
    """Gathers bytes, and passes them on by ``emit`` whenever there are enough; what is left at the end is in ``rest``."""

    def __init__(self, emit: Callable[[bytes], None]) -> None:
        self._emit = emit
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes; return how many."""
        self._held += data
        if len(self._held) >= CHUNK:
            self._emit(self.rest())
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is gathered is passed on at the end."""

    def rest(self) -> bytes:
        """Return what was gathered and not passed on yet, and forget it."""
        rest = bytes(self._held)
        self._held.clear()
        return rest


class LineLimit:
    """Keeps the first lines that are written, and refuses to go on once there are more."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._held = bytearray()
        self.exceeded = False

    def write(self, data: bytes) -> int:
        """Take bytes; return how many. Raise TooManyLinesError when there is a line too many."""
        lines = data.count(b"\n")
        if lines <= self._left:
            self._left -= lines
            self._held += data
            return len(data)
        end = 0
        for _ in range(self._left):
            end = data.index(b"\n", end) + 1
        self._held += data[:end]
        self._left = 0
        self.exceeded = True
        raise TooManyLinesError

    def flush(self) -> None:
        """Do nothing."""

    def lines(self) -> bytes:
        """Return the lines that were kept: whole ones, where there were more."""
        return bytes(self._held) if not self.exceeded else bytes(self._held[: self._held.rfind(b"\n") + 1])


class TooManyLinesError(Exception):
    """There is no need to write more."""
