"""The matters that predicates raise: what is discussed, demanded, agreed, refused, put off.

In: frames. Out: Candidates in text order. "The request" is what was asked for last; progress that names no matter is made in what
its sentence raises. Limits: a text that refers back over another demand is misread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.frames import Frame
from kg.extraction.issues.labels import EMPTY, lemma_of
from kg.extraction.issues.matters import Matter, complements
from kg.extraction.issues.scene import Candidate, Scene
from kg.extraction.issues.status import parties_of, status_of

APPROVAL = 0.6
"""How surely an approval that is still needed is a matter."""


def frame_candidates(frames: Sequence[Frame], scene: Scene) -> Iterator[Candidate]:
    """Yield what frames raise."""
    last: Candidate | None = None
    progress: Frame | None = None  # told of before its matter
    for frame in frames:
        if frame.type.necessary:
            yield from _approvals(frame, scene)
        if frame.type.issue is None:
            continue
        if last is not None and _points_back(frame, last, scene):
            yield _again(last, frame, scene)
            continue
        found = list(_raised(frame, scene))
        yield from found
        if frame.type.issue == "progress" and not found:
            progress = frame
        elif found and progress is not None and _is_near(found[0], progress, scene):
            yield _again(found[0], progress, scene)
            progress = None
        last = next((candidate for candidate in reversed(found) if candidate.matter.worth > EMPTY), last)


def _again(candidate: Candidate, frame: Frame, scene: Scene) -> Candidate:
    """Return the matter of a candidate with the status that another frame gives it."""
    status = status_of(frame, candidate.matter, scene)
    return replace(candidate, status=status, weight=frame.type.strength, start=frame.start, end=frame.end)


def _is_near(candidate: Candidate, frame: Frame, scene: Scene) -> bool:
    """Tell whether progress is told of in the sentence of a matter that one may make progress in."""
    head = candidate.matter.head
    return lemma_of(scene.doc[head]) in scene.words.matters and scene.sentence(head) == scene.sentence(frame.predicate)


def _points_back(frame: Frame, last: Candidate, scene: Scene) -> bool:
    heads = [scene.doc[head] for slot in frame.type.matter if slot != "self" for head in frame.slots.get(slot, ())]
    if frame.type.issue == "progress" and not heads and next(complements(scene.doc[frame.predicate]), None) is None:
        return scene.sentence(last.matter.head) == scene.sentence(frame.predicate)
    return frame.type.issue in {"agreed", "rejected", "deferred"} and any(_is_anaphoric(head, scene) for head in heads)


def _is_anaphoric(noun: Token, scene: Scene) -> bool:
    """Tell whether a noun points back at what was asked for: "THE REQUEST", "this DEMAND"."""
    alone = all(child.dep_ in {"det", "case", "nmod:poss"} for child in noun.children)
    return alone and lemma_of(noun) in scene.words.anaphoric


def _raised(frame: Frame, scene: Scene) -> Iterator[Candidate]:
    if frame.type.issue_when and frame.modality not in frame.type.issue_when:
        return
    for heads in _slots(frame, scene):
        found = [matter for head in heads for matter in scene.matters.find(head) if not matter.forum or _is_of_forums(frame)]
        for matter in found:
            status = status_of(frame, matter, scene)
            bounds = (frame.start, frame.end)
            yield scene.candidate(matter, status, frame.type.strength, bounds=bounds, parties=parties_of(frame, scene))
        if found:
            return


def _slots(frame: Frame, scene: Scene) -> Iterator[tuple[int, ...]]:
    """Yield the fillers of each slot for the matter, and for a noun without one what stands behind it."""
    for slot in frame.type.matter:
        if slot == "self":
            if not _only_describes(scene.doc[frame.predicate], scene):
                yield (frame.predicate,)
        elif frame.slots.get(slot):
            yield frame.slots[slot]
    if frame.part == "noun" and "self" not in frame.type.matter:
        yield tuple(inner.i for inner in complements(scene.doc[frame.predicate]) if inner.pos_ == "VERB")


def _only_describes(noun: Token, scene: Scene) -> bool:
    """Tell whether a noun only says of which kind another one is: a "SANCTIONS committee", but "SANCTIONS talks"."""
    words = scene.words
    return noun.dep_ == "compound" and lemma_of(noun.head) not in words.forums | words.matters | words.stakes | words.transparent


def _is_of_forums(frame: Frame) -> bool:
    """Tell whether talks are themselves the matter: agreed to, put off, refused or called for."""
    return frame.type.issue in {"agreed", "deferred", "rejected"} or frame.type.relation == "calledFor"


def _approvals(frame: Frame, scene: Scene) -> Iterator[Candidate]:
    """Yield the approval that is still needed: "it must be agreed upon BY THE PRESIDENTS"."""
    for head in frame.fill(frame.type.from_):
        entity = scene.arguments.entity(head)
        if entity is None:
            continue
        name = entity.name if scene.doc[head].pos_ == "PRON" else scene.arguments.label(head)
        act = "approval" if frame.slots.get("object") or not frame.slots.get("to") else "agreement"
        matter = Matter(head=head, label=f"{act} of {name}", worth=1.0, words=(head,))
        bounds = (frame.start, frame.end)
        yield scene.candidate(matter, "open", APPROVAL, bounds=bounds, parties=scene.arguments.actors([head]))
