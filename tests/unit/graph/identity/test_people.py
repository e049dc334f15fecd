"""People of different documents are found to be one by their names, unless something speaks against it."""

from __future__ import annotations

import pytest

from kg.graph.identity.joins import Rivals
from kg.records import Mention
from tests.identities import a_report, a_state, a_thing, a_tie, are_one, joins, somebody

NORLAND = a_state("Norland", "Norlandic")
OSTRAVIA = a_state("Ostravia", "Ostravian")
PORT_LYS = a_thing("City", "Port Lys")
LEAGUE = a_thing("Organization", "Northern League")
VARO = "person/ilena-varo"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilena Varo", "Ilena Varo"),
        ("Ilena Varo", "ILENA VARO"),
        ("Ilena Varo", "Iléna Váro"),
        ("Ilena Varo", "Ilena J. Varo"),
        ("Ilena Varo", "Dr. Ilena Varo"),
        ("Ilena Varo", "Foreign Minister Ilena Varo"),
        ("Omar al-Tarek", "Omar Tarek"),
    ],
)
def test_people_with_one_full_name_are_one(one: str, other: str) -> None:
    a, b = somebody(one, id="id:person/a"), somebody(other, id="id:person/b")
    assert are_one([a_report("d1", a), a_report("d2", b)], "person/a", "person/b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ilena Varo", "Ilona Varo"),
        ("Ilena Varo", "Jon Varo"),
        ("Varo", "Varo"),
        ("President", "President"),
        ("the Prime Minister of Norland", "the Prime Minister of Norland"),
        ("Norland's ambassador", "Norland's ambassador"),
    ],
)
def test_people_without_one_full_name_are_not_one_by_it(one: str, other: str) -> None:
    a, b = somebody(one, id="id:person/a"), somebody(other, id="id:person/b")
    assert not are_one([a_report("d1", a), a_report("d2", b)], "person/a", "person/b")


def test_a_description_of_somebody_is_nobody_elsewhere() -> None:
    described = somebody("Ilena Varo", named=False)
    assert not are_one([a_report("d1", described), a_report("d2", described)], VARO, VARO)


def test_one_link_makes_one_person_whatever_the_name() -> None:
    a, b = somebody("Varo", link="Q1"), somebody("Ilena Varo", link="Q1")
    assert are_one([a_report("d1", a), a_report("d2", b)], "person/varo", VARO)


def test_an_id_that_is_an_iri_is_a_link() -> None:
    a = somebody("Varo", id="https://people.example/varo")
    b = somebody("Ilena Varo", id="https://people.example/varo")
    assert are_one([a_report("d1", a), a_report("d2", b)], "person/varo", VARO)


def test_two_links_make_two_people_of_one_name() -> None:
    a, b = somebody("Ilena Varo", link="Q1"), somebody("Ilena Varo", link="Q2")
    assert not are_one([a_report("d1", a), a_report("d2", b)], VARO, VARO)


def test_one_who_is_linked_and_one_who_is_not_are_one_by_name() -> None:
    linked = somebody("Ilena Varo", link="Q1")
    assert are_one([a_report("d1", linked), a_report("d2", somebody("Ilena Varo"))], VARO, VARO)


def test_offices_of_different_states_make_rivals_of_one_name() -> None:
    minister = somebody("Tomas Brek", "Norlandic defence minister")
    banker = somebody("Tomas Brek", "Ostravian ambassador")
    documents = [a_report("d1", minister, NORLAND), a_report("d2", banker, OSTRAVIA)]
    assert Rivals(first=("d1", "person/tomas-brek"), second=("d2", "person/tomas-brek")) in joins(documents)


def test_one_office_in_two_states_is_held_by_two() -> None:
    one, other = somebody("Tomas Brek", "Norlandic foreign minister"), somebody("Tomas Brek", "Ostravian foreign minister")
    documents = [a_report("d1", one, NORLAND), a_report("d2", other, OSTRAVIA)]
    assert not are_one(documents, "person/tomas-brek", "person/tomas-brek")


