"""How fast the whole extraction is against its own parser alone, and whether its time grows with the text alone.

Times are those of the processor, so that other work on the machine says little; only ratios within one run are asserted.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from functools import cache

import pytest

from kg.extraction.extract import Extractor, load_extractor
from kg.records import Document
from tests.bench.long_text import a_long_text

DAY = datetime.date(2031, 2, 26)
PARSER_SHARE = 0.6
"""The whole extraction reads at least this part of the words that the parser alone reads in the same time."""
SLACK = 1.4
"""How much longer than in proportion to the text a longer one may take: what is left to memory and chance."""


@cache
def extractor() -> Extractor:
    """Return the extractor, warmed up."""
    loaded = load_extractor()
    loaded.extract(Document(id="warm", text=a_long_text(500), date=DAY))
    return loaded


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


@cache
def seconds_of(words: int) -> float:
    """Return the processor time of extracting a text of about so many words, and print its speed."""
    document = Document(id=f"words-{words}", text=a_long_text(words), date=DAY)
    taken = seconds(lambda: extractor().extract(document))
    print(f"\n{len(document.text.split()):,} words: {taken:.1f} s, {len(document.text.split()) / taken:,.0f} words/s")
    return taken


def test_extraction_keeps_pace_with_the_parser() -> None:
    text = a_long_text(25_000)
    nlp = extractor().nlp
    parsing = seconds(lambda: list(nlp.pipe([text])))
    whole = seconds_of(25_000)
    print(f"parser alone {len(text.split()) / parsing:,.0f} words/s, ratio {parsing / whole:.2f}")
    assert parsing / whole >= PARSER_SHARE


@pytest.mark.parametrize(("words", "times"), [(50_000, 2), (100_000, 4), (200_000, 8)])
def test_extraction_takes_time_in_proportion_to_the_text(words: int, times: int) -> None:
    assert seconds_of(words) <= times * SLACK * seconds_of(25_000)


@pytest.mark.parametrize(
    "piece",
    [
        "\n",
        "“We agree, ",
        "Q: Why?\nMR. BREK: Because.\n",
        "We welcome the talks and call on Kenya to agree. ",
        "Norway met Kenya. Both sides agreed. ",
        "President Varo met the president. ",
        "The Varo Ostra Council (VOC) met. ",
        "“We agree on the plan,” Varo said. ",
    ],
)
def test_extraction_takes_time_in_proportion_to_one_thing_said_over_and_over(piece: str) -> None:
    """Eight times the text takes eight times as long, and a third of a second is nobody's."""
    few, many = (Document(id=f"{count}", text=piece * count, date=DAY) for count in (250, 2000))
    extractor().extract(few)
    assert seconds(lambda: extractor().extract(many)) <= 8 * 1.5 * seconds(lambda: extractor().extract(few)) + 0.3
