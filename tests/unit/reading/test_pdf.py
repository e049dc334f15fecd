"""PDF: text and title of files built by hand, and files that cannot be read."""

from __future__ import annotations

import io
import logging
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from kg.errors import ReadingError
from kg.reading.pdf import read_pdf


def pdf(*pages: str, title: str | None = None) -> bytes:
    """A PDF of these pages, each line of a page drawn as text."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(count))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        lines = " T* ".join(f"({line}) Tj" for line in page.split("\n"))
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {lines} ET"
        bodies += [
            "<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 792] "
            f"/Contents {5 + 2 * i} 0 R >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    if title is not None:
        bodies.append(f"<< /Title ({title}) >>")
    file, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(file))
        file += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(file)
    file += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    file += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    info = "" if title is None else f" /Info {len(bodies)} 0 R"
    return bytes(file + f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R{info} >>\nstartxref\n{start}\n%%EOF\n".encode())


TALKS = pdf("The ministers met in Lundhaven.\nThey agreed to meet again.", "Borduria was absent.", title="Readout")


def test_read_pdf_returns_text_of_all_pages_and_title() -> None:
    assert read_pdf(TALKS, source="a.pdf") == (
        "The ministers met in Lundhaven.\nThey agreed to meet again.\n\nBorduria was absent.",
        "Readout",
    )


def test_read_pdf_returns_no_title_where_there_is_none() -> None:
    assert read_pdf(pdf("Talks."), source="a.pdf") == ("Talks.", None)


def test_read_pdf_raises_for_a_scan() -> None:
    with pytest.raises(ReadingError, match=r"^a\.pdf: a PDF without text, probably scanned. Make its text by OCR first"):
        read_pdf(pdf("", " "), source="a.pdf")


def test_read_pdf_raises_for_an_encrypted_file() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(TALKS)))
    writer.encrypt(user_password="secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(ReadingError, match=r"^a\.pdf: an encrypted PDF"):
        read_pdf(locked.getvalue(), source="a.pdf")


def test_read_pdf_reads_a_file_that_is_locked_against_changes_alone() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(TALKS)))
    writer.encrypt(user_password="", owner_password="secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert read_pdf(locked.getvalue(), source="a.pdf") == read_pdf(TALKS, source="a.pdf")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"%PDF-1.4\n%%EOF", TALKS[:200], b"Talks."])
def test_read_pdf_raises_for_a_broken_file(data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"^a\.pdf: (not a PDF that can be read|a PDF without text)"):
        read_pdf(data, source="a.pdf")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_read_pdf_returns_text_or_raises_readingerror_for_damaged_files(data: st.DataObject) -> None:
    damaged = bytearray(TALKS)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    with suppress(ReadingError):
        text, _ = read_pdf(bytes(damaged), source="a.pdf")
        assert text.strip()


def test_read_pdf_leaves_logging_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("pypdf")
    before = logger.level
    with pytest.raises(ReadingError):
        read_pdf(b"garbage" + TALKS[:150], source="a.pdf")
    assert logger.level == before
    assert caplog.records == []
