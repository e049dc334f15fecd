"""Scales that are fitted to judged records, and how far what they state is from what is right."""

from __future__ import annotations

import pytest

from kg.extraction.confidence import Scale, parse_calibration
from kg.training.calibrate import Bin, calibration_error, fit, fit_scale, left_out, reliability, reliability_text, to_toml
from kg.training.judge import Judged


def records(share: float, *, score: float, group: str = "a", count: int = 100, fold: str = "one") -> list[Judged]:
    """Return judged meetings of one score, of which a share is right."""
    right = round(share * count)
    return [Judged(kind="meeting", group=group, confidence=score, right=i < right, fold=fold) for i in range(count)]


def test_fit_scale_finds_the_shares_of_many_records() -> None:
    scale = fit_scale([*records(0.9, score=0.8, count=2000), *records(0.4, score=0.5, count=2000)])
    assert scale.probability(0.8, "a") == pytest.approx(0.9, abs=0.02)
    assert scale.probability(0.5, "a") == pytest.approx(0.4, abs=0.02)


def test_fit_scale_moves_a_group_the_further_the_more_records_it_has() -> None:
    few = fit_scale([*records(0.8, score=0.7), *records(0.0, score=0.7, group="b", count=3)])
    many = fit_scale([*records(0.8, score=0.7), *records(0.0, score=0.7, group="b", count=60)])
    assert 0.8 > few.probability(0.7, "b") > many.probability(0.7, "b")


def test_fit_scale_of_records_that_are_all_right_stays_below_certainty() -> None:
    assert 0.8 < fit_scale(records(1.0, score=0.7, count=20)).probability(0.7, "a") < 0.99


def test_fit_scale_counts_more_evidence_never_for_less() -> None:
    assert fit_scale([*records(0.1, score=0.9), *records(0.9, score=0.2)]).slope == 0


def test_fit_has_a_scale_for_each_kind_that_is_judged() -> None:
    assert list(fit(records(0.5, score=0.5)).scales) == ["meeting"]


def test_left_out_states_confidences_that_the_text_itself_did_not_move() -> None:
    own, others = records(0.0, score=0.7, count=40), records(1.0, score=0.7, count=40, fold="two")
    stated = {record.fold: confidence for confidence, record in left_out([*own, *others])}
    assert stated["one"] > 0.9
    assert stated["two"] < 0.2


def test_left_out_keeps_the_raw_score_of_a_kind_that_one_text_alone_has() -> None:
    assert {confidence for confidence, _ in left_out(records(0.5, score=0.66, count=3))} == {0.66}


def test_reliability_counts_each_bin() -> None:
    (right, wrong) = records(0.5, score=0.5, count=2)
    assert reliability([(1.0, right), (0.9, wrong), (0.65, right)]) == [
        Bin(low=0.6, high=0.7, records=1, right=1, stated=0.65),
        Bin(low=0.9, high=1.0, records=2, right=1, stated=0.95),
    ]


def test_calibration_error_is_the_mean_gap_over_the_records() -> None:
    bins = [Bin(low=0.9, high=1.0, records=3, right=3, stated=0.9), Bin(low=0.4, high=0.6, records=1, right=0, stated=0.5)]
    assert calibration_error(bins) == pytest.approx((3 * 0.1 + 1 * 0.5) / 4)
    assert calibration_error([]) == 0


def test_reliability_text_has_all_records_and_each_kind() -> None:
    lines = reliability_text([(0.95, record) for record in records(0.5, score=0.5, count=2)]).splitlines()
    assert [line.split() for line in lines] == [
        ["stated", "records", "right", "share", "mean", "stated"],
        ["all", "0.9", "to", "1.0", "2", "1", "0.50", "0.95"],
        ["all", "expected", "calibration", "error", "0.450"],
        ["meeting", "0.9", "to", "1.0", "2", "1", "0.50", "0.95"],
        ["meeting", "expected", "calibration", "error", "0.450"],
    ]


def test_to_toml_is_read_back_as_it_was() -> None:
    judged = [*records(0.8, score=0.7), *records(0.2, score=0.6, group="according to")]
    fitted = fit(judged)
    assert parse_calibration(to_toml(fitted, judged), name="table") == fitted
    assert isinstance(fitted.scales["meeting"], Scale)
