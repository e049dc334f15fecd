"""What is fetched from allowed hosts, how much of it, how long, and that nobody else is ever connected to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from kg.errors import ReadingError
from kg.outreach.fetching import MOST_REDIRECTS, Asked, Fetched, GuardedFetcher
from kg.outreach.hosts import read_hosts
from tests.engines import PATIENCE
from tests.other_hosts import TURTLE, Host, Page, a_host

ANY = Asked(accept="*/*")


def fetcher(*hosts: Host | str, names: dict[str, list[list[str]]] | None = None) -> GuardedFetcher:
    """Make a fetcher of these hosts; ``names`` are what names stand for, one time after the other."""
    left = {name: iter(addresses) for name, addresses in (names or {}).items()}

    async def resolver(host: str, port: int) -> list[str]:
        return next(left[host])

    return GuardedFetcher(read_hosts([host if isinstance(host, str) else host.address for host in hosts]), resolver=resolver)


async def get(
    fetcher: GuardedFetcher, url: str, *, asked: Asked = ANY, most_bytes: int = 10_000, seconds: float = PATIENCE
) -> Fetched:
    try:
        return await fetcher.fetch(url, asked, most_bytes=most_bytes, seconds=seconds)
    finally:
        await fetcher.close()


def run(test: Callable[[Host, Host], Awaitable[None]]) -> None:
    """Run a test over two hosts."""

    async def go() -> None:
        async with a_host() as one, a_host() as other:
            await test(one, other)

    asyncio.run(go())


def test_fetch_returns_what_the_host_sends() -> None:
    async def test(one: Host, other: Host) -> None:
        one.pages["/a%20b?c=d"] = Page(b"<x:a> <x:b> <x:c> .", headers={"Content-Type": "Text/Turtle; charset=utf-8"})
        got = await get(fetcher(one), f"http://{one.address}/a%20b?c=d#e", asked=Asked(accept="text/turtle"))
        assert got == Fetched(url=f"http://{one.address}/a%20b?c=d", data=b"<x:a> <x:b> <x:c> .", media_type="text/turtle")
        ((method, _, headers, content),) = one.asked
        assert (method, content) == ("GET", b"")
        assert headers["accept"] == "text/turtle"
        assert headers["accept-encoding"] == "identity"
        assert "cookie" not in headers
        assert "authorization" not in headers

    run(test)


def test_fetch_asks_ipv6_too() -> None:
    async def test() -> None:
        async with a_host("::1") as host:
            host.pages["/"] = Page(b"six")
            assert (await get(fetcher(host), f"http://{host.address}")).data == b"six"

    try:
        asyncio.run(test())
    except OSError:
        pytest.skip("this machine has no IPv6")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_fetch_follows_redirects_and_asks_the_same_there(status: int) -> None:
    async def test(one: Host, other: Host) -> None:
        one.pages["/a"] = Page(status=status, headers={"Location": f"//{other.address}/b"})
        other.pages["/b"] = Page(b"there", headers=TURTLE)
        asked = Asked(accept="*/*", content=b"ASK {}", content_type="application/sparql-query")
        got = await get(fetcher(one, other), f"http://{one.address}/a", asked=asked)
        assert (got.url, got.data) == (f"http://{other.address}/b", b"there")
        for host in (one, other):
            ((method, _, headers, content),) = host.asked
            assert (method, headers["content-type"], content) == ("POST", "application/sparql-query", b"ASK {}")

    run(test)


def test_fetch_gets_what_is_to_be_seen_elsewhere() -> None:
    async def test(one: Host, other: Host) -> None:
        one.pages["/a"] = Page(status=303, headers={"Location": "b"})
        one.pages["/b"] = Page(b"there")
        asked = Asked(accept="*/*", content=b"ASK {}", content_type="application/sparql-query")
        await get(fetcher(one), f"http://{one.address}/a", asked=asked)
        assert [(method, path, content) for method, path, _, content in one.asked] == [
            ("POST", "/a", b"ASK {}"),
            ("GET", "/b", b""),
        ]

    run(test)


@pytest.mark.parametrize(
    "location",
    [
        "http://{other}/b",
        "//{other}/b",
        "http://localhost:{port}/b",
        "http://[::ffff:127.0.0.1]:{port}/b",
        "http://2130706433:{port}/b",
        "http://0x7f.1:{port}/b",
        "http://0177.0.0.1:{port}/b",
        "http://{one}@{other}/b",
        "http://{other}#@{one}/b",
        "file:///etc/passwd",
        "ftp://{one}/b",
        "data:,x",
        "gopher://{one}/b",
        "http://[",
        "http://\\{other}/b",
        "https://{other}/b",
    ],
)
def test_fetch_never_goes_where_it_is_pointed_but_may_not(location: str) -> None:
    async def test(one: Host, other: Host) -> None:
        given = location.format(one=one.address, other=other.address, port=other.port)
        one.pages["/a"] = Page(status=302, headers={"Location": given})
        other.pages["/b"] = Page(b"secret")
        with pytest.raises(ReadingError):
            await get(fetcher(one), f"http://{one.address}/a")
        assert one.paths == ["/a"]
        assert other.asked == []

    run(test)


def test_fetch_follows_few_redirects() -> None:
    async def test(one: Host, other: Host) -> None:
        one.pages["/a"] = Page(status=302, headers={"Location": "/a"})
        with pytest.raises(ReadingError, match="one redirect too many"):
            await get(fetcher(one), f"http://{one.address}/a")
        assert len(one.asked) == MOST_REDIRECTS + 1

    run(test)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "169.254.169.254", "10.1.1.1"])
def test_fetch_refuses_a_name_that_stands_for_an_address_within(address: str) -> None:
    async def test(one: Host, other: Host) -> None:
        listed = f"data.example:{one.port}"
        for answers in ([address], ["8.8.8.8", address]):
            with pytest.raises(ReadingError, match="not of the public internet") as raised:
                await get(fetcher(listed, names={"data.example": [answers]}), f"http://{listed}/")
            assert address not in str(raised.value)
        assert one.asked == []

    run(test)


def test_fetch_resolves_a_name_once_and_connects_to_what_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for the name again would be told of a host within, as one that is rebound is."""
    connected = []

    async def connect(self: object, request: object) -> object:
        connected.append(request)
        raise AssertionError

    async def test(one: Host, other: Host) -> None:
        one.pages["/"] = Page(b"secret")
        name = f"data.example:{one.port}"
        guarded = fetcher(name, names={"data.example": [["8.8.8.8"], ["127.0.0.1"]]})
        monkeypatch.setattr("httpx2.AsyncHTTPTransport.handle_async_request", connect)
        with pytest.raises(AssertionError):
            await get(guarded, f"https://{name}/x?y")
        (request,) = connected
        assert str(request.url) == f"https://8.8.8.8:{one.port}/x?y"  # type: ignore[attr-defined]
        assert request.headers["host"] == name  # type: ignore[attr-defined]
        assert request.extensions["sni_hostname"] == "data.example"  # type: ignore[attr-defined]
        assert one.asked == []

    run(test)


