"""Names as they are written."""

from __future__ import annotations

import pytest

from kg.language.names import initials, plain_name, same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ilena Varo", "Varo", True),
        ("Varo", "Ilena Varo", True),
        ("Ilena Varo", "I. Varo", True),
        ("Ilena Varo", "Tomas Varo", False),
        ("Ilena Varo", "Ilena Brek", False),
        ("ILENA VARO", "Varo", True),
        ("Farouk al-Shara", "al-Shara", True),
        ("Abela Tesh", "Abela", True),
        ("Neil van Varo", "van Varo", True),
        ("Neil van Varo", "van Brek", False),
        ("", "Varo", False),
    ],
)
def test_same_person_compares_family_and_given_names(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_plain_name_takes_off_possessive_and_line_breaks() -> None:
    assert plain_name("Port\nLys’s") == "Port Lys"


def test_initials_leave_small_words_out() -> None:
    assert initials("Organization for the Security of the Sea") == "oss"
