"""Raw scores become probabilities by the scale of their kind, and never fall where the score rises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.extraction.confidence import RAW, Calibration, Scale, group_of, kind_of, load_calibration, parse_calibration
from tests.builders import a_meeting, a_relation, a_statement, an_event, an_extraction, an_issue

SCORES = st.floats(0, 1)
HALVED = Scale(slope=1, intercept=0, groups={"metWith": -2.0})
TABLE = """
[relation]
slope = 0.5
intercept = 1.0

[relation.groups]
metWith = -0.25
"""


def test_confidence_falls_back_to_the_raw_score_where_the_kind_has_no_scale() -> None:
    only_meetings = Calibration({"meeting": Scale(slope=1, intercept=3)})
    assert only_meetings.confidence(a_relation(confidence=0.6789)) == 0.68
    assert only_meetings.confidence(a_meeting(confidence=0.6789)) > 0.9


def test_confidence_of_an_unknown_group_is_that_of_its_kind() -> None:
    calibration = Calibration({"relation": HALVED})
    assert calibration.confidence(a_relation(predicate="opposes", confidence=0.7)) == 0.7
    assert calibration.confidence(a_relation(predicate="metWith", confidence=0.7)) == 0.24


@given(
    SCORES,
    SCORES,
    st.floats(0, 5),
    st.floats(-9, 9),
    st.sampled_from(["metWith", "opposes"]),
)
def test_probability_rises_with_the_score_and_stays_between_0_and_1(
    one: float, other: float, slope: float, intercept: float, group: str
) -> None:
    scale = Scale(slope=slope, intercept=intercept, groups={"metWith": 0.5})
    low, high = (scale.probability(score, group) for score in sorted((one, other)))
    assert 0 <= low <= high <= 1


@given(SCORES, SCORES)
def test_shipped_confidence_rises_with_the_score_within_a_kind_and_group(one: float, other: float) -> None:
    for make in (a_statement, a_meeting, an_issue, an_event, a_relation):
        low, high = (load_calibration().confidence(make(confidence=score)) for score in sorted((one, other)))
        assert 0 <= low <= high <= 1


def test_apply_changes_confidences_alone() -> None:
    found = an_extraction()
    calibrated = Calibration({"relation": HALVED}).apply(found)
    assert RAW.apply(found) == found
    assert [relation.confidence for relation in calibrated.relations] == [0.8, 0.8, 0.35, 0.8, 0.8, 0.8]
    assert calibrated.meetings == found.meetings


def test_kind_and_group_tell_quoted_from_reported_words() -> None:
    told = [a_statement(), a_statement(cue="turn"), a_statement(cue=None), a_statement(direct=False, cue="according to")]
    assert [(kind_of(one), group_of(one)) for one in told] == [
        ("direct-statement", "cue"),
        ("direct-statement", "turn"),
        ("direct-statement", "no cue"),
        ("indirect-statement", "according to"),
    ]


def test_kind_and_group_of_the_other_records() -> None:
    records = (a_meeting(), an_issue(), an_event(), a_relation())
    assert [(kind_of(one), group_of(one)) for one in records] == [
        ("meeting", "talks"),
        ("issue", "separate-track"),
        ("event", "CONSULT"),
        ("relation", "metWith"),
    ]


def test_parse_calibration_reads_a_table() -> None:
    expected = Calibration({"relation": Scale(slope=0.5, intercept=1.0, groups={"metWith": -0.25})})
    assert parse_calibration(TABLE, name="mine.toml") == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[visit]\nslope = 1.0\nintercept = 0.0", "visit"),
        ("[meeting]\nslope = -1.0\nintercept = 0.0", "below 0"),
        ("[meeting]\nslope = 1.0", "intercept"),
        ("[meeting]\nslope = inf\nintercept = 0.0", "finite"),
    ],
)
def test_parse_calibration_says_what_is_wrong_and_what_to_do(text: str, said: str) -> None:
    with pytest.raises(LexiconError, match=rf"mine\.toml: .*{said}.*calibrate"):
        parse_calibration(text, name="mine.toml")
