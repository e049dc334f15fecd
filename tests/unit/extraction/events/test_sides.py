"""Whose an act is and to whom it is done, in plain sentences with the shipped pipeline."""

from __future__ import annotations

import pytest

from tests.readers import extract

Side = tuple[str, ...]


def sides(text: str, type_: str) -> list[tuple[Side, Side]]:
    """Return the sources and targets of the events of a type, by name."""
    found = extract(text)
    names = {entity.id: entity.name for entity in found.entities}
    events = [event for event in found.events if event.type == type_]
    return [(tuple(names.get(a, a) for a in event.source), tuple(names.get(a, a) for a in event.target)) for event in events]


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        ("Norway and Sweden discussed the return of the refugees.", "CONSULT", ("Norway", "Sweden"), ()),
        ("Norway discussed the return of the refugees with Sweden.", "CONSULT", ("Norway",), ("Sweden",)),
        ("Norway refused to move its forces.", "REJECT", ("Norway",), ()),
        ("Two of its soldiers had been killed in Mali.", "ASSAULT", (), ("its soldiers",)),
        (
            "The rebels seized a Norwegian convoy, officials in Mali said, taking five hostages.",
            "COERCE",
            ("rebels",),
            ("Norwegian convoy",),
        ),
        ("Norway annexed Denmark.", "ASSAULT", ("Norway",), ("Denmark",)),
        ("Jonas Lund met Prime Minister Tomas Brek and urged him to leave Mali.", "REQUEST", ("Jonas Lund",), ("Tomas Brek",)),
    ],
)
def test_event_has_its_sides(text: str, type_: str, source: Side, target: Side) -> None:
    assert (source, target) in sides(text, type_)


def test_participle_behind_a_report_is_not_the_reporters_act() -> None:
    text = "The rebels agreed to a truce, United Nations officials said, ending the war with Mali."
    assert sides(text, "RETREAT") == [(("rebels",), ("Mali",))]


def test_a_paper_annexed_is_no_assault() -> None:
    assert sides("The objections of Norway were annexed to the report.", "ASSAULT") == []


def test_both_presidents_are_not_the_author_of_the_report() -> None:
    text = "By Lena Ortwin, Oslo\n\nThe envoy of Norway telephoned both presidents on Sunday. Tomas Brek agreed."
    assert "Lena Ortwin" not in str(sides(text, "CONSULT"))


@pytest.mark.parametrize(
    "text", ["Norway will defend itself against Sweden.", "The Norwegians have the right to defend themselves."]
)
def test_what_somebody_does_for_himself_is_no_support(text: str) -> None:
    assert sides(text, "SUPPORT") == sides(text, "AGREE") == []
