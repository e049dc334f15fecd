"""Pages: encoding, title, day of publication, language."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadingError
from kg.reading.html import Page, decode_html, read_html

DAY = datetime.date(2025, 11, 23)


def page(head: str = "", body: str = "<p>Talks in Lundhaven.</p>", *, html: str = "") -> bytes:
    return f"<!doctype html><html {html}><head>{head}</head><body>{body}</body></html>".encode()


def test_read_html_returns_text_title_date_and_language() -> None:
    head = '<title>Readout | Astoria</title><meta property="article:published_time" content="2025-11-23T22:30:00-05:00">'
    assert read_html(page(head, html='lang="fr-CH"'), source="a.html") == Page(
        text="Talks in Lundhaven.", title="Readout | Astoria", date=DAY, language="fr"
    )


def test_read_html_leaves_open_what_the_page_does_not_say() -> None:
    assert read_html(page(body="<p>On 23 November 2025.</p>"), source="a.html") == Page(text="On 23 November 2025.")


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ('<meta property="og:title" content=" The  call "><title>MFA</title>', "<h1>Calls</h1>", "The call"),
        ("<title>MFA</title>", "<h1>The <i>call</i></h1>", "The call"),
        ("<title>MFA\n news</title>", "<h1>One</h1><h1>Two</h1>", "MFA news"),
        ("<title> </title>", "Talks.", None),
    ],
)
def test_read_html_takes_the_best_title(head: str, body: str, title: str | None) -> None:
    assert read_html(page(head, body + "<p>Talks.</p>"), source="a.html").title == title


@pytest.mark.parametrize(
    ("markup", "date"),
    [
        ('<meta name="DC.date" content="2025-11-23">', DAY),
        ('<meta name="dcterms.date" content="2025-11-23">', DAY),
        ('<meta name="date" content="2025-11-23T10:00:00Z">', DAY),
        ('<meta itemprop="datePublished" content="2025-11-23">', DAY),
        ('<time itemprop="datePublished" datetime="2025-11-23">yesterday</time>', DAY),
        ('<meta name="date" content="23 November 2025">', None),
        ('<meta name="date"><meta name="pubdate" content="2025-11-23">', DAY),
        ('<meta property="article:modified_time" content="2025-11-24">', None),
        ('<time datetime="2025-11-24">tomorrow</time>', None),
    ],
)
def test_read_html_takes_the_day_of_publication_from_the_markup(markup: str, date: datetime.date | None) -> None:
    assert read_html(page(body=f"{markup}<p>Talks.</p>"), source="a.html").date == date


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Zürich“".encode(), None, "Zürich“"),
        ("Zürich“".encode("utf-8-sig"), "windows-1252", "Zürich“"),
        ("Zürich".encode("utf-16"), None, "Zürich"),
        ("Zürich“".encode("windows-1252"), None, "Zürich“"),
        ("Zürich“".encode("windows-1252"), "iso-8859-1", "Zürich“"),
        (b"<meta charset=koi8-r>" + "Москва".encode("koi8-r"), None, "Москва"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' + "Москва".encode("koi8-r"), None, "Москва"),
        (b"<meta charset=koi8-r>" + "Москва".encode(), "utf-8", "Москва"),
        (b'<meta charset="utf-16">' + "Москва".encode(), None, "Москва"),
    ],
)
def test_decode_html_takes_mark_then_server_then_page_then_default(data: bytes, charset: str | None, text: str) -> None:
    assert decode_html(data, source="a.html", charset=charset).endswith(text)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.html: a page without text"),
        (page(body="<script>render()</script><nav>News</nav>"), "a.html: a page without text (it may need JavaScript)"),
        (b"<meta charset=utf-8><p>Z\xfcrich", "a.html: not UTF-8: byte 24 does not fit"),
        (b"<meta charset=klingon><p>Qapla", "a.html: 'klingon' is no encoding of text"),
        (b"<p>\x00\x01", "a.html: binary, not text"),
    ],
)
def test_read_html_raises_for_what_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(ReadingError, match=f"^{re.escape(message)}"):
        read_html(data, source="a.html")


@given(soup=st.text("<>/=\"'!-abdipv &#;\n\ud83d", max_size=60))
def test_read_html_returns_text_or_raises_for_any_soup(soup: str) -> None:
    with suppress(ReadingError):
        assert read_html(soup.encode("utf-8", "replace"), source="a.html").text.strip()
