"""The timeline, the counts, what is near, and the ways between."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from rdflib import URIRef

from kg.errors import NotFoundError, QueryError
from kg.graph.lookups.neighbours import neighbours_of, paths_between
from kg.graph.lookups.paging import Slice
from kg.graph.lookups.statistics import Count, statistics
from kg.graph.lookups.timeline import timeline
from tests.memory_store import MemoryStore
from tests.unit.graph.lookups.samples import BREK_IRI, KELMARIA_IRI, OSTRAVIA_IRI, PORT_LYS, VARO_IRI, B, story


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return story()


def dated(store: MemoryStore, **options: Any) -> list[tuple[str, str]]:
    return [(one.date, one.kind) for one in timeline(store, **options).items]


def test_timeline_goes_by_days(store: MemoryStore) -> None:
    told = dated(store)
    assert told == sorted(told)
    assert told[:3] == [("2027", "role"), ("2029-06", "role"), ("2030", "meeting")]
    assert ("2031-03-05", "deadline") in told


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"kinds": ["meeting"]}, [("2030", "meeting"), ("2031-02-25", "meeting")]),
        ({"kinds": ["event", "deadline"]}, [("2031-02-25", "event"), ("2031-03-05", "deadline")]),
        ({"since": datetime.date(2031, 2, 27)}, [("2031-03-05", "deadline")]),
        ({"kinds": ["role"], "until": datetime.date(2028, 1, 1)}, [("2027", "role")]),
        ({"kinds": ["statement"], "actor": BREK_IRI}, [("2030-01-01", "statement")]),
        ({"kinds": ["meeting"], "actor": URIRef(f"{B}city/port-lys")}, [("2031-02-25", "meeting")]),
    ],
)
def test_timeline_keeps_to_what_is_asked(store: MemoryStore, options: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert dated(store, **options) == found


@pytest.mark.parametrize("kind", ["document", "meeting", "statement", "event", "deadline", "issue", "proposal", "role"])
def test_timeline_tells_each_kind_of_an_actor(store: MemoryStore, kind: str) -> None:
    actors = (VARO_IRI, KELMARIA_IRI, URIRef(f"{B}organization/northern-league"))
    assert any(dated(store, kinds=[kind], actor=actor) for actor in actors)


def test_timeline_comes_page_by_page(store: MemoryStore) -> None:
    everything = timeline(store)
    page = timeline(store, part=Slice(limit=4))
    gathered = list(page.items)
    while page.last is not None:
        page = timeline(store, part=Slice(limit=4, after=page.last))
        gathered += page.items
    assert gathered == list(everything.items)
    assert page.total == len(gathered)


def test_timeline_calls_things_by_name_and_words(store: MemoryStore) -> None:
    deadline, *_ = timeline(store, kinds=["deadline"]).items
    assert (deadline.label, deadline.values) == ("5 March 2031", ("deadline",))
    envoy, *_ = timeline(store, kinds=["role"]).items
    assert ("Envoy" in envoy.values, [actor.label for actor in envoy.actors]) == (True, ["Ilena Varo"])
    rejected = [one for one in timeline(store, kinds=["issue"]).items if "rejected" in one.values]
    assert [one.label for one in rejected] == ["the status of the Saltmarsh"]


def test_timeline_rejects_an_unknown_kind(store: MemoryStore) -> None:
    with pytest.raises(NotFoundError, match=r"'war'.*meeting"):
        timeline(store, kinds=["war"])


def test_statistics_count_each_thing_once(store: MemoryStore) -> None:
    counted = statistics(store)
    assert Count("Document", 3) in counted.classes
    assert counted.modalities == (Count("asserted", 5), Count("desired", 1), Count("negated", 1), Count("possible", 1))
    assert counted.predicates[0].count == max(one.count for one in counted.predicates)
    assert Count("rejected", 1) in counted.statuses
    assert counted.documents == (Count(str(PORT_LYS), 6), Count(f"{B}document/earlier", 2))


def test_neighbours_of_goes_as_far_as_it_is_told(store: MemoryStore) -> None:
    near = neighbours_of(store, OSTRAVIA_IRI, depth=1)
    assert {one.node.label: one.distance for one in near.nodes if one.node.type == "Person"} == {"Ilena Varo": 1}
    far = neighbours_of(store, OSTRAVIA_IRI, depth=2)
    assert {one.node.label: one.distance for one in far.nodes if one.node.type == "Person"} == {"Ilena Varo": 1, "Tomas Brek": 2}
    assert not far.truncated
    assert {tie.subject for tie in far.ties} | {tie.object for tie in far.ties} <= {
        str(OSTRAVIA_IRI),
        *(one.node.iri for one in far.nodes),
    }


def test_neighbours_of_says_where_there_are_more(store: MemoryStore) -> None:
    near = neighbours_of(store, VARO_IRI, limit=2)
    assert (len(near.nodes), near.truncated) == (2, True)


def test_neighbours_of_keeps_to_a_modality(store: MemoryStore) -> None:
    near = neighbours_of(store, BREK_IRI, modality="negated")
    assert {tie.modality for tie in near.ties} == {"negated", None}


def test_paths_between_are_the_shortest(store: MemoryStore) -> None:
    found = paths_between(store, OSTRAVIA_IRI, BREK_IRI)
    assert found.length == 2
    assert ["Ostravia", "Ilena Varo", "Tomas Brek"] in [[node.label for node in path.nodes] for path in found.paths]
    assert all(len(path.nodes) == 3 for path in found.paths)
    first = next(path for path in found.paths if path.nodes[1].label == "Ilena Varo")
    assert {tie.predicate for tie in first.steps[1]} == {"metWith"}


@pytest.mark.parametrize(("length", "there"), [(1, False), (2, True), (6, True)])
def test_paths_between_are_no_longer_than_is_asked(store: MemoryStore, length: int, there: bool) -> None:
    assert (paths_between(store, OSTRAVIA_IRI, BREK_IRI, length=length).length is not None) is there


def test_paths_between_stop_when_the_time_is_up(store: MemoryStore) -> None:
    moments = iter([0.0, 0.0, *[9.0] * 20])
    found = paths_between(store, OSTRAVIA_IRI, BREK_IRI, seconds=1, clock=lambda: next(moments))
    assert (found.paths, found.truncated) == ((), True)


def test_paths_between_one_and_itself_are_none(store: MemoryStore) -> None:
    with pytest.raises(QueryError, match="two different things"):
        paths_between(store, VARO_IRI, VARO_IRI)
