"""Read what a speaker says that somebody else must or should do: "the envoy said that the rebels MUST withdraw".

In: an analysis with its statements. Out: Events of type REQUEST, from whoever speaks to whoever is to act.
Limits: the one who is to act is named; what speakers ask of themselves or of things is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.clauses import clause_bounds
from kg.extraction.events.parties import Parties
from kg.language.syntax import own_subject, passive_subject
from kg.records import Event

DEMANDING = frozenset({"must", "should", "ought", "shall"})
DEMANDED = 0.5
"""Score of a request read off an obligation."""
REPORTING_DEPTH = 3
"""How many clauses up the verb of speaking may stand."""


def read_demands(arguments: Arguments, parties: Parties) -> Iterator[Event]:
    """Yield a request for each actor of whom a speaker says that it must act."""
    for auxiliary in arguments.doc:
        if auxiliary.lower_ not in DEMANDING or auxiliary.dep_ not in {"aux", "aux:pass"}:
            continue
        verb = auxiliary.head
        subject = own_subject(verb) if passive_subject(verb) is None else None
        if subject is None or subject.pos_ == "PRON":
            continue
        target = parties.each([subject.i, *(other.i for other in subject.children if other.dep_ == "conj")])
        source = _speakers(verb, parties) or _speaker_at(verb, arguments)
        target = tuple(party for party in target if party not in source)
        if not source or not any(party in arguments.entities for party in target):
            continue
        start, end = clause_bounds(verb)
        yield Event(type="REQUEST", source=source, target=target, confidence=DEMANDED, evidence=arguments.span(start, end))


def _speaker_at(verb: Token, arguments: Arguments) -> tuple[str, ...]:
    speaker = arguments.speaker_at(verb.i)
    return () if speaker is None else (speaker,)


def _speakers(verb: Token, parties: Parties) -> tuple[str, ...]:
    """Return who says a clause, by the verb that it is the content of."""
    clause = verb
    for _ in range(REPORTING_DEPTH):
        governor = clause.head
        if governor.i == clause.i or governor.pos_ != "VERB":
            return ()
        if clause.dep_ in {"ccomp", "parataxis"}:
            return parties.doer(governor)
        if clause.dep_ != "conj":
            return ()
        clause = governor
    return ()
