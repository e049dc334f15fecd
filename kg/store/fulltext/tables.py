"""The index's file: a row for each entry of each graph, and for which snapshots it holds; FTS5 finds rows by their words,
and names by any three letters in a row.

A row is never changed where a snapshot may show it. It holds ``since`` a generation, and ``until`` another, exclusive, or to this day;
a snapshot is the end of a generation. So whoever reads a snapshot sees the rows of its generation, while others are written. ``marks``
is the log: graphs of which the store may know more than the index, ``EVERYTHING`` for all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from kg.store.fulltext.asking import folded
from kg.store.fulltext.entries import Entry, Kind

FILE = "fulltext.sqlite"
"""What the index is called in the store's folder."""

EVERYTHING = "*"

_VERSION = 2
_WAIT = 10.0  # seconds, for another process to finish its transaction
_AT_ONCE = 500  # values of one statement

_SCHEMA = f"""
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, since INTEGER NOT NULL, until INTEGER,
    graph TEXT NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL
);
CREATE INDEX entries_now ON entries (graph, subject) WHERE until IS NULL;
CREATE INDEX entries_gone ON entries (until) WHERE until IS NOT NULL;
CREATE TABLE marks (graph TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE shown (generation INTEGER PRIMARY KEY, folder TEXT NOT NULL);
CREATE TABLE now (generation INTEGER NOT NULL);
INSERT INTO now VALUES (1);
CREATE VIRTUAL TABLE words USING fts5(text, content='entries', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE names USING fts5(name, tokenize='trigram');
CREATE TRIGGER entries_gained AFTER INSERT ON entries BEGIN
    INSERT INTO words (rowid, text) VALUES (new.id, new.text);
    INSERT INTO names (rowid, name) SELECT new.id, folded(new.text) WHERE new.kind = 'name';
END;
CREATE TRIGGER entries_lost AFTER DELETE ON entries BEGIN
    INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text);
    DELETE FROM names WHERE rowid = old.id AND old.kind = 'name';
END;
PRAGMA user_version = {_VERSION};
"""


def open_to_write(path: Path | None) -> tuple[sqlite3.Connection, bool]:
    """Open the index in a file, or for None in memory; tell whether it is a new one, which knows nothing.

    One of another version, or that is damaged, gives way to a new one. Raise sqlite3.Error.
    """
    connection = _connect(":memory:" if path is None else path.absolute().as_uri())
    version = _version(connection)
    if version == _VERSION:
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection, False
    if path is not None and (version is None or connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None):
        connection.close()
        remove(path)
        connection = _connect(path.absolute().as_uri())
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(f"BEGIN; {_SCHEMA} COMMIT;")
    return connection, True


def open_to_read(path: Path) -> sqlite3.Connection | None:
    """Open the index in a file, which another process may be writing; None if there is none that can be read. Raise sqlite3.Error."""
    if not path.exists():
        return None
    connection = _connect(f"{path.absolute().as_uri()}?mode=ro")
    try:
        version = _version(connection)
    except sqlite3.OperationalError:
        # In a folder that may not be written SQLite cannot share its log; but then nobody writes there either.
        connection.close()
        connection = _connect(f"{path.absolute().as_uri()}?immutable=1")
        version = _version(connection)
    if version == _VERSION:
        return connection
    connection.close()
    return None


def remove(path: Path) -> None:
    """Remove the file of an index, with what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def generation(connection: sqlite3.Connection) -> int:
    """Return the generation that is being written."""
    (number,) = connection.execute("SELECT generation FROM now").fetchone()
    return int(number)


def marks(connection: sqlite3.Connection) -> set[str]:
    """Return the graphs that are marked."""
    return {graph for (graph,) in connection.execute("SELECT graph FROM marks")}


def graphs(connection: sqlite3.Connection) -> set[str]:
    """Return the graphs that have entries now."""
    return {graph for (graph,) in connection.execute("SELECT DISTINCT graph FROM entries WHERE until IS NULL")}


def replace(connection: sqlite3.Connection, graph: str, entries: set[Entry], subjects: Iterable[str] | None = None) -> None:
    """Make these all the entries of a graph, or all those of some things in it; within a transaction."""
    now = generation(connection)
    there = {Entry(subject, kind, text): (id_, since) for id_, since, subject, kind, text in _rows(connection, graph, subjects)}
    gone = [row for entry, row in there.items() if entry not in entries]
    connection.executemany("DELETE FROM entries WHERE id = ?", [(id_,) for id_, since in gone if since == now])
    connection.executemany("UPDATE entries SET until = ? WHERE id = ?", [(now, id_) for id_, since in gone if since != now])
    connection.executemany(
        "INSERT INTO entries (graph, subject, kind, text, since) VALUES (?, ?, ?, ?, ?)",
        [(graph, *entry, now) for entry in entries if entry not in there],
    )


def _rows(connection: sqlite3.Connection, graph: str, subjects: Iterable[str] | None) -> list[tuple[int, int, str, Kind, str]]:
    select = "SELECT id, since, subject, kind, text FROM entries WHERE graph = ? AND until IS NULL"
    if subjects is None:
        return connection.execute(select, (graph,)).fetchall()
    sought = list(subjects)
    return [
        row
        for begin in range(0, len(sought), _AT_ONCE)
        for row in connection.execute(
            f"{select} AND subject IN ({', '.join('?' * len(sought[begin : begin + _AT_ONCE]))})",
            (graph, *sought[begin : begin + _AT_ONCE]),
        )
    ]


def _version(connection: sqlite3.Connection) -> int | None:
    """Return the version of an index; None for what is no database, or a damaged one."""
    try:
        connection.execute("SELECT name FROM sqlite_master").fetchall()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == _VERSION:
            connection.execute("SELECT generation FROM now, (SELECT COUNT(*) FROM marks)").fetchone()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return None
    return int(version)


def _connect(where: str) -> sqlite3.Connection:
    connection = sqlite3.connect(where, isolation_level=None, check_same_thread=False, timeout=_WAIT, uri=True)
    connection.create_function("folded", 1, folded, deterministic=True)
    return connection
