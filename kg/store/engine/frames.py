"""The language between the server's processes: frames of one letter, a length and so many bytes, over a socket.

Small messages go out as one write and come in as one read. Nothing here needs a library, so that a worker starts at once.
"""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Iterator

HEADER = struct.Struct("!cI")
LONGEST_FRAME = 2**31
_READ = 65536

Frame = tuple[bytes, bytes]
"""The letter, and what the frame holds."""


def pack(letter: bytes, payload: bytes = b"") -> bytes:
    """Return a frame as bytes. Raise ValueError for one of more than 2 GiB."""
    if len(payload) > LONGEST_FRAME:
        raise ValueError(f"{len(payload)} bytes are more than a frame holds ({LONGEST_FRAME}). Send it in parts.")
    return HEADER.pack(letter, len(payload)) + payload


class FrameReader:
    """Puts frames together from bytes as they come."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes | memoryview) -> Iterator[Frame]:
        """Take some bytes and yield the frames that they complete."""
        self._held += data
        while len(self._held) >= HEADER.size:
            letter, length = HEADER.unpack_from(self._held)
            end = HEADER.size + length
            if len(self._held) < end:
                return
            payload = bytes(memoryview(self._held)[HEADER.size : end])
            del self._held[:end]
            yield letter, payload


class FrameSocket:
    """A blocking end of the socket: what a child process reads its orders from and writes its answers to.

    ``glances`` is how often it looks for the next order, and lets others have the processor, before it goes to sleep: under load the
    next one is there by then, and to put a process to sleep and wake it again takes longer than a small query.
    """

    def __init__(self, descriptor: int, *, glances: int = 0) -> None:
        self._glances = glances
        self._socket = socket.socket(fileno=descriptor)
        self._socket.setblocking(True)
        self._reader = FrameReader()
        self._waiting: list[Frame] = []

    def receive(self) -> Frame | None:
        """Return the next frame, waiting for it; None when the other end is closed."""
        while not self._waiting:
            data = self._receive()
            if not data:
                return None
            self._waiting.extend(self._reader.feed(data))
        return self._waiting.pop(0)

    def _receive(self) -> bytes:
        for _ in range(self._glances):
            try:
                return self._socket.recv(_READ, socket.MSG_DONTWAIT)
            except BlockingIOError:
                os.sched_yield()
        return self._socket.recv(_READ)

    def send(self, letter: bytes, payload: bytes = b"") -> None:
        """Send a frame; waits while the other end does not read. Raise OSError when it is closed."""
        self._socket.sendall(pack(letter, payload))
