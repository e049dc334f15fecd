"""What matters are read from statements of every kind, and how they stand, with the shipped pipeline."""

from __future__ import annotations

import datetime

import pytest

from kg.records import Document, Extraction
from tests.readers import extractor


def extract(text: str) -> Extraction:
    return extractor().extract(Document(id="test", text=text, date=datetime.date(2031, 2, 26)))


def issues(text: str) -> dict[str, str]:
    """Return the status of each issue of a text, in a document in which somebody acts."""
    return {issue.label: issue.status for issue in extract(f"Norway won.\n\n{text}").issues}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # What is discussed, raised, demanded.
        ("The ministers discussed grain exports.", {"grain exports": "open"}),
        ("Varo called for an immediate halt to the shelling.", {"halt to the shelling": "open"}),
        ("Norway urged Sweden to release the detained fishermen.", {"release of detained fishermen": "open"}),
        ("Negotiators remain divided over car tariffs and farm subsidies.", {"car tariffs": "open", "farm subsidies": "open"}),
        # What stands behind empty heads, and in lists.
        ("They discussed the question of the status of the Saltmarsh.", {"status of the Saltmarsh": "open"}),
        (
            "The talks have three aspects: withdrawal, water rights and the timetable.",
            {"withdrawal": "open", "water rights": "open", "timetable": "open"},
        ),
        ("They raised several issues, including overflight rights.", {"overflight rights": "open"}),
        # Conditions and duties.
        ("The rebels will come only if the army ends its blockade.", {"end of blockade": "open"}),
        ("The border must be reopened.", {"reopening of border": "open"}),
    ],
)
def test_issues_are_read_from_what_parties_negotiate_want_and_demand(text: str, found: dict[str, str]) -> None:
    assert issues(text) == found


@pytest.mark.parametrize(
    ("text", "label", "status"),
    [
        ("The two governments agreed on the withdrawal of troops.", "withdrawal of troops", "agreed"),
        ("They have not agreed on the withdrawal of troops.", "withdrawal of troops", "open"),
        ("They hope to agree on the withdrawal of troops.", "withdrawal of troops", "open"),
        ("They were unable to reach agreement on the status of the port.", "status of the port", "open"),
        ("We made progress on the release of prisoners.", "release of prisoners", "progress"),
        ("Both sides agreed that there has been progress in lifting the blockade.", "lifting of blockade", "progress"),
        ("Norway rejected the draft resolution.", "draft resolution", "rejected"),
        ("Norway will not lift the embargo.", "lifting of embargo", "rejected"),
        ("Norway asked Sweden to waive the visa fees, but Sweden rejected the request.", "waiver of visa fees", "rejected"),
        ("The ministers put off the question of sovereignty.", "sovereignty", "deferred"),
        ("The date of the elections will be taken up at a later stage.", "date of the elections", "deferred"),
        ("The question of compensation will be dealt with separately.", "compensation", "separate-track"),
        ("We remain committed to the implementation of the 2006 peace accord.", "2006 peace accord", "agreed"),
        ("Norway has no intention of deploying missiles.", "deployment of missiles", "unspecified"),
        ("The status of the port remains open.", "status of the port", "open"),
    ],
)
def test_issues_have_the_status_that_their_predicate_gives_them(text: str, label: str, status: str) -> None:
    assert issues(text).get(label) == status


def test_issues_of_questions_are_unspecified() -> None:
    assert issues("Q: Minister, are you prepared to offer security guarantees?\nMINISTER VARO: I will not go into that.") == {
        "security guarantees": "unspecified"
    }


def test_issues_told_one_by_one_take_the_status_of_their_list() -> None:
    text = "The presidents agreed on several issues. The first of these is the creation of a border commission."
    assert issues(text) == {"creation of a border commission": "agreed"}


def test_issues_told_twice_are_one_with_the_most_decided_status() -> None:
    found = issues("The ministers discussed the prisoner exchange. Later they agreed on the prisoner exchange.")
    assert found == {"prisoner exchange": "agreed"}


def test_issues_of_one_name_stay_apart_where_a_word_tells_them_apart() -> None:
    found = issues("The ministers discussed an interim agreement. They also discussed the final agreement.")
    assert found == {"interim agreement": "open", "final agreement": "open"}


def test_issues_need_the_approval_that_must_be_given() -> None:
    assert issues("The text must be approved by the Northern League.")["approval of Northern League"] == "open"


def test_issues_name_the_parties_that_negotiate_or_dispute_them() -> None:
    found = extract("Norway and Sweden discussed fishing quotas.")
    names = {entity.id: entity.name for entity in found.entities}
    assert [(issue.label, [names[party] for party in issue.parties]) for issue in found.issues] == [
        ("fishing quotas", ["Norway", "Sweden"])
    ]


def test_issues_show_the_words_that_tell_their_status() -> None:
    found = extract("Varo spoke in Geneva. Norway rejected the draft resolution on Friday.")
    assert [issue.evidence.text for issue in found.issues] == ["Norway rejected the draft resolution on Friday"]


@pytest.mark.parametrize(
    "text",
    [
        "Peel the potatoes and cut them into thin slices. Stir the onions until they are golden. Serve hot with fresh bread.",
        "def add(a, b):\n    return a + b\n\nfor item in items:\n    print(item)\n",
        "Year  Rain  Sun\n1998  120   33\n1999  140   31\n",
        "A cold front will move in from the west tonight, bringing heavy rain to the coast. Temperatures will drop by Thursday.",
        "United beat Rovers 3-1 on Saturday. The striker scored twice before the visitors pulled one back from a free kick.",
        "The museum will open in May. Tickets cost 12 euros. Children under six are admitted free.",
    ],
)
def test_issues_are_not_read_from_mere_scenery(text: str) -> None:
    assert issues(text) == {}
