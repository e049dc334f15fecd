"""Measuring attributions against annotated places, on a text and an annotation written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.language.attribution import Attribution
from kg.training.measure_attribution import measure, read_annotation, table
from tests.docs import a_doc

DOC = a_doc(
    "Varo Varo PROPN nsubj 2",
    "said say VERB ROOT 0",
    "talks talk NOUN nsubj 4",
    "failed_ fail VERB ccomp 2",
    ". . PUNCT punct 2",
    "It it PRON nsubj:pass 8",
    "was be AUX aux:pass 8",
    "agreed agree VERB ROOT 0",
    "they they PRON nsubj 10",
    "meet_ meet VERB ccomp 8",
    ". . PUNCT punct 8",
)
ANNOTATION = """file\tstart\tend\tkind\tlevel\tsource\tcue\tcontent
a.txt\t0\t23\tindirect\t1\t0:4\t5:9\t16:22
a.txt\t24\t49\tindirect\t1\t\t31:37\t43:47
a.txt\t60\t70\tnone\t\t\t\t
"""
SAID = Attribution(kind="indirect", cue=1, content=3, spans=((10, 22),), source=0, source_span=(0, 4))
AGREED = Attribution(kind="indirect", cue=7, content=9, spans=((38, 47),), source=8, source_span=(38, 42))


@pytest.fixture
def annotation(tmp_path: Path) -> Path:
    path = tmp_path / "attribution.tsv"
    path.write_text(ANNOTATION, encoding="utf-8")
    return path


def test_measure_counts_what_has_the_annotated_source_and_content(annotation: Path) -> None:
    """The second one's content is right, but the text leaves its source open."""
    score = measure(read_annotation(annotation), read_text=lambda file: DOC.text, attribute=lambda text: (DOC, [SAID, AGREED]))
    assert list(table(score)) == [
        "kind        gold found      P      R     F1",
        "direct         0     0  0.000  0.000  0.000",
        "indirect       2     2  0.500  0.500  0.500",
        "mixed          0     0  0.000  0.000  0.000",
        "according      0     0  0.000  0.000  0.000",
        "nominal        0     0  0.000  0.000  0.000",
        "all            2     2  0.500  0.500  0.500",
        "content heads found, whatever the source: 2 of 2",
    ]
    assert score.notes == ["a.txt 24: missed indirect -: meet", "a.txt 24: invented indirect they [agreed]: meet"]


def test_read_annotation_says_where_it_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no annotation there"):
        read_annotation(tmp_path / "none.tsv")
