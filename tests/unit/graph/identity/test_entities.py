"""Bodies, places, occurrences and texts of different documents are found to be one by link or name, and by what is known of them."""

from __future__ import annotations

from typing import Any

import pytest

from kg.graph.identity.contexts import Context
from kg.graph.identity.entities import join_entities
from kg.graph.identity.joins import Join
from kg.records import Entity, EntityType, Extraction, Proposal
from tests.identities import a_description, a_report, a_span, a_state, a_thing, a_tie, are_one, joins, somebody

NORLAND = a_state("Norland", "Norlandic")
OSTRAVIA = a_state("Ostravia", "Ostravian")
VARO, BREK = somebody("Ilena Varo"), somebody("Tomas Brek")


def a_body(name: str, **changes: Any) -> Entity:
    return a_thing("Organization", name, **({"id": "id:organization/it"} | changes))


def are_one_body(one: Entity, other: Entity, *, first: tuple[Entity, ...] = (), second: tuple[Entity, ...] = ()) -> bool:
    documents = [a_report("d1", one, *first), a_report("d2", other, *second)]
    return are_one(documents, "organization/it", "organization/it")


def test_links_are_surer_than_names() -> None:
    linked = [a_report(f"d{n}", a_state("Norland", link="Q1")) for n in range(3)]
    found = list(join_entities([Context(one) for one in linked]))
    assert [(join.basis, join.first[0], join.second[0]) for join in found if isinstance(join, Join)] == [
        ("by-link", "d0", "d1"),
        ("by-link", "d1", "d2"),
    ]
    named = list(join_entities([Context(a_report(f"d{n}", a_state("Norland"))) for n in range(2)]))
    assert max(join.confidence for join in named if isinstance(join, Join)) < min(
        join.confidence for join in found if isinstance(join, Join)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Northern League", "the Northern League"),
        ("Northern League", "NORTHERN LEAGUE"),
        ("U.S. Fisheries Service", "US Fisheries Service"),
        ("UK Saltmarsh Trust", "United Kingdom Saltmarsh Trust"),
        ("Grey Bridge Inc.", "Grey Bridge"),
        ("Saltmarsh Organisation", "Saltmarsh Organization"),
        ("Sør-Norland Trust", "Sor-Norland Trust"),
    ],
)
def test_bodies_of_one_name_are_one(one: str, other: str) -> None:
    assert are_one_body(a_body(one), a_body(other))


@pytest.mark.parametrize(
    "name", ["Foreign Ministry", "Parliament", "the Government", "Supreme Court", "National Security Council"]
)
def test_a_name_that_every_state_has_says_nothing_alone(name: str) -> None:
    assert not are_one_body(a_body(name), a_body(name), first=(NORLAND,), second=(NORLAND,))


def test_an_institution_is_that_of_its_state() -> None:
    ours, theirs = a_body("Norlandic Foreign Ministry"), a_body("Foreign Ministry of Norland")
    assert are_one_body(ours, theirs, first=(NORLAND,), second=(NORLAND,))
    others = a_body("Ostravian Foreign Ministry")
    assert not are_one_body(ours, others, first=(NORLAND,), second=(OSTRAVIA,))


def test_an_institution_is_that_of_the_state_it_is_said_to_belong_to() -> None:
    bare = a_body("Foreign Ministry")
    documents = [
        a_report("d1", bare, NORLAND, relations=(a_tie(bare, "memberOf", NORLAND),)),
        a_report("d2", a_body("Norlandic Foreign Ministry"), NORLAND),
        a_report("d3", bare, OSTRAVIA, relations=(a_tie(bare, "memberOf", OSTRAVIA),)),
    ]
    assert are_one(documents[:2], "organization/it", "organization/it")
    assert not are_one(documents[1:], "organization/it", "organization/it")


def test_two_universities_of_one_state_are_two() -> None:
    documents = [
        a_report("d1", a_body("University of Norland"), NORLAND),
        a_report("d2", a_body("Norlandic University"), NORLAND),
    ]
    assert not are_one(documents, "organization/it", "organization/it")


def test_an_embassy_is_one_only_where_it_is() -> None:
    embassy, port, mill = a_body("Norlandic Embassy"), a_thing("City", "Port Lys"), a_thing("City", "Millhaven")
    here, also, there = (
        a_report(name, embassy, NORLAND, town, relations=(a_tie(embassy, "locatedIn", town),))
        for name, town in (("d1", port), ("d2", port), ("d3", mill))
    )
    assert are_one([here, also], "organization/it", "organization/it")
    assert not are_one([here, there], "organization/it", "organization/it")


def test_an_acronym_is_the_body_that_bears_it() -> None:
    whole = a_body("Northern Fisheries League", aliases=("Northern Fisheries League", "NFL"))
    assert are_one_body(a_body("NFL"), whole)
    assert not are_one_body(a_body("NFL"), a_body("Northern Fisheries League"))
    assert not are_one_body(a_body("NF"), a_body("Northern Fisheries"))


def test_four_initials_are_the_body_whose_they_are() -> None:
    assert are_one_body(a_body("NSFL"), a_body("Northern Saltmarsh Fisheries League"))


