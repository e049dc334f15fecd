"""Documents are read in a process that ends when it is told to, and is started anew when it died."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal

import pytest

from kg.editing.extracting import ExtractingProcesses
from kg.errors import ModelError
from kg.records import Document

SHORT = Document(id="short", text="Ilena Varo met Tomas Brek in Oslo on Tuesday.")


def test_extracting_process_reads_dies_reads_again_and_ends() -> None:
    extracting = ExtractingProcesses()

    async def read() -> None:
        first = await extracting.extract(SHORT)
        assert {"Ilena Varo", "Tomas Brek"} <= {entity.name for entity in first.entities}
        (child,) = multiprocessing.active_children()
        assert child.pid is not None
        task = asyncio.ensure_future(extracting.extract(Document(id="long", text=SHORT.text * 20_000)))
        await asyncio.sleep(0)
        os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(ModelError, match="'long': the process that read it ended"):
            await task
        assert await extracting.extract(SHORT) == first
        extracting.close()
        assert multiprocessing.active_children() == []

    try:
        asyncio.run(read())
    finally:
        extracting.close()
