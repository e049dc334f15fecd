"""Read one telling of an encounter from its frame: who takes part, where, when, what for, and how surely it is a certain one.

In: a frame that tells of a meeting. Out: an Encounter, or None where the words tell of meetings in general. Whether two tellings are
one meeting is decided in ``meetings``.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.arguments import PLACES, Arguments
from kg.extraction.frames import Frame
from kg.extraction.lexicon import FrameLexicon, MeetingWords
from kg.extraction.meetings.certainty import is_anchored, is_definite, is_named_gathering
from kg.extraction.meetings.circumstances import Whereabouts
from kg.extraction.meetings.participants import ATTENDED_OR_PAST, BODY, called_off, sides, without_theme
from kg.extraction.modality import modality_of
from kg.extraction.slots import measured
from kg.language.syntax import preposition_of
from kg.records import MeetingType, Modality, TimeExpression


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One telling of a meeting, by the tokens ``start`` to ``end``.

    ``definite``: the words may take up a meeting told before. ``continuing``: they tell of another one of the same series ("the next
    round"). ``present``: it is the one at which they are said ("this meeting"). ``shared``: it is the
    speaker's ("our talks"). ``dated``: the day is a part of the noun ("the May 3 call").
    ``vague``: what is said may be done at a meeting of any kind ("they discussed"). ``unowned``: they name no side, known or not.
    ``placed``: its place is a part of the noun ("the Geneva talks"). ``anchored``: they tell enough for a meeting of its own.
    """

    type: MeetingType
    predicate: int
    participants: tuple[str, ...]
    place: str | None
    date: str | None
    purpose: str | None
    modality: Modality
    start: int
    end: int
    definite: bool = False
    present: bool = False
    shared: bool = False
    dated: bool = False
    placed: bool = False
    vague: bool = False
    continuing: bool = False
    unowned: bool = False
    anchored: bool = True


def read_encounter(frame: Frame, arguments: Arguments, whereabouts: Whereabouts, lexicon: FrameLexicon) -> Encounter | None:
    """Return what a frame tells of an encounter; None where its words tell of none in particular."""
    words = lexicon.meetings
    if frame.type.meeting is None or _is_generic(frame, arguments, words) or _is_asked(frame, arguments):
        return None
    predicate = arguments.doc[frame.predicate]
    place = whereabouts.places.get(frame.predicate)
    heads = tuple(sides(frame, arguments, words))
    participants = without_theme(frame, arguments, tuple(p for p in arguments.actors(heads) if p != place))
    if not participants and frame.part == "noun":
        participants = arguments.all_actors(frame.slots.get("owner", ()))  # "the ASEAN Ministers' meeting"
    time = whereabouts.times.get(frame.predicate)
    type_ = _type(frame, heads, arguments, words)
    if type_ == "visit" and frame.part == "verb" and not _is_visitor(frame, arguments, words):
        return None
    return Encounter(
        type=type_,
        predicate=frame.predicate,
        participants=participants,
        place=place,
        date=_date(time),
        purpose=_purpose(frame, arguments, words),
        modality=_modality(frame, arguments, lexicon),
        start=frame.start,
        end=frame.end,
        definite=frame.part == "noun" and is_definite(predicate) and not is_named_gathering(frame, arguments),
        present=frame.part == "noun" and any(child.lower_ == "this" for child in predicate.lefts),
        shared=frame.part == "noun" and any(child.lower_ == "our" for child in predicate.lefts),
        vague=frame.part == "verb" and frame.type.meeting == "talks",
        dated=time is not None and arguments.doc[predicate.left_edge.i].idx <= time.start < predicate.idx,
        placed=place is not None and _is_named_by_place(predicate, arguments),
        continuing=_is_continuing(predicate, words),
        unowned=not any(frame.slots.get(slot) for slot in ("with", "between", "among", "owner", "of", "involving", "by")),
        anchored=is_anchored(frame, type_, participants, place, time if _date(time) is not None else None, arguments),
    )


def _is_side(body: Token) -> bool:
    """Tell whether a body takes part in an encounter that another word tells of: "talks between the House and the COUNCIL in Oslo"."""
    return body.dep_ == "conj" or preposition_of(body) in {"with", "between", "among", "by"}


def is_evoked(frame: Frame, arguments: Arguments, words: MeetingWords) -> bool:
    """Tell whether a verb that means an encounter only with some argument ("RECEIVED the envoy") has people there."""
    if frame.type.meeting is None:
        return False
    if frame.type.id == BODY and _is_side(arguments.doc[frame.predicate]):
        return False
    if frame.part == "noun" or not frame.type.requires:
        return True
    for slot in frame.type.requires:
        for head in frame.slots.get(slot, ()):
            entity = arguments.entity(head)
            if arguments.doc[head].lemma_.lower() in words.press | words.telephone:
                return True
            sheltered = arguments.doc[head].lemma_.lower() in words.sheltered
            if frame.type.meeting not in {"press", "call"} and entity is not None and entity.type in {"Person", "Group"}:
                return not sheltered
    return False


def _is_generic(frame: Frame, arguments: Arguments, words: MeetingWords) -> bool:
    """Tell whether a noun speaks of its kind: "such meetings", "any talks", "meetings like this"."""
    if frame.part == "verb":
        return False
    noun = measured(arguments.doc[frame.predicate])
    if any(child.lower_ in words.generic and child.dep_ in {"det", "amod", "det:predet"} for child in noun.lefts):
        return True
    if "like" in frame.slots:
        return True
    return noun.dep_ in {"compound", "amod"} and noun.head.pos_ in {"NOUN", "PROPN"} and frame.type.meeting != "summit"


