"""Where nobody meets, disputes or does anything to anybody, nothing of the kind is found."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from kg.records import Document, Extraction
from tests.properties.other_texts import OTHER_TEXTS
from tests.properties.well_formed import assert_well_formed
from tests.readers import extractor

NO_MATTER = tuple(kind for kind in OTHER_TEXTS if kind not in {"football report"})
"""Texts whose verbs may be those of agreements and refusals, but in which nobody has anything to do with anybody."""

NO_SPEECH = tuple(kind for kind in OTHER_TEXTS if kind not in {"football report", "terms of use"})
"""Texts in which nobody speaks, though there may be strings in quotation marks."""


@cache
def extracted(kind: str) -> Extraction:
    found = extractor().extract(Document(id=kind, text=OTHER_TEXTS[kind], date=datetime.date(2031, 2, 26)))
    assert_well_formed(found)
    return found


@pytest.mark.parametrize("kind", OTHER_TEXTS)
def test_extract_reads_texts_of_every_kind(kind: str) -> None:
    assert extracted(kind).document.text == OTHER_TEXTS[kind]


@pytest.mark.parametrize("kind", NO_MATTER)
def test_extract_makes_up_nothing_that_is_done(kind: str) -> None:
    found = extracted(kind)
    assert (found.meetings, found.issues, found.negotiations, found.proposals, found.events, found.relations) == ((),) * 6


@pytest.mark.parametrize("kind", NO_SPEECH)
def test_extract_takes_no_string_and_no_forecast_for_speech(kind: str) -> None:
    assert extracted(kind).statements == ()


def test_extract_takes_a_game_for_no_conflict() -> None:
    found = extracted("football report")
    assert {event.type for event in found.events} & {"ASSAULT", "PROTEST", "COERCE"} == set()
    assert (found.meetings, [relation for relation in found.relations if relation.predicate in {"attacked", "metWith"}]) == (
        (),
        [],
    )
