"""Measuring who is found to be one, on holders of invented offices and on a linked text."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from kg.training.measure_identity import Term, linked_names, measure, read_terms, told, told_by_family_name

HOLDERS = """position,person,personID,start,end
Foreign Minister,Ilena Varo,Q1,2031-02-26,
President,Ilena Varo,Q1,2033-02-26,
Foreign Minister,Tomas Brek,Q2,2033-02-26,
Mayor,Tomas Brek,Q3,2033-05-26,
Minister without a day,Robin Hale,Q4,2031,
"""
TEXT = """# newdoc id = {name}
# sent_id = {name}-1
1	Ilena	Ilena	PROPN	NNP	_	0	root	_	Entity=(1-person-new-nnnnn-cf1-2-coref-Ilena_Varo
2	Varo	Varo	PROPN	NNP	_	1	flat	_	Entity=1)|SpaceAfter=No
3	.	.	PUNCT	.	_	1	punct	_	_

"""


@pytest.fixture
def terms(tmp_path: Path) -> list[Term]:
    folder = tmp_path / "norland-ministers"
    folder.mkdir()
    (folder / "holders.csv").write_text(HOLDERS, encoding="utf-8")
    return read_terms(tmp_path)


def test_terms_are_those_whose_first_day_is_known(terms: list[Term]) -> None:
    assert len(terms) == 4
    assert terms[0] == Term("Q1", "Ilena Varo", "Foreign Minister", "norland-ministers", datetime.date(2031, 2, 26))


def test_joins_are_counted_by_basis_and_confidence(terms: list[Term]) -> None:
    assert measure(told(terms)) == {"by-name 0.96": (1, 2)}
    assert measure(told(terms, with_office=False)) == {"by-name 0.9": (1, 2)}


def test_family_names_are_told_with_the_noun_of_the_office(terms: list[Term]) -> None:
    assert measure(told(terms[:1]) | told_by_family_name(terms[:1])) == {"by-part-of-name 0.85": (1, 1)}


def test_linked_names_are_joined_by_name_alone(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    for name in ("one", "two"):
        (tmp_path / "train" / f"{name}.conllu").write_text(TEXT.format(name=name), encoding="utf-8")
    known = linked_names(tmp_path)
    assert set(known.answers.values()) == {"Ilena_Varo"}
    assert measure(known) == {"by-name 0.9": (1, 1)}
