"""How modalities compose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.lexicon import Signature, load_frames
from kg.extraction.modality.values import ORDER, under, within
from kg.records import Modality

MODALITIES = st.sampled_from(ORDER)
REFUSE = Signature(id="refuse", affirmed="negated", negated="possible")
FAIL = Signature(id="fail", affirmed="negated", negated="asserted")
REGRET = Signature(id="regret", affirmed="asserted", negated="asserted", projects=frozenset({"possible", "conditional"}))


@given(MODALITIES)
def test_within_leaves_what_stands_alone_as_it_is(modality: Modality) -> None:
    assert within("asserted", modality) == within(modality, "asserted") == modality


@given(MODALITIES, MODALITIES)
def test_within_makes_nothing_a_fact_but_by_two_denials(outer: Modality, inner: Modality) -> None:
    assert (within(outer, inner) == "asserted") == (outer == inner == "asserted" or outer == inner == "negated")


@given(MODALITIES)
def test_within_keeps_conditions(modality: Modality) -> None:
    assert within("conditional", modality) == within(modality, "conditional") == "conditional"


@pytest.mark.parametrize(
    ("signature", "governor", "inner", "expected"),
    [
        (FAIL, "asserted", "asserted", "negated"),
        (FAIL, "negated", "asserted", "asserted"),
        (FAIL, "planned", "asserted", "negated"),
        (REFUSE, "negated", "asserted", "possible"),
        (REFUSE, "asserted", "negated", "asserted"),
        (REFUSE, "possible", "asserted", "possible"),
        (REFUSE, "conditional", "asserted", "conditional"),
        (REGRET, "negated", "asserted", "asserted"),
        (REGRET, "conditional", "asserted", "asserted"),
        (REGRET, "conditional", "planned", "planned"),
    ],
)
def test_under_shows_the_side_of_a_signature_that_its_word_turns(
    signature: Signature, governor: Modality, inner: Modality, expected: Modality
) -> None:
    assert under(signature, governor, inner) == expected


def test_shipped_signatures_give_what_fails_and_what_is_denied_two_sides() -> None:
    words = load_frames().modality
    found = [words.signature("verb", form) for form in ("manage", "fail to", "rule out", "regret")]
    assert [(s.affirmed, s.negated) for s in found if s is not None] == [
        ("asserted", "negated"),
        ("negated", "asserted"),
        ("negated", "possible"),
        ("asserted", "asserted"),
    ]
