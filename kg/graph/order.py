"""Keep the order of lists through a graph, which has none.

In the graph a list is a set. Read back, it is sorted; where that is not the list that was written, the writer notes the positions
of its members in the sorted set, and the reader puts them back. A note that no longer fits its set is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class OrderNotes:
    """The notes of one document, by the name of the list."""

    def __init__(self, notes: dict[str, list[int]] | None = None) -> None:
        self._notes = notes if notes is not None else {}

    @classmethod
    def from_json(cls, text: str | None) -> OrderNotes:
        """Read notes back from ``to_json``; anything else than such notes counts as none."""
        try:
            notes = json.loads(text) if text is not None else {}
        except json.JSONDecodeError:
            notes = {}
        return cls({name: places for name, places in notes.items() if _is_places(places)} if isinstance(notes, dict) else {})

    def to_json(self) -> str | None:
        """Return the notes as compact JSON, or None where every list is in sorted order."""
        return json.dumps(self._notes, sort_keys=True, separators=(",", ":")) if self._notes else None

    def note(self, name: str, members: Sequence[T], *, canonical: Sequence[T] | None = None) -> None:
        """Note the order of a list, unless it is its own sorted set; ``canonical`` is that set where plain sorting fails."""
        ordered = sorted(set(members)) if canonical is None else list(canonical)  # type: ignore[type-var]  # strings or Mentions
        if list(members) != ordered:
            places = {member: place for place, member in enumerate(ordered)}
            self._notes[name] = [places[member] for member in members]

    def restore(self, name: str, members: Iterable[T], *, canonical: Sequence[T] | None = None) -> tuple[T, ...]:
        """Return the members in the order that was noted, else sorted (or in the order of ``canonical``)."""
        ordered = sorted(set(members)) if canonical is None else list(canonical)  # type: ignore[type-var]
        places = self._notes.get(name)
        if places is None or set(places) != set(range(len(ordered))):
            return tuple(ordered)
        return tuple(ordered[place] for place in places)


def _is_places(value: Any) -> bool:
    return isinstance(value, list) and all(type(place) is int for place in value)
