"""Measuring times against annotated corpora, on corpora written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.training import measure_times

REPORT = """<Document doc_id="1">
<token t_id="1" sentence="0">Envoys</token><token t_id="2" sentence="0">meet</token>
<token t_id="3" sentence="1">November</token><token t_id="4" sentence="1">23</token><token t_id="5" sentence="1">,</token>
<token t_id="6" sentence="1">2025</token>
<token t_id="7" sentence="2">They</token><token t_id="8" sentence="2">met</token><token t_id="9" sentence="2">Friday</token>
<token t_id="10" sentence="2">.</token>
<token t_id="11" sentence="3">They</token><token t_id="12" sentence="3">must</token><token t_id="13" sentence="3">agree</token>
<token t_id="14" sentence="3">by</token><token t_id="15" sentence="3">Monday</token><token t_id="16" sentence="3">or</token>
<token t_id="17" sentence="3">some</token><token t_id="18" sentence="3">day</token>
<token t_id="19" sentence="9">Tomorrow</token>
<TIMEX3 functionInDocument="CREATION_TIME" value="2025-11-23"><token_anchor t_id="3"/><token_anchor t_id="4"/>
<token_anchor t_id="5"/><token_anchor t_id="6"/></TIMEX3>
<TIMEX3 functionInDocument="NONE" value="2025-11-20"><token_anchor t_id="9"/></TIMEX3>
<TIMEX3 functionInDocument="NONE" value="2025-11-24"><token_anchor t_id="15"/></TIMEX3>
<TIMEX3 functionInDocument="NONE" value="FUTURE_REF"><token_anchor t_id="17"/><token_anchor t_id="18"/></TIMEX3>
<TIMEX3 functionInDocument="NONE" value="2025"/>
</Document>"""

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
    (tmp_path / "meantime" / "corpus_airbus").mkdir(parents=True)
    (tmp_path / "meantime" / "corpus_airbus" / "1.xml").write_text(REPORT, encoding="utf-8")
    (tmp_path / "gum" / "dev").mkdir(parents=True)
    (tmp_path / "gum" / "dev" / "1.conllu").write_text(TREEBANK, encoding="utf-8")
    return tmp_path


def test_main_prints_extents_and_values_of_each_corpus(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four annotated, three found in their place, two with the right value; "Tomorrow" lies behind what is annotated."""
    assert measure_times.main(["--corpora", str(corpora), "--corpus", "corpus_airbus", "--details"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[1] == "MEANTIME corpus_airbus 4 3 1.000 0.750 0.857 1.000 0.750 0.857 0.667".split()
    assert lines[2] == "1: 'Friday' = 2025-11-21 when, not 'Friday' = 2025-11-20".split()
    assert lines[3] == "1: missed 'some day' = FUTURE_REF".split()
    assert lines[4] == "GUM dev (recall only) 2 1 1.000 0.500 0.667 1.000 0.500 0.667 1.000".split()


def test_read_meantime_says_where_reports_are_missing(tmp_path: Path) -> None:
    """The folder is named."""
    with pytest.raises(FileNotFoundError, match="no MEANTIME reports"):
        measure_times.read_meantime(tmp_path)
