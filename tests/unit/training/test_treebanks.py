"""Treebanks and entity corpora become training documents."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import spacy

from kg.training.entity_corpora import LABELS, read_gum, read_iob, read_redocred
from kg.training.entity_corpora import to_doc as named_doc
from kg.training.prepare import treebank_files
from kg.training.treebanks import group_sentences, read_sentences, to_doc

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


def test_to_doc_parts_paragraphs_by_line_breaks_when_varied(treebank: Path) -> None:
    doc = to_doc(VOCAB, list(read_sentences(treebank)), chance=random.Random(1))
    assert doc.text.replace("\n\n", "\n") == "She didn't go.\nMinister Varo of New Lys left. ".replace(" \n", "\n")
    assert [t.text for t in doc if t.head.i == t.i] == ["go", "left"]


def test_group_sentences_never_joins_documents(treebank: Path) -> None:
    sentences = [*read_sentences(treebank), *read_sentences(treebank)]
    assert [len(run) for run in group_sentences(iter(sentences), most=10)] == [2, 2]
    assert [len(run) for run in group_sentences(iter(sentences), most=1)] == [1, 1, 1, 1]


def names(docs: list[spacy.tokens.Doc]) -> list[tuple[str, str]]:
    return [(entity.text, entity.label_) for doc in docs for entity in doc.ents]


def test_read_gum_finds_names_without_titles(treebank: Path) -> None:
    assert names([named_doc(VOCAB, text) for text in read_gum(treebank)]) == [
        ("Varo", "PERSON"),
        ("New Lys", "PLACE"),
    ]


def test_read_iob_joins_tags_and_maps_labels(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    path.write_text("Ilena\tB-politician\nVaro\tI-politician\nleft\tO\nLys\tB-location\n.\tO\n\n", encoding="utf-8")
    docs = [named_doc(VOCAB, text) for text in read_iob(path, word=0, column=1, labels=LABELS["crossner"])]
    assert names(docs) == [("Ilena Varo", "PERSON"), ("Lys", "PLACE")]


def test_read_redocred_leaves_mixed_types_open(tmp_path: Path) -> None:
    path = tmp_path / "docs.json"
    path.write_text(
        '[{"sents": [["Varo", "won", "the", "Lys", "Cup"]], "vertexSet": ['
        '[{"type": "PER", "pos": [0, 1], "sent_id": 0}], [{"type": "MISC", "pos": [3, 5], "sent_id": 0}]]}]',
        encoding="utf-8",
    )
    (doc,) = (named_doc(VOCAB, text) for text in read_redocred(path))
    assert [token.ent_iob for token in doc] == [3, 2, 2, 0, 0]


def test_treebank_files_says_where_corpora_are_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--corpora"):
        treebank_files(tmp_path, "train")
