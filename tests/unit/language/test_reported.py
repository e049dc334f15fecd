"""Who is reported to say or think what, on sentences parsed by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.language.lexicon import load_lexicon
from kg.language.reported import find_reports
from tests.docs import a_doc


def reports(doc: Doc) -> list[tuple[str, str, str, str]]:
    """Return source, cue, head of the content and manner of each report; an asterisk marks what is only intended."""
    return [
        (
            doc[r.source].text if r.source is not None else "-",
            doc[r.cue].text,
            doc[r.content].text,
            r.manner + "*" * r.intended,
        )
        for r in find_reports(doc, load_lexicon())
    ]


SAID_THAT = a_doc("Varo Varo PROPN nsubj 2", "said say VERB ROOT 0", "talks talk NOUN nsubj 4", "failed fail VERB ccomp 2")
NESTED = a_doc(
    "Varo Varo PROPN nsubj 2",
    "said say VERB ROOT 0",
    "Brek Brek PROPN nsubj 4",
    "promised promise VERB ccomp 2",
    "to to PART mark 6",
    "pay pay VERB xcomp 4",
)
URGED = a_doc(
    "Varo Varo PROPN nsubj 2",
    "urged urge VERB ROOT 0",
    "Brek Brek PROPN obj 2",
    "to to PART mark 5",
    "pay pay VERB xcomp 2",
)
WANTS = a_doc("Varo Varo PROPN nsubj 2", "wants want VERB ROOT 0", "to to PART mark 4", "leave leave VERB xcomp 2")
WANTS_TO_STRESS = a_doc(
    "Varo Varo PROPN nsubj 2",
    "wanted want VERB ROOT 0",
    "to to PART mark 4",
    "stress stress VERB xcomp 2",
    "talks talk NOUN nsubj 6",
    "failed fail VERB ccomp 4",
)
CALLED_FOR = a_doc("Varo Varo PROPN nsubj 2", "called call VERB ROOT 0", "for for ADP case 4", "talks talk NOUN obl 2")
CALLED_IT = a_doc(
    "Varo Varo PROPN nsubj 2", "called call VERB ROOT 0", "it it PRON obj 2", "a a DET det 5", "farce farce NOUN xcomp 2"
)


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (SAID_THAT, [("Varo", "said", "failed", "indirect")]),
        (NESTED, [("Varo", "said", "promised", "indirect"), ("Brek", "promised", "pay", "indirect")]),
        (URGED, [("Varo", "urged", "pay", "indirect")]),
        (WANTS, [("Varo", "wants", "leave", "indirect*")]),
        (WANTS_TO_STRESS, [("Varo", "stress", "failed", "indirect")]),
        (CALLED_FOR, [("Varo", "called", "talks", "indirect")]),
        (CALLED_IT, [("Varo", "called", "farce", "indirect")]),
    ],
    ids=["that", "nested", "urged", "wants", "wants to stress", "called for", "called it"],
)
def test_find_reports_reads_what_verbs_report(doc: Doc, expected: list[tuple[str, str, str, str]]) -> None:
    assert reports(doc) == expected


IMPERSONAL = a_doc(
    "It it PRON nsubj:pass 3",
    "was be AUX aux:pass 3",
    "agreed agree VERB ROOT 0",
    "talks talk NOUN nsubj 5",
    "failed fail VERB ccomp 3",
)
AGREED = a_doc(
    "Both both PRON nsubj:pass 3",
    "were be AUX aux:pass 3",
    "agreed agree VERB ROOT 0",
    "talks talk NOUN nsubj 5",
    "failed fail VERB ccomp 3",
)
EXPECTED_BY = a_doc(
    "Varo Varo PROPN nsubj:pass 3",
    "is be AUX aux:pass 3",
    "expected expect VERB ROOT 0",
    "by by ADP case 5",
    "analysts analyst NOUN obl:agent 3",
    "to to PART mark 7",
    "resign resign VERB xcomp 3",
)
QUOTED_AS = a_doc(
    "Varo Varo PROPN nsubj:pass 3",
    "was be AUX aux:pass 3",
    "quoted quote VERB ROOT 0",
    "by by ADP case 5",
    "radio radio NOUN obl:agent 3",
    "as as SCONJ mark 7",
    "saying say VERB advcl 3",
    "talks talk NOUN nsubj 9",
    "failed fail VERB ccomp 7",
)


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (IMPERSONAL, [("-", "agreed", "failed", "indirect")]),
        (AGREED, [("Both", "agreed", "failed", "indirect")]),
        (EXPECTED_BY, [("analysts", "expected", "resign", "indirect")]),
        (QUOTED_AS, [("Varo", "saying", "failed", "indirect")]),
    ],
    ids=["it was agreed", "both were agreed", "expected by", "quoted as saying"],
)
def test_find_reports_finds_the_source_of_passives(doc: Doc, expected: list[tuple[str, str, str, str]]) -> None:
    assert reports(doc) == expected


BESIDE = a_doc(
    "Talks talk NOUN nsubj 2",
    "failed_ fail VERB ROOT 0",
    ", , PUNCT punct 5",
    "Varo Varo PROPN nsubj 5",
    "said say VERB parataxis 2",
)
AS_NOTED = a_doc(
    "As as SCONJ mark 3",
    "Varo Varo PROPN nsubj 3",
    "noted_ note VERB advcl 6",
    ", , PUNCT punct 3",
    "talks talk NOUN nsubj 6",
    "failed fail VERB ROOT 0",
)
ACCORDING = a_doc(
    "According accord VERB case 3",
    "to to ADP fixed 1",
    "Varo_ Varo PROPN obl 6",
    ", , PUNCT punct 3",
    "talks talk NOUN nsubj 6",
    "failed fail VERB ROOT 0",
)
APART = a_doc(
    "Talks talk NOUN nsubj 2",
    "failed_ fail VERB ROOT 0",
    "; ; PUNCT punct 5",
    "Varo Varo PROPN nsubj 5",
    "complained complain VERB parataxis 2",
)


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (BESIDE, [("Varo", "said", "failed", "indirect")]),
        (AS_NOTED, [("Varo", "noted", "failed", "indirect")]),
        (ACCORDING, [("Varo", "According", "failed", "according")]),
        (APART, []),
    ],
    ids=["beside", "as", "according to", "another clause"],
)
def test_find_reports_reads_what_is_set_beside_a_clause(doc: Doc, expected: list[tuple[str, str, str, str]]) -> None:
    assert reports(doc) == expected


CLAIM = a_doc(
    "Varo Varo PROPN nmod:poss 3",
    "'s 's PART case 1",
    "claim claim NOUN nsubj 7",
    "that that SCONJ mark 6",
    "talks talk NOUN nsubj 6",
    "failed fail VERB acl 3",
    "surprised surprise VERB ROOT 0",
)
VOICED = a_doc(
    "Varo Varo PROPN nsubj 2",
    "voiced voice VERB ROOT 0",
    "the the DET det 4",
    "hope hope NOUN obj 2",
    "that that SCONJ mark 7",
    "talks talk NOUN nsubj 7",
    "continue continue VERB acl 4",
)
REPORTS_OF = a_doc("Reports report NOUN nsubj 4", "of of ADP case 3", "shelling shelling NOUN nmod 1", "came come VERB ROOT 0")
CONFIDENT = a_doc(
    "Varo Varo PROPN nsubj 3",
    "is be AUX cop 3",
    "confident confident ADJ ROOT 0",
    "talks talk NOUN nsubj 5",
    "continue continue VERB ccomp 3",
)
BORN = a_doc(
    "The the DET det 2",
    "bridge bridge NOUN nsubj 4",
    "that that PRON obj 4",
    "fell fall VERB ROOT 0",
    "in in ADP case 6",
    "May May PROPN obl 4",
)
SHOWS = a_doc("This this PRON nsubj 2", "shows show VERB ROOT 0", "talks talk NOUN nsubj 4", "failed fail VERB ccomp 2")


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (CLAIM, [("Varo", "claim", "failed", "nominal")]),
        (VOICED, [("Varo", "hope", "continue", "nominal")]),
        (REPORTS_OF, [("-", "Reports", "shelling", "nominal")]),
        (CONFIDENT, [("Varo", "confident", "continue", "indirect")]),
        (BORN, []),
        (SHOWS, []),
    ],
    ids=["claim that", "voiced the hope", "reports of", "confident", "nobody says", "this shows"],
)
def test_find_reports_reads_nouns_and_opinions(doc: Doc, expected: list[tuple[str, str, str, str]]) -> None:
    assert reports(doc) == expected
