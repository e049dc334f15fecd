"""The lexicon of frames as data."""

from __future__ import annotations

from typing import get_args

import pytest

from kg.errors import LexiconError
from kg.extraction.lexicon import load_frames, parse_frames
from kg.graph.ontology_files import ontology_graph
from kg.graph.vocabulary import DEM, PLOVER
from kg.records import EventType, Predicate


def test_load_frames_finds_a_predicate_by_lemma_and_part_of_speech() -> None:
    frames = load_frames()
    assert [(frame.relation, frame.event) for frame in frames.find("noun", "meeting")] == [("metWith", None), (None, "CONSULT")]
    assert frames.find("verb", "meeting") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[frame]\n", "f.toml: not readable as TOML"),
        ('[[frame]]\nid = "x"\nverbs = ["y"]\nrelation = "hosts"\n', "frame 'x': relation.*The relations are: .*metWith"),
        ('[[frame]]\nid = "x"\nverbs = ["y"]\nmeaning = "z"\n', "frame 'x': meaning"),
        ('[[frame]]\nid = "x"\n', "frame 'x' has neither verbs nor nouns"),
        ('[[frame]]\nid = "x"\nverbs = ["y"]\n', r"\[modality\]"),
        ('[[modality.signature]]\nid = "x"\naffirmed = "sure"\nnegated = "negated"\n', r"\[modality\] 0.affirmed"),
        (
            '[[modality.signature]]\nid = "x"\naffirmed = "asserted"\nnegated = "negated"\nverbs = ["go"]\n'
            '[[modality.signature]]\nid = "y"\naffirmed = "negated"\nnegated = "asserted"\nverbs = ["go"]\n',
            "the verb 'go' stands under 'x' and 'y'. Leave it in one of them",
        ),
    ],
)
def test_parse_frames_names_frame_and_field_of_a_fault(text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        parse_frames(text, name="f.toml")


def test_every_relation_and_event_type_of_the_records_is_in_the_ontology() -> None:
    terms = set(ontology_graph().subjects())
    assert {name for name in get_args(Predicate) if DEM[name] not in terms} == set()
    assert {name for name in get_args(EventType) if PLOVER[name] not in terms} == set()
