"""Read who negotiates with whom, about what, with whose help and since when.

In: frames that tell of a process or of a mediation, the meetings and the texts. Out: Negotiations in the order of the text, one for
each process: passages with the same parties on the same matter are joined, and those that name neither belong to the last one.
Limits: a passage is held against the last ``LOOK_BACK`` processes; a beginning or an end is read where it stands in the clause of the
process; where no passage says who negotiates, those whose dispute it is are taken for the parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.extraction.lexicon import NegotiationWords
from kg.extraction.meetings.reading import MeetingFound
from kg.extraction.negotiations.affiliation import Affiliation
from kg.extraction.negotiations.label_words import content_words, overlaps
from kg.extraction.negotiations.passages import Passage, find_passages
from kg.extraction.negotiations.sittings import Sittings, TextsOnTable
from kg.records import Negotiation, Proposal

LOOK_BACK = 60
"""How many processes back a passage may take one up."""
SURE, MOST = 0.45, 0.9
"""Confidence in a process that is only named, and the most that parties, helpers, dates and repetition raise it to."""


def read_negotiations(
    frames: Iterable[Frame],
    arguments: Arguments,
    *,
    words: NegotiationWords,
    meetings: Sequence[MeetingFound] = (),
    proposals: Sequence[Proposal] = (),
) -> tuple[Negotiation, ...]:
    """Return the negotiations of a document, with their sittings among ``meetings`` and the texts among ``proposals``."""
    affiliation = Affiliation(arguments)
    told: list[Passage] = []
    for passage in find_passages(frames, arguments, words):
        if passage.own or passage.definite or passage.mediators or passage.begin or passage.end:
            _tell(passage, told, affiliation, words)
    kept = [process for process in told if process.own]
    for process in kept:
        if not process.parties:
            process.parties = dict.fromkeys(p for p in process.disputants if p not in process.mediators)
    sittings = Sittings(meetings, affiliation)
    texts = TextsOnTable(proposals, affiliation, alone=len(kept) == 1)
    return tuple(_negotiation(process, affiliation, sittings, texts) for process in kept)


def _tell(passage: Passage, told: list[Passage], affiliation: Affiliation, words: NegotiationWords) -> None:
    """Join a passage with the process that it speaks of, or take it for one more."""
    same = [process for process in reversed(told[-LOOK_BACK:]) if _is_same(passage, process, affiliation, words)]
    best = max(same, key=lambda process: (process.own, _closeness(passage, process, affiliation)), default=None)
    if best is None:
        told.append(passage)
        return
    for mediator in passage.mediators:
        best.parties.pop(mediator, None)
    best.parties.update({party: None for party in passage.parties if party not in best.mediators})
    best.mediators.update(passage.mediators)
    best.disputants = best.disputants or passage.disputants
    best.matter = best.matter or passage.matter
    best.name = max((best.name or "", passage.name or ""), key=lambda name: len(name.split())) or None
    best.begin, best.end = best.begin or passage.begin, best.end or passage.end
    if passage.modality == "asserted" and passage.own:
        best.modality = "asserted"
    best.spans += passage.spans
    best.predicates |= passage.predicates
    helped = bool(best.mediators or best.begin) and bool(best.parties or best.matter)
    best.own = best.own or passage.own or helped


def _is_same(passage: Passage, process: Passage, affiliation: Affiliation, words: NegotiationWords) -> bool:
    one, other = affiliation.sides(passage.parties), affiliation.sides(process.parties)
    matters = content_words(passage.matter), content_words(process.matter)
    if (passage.modality == "negated") != (process.modality == "negated") and not passage.definite:
        return False
    if one and other:
        if not (one <= other or other <= one) and len(one & other) < 2:
            return False
        if all(matters) and not overlaps(*matters):
            return len(one & other) >= 2 and not passage.apart
        return True
    if all(matters):
        return overlaps(*matters)
    if passage.name is not None and process.name is not None and not one and not passage.matter:
        plain = content_words(" ".join(words.plain))
        special = content_words(passage.name) - content_words(process.name) - content_words(process.matter) - plain
        return not (passage.own and special and content_words(process.name) - plain)
    return passage.definite or not passage.own or not process.own or not (one or passage.matter)


def _closeness(passage: Passage, process: Passage, affiliation: Affiliation) -> int:
    shared = affiliation.sides(passage.parties) & affiliation.sides(process.parties)
    return 2 * len(shared) + 3 * overlaps(content_words(passage.matter), content_words(process.matter))


def _negotiation(process: Passage, affiliation: Affiliation, sittings: Sittings, texts: TextsOnTable) -> Negotiation:
    sides = affiliation.sides(process.parties)
    spans = tuple(sorted(set(process.spans)))
    return Negotiation(
        label=process.matter or process.name or "negotiations",
        parties=tuple(process.parties),
        mediators=tuple(process.mediators),
        begin=process.begin,
        end_date=process.end,
        meetings=sittings.of(process.predicates, sides, spans),
        proposals=texts.of(sides, spans),
        modality=process.modality,
        confidence=_confidence(process),
        evidence=spans,
    )


def _confidence(process: Passage) -> float:
    signs = (
        0.2 * (len(process.parties) >= 2)
        + 0.1 * (process.matter is not None)
        + 0.1 * bool(process.mediators)
        + 0.1 * (process.begin is not None)
        + 0.05 * (len(process.predicates) > 1)
    )
    return round(min(SURE + signs, MOST), 2)
