"""Ids of documents."""

from __future__ import annotations

import re
from pathlib import PurePath

import pytest

from kg.reading.identifiers import id_of_content, id_of_path, id_of_url


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("statements/Geneva Talks (final).txt", "geneva-talks-final"),
        ("seed.txt", "seed"),
        ("2025-11-23_readout.v2.html", "2025-11-23_readout.v2"),
        ("Übersicht.txt", "ubersicht"),
        (".txt", "txt"),
    ],
)
def test_id_of_path_is_the_slug_of_the_stem(path: str, expected: str) -> None:
    assert id_of_path(PurePath(path)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.org/briefings/2025/Call.html", "example.org-briefings-2025-call"),
        ("http://example.org:8080/", "example.org"),
        ("https://example.org", "example.org"),
        ("https://example.org/a%20b/", "example.org-a-b"),
    ],
)
def test_id_of_url_is_the_slug_of_host_and_path(url: str, expected: str) -> None:
    assert id_of_url(url) == expected


def test_id_of_url_tells_queries_apart() -> None:
    first, second = (id_of_url(f"https://example.org/page?id={number}") for number in (1, 2))
    assert first != second
    assert re.fullmatch(r"example\.org-page-[0-9a-f]{8}", first)


def test_id_of_content_is_a_hash_of_it() -> None:
    assert id_of_content(b"Talks") == id_of_content(b"Talks") != id_of_content(b"Talks ")
    assert re.fullmatch(r"stdin-[0-9a-f]{12}", id_of_content(b"Talks"))
