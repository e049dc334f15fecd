"""Plain text: what is kept, what is decoded, what is refused."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kg.errors import ReadingError
from kg.reading.text import clean_text, read_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=[chr(c) for c in (*range(9), *range(14, 32), 127)]))


@given(text=TEXTS)
def test_read_text_keeps_everything_but_crlf(text: str) -> None:
    assume(not text.startswith("\ufeff") and text.strip())
    assert read_text(text.encode(), source="a.txt") == text.replace("\r\n", "\n")


@given(text=TEXTS, encoding=st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_read_text_decodes_by_the_byte_order_mark_and_drops_it(text: str, encoding: str) -> None:
    assume(text.strip())
    assert read_text(text.encode(encoding), source="a.txt") == text.replace("\r\n", "\n")


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\x00\x00\xfe\xff", "utf-32-be")])
def test_read_text_decodes_big_endian(mark: bytes, encoding: str) -> None:
    assert read_text(mark + "Zürich\r\n".encode(encoding), source="a.txt") == "Zürich\n"


@given(data=st.binary(max_size=40))
def test_read_text_returns_text_or_says_what_is_wrong(data: bytes) -> None:
    with suppress(ReadingError):
        assert read_text(data, source="a.bin").strip()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.txt: empty, or only white space"),
        (b"\xef\xbb\xbf", "a.txt: empty, or only white space"),
        (b" \r\n\t\xc2\xa0", "a.txt: empty, or only white space"),
        (b"MZ\x00\x01", "a.txt: binary, not text (it holds NUL bytes)"),
        (b"Talks" * 2000 + b"\x00", "a.txt: the control character U+0000 in line 1"),
        (b"Talks\nin \x02 Geneva", "a.txt: the control character U+0002 in line 2"),
        (b"Z\xfcrich", "a.txt: not UTF-8: byte 1 does not fit"),
        (b"Talks \xed\xa0\x80", "a.txt: a lone surrogate, half of a character, at byte 6"),
        (b"\xff\xfeT\x00\x00\xd8", "a.txt: not UTF-16-LE: byte 2 does not fit"),
    ],
)
def test_read_text_raises_for_what_is_no_text(data: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=f"^{re.escape(message)}"):
        read_text(data, source="a.txt")


@pytest.mark.parametrize("name", ["iso-8859-1", "latin1", "US-ASCII", "windows-1252"])
def test_read_text_reads_the_webs_latin_1_as_windows_1252(name: str) -> None:
    assert read_text(b"\x93Yes\x94", source="a.txt", encoding=name) == "“Yes”"


@pytest.mark.parametrize("name", ["klingon", "hex", "undefined", "a\0b", "rot13"])
def test_read_text_raises_for_an_unknown_encoding(name: str) -> None:
    with pytest.raises(ReadingError, match="is no encoding of text that is known"):
        read_text(b"Talks", source="a.txt", encoding=name)


@given(text=st.text(st.characters()))
def test_clean_text_makes_what_can_be_read(text: str) -> None:
    cleaned = clean_text(text)
    assume(cleaned.strip() and not cleaned.startswith("\ufeff"))
    assert read_text(cleaned.encode(), source="a.txt") == cleaned.replace("\r\n", "\n")
