"""Ask an index, as it is now or as it was for a snapshot: what a query process needs, and no more."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import FullTextError
from kg.store.fulltext import tables
from kg.store.fulltext.asking import Sought, alike_of, expression_of, pieces_of
from kg.store.fulltext.entries import ALL_KINDS

NOTE = "fulltext.json"
"""What is noted in a snapshot's folder: where that is, where the index lies, and the generation that this snapshot shows."""

_HELD = "since <= :generation AND (until IS NULL OR until > :generation)"
_MATCHING = f"FROM words JOIN entries ON entries.id = words.rowid WHERE words MATCH :expression AND {_HELD}"
_SUBJECTS = f"SELECT DISTINCT subject, 0.0 {_MATCHING} {{kept}} LIMIT :limit"
_RANKED = f"""
WITH found AS MATERIALIZED (SELECT subject, -words.rank AS score {_MATCHING} {{kept}})
SELECT subject, MAX(score) FROM found GROUP BY subject ORDER BY MAX(score) DESC, subject LIMIT :limit
"""
_ALIKE = f"""
SELECT subject, name FROM names JOIN entries ON entries.id = names.rowid
WHERE names MATCH :expression AND {_HELD} ORDER BY names.rank LIMIT {{candidates}}
"""
_CANDIDATES = 2000
_LEAST_ALIKE = 75.0


class Finder:
    """Finds things by their words. ``generation`` is that of a snapshot; None: what holds now. May be used from several threads."""

    def __init__(self, connection: sqlite3.Connection, *, generation: int | None = None) -> None:
        self._connection = connection
        self._generation = generation
        self._lock = threading.Lock()

    def find(self, sought: Sought) -> list[tuple[str, float]]:
        """Return the IRIs of what has all these words in one of its names or texts, with scores, the best first.

        Unranked, all scores are 0. What begins with ``~`` finds names that are alike, with scores from 75 to 100. See
        ``kg.store.fulltext.asking``. Raise FullTextError.
        """
        name = alike_of(sought.text)
        expression = expression_of(sought.text) if name is None else pieces_of(name)
        if expression is None:
            return []
        with self._lock, faults("the store", "asked"):
            generation = self._generation if self._generation is not None else tables.generation(self._connection)
            values = {"expression": expression, "generation": generation, "limit": sought.limit}
            if name is not None:
                candidates = self._connection.execute(_ALIKE.format(candidates=_CANDIDATES), values).fetchall()
                return _most_alike(name, candidates)[: sought.limit]
            kept = f"AND kind IN ({', '.join(repr(kind) for kind in ALL_KINDS if kind in sought.kinds)})"
            return self._connection.execute((_RANKED if sought.ranked else _SUBJECTS).format(kept=kept), values).fetchall()

    def close(self) -> None:
        """Let go of the index."""
        with self._lock:
            self._connection.close()


def finder_of(folder: Path) -> Finder | None:
    """Return what finds words in a store's folder or in a snapshot; None where no index is in step with it. Raise FullTextError."""
    note = folder / NOTE
    path, generation = folder / tables.FILE, None
    with faults(folder, "opened"):
        if note.exists():
            noted = json.loads(note.read_text(encoding="utf-8"))
            if noted["snapshot"] == str(folder.absolute()):  # and not a copy of a snapshot, which has become a store of its own
                path, generation = Path(noted["index"]), int(noted["generation"])
        connection = tables.open_to_read(path)
        if connection is None or (generation is None and tables.marks(connection)):
            return None
    return Finder(connection, generation=generation)


def _most_alike(name: str, candidates: Iterable[tuple[str, str]]) -> list[tuple[str, float]]:
    from rapidfuzz import fuzz  # few queries need it

    scores: dict[str, float] = {}
    for subject, other in candidates:
        score = fuzz.WRatio(name, other, score_cutoff=_LEAST_ALIKE)
        if score >= _LEAST_ALIKE:
            scores[subject] = max(score, scores.get(subject, 0.0))
    return sorted(scores.items(), key=lambda found: (-found[1], found[0]))


@contextmanager
def faults(where: object, done: str) -> Iterator[None]:
    """Say in the project's words what SQLite or the disk has against something."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise FullTextError(
            f"{where}: the full text cannot be {done} ({error}). Make room on the disk, or check its rights. While nobody has "
            f"the store open {tables.FILE!r} in its folder may be removed: it is made anew."
        ) from error
