"""Measuring times against annotated corpora, on corpora written by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.vocab import Vocab

from kg.training import measure_times

TREEBANK = """# newdoc id = made-up
# meta::dateCreated = 2025-11-23
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
3\tin\tin\tADP\tIN\t_\t4\tcase\t_\t_
4\tMay\tMay\tPROPN\tNNP\t_\t2\tobl\t_\tXML=<date from:::"2025-05-01" to:::"2025-05-31">
5\t2025\t2025\tNUM\tCD\t_\t4\tnmod:unmarked\t_\tXML=</date>

1\tThen\tthen\tADV\tRB\t_\t2\tadvmod\t_\tXML=<date when:::"2025-06"></date>
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

"""


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    (tmp_path / "gum" / "dev").mkdir(parents=True)
    (tmp_path / "gum" / "dev" / "1.conllu").write_text(TREEBANK, encoding="utf-8")
    return tmp_path


def test_main_prints_recall_and_right_days_of_gum(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of two annotated dates one is found, in its whole extent and with its days."""
    assert measure_times.main(["gum", "--corpora", str(corpora), "--details"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[1] == "GUM dev 2 0.500 0.500 1.000".split()
    assert lines[2] == "1: missed 'Then' = ('2025-06-01', '2025-06-30')".split()


def test_read_gum_says_where_documents_are_missing(tmp_path: Path) -> None:
    """The folder is named."""
    with pytest.raises(FileNotFoundError, match="no documents of GUM"):
        list(measure_times.read_gum(tmp_path, vocab=Vocab()))


def test_main_keeps_the_times_of_the_sentences_that_meantime_annotates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Six lines of the report; everything else of the extraction stays as it is."""
    text = "Envoys meet\nMay 4, 2028\nThree.\nFour.\nFive.\nOn Friday.\nOn Monday."
    times = [{"start": text.index(day), "text": day} for day in ("May 4, 2028", "Friday", "Monday")]
    extraction = {"document": {"id": "1", "text": text}, "times": times, "events": []}
    file = tmp_path / "out.jsonl"
    file.write_text(json.dumps(extraction) + "\n", encoding="utf-8")
    assert measure_times.main(["meantime", str(file)]) == 0
    assert json.loads(capsys.readouterr().out) == extraction | {"times": times[:2]}
