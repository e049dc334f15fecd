"""Tell whether the words of an encounter are those of a certain one.

In: a frame that tells of an encounter, with its participants, place and time. Out: whether enough is told for a meeting of its own.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.extraction.meetings.participants import ATTENDED, BODY
from kg.extraction.slots import measured
from kg.language.syntax import OBJECTS, preposition_of
from kg.records import MeetingType, TimeExpression

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
OURSELVES = frozenset({"we", "they"})
NAMING = frozenset({"compound", "amod", "nmod:poss", "flat", "nmod:unmarked"})
BODIES = frozenset({"Organization", "Group"})


def is_anchored(
    frame: Frame,
    type_: MeetingType,
    participants: tuple[str, ...],
    place: str | None,
    time: TimeExpression | None,
    arguments: Arguments,
) -> bool:
    """Tell whether enough is told of an encounter for it to be a certain one."""
    circumstances = (place is not None) + (time is not None)
    body = any(arguments.entities[participant].type in BODIES for participant in participants)
    if frame.part == "verb":
        if frame.type.meeting == "visit":
            return bool(participants) and circumstances > 0 and "see" not in frame.type.id
        if type_ == "press":
            return bool(participants) and (place is not None or "tell" not in frame.type.id)
        if len(participants) >= 2:
            return True
        joint = body and type_ in {"meeting", "summit"}
        return bool(participants) and (joint or (circumstances > 0 and frame.type.id == "meet"))
    if type_ == "visit":
        return bool(participants) and circumstances > 0
    if frame.type.id == BODY:
        return (
            bool(participants)
            and time is not None
            and (place is not None or preposition_of(arguments.doc[frame.predicate]) in ATTENDED)
        )
    if _is_habitual(frame, arguments) and circumstances == 0:
        return False
    if len(participants) >= 2 or is_named_gathering(frame, arguments):
        return True
    token = arguments.doc[frame.predicate]
    definite = is_definite(token) or token.text[0].isupper()
    if participants and any(arguments.doc[head].lower_ in OURSELVES for head in frame.slots.get("subject", ())):
        return True  # "we have concluded two days of talks": one speaks for those who met
    if participants:
        sure = (
            definite and "Plur" not in token.morph.get("Number", []) and any(frame.slots.get(s) for s in ("with", "of", "owner"))
        )
        return circumstances > 0 or sure or (body and type_ == "meeting" and "with" not in frame.slots)
    return circumstances == 2 or (circumstances == 1 and (definite or "Plur" not in token.morph.get("Number", [])))


def _is_habitual(frame: Frame, arguments: Arguments) -> bool:
    """Tell whether a bare plural speaks of what is done again and again: "we have talks with partners"."""
    noun = measured(arguments.doc[frame.predicate])
    if "Plur" not in noun.morph.get("Number", []) or any(c.dep_ in {"det", "nummod", "nmod:poss"} for c in noun.children):
        return False
    return noun.dep_ in OBJECTS and noun.head.tag_ in {"VBP", "VBZ"}


def is_named_gathering(frame: Frame, arguments: Arguments) -> bool:
    """Tell whether a noun is the head of a conference's or summit's own name: "the Lima Conference on Debt"."""
    token = arguments.doc[frame.predicate]
    if frame.part == "verb" or frame.type.meeting != "summit":
        return False
    entity = arguments.entity(frame.predicate)
    # A word in capitals that names nobody is no part of a name: "INFO session 17 resumed" in the log of a program.
    marks = {child.i for child in token.lefts if child.text.isupper() and len(child) > 3 and arguments.entity(child.i) is None}
    named = [child for child in token.lefts if child.dep_ in NAMING and child.text[0].isupper() and child.i not in marks]
    if entity is not None and entity.type == "Organization":
        return token.lemma_.lower() in {"conference", "summit"} and any(child.pos_ == "PROPN" for child in named)
    return bool(named)


def is_definite(noun: Token) -> bool:
    """Tell whether a noun stands behind a definite article or a possessor: "the talks", "our talks", "today's talks"."""
    return any(
        child.dep_ in {"nmod:poss", "poss"} or (child.dep_ == "det" and child.lower_ in DEFINITE)
        for child in (*noun.lefts, *measured(noun).lefts)
    )
