"""That the check of what every extraction holds to finds what is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.errors import ReadingError
from kg.records import Extraction, Span
from tests.builders import an_extraction
from tests.properties.well_formed import assert_well_formed


def test_assert_well_formed_accepts_what_is() -> None:
    assert_well_formed(an_extraction())


@pytest.mark.parametrize(
    ("facet", "changes"),
    [
        ("statements", {"speaker": "id:person/nobody"}),
        ("statements", {"start": 1}),
        ("meetings", {"participants": ("id:person/nobody",)}),
        ("meetings", {"modality": "hoped"}),
        ("issues", {"evidence": Span(start=0, end=3, text="not")}),
        ("issues", {"status": "forgotten"}),
        ("events", {"target": ("id:country/nowhere",)}),
        ("relations", {"object": "id:country/nowhere"}),
        ("relations", {"confidence": 1.5}),
        ("entities", {"mentions": ()}),
    ],
)
def test_assert_well_formed_finds_what_is_not(facet: str, changes: dict[str, Any]) -> None:
    found: Extraction = an_extraction()
    first, *rest = getattr(found, facet)
    changed: dict[str, Any] = {facet: (replace(first, **changes), *rest)}
    broken = replace(found, **changed)
    with pytest.raises((AssertionError, ReadingError)):
        assert_well_formed(broken)
