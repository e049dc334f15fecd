"""How fast the whole extraction is against its own parser alone, and whether its time grows with the text alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from importlib.resources import files

from kg.extraction.extract import load_extractor
from kg.language.load import parse
from kg.records import Document

SAMPLES = files("kg").joinpath("samples", "statements.jsonl").read_text(encoding="utf-8").splitlines()
PARAGRAPH = "\n\n".join(json.loads(line)["text"] for line in SAMPLES)


def a_text(words: int) -> str:
    paragraphs = max(1, words // len(PARAGRAPH.split()))
    return "\n\n".join([PARAGRAPH] * paragraphs)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def test_extraction_keeps_pace_with_the_parser() -> None:
    extractor = load_extractor()
    text = a_text(20_000)
    document = Document(id="speed", text=text)
    extractor.extract(Document(id="warm", text=a_text(500)))
    parsing = seconds(lambda: parse(document, extractor.nlp))
    whole = seconds(lambda: extractor.extract(document))
    words = len(text.split())
    print(f"\nparser {words / parsing:,.0f} words/s, whole extraction {words / whole:,.0f} words/s, ratio {parsing / whole:.2f}")
    assert parsing / whole > 0.3


def test_extraction_time_grows_with_the_text() -> None:
    extractor = load_extractor()
    extractor.extract(Document(id="warm", text=a_text(500)))
    times = {}
    for size in (5_000, 20_000):
        document = Document(id=f"size-{size}", text=a_text(size))
        times[size] = seconds(lambda document=document: extractor.extract(document)) / len(document.text)  # type: ignore[misc]
    print(f"\nseconds per character: {times}")
    assert times[20_000] < 2 * times[5_000]
