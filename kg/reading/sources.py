"""Read a source into Documents: a file, ``-`` for standard input, or an http(s) URL.

Which reader takes it is told by the file's suffix, by the server's media type, and else by the first bytes.
"""

from __future__ import annotations

import dataclasses
import datetime
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from kg.config import Settings
from kg.errors import ReadingError
from kg.reading import identifiers, web
from kg.reading.html import read_html
from kg.reading.jsonl import read_jsonl
from kg.reading.pdf import MAGIC, read_pdf
from kg.reading.text import check_text, read_text
from kg.records import Document

STDIN = "-"
Format = Literal["text", "html", "pdf", "jsonl"]

_BY_SUFFIX: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_BY_MEDIA_TYPE: dict[str, Format] = {
    "text/plain": "text",
    "text/markdown": "text",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "application/jsonl": "jsonl",
    "application/x-ndjson": "jsonl",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the user says about a source; it goes before what the source says."""

    id: str | None
    date: datetime.date | None
    title: str | None


def read(
    source: str,
    *,
    settings: Settings,
    id: str | None = None,  # noqa: A002 - the field's own name
    date: datetime.date | None = None,
    title: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document]:
    """Yield the documents of a source: one, or as many as a JSON lines file has.

    ``id``, ``date`` and ``title`` are the user's word and go before what the source says; for JSON lines, ``date`` and ``title``
    are those of documents that have none of their own, and ``id`` is an error. ``stdin`` stands in for standard input.
    A source may hold ``settings.max_bytes``; of a JSON lines file, which is read as a stream, each line may.
    Raises ReadingError, naming the source, for everything that is not readable as text.
    """
    for field, value in (("id", id), ("title", title)):
        if value is not None:
            check_text(value, source=f"the {field} {value!r}")
    given = _Given(id=id, date=date, title=title)
    if source == STDIN:
        data = _take(sys.stdin.buffer if stdin is None else stdin, name="standard input", max_bytes=settings.max_bytes)
        made = identifiers.id_of_content(data)
        yield from _documents(data, form=sniff(data), name="standard input", made_id=made, given=given)
    elif "://" in source:
        got = web.fetch(source, max_bytes=settings.max_bytes)
        form, made = _web_form(got, url=source), identifiers.id_of_url(source)
        yield from _documents(got.data, form=form, name=source, made_id=made, given=given, charset=got.charset)
    else:
        yield from _read_file(Path(source), max_bytes=settings.max_bytes, given=given)


def read_all(sources: Iterable[str], *, settings: Settings, date: datetime.date | None = None) -> Iterator[Document]:
    """Yield the documents of several sources; raise ReadingError where two of them have the same id."""
    first_seen: dict[str, str] = {}
    for source in sources:
        for document in read(source, settings=settings, date=date):
            if document.id in first_seen:
                raise ReadingError(
                    f"{source}: its document has the id {document.id!r}, as one of {first_seen[document.id]} has; "
                    f"it would replace that one. Rename one of the files, or read them apart and give one an id."
                )
            first_seen[document.id] = source
            yield document


def sniff(data: bytes) -> Format:
    """Tell the format of bytes without a name."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(MAGIC.lower()):
        return "pdf"
    return "html" if start.startswith((b"<!doctype html", b"<html")) else "text"


def _read_file(path: Path, *, max_bytes: int, given: _Given) -> Iterator[Document]:
    name, form, made = str(path), _BY_SUFFIX.get(path.suffix.lower()), identifiers.id_of_path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ReadingError(f"{name}: a folder. Name the files in it.")
        if form != "jsonl" and status.st_size > max_bytes:
            raise _too_large(name, max_bytes=max_bytes)
        with path.open("rb") as file:
            if form == "jsonl":
                yield from _read_lines(_lines(file, name=name, max_bytes=max_bytes), name=name, stem=made, given=given)
                return
            data = _take(file, name=name, max_bytes=max_bytes)
    except FileNotFoundError as error:
        raise ReadingError(f"{name}: no such file. Check the path, or, if it is a URL, write https:// before it.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadingError(f"{name}: cannot be opened ({reason}). Check the path and your rights.") from error
    yield from _documents(data, form=form or sniff(data), name=name, made_id=made, given=given)


def _documents(
    data: bytes, *, form: Format, name: str, made_id: str, given: _Given, charset: str | None = None
) -> Iterator[Document]:
    match form:
        case "jsonl":
            yield from _read_lines(data.split(b"\n"), name=name, stem=made_id, given=given)
            return
        case "html":
            page = read_html(data, source=name, charset=charset)
            found = Document(id=made_id, text=page.text, title=page.title, date=page.date, language=page.language)
        case "pdf":
            text, title = read_pdf(data, source=name)
            found = Document(id=made_id, text=text, title=title)
        case "text":
            found = Document(id=made_id, text=read_text(data, source=name, encoding=charset or "utf-8"))
    yield dataclasses.replace(
        found,
        id=found.id if given.id is None else given.id,
        date=found.date if given.date is None else given.date,
        title=found.title if given.title is None else given.title,
        source=name,
    )


def _read_lines(lines: Iterable[bytes], *, name: str, stem: str, given: _Given) -> Iterator[Document]:
    if given.id is not None:
        raise ReadingError(
            f"{name}: its documents have ids of their own, so that the id {given.id!r} fits none. Leave the id out."
        )
    yield from read_jsonl(lines, source=name, stem=stem, date=given.date, title=given.title)


def _web_form(got: web.Fetched, *, url: str) -> Format:
    form = _BY_MEDIA_TYPE.get(got.media_type)
    if form is None and got.media_type in ("application/octet-stream", "binary/octet-stream"):
        return sniff(got.data)
    if form is None:
        raise ReadingError(f"{url}: {got.media_type}, no text. Name a page, a plain text, a PDF or a JSON lines file.")
    return form


def _take(file: BinaryIO, *, name: str, max_bytes: int) -> bytes:
    data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(name, max_bytes=max_bytes)
    return data


def _lines(file: BinaryIO, *, name: str, max_bytes: int) -> Iterator[bytes]:
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        if len(line) > max_bytes:
            raise _too_large(f"{name}, line {number}", max_bytes=max_bytes)
        yield line


def _too_large(name: str, *, max_bytes: int) -> ReadingError:
    return ReadingError(f"{name}: larger than {max_bytes} bytes. Cut it into its statements, or raise max_bytes.")
