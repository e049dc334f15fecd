"""Which hosts are on the list, however they are written, and which addresses a name may stand for."""

from __future__ import annotations

import ipaddress

import pytest

from kg.errors import ReadingError
from kg.outreach.hosts import acceptable, is_public, read_hosts

LISTED = ["data.example.org", "other.example:8080", "127.0.0.1", "192.0.2.7:81", "[::1]", "[2001:DB8::0:7]:81", "localhost:99"]
HOSTS = read_hosts(LISTED)


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("http://data.example.org/x", "data.example.org"),
        ("HTTPS://Data.Example.ORG:443/x?y=z#there", "data.example.org"),
        ("https://data.example.org", "data.example.org"),
        ("https://other.example:8080/", "other.example:8080"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://192.0.2.7:81/", "192.0.2.7:81"),
        ("http://[::1]/", "[::1]"),
        ("http://[0:0:0:0:0:0:0:1]/", "[::1]"),
        ("http://[2001:db8:0::7]:81/", "[2001:db8::7]:81"),
        ("http://localhost:99/", "localhost:99"),
    ],
)
def test_check_takes_what_is_listed(url: str, authority: str) -> None:
    assert HOSTS.check(url).authority == authority


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "http://www.data.example.org/",
        "http://data.example.org.evil.example/",
        "http://data.example.org:8080/",
        "http://other.example/",
        "http://127.0.0.1:8080/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.1/",
        "http://127.0.0.01/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::1%25lo]/",
        "http://[127.0.0.1]/",
        "http://::1/",
        "http://localhost./",
        "http://data.example.org:0/",
        "http://data.example.org:99999/",
        "http://data.example.org:80:80/",
        "http://evil.example@data.example.org/",
        "http://data.example.org@evil.example/",
        "http://user:secret@data.example.org/",
        "http://data.example.org\\@evil.example/",
        "http://data.example.org /",
        "http://data.example.org/\r\nHost: evil.example",
        "http://ｄata.example.org/",
        "http:data.example.org/",
        "http:///data.example.org/",
        "//data.example.org/",
        "data.example.org",
        "file:///etc/passwd",
        "file://data.example.org/etc/passwd",
        "ftp://data.example.org/",
        "gopher://data.example.org/",
        "data:text/turtle,<x:a> <x:b> <x:c> .",
        "urn:x",
        "",
        "http://[",
    ],
)
def test_check_refuses_all_else(url: str) -> None:
    with pytest.raises(ReadingError):
        HOSTS.check(url)


def test_check_says_nothing_that_is_not_plain() -> None:
    with pytest.raises(ReadingError) as raised:
        HOSTS.check("http://evil.example/\n\x1b[31m" + "x" * 5000)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "http://data.example.org",
        "data.example.org/",
        "a b",
        "*.example.org",
        "a:0",
        "a:99999",
        "a:",
        "::1",
        "[x]",
        "2130706433",
        "0x7f.1",
        "127.1",
        "[127.0.0.1]",
        "[::1%lo]",
        "user@a",
        "дом.example",
        "a..b",
    ],
)
def test_read_hosts_names_what_is_no_host(entry: str) -> None:
    with pytest.raises(ValueError, match=r"names no host|is no host|has no port"):
        read_hosts([entry])


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.9.9.9",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::808:808",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "100::1",
        "4000::1",
    ],
)
def test_is_public_refuses_what_lies_in_somebodys_own_network(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_is_public_takes_what_all_can_reach(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("url", "addresses", "taken"),
    [
        ("http://data.example.org/", ["8.8.8.8", "2606:4700::1111", "8.8.8.8"], 2),
        ("http://data.example.org/", ["8.8.8.8", "127.0.0.1"], 0),
        ("http://data.example.org/", ["::ffff:127.0.0.1"], 0),
        ("http://data.example.org/", ["fe80::1%eth0"], 0),
        ("http://data.example.org/", [], 0),
        ("http://localhost:99/", ["127.0.0.1", "::1"], 2),
        ("http://localhost:99/", ["10.0.0.1"], 0),
        ("http://localhost:99/", ["8.8.8.8"], 0),
    ],
)
def test_acceptable_keeps_names_to_addresses_that_they_may_stand_for(url: str, addresses: list[str], taken: int) -> None:
    target = HOSTS.check(url)
    if taken:
        assert len(acceptable(target, addresses)) == taken
        return
    with pytest.raises(ReadingError):
        acceptable(target, addresses)
