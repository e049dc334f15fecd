"""Treebanks and entity corpora as the training reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from kg.training.entity_corpora import Name, Named, cut, gum_names, read_iob, read_meantime, read_re3d, read_redocred
from kg.training.treebanks import read_sentences, to_doc
from kg.training.windows import runs, treebank_files

VOCAB = spacy.blank("en").vocab

TREEBANK = """\
# newdoc id = port-lys
# newpar
# sent_id = 1
# text = She didn't go.
1\tShe\tshe\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\tTense=Past\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
# sent_id = 2
# text = Minister Varo of New Lys left.
1\tMinister\tMinister\tPROPN\tNNP\t_\t6\tnsubj\t_\tEntity=(1-person-new
2\tVaro\tVaro\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tof\tof\tADP\tIN\t_\t5\tcase\t_\t_
4\tNew\tnew\tADJ\tNNP\t_\t5\tamod\t_\tEntity=(2-place-new
5\tLys\tLys\tPROPN\tNNP\t_\t1\tnmod\t_\tEntity=2)1)
6\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "treebank.conllu"
    path.write_text(TREEBANK, encoding="utf-8")
    return path


def test_to_doc_keeps_text_heads_and_labels(treebank: Path) -> None:
    doc = to_doc(VOCAB, list(read_sentences(treebank)))
    assert doc.text.strip() == "She didn't go. Minister Varo of New Lys left."
    assert [(t.text, t.dep_, t.head.text) for t in doc[:4]] == [
        ("She", "nsubj", "go"),
        ("did", "aux", "go"),
        ("n't", "advmod", "go"),
        ("go", "ROOT", "go"),
    ]
    assert [(t.lemma_, t.tag_, str(t.morph)) for t in doc[:2]] == [("she", "PRP", "Case=Nom"), ("do", "VBD", "Tense=Past")]
    assert [len(sentence) for sentence in doc.sents] == [5, 7]


def names(texts: Iterable[Named]) -> list[tuple[str, str | None]]:
    return [(" ".join(text.words[begin:end]), label) for text in texts for begin, end, label in text.names]


def test_gum_names_finds_names_without_titles(treebank: Path) -> None:
    found = [
        (" ".join(sentence.words[begin:end]), label)
        for sentence in read_sentences(treebank)
        for begin, end, label in gum_names(sentence)
    ]
    assert sorted(found) == [("New Lys", "PLACE"), ("Varo", "PERSON")]


def test_read_iob_joins_tags_and_maps_labels(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Ilena\tB-politician\nVaro\tI-politician\nleft\tO\nLys\tB-location\n.\tO\n\n", encoding="utf-8")
    assert names(read_iob(path, word=0, column=1, style="crossner")) == [("Ilena Varo", "PERSON"), ("Lys", "PLACE")]


def test_read_redocred_leaves_mixed_types_open(tmp_path: Path) -> None:
    path = tmp_path / "docs.json"
    path.write_text(
        '[{"sents": [["Varo", "won", "the", "Lys", "Cup"]], "vertexSet": ['
        '[{"type": "PER", "pos": [0, 1], "sent_id": 0}], [{"type": "MISC", "pos": [3, 5], "sent_id": 0}]]}]',
        encoding="utf-8",
    )
    assert names(read_redocred(path)) == [("Varo", "PERSON"), ("Lys Cup", None)]


def test_read_re3d_takes_names_alone_and_leaves_titles_open(tmp_path: Path) -> None:
    text = "Minister Ilena Varo told the Lys Council that the rebels left Port Lys."
    spans = [
        ("Person", "Minister Ilena Varo", 1.0),
        ("Organisation", "the Lys Council", 1.0),
        ("Organisation", "the rebels", 1.0),
        ("Location", "Port Lys", 0.4),
    ]
    (tmp_path / "documents.json").write_text(json.dumps({"_id": "one", "text": text}) + "\n", encoding="utf-8")
    lines = [
        {"documentId": "one", "type": kind, "begin": text.index(words), "end": text.index(words) + len(words), "confidence": sure}
        for kind, words, sure in spans
    ]
    (tmp_path / "entities.json").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert names(read_re3d(tmp_path)) == [("Ilena Varo", None), ("Lys Council", "ORG"), ("Port Lys", None)]


def test_read_meantime_takes_named_mentions_with_the_type_of_what_they_mean(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    words = "Varo left the Lys Council .".split()
    tokens = "".join(f'<token t_id="{i}" sentence="0">{word}</token>' for i, word in enumerate(words))
    path.write_text(
        f"<Document>{tokens}"
        '<ENTITY_MENTION m_id="10" syntactic_type="NAM"><token_anchor t_id="0"/></ENTITY_MENTION>'
        '<ENTITY_MENTION m_id="11" syntactic_type="NAM">'
        '<token_anchor t_id="2"/><token_anchor t_id="3"/><token_anchor t_id="4"/></ENTITY_MENTION>'
        '<ENTITY m_id="20" ent_type="PER"/><ENTITY m_id="21" ent_type="ORG"/>'
        '<REFERS_TO r_id="1"><source m_id="10"/><target m_id="20"/></REFERS_TO>'
        '<REFERS_TO r_id="2"><source m_id="11"/><target m_id="21"/></REFERS_TO></Document>',
        encoding="utf-8",
    )
    assert names(read_meantime(path)) == [("Varo", "PERSON"), ("Lys Council", "ORG")]


@given(st.lists(st.sampled_from(["Lys", "met", "."]), min_size=1, max_size=60), st.integers(3, 20))
def test_cut_keeps_all_words_and_never_parts_a_name(words: list[str], most: int) -> None:
    spans: list[Name] = [(i, i + 2, "PLACE") for i in range(0, len(words) - 1, 5)]
    parts = list(cut(Named(words, spans, "re3d"), most=most))
    assert [word for part in parts for word in part.words] == words
    assert sum(len(part.names) for part in parts) == len(spans)
    assert all(len(part.words) <= most for part in parts)


def test_treebank_files_says_where_corpora_are_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--corpora"):
        treebank_files(tmp_path, "train")


def test_runs_never_join_documents_and_keep_to_the_limit(treebank: Path) -> None:
    sentences = [*read_sentences(treebank), *read_sentences(treebank)]
    assert [len(run) for run in runs(sentences, chance=None, size=lambda sentence: len(sentence.words))] == [2, 2]
    assert [len(run) for run in runs(sentences, chance=None, size=lambda sentence: len(sentence.words), most=8)] == [1, 1, 1, 1]
