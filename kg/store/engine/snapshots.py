"""Snapshots of a store on disk, in a folder within its own: hard links to what it holds, made in milliseconds, and read by the workers.

They lie within the store's folder since that is on one file system for certain, and git and every command already leave it alone.
Numbers only grow, also from one run to the next, so that a number stands for one content.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

FOLDER = "snapshots"
_LAST = "last"


def snapshot_path(store: Path, number: int) -> Path:
    """Return where a snapshot of a store lies."""
    return store / FOLDER / f"{number:012d}"


def last_number(store: Path) -> int:
    """Return the number of the last snapshot that this store ever had; 0 for none."""
    folder = store / FOLDER
    names = [path.name.partition(".")[0] for path in folder.iterdir()] if folder.is_dir() else []
    kept = folder / _LAST
    written = kept.read_text(encoding="ascii").strip() if kept.is_file() else ""
    return max([int(name) for name in [*names, written] if name.isdecimal()], default=0)


def clear_snapshots(store: Path) -> int:
    """Remove all snapshots, also those that a killed server left, and keep the last number. Return it.

    Only for who has the store to himself.
    """
    last = last_number(store)
    folder = store / FOLDER
    folder.mkdir(exist_ok=True)
    _note(store, last)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
    return last


class Snapshots:
    """Which snapshots there are and how many read each. One that is not the newest is removed when nobody reads it."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._readers: Counter[int] = Counter()
        self._present: set[int] = set()
        self.newest = 0

    def path(self, number: int) -> Path:
        """Return where a snapshot lies."""
        return snapshot_path(self._store, number)

    def add(self, number: int) -> None:
        """Take note of a new snapshot, the newest from now on."""
        self._present.add(number)
        self.newest = number
        _note(self._store, number)
        self._tidy()

    def hold(self, number: int) -> None:
        """Say that somebody reads a snapshot."""
        self._readers[number] += 1

    def release(self, number: int) -> None:
        """Say that somebody has stopped to read a snapshot."""
        self._readers[number] -= 1
        if self._readers[number] <= 0:
            del self._readers[number]
            self._tidy()

    def clear(self) -> None:
        """Remove all that are left; only when nobody reads any more."""
        self._readers.clear()
        self.newest = 0
        self._tidy()

    def _tidy(self) -> None:
        for number in [number for number in self._present if number != self.newest and number not in self._readers]:
            self._present.discard(number)
            shutil.rmtree(self.path(number), ignore_errors=True)


def _note(store: Path, number: int) -> None:
    """Write down the number, which stays when the snapshots have gone."""
    (store / FOLDER / _LAST).write_text(str(number), encoding="ascii")
