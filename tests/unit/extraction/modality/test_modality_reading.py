"""How firmly a predicate is stated, on parses written by hand."""

from __future__ import annotations

import pytest

from kg.extraction.lexicon import load_frames
from kg.extraction.modality import is_necessary, modality_of
from tests.docs import a_doc

SUBJECT = "Varo Varo PROPN nsubj"


@pytest.mark.parametrize(
    ("rows", "predicate", "expected"),
    [
        ((f"{SUBJECT} 2", "met meet VERB ROOT 0", "Brek Brek PROPN obj 2"), 1, "asserted"),
        ((f"{SUBJECT} 4", "did do AUX aux 4", "not not PART advmod 4", "meet meet VERB ROOT 0"), 3, "negated"),
        ((f"{SUBJECT} 3", "will will AUX aux 3", "meet meet VERB ROOT 0"), 2, "planned"),
        ((f"{SUBJECT} 3", "may may AUX aux 3", "meet meet VERB ROOT 0"), 2, "possible"),
        ((f"{SUBJECT} 3", "should should AUX aux 3", "meet meet VERB ROOT 0"), 2, "desired"),
        ((f"{SUBJECT} 2", "hopes hope VERB ROOT 0", "to to PART mark 4", "meet meet VERB xcomp 2"), 3, "desired"),
        ((f"{SUBJECT} 2", "agreed agree VERB ROOT 0", "to to PART mark 4", "meet meet VERB xcomp 2"), 3, "planned"),
        ((f"{SUBJECT} 2", "refused refuse VERB ROOT 0", "to to PART mark 4", "meet meet VERB xcomp 2"), 3, "negated"),
        (
            (f"{SUBJECT} 2", "meets meet VERB ROOT 0", "if if SCONJ mark 5", "Brek Brek PROPN nsubj 5", "asks ask VERB advcl 2"),
            1,
            "conditional",
        ),
        (
            (f"{SUBJECT} 3", "will will AUX aux 3", "meet meet VERB ROOT 0", "and and CCONJ cc 5", "talk talk VERB conj 3"),
            4,
            "planned",
        ),
        (
            (
                f"{SUBJECT} 2",
                "leaves leave VERB ROOT 0",
                "if if SCONJ mark 5",
                "there there PRON expl 5",
                "is be VERB advcl 2",
                "agreement agreement NOUN nsubj 5",
            ),
            5,
            "conditional",
        ),
        (
            (
                f"{SUBJECT} 2",
                "urged urge VERB ROOT 0",
                "Brek Brek PROPN obj 2",
                "to to PART mark 5",
                "meet meet VERB xcomp 2",
                "to to PART mark 7",
                "agree agree VERB advcl 5",
            ),
            6,
            "desired",
        ),
        (
            (
                "Talks talk NOUN nsubj:pass 5",
                "are be AUX aux 5",
                "to to PART mark 5",
                "be be AUX aux:pass 5",
                "held hold VERB ROOT 0",
            ),
            4,
            "planned",
        ),
        (("no no DET det 2", "talks talk NOUN nsubj 3", "failed fail VERB ROOT 0"), 1, "negated"),
        (("future future ADJ amod 2", "talks talk NOUN nsubj 3", "matter matter VERB ROOT 0"), 1, "planned"),
    ],
)
def test_modality_of_reads_the_nearest_sign(rows: tuple[str, ...], predicate: int, expected: str) -> None:
    assert modality_of(a_doc(*rows)[predicate], load_frames().modality) == expected


def test_modality_of_a_noun_is_that_of_its_light_verb() -> None:
    doc = a_doc(f"{SUBJECT} 3", "will will AUX aux 3", "hold hold VERB ROOT 0", "talks talk NOUN obj 3")
    assert modality_of(doc[3], load_frames().modality, support=doc[2]) == "planned"


def test_is_necessary_sees_have_to_and_must() -> None:
    have = a_doc(f"{SUBJECT} 2", "has have VERB ROOT 0", "to to PART mark 4", "agree agree VERB xcomp 2")
    must = a_doc(f"{SUBJECT} 3", "must must AUX aux 3", "agree agree VERB ROOT 0")
    plain = a_doc(f"{SUBJECT} 2", "agreed agree VERB ROOT 0")
    assert [is_necessary(have[3]), is_necessary(must[2]), is_necessary(plain[1])] == [True, True, False]


def test_modality_of_composes_from_the_inside_out() -> None:
    """ ""Varo did not deny that Brek met": each operator works on what stands inside it."""
    doc = a_doc(
        f"{SUBJECT} 4",
        "did do AUX aux 4",
        "not not PART advmod 4",
        "deny deny VERB ROOT 0",
        "that that SCONJ mark 7",
        "Brek Brek PROPN nsubj 7",
        "met meet VERB ccomp 4",
    )
    assert [modality_of(doc[i], load_frames().modality) for i in (3, 6)] == ["negated", "possible"]


def test_modality_of_ends_in_a_thousand_clauses() -> None:
    """Of a chain of clauses only the nearest count: a denial at its far end no longer reaches the predicate."""
    rows = [f"{SUBJECT} 3", "not not PART advmod 3", "began begin VERB ROOT 0"]
    rows += [f"start start VERB xcomp {number + 3}" for number in range(1000)]
    doc = a_doc(*rows)
    assert [modality_of(doc[i], load_frames().modality) for i in (2, 3, 9, len(doc) - 1)] == [
        "negated",
        "negated",
        "negated",
        "asserted",
    ]


def test_modality_of_ends_in_a_thousand_conjuncts() -> None:
    """The first ones stand under the auxiliary that all share."""
    rows = [f"{SUBJECT} 3", "will will AUX aux 3", "meet meet VERB ROOT 0"]
    rows += [f"meet meet VERB conj {number + 3}" for number in range(1000)]
    doc = a_doc(*rows)
    assert {modality_of(token, load_frames().modality) for token in doc[3:9]} == {"planned"}
