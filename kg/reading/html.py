"""A web page as text, with title, day of publication and language where its markup gives them. Pure.

What the text of a page is, ``kg.reading.running_text`` finds. Nothing is guessed from the text itself.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from kg.errors import ReadingError
from kg.reading.dates import parse_date
from kg.reading.running_text import running_text
from kg.reading.text import check_text, clean_text, decode

_DATES = (
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("time[itemprop=datePublished]", "datetime"),
    ("meta[name='dcterms.date' i]", "content"),
    ("meta[name='dcterms.created' i]", "content"),
    ("meta[name='dc.date' i]", "content"),
    ("meta[name='dc.date.issued' i]", "content"),
    ("meta[name=pubdate i]", "content"),
    ("meta[name=publish-date i]", "content"),
    ("meta[name=date i]", "content"),
    ("time[pubdate]", "datetime"),
)
"""Where pages say when they were published, the surest first."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was read from a page."""

    text: str
    title: str | None = None
    date: datetime.date | None = None
    language: str = "en"


def read_html(data: bytes, *, source: str, charset: str | None = None) -> Page:
    """Read a page; ``charset`` is the encoding that the server named.

    Raises ReadingError for bytes that do not fit the encoding and for a page without text.
    """
    tree = LexborHTMLParser(decode_html(data, source=source, charset=charset))
    text = "" if tree.body is None else clean_text(running_text(tree.body))
    if not text.strip():
        raise ReadingError(
            f"{source}: a page without text (it may need JavaScript). Save what the browser shows, as HTML or text."
        )
    return Page(text=check_text(text, source=source), title=_title(tree), date=_date(tree), language=_language(tree))


def decode_html(data: bytes, *, source: str, charset: str | None = None) -> str:
    """Decode by byte order mark, then the server's charset, then the page's own, then as UTF-8, then as Windows-1252.

    The last is what the HTML standard lays down for a page that names none.
    """
    named = charset or _declared(data)
    if named is not None:
        return decode(data, source=source, encoding=named)
    try:
        return decode(data, source=source)
    except ReadingError:
        if b"\x00" in data:
            raise
        return decode(data, source=source, encoding="windows-1252")


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page names itself; if it could be read so far, it is not UTF-16, whatever it says."""
    declared = _CHARSET.search(data[:2048])
    if declared is None:
        return None
    name = declared[1].decode("ascii")
    return "utf-8" if name.lower().startswith("utf-16") else name


def _title(tree: LexborHTMLParser) -> str | None:
    """Return what the page is called: for other sites, else its only main heading, else the window's title."""
    social = _attribute(tree, "meta[property='og:title']", "content")
    headings = tree.css("h1")
    heading = _words(headings[0].text(separator=" ")) if len(headings) == 1 else ""
    node = tree.css_first("title")
    return social or heading or (_words(node.text()) if node is not None else "") or None


def _date(tree: LexborHTMLParser) -> datetime.date | None:
    for selector, attribute in _DATES:
        try:
            return parse_date(_attribute(tree, selector, attribute))
        except ValueError:
            continue
    return None


def _language(tree: LexborHTMLParser) -> str:
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", _attribute(tree, "html", "lang"))
    return match[0].lower() if match is not None else "en"


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return _words(node.attributes.get(name) or "") if node is not None else ""


def _words(text: str) -> str:
    return " ".join(clean_text(text).split())
