"""The component that reads documents with the shipped network."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.language.load import load_pipeline
from kg.language.transformer.component import (
    FACTOR_WIDTH,
    FACTORY,
    LONGEST_SENTENCE,
    TransformerReader,
    coreference_factors,
    word_vectors,
)

SENTENCE = "Ilena Varo did not meet the envoys of Ostravia in Tallinn."


def test_reader_annotates_words() -> None:
    doc = load_pipeline()(SENTENCE)
    meet = next(token for token in doc if token.text == "meet")
    assert [(child.text, child.dep_) for child in meet.children] == [
        ("Ilena", "nsubj"),
        ("did", "aux"),
        ("not", "advmod"),
        ("envoys", "obj"),
        ("Tallinn", "obl"),
        (".", "punct"),
    ]
    assert [(token.lemma_, token.pos_, token.tag_) for token in doc[2:7]] == [
        ("do", "AUX", "VBD"),
        ("not", "PART", "RB"),
        ("meet", "VERB", "VB"),
        ("the", "DET", "DT"),
        ("envoy", "NOUN", "NNS"),
    ]
    assert [(name.text, name.label_) for name in doc.ents] == [
        ("Ilena Varo", "PERSON"),
        ("Ostravia", "PLACE"),
        ("Tallinn", "PLACE"),
    ]


def test_reader_keeps_the_sentence_starts_that_are_known() -> None:
    nlp = load_pipeline()
    words = "The envoys met . They left early".split()
    joined = nlp(Doc(nlp.vocab, words=words, sent_starts=[True, *[False] * 6]))
    assert [len(sentence) for sentence in joined.sents] == [7]
    parted = nlp(Doc(nlp.vocab, words=words, sent_starts=[True, None, None, None, None, True, None]))
    assert [len(sentence) for sentence in parted.sents][-1] == 2


def test_reader_hangs_whitespace_from_the_word_before() -> None:
    doc = load_pipeline()("They met.\n\nThey left.")
    space = next(token for token in doc if token.is_space)
    assert (space.head.text, space.dep_, space.tag_, space.pos_) == (".", "dep", "_SP", "SPACE")


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_reader_takes_texts_without_words(text: str) -> None:
    assert load_pipeline()(text).text == text


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8), min_size=1, max_size=30))
def test_reader_takes_any_words(words: list[str]) -> None:
    nlp = load_pipeline()
    doc = nlp(Doc(nlp.vocab, words=words))
    assert [token.text for token in doc] == words
    assert sum(len(sentence) for sentence in doc.sents) == len(words)
    assert all(len([t for t in sentence if t.head.i == t.i]) == 1 for sentence in doc.sents)


def test_reader_reads_a_sentence_alike_wherever_it_stands() -> None:
    sentences = list(load_pipeline()(" ".join(["The envoys of Ostravia have left."] * 60)).sents)
    assert len(sentences) == 60
    readings = Counter(tuple((token.dep_, token.head.i - token.i) for token in sentence) for sentence in sentences)
    assert readings.most_common(1)[0][1] >= 57


def test_coreference_factors_lie_beside_the_words() -> None:
    doc = load_pipeline()("Ilena Varo said she would leave.")
    factors = coreference_factors(doc)
    assert factors is not None
    later, earlier = factors
    assert later.shape == earlier.shape == (len(doc), FACTOR_WIDTH)
    scores = later[3] @ earlier[:3].T
    assert int(np.argmax(scores)) in {0, 1}
    assert scores.max() > 0


def test_word_vectors_are_those_of_the_word_wherever_it_stands() -> None:
    vectors = word_vectors(load_pipeline()("The envoy met another envoy of Ostravia."))
    assert vectors is not None
    np.testing.assert_allclose(vectors[1], vectors[4], atol=1e-5)
    assert np.linalg.norm(vectors[1] - vectors[2]) > 1


def test_nothing_is_known_of_what_another_pipeline_parsed() -> None:
    doc = spacy.blank("en")("They met.")
    assert (coreference_factors(doc), word_vectors(doc)) == (None, None)


def test_reader_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    load_pipeline().to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again(SENTENCE).to_json() == load_pipeline()(SENTENCE).to_json()


def test_from_disk_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"network\.onnx"):
        TransformerReader().from_disk(tmp_path / FACTORY)


def test_reader_cuts_what_is_too_long_to_be_a_sentence() -> None:
    nlp = load_pipeline()
    doc = nlp(Doc(nlp.vocab, words=["and"] * 700))
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE
