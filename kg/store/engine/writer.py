"""What the writer's process does: it owns the store, changes it in the order in which it is told to, and makes snapshots.

Frames that it takes: ``u`` a SPARQL update, ``g`` a change of a graph, ``k`` an operation on the store, ``s`` make a snapshot. Frames
that it gives: ``r`` the store is open (with the last snapshot's number), ``d`` done, with what came out, ``f`` a fault. Orders and
outcomes are pickled: both ends are the server's own.
"""

from __future__ import annotations

import os
import pickle
import sys
import time
from pathlib import Path
from typing import Any

from kg.store.engine.confinement import confine
from kg.store.engine.frames import FrameSocket

_PATIENCE = 5.0
_BETWEEN = 0.05


def main(descriptor: int, options: dict[str, Any]) -> None:
    """Work until the server closes the socket, then close the store."""
    confine(parent=options["parent"])
    from kg.errors import DemarcheError

    socket = FrameSocket(descriptor)
    try:
        writer = Writer(Path(options["path"]), union=options["union"], fresh=options["fresh"])
    except DemarcheError as error:
        socket.send(b"f", pickle.dumps(error))
        os._exit(0)
    socket.send(b"r", pickle.dumps(writer.last))
    try:
        while (frame := socket.receive()) is not None:
            socket.send(*writer.obey(*frame))
    except OSError:  # the server has ended in the middle of something
        os._exit(1)
    try:
        writer.close()
    except DemarcheError as error:
        sys.exit(str(error))
    os._exit(0)  # the socket closes with the process, and not before


class Writer:
    """The store, open for writing; ``fresh`` says that the server has just started, so that no snapshot is in use."""

    def __init__(self, path: Path, *, union: bool, fresh: bool) -> None:
        from kg.store.engine.snapshots import clear_snapshots, last_number

        self._path = path
        self._store = _opened(path, union=union)
        self.last = clear_snapshots(path) if fresh else last_number(path)

    def obey(self, letter: bytes, payload: bytes) -> tuple[bytes, bytes]:
        """Carry out one order; return the frame that tells of it."""
        from kg.errors import DemarcheError, StoreError

        try:
            return b"d", pickle.dumps(self._carry_out(letter, pickle.loads(payload)))
        except DemarcheError as error:
            return b"f", pickle.dumps(error)
        except Exception as error:
            return b"f", pickle.dumps(
                StoreError(f"The change failed: {type(error).__name__}: {error}. Nothing of it was written.")
            )

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _carry_out(self, letter: bytes, order: Any) -> object:
        from kg.store.engine.snapshots import snapshot_path

        match letter:
            case b"u":
                text, using, using_named, documents = order
                self._store.update(text, using=using, using_named=using_named, documents=documents)
            case b"g":
                self._store.write(order)
            case b"k":
                return order(self._store)
            case b"s":
                self._store.snapshot(snapshot_path(self._path, order))
        return None


def _opened(path: Path, *, union: bool) -> Any:
    """Open the store; the writer of a server that was killed may be about to let go of it."""
    from kg.errors import StoreLockedError
    from kg.store.embedded import EmbeddedStore

    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return EmbeddedStore(path, union=union)
        except StoreLockedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_BETWEEN)
