"""Who agrees where the words name nobody, with the shipped pipeline."""

from __future__ import annotations

import pytest

from tests.readers import extract, relations

COMMUNIQUE = "JOINT COMMUNIQUE\n\nThe President of Chile paid a visit to Gabon. He spoke about Peru with his host. "


@pytest.mark.parametrize(
    ("sentence", "object_", "modality"),
    [
        ("It was agreed that a trade agreement should be concluded.", "trade agreement", "asserted"),
        ("Agreement was also reached on the exchange of students.", "exchange of students", "asserted"),
        ("No agreement was reached on landing rights.", "landing rights", "negated"),
    ],
)
def test_passive_agreement_is_that_of_the_states_whose_text_it_is(sentence: str, object_: str, modality: str) -> None:
    assert relations(COMMUNIQUE + sentence, "agreedTo") == {
        ("Chile", "agreedTo", object_, modality),
        ("Gabon", "agreedTo", object_, modality),
    }


@pytest.mark.parametrize(
    "text",
    [
        "The President of Chile paid a visit to Gabon. It was agreed that a trade agreement should be concluded.",
        f"{COMMUNIQUE}The agreement was kept.",
        "STATEMENT ON PERU AND CHILE\n\nThe Council met on Monday. It was agreed that a truce should be concluded.",
    ],
    ids=["no joint text", "an agreement known before", "states as the matter"],
)
def test_passive_agreement_is_nobodys_elsewhere(text: str) -> None:
    assert relations(text, "agreedTo") == set()


def test_agent_agrees_and_not_those_whose_text_it_is() -> None:
    text = f"{COMMUNIQUE}It was agreed by Peru that a canal should be built."
    assert {subject for subject, *_ in relations(text, "agreedTo")} <= {"Peru"}


def test_invitation_tells_a_communique_without_a_heading() -> None:
    text = "At the invitation of Gabon, the President of Chile visited Gabon. It was agreed that a trade agreement should be concluded."
    assert relations(text, "agreedTo") == {(state, "agreedTo", "trade agreement", "asserted") for state in ("Chile", "Gabon")}


def test_issue_has_those_whose_text_it_is_for_parties() -> None:
    found = extract(f"{COMMUNIQUE}Agreement was reached on the exchange of students.")
    assert [(i.label, i.status, i.parties) for i in found.issues] == [
        ("exchange of students", "agreed", ("id:country/chile", "id:country/gabon"))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Council called on Chile and Peru to open the border.", "opening of the border"),
        ("The Council urged Chile to release the students.", "release of the students"),
    ],
)
def test_one_calls_for_what_is_to_be_done_and_not_for_whom_one_asks(text: str, expected: str) -> None:
    assert {object_ for _, _, object_, _ in relations(text, "calledFor")} == {expected}


def test_invitation_to_somebody_calls_for_nobody() -> None:
    assert relations("President Ilena Varo invited President Karl Moss to Oslo.", "calledFor") == set()
