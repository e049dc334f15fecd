"""What the account of a sentence's frames says to the person who extends the lexicon."""

from __future__ import annotations

from kg.extraction.explain import explain_frames
from kg.language.analysis import analyse
from kg.records import Document
from tests.readers import extractor


def account(text: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    loaded = extractor()
    analysis = analyse(Document(id="t", text=text), loaded.nlp, gazetteer=loaded.gazetteer)
    return {a.frame: (a.form, a.gives) for a in explain_frames(analysis, loaded.lexicon) if a.gives}


def test_explain_frames_names_the_entry_and_the_relation() -> None:
    form, gives = account("Denmark called for a truce.")["call-for"]
    assert form == "call for"
    assert "Denmark calledFor “truce”" in gives


def test_explain_frames_says_which_slot_is_empty() -> None:
    _, gives = account("The plan was welcomed.")["support"]
    assert "no supports: no actor in subject or owner or from" in gives
