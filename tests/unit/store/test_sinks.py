"""What answers are written to: any cutting of the bytes gives the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.sinks import CHUNK, ChunkSink, LineLimit, TooManyLinesError
from kg.store.xml import XmlSink

texts = st.text(st.one_of(st.sampled_from("\r\n\x00\x0b\ufffe\uffff\ufffd\uff00a<"), st.characters(exclude_categories=["Cs"])))
cuts = st.lists(st.integers(1, 7))


def pieces(data: bytes, sizes: list[int]) -> list[bytes]:
    found = []
    for size in sizes:
        found.append(data[:size])
        data = data[size:]
    return [*found, data]


def as_xml(character: str) -> str:
    """Return a character as XML 1.0 takes it: section 2.2 of its recommendation lists those that it may hold."""
    allowed = (
        character in "\t\n\r" or "\x20" <= character <= "\ud7ff" or "\ue000" <= character <= "\ufffd" or character > "\uffff"
    )
    return {"\r": "&#13;"}.get(character, character) if allowed else "\ufffd"


@given(text=texts, sizes=cuts)
def test_xml_is_mended_alike_however_it_is_cut(text: str, sizes: list[int]) -> None:
    chunks = ChunkSink(lambda data: None)
    sink = XmlSink(chunks)
    for piece in pieces(text.encode(), sizes):
        assert sink.write(piece) == len(piece)
    sink.finish()
    assert chunks.rest().decode() == "".join(map(as_xml, text))


@given(sizes=st.lists(st.integers(0, CHUNK + 5), max_size=6))
def test_chunks_are_large_and_lose_nothing(sizes: list[int]) -> None:
    passed: list[bytes] = []
    sink = ChunkSink(passed.append)
    for size in sizes:
        sink.write(b"x" * size)
    assert all(len(chunk) >= CHUNK for chunk in passed)
    assert sum(map(len, passed)) + len(sink.rest()) == sum(sizes)


@given(lines=st.lists(st.text("ab", max_size=3)), most=st.integers(0, 6), sizes=cuts)
def test_lines_up_to_the_limit_are_kept(lines: list[str], most: int, sizes: list[int]) -> None:
    data = "".join(f"{line}\n" for line in lines).encode()
    sink = LineLimit(most)
    try:
        for piece in pieces(data, sizes):
            sink.write(piece)
    except TooManyLinesError:
        assert sink.exceeded
    assert sink.exceeded == (len(lines) > most)
    assert sink.lines() == "".join(f"{line}\n" for line in lines[:most]).encode()


def test_line_limit_stops_who_writes_too_much() -> None:
    sink = LineLimit(1)
    sink.write(b"one\ntw")
    with pytest.raises(TooManyLinesError):
        sink.write(b"o\n")
    assert sink.lines() == b"one\n"
