"""Documents as they are sent: JSON, plain text or HTML, with a limit on their size."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.requests import Request

from api.models.writing import NewDocument
from api.problems import ProblemError
from kg.reading.html import read_html
from kg.reading.text import check_text, read_text
from kg.records import Document

JSON, TEXT, HTML = "application/json", "text/plain", "text/html"
_WHOLE = "the body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the address tells of a document; it goes before what the document tells itself."""

    id: str | None = None
    title: str | None = None
    date: datetime.date | None = None
    source: str | None = None


async def read_document(request: Request, told: Told, *, most: int) -> Document:
    """Read the document of a request, of at most so many bytes.

    Raises ProblemError (400, 413, 415), RequestValidationError for JSON of another form, and ReadingError for what is no text.
    """
    written = Message()
    written["Content-Type"] = request.headers.get("content-type", "")
    media_type = written.get_content_type() if request.headers.get("content-type") else ""
    charset = written.get_content_charset()
    if media_type not in {JSON, TEXT, HTML}:
        raise ProblemError(
            415,
            "unsupported-media-type",
            f"A document cannot be read from {media_type or 'a body without a Content-Type'}.",
            advice=f"Send it as {JSON}, {TEXT} or {HTML}.",
            headers={"Accept": f"{JSON}, {TEXT}, {HTML}"},
        )
    body = await _read(request, most=most)
    if media_type == JSON:
        return _from_json(body, told)
    if media_type == HTML:
        page = read_html(body, source=_WHOLE, charset=charset)
        return _document(told, text=page.text, title=page.title, date=page.date, language=page.language)
    return _document(told, text=read_text(body, source=_WHOLE, encoding=charset or "utf-8"))


async def _read(request: Request, *, most: int) -> bytes:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > most:
            raise ProblemError(
                413, "too-large", f"The body is larger than {most} bytes.", advice="Send it in parts, each a document of its own."
            )
        chunks.append(chunk)
    return b"".join(chunks)


def _from_json(body: bytes, told: Told) -> Document:
    try:
        loaded = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProblemError(400, "malformed-json", f"The body is no JSON: {error}.", advice="Send one object in UTF-8.") from error
    try:
        sent = NewDocument.model_validate(loaded)
    except ValidationError as error:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors(include_url=False, include_context=False)]
        raise RequestValidationError(faults) from error
    if told.id is not None and sent.id not in {None, told.id}:
        raise ProblemError(
            400, "two-ids", f"The document is called {sent.id!r}, and the address {told.id!r}.", advice="Give one of them alone."
        )
    text = check_text(sent.text, source=_WHOLE)
    return _document(told, text=text, id=sent.id, title=sent.title, date=sent.date, source=sent.source, language=sent.language)


def _document(
    told: Told,
    *,
    text: str,
    id: str | None = None,  # noqa: A002  # as the records call it
    title: str | None = None,
    date: datetime.date | None = None,
    source: str | None = None,
    language: str = "en",
) -> Document:
    return Document(
        id=told.id or id or f"text-{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        text=text,
        title=told.title or title,
        date=told.date or date,
        source=told.source or source,
        language=language,
    )


def request_body(example: Mapping[str, object]) -> dict[str, object]:
    """Describe to OpenAPI the body of a document."""
    text = str(example["text"])
    return {
        "required": True,
        "content": {
            JSON: {"schema": NewDocument.model_json_schema(), "example": dict(example)},
            TEXT: {"schema": {"type": "string"}, "example": text},
            HTML: {"schema": {"type": "string"}, "example": f"<h1>{example['title']}</h1><p>{text}</p>"},
        },
    }