def test_fetch_asks_anew_for_each_redirect_what_the_name_stands_for() -> None:
    async def test(one: Host, other: Host) -> None:
        listed = f"localhost:{one.port}"
        one.pages["/a"] = Page(status=302, headers={"Location": "/b"})
        one.pages["/b"] = Page(b"secret")
        guarded = fetcher(listed, names={"localhost": [["127.0.0.1"], ["10.0.0.1"]]})
        with pytest.raises(ReadingError, match="not of the public internet"):
            await get(guarded, f"http://{listed}/a")
        assert one.paths == ["/a"]
        assert one.asked[0][2]["host"] == listed

    run(test)


def test_fetch_takes_no_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(one: Host, other: Host) -> None:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{other.address}")
        one.pages["/"] = Page(b"itself")
        assert (await get(fetcher(one), f"http://{one.address}/")).data == b"itself"
        assert other.asked == []

    run(test)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page(b"x" * 101), "longer than the 100 bytes"),
        (Page(b"x" * 101, waits=True), "longer than the 100 bytes"),
        (Page(b"x", headers={"Content-Encoding": "gzip"}), "packed"),
        (Page(b"no", status=404), "answered 404"),
        (Page(b"no", status=500), "answered 500"),
        (Page(status=304), "answered 304"),
    ],
)
def test_fetch_says_why_it_has_nothing(page: Page, said: str) -> None:
    async def test(one: Host, other: Host) -> None:
        one.pages["/"] = page
        with pytest.raises(ReadingError, match=said):
            await get(fetcher(one), f"http://{one.address}/", most_bytes=100)

    run(test)


def test_fetch_gives_up_a_host_that_does_not_come_to_an_end() -> None:
    async def test(one: Host, other: Host) -> None:
        one.pages["/"] = Page(b"x", waits=True)
        guarded = fetcher(one)
        with pytest.raises(ReadingError, match="not all there after the"):
            await guarded.fetch(f"http://{one.address}/", ANY, most_bytes=100, seconds=0.2)
        async with asyncio.timeout(PATIENCE):
            await one.left.wait()
        await guarded.close()

    run(test)


def test_fetch_tells_of_a_host_that_is_not_there() -> None:
    async def test() -> None:
        async with a_host() as host:
            pass
        with pytest.raises(ReadingError, match="nobody answers there"):
            await get(fetcher(host), f"http://{host.address}/")
        with pytest.raises(ReadingError, match="nobody knows the host"):
            await get(fetcher("data.example", names={"data.example": [[]]}), "http://data.example/")

    asyncio.run(test())


def test_fetch_takes_no_certificate_that_is_missing() -> None:
    """What the system's own resolver says of localhost is taken, but a host that speaks no TLS is not."""

    async def test(one: Host, other: Host) -> None:
        guarded = GuardedFetcher(read_hosts([f"localhost:{one.port}"]))
        with pytest.raises(ReadingError, match="nobody answers there"):
            await get(guarded, f"https://localhost:{one.port}/")
        assert one.asked == []

    run(test)
