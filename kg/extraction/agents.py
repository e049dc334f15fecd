"""Tell whether a text speaks of anybody who acts: where nobody does, nothing is negotiated, and a bare "session" is no meeting.

In: what the words of a document stand for. Out: a yes or no. A program, a recipe or a manual has agreements, calls and refusals in
plenty, and nobody who makes them. Limits: a pronoun that stands for nobody known is nobody ("we may change these terms").
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extraction.arguments import ACTORS, Arguments
from kg.extraction.meetings.reading import MeetingFound
from kg.language.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, preposition_of

ACTING = SUBJECTS | PASSIVE_SUBJECTS | OBJECTS | {"iobj", "obl:agent", "nmod:poss", "poss"}
BESIDE = frozenset({"with", "between", "among", "by"})


def names_agents(arguments: Arguments) -> bool:
    """Tell whether some actor speaks, does something or has it done to him, or stands beside those who do."""
    if arguments.speakers:
        return True
    for mention in arguments.analysis.mentions:
        entity = arguments.entity(mention.head)
        if entity is not None and entity.type in ACTORS and _acts(arguments.doc[mention.head]):
            return True
    return False


def is_certain(found: MeetingFound, doc: Doc) -> bool:
    """Tell whether more is told of a meeting than its noun: somebody, a place, a day or a name of its own."""
    meeting = found.meeting
    return bool(meeting.participants or meeting.place or meeting.date) or doc[found.predicate].text[0].isupper()


def _acts(noun: Token) -> bool:
    while noun.dep_ == "conj":
        noun = noun.head
    return noun.dep_ in ACTING or preposition_of(noun) in BESIDE
