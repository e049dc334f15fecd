"""Which text is on the table, in which versions, and whose approval it needs, with the shipped pipeline."""

from __future__ import annotations

import datetime

import pytest

from kg.records import Document, Extraction, Proposal
from tests.readers import extractor


def extract(text: str) -> Extraction:
    return extractor().extract(Document(id="test", text=text, date=datetime.date(2031, 2, 26)))


def only(text: str) -> Proposal:
    (proposal,) = extract(text).proposals
    return proposal


def names(found: Extraction) -> dict[str, str]:
    return {entity.id: entity.name for entity in found.entities}


def test_read_proposals_joins_all_that_is_told_of_one_text() -> None:
    found = extract(
        "Norway tabled a 14-point plan on Monday. The plan was handed to Chad and Niger. A revised draft of 12 points was circulated "
        "yesterday. The plan must be approved by the parliament of Chad. The document is on the table."
    )
    (plan,) = found.proposals
    known = names(found)
    assert (known[plan.entity], plan.kind, plan.status, plan.points) == ("14-point plan", "plan", "under-negotiation", (12, 14))
    assert ([known[a] for a in plan.authors], [known[r] for r in plan.recipients]) == (["Norway"], ["Chad", "Niger"])
    assert [(v.points, v.date, v.evidence.text) for v in plan.versions] == [(12, "2031-02-25", "A revised draft of 12 points")]
    assert [(known.get(a.by, a.by), a.evidence.text) for a in plan.approvals] == [
        ("parliament of Chad", "The plan must be approved by the parliament of Chad")
    ]


def test_read_proposals_gives_the_entity_every_mention() -> None:
    found = extract("Norway tabled a 14-point plan. The plan was sent to Chad. Niger rejected the plan.")
    (plan,) = found.proposals
    (entity,) = (entity for entity in found.entities if entity.type == "Document")
    assert (entity.id, entity.named) == (plan.entity, False)
    assert [mention.text for mention in entity.mentions] == ["14-point plan", "plan", "plan"]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Norway presented a 14-point plan.", (14,)),
        ("Norway presented a draft treaty of nine articles.", (9,)),
        ("The draft treaty has 31 articles.", (31,)),
        ("There is a list of 17 to 19 points on the table.", (17, 19)),
        ("Norway presented a plan. It is 19 points or 21 points, depending on the version.", (19, 21)),
        ("Norway presented a plan.", ()),
    ],
)
def test_read_proposals_counts_points(text: str, points: tuple[int, ...]) -> None:
    assert only(text).points == points


def test_read_proposals_gives_each_version_its_own_points() -> None:
    versions = only("Norway presented a plan. It is 19 points or 21 points, depending on the version.").versions
    assert [(version.points, version.evidence.text) for version in versions] == [(19, "19 points"), (21, "21 points")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norway proposed a plan.", "proposed"),
        ("Chad and Niger are working on the draft treaty.", "under-negotiation"),
        ("The final agreement will require the approval of parliament.", "under-negotiation"),
        ("Chad and Niger reached an agreement on the border.", "agreed"),
        ("Chad and Niger signed a peace treaty on Monday.", "signed"),
        ("The Security Council adopted a resolution on Chad.", "adopted"),
        ("Chad rejected Norway's peace plan.", "rejected"),
        ("Chad called for full implementation of the 2019 ceasefire agreement.", "agreed"),
        ("Norway proposed a plan. Chad rejected an earlier version of the plan.", "proposed"),
        ("Chad will sign the draft treaty in May.", "under-negotiation"),
    ],
)
def test_read_proposals_tells_how_a_text_stands(text: str, status: str) -> None:
    assert only(text).status == status


@pytest.mark.parametrize(
    ("text", "approvers"),
    [
        ("The draft treaty must be ratified by Chad.", ["Chad"]),
        ("The plan requires the consent of Chad and Niger.", ["Chad", "Niger"]),
        ("The framework agreement is subject to ratification by Chad.", ["Chad"]),
        ("Norway presented a plan. It will have to be agreed upon by Chad.", ["Chad"]),
        ("Norway presented a plan. Chad has to agree to this before it can work.", ["Chad"]),
        ("The draft treaty will enter into force after ratification by both parliaments.", ["parliaments"]),
        ("The plan does not need the approval of Chad.", []),
    ],
)
def test_read_proposals_tells_whose_approval_a_text_needs(text: str, approvers: list[str]) -> None:
    found = extract(text)
    assert [names(found).get(a.by, a.by) for p in found.proposals for a in p.approvals] == approvers


def test_read_proposals_tells_authors_from_those_between_whom_a_text_is_to_hold() -> None:
    found = extract("Norway's draft of the treaty between Chad and Niger was published.")
    (treaty,) = found.proposals
    known = names(found)
    assert ({known[a] for a in treaty.authors}, {known[p] for p in treaty.parties}) == ({"Norway"}, {"Chad", "Niger"})
    assert treaty.kind == "treaty"


def test_read_proposals_keeps_rival_texts_apart() -> None:
    found = extract("Norway tabled a five-point plan. Sweden tabled a rival proposal. Chad rejected Sweden's proposal.")
    known = names(found)
    assert [([known[a] for a in p.authors], p.status) for p in found.proposals] == [
        (["Norway"], "proposed"),
        (["Sweden"], "rejected"),
    ]


def test_read_proposals_names_a_text_by_its_own_name_in_every_document() -> None:
    found = extract("Chad welcomed Resolution 2559, adopted by the Security Council in December.")
    (resolution,) = found.proposals
    assert (resolution.entity, resolution.kind, resolution.status) == ("id:proposal/resolution-2559", "resolution", "adopted")


@pytest.mark.parametrize(
    "text",
    [
        "Maria's plan was to bake bread.",
        "The list of ingredients has five items.",
        "The agreement of verb and subject is a rule of grammar.",
        "Both sides hope to reach an agreement.",
        "There is no agreement on the border.",
        "The agreement to meet in May stands.",
        "We talked about our plans for the summer.",
        "He had no plans to move to Oslo.",
        "The resolution of the dispute will take years.",
    ],
)
def test_read_proposals_takes_no_mere_intention_for_a_text(text: str) -> None:
    assert extract(text).proposals == ()
