"""The records of a document, kept with its graph, so that the graph can be written anew when it is known better who is who.

They are what ``kg extract`` prints, without the text, which stands in the graph by itself.
"""

from __future__ import annotations

from dataclasses import replace

from kg.records import Extraction
from kg.serialization import from_json, to_json


def records_text(extraction: Extraction) -> str:
    """Return the records as JSON."""
    return to_json(replace(extraction, document=replace(extraction.document, text="")))


def extraction_from(records: str, *, text: str, name: str) -> Extraction:
    """Return the extraction that ``records_text`` wrote. Raises ReadingError, calling the records ``name``, for anything else."""
    extraction = from_json(records, name=name)
    return replace(extraction, document=replace(extraction.document, text=text))
