"""The folder of an embedded store: whether it may be opened, and who may have it open.

One process writes, or many read; never both. Oxigraph keeps a second writer out, but leaves undefined what a reader beside a
writer sees. So the folder has a lock file of its own, held by ``flock``. (A share in RocksDB's lock file would not do: to close
that file gives up every lock that the process has on it, the writer's own among them.) Needs a POSIX system.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from kg.errors import StoreError, StoreLockedError

LOCK_FILE = "demarche.lock"
_HELD_BY_OTHERS = ("lock hold by current process", "While lock file")


def check_folder(path: Path, *, read_only: bool) -> None:
    """Raise StoreError unless ``path`` is a store or, for writing, may become one: it is absent, empty or was begun as one."""
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: is a file. A store is a folder: name another, or remove the file.")
    if is_store(path):
        return
    if read_only:
        raise StoreError(f"{path}: there is no store. Make one with 'kg build', or name the folder of one.")
    stranger = next(path.iterdir(), None) if path.exists() else None
    if stranger is not None and not (path / LOCK_FILE).exists():
        raise StoreError(f"{path}: is no store, but holds {stranger.name!r}. Name an empty or a new folder.")


def opening_error(path: Path, error: Exception) -> StoreError:
    """Say in the project's words why Oxigraph could not open a folder."""
    if any(sign in str(error) for sign in _HELD_BY_OTHERS):
        return _locked(path)
    return StoreError(f"{path}: the store cannot be opened ({error}). Check its rights and its disk, or build it anew.")


def restore(backup: Path, path: Path) -> None:
    """Copy a backup to where a store is to be. Raise StoreError for what is no backup, or where something is in the way."""
    if not is_store(backup):
        raise StoreError(f"{backup}: holds no backup. Name a folder that 'kg backup' wrote.")
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StoreError(f"{path}: is not empty. Name a new folder, or move it away first.")
    try:
        shutil.copytree(backup, path, dirs_exist_ok=True)
    except OSError as error:
        shutil.rmtree(path, ignore_errors=True)
        raise StoreError(f"{path}: the backup could not be copied ({error}). Check the disk and its rights.") from error


class FolderLock:
    """A hold on a store's folder: ``shared`` among readers, or one writer's alone; it ends with ``release`` or the process.

    Raises StoreLockedError if it is held in the other way, and StoreError if the lock file cannot be opened.
    """

    def __init__(self, path: Path, *, shared: bool) -> None:
        try:
            self._descriptor: int | None = os.open(path / LOCK_FILE, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise StoreError(f"{path}: its lock file cannot be opened ({error.strerror}). Check the folder's rights.") from error
        try:
            fcntl.flock(self._descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            raise _locked(path) from error

    def release(self) -> None:
        """Let go; once is enough, more does no harm."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _locked(path: Path) -> StoreLockedError:
    return StoreLockedError(
        f"{path}: the store is open elsewhere, perhaps in a running 'kg serve' or 'kg build'. Stop that, or name another folder."
    )


def is_store(path: Path) -> bool:
    """Tell whether the folder holds a database of RocksDB, which Oxigraph keeps its data in."""
    return (path / "CURRENT").is_file() and any(path.glob("MANIFEST-*"))
