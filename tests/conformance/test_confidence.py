"""What the stated confidences are worth on texts that they were not fitted to, and that the shipped table is what the readers need."""

from __future__ import annotations

from functools import cache

from kg.extraction.confidence import load_calibration
from kg.training.calibrate import by_kind, calibration_error, fit, left_out, reliability
from kg.training.judge import Judged, judged_records
from tests.readers import extractor
from tests.shared import shared

MOST = {
    "all": 0.08,
    "direct-statement": 0.08,
    "indirect-statement": 0.08,
    "meeting": 0.1,
    "event": 0.08,
    "issue": 0.2,
    "relation": 0.2,
}
"""The greatest expected calibration errors, by kind; the fewer records, the more is chance."""


@cache
def judged() -> tuple[Judged, ...]:
    return judged_records(extractor(), gold=shared("eval"), corpora=shared("data"))


def test_stated_confidences_hold_on_texts_left_out() -> None:
    errors = {kind: calibration_error(reliability(own)) for kind, own in by_kind(left_out(judged())).items()}
    assert errors.keys() == MOST.keys()
    assert {kind: error for kind, error in errors.items() if error > MOST[kind]} == {}


def test_nine_in_ten_are_right_of_what_is_stated_as_nine_in_ten() -> None:
    sure = [record.right for confidence, record in left_out(judged()) if confidence >= 0.9]
    assert sum(sure) / len(sure) >= 0.9
    assert len(sure) >= 100


def test_the_surer_are_more_often_right_than_the_less_sure() -> None:
    relations = [(confidence, record.right) for confidence, record in left_out(judged()) if record.kind == "relation"]
    shares = [[right for confidence, right in relations if (confidence >= 0.6) == sure] for sure in (True, False)]
    assert sum(shares[0]) / len(shares[0]) > sum(shares[1]) / len(shares[1])


def test_shipped_scales_are_near_those_that_the_readers_of_today_would_give() -> None:
    shipped, fitted = load_calibration(), fit(judged())
    assert shipped.scales.keys() == fitted.scales.keys()
    apart = [
        abs(shipped.scales[one.kind].probability(one.confidence, one.group) - scale.probability(one.confidence, one.group))
        for one in judged()
        for scale in (fitted.scales[one.kind],)
    ]
    assert sum(apart) / len(apart) < 0.05
