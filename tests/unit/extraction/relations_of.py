"""What the whole extraction says of actors' standing, in short: names in place of ids, with the times."""

from __future__ import annotations

import datetime
from functools import cache

from kg.extraction.extract import Extractor, load_extractor
from kg.records import Document, Relation

Row = tuple[str, ...]


@cache
def _extractor() -> Extractor:
    return load_extractor()


def relations_of(text: str, *predicates: str, date: str = "2031-02-26") -> set[Row]:
    """Return subject, predicate and object of the relations with some predicates, then what else is said of each.

    What is not asserted adds its modality, a role what it is "of", a time "from" and "to" when it holds.
    """
    found = _extractor().extract(Document(id="test", text=text, date=datetime.date.fromisoformat(date)))
    names = {entity.id: entity.name for entity in found.entities}
    return {_row(relation, names) for relation in found.relations if relation.predicate in predicates}


def _row(relation: Relation, names: dict[str, str]) -> Row:
    row = [names.get(relation.subject, relation.subject), relation.predicate, names.get(relation.object, relation.object)]
    row += [] if relation.modality == "asserted" else [relation.modality]
    row += [] if relation.organization is None else [f"of {names[relation.organization]}"]
    row += [] if relation.begin is None else [f"from {relation.begin}"]
    row += [] if relation.end_date is None else [f"to {relation.end_date}"]
    return tuple(row)
