"""Find what a frame's relation holds between: the actors it runs from, and the actors, places or words it runs to.

In: a frame and the arguments of its document. Out: ids of entities, or the words themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.arguments import ACTORS, PLACES, Arguments
from kg.extraction.frames import Frame
from kg.extraction.impersonal import issuers_of
from kg.extraction.labels import examples_of, names_something
from kg.language.syntax import conjuncts
from kg.records import Modality

NAMED = ACTORS | PLACES | {"Document"}
"""Types of entities that a relation can run to; others are given by their words."""
MUTUAL = frozenset({"metWith", "negotiatesWith"})
"""Relations that hold both ways."""
ADDRESSED = frozenset({"object", "on", "to"})
"""Slots for whom one asks to do something."""
DEEDS = frozenset(
    {"contribution", "effort", "endeavour", "help", "initiative", "leadership", "mediation", "role", "service", "work"}
)
"""Nouns for what one does: who supports the work of somebody supports that one."""
VAGUE = frozenset({"act", "action", "activity", "area", "field", "form", "issue", "matter", "measure", "move", "step", "way"})
"""Nouns that name nothing beside the examples given of them."""


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
    rest = tuple(dict.fromkeys(other for head in heads for other in objects_of(head, arguments)))
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
        text = arguments.entity(token.i)
        if text is not None and text.type == "Document":
            labels.append(text.id)
        elif token.pos_ not in {"PRON", "DET"} and text is None:
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
    return issuers_of(frame, arguments)


def _targets(frame: Frame, arguments: Arguments) -> list[int]:
    """Return what fills the first slot of ``to`` that holds more than a time: "struck ON Monday AGAINST the rebels"."""
    called = frame.type.relation == "calledFor"
    filled = (
        [
            head
            for head in frame.slots.get(name, ())
            if counts(head, frame, arguments) and not (called and name in ADDRESSED and _is_asked(head, arguments))
        ]
        for name in frame.type.to
    )
    return next((heads for heads in filled if heads), [])


def _is_asked(head: int, arguments: Arguments) -> bool:
    """Tell whether a token names somebody: one calls on them, and for what they are to do."""
    entity = arguments.entity(head)
    return entity is not None and entity.type in ACTORS and (entity.named or entity.id in arguments.analysis.members)


def _attacked(head: int, arguments: Arguments) -> Iterator[str]:
    owners = arguments.all_actors([head]) if arguments.entity(head) is None else ()
    yield from owners or objects_of(head, arguments)


def counts(head: int, frame: Frame, arguments: Arguments) -> bool:
    """Tell whether a token is something that a frame's relation can run to."""
    entity = arguments.entity(head)
    if entity is None:
        return not arguments.is_time(head) and arguments.names_matter(head)
    # One takes part in what happens, not in a place.
    return not (arguments.is_time(head) or (frame.type.relation == "participatesIn" and entity.type in PLACES - ACTORS))


def objects_of(head: int, arguments: Arguments) -> Iterator[str]:
    """Yield what a relation runs to: an entity or a label; what it comprises; those whose work or effort it is ("the efforts of X")."""
    token, entity = arguments.doc[head], arguments.entity(head)
    examples = examples_of(token) if entity is None else []
    if not examples or token.lemma_.lower() not in VAGUE:
        yield entity.id if entity is not None and entity.type in NAMED else arguments.label(head)
    for example in examples:
        yield arguments.label(example.i)
    if token.lemma_.lower() in DEEDS:
        yield from arguments.actors(
            t.i for child in token.children if child.dep_ in {"nmod", "nmod:poss"} for t in conjuncts(child)
        )
