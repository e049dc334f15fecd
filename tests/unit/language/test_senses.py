"""What the names of states and capitals mean where they stand, on parses written by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.lexicon import load_lexicon
from kg.language.senses import is_government, is_meant
from tests.docs import a_doc

JORDAN = GazetteerEntry(
    key="country/jordan", type="Country", name="Jordan", country="JO", adjectives=("Jordanian",), needs_context=("Jordan",)
)
GEORGIA = GazetteerEntry(key="country/georgia", type="Country", name="Georgia", country="GE", needs_context=("Georgia",))
OSTRAVIA = GazetteerEntry(key="country/ostravia", type="Country", name="Ostravia", country="XO", adjectives=("Ostravian",))
GAZETTEER = Gazetteer([JORDAN, GEORGIA, OSTRAVIA])
LEXICON = load_lexicon()


def meant(doc: Doc, start: int, *, families: frozenset[str] = frozenset()) -> bool:
    """Tell whether the one word at ``start`` means what the gazetteer says; the Doc's entities are what the recognizer saw."""
    span = doc[start : start + 1]
    entry = GAZETTEER.find(span.text)
    assert entry is not None
    seen = {token.i: name for name in doc.ents for token in name}
    return is_meant(span, entry, "name", gazetteer=GAZETTEER, seen=seen, families=families, lexicon=LEXICON)


def test_is_meant_takes_a_state_that_acts_and_nobody_so_named() -> None:
    doc = a_doc("Jordan Jordan PROPN nsubj 2", "hosted host VERB root 0", "them they PRON obj 2", entities=((0, 1, "PERSON"),))
    assert meant(doc, 0)


def test_is_meant_leaves_a_person_named_elsewhere_alone() -> None:
    words = ("Anna Anna PROPN nsubj 3", "Jordan Jordan PROPN flat 1", "left leave VERB root 0", "Jordan Jordan PROPN obj 3")
    doc = a_doc(*words, entities=((0, 2, "PERSON"),))
    assert not meant(doc, 1)
    assert not meant(doc, 3)
    assert not meant(a_doc(words[3].replace(" 3", " 0")), 0, families=frozenset({"Jordan"}))


def test_is_meant_leaves_a_person_behind_a_title_alone() -> None:
    doc = a_doc("Minister Minister PROPN compound 2", "Jordan Jordan PROPN nsubj 3", "left leave VERB root 0")
    assert not meant(doc, 1)


def test_is_meant_takes_a_state_beside_another() -> None:
    doc = a_doc(
        "Ostravia Ostravia PROPN root 0", "and and CCONJ cc 3", "Jordan Jordan PROPN conj 1", entities=((2, 3, "PERSON"),)
    )
    assert meant(doc, 2)


@pytest.mark.parametrize(
    ("rows", "start", "expected"),
    [
        (("in in ADP case 2", "Jordan Jordan PROPN root 0"), 1, True),
        (("Jordan Jordan PROPN compound 2", "River River PROPN root 0"), 0, False),
        (("the the DET det 3", "New New PROPN compound 3", "Jordan Jordan PROPN root 0"), 2, False),
        (("Ostravia Ostravia PROPN root 0", "Lund Lund PROPN flat 1"), 0, False),
        (("Ostravia Ostravia PROPN root 0", "Jordan Jordan PROPN flat 1"), 0, True),
        (("Ostravia Ostravia PROPN nsubj 2", "agreed agree VERB root 0"), 0, True),
    ],
)
def test_is_meant_reads_the_words_beside(rows: tuple[str, ...], start: int, expected: bool) -> None:
    assert meant(a_doc(*rows), start) is expected


GOVERNOR = (
    "The the DET det 2",
    "governor governor NOUN nsubj 5",
    "of of ADP case 4",
    "Georgia Georgia PROPN nmod 2",
    "spoke speak VERB root 0",
)


