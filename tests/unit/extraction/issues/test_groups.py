"""Which candidates speak of one matter, and how surely it is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.issues.matters import Matter
from kg.extraction.issues.reading import content, grouped
from kg.extraction.issues.scene import Candidate
from kg.extraction.issues.words import load_issue_words
from kg.records import IssueStatus


def a_candidate(
    label: str, *, head: int, weight: float = 0.7, worth: float = 1.0, status: IssueStatus | None = "open", forum: bool = False
) -> Candidate:
    matter = Matter(head=head, label=label, worth=worth, words=(head,), forum=forum)
    return Candidate(matter=matter, status=status, weight=weight, parties=(), start=head, end=head + 1)


def labels(*candidates: Candidate) -> list[list[str]]:
    return [[c.matter.label for c in group.candidates] for group in grouped(candidates, load_issue_words())]


def test_grouped_puts_a_short_label_to_the_long_one_that_holds_it() -> None:
    found = labels(a_candidate("withdrawal", head=9), a_candidate("withdrawal of foreign troops", head=3))
    assert found == [["withdrawal of foreign troops", "withdrawal"]]


def test_grouped_keeps_matters_of_different_owners_apart() -> None:
    found = labels(a_candidate("Norway's fishing quota", head=1), a_candidate("Sweden's fishing quota", head=5))
    assert found == [["Norway's fishing quota"], ["Sweden's fishing quota"]]


def test_grouped_keeps_apart_what_a_telling_word_tells_apart() -> None:
    assert labels(a_candidate("interim agreement", head=1), a_candidate("agreement", head=5)) == [
        ["interim agreement"],
        ["agreement"],
    ]


def test_grouped_keeps_talks_apart_from_what_they_are_about() -> None:
    found = labels(a_candidate("talks on fishing quotas", head=1, forum=True), a_candidate("fishing quotas", head=3))
    assert found == [["talks on fishing quotas"], ["fishing quotas"]]


def test_grouped_puts_two_labels_of_one_word_in_its_place_together() -> None:
    assert labels(a_candidate("lifting of embargo", head=4), a_candidate("trade ban", head=4)) == [
        ["lifting of embargo", "trade ban"]
    ]


def test_confidence_grows_with_places_and_not_with_predicates_of_one_place() -> None:
    [once] = grouped([a_candidate("truce", head=1, weight=0.5)], load_issue_words())
    [same] = grouped([a_candidate("truce", head=1, weight=0.5), a_candidate("truce", head=1, weight=0.5)], load_issue_words())
    [twice] = grouped([a_candidate("truce", head=1, weight=0.5), a_candidate("truce", head=7, weight=0.5)], load_issue_words())
    assert [once.confidence(), same.confidence(), twice.confidence()] == [0.5, 0.5, 0.75]


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("release of prisoners", {"release", "prisoner"}),
        ("the Union's tariffs", {"union", "tariff"}),
        ("access to the ports", {"access", "port"}),
        ("", set()),
    ],
)
def test_content_gives_the_words_that_say_something(label: str, words: set[str]) -> None:
    assert content(label) == words


@given(st.lists(st.tuples(st.text(max_size=20), st.integers(0, 50), st.floats(0, 1), st.floats(0, 1)), max_size=12))
def test_grouped_loses_no_candidate_that_a_predicate_raises(raised: list[tuple[str, int, float, float]]) -> None:
    candidates = [a_candidate(text, head=head, weight=weight, worth=worth) for text, head, weight, worth in raised]
    groups = grouped(candidates, load_issue_words())
    assert sorted(c.matter.label for group in groups for c in group.candidates) == sorted(c.matter.label for c in candidates)
    assert all(0 <= group.confidence() <= 1 for group in groups)
