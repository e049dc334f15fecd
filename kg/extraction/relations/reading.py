"""Read how actors stand to each other and to what they speak of.

In: frames with a relation, the entities with their roles, and the meetings. Out: Relations in text order, each with its modality and
the speaker of the statement it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.extraction.lexicon import FrameLexicon
from kg.extraction.meetings.reading import MeetingFound
from kg.extraction.relations.ends import frame_ends, frame_modality
from kg.extraction.relations.gatherings import of_matters, of_meetings, of_negotiations, of_visits
from kg.extraction.relations.membership import read_membership
from kg.extraction.relations.positions import read_positions
from kg.extraction.relations.role_words import load_role_words
from kg.extraction.relations.roles import read_roles
from kg.extraction.relations.whereabouts import read_whereabouts
from kg.language.lexicon import load_lexicon
from kg.records import Negotiation, Relation

POSITIONS = frozenset({"agreedTo", "announced", "calledFor", "opposes", "supports"})
"""Relations that somebody takes up by saying so."""
FRAME = 0.6
"""Confidence in a frame's relation."""


def read_relations(
    frames: Sequence[Frame],
    arguments: Arguments,
    *,
    meetings: Sequence[MeetingFound],
    negotiations: Sequence[Negotiation],
    lexicon: FrameLexicon,
) -> tuple[Relation, ...]:
    """Return the relations, each once for its subject, predicate, object, modality and time."""
    found: dict[tuple[str | None, ...], Relation] = {}
    words = load_role_words()
    met = {one for m in meetings if m.meeting.modality == "asserted" for one in m.meeting.participants}
    streams = (
        read_roles(arguments, lexicon=load_lexicon(), words=words, modal=lexicon.modality, acting=met | arguments.speakers),
        read_positions(arguments),
        _of_frames(frames, arguments),
        of_meetings(meetings, arguments),
        of_negotiations(negotiations),
        of_matters(frames, arguments, lexicon),
        of_visits(frames, arguments),
        read_membership(arguments, words=words.membership, modal=lexicon.modality),
        read_whereabouts(arguments, words=words.whereabouts, modal=lexicon.modality),
    )
    for stream in streams:
        for relation in stream:
            ends = (relation.subject, relation.predicate, relation.object.casefold())
            key = (*ends, relation.modality, relation.begin, relation.end_date)
            found.setdefault(key, relation)
    spoken = (replace(r, speaker=arguments.speaker_of(r.evidence)) for r in found.values())
    return tuple(sorted(spoken, key=lambda relation: (relation.evidence.start, relation.evidence.end)))


def _of_frames(frames: Iterable[Frame], arguments: Arguments) -> Iterator[Relation]:
    for frame in frames:
        # Who is only asked to agree or to back something has not: the one who asks has called for it.
        if frame.type.relation in {None, "about"} or (frame.type.relation in POSITIONS and frame.modality == "desired"):
            continue
        first, rest = frame_ends(frame, arguments)
        for subject in first:
            for other in rest:
                if subject != other:
                    yield Relation(
                        subject=other if frame.type.swap else subject,
                        predicate=frame.type.relation,
                        object=subject if frame.type.swap else other,
                        modality=frame_modality(frame),
                        confidence=FRAME,
                        evidence=arguments.span(frame.start, frame.end),
                    )
