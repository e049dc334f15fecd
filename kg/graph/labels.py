"""What to call a thing that no text gives a name to."""

from __future__ import annotations

from collections.abc import Iterator

from kg.records import Extraction, Meeting

_MOST_NAMED = 3
_KINDS = {"press": "Press conference"}


def meeting_label(meeting: Meeting, extraction: Extraction) -> str:
    """Return what to call a meeting: what kind it is, of whom, where and when, as in "Call of Ilena Varo and Tomas Brek, 2031-02-25"."""
    called = {entity.id: entity.name for entity in extraction.entities}
    return "".join(_parts(meeting, called))


def _parts(meeting: Meeting, called: dict[str, str]) -> Iterator[str]:
    yield _KINDS.get(meeting.type, meeting.type.capitalize())
    people = [called.get(participant, participant) for participant in meeting.participants]
    if people:
        named = people if len(people) <= _MOST_NAMED else [*people[: _MOST_NAMED - 1], "others"]
        yield " of "
        yield " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    if meeting.place is not None:
        yield f" in {called.get(meeting.place, meeting.place)}"
    if meeting.date is not None:
        yield f", {meeting.date}"
