"""When and where an event is, read off plain sentences with the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.records import EventType
from tests.readers import extract


def circumstances(text: str, type_: EventType) -> list[tuple[str | None, str | None]]:
    """Return day and place of the events of a type; the report is of 26 February 2031, a Wednesday."""
    found = extract(text)
    names = {entity.id: entity.name for entity in found.entities}
    return [(event.date, names.get(event.place or "")) for event in found.events if event.type == type_]


@pytest.mark.parametrize(
    ("text", "type_", "expected"),
    [
        ("In June 2030 Jonas Lund met Ilena Varo in Oslo.", "CONSULT", ("2030-06", "Oslo")),
        ("Norway held talks with Sweden on Monday in Oslo.", "CONSULT", ("2031-02-24", "Oslo")),
        ("Norway offered on Monday to free the hostages by May 2031.", "AGREE", ("2031-02-24", None)),
        ("Norway has sent troops to Mali under a treaty of 1957.", "MOBILIZE", (None, None)),
        ("We urge Sweden to readmit the monitors whom it expelled in December.", "SANCTION", ("2030-12", None)),
        ("Norway urged Sweden to readmit the monitors whom it expelled in December.", "REQUEST", (None, None)),
        ("Norway released nine Swedes in return for two men held in Finland.", "RETREAT", (None, None)),
    ],
)
def test_event_has_the_time_and_place_that_hang_on_it(
    text: str, type_: EventType, expected: tuple[str | None, str | None]
) -> None:
    assert circumstances(text, type_) == [expected]


def test_coordinated_events_share_the_time_before_them() -> None:
    text = "On Monday Norway attacked Sweden and expelled the Finnish ambassador."
    assert circumstances(text, "ASSAULT") == circumstances(text, "SANCTION") == [("2031-02-24", None)]
