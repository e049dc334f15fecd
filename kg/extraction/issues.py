"""Read what is under negotiation or in dispute, and how it stands.

In: frames that give a matter a status. Out: Issues in text order, one for each matter. Limits: an issue is named by one noun phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.arguments import ACTORS, PLACES, Arguments, named_in
from kg.extraction.frames import Frame
from kg.language.syntax import conjuncts
from kg.records import Issue, IssueStatus

STRENGTH: dict[IssueStatus, int] = {
    "unspecified": 0,
    "open": 1,
    "progress": 2,
    "agreed": 3,
    "deferred": 3,
    "rejected": 3,
    "separate-track": 4,
}
LONGEST_PHRASE = 30
"""How many tokens of the phrase that names a matter are searched for its parties."""
EMPTY = frozenset(
    (
        "it this that they them we us you he she which who what something anything everything issue matter question thing point "
        "item topic progress agreement talk work way time day lot number part"
    ).split()
)
"""Words that name no matter when they stand alone."""


def read_issues(frames: Iterable[Frame], arguments: Arguments) -> tuple[Issue, ...]:
    """Return the issues; where a matter is told of more than once, the most decided status stands."""
    found: list[Issue] = []
    for frame in frames:
        for issue in _issues(frame, arguments):
            same = next((i for i, other in enumerate(found) if _is_same(other, issue)), None)
            if same is None:
                found.append(issue)
            else:
                found[same] = _joined(found[same], issue)
    return tuple(found)


def _issues(frame: Frame, arguments: Arguments) -> Iterator[Issue]:
    if frame.type.issue is None:
        return
    heads = frame.fill(frame.type.matter)
    for head in heads:
        token = arguments.doc[head]
        entity = arguments.entity(head)
        if (
            arguments.is_time(head)
            or token.pos_ in {"PRON", "DET", "ADV"}
            or (entity is not None and entity.type in ACTORS | PLACES)
        ):
            continue
        label = arguments.label(head)
        if not _says_something(label, token.lemma_):
            continue
        parties = arguments.actors([*frame.fill(frame.type.from_), *frame.slots.get("with", ()), *frame.slots.get("between", ())])
        phrase = sorted({t.i for noun in conjuncts(token) for t in noun.subtree} | set(range(head, frame.predicate)))[
            :LONGEST_PHRASE
        ]
        inside = tuple(p for i in phrase for p in named_in(arguments, i, i + 1, types=frozenset({"Country", "Organization"})))
        yield Issue(
            label=label,
            status=_status(frame),
            parties=tuple(dict.fromkeys((*parties, *inside))),
            evidence=arguments.span(frame.start, frame.end),
        )


def _status(frame: Frame) -> IssueStatus:
    """Return the frame's status, weakened where it is not a fact: what is to be agreed is open, what is not rejected is open."""
    status = frame.type.issue or "unspecified"
    if status in {"agreed", "progress", "deferred", "separate-track"} and frame.modality in {
        "desired",
        "conditional",
        "possible",
        "planned",
    }:
        return "open"
    if frame.modality == "negated":
        return {"agreed": "open", "progress": "open", "open": "unspecified", "rejected": "open"}.get(status, status)  # type: ignore[return-value]
    return status


def _says_something(label: str, lemma: str) -> bool:
    words = _content(label)
    return bool(words - EMPTY) and lemma.lower() not in {"who", "what", "which", "%"} and not label.isdigit()


def _content(label: str) -> set[str]:
    return {re.sub(r"s$", "", word) for word in re.findall(r"[^\W_]+", label.casefold()) if len(word) > 2}


def _is_same(one: Issue, other: Issue) -> bool:
    a, b = _content(one.label), _content(other.label)
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= 0.75


def _joined(one: Issue, other: Issue) -> Issue:
    stronger, weaker = (one, other) if STRENGTH[one.status] >= STRENGTH[other.status] else (other, one)
    label = min((one.label, other.label), key=lambda text: abs(len(text.split()) - 4))
    return replace(stronger, label=label, parties=tuple(dict.fromkeys((*one.parties, *weaker.parties, *stronger.parties))))
