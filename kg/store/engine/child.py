"""A process of the server's own, from the server's side: started bare, talked to over a socket, and gone when it is told to.

It inherits the socket and nothing else: no descriptors, no secrets in the environment, no terminal. It speaks and ends through callbacks on
the event loop, the end always last. What it says before its end is heard first, since the end is that of the socket.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.store.engine.frames import FrameReader, pack

_READ = bytearray(1 << 17)
_BOOT = "import sys; sys.path[:] = {path!r}; from {module} import main; import json; main({descriptor}, json.loads({options!r}))"
_SAID_AT_MOST = 4000
_OUT_OF_MEMORY = ("memory allocation of", "bad_alloc", "MemoryError", "out of memory")


@dataclass(frozen=True, slots=True)
class End:
    """How a process ended: its exit code (a signal's number below zero), what it said on stderr, and its largest size in bytes."""

    code: int
    said: str
    largest: int

    @property
    def out_of_memory(self) -> bool:
        """Whether it ended because an allocation failed."""
        return any(sign in self.said for sign in _OUT_OF_MEMORY)

    @property
    def out_of_stack(self) -> bool:
        """Whether it ended, as far as can be told, because calls were nested too deeply."""
        return self.code in (-signal.SIGSEGV, -signal.SIGBUS) or "overflowed its stack" in self.said


class Child:
    """A running process; needs a running event loop.

    ``module`` has a ``main`` that takes the socket's descriptor and ``options``. ``heard`` is called with each frame, ``ended`` once.
    """

    def __init__(
        self, module: str, options: Mapping[str, object], *, heard: Callable[[bytes, bytes], None], ended: Callable[[End], None]
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._heard = heard
        self._ended = ended
        self._frames = FrameReader()
        self._unsent = bytearray()
        self._reading = False
        self.over = self._loop.create_future()
        ours, theirs = socket.socketpair()
        with theirs:
            path = [entry or str(Path.cwd()) for entry in sys.path]
            boot = _BOOT.format(path=path, module=module, descriptor=theirs.fileno(), options=json.dumps(dict(options)))
            self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # closed when the process has ended
            self._process = subprocess.Popen(
                [sys.executable, "-S", "-E", "-s", "-c", boot],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._stderr,
                pass_fds=[theirs.fileno()],
                env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "LANG") if name in os.environ},
                process_group=0,  # of the same session, within which the system heeds how nice a process is
            )
        ours.setblocking(False)
        self._socket = ours
        self.resume()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, letter: bytes, payload: bytes = b"") -> None:
        """Send a frame; what does not fit into the socket is sent when it does. To one that has ended nothing is sent."""
        data = pack(letter, payload)
        if self._unsent:
            self._unsent += data
            return
        try:
            sent = self._socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            return  # its end is on its way
        if sent < len(data):
            self._unsent += data[sent:]
            self._loop.add_writer(self._socket, self._send_more)

    def pause(self) -> None:
        """Listen no more for now, so that the process waits with what it has to say."""
        if self._reading:
            self._reading = False
            self._loop.remove_reader(self._socket)

    def resume(self) -> None:
        """Listen again."""
        if not self._reading and self._socket.fileno() >= 0:
            self._reading = True
            self._loop.add_reader(self._socket, self._readable)

    def kill(self) -> None:
        """End the process at once, whatever it does; ``ended`` is called when it is over."""
        if self._process.returncode is None:
            # Not by Popen, which would take note of an end that is for _close to see.
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.resume()

    def renice(self, nice: int) -> bool:
        """Give the process another standing among others; tell whether the system allows it."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.pid, nice)
        except OSError:
            return False
        return True

    def hang_up(self) -> None:
        """Close the socket for writing: the process ends when it has done what it was told."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)

    def _readable(self) -> None:
        try:
            count = self._socket.recv_into(_READ)
        except BlockingIOError:
            return
        except OSError:
            count = 0
        if count == 0:
            self._close()
            return
        for letter, payload in self._frames.feed(memoryview(_READ)[:count]):
            self._heard(letter, payload)

    def _send_more(self) -> None:
        try:
            sent = self._socket.send(self._unsent)
        except BlockingIOError:
            return
        except OSError:
            sent = len(self._unsent)
        del self._unsent[:sent]
        if not self._unsent:
            self._loop.remove_writer(self._socket)

    def _close(self) -> None:
        self.pause()
        self._loop.remove_writer(self._socket)
        self._socket.close()
        # It has ended, or has no more to say; an end that it has come to already is not changed by this one.
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self.pid, 0)
        self._process.returncode = code = os.waitstatus_to_exitcode(status)
        said = self._said()
        self._stderr.close()
        self._ended(End(code, said, usage.ru_maxrss * 1024))
        if not self.over.done():
            self.over.set_result(None)

    def _said(self) -> str:
        self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, self._stderr.tell() - _SAID_AT_MOST))
        return self._stderr.read().decode(errors="replace")
