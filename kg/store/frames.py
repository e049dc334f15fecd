"""The language between the server's processes: frames of one letter, a length and so many bytes, over a socket.

Small messages go out as one write and come in as one read. Nothing here needs a library, so that a worker starts at once.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

HEADER = struct.Struct("!cI")
LONGEST_FRAME = 2**31

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
    """A blocking end of the socket: what a child process reads its orders from and writes its answers to."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._socket.setblocking(True)
        self._reader = FrameReader()
        self._waiting: list[Frame] = []

    def receive(self) -> Frame | None:
        """Return the next frame, waiting for it; None when the other end is closed."""
        while not self._waiting:
            data = self._socket.recv(65536)
            if not data:
                return None
            self._waiting.extend(self._reader.feed(data))
        return self._waiting.pop(0)

    def send(self, letter: bytes, payload: bytes = b"") -> None:
        """Send a frame; waits while the other end does not read. Raise OSError when it is closed."""
        self._socket.sendall(pack(letter, payload))
