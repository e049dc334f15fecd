"""Engines for tests: stores that are filled at once, answers taken whole, and what the machine says of a process."""

from __future__ import annotations

import asyncio
import os
import select
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.store.engine.protocol import Engine, QueryJob
from kg.store.protocol import Store

PATIENCE = 20.0
"""Seconds until something is taken for not happening at all."""

EX = "https://example.org/"


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


def fill(folder: Path, *, people: int) -> Path:
    """Make a store of so many people, each of whom knows two others, has a label and a number; in one graph, and in the union."""
    store = pyoxigraph.Store(str(folder))
    quads = []
    for number in range(people):
        person = node(f"person/{number}")
        for predicate, value in (
            ("knows", node(f"person/{number * 7 % people}")),
            ("knows", node(f"person/{(number * 13 + 1) % people}")),
            ("label", Literal(f"Person of the number {number}")),
            ("number", Literal(number)),
        ):
            quads += [Quad(person, node(predicate), value, graph) for graph in (node("people"), DefaultGraph())]
    store.bulk_extend(quads)
    store.flush()
    return folder


async def answer(engine: Engine, text: str, *, media_type: str = "text/csv", timeout: float | None = None) -> str:
    """Return the whole answer as text."""
    result = await engine.query(QueryJob(text=text, media_type=media_type, timeout=timeout))
    return b"".join([chunk async for chunk in result.chunks]).decode()


async def count(engine: Engine, pattern: str) -> int:
    """Return how many solutions a pattern has."""
    return int((await answer(engine, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")).split()[1])


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something holds, which no event tells of."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


def state(pid: int) -> str:
    """Return what a process does, by the system's letter ("R" runs, "S" sleeps); empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return ""


def children() -> set[int]:
    """Return the processes that this one has started and that are there."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return {int(pid) for pid in listed.split()}


def descendants(pid: int) -> set[int]:
    """Return a process and all that it has started, and they in turn, as far as they are there."""
    found = {pid}
    for task in Path(f"/proc/{pid}/task").glob("*/children") if Path(f"/proc/{pid}").exists() else ():
        try:
            for child in task.read_text(encoding="ascii").split():
                found |= descendants(int(child))
        except OSError:
            continue
    return found


def processor_seconds(pid: int) -> float:
    """Return how much of the processors a process and its descendants that are there have used."""
    ticks = 0
    for one in descendants(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def has_loaded(store: Store, module: str) -> bool:  # as operations are called
    """Tell of the process that this is called in whether it has loaded a module: an operation for a writer."""
    return module in sys.modules


def all_gone(pids: Iterable[int]) -> bool:
    """Wait until the processes are gone, by the system's own notice."""
    for pid in pids:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        try:
            if not select.select([descriptor], [], [], PATIENCE)[0]:
                return False
        finally:
            os.close(descriptor)
    return all(state(pid) in ("", "Z") for pid in pids)
