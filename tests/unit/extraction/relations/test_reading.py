"""Who stands how to what, in invented sentences read by the shipped pipeline."""

from __future__ import annotations

import pytest

from tests.readers import extract, relations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Ilena Varo called on Denmark to withdraw its troops.", ("Ilena Varo", "calledFor", "withdrawal of troops", "asserted")),
        ("President Ilena Varo stressed the need for a second vote.", ("Ilena Varo", "calledFor", "second vote", "asserted")),
        ('"The blockade is unacceptable," President Ilena Varo said.', ("Ilena Varo", "opposes", "blockade", "asserted")),
        ('"The blockade must be lifted," President Ilena Varo said.', ("Ilena Varo", "calledFor", "lifting of the blockade", "asserted")),
        ("President Ilena Varo said the goal was a lasting peace.", ("Ilena Varo", "supports", "lasting peace", "desired")),
        ("President Ilena Varo expressed her support for the plan.", ("Ilena Varo", "supports", "plan", "asserted")),
        ("President Ilena Varo warned against a rushed vote.", ("Ilena Varo", "opposes", "rushed vote", "asserted")),
        ("Denmark will accept the truce only if Norway opens the strait.", ("Denmark", "calledFor", "opening of the strait", "asserted")),
        ("President Ilena Varo declined to give details on the deal.", ("Ilena Varo", "announced", "deal", "negated")),
    ],
)  # fmt: skip
def test_relations_hold_positions(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in relations(text)


def test_relations_give_each_example_of_a_vague_noun() -> None:
    found = relations("Denmark rejects actions such as the blockade of the port and the closure of schools.", "opposes")
    assert found == {
        ("Denmark", "opposes", "blockade of the port", "asserted"),
        ("Denmark", "opposes", "closure of schools", "asserted"),
    }


def test_relations_do_not_hold_that_somebody_agreed_who_is_only_asked_to() -> None:
    found = relations("President Ilena Varo urged Denmark to agree to a truce.")
    assert ("Ilena Varo", "calledFor", "agreement to truce", "asserted") in found
    assert not [relation for relation in found if relation[1] == "agreedTo"]


def test_relations_hold_both_members_of_a_pair_to_a_call() -> None:
    found = relations("Denmark and Norway held talks in Vienna on the fishing quota.")
    assert ("Denmark", "negotiatesWith", "Norway", "asserted") in found
    assert ("talks", "heldAt", "Vienna", "asserted") in found
    assert ("talks", "about", "fishing quota", "asserted") in found


def test_relations_know_the_innermost_speaker() -> None:
    found = extract('President Ilena Varo said that her envoy Tomas Brek had told reporters: "Denmark supports the plan."')
    speakers = {r.speaker for r in found.relations if r.predicate == "supports"}
    names = {entity.id: entity.name for entity in found.entities}
    assert {names[speaker] for speaker in speakers if speaker} == {"Tomas Brek"}


def test_relations_take_no_demand_from_a_question_or_an_aside() -> None:
    assert (
        relations('"Should Denmark leave the union?" a reporter asked. "I must say no," said Ilena Varo.', "calledFor") == set()
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deal still needs the consent of parliament.", ("deal", "parliament")),
        ("The plan is subject to approval by the cabinet.", ("plan", "cabinet")),
        ("The accord must be ratified by Denmark.", ("accord", "Denmark")),
        ("The ministers read the draft treaty. It must be signed by Denmark.", ("draft treaty", "Denmark")),
    ],
)
def test_relations_hold_whose_approval_is_needed(text: str, expected: tuple[str, str]) -> None:
    found = relations(text, "requiresApprovalOf")
    assert (expected[0], "requiresApprovalOf", expected[1], "asserted") in found


def test_relations_hold_what_talks_are_related_to() -> None:
    assert ("negotiations", "about", "border conflict", "asserted") in relations(
        "There were negotiations related to the border conflict."
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Denmark said it will not lift the blockade.", ("Denmark", "agreedTo", "lifting of the blockade", "negated")),
        ('"We will open the port," President Ilena Varo said.', ("Ilena Varo", "agreedTo", "opening of the port", "planned")),
        ("Denmark refused to open the port.", ("Denmark", "agreedTo", "opening of the port", "negated")),
        ("Denmark signed the accord.", ("Denmark", "agreedTo", "accord", "asserted")),
        ("The talks between Denmark and Norway dealt with the fishing quota.", ("talks", "about", "fishing quota", "asserted")),
    ],
)
def test_relations_hold_commitments_and_matters(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in relations(text)


def test_relations_run_to_a_text_on_the_table_itself() -> None:
    found = extract("Denmark proposed a draft treaty. The draft treaty must be ratified by Norway.")
    (needed,) = [relation for relation in found.relations if relation.predicate == "requiresApprovalOf"]
    assert {entity.id: entity.type for entity in found.entities}[needed.subject] == "Document"


def test_relations_hold_those_whom_an_apposition_names() -> None:
    found = relations("Ilena Varo met her colleagues, Tomas Brek and Anna Lund.", "metWith")
    assert {("Ilena Varo", "metWith", "Tomas Brek", "asserted"), ("Ilena Varo", "metWith", "Anna Lund", "asserted")} <= found
    assert not any("colleagues" in end for relation in found for end in relation)
