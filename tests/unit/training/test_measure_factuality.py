"""Measuring modality against annotated corpora, on corpora written by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import ReadingError
from kg.extraction.lexicon import load_frames
from kg.language.load import load_pipeline
from kg.training.factuality_corpora import Judged, Shift, read_events, read_uds, shift_of
from kg.training.measure_factuality import FactualityScore, score
from kg.training.treebanks import read_sentences

SHORT = "1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n\n"
LONG = (
    "1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_\n2\tmay\tmay\tAUX\tMD\t_\t4\taux\t_\t_\n3\teven\teven\tADV\tRB\t_\t4\tadvmod\t_\t_\n"
    "4\tmeet\tmeet\tVERB\tVB\t_\t0\troot\t_\t_\n\n"
)
REPORT = """<Document>
<token t_id="1" sentence="0" number="0">They</token><token t_id="2" sentence="0" number="1">did</token>
<token t_id="3" sentence="0" number="2">not</token><token t_id="4" sentence="0" number="3">meet</token>
<token t_id="5" sentence="1" number="0">Talks</token><token t_id="6" sentence="1" number="1">followed</token>
<token t_id="7" sentence="2" number="0">Nothing</token>
<Markables>
<EVENT_MENTION m_id="1" certainty="CERTAIN" polarity="NEG" time="NON_FUTURE" special_cases="NONE"><token_anchor t_id="4"/></EVENT_MENTION>
<EVENT_MENTION m_id="2" certainty="CERTAIN" polarity="POS" time="FUTURE" special_cases="NONE"><token_anchor t_id="5"/></EVENT_MENTION>
<EVENT_MENTION m_id="3" certainty="CERTAIN" polarity="POS" time="NON_FUTURE" special_cases="NONE"><token_anchor t_id="6"/></EVENT_MENTION>
<EVENT_MENTION m_id="4" certainty="" polarity="" time="" special_cases=""><token_anchor t_id="7"/></EVENT_MENTION>
</Markables></Document>"""


def a_treebank(folder: Path, sentences: str, judged: dict[tuple[int, int], float]) -> Path:
    (folder / "ud-ewt").mkdir()
    (folder / "ud-ewt" / "dev.conllu").write_text(sentences, encoding="utf-8")
    annotation = {
        f"ewt-dev-{sentence}": {
            f"ewt-dev-{sentence}-semantics-{kind}-{word}": {"factuality": {"factual": {"value": value, "confidence": 1.0}}}
            for (other, word), value in judged.items()
            if other == sentence
            for kind in ("pred", "subpred")
        }
        for sentence, _ in judged
    }
    (folder / "uds-factuality").mkdir()
    (folder / "uds-factuality" / "factuality.json").write_text(json.dumps(annotation), encoding="utf-8")
    return folder


def test_read_uds_finds_from_where_on_sentences_are_numbered_one_higher(tmp_path: Path) -> None:
    """Of the six sentences that were annotated, the third is no longer in the treebank."""
    corpora = a_treebank(
        tmp_path, SHORT + LONG + LONG + SHORT + LONG, {(1, 2): 1.2, (2, 4): -0.5, (4, 4): 0.0, (5, 2): 1.0, (6, 4): -1.2}
    )
    sentences = list(read_sentences(corpora / "ud-ewt" / "dev.conllu"))
    assert shift_of(sentences, {1: {2: 1.0}, 2: {4: 1.0}, 4: {4: 1.0}, 5: {2: 1.0}, 6: {4: 1.0}}) == Shift(2, -1, 1.0)
    assert [(list(judged.words)[-1], dict(judged.classes)) for judged in read_uds(corpora, "dev")] == [
        ("met", {1: "fact"}),
        ("meet", {3: "open"}),
        ("meet", {3: "open"}),
        ("met", {1: "fact"}),
        ("meet", {3: "open"}),
    ]


def test_read_uds_refuses_another_treebank(tmp_path: Path) -> None:
    corpora = a_treebank(tmp_path, LONG + LONG, {(1, 2): 1.0, (2, 2): 1.0})
    with pytest.raises(ReadingError, match=r"uds-factuality: 0.0% of its predicates .* ud-ewt/dev.conllu"):
        read_uds(corpora, "dev")


def test_read_events_tells_denied_and_open_events_from_facts(tmp_path: Path) -> None:
    """An event that the annotators left open is left out, and with it a sentence without any other."""
    (tmp_path / "meantime" / "corpus_x").mkdir(parents=True)
    (tmp_path / "meantime" / "corpus_x" / "1.xml").write_text(REPORT, encoding="utf-8")
    assert list(read_events(tmp_path)) == [
        Judged(["They", "did", "not", "meet"], [True] * 4, {3: "negated"}),
        Judged(["Talks", "followed"], [True] * 2, {0: "open", 1: "fact"}),
    ]


def test_score_counts_what_annotators_and_the_parse_say() -> None:
    sentences = [
        Judged("They did not meet .".split(), [True] * 5, {3: "negated"}),
        Judged("They will meet .".split(), [True] * 4, {2: "open"}),
        Judged("They met .".split(), [True] * 3, {1: "open"}),
    ]
    found = score(load_pipeline(), load_frames(), sentences)
    assert found.counts == {("negated", "negated"): 1, ("open", "planned"): 1, ("open", "asserted"): 1}


def test_factuality_score_gives_shares_beside_calling_everything_a_fact() -> None:
    found = FactualityScore()
    found.counts.update({("fact", "asserted"): 5, ("fact", "possible"): 1, ("open", "planned"): 2, ("negated", "asserted"): 2})
    assert (found.agreement, found.facts, found.not_facts, found.negated) == (0.7, 0.6, 4 / 7, 0.0)
