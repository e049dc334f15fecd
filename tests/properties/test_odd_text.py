"""No text is too odd: whatever its characters, its layout or its length, it is read, and what is found in it is well-formed."""

from __future__ import annotations

import datetime
import random
import string

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.records import Document, Extraction
from tests.properties.well_formed import assert_well_formed
from tests.readers import extractor

STATEMENT = (
    "Foreign Minister Ilena Varo of Norway met President Tomas al-Brek of Kenya in Geneva on Tuesday. “We have agreed on the ceasefire,” "
    "she said, and she called on both sides to withdraw by 5 March. The rebels refused the offer; NATO (the alliance) may impose "
    "sanctions if the talks on prisoners fail. According to the U.N., the two ministers will meet again. Q: Why? MR. BREK: Because."
)
WORDS = STATEMENT.split()
SPACES = (
    " ",
    "\u00a0",
    "\u2009",
    "\u200b",
    "\u3000",
    "\t",
    "\r\n",
    "\u2028",
    "\u2029",
    "\x0b",
    "\x0c",
    "\x85",
    "\ufeff",
    "  ",
    "",
)
ODD = (
    "\x00 \x01 \x07 \x1b[31m \x7f \ufffd \u202e \u200f \u2066 \u2069 \u200d \u0301 🙂 👩‍👩‍👧 🇳🇴 שלום العربية नमस्ते 北京 Ø æ ß ﬁ İ ı ǅ "
    "\U0001d400 \U0010ffff … — ‐ ° № § ½ ² ١٢ '' `` << >> [[ ]] {{ }} %s \\n &amp; <b> </p> http://a.b/c?d=e#f a@b.c #tag @name id:x"
).split(" ")


def extract(text: str) -> Extraction:
    """Return what is found, checked."""
    found = extractor().extract(Document(id="odd", text=text, date=datetime.date(2031, 2, 26)))
    assert_well_formed(found)
    return found


def spaced(pieces: list[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in pieces)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from([*WORDS, *ODD]), st.sampled_from(SPACES)), max_size=60).map(spaced))
@example("\ufeff" + STATEMENT.replace(" ", "\u00a0"))
@example(STATEMENT.replace(" ", "\u200b"))
def test_extract_reads_statements_with_odd_characters_and_spaces(text: str) -> None:
    extract(text)


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=0), max_size=200))
def test_extract_reads_any_characters(text: str) -> None:
    extract(text)


@settings(max_examples=60, deadline=None)
@given(st.text("\"“”«»‘’'()[]{}.,;:!?–—-… \n", max_size=200))
def test_extract_finds_nothing_in_marks_alone(text: str) -> None:
    found = extract(text)
    assert (found.meetings, found.issues, found.events, found.relations) == ((), (), (), ())


@settings(max_examples=60, deadline=None)
@given(st.permutations(WORDS).map(" ".join))
def test_extract_reads_the_words_of_a_statement_in_any_order(text: str) -> None:
    extract(text)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(STATEMENT)), st.integers(0, len(STATEMENT)), st.sampled_from([*ODD, *SPACES, '"', "“", "(", "\n\n"]))
def test_extract_reads_a_statement_cut_anywhere_with_anything_between(first: int, second: int, between: str) -> None:
    extract(STATEMENT[:first] + between + STATEMENT[second:])


LONG = {
    "line breaks": "\n" * 20_000,
    "line breaks in a statement": ("\n" * 500).join(WORDS[:12]),
    "one token": "x" * 50_000,
    "a token of capitals": "NATO" * 5000,
    "digits": "1234567890" * 2000,
    "nested brackets": "(" * 800 + STATEMENT + ")" * 800,
    "brackets in brackets": "the Council (" * 300 + "of Norway" + ")" * 300,
    "open quotation marks": "“We agree, " * 400,
    "straight quotation marks": '" said Varo. ' * 400,
    "a sentence of 2,000 words": "Varo said that " + "the ministers who met the envoys that " * 290 + "left agreed.",
    "a list of 1,500 names": "Norway, Kenya and Peru, " * 500 + "agreed to meet.",
    "conjunctions": "Norway and " * 1500 + "Kenya met.",
    "verbs": "Varo " + "agreed and refused and met and " * 400 + "left.",
    "prepositions": "talks " + "of the talks on the talks with Kenya " * 250,
    "possessors": "Norway’s " * 1000 + "envoy",
    "turns": "Q: Why?\nMR. BREK: Because.\n" * 400,
    "labels alone": "Q:\n" * 1500,
    "joint statement": "We welcome the talks and call on Kenya to agree. " * 200,
    "spaces": "Varo" + " " * 150_000 + "met Brek.",
    "right to left": "\u202e" + STATEMENT[::-1],
    "every category of character": "".join(chr(c) for c in range(0x3000) if not 0xD800 <= c < 0xE000),
}


@pytest.mark.parametrize("kind", LONG)
def test_extract_reads_what_goes_on_and_on(kind: str) -> None:
    extract(LONG[kind])


@pytest.mark.parametrize("seed", range(4))
def test_extract_reads_thousands_of_words_in_no_order(seed: int) -> None:
    chosen = random.Random(seed)
    words = chosen.choices([*WORDS, *ODD, *string.punctuation, "and", "that", "which", "of", "to"], k=2500)
    extract("".join(word + chosen.choice([" ", " ", " ", "\n", *SPACES]) for word in words))
