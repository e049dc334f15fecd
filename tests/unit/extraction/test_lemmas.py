"""Lemmas that a lexicon knows, from tokens whose tagger was right or wrong."""

from __future__ import annotations

import pytest

from kg.extraction.lemmas import known_lemma, regular_stems
from tests.docs import a_doc

KNOWN = frozenset({"free", "ban", "shoot", "copy", "meet", "found", "find"})


@pytest.mark.parametrize(
    ("word", "lemma", "found"),
    [
        ("met", "meet", "meet"),
        ("freed", "fre", "free"),
        ("banned", "bann", "ban"),
        ("copies", "copi", "copy"),
        ("shot", "shot", "shoot"),
        ("sang", "sang", "sang"),
    ],
)
def test_known_lemma_mends_what_the_tagger_missed(word: str, lemma: str, found: str) -> None:
    token = a_doc(f"{word} {lemma} VERB ROOT 0")[0]
    assert known_lemma(token, KNOWN) == found


def test_known_lemma_leaves_nouns_their_form() -> None:
    assert known_lemma(a_doc("shot shot NOUN ROOT 0")[0], KNOWN) == "shot"


def test_regular_stems_undoes_every_regular_ending() -> None:
    assert list(regular_stems("banned")) == ["bann", "banne", "ban"]
    assert list(regular_stems("copies")) == ["copi", "copie", "copy", "copie", "copiee"]
    assert list(regular_stems("red")) == []
