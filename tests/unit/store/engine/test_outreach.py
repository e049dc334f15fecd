"""Queries that ask other endpoints, and updates that load from other hosts: those that are allowed, and within bounds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest

from kg.errors import QueryError, QueryTimeoutError
from kg.outreach.fetching import GuardedFetcher
from kg.outreach.hosts import read_hosts
from kg.outreach.relay import MOST_REQUESTS
from kg.store.engine.outreach import Outreach
from kg.store.engine.protocol import QueryJob
from kg.store.engine.served import ServedStore
from kg.store.engine.workers import PoolLimits
from tests.engines import EX, PATIENCE, answer, count, fill
from tests.other_hosts import TURTLE, Host, Page, a_host, results
from tests.servers import oxigraph_server

NUMBERS = f"?person <{EX}number> ?n ; <{EX}label> ?label"
MOST_BYTES = 100_000
RDF_XML = b"""<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">
    <r:Description r:about="x:s"><x:p>o</x:p></r:Description></r:RDF>"""
LIMITS = PoolLimits(workers=1, long_queries=1)
OTHER_WAYS = [
    "SERVICE ?there { }",
    "?x ?there ?y SERVICE ?there { }",
    "SERVICE SILENT ?there { }",
    "SERVICE <http://{host}/a> { SERVICE <http://{host}/b> { } }",
    "SERVICE <http://{host}/a> { OPTIONAL { SERVICE <http://{stranger}/b> { } } }",
    "SERVICE nobody:a { }",
    "S\\u0045RVICE <http://{stranger}/a> { }",
    "SERVICE <http://{host}/a> { } S\\u0045RVICE <http://{stranger}/a> { }",
    "SERVICE <http://{host}/\\u0061> { }",
    "FILTER(trueSERVICE<http://{stranger}/a> { })",
    "SERVICE <file:///etc/passwd> { }",
    "SERVICE <ftp://{host}/a> { }",
    "SERVICE <data:,x> { }",
    "SERVICE <http://user:word@{host}/a> { }",
    "SERVICE <http://2130706433:{port}/a> { }",
    "SERVICE <http://localhost:{port}/a> { }",
    "SERVICE <a> { }",
    "?s ?p <'> SERVICE <http://{stranger}/a> { } . ?o ?q <'>",
]
SIX = results({"label": "Person of the number 3", "said": "six"})


DOCUMENTS = [
    ("/a", "text/turtle;charset=utf-8", b"<x:s> <x:p> 'o'"),
    ("/a.ttl", "text/plain", b"<x:s> <x:p> 'o' ."),
    ("/a.nt?x=y.rdf", "", b'<x:s> <x:p> "o" .'),
    ("/a.rdf", "application/xml", b'<x:p xmlns:x="x:"/>'),
    ("/a", "application/ld+json", b'{"@id": "x:s", "x:p": "o"}'),
    ("/a.jsonld", "application/json", b'{"@id": "x:s", "x:p": "o"}'),
    ("/a.ttl", "application/n-triples", b'<x:s> <x:p> "o" .'),
]
NO_ANSWERS = [
    (Page(status=500, data=b"secret of the host"), "answered 500"),
    (Page(data=b"x" * (MOST_BYTES + 1)), "longer than"),
    (Page(data=b"x", headers={"Content-Type": "text/html"}), "text/html"),
    (Page(data=b"{", headers={"Content-Type": "application/sparql-results+json"}), "could not be evaluated"),
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


@asynccontextmanager
async def an_engine(folder: Path, *hosts: str, union: bool = True) -> AsyncIterator[ServedStore]:
    fetcher = GuardedFetcher(read_hosts(hosts))
    async with ServedStore(folder, limits=LIMITS, union=union, outreach=Outreach(fetcher, most_bytes=MOST_BYTES)) as engine:
        yield engine


def run(folder: Path, test: Callable[[ServedStore, Host, Host], Awaitable[None]], *, union: bool = True) -> None:
    """Run a test over an engine, a host that it may ask, and one that it may not."""

    async def go() -> None:
        async with a_host() as host, a_host() as stranger, an_engine(folder, host.address, union=union) as engine:
            await test(engine, host, stranger)
            assert stranger.asked == []

    asyncio.run(go())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "store", people=10)


def asking(address: str, *, pattern: str = "?x ?y ?said", silent: bool = False) -> str:
    return f"SELECT ?n ?said {{ {NUMBERS} SERVICE {'SILENT' * silent} <http://{address}/sparql> {{ {pattern} }} }}"


def test_query_is_joined_with_what_another_server_answers(folder: Path) -> None:
    async def test(url: str) -> None:
        text = f"""BASE <{url}/> PREFIX there: <{url}/> PREFIX ex: <{EX}>
            SELECT ?n ?rank {{ ?person ex:number ?n {{ SERVICE there:query {{ ?person ex:rank ?rank }} }}
                OPTIONAL {{ SERVICE SILENT <query> {{ ?person ex:nobody ?nothing }} }} }} ORDER BY ?n"""
        async with an_engine(folder, url.removeprefix("http://")) as engine:
            assert await answer(engine, text) == "n,rank\r\n2,first\r\n5,last\r\n"

    with oxigraph_server() as url:
        ranks = f"INSERT DATA {{ <{EX}person/2> <{EX}rank> 'first' . <{EX}person/5> <{EX}rank> 'last' }}"
        headers = {"Content-Type": "application/sparql-update"}
        assert httpx2.post(f"{url}/update", content=ranks, headers=headers).is_success
        asyncio.run(test(url))


def test_query_sends_the_pattern_alone_and_says_who_asks_in_no_way(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = SIX
        assert (
            await answer(engine, asking(host.address, pattern="?x <http://p> ?said ; <http://q> ?label")) == "n,said\r\n3,six\r\n"
        )
        ((method, _, headers, content),) = host.asked
        assert method == "POST"
        assert headers["host"] == host.address
        assert headers["content-type"] == "application/sparql-query"
        assert b"<http://p>" in content
        assert b"127.0.0.1" not in content
        assert "cookie" not in headers
        assert "authorization" not in headers

    run(folder, test)


def test_query_is_answered_anew_each_time(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        text = f"SELECT ?said {{ SERVICE <http://{host.address}/sparql> {{ ?x ?y ?said }} }}"
        for said in ("once", "twice"):
            host.pages["/sparql"] = results({"said": said})
            assert await answer(engine, text) == f"said\r\n{said}\r\n"

    run(folder, test)


@pytest.mark.parametrize("silent", [False, True])
def test_query_of_a_host_that_is_not_allowed_is_refused_even_silently(folder: Path, silent: bool) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        with pytest.raises(QueryError, match="not among those that this server may ask"):
            await answer(engine, asking(stranger.address, silent=silent))
        both = f"SELECT * {{ SERVICE <http://{host.address}/sparql> {{}} SERVICE <http://{stranger.address}/sparql> {{}} }}"
        with pytest.raises(QueryError, match="not among those that this server may ask"):
            await answer(engine, both)
        assert host.asked == []

    run(folder, test)


def test_query_that_would_ask_in_any_other_way_is_refused(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        for block in OTHER_WAYS:
            there = block.replace("{host}", host.address).replace("{stranger}", stranger.address)
            with pytest.raises(QueryError):
                await answer(engine, f"SELECT * {{ {there.replace('{port}', str(host.port))} }}")
        assert host.asked == []

    run(folder, test)


def test_query_that_names_service_otherwise_asks_nobody(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        text = f'PREFIX service: <{EX}> SELECT * {{ ?service service:number 3 BIND("SERVICE <x>" AS ?x) }} # SERVICE <x> {{ }}'
        assert await answer(engine, text) == f"service,x\r\n{EX}person/3,SERVICE <x>\r\n"

    run(folder, test)


def test_query_says_why_an_endpoint_could_not_be_asked(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        for page, said in NO_ANSWERS:
            host.pages["/sparql"] = page
            with pytest.raises(QueryError, match=said) as raised:
                await answer(engine, asking(host.address))
            assert engine.outreach is not None
            assert engine.outreach.address not in str(raised.value)
            assert "secret" not in str(raised.value)
            # SILENT: as if the block were not there
            if page.status == 500:
                assert len((await answer(engine, asking(host.address, silent=True))).split()) == 11

    run(folder, test)


def test_query_whose_endpoint_points_elsewhere_fails(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = Page(status=307, headers={"Location": f"http://{stranger.address}/sparql"})
        stranger.pages["/sparql"] = SIX
        with pytest.raises(QueryError, match=f"'{stranger.address}' is not among those"):
            await answer(engine, asking(host.address))

    run(folder, test)


def test_query_of_a_slow_endpoint_is_stopped_and_the_endpoint_left(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = Page(b"{", headers=SIX.headers, waits=True)
        with pytest.raises((QueryTimeoutError, QueryError)):
            await answer(engine, asking(host.address), timeout=0.5)
        async with asyncio.timeout(PATIENCE):
            await host.left.wait()
        assert await count(engine, NUMBERS) == 10

    run(folder, test)


def test_query_that_nobody_waits_for_leaves_the_endpoint(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        begun = asyncio.Event()

        def page(_: bytes) -> Page:
            begun.set()
            return Page(b"{", headers=SIX.headers, waits=True)

        host.pages["/sparql"] = page
        asking_ = asyncio.create_task(answer(engine, asking(host.address)))
        async with asyncio.timeout(PATIENCE):
            await begun.wait()
            asking_.cancel()
            await host.left.wait()
        await asyncio.gather(asking_, return_exceptions=True)

    run(folder, test)


def test_query_makes_a_bounded_number_of_requests(folder: Path) -> None:
    """Where a block depends on what is bound outside, it may be asked for each row anew."""

    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = results({"said": "x"})
        pattern = f"?a <{EX}label> ?b . ?c <{EX}label> ?d . ?e <{EX}label> ?f . ?g <{EX}label> ?h"
        text = f"SELECT * {{ {pattern} FILTER EXISTS {{ SERVICE <http://{host.address}/sparql> {{ ?a ?b ?said }} }} }} LIMIT 5000"
        with pytest.raises(QueryError, match="requests"):
            await answer(engine, text)
        assert len(host.asked) == MOST_REQUESTS

    run(folder, test)


def test_query_answers_that_are_long_come_whole(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = results(*({"said": f"{number:020}"} for number in range(1000)))
        text = f"SELECT ?person ?said {{ {NUMBERS} {{ SERVICE <http://{host.address}/sparql> {{ ?x ?y ?said }} }} }}"
        result = await engine.query(QueryJob(text=text, media_type="text/csv"))
        assert result.whole is None
        lines = b"".join([chunk async for chunk in result.chunks]).split()
        assert len(set(lines)) == 10_001

    run(folder, test)


@pytest.mark.parametrize(
    "before",
    ["", "SERVICE <http://{host}/sparql> {{ ?x ?y ?z }} ", "SERVICE <http://{host}/a> {{}}\nSERVICE <http://{host}/b> {{}} "],
)
def test_query_that_is_malformed_is_told_of_its_own_place(folder: Path, before: str) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        text = f"SELECT * {{\n  {before.format(host=host.address)}FILTR(?x) }}"
        with pytest.raises(QueryError) as raised:
            await answer(engine, text)
        at = text.index("FILTR")
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        assert (raised.value.line, raised.value.column) == (line, column)
        assert f"line {line}, column {column}: 'FILTR'" in str(raised.value)
        assert host.asked == []

    run(folder, test)


def test_relay_answers_nobody_but_the_query_while_it_runs(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        outreach = engine.outreach
        assert outreach is not None
        async with httpx2.AsyncClient() as client:
            for path in ("/", "/x", f"/http://{host.address}/"):
                assert (await client.post(outreach.address + path, content=b"ASK {}")).status_code == 404
        assert host.asked == []

    run(folder, test)


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

    run(folder, test)


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

    run(folder, test)


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

    run(folder, test)


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

    run(folder, test)


def test_update_loads_into_a_default_graph_that_is_no_union(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/a.ttl"] = Page(b"<x:a> <x:b> <x:c> .", headers=TURTLE)
        await engine.update(load(host.address, into=""))
        result = await engine.query(QueryJob(text="ASK { <x:a> <x:b> <x:c> }", union_default=False))
        assert b"true" in (result.whole or b"")

    run(folder, test, union=False)


def test_update_of_an_empty_document_makes_its_graph(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/a.ttl"] = Page(b"", headers=TURTLE)
        await engine.update(load(host.address))
        assert f"{EX}loaded" in [str(name) for name in await asyncio.to_thread(lambda: engine.store().graph_names())]

    run(folder, test)


def test_update_loads_what_is_written_in_odd_ways(folder: Path) -> None:
    """What a document holds is data, whatever it looks like: it can neither end its braces nor begin another operation."""

    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        odd = r'"} ; DROP ALL # \" \\ \u0022 \n \u0007 SERVICE LOAD <x>"'
        host.pages["/a.ttl"] = Page(f"<x:a> <x:b> {odd} , 'é\U0001f600'@en-GB , 01 .".encode(), headers=TURTLE)
        await engine.update(load(host.address))
        assert await count(engine, f"GRAPH <{EX}loaded> {{ <x:a> <x:b> ?o }} <x:a> <x:b> ?o") == 3
        assert "} ; DROP ALL" in await answer(engine, "SELECT ?o { <x:a> <x:b> ?o FILTER(STRLEN(STR(?o)) > 20) }")

    run(folder, test)
