"""What all tests share: measurements run only when they are asked for."""

from __future__ import annotations

import os

import pytest

# What a process of the tests takes for its terminal is not to be taken for one by what is tested.
for name in ("COLUMNS", "LINES"):
    os.environ.pop(name, None)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--bench`` (run the measurements under tests/bench), ``--rewrite-docs`` (write what examples show into the documents) and
    ``--rewrite-answers`` (write what the competency questions answer now beside them)."""
    parser.addoption("--bench", action="store_true", help="run the measurements of speed")
    parser.addoption("--rewrite-docs", action="store_true", help="write what the README's commands show into it")
    parser.addoption("--rewrite-answers", action="store_true", help="write the answers to the competency questions anew")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the measurements unless they are asked for: a busy machine makes them say nothing."""
    if config.getoption("--bench"):
        return
    for item in items:
        if "bench" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason="a measurement of speed; run it with make bench"))
