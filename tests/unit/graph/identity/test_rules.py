"""What holds for everything the rules say, whatever the documents, and how the time they take grows."""

from __future__ import annotations

import time
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.identity.contexts import Context
from kg.graph.identity.entities import join_entities
from kg.graph.identity.issues import join_issues
from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.meetings import join_meetings
from kg.graph.identity.referents import Key, referents_of
from kg.records import Entity, EntityType, Extraction
from tests.identities import a_matter, a_report, a_sitting, a_state, a_thing, a_tie, joins, somebody

NAMES = (
    *("Ilena Varo", "Varo", "Ilena Anna Varo", "Tomas Brek", "Norland", "Foreign Ministry", "Norlandic Foreign Ministry", "NFL"),
    *("—", "’s", "Н. Варо", "the"),
)
ROLES = ("Foreign Minister", "Minister", "Norlandic ambassador", "President", "Ostravian envoy")
LABELS = (
    "—",
    "fisheries quota",
    "fisheries quotas",
    "ceasefire",
    "ceasefire in Norland",
    "ceasefire in Ostravia",
    "the agreement",
)
DAYS = (None, "2031-02-19", "2031-02-26", "1985-02-26")
FEW = 250
NOISE = 2
"""Four times as many documents may take four times as long, and some more for noise."""
KINDS: tuple[EntityType, ...] = ("Person", "Organization", "Country", "City", "Document")


@st.composite
def documents(draw: st.DrawFn) -> list[Extraction]:
    """Draw up to six documents that have names, offices, days and matters in common."""
    drawn = []
    for number in range(draw(st.integers(min_value=1, max_value=6))):
        entities = [a_state("Norland", "Norlandic"), a_state("Ostravia", "Ostravian"), a_thing("City", "Port Lys")]
        for at in range(draw(st.integers(min_value=0, max_value=4))):
            kind = draw(st.sampled_from(KINDS))
            entities.append(
                a_thing(
                    kind,
                    draw(st.sampled_from(NAMES)),
                    id=f"id:{kind.lower()}/{at}",
                    named=draw(st.booleans()),
                    roles=tuple(draw(st.lists(st.sampled_from(ROLES), max_size=2))) if kind == "Person" else (),
                    link=draw(st.sampled_from((None, None, "Q1", "Q2"))),
                )
            )
        some = st.lists(st.sampled_from(entities), max_size=3, unique_by=lambda entity: entity.id)
        meetings = [
            a_sitting(*draw(some), place=draw(st.sampled_from((None, entities[2]))), date=draw(st.sampled_from(DAYS)))
            for _ in range(draw(st.integers(min_value=0, max_value=2)))
        ]
        issues = [
            a_matter(draw(st.sampled_from(LABELS)), *draw(some)) for _ in range(draw(st.integers(min_value=0, max_value=3)))
        ]
        ties = draw(st.lists(st.tuples(st.sampled_from(entities), st.sampled_from(entities)), max_size=3))
        relations = tuple(a_tie(one, "memberOf", other) for one, other in ties)
        day = draw(st.sampled_from(DAYS))
        drawn.append(
            a_report(f"d{number}", *entities, date=day, meetings=tuple(meetings), issues=tuple(issues), relations=relations)
        )
    return drawn


@settings(deadline=None, max_examples=60)
@given(drawn=documents(), data=st.data())
def test_the_order_of_documents_changes_nothing(drawn: list[Extraction], data: st.DataObject) -> None:
    assert joins(data.draw(st.permutations(drawn))) == joins(drawn)


@settings(deadline=None, max_examples=60)
@given(drawn=documents())
def test_what_is_joined_is_of_two_documents_and_one_kind(drawn: list[Extraction]) -> None:
    kinds = {referent.key: _kind(referent.record) for extraction in drawn for referent in referents_of(extraction)}
    for one in joins(drawn):
        assert one.first[0] != one.second[0]
        assert kinds[one.first] == kinds[one.second]
        assert isinstance(one, Rivals) or 0 < one.confidence < 1


@settings(deadline=None, max_examples=60)
@given(drawn=documents())
def test_no_two_are_joined_and_rivals(drawn: list[Extraction]) -> None:
    said = joins(drawn)
    rivals = {frozenset((one.first, one.second)) for one in said if isinstance(one, Rivals)}
    assert not [one for one in said if isinstance(one, Join) and frozenset((one.first, one.second)) in rivals]


@settings(deadline=None, max_examples=60)
@given(drawn=documents())
def test_different_links_are_never_joined(drawn: list[Extraction]) -> None:
    records = {referent.key: referent.record for extraction in drawn for referent in referents_of(extraction)}
    for one in joins(drawn):
        first, second = records[one.first], records[one.second]
        if isinstance(one, Join) and isinstance(first, Entity) and isinstance(second, Entity):
            assert not first.same_as or not second.same_as or set(first.same_as) & set(second.same_as)


def _kind(record: object) -> str:
    return record.type if isinstance(record, Entity) else type(record).__name__


def alike(count: int) -> list[Extraction]:
    """Return documents that name the same state, spokesperson, meeting and issue, each with a matter and an acquaintance of its own."""
    state = a_state("Norland", "Norlandic", link="Q1")
    port = a_thing("City", "Port Lys")
    speaker = somebody("Ilena Varo", "Norlandic spokesperson")
    return [
        a_report(
            f"d{number:04}",
            state,
            port,
            speaker,
            other := somebody(f"Tomas Brek{'abcdefghij'[number % 10]}", "ambassador"),
            somebody("Hale", ("Minister", "Foreign Minister", "Defence Minister")[number % 3]),
            meetings=(a_sitting(speaker, other, place=port, date=f"2031-02-{number % 28 + 1:02}"),),
            issues=(a_matter("fisheries quota", state), a_matter(f"fisheries quota of {number % 40} boats", speaker, other)),
            relations=(a_tie(speaker, "representative-of", state),),
            date=f"2031-{number % 12 + 1:02}-{number % 28 + 1:02}",
        )
        for number in range(count)
    ]


def all_found(extractions: Sequence[Extraction]) -> list[Join | Rivals]:
    def same(key: Key) -> str:
        return key[1]

    contexts = [Context(extraction) for extraction in extractions]
    return [*join_entities(contexts), *join_meetings(contexts, same), *join_issues(contexts, same)]


def seconds(extractions: Sequence[Extraction]) -> float:
    """Return the least time of three runs."""
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        assert all_found(extractions)
        times.append(time.perf_counter() - begin)
    return min(times)


def test_time_grows_as_the_documents_do() -> None:
    assert seconds(alike(4 * FEW)) < NOISE * 4 * seconds(alike(FEW))
