"""Sources: which reader takes what, what the user's word changes, and what cannot be read."""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.config import Settings
from kg.errors import ReadingError
from kg.reading.identifiers import id_of_content
from kg.reading.sources import read, read_all, sniff
from kg.records import Document

SETTINGS = Settings(max_bytes=2_000)
DAY = datetime.date(2025, 11, 23)
PAGE = b'<html><head><title>Readout</title><meta name="date" content="2025-11-22"></head><body><p>Talks.</p></body></html>'


def put(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


@pytest.mark.parametrize(
    "name", ["Geneva talks.txt", "Geneva talks.md", "Geneva talks", "Geneva talks.statement", "Geneva talks.TXT"]
)
def test_read_takes_plain_text(tmp_path: Path, name: str) -> None:
    source = put(tmp_path, name, b"\xef\xbb\xbf# Talks\r\n\r\nin  Geneva. \n")
    assert list(read(source, settings=SETTINGS)) == [Document(id="geneva-talks", text="# Talks\n\nin  Geneva. \n", source=source)]


@pytest.mark.parametrize("name", ["call.html", "call.HTM", "call", "call.page"])
def test_read_takes_html(tmp_path: Path, name: str) -> None:
    source = put(tmp_path, name, PAGE)
    day = datetime.date(2025, 11, 22)
    assert list(read(source, settings=SETTINGS)) == [Document(id="call", text="Talks.", title="Readout", date=day, source=source)]


def test_read_takes_markup_in_plain_text_as_it_is(tmp_path: Path) -> None:
    source = put(tmp_path, "call.txt", PAGE)
    assert list(read(source, settings=SETTINGS)) == [Document(id="call", text=PAGE.decode(), source=source)]


def test_read_puts_the_users_word_first(tmp_path: Path) -> None:
    source = put(tmp_path, "call.html", PAGE)
    assert list(read(source, settings=SETTINGS, id="the call", date=DAY, title="The call")) == [
        Document(id="the call", text="Talks.", title="The call", date=DAY, source=source)
    ]


def test_read_takes_json_lines(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "a", "text": "One.", "date": "2025-11-22"}), json.dumps({"text": "Two."})]
    source = put(tmp_path, "Corpus.jsonl", "\n".join(lines).encode())
    assert list(read(source, settings=SETTINGS, date=DAY)) == [
        Document(id="a", text="One.", date=datetime.date(2025, 11, 22), source=source),
        Document(id="corpus-2", text="Two.", date=DAY, source=source),
    ]


def test_read_takes_a_json_lines_file_of_any_size_but_no_larger_line(tmp_path: Path) -> None:
    line = json.dumps({"text": "Talks. " * 100}).encode() + b"\n"
    assert len(list(read(put(tmp_path, "long.jsonl", line * 10), settings=SETTINGS))) == 10
    wide = put(tmp_path, "wide.jsonl", line + json.dumps({"text": "Talks. " * 300}).encode())
    with pytest.raises(ReadingError, match=r"wide\.jsonl, line 2: larger than 2000 bytes"):
        list(read(wide, settings=SETTINGS))


def test_read_refuses_one_id_for_json_lines(tmp_path: Path) -> None:
    source = put(tmp_path, "a.jsonl", b'{"text": "Talks."}')
    with pytest.raises(ReadingError, match=r"a\.jsonl: its documents have ids of their own, so that the id 'x' fits none"):
        list(read(source, settings=SETTINGS, id="x"))


@pytest.mark.parametrize(("data", "text"), [(b"Talks.\r\n", "Talks.\n"), (b" <!DOCTYPE HTML><p>Talks.", "Talks.")])
def test_read_takes_standard_input(data: bytes, text: str) -> None:
    [document] = read("-", settings=SETTINGS, stdin=io.BytesIO(data))
    assert document == Document(id=id_of_content(data), text=text, source="standard input")