def test_an_acronym_of_two_bodies_is_neither() -> None:
    documents = [
        a_report("d1", a_body("Northern Saltmarsh Fisheries League")),
        a_report("d2", a_body("Norland Southern Forest League")),
        a_report("d3", a_body("NSFL")),
    ]
    assert joins(documents) == []


def test_things_of_different_kinds_are_two_whatever_their_name() -> None:
    state, region = a_state("Kelmar"), a_thing("Region", "Kelmar")
    assert joins([a_report("d1", state), a_report("d2", region)]) == []


def test_towns_of_one_name_in_two_states_are_two() -> None:
    town = a_thing("City", "Millhaven")
    documents = [
        a_report(f"d{n}", town, state, relations=(a_tie(town, "locatedIn", state),))
        for n, state in enumerate((NORLAND, OSTRAVIA))
    ]
    assert not are_one(documents, "city/millhaven", "city/millhaven")
    assert are_one([documents[0], a_report("d9", town)], "city/millhaven", "city/millhaven")


@pytest.mark.parametrize("kind", ["Organization", "Group", "Document", "Event", "Facility"])
def test_what_is_only_described_is_one_with_nothing_by_its_words(kind: EntityType) -> None:
    described = a_description(kind, "Grey Bridge team")
    assert joins([a_report("d1", described), a_report("d2", described)]) == []


def test_a_conference_of_another_year_is_another_one() -> None:
    event = a_thing("Event", "Port Lys Conference")
    days = ("2031-02-20", "2031-02-26", "2032-02-26")
    documents = [a_report(f"d{n}", event, date=day) for n, day in enumerate(days)]
    assert are_one(documents[:2], "event/port-lys-conference", "event/port-lys-conference")
    assert not are_one(documents[1:], "event/port-lys-conference", "event/port-lys-conference")


def a_text(
    name: str, words: str, *, date: str = "2031-02-26", about: tuple[Entity, ...] = (VARO, BREK), **changes: Any
) -> Extraction:
    """Return a report of a text without a name of its own, between some of those whom the report is about."""
    text = a_description("Document", words, id="id:proposal/it")
    named = changes.pop("named", False)
    entity = a_thing("Document", words, id="id:proposal/it") if named else text
    states = (a_state(state, mentions=()) for state in ("Norland", "Ostravia"))
    proposal = Proposal(entity=text.id, evidence=(a_span(),), **changes)
    return a_report(name, entity, *about, *states, date=date, proposals=(proposal,))


def is_one_text(one: Extraction, other: Extraction) -> bool:
    return are_one([one, other], "proposal/it", "proposal/it")


def test_a_text_of_the_same_words_between_the_same_people_is_one() -> None:
    assert is_one_text(a_text("d1", "draft fisheries truce"), a_text("d2", "fisheries truce plan"))


def test_a_text_of_one_name_is_one_though_few_of_its_words_tell() -> None:
    assert is_one_text(a_text("d1", "draft truce plan"), a_text("d2", "truce plan"))
    assert not is_one_text(a_text("d1", "draft plan"), a_text("d2", "draft plan"))


def test_a_text_that_fits_two_with_other_points_is_neither() -> None:
    many, few, bare = (
        a_text("d1", "truce plan", points=(28,)),
        a_text("d2", "truce plan", points=(14,)),
        a_text("d3", "truce plan"),
    )
    assert is_one_text(many, bare)
    assert not [one for one in joins([many, few, bare]) if one.first[1].startswith("proposal/")]


def test_a_text_with_as_many_points_is_one_whatever_it_is_called() -> None:
    assert is_one_text(a_text("d1", "peace plan", points=(14,)), a_text("d2", "framework", points=(12, 14)))


def test_a_named_text_is_one_by_its_name() -> None:
    one, other = (a_text(name, "Port Lys Protocol", named=True, about=()) for name in ("d1", "d2"))
    assert is_one_text(one, other)


@pytest.mark.parametrize(
    "other",
    [
        a_text("d2", "plan", points=(14,)),
        a_text("d2", "fisheries truce", date="2031-07-26"),
        a_text("d2", "fisheries truce", about=(somebody("Robin Hale"),)),
        a_text("d2", "fisheries quota"),
        a_text("d2", "fisheries truce", points=(9,)),
        a_text("d2", "Agreement", named=True),
    ],
    ids=["no words", "months later", "other people", "other words", "other points", "a name that many have"],
)
def test_a_text_that_agrees_in_less_is_another(other: Extraction) -> None:
    assert not is_one_text(a_text("d1", "fisheries truce", points=(14,) if other.proposals[0].points == (9,) else ()), other)


def test_the_agreement_of_one_document_is_not_that_of_another() -> None:
    assert not is_one_text(a_text("d1", "Agreement", named=True), a_text("d2", "Agreement", named=True))


def test_plans_for_two_states_are_two() -> None:
    assert not is_one_text(a_text("d1", "fisheries truce plan for Norland"), a_text("d2", "fisheries truce plan for Ostravia"))
