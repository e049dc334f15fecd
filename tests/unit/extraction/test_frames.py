"""Predicates and their arguments, on parses written by hand."""

from __future__ import annotations

from kg.extraction.frames import Frame, read_frames
from kg.extraction.lexicon import load_frames
from tests.docs import a_doc


def frames(*rows: str) -> dict[str, Frame]:
    return {frame.type.id: frame for frame in read_frames(a_doc(*rows), load_frames())}


def test_read_frames_shares_coordinated_subjects() -> None:
    found = frames(
        "Varo Varo PROPN nsubj 4", "and and CCONJ cc 3", "Brek Brek PROPN conj 1", "met meet VERB ROOT 0", "Lund Lund PROPN obj 4"
    )
    assert found["meet"].slots["subject"] == (0, 2)
    assert found["meet"].slots["object"] == (4,)


def test_read_frames_turns_a_passive_round() -> None:
    found = frames(
        "The the DET det 2",
        "plan plan NOUN nsubj:pass 4",
        "was be AUX aux:pass 4",
        "rejected reject VERB ROOT 0",
        "by by ADP case 6",
        "Brek Brek PROPN obl:agent 4",
    )
    assert found["reject"].slots["subject"] == (5,)
    assert found["reject"].slots["object"] == (1,)


def test_read_frames_gives_a_noun_the_subject_of_its_light_verb() -> None:
    found = frames(
        "Varo Varo PROPN nsubj 2",
        "held hold VERB ROOT 0",
        "talks talk NOUN obj 2",
        "with with ADP case 5",
        "Brek Brek PROPN nmod 3",
        "on on ADP case 7",
        "fish fish NOUN nmod 3",
    )
    assert {name: heads for name, heads in found["negotiate"].slots.items() if name in {"subject", "with", "on"}} == {
        "subject": (0,),
        "with": (4,),
        "on": (6,),
    }
    assert found["negotiate"].fill(("about", "on")) == (6,)


def test_read_frames_takes_the_preposition_into_the_predicate() -> None:
    found = frames("Varo Varo PROPN nsubj 2", "called call VERB ROOT 0", "for for ADP case 4", "talks talk NOUN obl 2")
    assert found["call-for"].fill(found["call-for"].type.to) == (3,)


def test_read_frames_finds_the_subject_that_an_infinitive_shares() -> None:
    found = frames(
        "Varo Varo PROPN nsubj 2",
        "agreed agree VERB ROOT 0",
        "to to PART mark 4",
        "meet meet VERB xcomp 2",
        "Brek Brek PROPN obj 4",
    )
    assert found["meet"].slots["subject"] == (0,)
    assert found["meet"].modality == "planned"


def test_read_frames_reads_necessity_where_a_frame_wants_it() -> None:
    bare = frames("Varo Varo PROPN nsubj 2", "agreed agree VERB ROOT 0")
    bound = frames("Varo Varo PROPN nsubj 2", "has have VERB ROOT 0", "to to PART mark 4", "agree agree VERB xcomp 2")
    assert ("need-approval" in bare, "need-approval" in bound) == (False, True)


def test_read_frames_reads_the_labels_of_clearnlp_too() -> None:
    active = frames(
        "Varo Varo PROPN nsubj 4",
        "did do AUX aux 4",
        "not not PART neg 4",
        "meet meet VERB ROOT 0",
        "with with ADP prep 4",
        "Brek Brek PROPN pobj 5",
    )
    assert (active["meet"].slots["subject"], active["meet"].slots["with"], active["meet"].modality) == ((0,), (5,), "negated")
    passive = frames(
        "plans plan NOUN nsubjpass 3",
        "were be AUX auxpass 3",
        "rejected reject VERB ROOT 0",
        "by by ADP agent 3",
        "Brek Brek PROPN pobj 4",
    )
    assert (passive["reject"].slots["subject"], passive["reject"].slots["object"]) == ((4,), (0,))
    noun = frames(
        "Varo Varo PROPN nsubj 2", "held hold VERB ROOT 0", "talks talk NOUN dobj 2", "on on ADP prep 3", "fish fish NOUN pobj 4"
    )
    assert (noun["negotiate"].slots["subject"], noun["negotiate"].slots["on"]) == ((0,), (4,))
