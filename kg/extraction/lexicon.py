"""What predicates mean: the frames of ``ontology/frames.toml`` and ``events.toml``, and the words that decide modality."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.errors import LexiconError
from kg.records import EventType, IssueStatus, MeetingType, Modality, Predicate, ProposalKind, ProposalStatus

T = TypeVar("T")
Part = Literal["verb", "noun"]
NegotiationSign = Literal["process", "contact", "mediation"]
ProposalSign = Literal["handed", "approval", "kept"] | ProposalStatus


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class FrameType:
    """One frame of the lexicon; the fields are explained in the file's head."""

    id: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    relation: Predicate | None = None
    swap: bool = False
    event: EventType | None = None
    meeting: MeetingType | None = None
    issue: IssueStatus | None = None
    matter: tuple[str, ...] = ()
    strength: float = 0.7
    issue_when: tuple[Modality, ...] = ()
    negotiation: NegotiationSign | None = None
    proposal: ProposalSign | None = None
    necessary: bool = False
    modality: Modality | None = None
    requires: tuple[str, ...] = ()
    among: frozenset[str] = frozenset()
    intent: bool = False
    from_: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    to_whom: tuple[str, ...] = ()

    @property
    def is_event(self) -> bool:
        """Tell whether the frame tells of an event, or that one is meant."""
        return self.event is not None or self.intent


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class Signature:
    """What a word makes of the clause or event that hangs on it; the fields are explained in the file's table of modality."""

    id: str
    affirmed: Modality
    negated: Modality
    projects: frozenset[Modality] = frozenset()
    verbs: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


SignaturePart = Literal["verb", "adjective", "noun", "subject"]


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class ModalWords:
    """The words that decide modality, by what they do."""

    negating_adverbs: frozenset[str]
    negating_words: frozenset[str]
    negating_marks: frozenset[str]
    negating_phrases: frozenset[str]
    negating_adjectives: frozenset[str]
    not_alone: frozenset[str]
    planning_modals: frozenset[str]
    possible_modals: frozenset[str]
    desired_modals: frozenset[str]
    possible_adverbs: frozenset[str]
    desired_adverbs: frozenset[str]
    future_adverbs: frozenset[str]
    lasting_adverbs: frozenset[str]
    conditional_marks: frozenset[str]
    limiting_marks: frozenset[str]
    conditional_phrases: frozenset[str]
    conditional_prepositions: frozenset[str]
    performed_verbs: frozenset[str]
    own_view_verbs: frozenset[str]
    granting_verbs: frozenset[str]
    whether_marks: frozenset[str]
    temporal_marks: frozenset[str]
    planning_adjectives: frozenset[str]
    possible_adjectives: frozenset[str]
    support_verbs: frozenset[str]
    signatures: Mapping[tuple[SignaturePart, str], Signature] = field(default_factory=dict)

    def signature(self, part: SignaturePart, form: str) -> Signature | None:
        """Return what a word makes of its complements; None for one that the lexicon does not have."""
        return self.signatures.get((part, form))


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class MeetingWords:
    """The words beside an encounter's own that tell what kind it is of; each is explained in the file."""

    press: frozenset[str] = frozenset()
    telephone: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    carriers: frozenset[str] = frozenset()
    cancelling: frozenset[str] = frozenset()
    accompanying: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()
    continuing: frozenset[str] = frozenset()
    localities: frozenset[str] = frozenset()
    visitors: frozenset[str] = frozenset()
    sheltered: frozenset[str] = frozenset()


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class NegotiationWords:
    """Words around a negotiation: who helps it ("US-BROKERED", "as MEDIATOR"), what begins and ends it, verbs of a mere sitting."""

    mediated: frozenset[str] = frozenset()
    helpers: frozenset[str] = frozenset()
    beginnings: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    under_way: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    disputes: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    carried_on: frozenset[str] = frozenset()


