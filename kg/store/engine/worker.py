"""What a worker process does: it opens a snapshot for reading, and answers one query after another.

It is confined before it imports anything that has threads, and imports pyoxigraph and little else, to be there at once. Frames that it
takes: ``o`` open a snapshot, ``q`` a query. Frames that it gives: ``r`` the snapshot is open, ``a`` a whole answer, ``h`` the
head and first bytes of a longer one, ``c`` more of it, ``e`` its end, ``f`` a fault.
"""

from __future__ import annotations

import gc
import json
import marshal
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.store.engine.confinement import confine, limit_memory
from kg.store.engine.frames import FrameSocket

if TYPE_CHECKING:
    import pyoxigraph

    from kg.store.engine.evaluation import Head
    from kg.store.fulltext.asking import Sought
    from kg.store.fulltext.finding import Finder
    from kg.store.sinks import ChunkSink


_GLANCES = 30


def main(descriptor: int, options: dict[str, Any]) -> None:
    """Work until the server closes the socket. ``options`` are those of ``kg.store.engine.workers.WorkerPool``."""
    confine(parent=options["parent"], network=options["relay"] is not None, nice=options["nice"])
    import kg.store.engine.evaluation  # noqa: F401  # all that a query needs is there before the first, and before its memory is counted

    worker = Worker(FrameSocket(descriptor, glances=_GLANCES), options)
    try:
        worker.serve()
    except OSError:  # the server has closed the socket: nobody waits for the rest
        os._exit(0)
    os._exit(0)  # the snapshot was only read, and nothing needs to be told goodbye


class Worker:
    """The state of a worker: the snapshot that it has open."""

    def __init__(self, socket: FrameSocket, options: dict[str, Any]) -> None:
        self._socket = socket
        self._union_kept = bool(options["union_kept"])
        self._relay: str | None = options["relay"]
        self._memory: int | None = options["memory"]
        self._store: pyoxigraph.Store | None = None
        self._folder = Path()
        self._finder: Finder | None = None

    def serve(self) -> None:
        """Take orders until there are no more."""
        while (frame := self._socket.receive()) is not None:
            letter, payload = frame
            if letter == b"o":
                self._open(json.loads(payload))
            elif letter == b"q":
                self._answer(Order(*marshal.loads(payload)))

    def _open(self, order: dict[str, Any]) -> None:
        import pyoxigraph

        self._store = None
        self._forget_finder()
        self._folder = Path(order["path"])
        self._store = pyoxigraph.Store.read_only(order["path"])
        if self._memory is not None:
            limit_memory(self._memory)
            self._memory = None
            gc.freeze()
        self._socket.send(b"r", str(order["number"]).encode())

    def _answer(self, job: Order) -> None:
        from kg.errors import DemarcheError
        from kg.store.engine.evaluation import evaluate

        answer = _Answer(self._socket)
        assert self._store is not None  # the server opens a snapshot first
        try:
            if "matches" in job.text:
                from kg.store.sparql.matching import expand_query

                job.text = expand_query(job.text, self._find, relay=self._relay)
            evaluate(self._store, job, union_kept=self._union_kept, relay=self._relay, begin=answer.begin)
        except DemarcheError as error:
            # The socket may be what failed; then this fails, too, and the worker ends.
            self._socket.send(b"f", _fault(error))
        except MemoryError:
            self._socket.send(b"f", json.dumps({"kind": "QueryMemoryError"}).encode())
        else:
            answer.finish()

    def _find(self, sought: Sought) -> Sequence[tuple[str, float]]:
        """Find things by their words in the snapshot's full text, which is opened when it is first needed."""
        from kg.errors import FullTextError
        from kg.store.fulltext.finding import finder_of

        if self._finder is None:
            self._finder = finder_of(self._folder)
        if self._finder is None:
            raise FullTextError("The store has no full text that is in step with it. Open it for writing once: that makes it.")
        return self._finder.find(sought)

    def _forget_finder(self) -> None:
        if self._finder is not None:
            self._finder.close()
            self._finder = None


@dataclass(slots=True)
class Order:
    """What of a ``QueryJob`` a worker is told, in the order in which it is sent."""

    text: str
    media_type: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    union_default: bool
    max_rows: int | None


class _Answer:
    """An answer on its way: small ones go whole, in one frame."""

    def __init__(self, socket: FrameSocket) -> None:
        self._socket = socket
        self._head = b""
        self._begun = False
        self._sink: ChunkSink | None = None

    def begin(self, head: Head) -> ChunkSink:
        from kg.store.sinks import ChunkSink

        self._head = f"{head.kind} {head.media_type} {head.truncated:d}\n".encode()
        self._sink = ChunkSink(self._emit)
        return self._sink

    def finish(self) -> None:
        rest = self._sink.rest() if self._sink is not None else b""
        if not self._begun:
            self._socket.send(b"a", self._head + rest)
            return
        if rest:
            self._socket.send(b"c", rest)
        self._socket.send(b"e")

    def _emit(self, data: bytes) -> None:
        if self._begun:
            self._socket.send(b"c", data)
        else:
            self._begun = True
            self._socket.send(b"h", self._head + data)


def _fault(error: Exception) -> bytes:
    line, column = getattr(error, "line", None), getattr(error, "column", None)
    return json.dumps({"kind": type(error).__name__, "message": str(error), "line": line, "column": column}).encode()
