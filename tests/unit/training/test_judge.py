"""Which records are right by an annotation, told by a scoring program's own comparisons."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadingError
from kg.training.judge import judge, load_program
from tests.builders import BREK, VARO, a_meeting, a_relation, a_statement, an_extraction, an_issue
from tests.shared import shared

GOLD = {
    "persons": [{"name": "Ilena Varo", "aliases": ["Varo"]}, {"name": "Tomas Brek", "aliases": ["Brek"]}],
    "statements": [{"speaker": "Ilena Varo", "direct": True, "quote": "We have agreed on the fisheries protocol"}],
    "meetings": [{"participants": ["Ilena Varo", "Tomas Brek"], "place": "Port Lys", "evidence": "met"}],
    "issues": [{"label": "status of the Saltmarsh", "status": "separate-track", "evidence": "a separate track"}],
    "relations": [{"subject": "Ilena Varo", "predicate": "metWith", "object": "Tomas Brek", "modality": "asserted"}],
}


def rights(**changes: object) -> dict[str, list[bool]]:
    fields = {"statements": (), "meetings": (), "issues": (), "relations": ()} | changes
    found: dict[str, list[bool]] = {}
    for one in judge(an_extraction(**fields), GOLD, load_program(shared("eval", "score.py"))):
        found.setdefault(one.kind, []).append(one.right)
    return found


def test_judge_tells_right_records_from_wrong_ones() -> None:
    assert rights(
        statements=(a_statement(), a_statement("the parties must sign by 5 March 2031", direct=False)),
        meetings=(a_meeting(), a_meeting(participants=(), place=None)),
        issues=(an_issue(), an_issue(label="the price of salt")),
        relations=(a_relation(), a_relation(predicate="opposes")),
    ) == {
        "direct-statement": [True],
        "meeting": [True, False],
        "issue": [True, False],
        "relation": [True, False],
    }


def test_judge_wants_speaker_status_and_modality_right_too() -> None:
    assert rights(
        statements=(a_statement(speaker=BREK),),
        issues=(an_issue(status="agreed"),),
        relations=(a_relation(modality="negated"),),
    ) == {"direct-statement": [False], "issue": [False], "relation": [False]}


def test_judge_counts_what_is_found_twice_once() -> None:
    again = a_relation(subject=BREK, object=VARO)
    assert rights(relations=(a_relation(), a_relation(confidence=0.3), again))["relation"].count(True) == 1


def test_judge_leaves_the_program_as_it_was() -> None:
    program = load_program(shared("eval", "score.py"))
    before = program.greedy
    list(judge(an_extraction(), GOLD, program))
    assert program.greedy is before


def test_load_program_says_what_to_name_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"score\.py: no scoring program.*--gold"):
        load_program(tmp_path / "score.py")
