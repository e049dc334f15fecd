"""Documents are read in processes of their own, so that a server goes on answering meanwhile; each loads its model with its first.

They are confined as those are that evaluate queries: a document is a stranger's, too.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kg.errors import ModelError
from kg.records import Document, Extraction

if TYPE_CHECKING:
    from kg.extraction.extract import Extractor

_NICE = 5

Loading = tuple[str | None, tuple[Path, ...], float]


class Extracting(Protocol):
    """Whoever reads documents."""

    async def extract(self, document: Document) -> Extraction:
        """Return all that a document says."""
        ...

    def close(self) -> None:
        """Let go of what is held, also in the middle of a document."""
        ...


class ExtractingProcesses:
    """Processes that read documents: as many as were ever needed at once, each started when it is, and again after it died."""

    def __init__(self, *, model: str | None = None, gazetteers: Sequence[Path] = (), link_threshold: float = 0.6) -> None:
        self._loading: Loading = (model, tuple(gazetteers), link_threshold)
        self._idle: list[ProcessPoolExecutor] = []
        self._all: set[ProcessPoolExecutor] = set()

    async def extract(self, document: Document) -> Extraction:
        """Return all that a document says. Raises ModelError where the model cannot be loaded, or the process dies of the document."""
        process = self._idle.pop() if self._idle else self._start()
        reading = asyncio.get_running_loop().run_in_executor(process, _extract, document, self._loading)
        try:
            return await reading
        except BrokenProcessPool:
            raise ModelError(
                f"document {document.id!r}: the process that read it ended by itself. Send it in parts, or give the machine more memory."
            ) from None
        finally:
            if reading.cancelled() or isinstance(reading.exception(), BrokenProcessPool):  # cancelled, it reads on for nobody
                self._end(process)
            else:
                self._idle.append(process)

    def close(self) -> None:
        """End the processes, also in the middle of a document."""
        for process in list(self._all):
            self._end(process)
        self._idle.clear()

    def _start(self) -> ProcessPoolExecutor:
        spawning = multiprocessing.get_context("spawn")
        started = ProcessPoolExecutor(max_workers=1, mp_context=spawning, initializer=_confine, initargs=(os.getpid(),))
        self._all.add(started)
        return started

    def _end(self, process: ProcessPoolExecutor) -> None:
        self._all.discard(process)
        for child in (process._processes or {}).values():  # nothing else ends one that is at work
            child.terminate()
        process.shutdown(wait=True, cancel_futures=True)


def _confine(parent: int) -> None:
    from kg.store.engine.confinement import confine

    confine(parent=parent, nice=_NICE)


def _extract(document: Document, loading: Loading) -> Extraction:
    return _extractor(loading).extract(document)


@cache
def _extractor(loading: Loading) -> Extractor:
    from kg.extraction.extract import load_extractor

    model, gazetteers, link_threshold = loading
    return load_extractor(model=model, gazetteers=gazetteers, link_threshold=link_threshold)
