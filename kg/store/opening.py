"""Open the store that the settings name: the folder of an embedded one, or the address of a server."""

from __future__ import annotations

import os

from kg.config import Settings
from kg.store.connection import credentials_from
from kg.store.embedded import EmbeddedStore
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
    return EmbeddedStore(settings.store, read_only=read_only)
