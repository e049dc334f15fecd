"""What is written over HTTP goes through the writer's process, and is seen by the look-ups of the next request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import httpx

from api.app import create_app
from kg.config import Settings
from kg.records import Document, Extraction
from kg.store.engine.protocol import Engine
from tests.builders import TEXT, an_extraction
from tests.engines import has_loaded

WRITE = "w" * 20
DOCUMENTS, DECISIONS = "/api/v1/documents", "/api/v1/decisions"
VARO = "/api/v1/entities/person/ilena-varo"


class Reader:
    """Reads the invented statement, whatever the text; waits for its gate."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.gate.set()

    async def extract(self, document: Document) -> Extraction:
        await self.gate.wait()
        return an_extraction(document=document) if document.text == TEXT else Extraction(document=document)

    def close(self) -> None:
        pass


@asynccontextmanager
async def serving(folder: Path, reader: Reader) -> AsyncIterator[tuple[httpx.AsyncClient, Engine]]:
    app = create_app(Settings(store=folder, workers=1, tokens=f"write {WRITE}"), extracting=reader)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://here", headers={"Authorization": f"Bearer {WRITE}"}) as client,
    ):
        yield client, app.state.engine


def test_document_comes_is_decided_about_and_goes(tmp_path: Path) -> None:
    async def go() -> None:
        async with serving(tmp_path / "store", Reader()) as (client, engine):
            added = await client.post(DOCUMENTS, json={"id": "port-lys", "text": TEXT, "date": "2031-02-26"})
            assert (added.status_code, added.json()["created"]) == (201, True)
            first = await client.get(VARO)
            assert (first.status_code, first.json()["label"]) == (200, "Ilena Varo")
            assert (await client.post(DOCUMENTS, json={"id": "port-lys", "text": "x"})).status_code == 409
            decided = await client.post(DECISIONS, json={"kind": "rename", "thing": "Ilena Varo", "label": "Ilena Varo-Lind"})
            assert (decided.status_code, decided.json()["items"][0]["number"]) == (201, 1)
            tag = {"If-None-Match": first.headers["etag"]}
            assert (await client.get(VARO, headers=tag)).json()["label"] == "Ilena Varo-Lind"
            assert (await client.delete(f"{DECISIONS}/1")).status_code == 204
            assert (await client.get(VARO)).json()["label"] == "Ilena Varo"
            assert (await client.put(f"{DOCUMENTS}/port-lys", json={"text": "Hello."})).json()["created"] is False
            assert (await client.get(VARO)).status_code == 404
            assert (await client.delete(f"{DOCUMENTS}/port-lys")).status_code == 204
            for gone in (await client.get(f"{DOCUMENTS}/port-lys"), await client.delete(f"{DOCUMENTS}/port-lys")):
                assert gone.status_code == 404
            assert await engine.run(partial(has_loaded, module="kg.editing.operations")) == (True, engine.snapshot)
            assert (await engine.run(partial(has_loaded, module="spacy")))[0] is False

    asyncio.run(go())


def test_changes_do_not_wait_for_a_document_that_is_read(tmp_path: Path) -> None:
    async def go() -> None:
        reader = Reader()
        async with serving(tmp_path / "store", reader) as (client, _):
            await client.post(DOCUMENTS, json={"id": "port-lys", "text": TEXT})
            reader.gate.clear()
            job = await client.put(f"{DOCUMENTS}/other", json={"text": "Hello."}, headers={"Prefer": "respond-async"})
            following = asyncio.ensure_future(client.get(f"{job.headers['location']}/events"))
            assert (await client.delete(f"{DOCUMENTS}/port-lys")).status_code == 204
            assert (await client.get(job.headers["location"])).json()["stage"] == "extracting"
            reader.gate.set()
            assert '"stage":"done"' in (await following).text
            assert [one["identifier"] for one in (await client.get(DOCUMENTS)).json()["items"]] == ["other"]

    asyncio.run(go())
