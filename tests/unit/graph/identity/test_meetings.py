"""Meetings of different documents are found to be one by who meets, when and where."""

from __future__ import annotations

from typing import Any

import pytest

from kg.graph.identity.joins import Rivals
from kg.graph.identity.referents import referents_of
from kg.records import Entity, Extraction, Meeting
from tests.identities import DAY, a_description, a_report, a_sitting, a_state, a_thing, a_tie, are_one, joins, somebody

NORLAND, OSTRAVIA = a_state("Norland", "Norlandic"), a_state("Ostravia", "Ostravian")
VARO, BREK, HALE = somebody("Ilena Varo"), somebody("Tomas Brek"), somebody("Robin Hale")
PORT, MILL = a_thing("City", "Port Lys"), a_thing("City", "Millhaven")
EVERYBODY = (VARO, BREK, HALE, NORLAND, OSTRAVIA, PORT, MILL)


def told(name: str, *meetings: Meeting, also: tuple[Entity, ...] = (), **changes: Any) -> Extraction:
    return a_report(name, *EVERYBODY, *also, meetings=meetings, **changes)


def are_one_meeting(one: Extraction, other: Extraction) -> bool:
    return are_one([one, other], *(_meetings(extraction)[0] for extraction in (one, other)))


def _meetings(extraction: Extraction) -> list[str]:
    return [referent.local for referent in referents_of(extraction) if isinstance(referent.record, Meeting)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a_sitting(VARO, BREK), a_sitting(BREK, VARO)),
        (a_sitting(VARO, BREK, modality="planned"), a_sitting(VARO, BREK)),
        (a_sitting(VARO, BREK, modality="planned"), a_sitting(VARO, BREK, modality="negated")),
        (a_sitting(VARO, BREK, type="talks"), a_sitting(VARO, BREK, type="summit", place=PORT)),
        (a_sitting(VARO, place=PORT), a_sitting(VARO, BREK, place=PORT)),
        (a_sitting(VARO, BREK, date="2031-02-24/2031-03-01"), a_sitting(VARO, BREK)),
        (a_sitting(VARO, BREK, date="2031-02"), a_sitting(VARO, BREK)),
        (a_sitting(VARO, BREK, place=PORT, date=None), a_sitting(VARO, BREK, place=PORT, date="2031-02-22")),
        (a_sitting(VARO, BREK, type="call", place=PORT), a_sitting(VARO, BREK, type="call", place=MILL)),
        (a_sitting(VARO, type="visit", place=PORT), a_sitting(VARO, type="visit", place=PORT)),
        (a_sitting(VARO, BREK, place=NORLAND), a_sitting(VARO, BREK, place=PORT)),
    ],
)
def test_a_meeting_of_the_same_people_on_one_day_is_one(one: Meeting, other: Meeting) -> None:
    assert are_one_meeting(told("d1", one), told("d2", other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (a_sitting(VARO, BREK), a_sitting(VARO, BREK, type="call")),
        (a_sitting(VARO, BREK, place=PORT), a_sitting(VARO, BREK, place=PORT, date="2031-03-05")),
        (a_sitting(VARO, BREK, place=PORT), a_sitting(VARO, BREK, place=MILL)),
        (a_sitting(VARO), a_sitting(VARO, BREK)),
        (a_sitting(VARO, BREK), a_sitting(VARO, HALE)),
        (a_sitting(VARO, BREK, date=None), a_sitting(VARO, BREK)),
        (a_sitting(VARO, BREK, place=PORT, date=None), a_sitting(VARO, BREK, place=PORT, date=None)),
        (a_sitting(VARO, BREK, place=PORT, date=None), a_sitting(VARO, BREK, place=PORT, date="2031-02-10")),
        (a_sitting(VARO, BREK, place=PORT, date=None), a_sitting(VARO, BREK, place=PORT, date="2031-02-27")),
        (a_sitting(VARO, BREK, place=PORT, date=None, modality="planned"), a_sitting(VARO, BREK, place=PORT)),
        (a_sitting(VARO, BREK, date="2031"), a_sitting(VARO, BREK)),
        (a_sitting(), a_sitting()),
        (a_sitting(place=PORT), a_sitting(place=PORT)),
        (a_sitting(VARO, BREK, date="soon"), a_sitting(VARO, BREK, date="soon")),
    ],
)
def test_a_meeting_that_agrees_in_less_is_another(one: Meeting, other: Meeting) -> None:
    assert not are_one_meeting(told("d1", one), told("d2", other))


