"""Read how actors stand to each other and to what they speak of.

In: frames with a relation, the entities with their roles, and the meetings. Out: Relations in text order, each with its modality and
the speaker of the statement it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import combinations

from kg.extraction.arguments import ACTORS, PLACES, Arguments
from kg.extraction.frames import Frame
from kg.extraction.labels import examples_of, names_something, short_label
from kg.extraction.lexicon import FrameLexicon
from kg.extraction.meetings.reading import MeetingFound
from kg.extraction.relations.membership import read_membership
from kg.extraction.relations.positions import read_positions
from kg.extraction.relations.role_words import load_role_words
from kg.extraction.relations.roles import read_roles
from kg.extraction.relations.whereabouts import read_whereabouts
from kg.language.lexicon import load_lexicon
from kg.language.syntax import conjuncts
from kg.records import MeetingType, Modality, Predicate, Relation

ENCOUNTERS: dict[MeetingType, Predicate] = {
    "meeting": "metWith",
    "visit": "metWith",
    "call": "negotiatesWith",
    "talks": "negotiatesWith",
}
"""What the participants of a meeting do with one another, by its kind."""
POSITIONS = frozenset({"agreedTo", "announced", "calledFor", "opposes", "supports"})
"""Relations that somebody takes up by saying so."""
MOST_SIDES = 4
"""With more participants, not each has met each other."""
MUTUAL = frozenset({"metWith", "negotiatesWith"})
"""Relations that hold both ways."""
DEEDS = frozenset(
    {"contribution", "effort", "endeavour", "help", "initiative", "leadership", "mediation", "role", "service", "work"}
)
"""Nouns for what one does: who supports the work of somebody supports that one."""
VAGUE = frozenset({"act", "action", "activity", "area", "field", "form", "issue", "matter", "measure", "move", "step", "way"})
"""Nouns that name nothing beside the examples given of them."""
FRAME, DERIVED = 0.6, 0.7
"""Confidence in a frame's relation, and in what follows from a meeting."""


