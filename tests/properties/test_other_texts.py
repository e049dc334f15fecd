"""Where nobody meets, disputes or does anything to anybody, nothing of the kind is found."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from kg.extraction.extract import Extractor, load_extractor
from kg.records import Document, Extraction
from tests.properties.other_texts import OTHER_TEXTS
from tests.properties.well_formed import assert_well_formed

NO_MATTER = (
    "recipe",
    "source code in Python",
    "source code in C",
    "comma-separated table",
    "table in columns",
    "poem",
    "filler",
)
"""Texts without actors that have anything to do with each other."""

NO_ENCOUNTER = (*NO_MATTER, "log", "manual", "terms of use", "weather report")
"""Texts whose verbs may be those of agreements and refusals, but in which nobody meets or acts."""


@cache
def extracted(kind: str) -> Extraction:
    found = extractor().extract(Document(id=kind, text=OTHER_TEXTS[kind], date=datetime.date(2031, 2, 26)))
    assert_well_formed(found)
    return found


@cache
def extractor() -> Extractor:
    return load_extractor()


@pytest.mark.parametrize("kind", OTHER_TEXTS)
def test_extract_reads_texts_of_every_kind(kind: str) -> None:
    assert extracted(kind).document.text == OTHER_TEXTS[kind]


@pytest.mark.parametrize("kind", NO_ENCOUNTER)
def test_extract_makes_up_no_meeting_and_no_event(kind: str) -> None:
    found = extracted(kind)
    assert (found.meetings, found.events) == ((), ())


@pytest.mark.parametrize("kind", NO_MATTER)
def test_extract_makes_up_no_issue_and_no_relation(kind: str) -> None:
    found = extracted(kind)
    assert (found.issues, found.relations) == ((), ())
