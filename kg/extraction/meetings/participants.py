"""Find who takes part in an encounter: its sides, those who attend it, those who go with them.

In: a frame that tells of an encounter. Out: the head tokens of the participants.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, Arguments
from kg.extraction.frames import Frame
from kg.extraction.lexicon import MeetingWords
from kg.extraction.slots import measured
from kg.language.syntax import OBJECTS, RELATIVES, conjuncts, passive_subject, preposition_of, subject_of

BODY = "body-in-session"
"""The frame of a body that meets: "the Harbour Council in Port Lys on 12 January"."""
SIDES = ("subject", "with", "between", "among", "owner", "of", "involving")
ATTENDED = frozenset({"at", "during", "in"})
ATTENDED_OR_PAST = ATTENDED | {"after", "following", "before", "on", "upon"}


def sides(frame: Frame, arguments: Arguments, words: MeetingWords) -> Iterator[int]:
    """Yield the tokens of those who take part."""
    if frame.type.id == BODY:
        yield frame.predicate
        return
    for slot in SIDES:
        for head in frame.slots.get(slot, ()):
            addressed = arguments.doc[head].lower_ in {"you", "your"}
            yield from _addressee(head, arguments) if addressed else (head,)
    if frame.part == "verb" and (frame.type.meeting != "visit" or "visit" in frame.type.id) and "object" in frame.type.to:
        yield from (head for head in frame.slots.get("object", ()) if _is_person_or_not_visited(frame, head, arguments))
    if frame.type.meeting in {"call", "press"}:
        yield from frame.slots.get("to", ())
    if frame.part == "noun":
        yield from frame.slots.get("by", ())
        yield from _beside_relative(frame, arguments, words)
        if frame.type.meeting != "visit":
            yield from (head for slot in frame.type.to for head in frame.slots.get(slot, ()))
        yield from _who_holds(frame, arguments, words)
        for head in frame.slots.get("at", ()):
            entity = arguments.entity(head)
            if entity is not None and entity.type == "Organization":
                yield head
        yield from _attending(frame, arguments)
    yield from _companions(frame, arguments, words)


def _beside_relative(frame: Frame, arguments: Arguments, words: MeetingWords) -> Iterator[int]:
    """Yield the subject of a relative clause that the parse takes for an apposition: "the talk LUND AND VARO had"."""
    noun = arguments.doc[frame.predicate]
    for clause in noun.rights:
        if (
            clause.dep_ in RELATIVES
            and clause.lemma_.lower() in words.carriers
            and not any("subj" in c.dep_ for c in clause.children)
        ):
            beside = (child for child in noun.rights if child.dep_ == "appos" and child.i < clause.i)
            yield from (token.i for child in beside for token in conjuncts(child))


def _is_person_or_not_visited(frame: Frame, head: int, arguments: Arguments) -> bool:
    """Tell whether an object takes part: of a visit only a person does, not the place."""
    entity = arguments.entity(head)
    return frame.type.meeting != "visit" or (entity is not None and entity.type in {"Person", "Group"})


def _addressee(token: int, arguments: Arguments) -> Iterator[int]:
    """Yield who is meant by "you" in a question: whoever has the next turn."""
    analysis = arguments.analysis
    place = arguments.doc[token].idx
    starts = [quotation.start for quotation in analysis.quotations]
    number = bisect_right(starts, place) - 1
    if number < 0 or analysis.quotations[number].kind != "turn" or place >= analysis.quotations[number].end:
        return
    asking = arguments.entities.get(analysis.speaker_of[number] or "")
    if asking is None or asking.type != "Group":
        return
    later = range(number + 1, len(starts))
    answer = next((i for i in later if analysis.speaker_of[i] != asking.id), None)
    speaker = analysis.quotations[answer].speaker if answer is not None else None
    if speaker is not None:
        yield speaker


def _attending(frame: Frame, arguments: Arguments) -> Iterator[int]:
    """Yield who is at an encounter by what the clause says of them: "after talks with X, VARO said", "VARO spoke at the summit"."""
    noun = measured(arguments.doc[frame.predicate])
    preposition = preposition_of(noun)
    told = any(frame.slots.get(slot) for slot in ("subject", "between", "owner", "of", "by", "among"))
    if told or not noun.dep_.startswith("obl") or preposition not in ATTENDED_OR_PAST | {"for"}:
        return
    verb = noun.head
    if preposition == "for" and not _is_presence(verb, arguments):
        return
    if preposition not in ATTENDED and preposition != "for" and not ("with" in frame.slots or frame.type.meeting == "visit"):
        return
    subject = passive_subject(verb) or subject_of(verb)
    if subject is not None:
        entity = arguments.entity(subject.i)
        if entity is not None and entity.type in ACTORS:
            yield subject.i


def called_off(noun: Token, words: MeetingWords) -> bool:
    """Tell whether the verb around a noun says that it will not be: "a trip was CANCELLED", "CALLED OFF the talks"."""
    verb = noun.head
    particles = [
        f"{verb.lemma_.lower()} {child.lower_}" for child in verb.children if child.dep_ in {"compound:prt", "prt", "advmod"}
    ]
    told = noun.dep_ in {*OBJECTS, "xcomp", "nsubj:pass", "nsubjpass"}
    return told and not words.cancelling.isdisjoint([verb.lemma_.lower(), *particles])


def _who_holds(frame: Frame, arguments: Arguments, words: MeetingWords) -> Iterator[int]:
    """Yield who holds, ends or calls off an encounter of their own: "HOLT cancelled a trip", "ENVOYS ended a round of talks"."""
    noun = measured(arguments.doc[frame.predicate])
    if any(frame.slots.get(slot) for slot in ("subject", "owner", "between", "of")):
        return
    held = noun.dep_ in OBJECTS and noun.head.lemma_.lower() in words.carriers
    subject = subject_of(noun.head) if held or (noun.dep_ in {*OBJECTS, "xcomp"} and called_off(noun, words)) else None
    if subject is not None:
        yield from (token.i for token in conjuncts(subject))


def _is_presence(verb: Token, arguments: Arguments) -> bool:
    """Tell whether a clause says that somebody is or comes somewhere: "will be in Cairo for talks", "flew to Cairo for talks"."""
    if any(child.dep_ == "cop" for child in verb.children):
        return preposition_of(verb) in ATTENDED or arguments.place([verb.i]) is not None
    return any(preposition_of(child) in {"to", "in"} and arguments.place([child.i]) is not None for child in verb.children)


def _companions(frame: Frame, arguments: Arguments, words: MeetingWords) -> Iterator[int]:
    """Yield those who go with the ones who take part: "ACCOMPANIED BY her deputy"."""
    predicate = arguments.doc[frame.predicate]
    near = [predicate, *(arguments.doc[head] for head in frame.slots.get("subject", ()))]
    for token in near:
        for child in token.children:
            if child.lower_ in words.accompanying and child.dep_ in {"advcl", "acl", "parataxis"}:
                for noun in child.children:
                    if noun.dep_.startswith("obl") and preposition_of(noun) in {"by", "with"}:
                        yield noun.i
                        yield from (other.i for other in noun.children if other.dep_ == "conj")


def without_theme(frame: Frame, arguments: Arguments, participants: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the one country in a conference's own name: it is what the conference is about ("the Libya Conference")."""
    token = arguments.doc[frame.predicate]
    if frame.part == "verb" or not token.text[0].isupper():
        return participants
    named = [p for p in arguments.actors(c.i for c in token.lefts if c.dep_ in {"compound", "amod"}) if p in participants]
    if len(named) == 1 and arguments.entities[named[0]].type == "Country":
        return tuple(p for p in participants if p != named[0])
    return participants
