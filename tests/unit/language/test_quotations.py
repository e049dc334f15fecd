"""What stands in quotation marks, and whose it is."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.language.lexicon import load_lexicon
from kg.language.mentions import TextMention
from kg.language.quotations import find_quotations
from kg.language.reported import find_reports
from tests.docs import a_doc
from tests.readers import parsed


def a_person(token: int) -> TextMention:
    return TextMention(start=token, end=token + 1, head=token, type="Person", kind="name")


def with_breaks(doc: Doc) -> Doc:
    """Return a Doc with line breaks for its pilcrows."""
    return Doc(
        doc.vocab,
        words=["\n" if token.text == "¶" else token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        pos=[token.pos_ for token in doc],
        tags=[token.tag_ for token in doc],
        deps=[token.dep_ for token in doc],
        heads=[token.head.i for token in doc],
    )


def said(doc: Doc, *people: int) -> list[tuple[str, str | None, str | None]]:
    """Return the words, speaker and cue of each quotation."""
    lexicon = load_lexicon()
    found = find_quotations(doc, [a_person(token) for token in people], lexicon, reports=find_reports(doc, lexicon))
    return [
        (
            doc.text[q.start : q.end],
            doc[q.speaker].text if q.speaker is not None else None,
            doc[q.cue].text if q.cue is not None else None,
        )
        for q in found
    ]


WE_AGREED = ('"_ " PUNCT punct 3', "We we PRON nsubj 3", "agreed_ agree VERB ccomp 6", ",_ , PUNCT punct 6", '" " PUNCT punct 6')


def test_find_quotations_reads_the_cue_behind() -> None:
    doc = a_doc(*WE_AGREED, "said say VERB ROOT 0", "Varo_ Varo PROPN nsubj 6", ". . PUNCT punct 6")
    assert said(doc, 6) == [("We agreed,", "Varo", "said")]


def test_find_quotations_takes_no_cue_from_the_clause_that_goes_on_behind_an_and() -> None:
    doc = a_doc(
        "Brek Brek PROPN nsubj 2",
        "voiced voice VERB ROOT 0",
        "his his PRON nmod:poss 6",
        '"_ " PUNCT punct 6',
        "deep deep ADJ amod 6",
        "sorrow_ sorrow NOUN obj 2",
        '" " PUNCT punct 6',
        "and and CCONJ cc 10",
        "Varo Varo PROPN nsubj 10",
        "left_ leave VERB conj 2",
        ". . PUNCT punct 2",
    )
    assert said(doc, 0, 8) == [("deep sorrow", "Brek", "voiced")]


def test_find_quotations_leaves_out_terms_and_titles() -> None:
    doc = a_doc(
        "The the DET det 5",
        "so-called so-called ADJ amod 5",
        '"_ " PUNCT punct 5',
        "safe safe ADJ amod 5",
        "zone_ zone NOUN nsubj 7",
        '" " PUNCT punct 5',
        "inspired inspire VERB ROOT 0",
        '"_ " PUNCT punct 11',
        "The the DET det 11",
        "Long long ADJ amod 11",
        "Road_ road NOUN obj 7",
        '"_ " PUNCT punct 11',
        ". . PUNCT punct 7",
    )
    assert said(doc) == []


def test_find_quotations_gives_a_headline_its_actor() -> None:
    doc = a_doc("Envoy envoy NOUN ROOT 0", "'_ ' PUNCT punct 3", "hopeful_ hopeful ADJ amod 1", "' ' PUNCT punct 3")
    assert said(doc, 0) == [("hopeful", "Envoy", None)]


def test_find_quotations_gives_the_paragraphs_of_one_quotation_one_speaker() -> None:
    doc = a_doc(
        "Varo Varo PROPN nsubj 2",
        "said_ say VERB ROOT 0",
        ": : PUNCT punct 2",
        "“_ “ PUNCT punct 6",
        "We we PRON nsubj 6",
        "agreed_ agree VERB ccomp 2",
        "._ . PUNCT punct 6",
        "¶_ ¶ SPACE dep 7",
        "“_ “ PUNCT punct 11",
        "We we PRON nsubj 11",
        "sign_ sign VERB ROOT 0",
        "._ . PUNCT punct 11",
        "”_ ” PUNCT punct 11",
    )
    assert said(with_breaks(doc), 0) == [("We agreed.", "Varo", "said"), ("We sign.", "Varo", "said")]


@pytest.mark.parametrize(
    "line",
    [
        '"""Keep a queue of jobs."""',
        'logging.warning("the job was rejected again");',
        '  "status": "agreed by both parties today",',
        'name = "a plan of ten points"',
    ],
)
def test_find_quotations_takes_no_string_of_a_program_for_speech(line: str) -> None:
    assert said(parsed(line)) == []


def test_find_quotations_keeps_words_that_stand_alone_in_their_line() -> None:
    assert said(parsed('"We stand ready to sign."\n')) == [("We stand ready to sign.", None, None)]
