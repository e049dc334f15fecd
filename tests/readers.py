"""The shipped pipeline and extraction, loaded once for all tests that read whole sentences with it."""

from __future__ import annotations

import datetime
from functools import cache

from spacy.tokens import Doc

from kg.extraction.extract import Extractor, load_extractor
from kg.records import Document, Extraction, Relation

Row = tuple[str, ...]


@cache
def extractor() -> Extractor:
    """Return the shipped extractor."""
    return load_extractor()


def parsed(text: str) -> Doc:
    """Return a text as the shipped pipeline parses it."""
    return extractor().nlp(text)


def extract(text: str, *, date: str = "2031-02-26") -> Extraction:
    """Return what the shipped extractor finds in a text of some day."""
    return extractor().extract(Document(id="test", text=text, date=datetime.date.fromisoformat(date)))


def relations(text: str, *predicates: str) -> set[tuple[str, str, str, str]]:
    """Return the relations of a text, of some predicates or of all: the names of their ends around them, and the modality."""
    found = extract(text)
    names = {entity.id: entity.name for entity in found.entities}
    return {
        (names.get(r.subject, r.subject), r.predicate, names.get(r.object, r.object), r.modality)
        for r in found.relations
        if not predicates or r.predicate in predicates
    }


def relations_of(text: str, *predicates: str, date: str = "2031-02-26") -> set[Row]:
    """Return subject, predicate and object of the relations with some predicates, then what else is said of each.

    What is not asserted adds its modality, a role what it is "of", a time "from" and "to" when it holds.
    """
    found = extract(text, date=date)
    names = {entity.id: entity.name for entity in found.entities}
    return {_row(relation, names) for relation in found.relations if relation.predicate in predicates}


def _row(relation: Relation, names: dict[str, str]) -> Row:
    row = [names.get(relation.subject, relation.subject), relation.predicate, names.get(relation.object, relation.object)]
    row += [] if relation.modality == "asserted" else [relation.modality]
    row += [] if relation.organization is None else [f"of {names[relation.organization]}"]
    row += [] if relation.begin is None else [f"from {relation.begin}"]
    row += [] if relation.end_date is None else [f"to {relation.end_date}"]
    return tuple(row)
