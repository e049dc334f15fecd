"""What every extraction holds to, whatever it was made from: found by walking the records, so that a new kind is checked as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from kg.records import Document, Extraction
from kg.serialization import from_json, to_json

REFERENCES = frozenset(
    ("speaker addressee participants place parties mediators proposals entity authors recipients members").split()
)
"""Fields that hold ids of entities and nothing else."""
ENDS = frozenset({"subject", "object", "by", "source", "target"})
"""Fields that hold an id, or the words themselves."""


def assert_well_formed(found: Extraction) -> None:
    """Check that words stand where they are said to stand, ids lead somewhere, and values are among those that there are."""
    text = found.document.text
    ids = [entity.id for entity in found.entities]
    known = frozenset(ids)
    assert len(ids) == len(known), "an id is given twice"
    for record in records_of(found):
        if isinstance(record, Document):
            continue
        start, end = getattr(record, "start", None), getattr(record, "end", None)
        if start is not None and end is not None:
            assert 0 <= start < end <= len(text), record
            assert getattr(record, "text", None) == text[start:end], record
        confidence = getattr(record, "confidence", 1.0)
        assert 0 <= confidence <= 1, record
        for field in fields(record):  # type: ignore[arg-type]
            values = _strings(getattr(record, field.name))
            if field.name in REFERENCES:
                assert set(values) <= known, (field.name, record)
            elif field.name in ENDS:
                assert {value for value in values if value.startswith("id:")} <= known, (field.name, record)
    assert all(entity.mentions and entity.name for entity in found.entities)
    assert all(relation.subject and relation.object for relation in found.relations)
    # Reading the JSON back checks each value against its type.
    assert from_json(to_json(found), name="any text") == found


def records_of(value: object) -> Iterator[object]:
    """Yield a record and all the records in it."""
    if isinstance(value, tuple):
        for item in value:
            yield from records_of(item)
    elif is_dataclass(value):
        yield value
        for field in fields(value):
            yield from records_of(getattr(value, field.name))


def _strings(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [v for v in value if isinstance(v, str)] if isinstance(value, tuple) else []
