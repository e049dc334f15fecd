"""Lemmas as rules over forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.transformer.lemma_rules import Lemmatizer, apply_rule, endings_of, rule_of


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("talks", "talk", "k1+"),
        ("Talks", "talk", "l1+"),
        ("parties", "party", "k3+y"),
        ("RUSSIA", "Russia", "c0+"),
        ("was", "be", "=be"),
        ("Geneva", "Geneva", "k0+"),
    ],
)
def test_rule_of_names_the_shortest_way(form: str, lemma: str, rule: str) -> None:
    assert rule_of(form, lemma) == rule


@given(st.text(min_size=1), st.text(min_size=1))
def test_apply_rule_undoes_rule_of(form: str, lemma: str) -> None:
    assert apply_rule(rule_of(form, lemma), form) == lemma


def test_apply_rule_leaves_a_form_that_is_too_short() -> None:
    assert apply_rule("l3+y", "Go") == "go"


RULES = ("k0+", "k2+", "k3+y", "=be")


def a_lemmatizer(*seen: str) -> Lemmatizer:
    pairs = [("carried", "carry"), ("hurried", "hurry"), ("tried", "try"), ("denied", "deny"), *[("talked", "talk")] * 4]
    return Lemmatizer(RULES, endings_of(pairs, RULES), frozenset(seen), frozenset({"reply"}))


def test_endings_of_tells_the_rules_of_endings_that_are_often_enough() -> None:
    pairs = [("carried", "carry"), ("hurried", "hurry"), ("tried", "try"), ("denied", "deny"), ("talked", "talk")]
    assert endings_of(pairs, RULES) == {"d": [1, 2], "ed": [1, 2], "ied": [2]}


def test_lemmatizer_takes_the_rules_of_the_ending_alone() -> None:
    assert a_lemmatizer().lemmas(["replied"], np.array([[0, 9, 1, 0]], np.float32)) == ["reply"]


def test_lemmatizer_prefers_a_word_that_is_known() -> None:
    scores = np.array([[5, 4, 0, 0]], np.float32)
    lemmatizer = a_lemmatizer("vow")
    assert lemmatizer.lemmas(["vowed"], scores) == ["vow"]
    assert lemmatizer.lemmas(["jawed"], scores) == ["jaw"]


def test_lemmatizer_keeps_what_has_no_known_ending() -> None:
    assert a_lemmatizer().lemmas(["Lys"], np.array([[5, 0, 0, 0]], np.float32)) == ["Lys"]
