"""Links to known people: by name, office, state and date, on texts of invented people in an invented state."""

from __future__ import annotations

import datetime

import pytest

from kg.language.clusters import Cluster, Clusters
from kg.language.gazetteer import Gazetteer, GazetteerEntry
from kg.language.linking import Link, link_people
from kg.language.mentions import TextMention
from kg.language.people import People
from kg.records import MentionKind
from tests.docs import a_doc

OSTRAVIA = GazetteerEntry(key="country/ostravia", type="Country", name="Ostravia", country="XO", adjectives=("Ostravian",))
NORLAND = GazetteerEntry(key="country/norland", type="Country", name="Norland", country="XN", adjectives=("Norlandic",))
LEAGUE = GazetteerEntry(key="organization/united-nations", type="Organization", name="United Nations")

TABLE = (
    "person/ilena-varo\tIlena Varo\tQ1\t\tForeign Minister;XO;2030-01-01;2032-06-30\t",
    "person/oto-brek\tOto Brek\tQ2\t\tMinister of External Affairs;XO;2032-07-01;2034-01-01+\t",
    "person/mona-varo\tMona Varo\tQ3\t\tPresident;XN;2029-01-01;2035-01-01\t",
    "person/tomas-lund-q4\tTomas Lund\tQ4\t\tPresident;XO;2028-01-01;2036-01-01\t",
    "person/tomas-lund-q5\tTomas Lund\tQ5\t\tMinister of Culture;XN;2028-01-01;2036-01-01\t",
    "person/serhiy-varskyy\tSerhiy Varskyy\tQ6\t\tPrime Minister;XO;2030-01-01;2036-01-01\t",
    "person/ara-holm\tAra Holm\tQ7\t\tSecretary-General;organization/united-nations;2030-01-01;2036-01-01\t",
)
GAZETTEER = Gazetteer([OSTRAVIA, NORLAND, LEAGUE], people=People((row, "table") for row in TABLE))
DAY = datetime.date(2031, 2, 1)


def clusters_of(*words: str, spans: tuple[tuple[int, int, MentionKind, str | None], ...]) -> Clusters:
    """Return one cluster a span (begin, end, kind, office) of a text that is a row of words."""
    doc = a_doc(*(f"{word} {word.lower()} PROPN dep {0 if n == 0 else 1}" for n, word in enumerate(words)))
    clusters = Clusters(doc, role_heads=frozenset())
    for start, end, kind, role in spans:
        text = doc[start:end].text
        cluster = Cluster(type="Person", named=kind == "name", names={text: None}, roles=[] if role is None else [role])
        mention = TextMention(start=start, end=end, head=end - 1, type="Person", kind=kind)
        clusters.join(mention, clusters.new(cluster))
    return clusters


def link(name: str, role: str | None = None, *, date: datetime.date | None = DAY) -> Link | None:
    words = name.split()
    clusters = clusters_of(*words, spans=((0, len(words), "name", role),))
    return link_people(clusters, gazetteer=GAZETTEER, date=date, threshold=0.0).get(0)


def linked(name: str, role: str | None = None, *, date: datetime.date | None = DAY) -> tuple[str, float] | None:
    found = link(name, role, date=date)
    return None if found is None else (found.person.key.removeprefix("person/"), found.confidence)


def described(text: str, *, date: datetime.date | None = DAY) -> tuple[str, float] | None:
    words = text.split()
    clusters = clusters_of(*words, spans=((0, len(words), "nominal", None),))
    found = link_people(clusters, gazetteer=GAZETTEER, date=date).get(0)
    return None if found is None else (found.person.key.removeprefix("person/"), found.confidence)


def test_link_people_is_surest_of_name_office_state_and_date() -> None:
    assert link("Ilena Varo", "Ostravian Foreign Minister") == Link(
        person=GAZETTEER.people.named("Ilena Varo")[0], confidence=0.98, why="full name, office held"
    )


def test_link_people_is_less_sure_the_less_the_text_tells() -> None:
    told = [
        linked("Ilena Varo", "Foreign Minister"),
        linked("Ilena Varo", "Foreign Minister", date=datetime.date(2032, 9, 1)),
        linked("Ilena Varo", "Foreign Minister", date=datetime.date(2039, 1, 1)),
        linked("Ilena Varo", "Norlandic President"),
    ]
    assert [answer and answer[0] for answer in told] == ["ilena-varo"] * 4
    confidences = [answer[1] for answer in told if answer is not None]
    assert confidences == sorted(confidences, reverse=True)
    assert len(set(confidences)) == 4


