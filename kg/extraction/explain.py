"""Show what the frames of a text are and what they give, for the person who extends the lexicon.

In: an Analysis and the lexicon. Out: one account a frame: what evoked it, what fills its slots, how firm it is, and the records that it
gives or why it gives none. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame, read_frames
from kg.extraction.lexicon import FrameLexicon
from kg.extraction.relations.ends import frame_ends, frame_modality
from kg.extraction.statements import read_statements
from kg.language.analysis import Analysis
from kg.records import Modality


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameAccount:
    """One frame in words: ``form`` is the entry of the lexicon that evoked it, ``arguments`` the words in each slot."""

    words: str
    frame: str
    form: str
    arguments: tuple[tuple[str, str], ...]
    modality: Modality
    gives: tuple[str, ...]


def explain_frames(analysis: Analysis, lexicon: FrameLexicon) -> tuple[FrameAccount, ...]:
    """Return an account of each frame of a document, in text order."""
    arguments = Arguments(analysis, statements=read_statements(analysis))
    return tuple(
        FrameAccount(
            words=arguments.span(frame.start, frame.end).text,
            frame=frame.type.id,
            form=frame.form,
            arguments=tuple((slot, _words(heads, arguments)) for slot, heads in frame.slots.items()),
            modality=frame_modality(frame),
            gives=tuple(_gives(frame, arguments)),
        )
        for frame in read_frames(analysis.doc, lexicon)
    )


def _words(heads: tuple[int, ...], arguments: Arguments) -> str:
    return ", ".join(_name(head, arguments) for head in heads)


def _name(head: int, arguments: Arguments) -> str:
    entity = arguments.entity(head)
    text = arguments.doc[head].text
    return text if entity is None or entity.name == text else f"{text} = {entity.name}"


def _gives(frame: Frame, arguments: Arguments) -> Iterator[str]:
    kind = frame.type
    if kind.relation is not None:
        yield from _relations(frame, arguments)
    if kind.event is not None:
        yield f"event {kind.event}"
    if kind.meeting is not None:
        yield f"{kind.meeting} (with two participants, or one and a place or date)"
    if kind.issue is not None:
        labels = [arguments.label(head) for head in frame.fill(kind.matter)]
        yield f"issue, {kind.issue}: {'; '.join(labels)}" if labels else f"no issue: nothing in {_either(kind.matter)}"


def _relations(frame: Frame, arguments: Arguments) -> Iterator[str]:
    kind = frame.type
    first, rest = frame_ends(frame, arguments)
    if not first or not rest:
        yield f"no {kind.relation}: {f'no actor in {_either(kind.from_)}' if not first else f'nothing in {_either(kind.to)}'}"
    for one in first:
        for other in rest:
            ends = (other, one) if kind.swap else (one, other)
            yield f"{_end(ends[0], arguments)} {kind.relation} {_end(ends[1], arguments)}"


def _either(slots: tuple[str, ...]) -> str:
    return " or ".join(slots) or "any slot (the frame names none)"


def _end(reference: str, arguments: Arguments) -> str:
    entity = arguments.entities.get(reference)
    return entity.name if entity is not None else f"“{reference}”"