def _is_asked(frame: Frame, arguments: Arguments) -> bool:
    """Tell whether a question leaves it to its answer that there is an encounter: "Did you meet …?", not "Why did you meet …?"."""
    predicate = arguments.doc[frame.predicate]
    sentence = predicate.sent
    if (frame.part == "noun" and is_definite(predicate)) or not sentence.text.rstrip().endswith("?"):
        return False
    return not any(token.lower_ in {"why", "when", "where", "how"} for token in sentence)


def _is_visitor(frame: Frame, arguments: Arguments, words: MeetingWords) -> bool:
    """Tell whether those who come somewhere come to see somebody: people do, aid and troops do not."""
    for head in frame.slots.get("subject", ()):
        token, entity = arguments.doc[head], arguments.entity(head)
        if entity is None or entity.type not in {"Person", "Group"}:
            continue
        if token.pos_ == "PRON" or entity.type == "Person" or token.lemma_.lower() in words.visitors:
            return True
    return False


def _type(frame: Frame, heads: tuple[int, ...], arguments: Arguments, words: MeetingWords) -> MeetingType:
    """Return the kind of meeting; a talk or conversation on the telephone is a call."""
    if any(arguments.doc[head].lemma_.lower() in words.press for head in heads):
        return "press"
    told = {token.lower_ for token in arguments.doc[frame.start : frame.end]}
    if frame.type.meeting != "press" and told & words.telephone:
        return "call"
    if frame.type.meeting == "visit" and any(frame.slots.get(slot) for slot in ("object",)):
        visited = [arguments.entity(head) for head in frame.slots["object"]]
        if any(entity is not None and entity.type == "Person" for entity in visited):
            return "meeting"
    return frame.type.meeting or "meeting"


def _date(time: TimeExpression | None) -> str | None:
    """Return a time as a date, a month or an interval of days."""
    if time is None or time.value is None:
        return None
    if "T" in time.value:
        return time.value.partition("T")[0]
    plain = time.value.replace("-", "").replace("/", "")
    if not plain.isdigit() and time.begin is not None and time.end_date is not None:
        return f"{time.begin}/{time.end_date}" if time.begin != time.end_date else time.begin
    return time.value if plain.isdigit() else None


def _purpose(frame: Frame, arguments: Arguments, words: MeetingWords) -> str | None:
    heads = (head for slot in frame.type.matter if slot != "self" for head in frame.slots.get(slot, ()))
    for head in heads:
        token = arguments.doc[head]
        if not arguments.is_time(head) and token.pos_ not in {"PRON", "NUM"} and token.lemma_.lower() not in words.circumstances:
            return arguments.label(head)
    return None


def _modality(frame: Frame, arguments: Arguments, lexicon: FrameLexicon) -> Modality:
    """Return how firmly an encounter is told: one that something happens at or after is as firm as that; one called off is negated."""
    if frame.part == "verb":
        verb = arguments.doc[frame.predicate]
        present = verb.dep_ == "advcl" and any(child.dep_ == "cop" for child in verb.head.children)
        return _of_presence(verb.head, lexicon) if present and frame.modality == "asserted" else frame.modality
    noun = measured(arguments.doc[frame.predicate])
    governor = noun.head
    if called_off(noun, lexicon.meetings):
        return "negated"
    if frame.modality == "asserted" and noun.dep_.startswith("obl") and any(child.dep_ == "cop" for child in governor.children):
        return _of_presence(governor, lexicon)
    if frame.modality == "desired" and any(child.lower_ in {"our", "this"} for child in noun.lefts):
        return "asserted"  # "I would like to close our meeting": that it is held is not what is wished
    if (
        noun.dep_.startswith("obl")
        and preposition_of(noun) in ATTENDED_OR_PAST | {"of"}
        and frame.modality not in {"asserted", "negated"}
    ):
        happens = modality_of(governor, lexicon.modality) if governor.pos_ in {"VERB", "AUX"} else "asserted"
        return happens if happens in {"planned", "conditional", "possible"} else "asserted"
    return frame.modality


def _of_presence(place: Token, lexicon: FrameLexicon) -> Modality:
    """Return how firmly it is told that somebody is somewhere: "WILL be in Cairo for talks"."""
    auxiliaries = {child.lower_ for child in place.children if child.dep_ == "aux"}
    return "planned" if auxiliaries & lexicon.modality.planning_modals else modality_of(place, lexicon.modality)


def _is_named_by_place(predicate: Token, arguments: Arguments) -> bool:
    """Tell whether a place stands before an encounter's noun as a part of it: "the GENEVA talks"."""
    beside = (arguments.entity(child.i) for child in predicate.lefts if child.dep_ in {"compound", "amod", "nmod:unmarked"})
    return any(entity is not None and entity.type in PLACES for entity in beside)


def _is_continuing(predicate: Token, words: MeetingWords) -> bool:
    """Tell whether the words set an encounter apart from one before: "the NEXT round", "met AGAIN"."""
    children = [*predicate.children, *measured(predicate).lefts]
    if any(child.dep_ == "nsubj" and child.lower_ in {"this", "it"} for child in children):
        return False  # "this is our third meeting"
    return any(child.lower_ in words.continuing for child in children)