def test_other_people_in_one_place_on_one_day_hold_another_meeting() -> None:
    documents = [told("d1", a_sitting(VARO, BREK, place=PORT)), told("d2", a_sitting(VARO, HALE, place=PORT))]
    one, other = (_meetings(document)[0] for document in documents)
    assert Rivals(first=("d1", one), second=("d2", other)) in joins(documents)


def test_rounds_a_week_apart_are_two_though_a_third_report_gives_no_day() -> None:
    first = told("d1", a_sitting(VARO, BREK, place=PORT, date="2031-02-19"))
    second = told("d2", a_sitting(VARO, BREK, place=PORT, date="2031-02-26"))
    undated = told("d3", a_sitting(VARO, BREK, place=PORT, date=None))
    meetings = [_meetings(document)[0] for document in (first, second, undated)]
    assert are_one_meeting(first, undated)
    assert not are_one([first, second], *meetings[:2])
    assert not [one for one in joins([first, second, undated]) if one.first[1].startswith("meeting/")]


def test_a_meeting_that_fits_two_of_one_document_is_neither() -> None:
    both = told("d1", a_sitting(VARO, BREK, place=PORT), a_sitting(VARO, HALE, place=PORT))
    one = told("d2", a_sitting(VARO, place=PORT))
    assert not [found for found in joins([both, one]) if found.first[1].startswith("meeting/")]


def test_a_delegation_stands_for_its_state() -> None:
    team = a_description("Group", "Ostravian delegation")
    stand_in = told("d1", a_sitting(VARO, team, place=PORT), also=(team,))
    envoy = somebody("Ada Moran", "Ostravian envoy")
    assert are_one_meeting(stand_in, told("d2", a_sitting(VARO, envoy, place=PORT), also=(envoy,)))
    theirs = somebody("Ada Moran", "Norlandic envoy")
    assert not are_one_meeting(stand_in, told("d2", a_sitting(VARO, theirs, place=PORT), also=(theirs,)))


def test_states_meet_where_their_ministers_do() -> None:
    ministers = somebody("Ada Moran", "Norlandic foreign minister"), somebody("Ken Dunn", "Ostravian foreign minister")
    by_name = told("d1", a_sitting(*ministers, place=PORT), also=ministers)
    assert are_one_meeting(by_name, told("d2", a_sitting(NORLAND, OSTRAVIA, place=PORT)))
    assert not are_one_meeting(by_name, told("d2", a_sitting(NORLAND, OSTRAVIA)))


def test_those_who_meet_are_known_under_the_names_of_all_documents() -> None:
    varo = somebody("Varo", "Norlandic minister")
    whole = somebody("Ilena Varo", "Norlandic foreign minister")
    one = a_report("d1", whole, BREK, NORLAND, meetings=(a_sitting(whole, BREK),))
    other = a_report("d2", varo, BREK, NORLAND, meetings=(a_sitting(varo, BREK),))
    assert are_one_meeting(one, other)


def test_where_a_town_lies_is_no_other_place() -> None:
    tie = a_tie(PORT, "locatedIn", NORLAND)
    one = told("d1", a_sitting(VARO, BREK, place=PORT, date=DAY), relations=(tie,))
    assert are_one_meeting(one, told("d2", a_sitting(VARO, BREK, place=NORLAND)))
