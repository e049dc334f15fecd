"""The extraction of annotated statements: the schema, the spans, and the scores that must not fall."""

from __future__ import annotations

import csv
import datetime
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kg.records import Document, Extraction
from kg.serialization import to_json
from kg.training.annotated import UNLISTED_DATES, facets
from tests.readers import extractor
from tests.shared import shared

NAMES = ("seed", "doc02", "doc09", "doc19", "doc27")
LEAST = {
    "persons": 0.97,
    "organizations": 0.90,
    "places": 0.93,
    "quotations": 0.94,
    "speakers": 0.92,
    "meetings": 0.80,
    "issues": 0.65,
    "issue status": 0.80,
    "deadlines": 0.80,
    "relations": 0.50,
    "modality": 0.92,
    "mean F1": 0.85,
}


@cache
def extraction(name: str) -> Extraction:
    gold = shared("eval")
    with (gold / "index.tsv").open(encoding="utf-8") as lines:
        dates = UNLISTED_DATES | {row["file"]: row["date"] for row in csv.DictReader(lines, delimiter="\t")}
    text = (gold / "dev" / f"{name}.txt").read_text(encoding="utf-8")
    return extractor().extract(Document(id=name, text=text, date=datetime.date.fromisoformat(dates[f"{name}.txt"])))


@pytest.mark.parametrize("name", NAMES)
def test_extraction_is_valid_by_the_schema(name: str) -> None:
    schema = json.loads(shared("eval", "extraction.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(to_json(extraction(name))), schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", NAMES)
def test_every_span_is_its_slice_of_the_text(name: str) -> None:
    found = json.loads(to_json(extraction(name)))
    text = found["document"]["text"]
    spans = list(_spans(found))
    assert len(spans) > 20
    assert [span for span in spans if text[span["start"] : span["end"]] != span["text"]] == []


def _spans(value: Any) -> Any:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner)


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_is_an_entity_of_the_document(name: str) -> None:
    found = extraction(name)
    ids = [entity.id for entity in found.entities]
    assert len(ids) == len(set(ids))
    referred = {s.speaker for s in found.statements} | {p for m in found.meetings for p in (*m.participants, m.place)}
    referred |= {p for i in found.issues for p in i.parties} | {e.place for e in found.events}
    referred |= {r.speaker for r in found.relations}
    # Actors and ends of relations may be given by their words.
    ends = {a for e in found.events for a in (*e.source, *e.target)} | {
        end for r in found.relations for end in (r.subject, r.object)
    }
    referred |= {end for end in ends if end.startswith("id:")}
    assert referred - set(ids) <= {None}


def test_extraction_is_the_same_each_time() -> None:
    again = extractor().extract(extraction("seed").document)
    assert to_json(again) == to_json(extraction("seed"))


def test_scores_do_not_fall_below_what_was_reached(tmp_path: Path) -> None:
    gold = shared("eval")
    arguments: list[str] = []
    for name in NAMES:
        answer = tmp_path / f"{name}.json"
        answer.write_text(to_json(extraction(name)), encoding="utf-8")
        arguments += [str(gold / "dev" / f"{name}.gold.json"), str(answer)]
    command = [sys.executable, str(gold / "score.py"), *arguments]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    scores = {"mean F1": float(printed.split()[-1])} | {name: facet.f1 for name, facet in facets(printed).items()}
    assert {name: score for name, score in scores.items() if score < LEAST[name]} == {}
