"""Tell whether a text speaks of anybody who acts: where nobody does, nothing is negotiated and nobody meets.

In: the frames of a document and what their words stand for. Out: a yes or no. A programme, a recipe or a manual has agreements, calls
and refusals in plenty, and nobody who makes them.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame

SIDES = ("subject", "with", "between", "among", "owner", "by", "object", "recipient")


def names_agents(frames: Iterable[Frame], arguments: Arguments) -> bool:
    """Tell whether some actor speaks, or takes part in what some predicate says."""
    if arguments.speakers:
        return True
    return any(arguments.all_actors(head for slot in SIDES for head in frame.slots.get(slot, ())) for frame in frames)
