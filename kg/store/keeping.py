"""Back up and bring back the store that a server has open: operations for its writer."""

from __future__ import annotations

from pathlib import Path

from kg.errors import StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store


def back_up(folder: Path, store: Store) -> None:
    """Copy the store to a new folder. Raise StoreError, also for a store that is not embedded."""
    _embedded(store).backup(folder)


def bring_back(folder: Path, store: Store) -> None:
    """Put a backup in the place of all that the store holds. Raise StoreError, also for a store that is not embedded."""
    _embedded(store).restore(folder)


def _embedded(store: Store) -> EmbeddedStore:
    if not isinstance(store, EmbeddedStore):
        raise StoreError("The store lies on a server of its own. Back it up there.")
    return store
