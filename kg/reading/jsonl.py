"""Documents from JSON lines: one object a line, with ``id``, ``text``, ``date``, ``title``, ``source``, ``language``. Pure.

``text`` is needed. ``date`` is a day (``2025-11-23``) or a point in time, whose day is taken as it is written. Other fields are
not read. The text is kept exactly, line ends too: whoever wrote the file counts offsets in it.
"""

from __future__ import annotations

import codecs
import datetime
import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import ReadingError
from kg.reading.dates import parse_date
from kg.reading.text import check_text, decode
from kg.records import Document


def read_jsonl(
    lines: Iterable[bytes], *, source: str, stem: str, date: datetime.date | None = None, title: str | None = None
) -> Iterator[Document]:
    """Yield the documents of the lines; blank lines are passed over.

    A document without an id is called ``{stem}-{line number}``; one without a date or title gets ``date`` or ``title``.
    Raises ReadingError, naming the line, for what is no such object, for an id that was there before, and at the end where
    there was no document at all.
    """
    first_seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        place = f"{source}, line {number}"
        text = _decode(line, place=place, first=number == 1)
        if not text.strip():
            continue
        document = _document(
            _load(text, place=place), place=place, source=source, name=f"{stem}-{number}", date=date, title=title
        )
        if document.id in first_seen:
            raise ReadingError(
                f"{place}: the id {document.id!r} was there in line {first_seen[document.id]}. "
                f"Give each document an id of its own."
            )
        first_seen[document.id] = number
        yield document
    if not first_seen:
        raise ReadingError(f"{source}: no document in it. Write one JSON object a line, with at least 'text'.")


def _decode(line: bytes, *, place: str, first: bool) -> str:
    if not first and line.startswith(codecs.BOM_UTF8):
        raise ReadingError(f"{place}: a byte order mark within the file, where files were joined. Remove it.")
    return decode(line.removeprefix(codecs.BOM_UTF8), source=place)


def _load(text: str, *, place: str) -> dict[str, Any]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"{place}: not JSON ({error}). Write one JSON object a line.") from error
    if not isinstance(loaded, dict):
        raise ReadingError(f"{place}: not a JSON object. Write one object a line, with at least 'text'.")
    return loaded


def _document(
    fields: dict[str, Any], *, place: str, source: str, name: str, date: datetime.date | None, title: str | None
) -> Document:
    text = _field(fields, "text", place=place)
    if text is None:
        raise ReadingError(f"{place}: no 'text'. Give each document its text.")
    day = _field(fields, "date", place=place)
    try:
        date = date if day is None else parse_date(day)
    except ValueError as error:
        raise ReadingError(f"{place}: 'date' is {day!r}, no date. Write it as YYYY-MM-DD, or leave it out.") from error
    return Document(
        id=_field(fields, "id", place=place) or name,
        text=check_text(text, source=place),
        title=_field(fields, "title", place=place) or title,
        date=date,
        source=_field(fields, "source", place=place) or source,
        language=_field(fields, "language", place=place) or "en",
    )


def _field(fields: dict[str, Any], name: str, *, place: str) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ReadingError(f"{place}: {name!r} is {value!r:.60}, not a string. Put it in quotation marks, or leave it out.")
    if name == "text":
        return value
    if not value.strip():
        raise ReadingError(f"{place}: {name!r} is empty. Fill it, or leave it out.")
    return check_text(value, source=f"{place}, {name!r}")
