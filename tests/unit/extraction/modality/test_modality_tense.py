"""When a predicate tells of, on parses written by hand."""

from __future__ import annotations

import pytest

from kg.extraction.modality import tense_of
from tests.docs import a_doc

SUBJECT = "Varo Varo PROPN nsubj"


@pytest.mark.parametrize(
    ("rows", "predicate", "expected"),
    [
        ((f"{SUBJECT} 2", "met meet VERB ROOT 0"), 1, "past"),
        ((f"{SUBJECT} 3", "has have AUX aux 3", "spoken speak VERB ROOT 0"), 2, "past"),
        ((f"{SUBJECT} 3", "will will AUX aux 3", "meet meet VERB ROOT 0"), 2, "future"),
        ((f"{SUBJECT} 3", "is be AUX aux 3", "meeting meet VERB ROOT 0"), 2, "present"),
        ((f"{SUBJECT} 3", "was be AUX aux 3", "meeting meet VERB ROOT 0"), 2, "past"),
        ((f"{SUBJECT} 3", "was be AUX cop 3", "ready ready ADJ ROOT 0"), 2, "past"),
        ((f"{SUBJECT} 2", "agreed agree VERB ROOT 0", "to to PART mark 4", "meet meet VERB xcomp 2"), 3, "future"),
        ((f"{SUBJECT} 2", "left leave VERB ROOT 0", "meeting meet VERB advcl 2"), 2, "past"),
        ((f"{SUBJECT} 3", "will will AUX aux 3", "hold hold VERB ROOT 0", "talks talk NOUN obj 3"), 3, "future"),
        (("Talks talk NOUN ROOT 0",), 0, "present"),
    ],
)
def test_tense_of_reads_verb_forms_and_what_a_predicate_hangs_on(rows: tuple[str, ...], predicate: int, expected: str) -> None:
    assert tense_of(a_doc(*rows)[predicate]) == expected


def test_tense_of_a_noun_is_that_of_its_light_verb() -> None:
    doc = a_doc(
        "talks talk NOUN ROOT 0", "that that PRON obj 5", f"{SUBJECT} 5", "will will AUX aux 5", "hold hold VERB acl:relcl 1"
    )
    assert tense_of(doc[0], support=doc[4]) == "future"
