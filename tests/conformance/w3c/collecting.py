"""Make the W3C's tests tests of pytest: one each, those that are known to be missed as strict xfails.

Where the W3C's folder is not there, one test stands for all of them, which is skipped, or fails where the folder is required.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.conformance.w3c.manifests import Suite
from tests.shared import shared

T = TypeVar("T")

_FOLDER = ("w3c-rdf-tests", "sparql")
_MISSES = Path(__file__).with_name("misses.toml")


def suite() -> Suite:
    """Return the W3C's tests; skip, or fail, where they are not there."""
    return Suite(shared(*_FOLDER))


def parameters(read: Callable[[Suite], Iterable[T]], *, iri: Callable[[T], str]) -> list[object]:
    """Return what ``read`` finds as parameters of a test; None alone where there is nothing to be read."""
    folder = Path(os.environ.get("DEMARCHE_SHARED", "/nowhere"), *_FOLDER)
    if not folder.is_dir():
        return [pytest.param(None, id="all")]
    missed = dict(misses())
    return [
        pytest.param(
            found,
            id=_short(iri(found)),
            marks=[pytest.mark.xfail(reason=missed[iri(found)], raises=AssertionError, strict=True)]
            if iri(found) in missed
            else [],
        )
        for found in read(Suite(folder))
    ]


def misses() -> Iterator[tuple[str, str]]:
    """Yield the IRI of each test that is known to be missed, and why."""
    for miss in tomllib.loads(_MISSES.read_text(encoding="utf-8"))["miss"]:
        for iri in miss["tests"]:
            yield iri, miss["reason"]


def _short(iri: str) -> str:
    folder, _, name = iri.partition("/manifest#")
    return f"{'/'.join(folder.split('/')[-2:])}/{name}"
