"""Open the store that the settings name: the folder of an embedded one, or the address of a server."""

from __future__ import annotations

import os

from kg.config import Settings
from kg.store.connection import credentials_from
from kg.store.embedded import EmbeddedStore
from kg.store.engine.snapshots import clear_snapshots
from kg.store.protocol import Store
from kg.store.remote import RemoteStore


def open_store(settings: Settings, *, create: bool = False, write: bool = False) -> Store:
    """Open the store: to write, with ``create`` also a folder that is not there yet; else to read.

    Credentials for a server are read from the environment. Raises StoreError for what is no store or cannot be reached,
    StoreLockedError for a folder that is held elsewhere.
    """
    read_only = not (create or write)
    if isinstance(settings.store, str):
        return RemoteStore(settings.store, read_only=read_only, credentials=credentials_from(os.environ))
    store = EmbeddedStore(settings.store, read_only=read_only)
    if not read_only:
        clear_snapshots(settings.store)  # those of a server that was killed tell of a state that is about to pass
    return store
