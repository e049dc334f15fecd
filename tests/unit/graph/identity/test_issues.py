"""Issues of different documents are found to be one by their matter and by those who negotiate it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.graph.identity.joins import Rivals
from kg.graph.identity.referents import referents_of
from kg.records import Entity, Extraction, Issue
from tests.identities import a_matter, a_report, a_state, are_one, joins, somebody

NORLAND, OSTRAVIA = a_state("Norland", "Norlandic"), a_state("Ostravia", "Ostravian")
KELMARIA, SUDLAND = a_state("Kelmaria", "Kelmarian"), a_state("Sudland", "Sudlandic")
VARO, BREK = somebody("Ilena Varo"), somebody("Tomas Brek")


def told(
    name: str, label: str, *parties: Entity, about: tuple[Entity, ...] = (VARO, BREK, NORLAND), **changes: Any
) -> Extraction:
    return a_report(name, *dict.fromkeys((*about, *parties)), issues=(a_matter(label, *parties),), **changes)


def are_one_issue(one: Extraction, other: Extraction) -> bool:
    return are_one([one, other], *(_issue(extraction) for extraction in (one, other)))


def _issue(extraction: Extraction) -> str:
    return next(referent.local for referent in referents_of(extraction) if isinstance(referent.record, Issue))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fisheries quota", "fisheries quotas"),
        ("exchange of prisoners", "prisoner exchange"),
        ("exchange of prisoners", "swap of prisoners"),
        ("fisheries quota", "the question of the fisheries quota"),
        ("security guarantees", "territory and security guarantees"),
        ("security guarantees", "security guarantees for Norland"),
        ("Norland's fisheries quota", "Norlandic fisheries quota"),
        ("withdrawal of heavy weapons", "pullback of heavy weapons"),
        ("cease-fire", "ceasefire"),
        ("the ceasefire", "ceasefire"),
        ("fisheries plan", "draft of the fisheries plan"),
        ("withdrawal from the Saltmarsh", "withdrawal of forces from the Saltmarsh"),
    ],
)
def test_one_matter_in_other_words_is_one(one: str, other: str) -> None:
    assert are_one_issue(told("d1", one), told("d2", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("agreement", "agreement"),
        ("remaining points", "remaining points"),
        ("final agreement", "final agreement"),
        ("fisheries quota", "fisheries dispute"),
        ("nuclear weapons", "nuclear weapons test ban inspections"),
        ("security guarantees", "security council"),
        ("sanctions", "easing of sanctions"),
        ("sanctions relief", "sanctions extension"),
        ("release of prisoners", "treatment of prisoners"),
        ("return of 100 prisoners of war", "return of 50 prisoners of war"),
        ("eastern border crossing", "western border crossing"),
        ("economic issues", "economic problems"),
    ],
)
def test_another_matter_in_similar_words_is_another(one: str, other: str) -> None:
    assert not are_one_issue(told("d1", one), told("d2", other))


def test_labels_that_name_different_states_are_rivals() -> None:
    documents = [
        told("d1", "ceasefire in Norland", NORLAND),
        told("d2", "ceasefire in Ostravia", OSTRAVIA),
    ]
    one, other = (_issue(document) for document in documents)
    assert Rivals(first=("d1", one), second=("d2", other)) in joins(documents)


def test_a_matter_between_others_is_another() -> None:
    assert not are_one_issue(told("d1", "fisheries quota"), told("d2", "fisheries quota", about=(KELMARIA, SUDLAND)))
    assert not are_one_issue(told("d1", "fisheries quota"), told("d2", "fisheries quota", about=(NORLAND, SUDLAND)))
    assert are_one_issue(told("d1", "fisheries quota", NORLAND), told("d2", "fisheries quota", NORLAND, about=(SUDLAND,)))


def test_a_single_word_needs_more_in_common() -> None:
    mediators = (somebody("Robin Hale"), NORLAND)
    here = told("d1", "ceasefire", about=(*mediators, OSTRAVIA, KELMARIA))
    there = told("d2", "ceasefire", about=(*mediators, SUDLAND, a_state("Valdoria")))
    assert not are_one_issue(here, there)
    assert are_one_issue(here, told("d2", "ceasefire", about=(*mediators, OSTRAVIA)))


def test_a_matter_that_fits_two_states_is_neither() -> None:
    mediators = (VARO, BREK)
    ours = told("d1", "security guarantees for Norland", about=(*mediators, NORLAND))
    theirs = told("d2", "security guarantees for Ostravia", about=(*mediators, OSTRAVIA))
    bare = told("d3", "security guarantees", about=mediators)
    assert are_one_issue(ours, bare)
    assert not [one for one in joins([ours, theirs, bare]) if one.second == ("d3", _issue(bare)) and not isinstance(one, Rivals)]


def test_a_matter_of_other_years_is_another() -> None:
    assert are_one_issue(told("d1", "fisheries quota"), told("d2", "fisheries quota", date="2033-02-26"))
    assert not are_one_issue(told("d1", "fisheries quota"), told("d2", "fisheries quota", date="2035-02-26"))


def test_two_issues_of_one_document_stay_two() -> None:
    both = a_report("d1", VARO, BREK, issues=(a_matter("fisheries quota"), a_matter("annual fisheries quota")))
    other = told("d2", "fisheries quota")
    assert are_one([both, other], "issue/fisheries-quota", "issue/fisheries-quota")
    assert not are_one([both, other], "issue/annual-fisheries-quota", "issue/fisheries-quota")
