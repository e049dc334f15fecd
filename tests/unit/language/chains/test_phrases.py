"""Which phrases may speak of something, and how far they run."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.language.chains.columns import columns_of
from kg.language.chains.phrases import find_phrases
from tests.docs import a_doc


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(doc[phrase.start : phrase.end].text, phrase.kind) for phrase in find_phrases(columns_of(doc))]


def test_find_phrases_runs_over_complements_and_relative_clauses() -> None:
    doc = a_doc(
        "The the DET det 2",
        "envoy envoy NOUN nsubj 9",
        "of of ADP case 4",
        "Norland Norland PROPN nmod 2",
        "who who PRON nsubj 6",
        "resigned resign VERB acl:relcl 2",
        "has have AUX aux 9",
        "now now ADV advmod 9",
        "left leave VERB ROOT 0",
        ". . PUNCT punct 9",
        entities=((3, 4, "PLACE"),),
    )
    doc[4].tag_ = "WP"
    assert found(doc) == [("The envoy of Norland who resigned", "nominal"), ("Norland", "name")]


def test_find_phrases_gives_a_possessor_with_its_ending() -> None:
    doc = a_doc("Lund_ Lund PROPN nmod:poss 3", "'s 's PART case 1", "plan plan NOUN ROOT 0", entities=((0, 1, "PERSON"),))
    doc[1].tag_ = "POS"
    assert found(doc) == [("Lund's plan", "nominal"), ("Lund's", "name")]


def test_find_phrases_gives_a_coordination_beside_its_members() -> None:
    doc = a_doc(
        "Lund Lund PROPN nsubj 4",
        "and and CCONJ cc 3",
        "Berg Berg PROPN conj 1",
        "met meet VERB ROOT 0",
        entities=((0, 1, "PERSON"), (2, 3, "PERSON")),
    )
    assert found(doc) == [("Lund and Berg", "list"), ("Lund", "name"), ("Berg", "name")]


def test_find_phrases_takes_no_predicate_s_subject_into_a_noun_phrase() -> None:
    doc = a_doc("This this PRON nsubj 4", "is be AUX cop 4", "the the DET det 4", "plan plan NOUN ROOT 0", ". . PUNCT punct 4")
    assert found(doc) == [("This", "pronoun"), ("the plan", "nominal")]


def test_find_phrases_takes_a_name_before_a_noun_but_no_common_noun_there() -> None:
    doc = a_doc(
        "the the DET det 4",
        "Norland Norland PROPN compound 4",
        "peace peace NOUN compound 4",
        "talks talk NOUN ROOT 0",
        entities=((1, 2, "PLACE"),),
    )
    assert found(doc) == [("the Norland peace talks", "nominal"), ("Norland", "name")]


def test_find_phrases_leaves_out_what_stands_for_nothing() -> None:
    doc = a_doc("It it PRON expl 2", "rained rain VERB ROOT 0", "there there PRON expl 2")
    assert found(doc) == []
