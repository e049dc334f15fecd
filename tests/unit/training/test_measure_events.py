"""Figures and table of events, from reports and counts made by hand."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from kg.training.measure_events import EventScore, confusion_text, confusions, event_score


def test_event_score_reads_the_shares() -> None:
    report = "records 4   any event 1.000   type right 0.750   actors right, of those 0.667\n    AID read as AGREE 1\n"
    assert event_score(report) == EventScore(4, 1.0, 0.75, 0.667)


def test_event_score_says_what_it_wants() -> None:
    with pytest.raises(ValueError, match="not a score of PLOVER records: 'nothing at all'"):
        event_score("nothing at all")


def test_confusions_counts_the_right_type_wherever_it_stands_and_else_the_first(tmp_path: Path) -> None:
    (tmp_path / "plover").mkdir()
    records = [{"id": name, "event": event} for name, event in (("a", "DEMAND"), ("b", "AID"), ("c", "FIGHT"))]
    (tmp_path / "plover" / "gold-records.json").write_text(json.dumps(records), encoding="utf-8")
    found = {"a": ["AGREE", "REQUEST"], "b": ["CONSULT", "AGREE"], "c": []}
    lines = [
        json.dumps({"document": {"id": name}, "events": [{"type": type_} for type_ in types]}) for name, types in found.items()
    ]
    assert confusions(lines, tmp_path) == Counter({("REQUEST", "REQUEST"): 1, ("AID", "CONSULT"): 1, ("ASSAULT", "nothing"): 1})


def test_confusion_text_lines_types_up() -> None:
    counts = {("AID", "AID"): 3, ("AID", "CONSULT"): 1, ("ASSAULT", "nothing"): 2}
    assert confusion_text(counts).splitlines() == [
        "             cons   aid  assa  noth right",
        "AID             1   [3]     .     .  0.75",
        "ASSAULT         .     .   [0]     2  0.00",
    ]
