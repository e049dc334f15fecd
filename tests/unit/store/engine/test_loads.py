"""Updates that load documents from other hosts: those that are allowed, within bounds, into their graphs and the union."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.store.engine.protocol import QueryJob
from kg.store.engine.served import ServedStore
from tests.engines import EX, answer, count, fill
from tests.other_hosts import TURTLE, Host, Page
from tests.reaching import MOST_BYTES, run_reaching

RDF_XML = b"""<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">
    <r:Description r:about="x:s"><x:p>o</x:p></r:Description></r:RDF>"""
DOCUMENTS = [
    ("/a", "text/turtle;charset=utf-8", b"<x:s> <x:p> 'o'"),
    ("/a.ttl", "text/plain", b"<x:s> <x:p> 'o' ."),
    ("/a.nt?x=y.rdf", "", b'<x:s> <x:p> "o" .'),
    ("/a.rdf", "application/xml", b'<x:p xmlns:x="x:"/>'),
    ("/a", "application/ld+json", b'{"@id": "x:s", "x:p": "o"}'),
    ("/a.jsonld", "application/json", b'{"@id": "x:s", "x:p": "o"}'),
    ("/a.ttl", "application/n-triples", b'<x:s> <x:p> "o" .'),
]
NO_DOCUMENTS = [
    (Page(status=404), "answered 404"),
    (Page(b"<x:a> <x:b>", headers=TURTLE), "cannot be loaded"),
    (Page(b"<html>", headers={"Content-Type": "text/html"}), "text/html"),
    (Page(b"x" * (MOST_BYTES + 1), headers=TURTLE), "longer than"),
    (Page(b"x", headers={**TURTLE, "Content-Encoding": "gzip"}), "packed"),
    (Page(b"", waits=True, headers=TURTLE), "not all there"),
    (Page(b"<x:g> { <x:a> <x:b> <x:c> }", headers={"Content-Type": "application/trig"}), "cannot be loaded"),
    (
        Page(b'{"@context": "file:///etc/passwd", "a": 1}', headers={"Content-Type": "application/ld+json"}),
        "cannot be loaded",
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "store", people=10)


def load(address: str, path: str = "/a.ttl", *, into: str = f" INTO GRAPH <{EX}loaded>", silent: bool = False) -> str:
    return f"LOAD {'SILENT' * silent} <http://{address}{path}>{into}"


def test_update_loads_a_document_into_its_graph_and_the_union(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/a.ttl"] = Page(b"@prefix ex: <https://example.org/> . ex:a ex:knows [ ex:is <b> ], _:x .", headers=TURTLE)
        await engine.update(
            f"PREFIX ex: <{EX}> {load(host.address, into=' INTO GRAPH ex:one')} ; LOAD <http://{host.address}/a.ttl> INTO GRAPH ex:two"
        )
        for graph in ("one", "two"):
            assert await count(engine, f"GRAPH <{EX}{graph}> {{ ?s ?p ?o }}") == 3
            relative = f"<{EX}a> <{EX}knows> ?x . ?x <{EX}is> <http://{host.address}/b>"
            assert (
                await count(engine, f"GRAPH <{EX}{graph}> {{ {relative} }} {relative.replace('?x', '?y')} FILTER(?x = ?y)") == 1
            )
        assert await count(engine, f"<{EX}a> <{EX}knows> ?x") == 4  # the blank nodes of each are its own
        assert host.paths == ["/a.ttl"]

    run_reaching(folder, test)


def test_update_reads_a_document_as_its_type_or_name_says(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        for path, media_type, data in DOCUMENTS:
            content = data + b"." if data.endswith(b"'") else data
            if media_type == "application/xml":
                content = RDF_XML
            host.pages[path] = Page(content, headers={"Content-Type": media_type} if media_type else {})
            await engine.update(load(host.address, path))
            assert await count(engine, f'GRAPH <{EX}loaded> {{ <x:s> <x:p> "o" }}') == 1
            assert await count(engine, '<x:s> <x:p> "o"') == 1
            assert "text/turtle" in host.asked[0][2]["accept"]
            await engine.update(f"DROP GRAPH <{EX}loaded>")
            host.asked.clear()

    run_reaching(folder, test)


def test_update_whose_document_cannot_be_had_changes_nothing_unless_it_is_silent(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        for page, said in NO_DOCUMENTS:
            host.pages["/a.ttl"] = page
            more = f"INSERT DATA {{ GRAPH <{EX}other> {{ <x:a> <x:b> <x:c> }} }} ; "
            with pytest.raises(QueryError, match=said):
                await engine.update(more + load(host.address), timeout=0.5 if page.waits else None)
            assert await count(engine, "<x:a> <x:b> <x:c>") == 0
            await engine.update(more + load(host.address, silent=True), timeout=1 if page.waits else None)
            assert await count(engine, "<x:a> <x:b> <x:c>") == 1
            assert await count(engine, f"GRAPH <{EX}loaded> {{ ?s ?p ?o }}") == 0
            await engine.update(f"DROP GRAPH <{EX}other>")

    run_reaching(folder, test)


def test_update_that_may_not_load_fetches_nothing(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        for text in (
            load(stranger.address),
            load(stranger.address).replace("http:", "file:"),
            load(host.address, into=""),
            f"{load(host.address)} ; nonsense",
            f"{load(host.address)} ; INSERT {{ GRAPH <x:g> {{ ?a ?b ?c }} }} WHERE {{ SERVICE <http://{host.address}/> {{ }} }}",
        ):
            with pytest.raises(QueryError):
                await engine.update(text)
        before = engine.snapshot
        await engine.update(load(stranger.address, silent=True) + " ; " + load(host.address, into="", silent=True))
        assert engine.snapshot == before + 1
        assert await count(engine, "?s ?p ?o") == 40

    run_reaching(folder, test)


def test_update_loads_into_a_default_graph_that_is_no_union(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/a.ttl"] = Page(b"<x:a> <x:b> <x:c> .", headers=TURTLE)
        await engine.update(load(host.address, into=""))
        result = await engine.query(QueryJob(text="ASK { <x:a> <x:b> <x:c> }", union_default=False))
        assert b"true" in (result.whole or b"")

    run_reaching(folder, test, union=False)


def test_update_of_an_empty_document_makes_its_graph(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/a.ttl"] = Page(b"", headers=TURTLE)
        await engine.update(load(host.address))
        assert f"{EX}loaded" in [str(name) for name in await asyncio.to_thread(lambda: engine.store().graph_names())]

    run_reaching(folder, test)


def test_update_loads_what_is_written_in_odd_ways(folder: Path) -> None:
    """What a document holds is data, whatever it looks like: it can neither end its braces nor begin another operation."""

    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        odd = r'"} ; DROP ALL # \" \\ \u0022 \n \u0007 SERVICE LOAD <x>"'
        host.pages["/a.ttl"] = Page(f"<x:a> <x:b> {odd} , 'é\U0001f600'@en-GB , 01 .".encode(), headers=TURTLE)
        await engine.update(load(host.address))
        assert await count(engine, f"GRAPH <{EX}loaded> {{ <x:a> <x:b> ?o }} <x:a> <x:b> ?o") == 3
        assert "} ; DROP ALL" in await answer(engine, "SELECT ?o { <x:a> <x:b> ?o FILTER(STRLEN(STR(?o)) > 20) }")

    run_reaching(folder, test)


def test_update_finds_what_was_loaded_by_its_words(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        label = "http://www.w3.org/2000/01/rdf-schema#label"
        for text in ("the northern quay", "the southern quay"):
            host.pages["/a.ttl"] = Page(f"<{EX}quay> <{label}> '{text}' .".encode(), headers=TURTLE)
            await engine.update(load(host.address))
            assert await count(engine, f"?thing dem:matches '{text}' FILTER(?thing = <{EX}quay>)") == 1

    run_reaching(folder, test)
