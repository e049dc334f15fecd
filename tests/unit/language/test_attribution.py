"""Quotations and reported speech as one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.language.attribution import Attribution, find_attributions
from kg.language.lexicon import load_lexicon
from kg.language.marks import quoted_spans
from kg.language.quotations import Quotation, find_quotations
from kg.language.reported import find_reports
from tests.docs import a_doc


def attributions(doc: Doc, *quotations: Quotation) -> tuple[Attribution, ...]:
    return find_attributions(doc, quotations, find_reports(doc, load_lexicon()))


def test_find_attributions_joins_a_parted_quotation_with_its_cue() -> None:
    doc = a_doc(
        '"_ " PUNCT punct 3',
        "We we PRON nsubj 3",
        "agreed_ agree VERB ccomp 7",
        ",_ , PUNCT punct 7",
        '" " PUNCT punct 7',
        "Varo Varo PROPN nsubj 7",
        "said_ say VERB ROOT 0",
        ", , PUNCT punct 7",
        '"_ " PUNCT punct 10',
        "finally_ finally ADV advmod 3",
        '" " PUNCT punct 10',
    )
    first, second = (Quotation(start=start, end=end, speaker=5, cue=6) for start, end in quoted_spans(doc.text))
    assert attributions(doc, first, second) == (
        Attribution(
            kind="direct",
            cue=6,
            content=2,
            spans=((first.start, first.end), (second.start, second.end)),
            source=5,
            source_span=(13, 17),
        ),
    )


def test_find_attributions_tells_mixed_from_direct_speech() -> None:
    doc = a_doc(
        "Varo Varo PROPN nsubj 2",
        "said say VERB ROOT 0",
        "all all DET det 4",
        "talks talk NOUN nsubj 6",
        '"_ " PUNCT punct 6',
        "failed_ fail VERB ccomp 2",
        '" " PUNCT punct 6',
    )
    quotation = Quotation(start=21, end=27, speaker=0, cue=1)
    assert doc.text[10:28] == 'all talks "failed"'
    assert attributions(doc, quotation) == (
        Attribution(kind="mixed", cue=1, content=5, spans=((10, 27),), source=0, source_span=(0, 4)),
    )


def test_find_attributions_counts_levels_and_leaves_the_cue_out_of_the_content() -> None:
    doc = a_doc(
        "Brek Brek PROPN nsubj 2",
        "hopes_ hope VERB ROOT 0",
        ", , PUNCT punct 5",
        "Varo Varo PROPN nsubj 5",
        "said_ say VERB parataxis 2",
        ", , PUNCT punct 5",
        "talks talk NOUN nsubj 8",
        "resume resume VERB ccomp 2",
    )
    assert attributions(doc) == (
        Attribution(kind="indirect", cue=1, content=7, spans=((23, 35),), source=0, source_span=(0, 4), level=2),
        Attribution(kind="indirect", cue=4, content=1, spans=((0, 10), (23, 35)), source=3, source_span=(12, 16)),
    )


def test_find_attributions_gives_a_quotation_of_another_sentence_its_own() -> None:
    doc = a_doc(
        "Varo Varo PROPN nsubj 2",
        "spoke_ speak VERB ROOT 0",
        ". . PUNCT punct 2",
        '"_ " PUNCT punct 6',
        "We we PRON nsubj 6",
        "agreed_ agree VERB ROOT 0",
        "._ . PUNCT punct 6",
        '" " PUNCT punct 6',
    )
    quotation = Quotation(start=13, end=23, speaker=0, cue=1)
    assert attributions(doc, quotation) == (
        Attribution(kind="direct", cue=1, content=5, spans=((13, 23),), source=0, source_span=(0, 4)),
    )


WORDS = (
    "said",
    "Varo",
    "that",
    "claim",
    "of",
    "by",
    "according",
    "to",
    "as",
    "hopes",
    '"',
    "“",
    "”",
    ",",
    ":",
    ".",
    "expected",
    "confident",
)
LABELS = (
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "obl:agent",
    "ccomp",
    "xcomp",
    "parataxis",
    "advcl",
    "acl",
    "nmod",
    "case",
    "mark",
    "cop",
    "conj",
)
TOKENS = st.tuples(
    st.sampled_from(WORDS),
    st.sampled_from(("VERB", "NOUN", "PROPN", "ADJ", "PRON", "AUX", "ADP", "PUNCT")),
    st.sampled_from(("VBD", "VBN", "VBG", "NN", "NNP", "JJ", "IN", "PRP$")),
    st.sampled_from(LABELS),
    st.integers(0, 30),
)


@given(st.lists(TOKENS, min_size=1, max_size=24))
def test_find_attributions_lie_in_the_text_whatever_the_parse(rows: list[tuple[str, str, str, str, int]]) -> None:
    """Every head is an earlier token, so that any row of numbers is a tree."""
    words, pos, tags, deps, heads = (list(column) for column in zip(*rows, strict=True))
    heads = [head % place if place else 0 for place, head in enumerate(heads)]
    lemmas = [{"said": "say", "hopes": "hope", "expected": "expect"}.get(word, word) for word in words]
    doc = Doc(a_doc("x x X ROOT 0").vocab, words=words, pos=pos, tags=tags, deps=["ROOT", *deps[1:]], heads=heads, lemmas=lemmas)
    lexicon = load_lexicon()
    reports = find_reports(doc, lexicon)
    quotations = find_quotations(doc, (), lexicon, reports=reports)
    for found in find_attributions(doc, quotations, reports):
        assert found.spans == tuple(sorted(found.spans))
        assert all(0 <= start < end <= len(doc.text) for start, end in found.spans)
        assert found.source is None or found.source_span is not None
        assert not any(start <= doc[found.cue].idx < end for start, end in found.spans)
        assert found.level >= 1