def test_is_meant_knows_a_member_of_a_federation_by_its_offices() -> None:
    assert not meant(a_doc(*GOVERNOR, entities=((3, 4, "PLACE"),)), 3)
    president = (GOVERNOR[0], "president president NOUN nsubj 5", *GOVERNOR[2:])
    assert meant(a_doc(*president, entities=((3, 4, "PLACE"),)), 3)


def test_is_meant_knows_a_member_of_a_federation_by_its_cities() -> None:
    rows = ("in in ADP case 2", "Atlanta Atlanta PROPN root 0", ", , PUNCT punct 4", "Georgia Georgia PROPN appos 2")
    assert not meant(a_doc(*rows, entities=((3, 4, "PLACE"),)), 3)


def test_is_meant_trusts_the_rest_of_the_text_more_than_an_office() -> None:
    rows = (*GOVERNOR, "in in ADP case 7", "Tbilisi Tbilisi PROPN obl 5")
    assert meant(a_doc(*rows, entities=((3, 4, "PLACE"),)), 3)


def case(preposition: str, noun: str, *, verb: str = "", relation: str = "nmod") -> Doc:
    """Return "noun preposition Lundhaven": a capital behind a preposition."""
    return a_doc(
        f"{noun} {noun} {verb or 'NOUN'} root 0",
        f"{preposition} {preposition} ADP case 3",
        f"Lundhaven Lundhaven PROPN {relation} 1",
    )


@pytest.mark.parametrize(
    ("doc", "expected"),
    [
        (case("with", "talks"), False),
        (case("with", "relation"), True),
        (case("between", "border"), True),
        (case("in", "relation"), False),
        (case("on", "pressure"), True),
        (case("on", "attack"), False),
        (case("to", "proposal"), True),
        (case("to", "road"), False),
        (case("for", "spokesman"), True),
        (case("from", "flight"), False),
        (case("by", "rejected", verb="VERB", relation="obl:agent"), True),
    ],
)
def test_is_government_reads_what_others_have_to_do_with_a_capital(doc: Doc, expected: bool) -> None:
    assert is_government(doc[2], LEXICON) is expected


@pytest.mark.parametrize(
    ("verb", "expected"), [("vetoed veto", True), ("hosted host", False), ("rejected reject", True), ("saw see", False)]
)
def test_is_government_takes_a_capital_that_acts(verb: str, expected: bool) -> None:
    doc = a_doc("Lundhaven Lundhaven PROPN nsubj 2", f"{verb} VERB root 0", "it it PRON obj 2")
    assert is_government(doc[0], LEXICON) is expected


def test_is_government_takes_both_of_two_capitals_that_act() -> None:
    doc = a_doc(
        "Lundhaven Lundhaven PROPN nsubj 4",
        "and and CCONJ cc 3",
        "Varoburg Varoburg PROPN conj 1",
        "vetoed veto VERB root 0",
        "it it PRON obj 4",
    )
    assert [is_government(doc[0], LEXICON), is_government(doc[2], LEXICON)] == [True, True]


def test_is_government_leaves_a_city_that_something_happens_to() -> None:
    doc = a_doc("Lundhaven Lundhaven PROPN nsubj:pass 3", "was be AUX aux:pass 3", "hit hit VERB root 0")
    assert not is_government(doc[0], LEXICON)


@pytest.mark.parametrize(
    ("verb", "expected"), [("blamed blame", True), ("warned warn", True), ("left leave", False), ("shelled shell", False)]
)
def test_is_government_takes_a_capital_that_is_spoken_to(verb: str, expected: bool) -> None:
    doc = a_doc("She she PRON nsubj 2", f"{verb} VERB root 0", "Lundhaven Lundhaven PROPN obj 2")
    assert is_government(doc[2], LEXICON) is expected


@pytest.mark.parametrize(("verb", "expected"), [("called call", True), ("fired fire", False)])
def test_is_government_takes_a_capital_that_is_called_on(verb: str, expected: bool) -> None:
    doc = a_doc("She she PRON nsubj 2", f"{verb} VERB root 0", "on on ADP case 4", "Lundhaven Lundhaven PROPN obl 2")
    assert is_government(doc[3], LEXICON) is expected
