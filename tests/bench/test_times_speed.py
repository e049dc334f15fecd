"""Whether reading the times of a text takes time that grows with the text alone."""

from __future__ import annotations

import datetime
import time

import pytest
import spacy

from kg.language.times import find_times

SENTENCE = "On May 4, 2028 the envoys, who had met two weeks earlier, agreed to return by the end of June or within 90 days. "
DAY = datetime.date(2028, 6, 1)


def seconds(copies: int, *, text: str) -> float:
    """Return the processor time for a text of so many copies, the best of three runs."""
    doc = spacy.blank("en")(text * copies)
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        find_times(doc, date=DAY)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("text", [SENTENCE, "by by within ", "the end of the ", "Monday "])
def test_find_times_takes_time_in_proportion_to_the_text(text: str) -> None:
    """Eight times the text takes eight times as long; half as much again is left to chance and memory."""
    assert seconds(1600, text=text) < 8 * 1.5 * seconds(200, text=text) + 0.05
