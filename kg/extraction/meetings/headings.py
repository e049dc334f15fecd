"""Read the encounter that a document is the record of from its heading: "PRESS BRIEFING BY …", "Remarks … in photo opportunity with …".

In: an analysis. Out: an Encounter, or None. Limits: the heading stands among the first lines, and nobody speaks in it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, PLACES, Arguments
from kg.extraction.lexicon import FrameLexicon
from kg.extraction.meetings.encounters import Encounter
from kg.extraction.meetings.participants import BODY
from kg.records import MeetingType

FIRST_LINES = 6
LONGEST = 40
"""The most tokens of a heading, and of a line that says where it was."""
TEXTS = frozenset({"statement", "resolution", "declaration", "letter", "report", "communique", "communiqué"})
"""Nouns for what a body issues: its name before them tells of no sitting."""
CONCERNING = frozenset({"on", "about", "regarding", "concerning"})


def read_heading(arguments: Arguments, lexicon: FrameLexicon) -> Encounter | None:
    """Return the encounter that one of the first lines names as what the document records; its day is the document's."""
    lines = list(_lines(arguments))
    for number, line in enumerate(lines):
        told = _encounter_noun(line, lexicon)
        if told is None:
            continue
        noun, type_ = told
        participants = tuple(dict.fromkeys(_actors(line, arguments)))
        if not participants:
            continue
        date = arguments.analysis.document.date
        return Encounter(
            type=type_,
            predicate=noun.i,
            participants=participants,
            place=next(filter(None, (_place(other, arguments) for other in lines[number + 1 :])), None),
            date=date.isoformat() if date is not None else None,
            purpose=None,
            modality="asserted",
            start=line[0].i,
            end=line[-1].i + 1,
        )
    return None


def _lines(arguments: Arguments) -> Iterator[list[Token]]:
    """Yield the first lines that are headings: short, without a full stop, and no label of a turn."""
    doc, text = arguments.doc, arguments.analysis.document.text
    starts = [token.idx for token in doc]
    position = 0
    for number, line in enumerate(text.split("\n", FIRST_LINES)[:FIRST_LINES]):
        tokens = [t for t in doc[bisect_left(starts, position) : bisect_left(starts, position + len(line))] if not t.is_space]
        position += len(line) + 1
        labelled = any(quotation.start < position and quotation.kind == "turn" for quotation in arguments.analysis.quotations)
        if labelled:
            return
        if tokens and len(tokens) <= LONGEST and tokens[-1].text not in {".", ":", ";", "?"}:
            yield tokens
        elif number > 0 and tokens:
            return


def _encounter_noun(line: list[Token], lexicon: FrameLexicon) -> tuple[Token, MeetingType] | None:
    """Return the noun in a heading that names what kind of encounter it heads, unless it is only what the words are about."""
    for first, second in zip(line, [*line[1:], None], strict=True):
        if first.lower_ in CONCERNING:
            return None
        forms = [f"{first.lower_} {second.lower_}", first.lower_] if second is not None else [first.lower_]
        for frame in (frame for form in forms for frame in lexicon.find("noun", form)):
            if frame.id == BODY and any(token.lower_ in TEXTS for token in line):
                continue  # "Security Council press STATEMENT"
            told = not frame.requires or "self" in frame.requires or any(token.lower_ in frame.requires for token in line)
            if frame.meeting is not None and frame.meeting != "visit" and told:
                return first, frame.meeting
    return None


def _actors(line: list[Token], arguments: Arguments) -> Iterator[str]:
    """Yield the actors that a heading names, also by the office that labels their turns ("REMARKS BY THE PRESIDENT")."""
    doc = arguments.doc
    labels = {
        doc[mention.start : mention.end].text.casefold(): mention.head
        for mention in arguments.analysis.mentions
        if mention.form == "label"
    }
    for token in line:
        entity = arguments.entity(token.i)
        if entity is not None and entity.type in ACTORS - {"Country"}:
            yield from arguments.actors([token.i])
        elif entity is None and token.i > line[0].i:
            yield from arguments.actors(
                head for head in [labels.get(f"{doc[token.i - 1].lower_} {token.lower_}")] if head is not None
            )


def _place(line: list[Token], arguments: Arguments) -> str | None:
    """Return the place that a line of its own gives."""
    for token in line:
        entity = arguments.entity(token.i)
        if entity is not None and entity.type in PLACES:
            return entity.id
    return None
