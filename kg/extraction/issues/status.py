"""How a matter stands, by the predicate that speaks of it and how firmly that is stated.

What is to be agreed is open; what somebody refuses is rejected, what others want ruled out is open; what a question is about is
unspecified, and so is what somebody only declines to speak of or does not intend.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.frames import Frame
from kg.extraction.impersonal import issuers_of
from kg.extraction.issues.labels import lemma_of
from kg.extraction.issues.matters import Matter
from kg.extraction.issues.scene import Scene
from kg.extraction.issues.words import IssueWords
from kg.extraction.modality import is_necessary
from kg.language.syntax import is_passive
from kg.records import IssueStatus

STRENGTH: dict[IssueStatus, int] = {
    "unspecified": 0,
    "open": 1,
    "progress": 2,
    "agreed": 3,
    "deferred": 3,
    "rejected": 3,
    "separate-track": 4,
}
"""Which status stands where a text tells of a matter more than once: the most decided."""
UNREAL = frozenset(("desired", "conditional", "possible", "planned"))
DECIDED = frozenset(("agreed", "progress", "deferred", "separate-track"))
UNMET: dict[IssueStatus, IssueStatus] = {"agreed": "open", "progress": "open", "open": "unspecified", "rejected": "open"}
"""What a status becomes where it is said not to be so."""
NEAR = 2
"""How many words above a predicate are searched for what undoes it: "UNABLE to reach agreement"."""


def status_of(frame: Frame, matter: Matter, scene: Scene) -> IssueStatus:
    """Return how a frame says that a matter stands."""
    predicate = scene.doc[frame.predicate]
    skipped = set(matter.skipped)
    status: IssueStatus = frame.type.issue or "unspecified"
    if scene.is_asked(predicate) or is_disclaimed(predicate, scene.words):
        return "unspecified"
    if status == "rejected" and skipped & scene.words.speaking:
        return "unspecified"
    put = put_elsewhere(predicate)
    if put is not None and status in {"open", "agreed", "unspecified"}:
        return put
    if skipped & scene.words.keeping and lemma_of(scene.doc[matter.head]) in scene.words.accords:
        return "agreed"
    status = _as_done(frame, status, skipped, scene)
    if status == "agreed" and skipped & scene.words.talking and not matter.forum:
        return "open"
    if status == "rejected":
        return _rejected(frame, predicate, scene)
    return _weakened(frame, status, predicate, scene.words)


def _as_done(frame: Frame, status: IssueStatus, skipped: set[str], scene: Scene) -> IssueStatus:
    """Return what an agreement comes to: progress, a delay, or nothing yet where its verb is no finite one ("in SETTLING it")."""
    if status != "agreed":
        return status
    if skipped & scene.words.deferring and frame.modality not in UNREAL:
        return "deferred"
    if (
        frame.part == "verb"
        and any(c.dep_ in {"mark", "case"} for c in scene.doc[frame.predicate].children)
        and not frame.type.relation
    ):
        return "open"
    return "progress" if "progress" in skipped else status


def _weakened(frame: Frame, status: IssueStatus, predicate: Token, words: IssueWords) -> IssueStatus:
    """Return what a status becomes where the frame does not state it as a fact."""
    if frame.modality == "negated" or is_failed(predicate, words):
        return "rejected" if status in {"open", "agreed"} and is_refusal(predicate, words) else UNMET.get(status, status)
    unreal = frame.modality in UNREAL and frame.modality not in frame.type.issue_when
    if status in DECIDED and (unreal or is_necessary(predicate)):
        return "open"
    if status == "agreed" and frame.part == "noun" and not is_reached(predicate, words):
        return "open"
    return status


def _rejected(frame: Frame, predicate: Token, scene: Scene) -> IssueStatus:
    """Return the status of what is rejected: by an actor, or by others who want it ruled out."""
    if frame.modality in {"negated", "desired", "possible", "conditional"}:
        return "open"
    if frame.part == "noun" or scene.arguments.actors(frame.slots.get("subject", ())) or is_passive(predicate):
        return "rejected"
    return "open" if predicate.tag_ != "VBN" and predicate.dep_ in {"acl", "xcomp", "advcl"} else "rejected"


def put_elsewhere(predicate: Token) -> IssueStatus | None:
    """Return the status of what is to be taken up later or apart: "dealt with SEPARATELY", "discussed AT A LATER STAGE"."""
    verb = predicate if predicate.pos_ in {"VERB", "AUX"} else predicate.head
    for child in verb.children:
        if child.dep_ == "advmod" and child.lower_ == "separately":
            return "separate-track"
        if child.dep_.startswith("obl") and any(c.lower_ in {"later", "subsequent"} and c.dep_ == "amod" for c in child.children):
            return "deferred"
    return None


def is_disclaimed(predicate: Token, words: IssueWords) -> bool:
    """Tell whether somebody says that he does not mean to do it: "has NO INTENTION of deploying them"."""
    return any(
        token.lemma_.lower() in words.intents and any(child.lower_ == "no" and child.dep_ == "det" for child in token.children)
        for token in (predicate, *_above(predicate))
    )


def is_failed(predicate: Token, words: IssueWords) -> bool:
    """Tell whether what a predicate says did not come about: "UNABLE to reach agreement", "broke up WITHOUT a deal"."""
    if any(child.dep_ == "case" and child.lower_ == "without" for child in predicate.children):
        return True
    return any(token.lemma_.lower() in words.failing for token in _above(predicate))


def _above(token: Token) -> tuple[Token, ...]:
    return tuple(above for above, _ in zip(token.ancestors, range(NEAR), strict=False))


def is_reached(noun: Token, words: IssueWords) -> bool:
    """Tell whether an agreement is one that is there: "THE agreement to", "SIGNED an agreement", "THEIR accord of 1994"."""
    if noun.head.lemma_.lower() in words.reaching:
        return True
    if noun.head.tag_ == "VB":
        return False  # "told them to finish the agreement"
    return any(child.lower_ in {"the", "this", "that", "these", "those"} or child.dep_ == "nmod:poss" for child in noun.lefts)


def is_refusal(verb: Token, words: IssueWords) -> bool:
    """Tell whether a negated verb says what somebody will not do: "will NOT stop", "cannot accept", "not prepared to"."""
    if any(child.lower_ in words.intending and child.dep_.startswith("aux") for child in verb.children):
        return True
    return verb.dep_ in {"xcomp", "advcl"} and verb.head.lemma_.lower() in words.refusing


def parties_of(frame: Frame, scene: Scene) -> tuple[str, ...]:
    """Return the actors of a frame: who acts, with whom, between whom, and whom it is asked of."""
    slots = [*frame.fill(frame.type.from_)]
    for name in ("with", "between", "object", "by"):
        slots += frame.slots.get(name, ())
    return scene.arguments.all_actors(dict.fromkeys(slots)) or issuers_of(frame, scene.arguments)