def test_read_reads_no_more_of_standard_input_than_it_may() -> None:
    endless = io.BytesIO(b"x" * 10_000)
    with pytest.raises(ReadingError, match=r"^standard input: larger than 2000 bytes"):
        list(read("-", settings=SETTINGS, stdin=endless))
    assert endless.tell() == 2_001


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "empty, or only white space"),
        ("a.txt", b" \n", "empty, or only white space"),
        ("a.txt", b"\x7fELF\x00", "binary, not text"),
        ("a.docx", b"PK\x03\x04\x00", "binary, not text"),
        ("a.txt", b"x" * 2_001, "larger than 2000 bytes"),
        ("a.pdf", b"Talks.", "not a PDF that can be read"),
        ("a", b"%PDF-1.4", "not a PDF that can be read"),
        ("a.jsonl", b"", "no document in it"),
        ("a.html", b"<p></p>", "a page without text"),
    ],
)
def test_read_raises_with_the_path(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    source = put(tmp_path, name, data)
    with pytest.raises(ReadingError, match=f"^{re.escape(source)}: {message}"):
        list(read(source, settings=SETTINGS))


def test_read_does_not_open_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = str(tmp_path / "large.txt")
    with Path(source).open("wb") as file:
        file.truncate(50_000_000)

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadingError, match=r"large\.txt: larger than 20000000 bytes"):
        list(read(source, settings=Settings()))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "no such file"),
        ("missing.jsonl", "no such file"),
        (".", "a folder. Name the files in it"),
        ("a.txt/b.txt", "cannot be opened"),
        ("a\0b", "cannot be opened"),
        ("x" * 5_000, "cannot be opened"),
    ],
)
def test_read_raises_for_what_is_no_file(tmp_path: Path, name: str, message: str) -> None:
    put(tmp_path, "a.txt", b"Talks.")
    with pytest.raises(ReadingError, match=message):
        list(read(str(tmp_path / name), settings=SETTINGS))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_read_raises_for_a_file_without_rights(tmp_path: Path) -> None:
    source = put(tmp_path, "a.txt", b"Talks.")
    Path(source).chmod(0)
    with pytest.raises(ReadingError, match=r"a\.txt: cannot be opened \(Permission denied\)"):
        list(read(source, settings=SETTINGS))


@pytest.mark.parametrize(("name", "title"), [("", None), (None, " "), ("a\ud800", None), (None, "\x00")])
def test_read_raises_for_an_id_or_title_that_is_no_text(tmp_path: Path, name: str | None, title: str | None) -> None:
    with pytest.raises(ReadingError, match=r"^the (id|title) "):
        list(read(put(tmp_path, "a.txt", b"Talks."), settings=SETTINGS, id=name, title=title))


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a.txt", "file:///a.txt", "https://", "http://:80/", "http://[::1/a", "http://a:x/"]
)
def test_read_raises_for_what_is_no_web_address(url: str) -> None:
    with pytest.raises(ReadingError, match=f"^{re.escape(url)}: "):
        list(read(url, settings=SETTINGS))


def test_read_all_yields_the_documents_of_all_sources(tmp_path: Path) -> None:
    sources = [put(tmp_path, "a.txt", b"One."), put(tmp_path, "b.jsonl", b'{"text": "Two."}')]
    assert [(document.id, document.date) for document in read_all(sources, settings=SETTINGS, date=DAY)] == [
        ("a", DAY),
        ("b-1", DAY),
    ]


def test_read_all_raises_where_an_id_comes_again(tmp_path: Path) -> None:
    sources = [put(tmp_path, "Call 1.txt", b"One."), put(tmp_path, "call-1.md", b"Two.")]
    with pytest.raises(ReadingError, match=r"call-1\.md: its document has the id 'call-1', as one of .*Call 1\.txt has"):
        list(read_all(sources, settings=SETTINGS))


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "html"),
        (b"<HTML lang=en>", "html"),
        (b"<p>Talks.", "text"),
        (b"", "text"),
    ],
)
def test_sniff_tells_the_format_by_the_first_bytes(data: bytes, form: str) -> None:
    assert sniff(data) == form


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), max_size=200)


@given(text=PLAIN)
def test_read_returns_any_text_of_a_file_unchanged_but_for_crlf(text: str) -> None:
    assume(text.strip() and not text.startswith("\ufeff"))
    with tempfile.TemporaryDirectory() as folder:
        source = put(Path(folder), "a.txt", text.encode())
        [document] = read(source, settings=SETTINGS)
    assert document.text == text.replace("\r\n", "\n")
