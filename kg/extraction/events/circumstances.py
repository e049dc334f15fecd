"""Tell when and where an event is by the words that hang on its own predicate, not on what is only told about those in it.

In: a frame and the times and mentions of an analysis. Out: a time and a place, or none. A time belongs to the first predicate above it in
the parse: in "offered to leave by May" the leaving has one, and in "under the treaty of 1957" neither sending nor helping has.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.language.syntax import PASSIVE_SUBJECTS, SUBJECTS
from kg.records import TimeExpression

CLAUSAL = frozenset({"VERB", "AUX"})
CARRIED = frozenset({"obj", "dobj", "obl", *SUBJECTS, *PASSIVE_SUBJECTS})
"""How an event noun hangs on the verb whose circumstances are its own: "HELD talks on Monday"."""
LONGEST_CLIMB = 8


def time_of(frame: Frame, arguments: Arguments) -> TimeExpression | None:
    """Return the first time with a calendar value in a frame's sentence that hangs on its predicate."""
    predicate = arguments.doc[frame.predicate]
    carriers = _carriers(predicate)
    sentence = predicate.sent
    for time in arguments.times(sentence.start, sentence.end):
        if time.value and time.value[0].isdigit() and _hangs_on(time, predicate, carriers, arguments):
            return time
    return None


def place_of(frame: Frame, arguments: Arguments) -> str | None:
    """Return the first place behind a frame's "in" or "at", without those that a clause there tells of: "in return for men HELD in X"."""
    for head in (*frame.slots.get("in", ()), *frame.slots.get("at", ())):
        place = arguments.place([head])
        if place is not None and any(arguments.analysis.entity_of.get(i) == place for i in _phrase(arguments.doc[head])):
            return place
    return None


def _phrase(noun: Token) -> list[int]:
    """Return the tokens of a phrase without the clauses in it."""
    found = [noun.i]
    for child in noun.children:
        if not child.dep_.startswith(("acl", "advcl", "relcl")):
            found += _phrase(child)
    return found


def _carriers(predicate: Token) -> frozenset[int]:
    """Return the tokens whose times are an event's: its predicate, and the verb that carries an event noun."""
    governor = predicate.head
    carried = predicate.pos_ not in CLAUSAL and predicate.dep_ in CARRIED and governor.pos_ in CLAUSAL
    return frozenset({predicate.i, governor.i} if carried else {predicate.i})


def _hangs_on(time: TimeExpression, predicate: Token, carriers: frozenset[int], arguments: Arguments) -> bool:
    span = arguments.doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    for _ in range(LONGEST_CLIMB):
        head = token.head
        if head.i in carriers:
            return True
        if head.i == token.i or not arguments.is_time(head.i):
            break
        token = head
    return _is_shared(token.head, span.start, predicate)


def _is_shared(verb: Token, time: int, predicate: Token) -> bool:
    """Tell whether coordinated verbs share a time before the first one's subject: "on MONDAY they met and signed"."""
    subject = next((child for child in verb.children if child.dep_.startswith("nsubj")), None)
    first = predicate
    while first.dep_ == "conj" and first.i != verb.i:
        first = first.head
    return first.i == verb.i and first.i != predicate.i and subject is not None and time < subject.left_edge.i
