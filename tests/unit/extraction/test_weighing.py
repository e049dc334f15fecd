"""What a record names, and where, moves its score for or against."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.weighing import weighed, within_another
from kg.records import Span
from tests.builders import BREK, VARO, a_meeting, a_person, a_relation, a_span, a_statement, an_event, an_extraction, an_issue


def score(kind: str, record: Any) -> float:
    (found,) = getattr(weighed(an_extraction(**{kind: (record,)})), kind)
    return float(found.confidence)


def relation(words: str, **changes: Any) -> float:
    return score("relations", a_relation(predicate="calledFor", evidence=a_span(words), **changes))


def test_relation_is_surer_the_better_its_words_name_the_subject() -> None:
    by_name = relation("Varo said", subject=VARO, object="said")
    by_pronoun = relation("She added", subject=VARO, object="added")
    elsewhere = relation("the parties must sign", subject=VARO, object="sign")
    assert by_name > by_pronoun > elsewhere


def test_relation_is_surer_of_words_that_stand_in_the_text_than_of_words_made_of_a_clause() -> None:
    said = relation("the parties must sign", object="the parties")
    made = relation("the parties must sign", object="signature of the parties")
    assert said > made


def test_relation_is_less_sure_of_a_long_label_and_of_a_long_passage() -> None:
    label = "The status of the Saltmarsh we leave to a separate track"
    assert relation(label, object="The status of the Saltmarsh") > relation(label, object=label)
    passage = f"{label} with the Northern League"
    assert relation(label, object="The status of the Saltmarsh") > relation(passage, object="The status of the Saltmarsh")


def test_meeting_is_surer_with_each_thing_told_of_it() -> None:
    told = [
        score("meetings", a_meeting(participants=participants, place=place, date=date))
        for participants, place, date in (
            ((), None, None),
            ((VARO,), None, None),
            ((VARO, BREK), None, None),
            ((VARO, BREK), None, "2031-02-25"),
            ((VARO, BREK), "id:city/port-lys", "2031-02-25"),
        )
    ]
    assert told == sorted(set(told))


def test_event_is_surer_with_both_sides_and_outside_another() -> None:
    both, one = score("events", an_event()), score("events", an_event(target=()))
    outer, inner = an_event(), an_event(evidence=a_span("met"))
    around = weighed(an_extraction(events=(outer, inner))).events
    alone = weighed(an_extraction(events=(inner,))).events
    assert both > one
    assert around[0].confidence == both
    assert around[1].confidence < alone[0].confidence


def test_statement_is_less_sure_where_nobody_is_known_to_say_it() -> None:
    assert score("statements", a_statement()) > score("statements", a_statement(speaker=None))


def test_weighed_leaves_issues_as_their_reader_scored_them() -> None:
    assert score("issues", an_issue(confidence=0.42)) == 0.42


def test_weighed_changes_confidences_alone() -> None:
    found = an_extraction(entities=(a_person(),))
    again = weighed(found)
    assert [(one.subject, one.predicate, one.object) for one in again.relations] == [
        (one.subject, one.predicate, one.object) for one in found.relations
    ]
    assert (again.document, again.entities, again.issues, again.times) == (
        found.document,
        found.entities,
        found.issues,
        found.times,
    )


SPANS = st.tuples(st.integers(0, 12), st.integers(1, 12)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=8))
def test_within_another_finds_what_comparing_each_with_each_finds(spans: list[tuple[int, int]]) -> None:
    events = [an_event(evidence=Span(start=start, end=end, text="x" * (end - start))) for start, end in spans]
    expected = [any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans) for start, end in spans]
    assert within_another(events) == expected
