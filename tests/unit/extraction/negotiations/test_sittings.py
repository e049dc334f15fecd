"""Which meetings are sittings of a process, and which texts are on its table."""

from __future__ import annotations

from kg.extraction.meetings.reading import MeetingFound
from kg.extraction.negotiations.affiliation import Affiliation
from kg.extraction.negotiations.sittings import Sittings, TextsOnTable
from kg.records import Meeting, MeetingType, Proposal, ProposalStatus, Span


class Itself(Affiliation):
    """Everybody acts for himself."""

    def __init__(self) -> None:
        self._of = {}


def a_span(start: int, end: int) -> Span:
    return Span(start=start, end=end, text="x" * (end - start))


def a_meeting(predicate: int, *participants: str, type_: MeetingType = "talks", at: tuple[int, int] = (0, 1)) -> MeetingFound:
    return MeetingFound(Meeting(type=type_, participants=participants, evidence=a_span(*at)), predicate)


def a_text(entity: str, *authors: str, status: ProposalStatus = "proposed", at: tuple[int, int] = (0, 1)) -> Proposal:
    return Proposal(entity=entity, authors=authors, status=status, evidence=(a_span(*at),))


def sittings(
    *meetings: MeetingFound, sides: set[str], spans: tuple[Span, ...] = (), predicates: tuple[int, ...] = ()
) -> tuple[int, ...]:
    return Sittings(meetings, Itself()).of(predicates, frozenset(sides), spans)


def test_sittings_are_talks_of_two_sides_or_the_predicates_own() -> None:
    meetings = (a_meeting(1, "a", "b"), a_meeting(2, "a"), a_meeting(3, "a", "b", type_="call"), a_meeting(4, type_="call"))
    assert sittings(*meetings, sides={"a", "b", "c"}, predicates=(4, 9)) == (0, 3)


def test_sittings_inside_a_passage_need_but_one_side() -> None:
    meetings = (a_meeting(1, "a", at=(10, 20)), a_meeting(2, "a", at=(10, 31)), a_meeting(3, "d", at=(12, 14)))
    assert sittings(*meetings, sides={"a", "b"}, spans=(a_span(5, 30),)) == (0,)


def on_table(*texts: Proposal, sides: set[str], spans: tuple[Span, ...] = (), alone: bool = False) -> tuple[str, ...]:
    return TextsOnTable(texts, Itself(), alone=alone).of(frozenset(sides), spans)


def test_texts_on_the_table_are_open_ones_between_two_sides() -> None:
    texts = (a_text("p", "a", "b"), a_text("q", "a", "b", status="signed"), a_text("r", "a"))
    assert on_table(*texts, sides={"a", "b"}) == ("p",)


def test_texts_on_the_table_touch_a_passage_unless_they_are_adopted() -> None:
    texts = (
        a_text("long", at=(0, 90)),
        a_text("beside", at=(40, 50)),
        a_text("adopted", at=(20, 30), status="adopted"),
        a_text("signed", at=(29, 30), status="signed"),
    )
    assert on_table(*texts, sides={"a"}, spans=(a_span(20, 40),)) == ("long", "signed")


def test_texts_on_the_table_of_the_only_process_are_all_open_ones() -> None:
    assert on_table(a_text("p"), a_text("q", status="rejected"), sides=set(), alone=True) == ("p",)
