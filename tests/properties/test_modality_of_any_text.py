"""Whatever a text says, each of its words is stated in one of six ways and in one of three tenses."""

from __future__ import annotations

from functools import cache
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.extraction.frames import support_of
from kg.extraction.lexicon import load_frames
from kg.extraction.modality import Tense, modality_of, tense_of
from kg.language.load import load_pipeline
from kg.records import Modality

PIECES = (
    "Varo Brek they no nobody neither nor the talks a meeting agreement did not never will would may must should has had to be been "
    "meet met meeting refused failed denied agreed wants said that if unless only after until without before ruled out possible due "
    "ready likely plan hope of for on to and or but which whether why let us , . ? \n\n"
).split(" ")


@cache
def pipeline() -> Language:
    return load_pipeline()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=50).map(" ".join))
def test_every_word_has_one_of_the_modalities_and_tenses(text: str) -> None:
    lexicon = load_frames()
    for token in pipeline()(text):
        for support in {None, support_of(token, lexicon)}:
            assert modality_of(token, lexicon.modality, support=support) in get_args(Modality)
            assert tense_of(token, support=support) in get_args(Tense)
