"""A backup takes the place of a store that is there: all of it, wherever that is interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rdflib import URIRef

from kg.errors import StoreError
from kg.store import replacing
from kg.store.embedded import EmbeddedStore

OLD, NEW = {"<x:old>"}, {"<x:new>"}


def insert(name: str) -> str:
    return f'INSERT DATA {{ GRAPH <x:g> {{ <x:{name}> <http://www.w3.org/2000/01/rdf-schema#label> "{name} one" }} }}'


def subjects(store: EmbeddedStore) -> set[str]:
    return {URIRef(str(row["s"])).n3() for row in store.query("SELECT ?s { ?s ?p ?o }").rows()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a store of something old, and beside it a backup of something new."""
    with EmbeddedStore(tmp_path / "other") as other:
        other.update(insert("new"))
        other.backup(tmp_path / "backup")
    with EmbeddedStore(tmp_path / "store") as store:
        store.update(insert("old"))
    return tmp_path


def test_backup_takes_the_place_of_an_open_store(folder: Path) -> None:
    with EmbeddedStore(folder / "store") as store:
        store.restore(folder / "backup")
        assert subjects(store) == NEW
        store.update(insert("more"))
    with EmbeddedStore(folder / "store", read_only=True) as again:
        assert subjects(again) == {*NEW, "<x:more>"}
    with EmbeddedStore(folder / "backup", read_only=True) as backup:
        assert subjects(backup) == NEW
    assert not list((folder / "store").glob("restore-*"))


@pytest.mark.parametrize("broken", ["absent", "empty", "damaged"])
def test_what_is_no_backup_leaves_the_store_as_it_was(folder: Path, broken: str) -> None:
    backup = folder / "backup"
    if broken == "damaged":
        (backup / "CURRENT").write_text("MANIFEST-999999\n", encoding="ascii")
    elif broken == "empty":
        backup = folder / "nothing"
        backup.mkdir()
    else:
        backup = folder / "absent"
    with EmbeddedStore(folder / "store") as store:
        with pytest.raises(StoreError, match="backup"):
            store.restore(backup)
        assert subjects(store) == OLD
        store.update(insert("more"))
    assert not list((folder / "store").glob("restore-*"))


class Interrupted(Exception):  # noqa: N818  # as if the process had ended here
    """The process ends."""


class Steps:
    """Counts the changes that are made to folders, and ends before one of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, last: int) -> None:
        self._left = last
        for owner, name in ((Path, "rename"), (Path, "unlink"), (Path, "rmdir"), (replacing, "_to_disk")):
            self._watch(monkeypatch, owner, name)

    def _watch(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        done = getattr(owner, name)

        def step(*arguments: Any) -> Any:
            if self._left == 0:
                raise Interrupted
            self._left -= 1
            return done(*arguments)

        monkeypatch.setattr(owner, name, step)


def test_store_is_wholly_the_old_or_the_new_wherever_it_is_interrupted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for last in range(200):
        with EmbeddedStore(folder / "store") as store:
            store.restore(folder / "backup")
            store.update("DROP ALL ; " + insert("old"))
            try:
                with monkeypatch.context() as patched:
                    Steps(patched, last=last)
                    store.restore(folder / "backup")
            except Interrupted:
                pass
            else:
                break
        with EmbeddedStore(folder / "store") as again:
            assert subjects(again) in (OLD, NEW), last
            seen.append(subjects(again) == NEW)
        assert not list((folder / "store").glob("restore-*"))
    assert True in seen
    assert False in seen
    assert seen == sorted(seen)


def test_reader_waits_until_a_restore_is_carried_on(folder: Path) -> None:
    with EmbeddedStore(folder / "store"):
        replacing.bring_in(folder / "backup", folder / "store")
    with pytest.raises(StoreError, match="on its way"):
        EmbeddedStore(folder / "store", read_only=True)
    with EmbeddedStore(folder / "store") as store:
        assert subjects(store) == NEW
