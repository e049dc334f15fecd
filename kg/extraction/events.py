"""Read what some actors did to others, by PLOVER event type.

In: frames with an event type. Out: Events in text order. Limits: an event has a source or a target that is an actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.records import Event


def read_events(frames: Iterable[Frame], arguments: Arguments) -> Iterator[Event]:
    """Yield an event for each frame that has a type and an actor."""
    seen: set[tuple[object, ...]] = set()
    for frame in frames:
        if frame.type.event is None:
            continue
        source = arguments.all_actors(frame.fill(frame.type.from_))
        target = tuple(t for t in arguments.all_actors(frame.fill(frame.type.to)) if t not in source)
        if not source and not target:
            continue
        place = arguments.place([*frame.slots.get("in", ()), *frame.slots.get("at", ())])
        time = arguments.time(frame.start, frame.end)
        key = (frame.type.event, source, target, frame.start)
        if key in seen:
            continue
        seen.add(key)
        yield Event(
            type=frame.type.event,
            source=source,
            target=target,
            modality=frame.modality,
            date=time.value if time is not None else None,
            place=place,
            evidence=arguments.span(frame.start, frame.end),
        )
