"""Snapshots of a store on disk, in a folder within its own: hard links to what it holds, made in milliseconds, and read by the workers.

They lie within the store's folder since that is on one file system for certain, and git and every command already leave it alone.
Numbers only grow, also from one run to the next, so that a number stands for one content.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError

FOLDER = "snapshots"
_LAST = "last"
_ATTEMPTS = 100  # a server that writes much may remove a snapshot while it is copied


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
    if last == 0 and not folder.exists():
        return 0
    _note(store, last)
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
    return last


def copy_newest(store: Path, folder: Path) -> None:
    """Copy the newest snapshot of a store that is served by somebody else to a new folder: its state after the last change.

    On one disk the data is shared, and takes no time. Raise StoreError where there is no snapshot, or something is in the way.
    """
    if folder.exists():
        raise StoreError(f"{folder}: is there already. Name a new folder.")
    for _ in range(_ATTEMPTS):
        newest = max((path for path in (store / FOLDER).glob("*") if path.is_dir() and path.name.isdecimal()), default=None)
        if newest is None:
            break
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(newest, folder, copy_function=_copy)
            return
        except (OSError, shutil.Error) as error:
            shutil.rmtree(folder, ignore_errors=True)
            if newest.exists():
                raise StoreError(
                    f"{folder}: the backup could not be written ({error}). Check the disk and its rights."
                ) from error
    raise StoreError(f"{store}: has no snapshot to copy. Try again, or stop the server first.")


def _copy(source: str, target: str) -> str:
    """Share what is never changed, the sorted tables, and copy the rest."""
    if source.endswith(".sst"):
        with suppress(OSError):
            os.link(source, target)
            return target
    return shutil.copy2(source, target)


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
    (store / FOLDER).mkdir(exist_ok=True)
    (store / FOLDER / _LAST).write_text(str(number), encoding="ascii")
