"""JSON lines: every field, and every way in which a line can be bad."""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadingError
from kg.reading.jsonl import read_jsonl
from kg.records import Document


def line(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_read_jsonl_takes_all_fields() -> None:
    fields = {
        "id": "r1",
        "text": "Talks.\r\n",
        "date": "2025-11-23",
        "title": "Readout",
        "source": "MFA",
        "language": "fr",
        "x": 1,
    }
    assert list(read_jsonl([line(**fields)], source="a.jsonl", stem="a")) == [
        Document(id="r1", text="Talks.\r\n", date=datetime.date(2025, 11, 23), title="Readout", source="MFA", language="fr")
    ]


def test_read_jsonl_fills_what_is_left_out() -> None:
    lines = [b"\xef\xbb\xbf" + line(text="One.") + b"\r\n", b"\n", line(text="Two.", id=None, date=None, title=None)]
    day = datetime.date(2025, 11, 23)
    assert list(read_jsonl(lines, source="a.jsonl", stem="a", date=day, title="Days")) == [
        Document(id="a-1", text="One.", source="a.jsonl", date=day, title="Days"),
        Document(id="a-3", text="Two.", source="a.jsonl", date=day, title="Days"),
    ]


@pytest.mark.parametrize("written", ["2025-11-23", "2025-11-23T23:59:00-08:00", "2025-11-23T10:00:00Z", "20251123"])
def test_read_jsonl_takes_the_day_as_it_is_written(written: str) -> None:
    [document] = read_jsonl([line(text="Talks.", date=written)], source="a.jsonl", stem="a")
    assert document.date == datetime.date(2025, 11, 23)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (b"{", "a.jsonl, line 2: not JSON ("),
        (b"[" * 100_000, "a.jsonl, line 2: not JSON ("),
        (b"9" * 5_000, "a.jsonl, line 2: not JSON ("),
        (b"[]", "a.jsonl, line 2: not a JSON object"),
        (b'"text"', "a.jsonl, line 2: not a JSON object"),
        (line(id="b"), "a.jsonl, line 2: no 'text'"),
        (line(text=""), "a.jsonl, line 2: empty, or only white space"),
        (line(text="\n "), "a.jsonl, line 2: empty, or only white space"),
        (line(text=["Talks."]), "a.jsonl, line 2: 'text' is ['Talks.'], not a string"),
        (line(text="Talks.", id=7), "a.jsonl, line 2: 'id' is 7, not a string"),
        (line(text="Talks.", id=" "), "a.jsonl, line 2: 'id' is empty"),
        (line(text="Talks.", id="a"), "a.jsonl, line 2: the id 'a' was there in line 1"),
        (line(text="Talks.", date="23 November"), "a.jsonl, line 2: 'date' is '23 November', no date"),
        (line(text="Talks.", date="2025-02-30"), "a.jsonl, line 2: 'date' is '2025-02-30', no date"),
        (line(text="Talks.", date=20251123), "a.jsonl, line 2: 'date' is 20251123, not a string"),
        (rb'{"text": "Talks \ud800."}', r"a.jsonl, line 2: a lone surrogate, half of a character, at character 6 (\ud800)"),
        (rb'{"text": "Talks", "id": "\udfff"}', "a.jsonl, line 2, 'id': a lone surrogate"),
        (rb'{"text": "Talks \u0000."}', "a.jsonl, line 2: the control character U+0000"),
        (b'{"text": "\xff"}', "a.jsonl, line 2: not UTF-8: byte 10 does not fit"),
        (b'\xef\xbb\xbf{"text": "Talks."}', "a.jsonl, line 2: a byte order mark within the file"),
    ],
)
def test_read_jsonl_raises_with_the_line(bad: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=f"^{re.escape(message)}"):
        list(read_jsonl([line(id="a", text="Talks."), bad], source="a.jsonl", stem="a"))


@pytest.mark.parametrize("lines", [[], [b"\n", b"  \r\n"]])
def test_read_jsonl_raises_where_there_is_no_document(lines: list[bytes]) -> None:
    with pytest.raises(ReadingError, match=r"^a\.jsonl: no document in it"):
        list(read_jsonl(lines, source="a.jsonl", stem="a"))


def test_read_jsonl_yields_what_stands_before_a_bad_line() -> None:
    documents = read_jsonl([line(id="a", text="Talks."), b"{"], source="a.jsonl", stem="a")
    assert next(documents).id == "a"
    with pytest.raises(ReadingError):
        next(documents)


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_read_jsonl_keeps_the_text(text: str) -> None:
    [document] = read_jsonl([line(text=text)], source="a.jsonl", stem="a")
    assert document.text == text