def test_a_new_office_in_the_same_state_leaves_one_the_same() -> None:
    one, other = somebody("Tomas Brek", "Norlandic defence minister"), somebody("Tomas Brek", "Norlandic ambassador")
    documents = [a_report("d1", one, NORLAND), a_report("d2", other, NORLAND)]
    assert are_one(documents, "person/tomas-brek", "person/tomas-brek")


def test_a_name_that_fits_two_who_are_apart_joins_neither() -> None:
    minister = a_report("d1", somebody("Tomas Brek", "Norlandic defence minister"), NORLAND)
    banker = a_report("d2", somebody("Tomas Brek", "Ostravian ambassador"), OSTRAVIA)
    bare = a_report("d3", somebody("Tomas Brek"))
    assert are_one([minister, bare], "person/tomas-brek", "person/tomas-brek")
    assert not [one for one in joins([minister, banker, bare]) if "d3" in (one.first[0], one.second[0])]


def test_father_and_son_are_told_by_their_days() -> None:
    documents = [
        a_report("d1", somebody("Ilena Varo"), date="1931-05-01"),
        a_report("d2", somebody("Ilena Varo"), date="1999-05-01"),
    ]
    assert joins(documents) == [Rivals(first=("d1", VARO), second=("d2", VARO))]


@pytest.mark.parametrize(
    ("father", "son"),
    [
        ("Karl H. Varo", "Karl W. Varo"),
        ("Karl Varo", "Karl Varo Jr."),
        ("Karl Varo Sr.", "Karl Varo Jr."),
        ("Karl J. W. Varo", "Karl W. Varo"),
    ],
)
def test_father_and_son_are_told_by_initials_and_generation(father: str, son: str) -> None:
    a, b = somebody(father, "President", id="id:person/a"), somebody(son, "president", id="id:person/b")
    assert not are_one([a_report("d1", a, NORLAND), a_report("d2", b, NORLAND)], "person/a", "person/b")


def test_mr_and_ms_are_two() -> None:
    text = "Mr. Robin Hale spoke; Ms. Robin Hale did not."
    here, there = text.index("Robin"), text.rindex("Robin")
    a = somebody("Robin Hale", mentions=(Mention(start=here, end=here + 10, text="Robin Hale"),))
    b = somebody("Robin Hale", mentions=(Mention(start=there, end=there + 10, text="Robin Hale"),))
    assert not are_one([a_report("d1", a, text=text), a_report("d2", b, text=text)], "person/robin-hale", "person/robin-hale")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sergei Zeleny", "Serhiy Zelenyy"), ("Muhammad Tarek", "Mohamed Tarek"), ("Ilena Anna Varo", "Ilena Varo")],
)
def test_another_spelling_is_one_person_where_the_office_bears_it_out(one: str, other: str) -> None:
    a, b = somebody(one, "Norlandic foreign minister", id="id:person/a"), somebody(other, "foreign minister", id="id:person/b")
    assert are_one([a_report("d1", a, NORLAND), a_report("d2", b, NORLAND)], "person/a", "person/b")
    bare, also = somebody(one, id="id:person/a"), somebody(other, id="id:person/b")
    assert not are_one([a_report("d1", bare, NORLAND), a_report("d2", also, NORLAND)], "person/a", "person/b")


def test_a_family_name_is_the_one_minister_of_that_name() -> None:
    whole = a_report("d1", somebody("Ilena Varo", "Foreign Minister"), PORT_LYS, LEAGUE)
    part = a_report("d2", somebody("Varo", "Minister"), PORT_LYS, LEAGUE)
    assert are_one([whole, part], VARO, "person/varo")


