"""Loading the pipeline and parsing documents with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.language.layout import flowing
from kg.language.load import PART_CHARACTERS, load_pipeline, parse
from kg.records import Document


def test_load_pipeline_names_what_is_missing() -> None:
    with pytest.raises(ModelError, match="no-such-model: no language pipeline there"):
        load_pipeline("no-such-model")


def test_load_pipeline_refuses_one_that_cannot_parse(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="has no tagger, parser, ner"):
        load_pipeline(str(tmp_path / "blank"))


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_parse_keeps_every_character_in_its_place(text: str) -> None:
    assert parse(Document(id="any", text=text), load_pipeline()).text == flowing(text)


def test_parse_joins_the_parts_of_a_long_text() -> None:
    paragraph = "The ministers of Ostravia met in Port Lys. They agreed on nothing.\n\n"
    text = paragraph * (PART_CHARACTERS // len(paragraph) + 3)
    doc = parse(Document(id="long", text=text), load_pipeline())
    assert doc.text == text
    assert all(token.idx == len(doc[: token.i].text_with_ws) for token in doc[-5:])


def test_parse_joins_a_part_that_is_blank() -> None:
    text = "Varo" + " " * (3 * PART_CHARACTERS) + "met Brek."
    doc = parse(Document(id="blank", text=text), load_pipeline())
    assert doc.text == text
    assert [token.text for token in doc if not token.is_space] == ["Varo", "met", "Brek", "."]


def test_parse_starts_a_sentence_at_each_paragraph() -> None:
    doc = parse(Document(id="two", text="A meeting in Port Lys\nThe ministers met."), load_pipeline())
    assert [sentence.text.strip() for sentence in doc.sents] == ["A meeting in Port Lys", "The ministers met."]


def test_parse_starts_a_sentence_behind_the_label_of_a_turn() -> None:
    text = "Q Did they sign it?\nMINISTER VARO: They did.\nQ: Who told you?"
    doc = parse(Document(id="turns", text=text), load_pipeline())
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Q",
        "Did they sign it?",
        "MINISTER VARO:",
        "They did.",
        "Q:",
        "Who told you?",
    ]
