"""Read what some actors did to others, by PLOVER event type.

In: frames with an event type. Out: Events in text order, one for each predicate. What its doer says will, or will not, be done is an
event of its own beside the act: a promise, a threat or a refusal, as ``events.toml`` maps them; the act keeps its modality.
Limits: an event has a source or a target that is an entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.clauses import is_asked
from kg.extraction.events.circumstances import place_of, time_of
from kg.extraction.events.demands import DEMANDING, read_demands
from kg.extraction.events.parties import Parties
from kg.extraction.events.words import EventWords, load_event_words
from kg.extraction.fitting import forms_of
from kg.extraction.frames import Frame
from kg.extraction.lexicon import ModalWords
from kg.records import Event, EventType, Modality

CLAUSES = ("clause", "purpose")
"""Slots of what is to be done: "refused TO LEAVE"."""
MUTUAL = frozenset({"CONSULT", "COOPERATE"})
"""Types that need two actors, on whichever side."""
DIRECTED = frozenset({"AID"})
"""Types that are nothing without the one to whom they are done."""
FITTING, VERB, NOUN = 0.75, 0.65, 0.55
"""Scores of a predicate whose arguments have the very words that its frame asks for, of another verb, and of another noun."""
SUFFERED = frozenset({"ASSAULT", "COERCE", "SANCTION", "AID", "MOBILIZE"})
"""Types of which a text may leave open who does it."""

FOR_OTHERS = frozenset({"SUPPORT", "AID", "ASSAULT"})
"""Types of what is never done to oneself."""


def read_events(frames: Iterable[Frame], arguments: Arguments, *, modality: ModalWords) -> tuple[Event, ...]:
    """Return the events of a document, each once."""
    reader = _Reader(arguments, modality, load_event_words())
    demands = read_demands(arguments, reader.parties)
    found = {replace(event, confidence=1.0): event for event in [*demands, *reader.read(list(frames))]}
    return tuple(sorted(found.values(), key=lambda event: (event.evidence.start, event.evidence.end)))


class _Reader:
    def __init__(self, arguments: Arguments, modality: ModalWords, words: EventWords) -> None:
        self.arguments = arguments
        self.modality = modality
        self.words = words
        self.parties = Parties(arguments, words)
        self.acts: dict[int, Frame] = {}
        self.asked: dict[int, tuple[str, ...]] = {}

    def read(self, frames: Sequence[Frame]) -> Iterator[Event]:
        """Yield the events of all predicates in text order."""
        chosen = _most_specific(frames)
        self.acts = {frame.predicate: frame for frame in chosen if frame.type.event is not None}
        claimed = {head for frame in chosen for head in self._claimed(frame)}
        for frame in chosen:
            if frame.predicate not in claimed:
                yield from self._events(frame)

    def _note_asked(self, frame: Frame, target: tuple[str, ...]) -> None:
        """Remember that who is asked to act is the one who would act: "called on the rebels TO LEAVE"."""
        for slot in CLAUSES:
            for head in frame.slots.get(slot, ()):
                self.asked[head] = target

    def _claimed(self, frame: Frame) -> Iterator[int]:
        """Yield the nouns that a frame is told apart by: of "lifted the embargo" the embargo is no event of its own."""
        if frame.part != "verb":
            return
        last = frame.form.split()[-1]
        for slot in {*frame.type.requires, *(("object",) if " " in frame.form else ())}:
            for head in frame.slots.get(slot, ()):
                token = self.arguments.doc[head]
                if token.pos_ == "NOUN" and (not frame.type.among.isdisjoint(forms_of(token)) or token.lemma_.lower() == last):
                    yield head

    def _events(self, frame: Frame) -> Iterator[Event]:
        type_ = self._type(frame)
        if type_ is None or (type_ in FOR_OTHERS and self._is_to_itself(frame)):
            return
        if type_ == "ASSAULT" and self._is_of_nature(frame):
            return
        meant = self._meant(frame, type_)
        said = self._event(frame, meant) if meant is not None else None
        done = self._event(frame, type_)
        if said is not None:
            yield replace(said, modality="asserted")
        if done is not None and (said is None or meant != type_):
            yield done

    def _is_to_itself(self, frame: Frame) -> bool:
        """Tell whether somebody does something to himself: "we shall defend OURSELVES"."""
        objects = (self.arguments.doc[head].lower_ for head in frame.slots.get("object", ()))
        return any(word.endswith(("self", "selves")) for word in objects)

    def _is_of_nature(self, frame: Frame) -> bool:
        """Tell whether it is nature that strikes: "the STORM hit the coast"."""
        doers = [self.arguments.doc[head] for head in frame.slots.get("subject", ())]
        return bool(doers) and all(doer.lemma_.lower() in self.words.nature for doer in doers)

    def _type(self, frame: Frame) -> EventType | None:
        """Return a frame's type; where it only says that something is meant to be done, that of saying so."""
        if not frame.type.intent:
            return frame.type.event
        heads = [head for slot in (*CLAUSES, "that") for head in frame.slots.get(slot, ())]
        acts = [act for head in heads if head in self.acts and (act := self.acts[head].type.event) is not None]
        return next((self.words.meant[act] for act in acts if act in self.words.meant), frame.type.event)

    def _meant(self, frame: Frame, type_: EventType) -> EventType | None:
        """Return what it counts as to say that an act will, or will not, be done; None where it is not said so."""
        if frame.part != "verb":
            return None
        verb = self.arguments.doc[frame.predicate]
        if is_asked(verb):
            return None  # who asks whether somebody will act says no such thing
        auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "aux:pass"}}
        simple = "AGREE" if not frame.type.intent and auxiliaries & {"do", "does", "did"} else None
        if frame.modality == "negated" and (auxiliaries & self.modality.planning_modals or type_ == simple):
            return self.words.refused.get(type_)
        if frame.modality in {"planned", "conditional"} and auxiliaries & self.modality.planning_modals:
            return self.words.meant.get(type_)
        return None

    def _event(self, frame: Frame, type_: EventType) -> Event | None:
        """Return the event of a frame, if it has the sides that its type needs, one of them an entity."""
        source = self._source(frame)
        target = self._target(frame, type_, source)
        if type_ == "REQUEST" and target:
            self._note_asked(frame, target)
        place = place_of(frame, self.arguments)
        known = self.arguments.entities.keys() | self.parties.anchored
        if not (_has_sides(type_, source, target) or (type_ in MUTUAL and self._are_several(frame))) or (
            place is None and known.isdisjoint((*source, *target))
        ):
            return None
        time = time_of(frame, self.arguments)
        return Event(
            type=type_,
            source=source,
            target=target,
            context=self._context(frame.start, frame.end),
            modality=self._modality(frame),
            date=time.value if time is not None else None,
            place=place,
            confidence=FITTING if frame.type.among else VERB if frame.part == "verb" else NOUN,
            evidence=self.arguments.span(frame.start, frame.end),
        )

    def _modality(self, frame: Frame) -> Modality:
        """Return how firm an event is: what must be done is wanted, not done."""
        verb = self.arguments.doc[frame.predicate]
        wanted = frame.part == "verb" and any(child.lower_ in DEMANDING and child.dep_ == "aux" for child in verb.children)
        return "desired" if wanted and frame.modality == "asserted" else frame.modality

    def _source(self, frame: Frame) -> tuple[str, ...]:
        source = self.parties.of_slots(frame, frame.type.from_, places=False)
        if frame.predicate in self.asked:
            return self.asked[frame.predicate]
        if not source and frame.part == "verb" and "subject" in frame.type.from_:
            return self.parties.doer(self.arguments.doc[frame.predicate])
        return source

    def _are_several(self, frame: Frame) -> bool:
        """Tell whether those who do something together stand in one plural noun: "the PRESIDENTS discussed trade"."""
        heads = [head for slot in frame.type.from_ for head in frame.slots.get(slot, ())]
        return any(self.arguments.doc[head].tag_ in {"NNS", "NNPS"} and self.arguments.actors([head]) for head in heads)

    def _target(self, frame: Frame, type_: EventType, source: Sequence[str]) -> tuple[str, ...]:
        """Return whom a frame is about: of a threat or a refusal, those to whom the act would be done."""
        for slot in frame.type.to:
            target = self._acted_on(frame, slot, type_) or self.parties.of_slots(frame, (slot,), places=True, apart=source)
            target = tuple(party for party in target if party not in source)
            if target:
                return target
        if not source or (len(source) > 1 and type_ not in DIRECTED):
            return ()
        if type_ in MUTUAL:  # what is discussed is no party to the talk
            return tuple(party for party in self.parties.behind_with(frame.predicate) if party not in source)
        return tuple(party for party in self.parties.around(frame.predicate) if party not in source)

    def _acted_on(self, frame: Frame, slot: str, type_: EventType) -> tuple[str, ...]:
        """Return whom the act in a frame's clause would be done to; who is asked to act is no such one."""
        if slot not in CLAUSES or type_ == "REQUEST":
            return ()
        acts = [self.acts[head] for head in frame.slots.get(slot, ()) if head in self.acts and head != frame.predicate]
        return tuple(party for act in acts for party in self.parties.of_slots(act, act.type.to, places=True))

    def _context(self, start: int, end: int) -> tuple[str, ...]:
        """Return the fields that the words between two tokens show, in the order in which they first show."""
        found: dict[str, None] = {}
        previous: Token | None = None
        for token in self.arguments.doc[start:end]:
            lemma = token.lemma_.lower()
            forms = (lemma,) if previous is None else (f"{previous.lemma_.lower()} {lemma}", lemma)
            for form in forms:
                found.update(dict.fromkeys(self.words.contexts.get(form, ())))
            previous = token
        return tuple(found)


def _has_sides(type_: EventType, source: Sequence[str], target: Sequence[str]) -> bool:
    """Tell whether an event has the actors that its type needs."""
    if type_ in MUTUAL:
        return len(source) + len(target) > 1
    if not source:
        return bool(target) and type_ in SUFFERED
    return bool(target) or len(source) > 1 or type_ not in DIRECTED


def _most_specific(frames: Sequence[Frame]) -> list[Frame]:
    """Return one frame with an event type for each predicate: the one that asks for most, then the one of events alone."""
    best: dict[int, tuple[tuple[int, int, bool], Frame]] = {}
    for frame in frames:
        if not frame.type.is_event:
            continue
        rank = (len(frame.type.among) > 0, len(frame.form.split()), frame.type.relation is None)
        if frame.predicate not in best or best[frame.predicate][0] < rank:
            best[frame.predicate] = (rank, frame)
    return [frame for _, frame in best.values()]