@pytest.mark.parametrize("role", ["Defence Minister", "Prime Minister", "ambassador"])
def test_a_family_name_with_another_office_is_somebody_else(role: str) -> None:
    whole = a_report("d1", somebody("Ilena Varo", "Foreign Minister"), NORLAND, PORT_LYS, LEAGUE)
    part = a_report("d2", somebody("Varo", role), NORLAND, PORT_LYS, LEAGUE)
    assert not are_one([whole, part], VARO, "person/varo")


def test_a_family_name_alone_says_nothing() -> None:
    whole = a_report("d1", somebody("Ilena Varo", "Foreign Minister"), PORT_LYS, LEAGUE)
    assert not are_one([whole, a_report("d2", somebody("Varo"), PORT_LYS, LEAGUE)], VARO, "person/varo")


def test_a_family_name_in_a_document_about_other_things_is_somebody_else() -> None:
    whole = a_report("d1", somebody("Ilena Varo", "Foreign Minister"), PORT_LYS, LEAGUE)
    assert not are_one([whole, a_report("d2", somebody("Varo", "Minister"))], VARO, "person/varo")


def test_a_family_name_years_later_is_somebody_else() -> None:
    whole = a_report("d1", somebody("Ilena Varo", "Foreign Minister"), PORT_LYS, LEAGUE)
    part = a_report("d2", somebody("Varo", "Minister"), PORT_LYS, LEAGUE, date="2034-02-26")
    assert not are_one([whole, part], VARO, "person/varo")


def test_a_family_name_of_two_ministers_is_neither() -> None:
    minister = somebody("Ilena Varo", "Foreign Minister")
    other = somebody("Jon Varo", "Foreign Minister")
    part = somebody("Varo", "Minister")
    documents = [a_report(f"d{n}", one, PORT_LYS, LEAGUE) for n, one in enumerate((minister, other, part))]
    assert joins([documents[0], documents[2]]) != joins([documents[1], documents[2]])
    assert not [one for one in joins(documents) if ("d2", "person/varo") in (one.first, one.second)]


def test_a_family_name_goes_with_the_state_of_the_office() -> None:
    ours = a_report("d1", somebody("Ilena Varo", "Norlandic foreign minister"), NORLAND)
    theirs = a_report("d2", somebody("Jon Varo", "Ostravian foreign minister"), OSTRAVIA)
    part = a_report("d3", somebody("Varo", "Norlandic minister"), NORLAND)
    assert are_one([ours, part], VARO, "person/varo")
    assert not are_one([theirs, part], "person/jon-varo", "person/varo")


def test_she_is_not_he() -> None:
    she = somebody("Varo", "Minister", mentions=(Mention(start=0, end=3, text="She", kind="pronoun"),))
    he = somebody("Tarek Varo", "Minister", mentions=(Mention(start=0, end=2, text="He", kind="pronoun"),))
    documents = [a_report("d1", she, PORT_LYS, LEAGUE), a_report("d2", he, PORT_LYS, LEAGUE)]
    assert not are_one(documents, "person/varo", "person/tarek-varo")


def test_two_who_are_known_by_family_name_alone_are_one_where_state_and_office_agree() -> None:
    part = somebody("Varo", "Norlandic spokeswoman")
    later = somebody("Varo", "spokesperson")
    assert are_one(
        [a_report("d1", part, NORLAND, PORT_LYS, LEAGUE), a_report("d2", later, PORT_LYS, LEAGUE)], *["person/varo"] * 2
    )


def test_membership_tells_whose_somebody_is() -> None:
    one, other = somebody("Tomas Brek", "chair"), somebody("Tomas Brek", "goalkeeper and coach", "ambassador")
    documents = [
        a_report("d1", one, NORLAND, relations=(a_tie(one, "memberOf", NORLAND),)),
        a_report("d2", other, OSTRAVIA, relations=(a_tie(other, "representative-of", OSTRAVIA),)),
    ]
    assert not are_one(documents, "person/tomas-brek", "person/tomas-brek")
