"""Who negotiates with whom, about what, with whose help and since when, with the shipped pipeline."""

from __future__ import annotations

import datetime

import pytest

from kg.records import Document, Extraction, Negotiation
from tests.readers import extractor


def extract(text: str, *, date: str | None = "2031-02-26") -> Extraction:
    day = datetime.date.fromisoformat(date) if date is not None else None
    return extractor().extract(Document(id="test", text=text, date=day))


def told(text: str, *, date: str | None = "2031-02-26") -> list[tuple[set[str], set[str], str | None]]:
    """Return the parties, the mediators and the beginning of each negotiation."""
    found = extract(text, date=date)
    name = {entity.id: entity.name for entity in found.entities}
    return [({name[p] for p in n.parties}, {name[m] for m in n.mediators}, n.begin) for n in found.negotiations]


def only(text: str) -> Negotiation:
    (negotiation,) = extract(text).negotiations
    return negotiation


@pytest.mark.parametrize(
    ("text", "parties", "mediators"),
    [
        ("Chad and Niger have been negotiating over the border.", {"Chad", "Niger"}, set()),
        ("Chad is negotiating with Niger over the border.", {"Chad", "Niger"}, set()),
        ("The talks between Chad and Niger, mediated by Algeria, went on.", {"Chad", "Niger"}, {"Algeria"}),
        ("Algeria is mediating the peace talks between Chad and Niger.", {"Chad", "Niger"}, {"Algeria"}),
        ("Chad and Niger resumed their Algerian-brokered peace talks.", {"Chad", "Niger"}, {"Algeria"}),
        ("Algeria hosted peace negotiations between Chad and Niger.", {"Chad", "Niger"}, {"Algeria"}),
        (
            "Chad held talks with Niger on the border under the auspices of the African Union.",
            {"Chad", "Niger"},
            {"African Union"},
        ),
        ("Algeria mediates between Chad and Niger.", {"Chad", "Niger"}, {"Algeria"}),
    ],
)
def test_read_negotiations_tells_parties_from_mediators(text: str, parties: set[str], mediators: set[str]) -> None:
    assert [(p, m) for p, m, _ in told(text)] == [(parties, mediators)]


@pytest.mark.parametrize(
    ("words", "begin"),
    [
        ("have been negotiating on fishing rights for two weeks", "2031-02-12"),
        ("have been negotiating on fishing rights for ten months", "2030-04"),
        ("have been negotiating on fishing rights since March 2029", "2029-03"),
        ("have been in negotiations on fishing rights since 2028", "2028"),
        ("began peace talks on 3 February", "2031-02-03"),
        ("negotiated on fishing rights for two weeks", None),
    ],
)
def test_read_negotiations_counts_back_to_the_beginning(words: str, begin: str | None) -> None:
    assert told(f"Chad and Niger {words}.") == [({"Chad", "Niger"}, set(), begin)]


def test_read_negotiations_leaves_a_length_open_without_a_date() -> None:
    assert told("Chad and Niger have been negotiating for two weeks.", date=None) == [({"Chad", "Niger"}, set(), None)]


def test_read_negotiations_joins_what_is_told_of_one_process() -> None:
    text = (
        "Chad and Niger have been negotiating over the border. Algeria is hosting the talks. "
        "The negotiations have been under way since January."
    )
    assert told(text) == [({"Chad", "Niger"}, {"Algeria"}, "2031-01")]
    assert [span.text for span in only(text).evidence] == [
        "Chad and Niger have been negotiating over the border",
        "Algeria is hosting the talks",
        "The negotiations have been under way since January",
    ]


def test_read_negotiations_keeps_two_processes_apart() -> None:
    found = told("Chad and Niger are holding talks on the border. Separately, Chad and Mali are holding talks on prisoners.")
    assert [parties for parties, _, _ in found] == [{"Chad", "Niger"}, {"Chad", "Mali"}]


def test_read_negotiations_keeps_two_matters_of_the_same_parties_apart_where_the_text_does() -> None:
    text = "Chad and Niger are negotiating on the border. Chad and Niger are holding separate talks on prisoners."
    assert [negotiation.label for negotiation in extract(text).negotiations] == ["border", "prisoners"]


def test_read_negotiations_keeps_matters_of_the_same_label_words_together() -> None:
    negotiation = only("Chad and Niger are negotiating on the northern border. The talks on the border will go on.")
    assert "border" in negotiation.label


def test_read_negotiations_names_its_sittings() -> None:
    found = extract("Chad and Niger held peace talks on the border in Vienna on 24 February.")
    assert [meeting.type for meeting in found.meetings] == ["talks"]
    assert [negotiation.meetings for negotiation in found.negotiations] == [(0,)]


def test_read_negotiations_takes_the_parties_of_the_dispute_where_no_others_are_told() -> None:
    assert told("Ilena Varo reported on the negotiations related to the Chad-Niger conflict.") == [
        ({"Chad", "Niger"}, set(), None)
    ]


def test_read_negotiations_keeps_what_is_denied_as_denied() -> None:
    assert only("Peace talks between Chad and Niger have not begun.").modality == "negated"


@pytest.mark.parametrize(
    "text",
    [
        "Maria talked with her guests about the soup for two hours.",
        "The minister held talks with the ambassador.",
        "They had a long talk.",
        "Chad mediated.",
        "The process of baking takes an hour.",
        "We discussed trade.",
    ],
)
def test_read_negotiations_takes_no_mere_talk_for_a_process(text: str) -> None:
    assert extract(text).negotiations == ()