def read_relations(
    frames: Sequence[Frame], arguments: Arguments, *, meetings: Sequence[MeetingFound], lexicon: FrameLexicon
) -> tuple[Relation, ...]:
    """Return the relations, each once for its subject, predicate, object, modality and time."""
    found: dict[tuple[str | None, ...], Relation] = {}
    words = load_role_words()
    met = {one for m in meetings if m.meeting.modality == "asserted" for one in m.meeting.participants}
    streams = (
        read_roles(arguments, lexicon=load_lexicon(), words=words, modal=lexicon.modality, acting=met | arguments.speakers),
        read_positions(arguments),
        _of_frames(frames, arguments),
        _of_meetings(meetings, arguments),
        _of_matters(frames, arguments, lexicon.meetings.circumstances),
        _of_visits(frames, arguments),
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
        if frame.type.relation is None or (frame.type.relation in POSITIONS and frame.modality == "desired"):
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


def frame_modality(frame: Frame) -> Modality:
    """Return a relation's modality: a frame may fix it, unless the text denies it."""
    fixed = "asserted" if frame.type.necessary else frame.type.modality
    return frame.modality if fixed is None or frame.modality == "negated" else fixed


def frame_ends(frame: Frame, arguments: Arguments) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the subjects (actors) and objects (actors, or the words themselves) of a frame's relation."""
    first = _sources(frame, arguments)
    if frame.type.relation in MUTUAL:
        rest = arguments.actors(frame.fill(frame.type.to))
        if not rest or set(rest) <= set(first):
            return first[:1], first[1:]
        return first, rest
    if frame.type.relation == "requiresApprovalOf":
        return _approvers(frame, arguments), _approved(frame, arguments)
    heads = _targets(frame, arguments)
    if frame.type.relation == "attacked":
        # Who strikes the positions of somebody attacks that one.
        return first, tuple(dict.fromkeys(other for head in heads for other in _attacked(head, arguments)))
    rest = tuple(dict.fromkeys(other for head in heads for other in _objects(head, arguments)))
    return first, rest


def _approvers(frame: Frame, arguments: Arguments) -> tuple[str, ...]:
    """Return whose approval is needed: actors, or the words for a body that the text names nowhere ("both parliaments")."""
    heads = frame.fill(frame.type.from_)
    named = _sources(frame, arguments)
    return named or tuple(arguments.label(head) for head in heads if names_something(arguments.doc[head]))


def _approved(frame: Frame, arguments: Arguments) -> tuple[str, ...]:
    """Return what needs the approval; "it" and "this" stand for the agreement told of last."""
    labels = []
    for head in frame.fill(frame.type.to):
        token = arguments.doc[head]
        if token.pos_ in {"PRON", "DET"}:
            before = arguments.last_document(head)
            token = arguments.doc[before] if before is not None else token
        if token.pos_ not in {"PRON", "DET"} and arguments.entity(token.i) is None:
            labels.append(arguments.label(token.i))
    return tuple(dict.fromkeys(labels))


def _sources(frame: Frame, arguments: Arguments) -> tuple[str, ...]:
    """Return the actors of the first slot of ``from`` that has one; "speaker" is who says what the frame stands in."""
    found: tuple[str, ...]
    for name in frame.type.from_:
        if name == "speaker":
            speaker = arguments.speaker_at(frame.predicate)
            found = () if speaker is None else (speaker,)
        else:
            found = arguments.all_actors(frame.slots.get(name, ()))
        if found or (name != "speaker" and frame.slots.get(name)):
            return found
    return ()


def _targets(frame: Frame, arguments: Arguments) -> list[int]:
    """Return what fills the first slot of ``to`` that holds more than a time: "struck ON Monday AGAINST the rebels"."""
    filled = ([head for head in frame.slots.get(name, ()) if _counts(head, frame, arguments)] for name in frame.type.to)
    return next((heads for heads in filled if heads), [])


def _attacked(head: int, arguments: Arguments) -> Iterator[str]:
    owners = arguments.all_actors([head]) if arguments.entity(head) is None else ()
    yield from owners or _objects(head, arguments)


def _counts(head: int, frame: Frame, arguments: Arguments) -> bool:
    entity = arguments.entity(head)
    if entity is None:
        return not arguments.is_time(head) and arguments.names_matter(head)
    # One takes part in what happens, not in a place.
    return not (arguments.is_time(head) or (frame.type.relation == "participatesIn" and entity.type in PLACES - ACTORS))


def _objects(head: int, arguments: Arguments) -> Iterator[str]:
    """Yield what a relation runs to: an entity or a label; what it comprises; those whose work or effort it is ("the efforts of X")."""
    token, entity = arguments.doc[head], arguments.entity(head)
    examples = examples_of(token) if entity is None else []
    if not examples or token.lemma_.lower() not in VAGUE:
        yield entity.id if entity is not None and entity.type in ACTORS | PLACES else arguments.label(head)
    for example in examples:
        yield arguments.label(example.i)
    if token.lemma_.lower() in DEEDS:
        yield from arguments.actors(
            t.i for child in token.children if child.dep_ in {"nmod", "nmod:poss"} for t in conjuncts(child)
        )


def _of_meetings(meetings: Sequence[MeetingFound], arguments: Arguments) -> Iterator[Relation]:
    """Yield who met or talked with whom, and where."""
    for found in meetings:
        meeting, token = found.meeting, arguments.doc[found.predicate]
        name = short_label(token) if token.pos_ == "NOUN" else meeting.type
        ends: list[tuple[str, Predicate, str]] = []
        if meeting.type in ENCOUNTERS and len(meeting.participants) <= MOST_SIDES:
            ends += [(one, ENCOUNTERS[meeting.type], other) for one, other in combinations(meeting.participants, 2)]
        if meeting.place is not None and meeting.type != "visit":
            ends.append((name, "heldAt", meeting.place))
        for subject, predicate, other in ends:
            yield Relation(
                subject=subject,
                predicate=predicate,
                object=other,
                modality=meeting.modality,
                confidence=DERIVED,
                evidence=meeting.evidence,
            )


def _of_visits(frames: Iterable[Frame], arguments: Arguments) -> Iterator[Relation]:
    """Yield where visitors are."""
    for frame in frames:
        if frame.type.meeting != "visit":
            continue
        place = arguments.place([*frame.fill(frame.type.to), *frame.slots.get("in", ())])
        for visitor in arguments.actors(frame.fill(frame.type.from_)) if place is not None else ():
            if place is not None and visitor != place:
                yield Relation(
                    subject=visitor,
                    predicate="locatedIn",
                    object=place,
                    modality=frame.modality,
                    confidence=DERIVED,
                    evidence=arguments.span(frame.start, frame.end),
                )


def _of_matters(frames: Iterable[Frame], arguments: Arguments, circumstances: Set[str]) -> Iterator[Relation]:
    """Yield what talks, meetings and calls are about."""
    for frame in frames:
        if frame.type.meeting is None or frame.part == "verb":
            continue
        for slot in frame.type.matter:
            for head in frame.slots.get(slot, ()) if slot != "self" else ():
                if _counts(head, frame, arguments) and arguments.doc[head].lemma_.lower() not in circumstances:
                    for other in _objects(head, arguments):
                        yield Relation(
                            subject=short_label(arguments.doc[frame.predicate]),
                            predicate="about",
                            object=other,
                            confidence=DERIVED,
                            evidence=arguments.span(frame.start, frame.end),
                        )
