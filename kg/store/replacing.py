"""Put a backup in the place of a store that is there, so that whoever stops in the middle can go on: all of the one, or all of the other.

The backup is first copied into the store's folder, beside what is there, and gets its name only when all of it is on the disk. From
then on the store is the new one: the old files are removed, and the new ones moved up. Whoever opens the store to write carries that on.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyoxigraph

from kg.errors import StoreError
from kg.store.folder import LOCK_FILE, is_store

_COPYING, _COMING, _MOVING = "restore-copying", "restore-coming", "restore-moving"
_KEPT = (LOCK_FILE, "snapshots", _COMING, _MOVING)


def bring_in(backup: Path, store: Path) -> None:
    """Copy a backup into the folder of a store; from now on the store is this one, once ``settle`` is done.

    Raise StoreError for what is no backup or cannot be copied; then the store is as it was.
    """
    if not is_store(backup):
        raise StoreError(f"{backup}: holds no backup. Name a folder that 'kg backup' wrote.")
    copying = store / _COPYING
    shutil.rmtree(copying, ignore_errors=True)
    try:
        shutil.copytree(backup, copying, ignore=shutil.ignore_patterns(LOCK_FILE, "snapshots"))
        pyoxigraph.Store.read_only(str(copying))
        for path in copying.rglob("*"):
            _to_disk(path)
        _to_disk(copying)
        copying.rename(store / _COMING)
        _to_disk(store)
    except (OSError, RuntimeError, shutil.Error) as error:
        shutil.rmtree(copying, ignore_errors=True)
        raise StoreError(f"{backup}: cannot take the place of {store} ({error}). Check the backup and the disk.") from error


def is_unsettled(store: Path) -> bool:
    """Tell whether a backup is on its way into the place of the store."""
    return (store / _COMING).is_dir() or (store / _MOVING).is_dir()


def settle(store: Path) -> None:
    """Carry on what ``bring_in`` began, wherever it stands; only for who may write the store, and has it closed.

    Raise StoreError where the disk does not let it; it can be carried on then.
    """
    coming, moving = store / _COMING, store / _MOVING
    try:
        shutil.rmtree(store / _COPYING, ignore_errors=True)
        if coming.is_dir():
            for path in [path for path in store.iterdir() if path.name not in _KEPT]:
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
            coming.rename(moving)
        if moving.is_dir():
            for path in list(moving.iterdir()):
                path.rename(store / path.name)
            _to_disk(store)
            moving.rmdir()
    except OSError as error:
        raise StoreError(
            f"{store}: a backup is on its way into it, and cannot go on ({error}). Check the disk and its rights."
        ) from error


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
