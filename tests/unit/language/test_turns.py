"""Transcripts: who has the turn."""

from __future__ import annotations

from kg.language.lexicon import load_lexicon
from kg.language.turns import find_turns


def turns(text: str) -> list[tuple[str, list[str]]]:
    return [
        (text[t.label_start : t.label_end], [text[start:end] for start, end in t.paragraphs])
        for t in find_turns(text, load_lexicon())
    ]


def test_find_turns_gives_each_paragraph_to_the_label_above_it() -> None:
    text = "MINISTER VARO: Good morning.\nWe have news.\nQUESTION: What news?\nMINISTER VARO: An accord."
    assert turns(text) == [
        ("MINISTER VARO", ["Good morning.", "We have news."]),
        ("QUESTION", ["What news?"]),
        ("MINISTER VARO", ["An accord."]),
    ]


def test_find_turns_reads_a_bare_q_and_a_titled_name() -> None:
    text = "Q Madam President, is it over?\nPresident of Ostravia Ilena Varo: It is.\n\nThank you."
    assert turns(text) == [
        ("Q", ["Madam President, is it over?"]),
        ("President of Ostravia Ilena Varo", ["It is.", "Thank you."]),
    ]


def test_find_turns_finds_none_in_a_report() -> None:
    text = "The minister listed two aims: peace and trade.\nShe said: we agree.\nThe following is attributable to the spokesman:\nNo."
    assert turns(text) == []


def test_find_turns_finds_none_under_a_single_label() -> None:
    assert turns("STATEMENT BY THE PRESIDENT: We agreed.\nNothing else.") == []


def test_find_turns_finds_none_under_headings_in_capitals() -> None:
    assert turns("BACKGROUND: The talks began in May.\nNEXT STEPS: They go on in June.") == []


def test_find_turns_leaves_out_the_line_under_a_transcript() -> None:
    text = "Q Is it over?\nMINISTER VARO: It is.\n\nEND 4:10 P.M. EST"
    assert turns(text) == [("Q", ["Is it over?"]), ("MINISTER VARO", ["It is."])]
