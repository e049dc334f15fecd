"""Queries that ask other endpoints: those that are allowed, and within bounds."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx2
import pytest

from kg.errors import QueryError, QueryTimeoutError, RefusedError
from kg.outreach.relay import MOST_REQUESTS
from kg.store.engine.protocol import QueryJob
from kg.store.engine.served import ServedStore
from tests.engines import EX, PATIENCE, answer, count, fill
from tests.other_hosts import Host, Page, results
from tests.reaching import MOST_BYTES, reaching_engine, run_reaching
from tests.servers import oxigraph_server

NUMBERS = f"?person <{EX}number> ?n ; <{EX}label> ?label"
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


NO_ANSWERS = [
    (Page(status=500, data=b"secret of the host"), "answered 500"),
    (Page(data=b"x" * (MOST_BYTES + 1)), "longer than"),
    (Page(data=b"x", headers={"Content-Type": "text/html"}), "text/html"),
    (Page(data=b"{", headers={"Content-Type": "application/sparql-results+json"}), "could not be evaluated"),
]


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
        async with reaching_engine(folder, url.removeprefix("http://")) as engine:
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

    run_reaching(folder, test)


def test_query_is_answered_anew_each_time(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        text = f"SELECT ?said {{ SERVICE <http://{host.address}/sparql> {{ ?x ?y ?said }} }}"
        for said in ("once", "twice"):
            host.pages["/sparql"] = results({"said": said})
            assert await answer(engine, text) == f"said\r\n{said}\r\n"

    run_reaching(folder, test)


@pytest.mark.parametrize("silent", [False, True])
def test_query_of_a_host_that_is_not_allowed_is_refused_even_silently(folder: Path, silent: bool) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        with pytest.raises(RefusedError, match="not among those that this server may ask"):
            await answer(engine, asking(stranger.address, silent=silent))
        both = f"SELECT * {{ SERVICE <http://{host.address}/sparql> {{}} SERVICE <http://{stranger.address}/sparql> {{}} }}"
        with pytest.raises(RefusedError, match="not among those that this server may ask"):
            await answer(engine, both)
        assert host.asked == []

    run_reaching(folder, test)


def test_query_that_would_ask_in_any_other_way_is_refused(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        for block in OTHER_WAYS:
            there = block.replace("{host}", host.address).replace("{stranger}", stranger.address)
            with pytest.raises(QueryError):
                await answer(engine, f"SELECT * {{ {there.replace('{port}', str(host.port))} }}")
        assert host.asked == []

    run_reaching(folder, test)


def test_query_that_names_service_otherwise_asks_nobody(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        text = f'PREFIX service: <{EX}> SELECT * {{ ?service service:number 3 BIND("SERVICE <x>" AS ?x) }} # SERVICE <x> {{ }}'
        assert await answer(engine, text) == f"service,x\r\n{EX}person/3,SERVICE <x>\r\n"

    run_reaching(folder, test)


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

    run_reaching(folder, test)


def test_query_whose_endpoint_points_elsewhere_fails(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = Page(status=307, headers={"Location": f"http://{stranger.address}/sparql"})
        stranger.pages["/sparql"] = SIX
        with pytest.raises(QueryError, match=f"'{stranger.address}' is not among those"):
            await answer(engine, asking(host.address))

    run_reaching(folder, test)


def test_query_of_a_slow_endpoint_is_stopped_and_the_endpoint_left(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = Page(b"{", headers=SIX.headers, waits=True)
        with pytest.raises((QueryTimeoutError, QueryError)):
            await answer(engine, asking(host.address), timeout=0.5)
        async with asyncio.timeout(PATIENCE):
            await host.left.wait()
        assert await count(engine, NUMBERS) == 10

    run_reaching(folder, test)


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

    run_reaching(folder, test)


def test_query_makes_a_bounded_number_of_requests(folder: Path) -> None:
    """Where a block depends on what is bound outside, it may be asked for each row anew."""

    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = results({"said": "x"})
        pattern = f"?a <{EX}label> ?b . ?c <{EX}label> ?d . ?e <{EX}label> ?f . ?g <{EX}label> ?h"
        text = f"SELECT * {{ {pattern} FILTER EXISTS {{ SERVICE <http://{host.address}/sparql> {{ ?a ?b ?said }} }} }} LIMIT 5000"
        with pytest.raises(QueryError, match="requests"):
            await answer(engine, text)
        assert len(host.asked) == MOST_REQUESTS

    run_reaching(folder, test)


def test_query_answers_that_are_long_come_whole(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        host.pages["/sparql"] = results(*({"said": f"{number:020}"} for number in range(1000)))
        text = f"SELECT ?person ?said {{ {NUMBERS} {{ SERVICE <http://{host.address}/sparql> {{ ?x ?y ?said }} }} }}"
        result = await engine.query(QueryJob(text=text, media_type="text/csv"))
        assert result.whole is None
        lines = b"".join([chunk async for chunk in result.chunks]).split()
        assert len(set(lines)) == 10_001

    run_reaching(folder, test)


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

    run_reaching(folder, test)


def test_relay_answers_nobody_but_the_query_while_it_runs(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        outreach = engine.outreach
        assert outreach is not None
        async with httpx2.AsyncClient() as client:
            for path in ("/", "/x", f"/http://{host.address}/"):
                assert (await client.post(outreach.address + path, content=b"ASK {}")).status_code == 404
        assert host.asked == []

    run_reaching(folder, test)


@pytest.mark.parametrize("text", ["ASK {{ {block} }}", "SELECT * {{ {numbers} FILTER {negation} EXISTS {{ {block} }} }}"])
def test_query_that_could_not_ask_never_answers_as_if_it_had(folder: Path, text: str) -> None:
    """Where Oxigraph takes an error for no answer, the query fails all the same, unless the block is SILENT."""

    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        for negation in ("", "NOT"):
            for silent in ("", "SILENT"):
                block = f"SERVICE {silent} <http://{host.address}/nothing> {{ ?x ?y ?z }}"
                query = text.format(block=block, numbers=NUMBERS, negation=negation)
                if silent:
                    assert await answer(engine, query, media_type="*/*")
                    continue
                with pytest.raises(QueryError, match=r"SERVICE could not be asked: .* answered 404"):
                    await answer(engine, query, media_type="*/*")

    run_reaching(folder, test)


def test_query_by_words_may_ask_elsewhere_too(folder: Path) -> None:
    async def test(engine: ServedStore, host: Host, stranger: Host) -> None:
        await engine.update(f"INSERT DATA {{ GRAPH <{EX}g> {{ <{EX}quay> rdfs:label 'the northern quay' }} }}")
        host.pages["/sparql"] = results({"said": "six"})
        block = f"SERVICE <http://{host.address}/sparql> {{ ?x ?y ?said }}"
        text = f"SELECT ?thing ?said {{ ?thing dem:matches 'northern quay' {block} }}"
        assert await answer(engine, text) == f"thing,said\r\n{EX}quay,six\r\n"

    run_reaching(folder, test)


def test_query_processes_have_a_network_only_where_hosts_may_be_asked(folder: Path) -> None:
    def network(pid: int | str) -> str:
        return str(Path(f"/proc/{pid}/ns/net").readlink())

    async def test() -> None:
        async with reaching_engine(folder, "127.0.0.1:1") as engine:
            assert {network(pid) for pid in engine.pool.pids()} == {network("self")}
        async with ServedStore(folder) as engine:
            assert await count(engine, NUMBERS) == 10
            if engine.commits is None or engine.commits.pid is None or network(engine.commits.pid) == network("self"):
                pytest.skip("this system does not let a process give up its network")
            assert network("self") not in {network(pid) for pid in engine.pool.pids()[:1]}

    asyncio.run(test())
