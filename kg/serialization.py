"""Extractions as JSON and back: what ``kg extract --format json`` prints."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter, ValidationError

from kg.errors import ReadingError
from kg.records import Extraction


@cache
def _adapter() -> TypeAdapter[Extraction]:
    return TypeAdapter(Extraction)


def to_json(extraction: Extraction, *, indent: int | None = None) -> str:
    """Return an extraction as JSON text; the fields of each record stand in the order of its definition."""
    return _adapter().dump_json(extraction, indent=indent).decode("utf-8")


def from_json(text: str, *, name: str) -> Extraction:
    """Return the extraction that a JSON text holds; raise ReadingError, calling the text ``name``, where it holds none."""
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the text"
        raise ReadingError(
            f"{name}: no extraction ({place}: {first['msg']}). Make one with: kg extract --format json."
        ) from error
