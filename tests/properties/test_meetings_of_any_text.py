"""Meetings stand in the text and name entities of it, whatever the text says; texts without encounters have none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.readers import extract

SUBJECTS = (
    "Ilena Varo",
    "Norway and Sweden",
    "The two ministers",
    "President Brek",
    "They",
    "The council",
    "Officials from Chad",
)
DEEDS = (
    "met", "will meet", "did not meet", "held talks", "spoke by telephone", "travelled to Oslo for talks", "called off a meeting",
    "agreed to meet", "discussed fishing", "visited", "arrived", "said that the talks failed", "told reporters",
)  # fmt: skip
ENDS = (
    "",
    "with Anna Lund",
    "in Vienna",
    "on Tuesday",
    "in Rome on 3 March",
    "again",
    "at the Madrid summit",
    "and left",
    "each other",
)
sentences = st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(DEEDS), st.lists(st.sampled_from(ENDS), max_size=3)).map(
    lambda parts: " ".join(filter(None, (parts[0], parts[1], *parts[2]))) + "."
)

STEPS = (
    "Peel the onions and cut them into rings.", "Heat the oil in a large pan.", "Add two cups of stock by degrees.",
    "Stir until the sauce is thick.", "Serve the soup at once with bread.", "Leave the dough to rest for an hour.",
    "Bake it on the middle shelf until Sunday's guests can smell it.", "Season with salt, pepper and thyme.",
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(sentences, min_size=1, max_size=4))
def test_meetings_stand_in_the_text_and_name_its_entities(told: list[str]) -> None:
    text = " ".join(told)
    found = extract(text)
    known = {entity.id for entity in found.entities}
    for meeting in found.meetings:
        assert text[meeting.evidence.start : meeting.evidence.end] == meeting.evidence.text
        assert set(meeting.participants) <= known
        assert len(set(meeting.participants)) == len(meeting.participants)
        assert meeting.place is None or meeting.place in known - set(meeting.participants)
        assert meeting.participants or meeting.place or meeting.date or meeting.type == "summit"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=6))
def test_meetings_are_none_in_a_recipe(steps: list[str]) -> None:
    assert extract(" ".join(steps)).meetings == ()