@pytest.mark.parametrize(
    ("date", "key"), [(datetime.date(2031, 2, 1), "ilena-varo"), (datetime.date(2033, 2, 1), "oto-brek"), (None, None)]
)
def test_link_people_finds_the_holder_of_a_described_office_by_the_date(date: datetime.date | None, key: str | None) -> None:
    found = described("the Ostravian foreign minister", date=date)
    assert (found and found[0]) == key


def test_link_people_is_less_sure_of_a_holder_behind_the_last_day_told_of() -> None:
    sure = described("Ostravian minister of external affairs", date=datetime.date(2033, 2, 1))
    later = described("Ostravian minister of external affairs", date=datetime.date(2035, 2, 1))
    assert (sure, later) == (("oto-brek", 0.85), ("oto-brek", 0.65))
    assert described("Ostravian foreign minister", date=datetime.date(2040, 1, 1)) is None


def test_link_people_lets_a_bare_title_mean_its_usual_owner() -> None:
    assert described("the Secretary-General") == ("ara-holm", 0.85)
    assert described("the foreign minister") is None


def test_link_people_leaves_a_former_holder_open() -> None:
    assert described("the former Ostravian foreign minister") is None
    assert linked("Ilena Varo", "former Foreign Minister", date=datetime.date(2039, 1, 1)) == ("ilena-varo", 0.98)


def test_link_people_makes_no_link_where_two_are_as_likely() -> None:
    assert linked("Tomas Lund") is None


@pytest.mark.parametrize(
    ("role", "key"),
    [("President", "tomas-lund-q4"), ("Norlandic Minister", "tomas-lund-q5"), ("Minister of Culture", "tomas-lund-q5")],
)
def test_link_people_tells_namesakes_apart_by_office_and_state(role: str, key: str) -> None:
    found = linked("Tomas Lund", role)
    assert (found and found[0]) == key


def test_link_people_takes_a_family_name_only_with_an_office() -> None:
    assert linked("Varo", "Ostravian Foreign Minister") == ("ilena-varo", 0.85)
    assert linked("Varo", "President") == ("mona-varo", 0.75)
    clusters = clusters_of("Varo", spans=((0, 1, "name", None),))
    assert link_people(clusters, gazetteer=GAZETTEER, date=DAY) == {}


def test_link_people_knows_other_spellings() -> None:
    assert linked("Sergiy Varsky", "Prime Minister of Ostravia") == ("serhiy-varskyy", 0.95)


def test_link_people_counts_the_states_that_the_text_speaks_of() -> None:
    without = linked("Ilena Varo")
    clusters = clusters_of("Ilena", "Varo", "Ostravia", spans=((0, 2, "name", None),))
    state = TextMention(start=2, end=3, head=2, type="Country", kind="name", entry=OSTRAVIA)
    clusters.join(state, clusters.new(Cluster(type="Country", named=True, names={"Ostravia": None}, entry=OSTRAVIA)))
    found = link_people(clusters, gazetteer=GAZETTEER, date=DAY)[0]
    assert without == ("ilena-varo", 0.7)
    assert found.confidence == 0.85


def test_link_people_makes_none_below_the_threshold() -> None:
    clusters = clusters_of("Varo", spans=((0, 1, "name", "President"),))
    assert link_people(clusters, gazetteer=GAZETTEER, date=DAY, threshold=0.8) == {}


def test_link_people_joins_a_description_to_the_person_named() -> None:
    words = ("Ilena", "Varo", "Ostravian", "foreign", "minister")
    clusters = clusters_of(*words, spans=((2, 5, "nominal", None), (0, 2, "name", None)))
    clusters[1].members = [0]
    links = link_people(clusters, gazetteer=GAZETTEER, date=DAY)
    assert {index: found.person.key for index, found in links.items()} == {1: "person/ilena-varo"}
    assert [mention.start for mention in clusters[1].mentions] == [0, 2]
    assert clusters.of_head[4] == 1
    assert clusters[1].members == [1]


def test_link_people_takes_a_bare_office_for_that_of_the_speakers_state() -> None:
    words = ("Ilena", "Varo", "the", "President")
    clusters = clusters_of(*words, spans=((0, 2, "name", "Ostravian Foreign Minister"), (2, 4, "nominal", None)))
    links = link_people(clusters, gazetteer=GAZETTEER, date=DAY, speakers={3: 1})
    assert (links[1].person.key, links[1].confidence) == ("person/tomas-lund-q4", 0.7)
    assert 1 not in link_people(clusters_of(*words, spans=((2, 4, "nominal", None),)), gazetteer=GAZETTEER, date=DAY)
