"""The attributions of sixty annotated sentences: the annotation points at words, and most of it is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.training import measure_attribution
from tests.shared import shared

ANNOTATION = Path(__file__).parent.parent / "gold" / "attribution.tsv"
LEAST = 0.75


def test_annotation_points_at_whole_words_inside_its_sentences() -> None:
    sentences = measure_attribution.read_annotation(ANNOTATION)
    texts = {s.file: shared("eval", "unlabelled", s.file).read_text(encoding="utf-8") for s in sentences}
    assert len(sentences) == 60
    for sentence in sentences:
        text = texts[sentence.file]
        for gold in sentence.gold:
            for start, end in (*gold.source, *gold.content):
                assert text[start:end].strip() == text[start:end]
                assert not text[start - 1 : start].isalnum()
                assert not text[end : end + 1].isalnum()
            assert all(sentence.start <= start and end <= sentence.end for start, end in gold.content)


def test_attributions_reach_the_annotated_ones(capsys: pytest.CaptureFixture[str]) -> None:
    gold = shared("eval")
    assert measure_attribution.main(["--gold", str(gold), "--annotation", str(ANNOTATION)]) == 0
    total = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("all"))
    assert float(total.split()[-1]) >= LEAST
