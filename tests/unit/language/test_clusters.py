"""Where the clusters of a text were last spoken of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.language.clusters import Cluster, Clusters
from kg.language.mentions import TextMention
from tests.docs import a_doc

WORDS = 60


def a_text() -> Doc:
    return a_doc(*(f"w{number} w{number} NOUN dep {0 if number == 0 else 1}" for number in range(WORDS)))


def a_mention(start: int) -> TextMention:
    return TextMention(start=start, end=start + 1, head=start, type="Group", kind="nominal")


def with_mentions(places: list[tuple[int, int]], *, clusters: int) -> Clusters:
    """Return clusters with a mention for each place: its token and the index of its cluster."""
    found = Clusters(a_text(), role_heads=frozenset())
    for _ in range(clusters):
        found.new(Cluster(type="Group", named=False))
    for start, index in places:
        found.join(a_mention(start), index)
    return found


def nearest_by_looking_through(places: list[tuple[int, int]], start: int, candidates: set[int]) -> int | None:
    """Return what ``Clusters.nearest`` should: the last mention before a token, of two at one token the one that was joined later."""
    before = [(place, number, index) for number, (place, index) in enumerate(places) if place < start and index in candidates]
    if before:
        return max(before)[2]
    first = {index: min((place for place, own in places if own == index), default=0) for index in candidates}
    return min(candidates, key=lambda index: (first[index], index), default=None)


PLACES = st.lists(st.tuples(st.integers(0, WORDS - 1), st.integers(0, 19)), max_size=120)


@given(PLACES, st.integers(0, WORDS), st.sets(st.integers(0, 19)))
def test_nearest_is_the_one_mentioned_last_before(places: list[tuple[int, int]], start: int, candidates: set[int]) -> None:
    clusters = with_mentions(places, clusters=20)
    assert clusters.nearest(start, candidates) == nearest_by_looking_through(places, start, candidates)


@given(PLACES, st.integers(0, WORDS))
def test_before_goes_back_from_the_nearest(places: list[tuple[int, int]], start: int) -> None:
    clusters = with_mentions(places, clusters=20)
    earlier = sorted(((place, number) for number, (place, _) in enumerate(places) if place < start), reverse=True)
    assert [(mention.start, index) for mention, index in clusters.before(start)] == [places[number] for _, number in earlier]


def test_merge_moves_mentions_heads_and_names() -> None:
    clusters = with_mentions([(3, 0), (5, 1), (9, 0)], clusters=2)
    clusters[0].names["the council"] = None
    clusters.merge(0, into=1)
    assert (clusters.of_head, clusters[1].longest, clusters[0].mentions) == ({3: 1, 5: 1, 9: 1}, "the council", [])
    assert clusters.nearest(8, {0, 1}) == 1
    assert [index for _, index in clusters.before(20)] == [1, 1, 1]
