"""Keep the index in step with an embedded store, whenever the process may end.

The store is the truth. Before it is written, the graphs that may change are marked, and the mark is on the disk; afterwards the index
takes in what changed. The marks go when the store itself is known to be on the disk. Whoever opens the store after a crash reads the
marked graphs anew, whichever of the two had got how far. A store without an index gets one.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph

from kg.errors import FullTextError
from kg.store.fulltext import tables
from kg.store.fulltext.asking import Sought
from kg.store.fulltext.entries import entries_of, graphs_of
from kg.store.fulltext.finding import NOTE, Finder, faults, finder_of
from kg.store.fulltext.tables import EVERYTHING
from kg.store.fulltext.touched import Touched

_GRAPHS_AT_ONCE = 200

_log = logging.getLogger(__name__)


class KeptIndex:
    """The index of a store that this process writes, in the store's folder. The caller sees to it that one thread at a time calls.

    Raise FullTextError where the file cannot be read or written.
    """

    def __init__(self, folder: Path, database: pyoxigraph.Store, *, union: bool) -> None:
        self._folder = folder.absolute()
        self._database = database
        self._union = union
        with faults(folder, "opened"):
            self._connection, new = tables.open_to_write(folder / tables.FILE)
            self._marked = tables.marks(self._connection)
            if new:
                self._mark([EVERYTHING])
            self._behind = bool(self._marked)
            self._catch_up()
        self._finder = Finder(self._connection)

    @contextmanager
    def following(self, touched: Touched) -> Iterator[None]:
        """Take in what the block writes to the store, all of it or on an error nothing. Raise FullTextError before the block alone."""
        with faults(self._folder, "written"):
            self._catch_up()
            self._mark([EVERYTHING] if touched is None else touched)
        yield
        self._behind = True
        try:
            self._take_in(touched)
        except (OSError, sqlite3.Error) as error:
            _log.warning("the full text is behind the store, and catches up before it is next asked: %s", error)

    @contextmanager
    def following_load(self) -> Iterator[set[str]]:
        """Take in what the block adds, also where it fails: the graphs that it names in the set."""
        with faults(self._folder, "written"):
            self._catch_up()
            self._mark([EVERYTHING])
        graphs: set[str] = set()
        self._behind = True
        try:
            yield graphs
        finally:
            with suppress(OSError, sqlite3.Error):
                self._take_in(dict.fromkeys(graphs))

    def find(self, sought: Sought) -> list[tuple[str, float]]:
        """See ``kg.store.fulltext.finding.Finder.find``."""
        with faults(self._folder, "written"):
            self._catch_up()
        return self._finder.find(sought)

    @contextmanager
    def showing(self, folder: Path) -> Iterator[None]:
        """Have the block make a snapshot in a folder, and note there which entries belong to it. They are kept as long as the folder is."""
        with faults(self._folder, "written"):
            self._catch_up()
            shown = self._begin_generation(folder.absolute())
        yield
        with faults(self._folder, "written"):
            note = {"snapshot": str(folder.absolute()), "index": str(self._folder / tables.FILE), "generation": shown}
            (folder / NOTE).write_text(json.dumps(note), encoding="utf-8")
            self._settle()

    def copy_to(self, folder: Path) -> None:
        """Write a copy of the index into the folder of a backup."""
        with faults(folder, "copied"):
            _copy(self._connection, folder)

    def close(self, *, flushed: bool) -> None:
        """Let go of the index; ``flushed`` says that the store is on the disk."""
        try:
            with faults(self._folder, "written"):
                self._catch_up()
                if flushed:
                    self._settle()
        except FullTextError as error:
            _log.warning("%s", error)
        finally:
            self._finder.close()
            del self._database  # which nobody may hold open

    def _mark(self, graphs: Iterable[str]) -> None:
        unmarked = set(graphs) - self._marked
        if not unmarked or EVERYTHING in self._marked:
            return
        self._connection.execute("PRAGMA synchronous = FULL")  # on the disk, before the store is written
        try:
            with _transaction(self._connection):
                self._connection.executemany("INSERT OR IGNORE INTO marks VALUES (?)", [(graph,) for graph in unmarked])
        finally:
            self._connection.execute("PRAGMA synchronous = NORMAL")
        self._marked |= unmarked

    def _take_in(self, touched: Touched) -> None:
        if touched is None:
            _read_anew(self._connection, self._database, union=self._union)
        else:
            with _transaction(self._connection):
                for graph, subjects in touched.items():
                    tables.replace(self._connection, graph, entries_of(self._database, graph, subjects), subjects)
        self._behind = False

    def _catch_up(self) -> None:
        if self._behind:
            self._take_in(None if EVERYTHING in self._marked else dict.fromkeys(self._marked))

    def _begin_generation(self, folder: Path) -> int:
        with _transaction(self._connection):
            ended = tables.generation(self._connection)
            self._connection.execute("INSERT INTO shown VALUES (?, ?)", (ended, str(folder)))
            self._connection.execute("UPDATE now SET generation = ?", (ended + 1,))
        return ended

    def _settle(self) -> None:
        """Forget the marks, since the store is on the disk, and the rows that no snapshot shows any more."""
        shown = self._connection.execute("SELECT generation, folder FROM shown").fetchall()
        gone = [generation for generation, folder in shown if not Path(folder).exists()]
        kept = [generation for generation, _ in shown if generation not in gone]
        with _transaction(self._connection):
            self._connection.execute("DELETE FROM marks")
            self._connection.executemany("DELETE FROM shown WHERE generation = ?", [(generation,) for generation in gone])
            oldest = min(kept, default=tables.generation(self._connection))
            self._connection.execute("DELETE FROM entries WHERE until <= ?", (oldest,))
        self._marked.clear()


class ReadIndex:
    """The index of a store that is only read, or is in memory: that of its folder where it is in step, else one made when it is needed.

    May be used from several threads.
    """

    def __init__(self, folder: Path | None, database: pyoxigraph.Store, *, union: bool) -> None:
        self._folder = folder
        self._database = database
        self._union = union
        self._finder: Finder | None = None
        self._state: int | None = None
        self._lock = threading.Lock()

    def find(self, sought: Sought, *, state: int) -> list[tuple[str, float]]:
        """See ``kg.store.fulltext.finding.Finder.find``. ``state`` tells one state of the store from another."""
        with self._lock:
            if self._finder is None or self._state != state:
                self._finder, self._state = self._made(), state
            finder = self._finder
        return finder.find(sought)

    def copy_to(self, folder: Path) -> None:
        """Write a copy of the folder's index, if there is one, into the folder of a backup."""
        with faults(folder, "copied"):
            connection = tables.open_to_read(self._folder / tables.FILE) if self._folder is not None else None
            if connection is not None:
                _copy(connection, folder)
                connection.close()

    def close(self, *, flushed: bool = False) -> None:  # noqa: ARG002  # as the other's
        """Let go of the index."""
        with self._lock:
            if self._finder is not None:
                self._finder.close()
                self._finder = None
            del self._database  # which nobody may hold open

    def _made(self) -> Finder:
        if self._finder is not None:
            self._finder.close()
        found = finder_of(self._folder) if self._folder is not None else None
        if found is not None:
            return found
        connection, _ = tables.open_to_write(None)
        _read_anew(connection, self._database, union=self._union)
        return Finder(connection)


def _read_anew(connection: sqlite3.Connection, database: pyoxigraph.Store, *, union: bool) -> None:
    """Make all entries those of the store."""
    graphs = sorted(graphs_of(database, union=union) | tables.graphs(connection))
    for begin in range(0, len(graphs), _GRAPHS_AT_ONCE):
        with _transaction(connection):
            for graph in graphs[begin : begin + _GRAPHS_AT_ONCE]:
                tables.replace(connection, graph, entries_of(database, graph))


def _copy(connection: sqlite3.Connection, folder: Path) -> None:
    copy = sqlite3.connect(folder / tables.FILE)
    try:
        connection.backup(copy)
    finally:
        copy.close()


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
