"""The server that the W3C's tests run against, one for all of them; those of the same data stand together, so that it is loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.w3c.manifests import Case
from tests.conformance.w3c.servers import Server, w3c_server


@pytest.fixture(scope="session")
def w3c() -> Iterator[Server]:
    """Run a server with a default graph of its own, that may be written."""
    with w3c_server() as server:
        yield server


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the places of the W3C's tests, which may be shuffled, to the same tests in the order of their data."""
    found = [(at, case) for at, item in enumerate(items) if isinstance(case := _parameter(item), Case)]
    ordered = sorted(found, key=lambda place: (place[1].kind, repr(place[1].before)))
    items_before = list(items)
    for (at, _), (came_from, _) in zip(found, ordered, strict=True):
        items[at] = items_before[came_from]


def _parameter(item: pytest.Item) -> object:
    return item.callspec.params.get("case") if isinstance(item, pytest.Function) and hasattr(item, "callspec") else None