@checked(frozen=True, kw_only=True, config={"extra": "forbid"})
class ProposalWords:
    """Words of texts: their kinds by noun, what makes a noun a text on the table, its versions and points, and who must approve it."""

    kinds: Mapping[ProposalKind, frozenset[str]] = field(default_factory=dict)
    generic: frozenset[str] = frozenset()
    tentative: frozenset[str] = frozenset()
    revised: frozenset[str] = frozenset()
    versions: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    holding: frozenset[str] = frozenset()
    needing: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    on_the_table: frozenset[str] = frozenset()

    def kind_of(self, noun: str) -> ProposalKind | None:
        """Return the kind of text that a noun, or two of them, stands for."""
        return next((kind for kind, nouns in self.kinds.items() if noun in nouns), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameLexicon:
    """All frames, found by the lemma and part of speech that evoke them; ``words`` are the first words of these forms."""

    modality: ModalWords
    meetings: MeetingWords = field(default_factory=MeetingWords)
    negotiations: NegotiationWords = field(default_factory=NegotiationWords)
    proposals: ProposalWords = field(default_factory=ProposalWords)
    frames: Mapping[tuple[Part, str], tuple[FrameType, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def find(self, part: Part, lemma: str) -> Sequence[FrameType]:
        """Return the frames that a lemma evokes; none for an unknown one."""
        return self.frames.get((part, lemma), ())


@cache
def load_frames() -> FrameLexicon:
    """Return the frames of the package. Raises LexiconError, naming the frame and the field, for what the schema does not allow."""
    ontology = files("ontology")
    frames, events = (ontology.joinpath(name).read_text(encoding="utf-8") for name in ("frames.toml", "events.toml"))
    return parse_frames(frames, name="frames.toml", events=events)


def parse_frames(text: str, *, name: str, events: str = "") -> FrameLexicon:
    """Return the lexicon that a TOML text holds, with the frames of ``events.toml``; ``name`` is what errors call the first."""
    data = parse_toml(text, name=name)
    index: dict[tuple[Part, str], list[FrameType]] = defaultdict(list)
    for source, tables in ((name, data), ("events.toml", parse_toml(events, name="events.toml"))):
        for number, table in enumerate(tables.get("frame", []), start=1):
            frame = _frame(table, name=source, number=number)
            for verb in frame.verbs:
                index["verb", verb].append(frame)
            for noun in frame.nouns:
                index["noun", noun].append(frame)
    return FrameLexicon(
        modality=_modal_words(data.get("modality", {}), name=name),
        meetings=_table(data, "meetings", MeetingWords, name=name),
        negotiations=_table(data, "negotiations", NegotiationWords, name=name),
        proposals=_table(data, "proposals", ProposalWords, name=name),
        frames={key: tuple(frames) for key, frames in index.items()},
        words=frozenset(form.split()[0] for _, form in index),
    )


def parse_toml(text: str, *, name: str) -> dict[str, Any]:
    """Return the tables of a TOML text. Raises LexiconError, which calls it ``name``."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: not readable as TOML ({error}). Mend that line.") from error


def _table(data: Mapping[str, object], key: str, type_: type[T], *, name: str) -> T:
    try:
        return TypeAdapter(type_).validate_python(data.get(key, {}))
    except ValidationError as error:
        raise LexiconError(f"{name}: [{key}] {_reason(error)}") from error


def _modal_words(table: Mapping[str, object], *, name: str) -> ModalWords:
    fields = dict(table)
    try:
        signatures = TypeAdapter(tuple[Signature, ...]).validate_python(fields.pop("signature", ()))
        return TypeAdapter(ModalWords).validate_python({**fields, "signatures": _by_form(signatures, name=name)})
    except ValidationError as error:
        raise LexiconError(f"{name}: [modality] {_reason(error)}") from error


def _by_form(signatures: Sequence[Signature], *, name: str) -> dict[tuple[SignaturePart, str], Signature]:
    index: dict[tuple[SignaturePart, str], Signature] = {}
    for signature in signatures:
        parts: dict[SignaturePart, tuple[str, ...]] = {
            "verb": signature.verbs,
            "adjective": signature.adjectives,
            "noun": signature.nouns,
            "subject": signature.subjects,
        }
        for part, forms in parts.items():
            for form in forms:
                other = index.setdefault((part, form), signature)
                if other is not signature:
                    raise LexiconError(
                        f"{name}: [modality] the {part} {form!r} stands under {other.id!r} and {signature.id!r}. Leave it in one of them."
                    )
    return index


def _frame(table: Mapping[str, object], *, name: str, number: int) -> FrameType:
    identifier = table.get("id", f"number {number}")
    fields = {"from_" if key == "from" else key: value for key, value in table.items()}
    try:
        frame = TypeAdapter(FrameType).validate_python(fields)
    except ValidationError as error:
        raise LexiconError(f"{name}: frame {identifier!r}: {_reason(error)}") from error
    if not frame.verbs and not frame.nouns:
        raise LexiconError(f"{name}: frame {identifier!r} has neither verbs nor nouns. Give it a lemma that evokes it.")
    return frame


def _reason(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    known = f" The relations are: {', '.join(get_args(Predicate))}." if place == "relation" else ""
    return f"{place}: {first['msg']}. Mend it there.{known}"
