"""Read what is under negotiation or in dispute, and how it stands.

In: frames and the parse. Out: Issues in text order, one for each matter. What speaks of one matter is put together; its confidence is
that at least one of the candidates is right (noisy or), times how much its label says; what is under ``THRESHOLD`` is scenery.
Limits: an issue is named by one noun phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, prod

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.extraction.issues.candidates import frame_candidates
from kg.extraction.issues.contexts import BARE, context_candidates
from kg.extraction.issues.scene import Candidate, Scene
from kg.extraction.issues.status import STRENGTH
from kg.extraction.issues.words import IssueWords, load_issue_words
from kg.records import Issue

THRESHOLD = 0.4
"""The least confidence of an issue."""
SAME = 0.75
"""The least share of the shorter label's content words that the other has too, where both name one matter."""
CLEAR = 0.75
"""The worth from which one label is as good as another, but for its length."""
BEST_LENGTH = 4
"""How many content words name a matter best."""
FUNCTION = frozenset("the and for with from that this its their his her our between into over about".split())


@dataclass(slots=True)
class Group:
    """The candidates that speak of one matter; ``words`` are the content words of its label, ``number`` counts the groups."""

    candidates: list[Candidate] = field(default_factory=list)
    words: frozenset[str] = frozenset()
    number: int = 0

    def confidence(self) -> float:
        """Return how surely this is a matter: that one of its candidates is right, times how much the best label says."""
        places: dict[int, float] = {}
        for candidate in self.candidates:
            places[candidate.matter.head] = max(places.get(candidate.matter.head, 0.0), candidate.weight)
        return (1 - prod(1 - weight for weight in places.values())) * max(c.matter.worth for c in self.candidates)


def read_issues(frames: Iterable[Frame], arguments: Arguments, *, words: IssueWords | None = None) -> tuple[Issue, ...]:
    """Return the issues; where a matter is told of more than once, the most decided status stands, of several the last."""
    scene = Scene(arguments, words if words is not None else load_issue_words())
    told = tuple(frames)
    candidates = [*frame_candidates(told, scene), *context_candidates(told, scene)]
    issues = [_issue(group, arguments) for group in grouped(candidates, scene.words) if group.confidence() >= THRESHOLD]
    return tuple(sorted(issues, key=lambda issue: (issue.evidence.start, issue.evidence.end, issue.label)))


def grouped(candidates: Iterable[Candidate], words: IssueWords) -> list[Group]:
    """Put together what names one matter; the longest labels first, so that a short one finds its matter.

    A bare noun inside the phrase of another matter is no matter of its own.
    """
    every = list(candidates)
    inside = {i for c in every if c.status is not None for i in c.matter.words if i != c.matter.head}
    groups: list[Group] = []
    by_head: dict[int, Group] = {}
    by_word: dict[str, list[Group]] = {}
    for candidate in sorted(every, key=lambda c: (-len(content(c.matter.label)), c.start)):
        if candidate.weight <= BARE and candidate.matter.head in inside:
            continue
        own = content(candidate.matter.label)
        group = by_head.get(candidate.matter.head) or _of_same_words(candidate, own, by_word, words)
        if group is None:
            group = Group(words=own, number=len(groups))
            groups.append(group)
            for word in own:
                by_word.setdefault(word, []).append(group)
        by_head.setdefault(candidate.matter.head, group)
        group.candidates.append(candidate)
    return groups


def _of_same_words(
    candidate: Candidate, own: frozenset[str], by_word: Mapping[str, Sequence[Group]], words: IssueWords
) -> Group | None:
    """Return the group that a candidate names the matter of, of several the first by the candidate's words.

    A group with enough of the words has one of any few of them, so that only the rarest are looked up. Method: prefix filtering
    (Chaudhuri, Ganti and Kaushik 2006).
    """
    ordered = sorted(own)
    rarest = sorted(ordered, key=lambda word: len(by_word.get(word, ())))[: len(own) - ceil(SAME * len(own)) + 1]
    same = (group for word in rarest for group in by_word.get(word, ()) if _is_same(group, candidate, own, words))
    if len(own) == 1:
        return next(same, None)
    return min(
        same,
        key=lambda group: (next(place for place, word in enumerate(ordered) if word in group.words), group.number),
        default=None,
    )


def _is_same(group: Group, candidate: Candidate, own: frozenset[str], words: IssueWords) -> bool:
    """Tell whether a candidate names a group's matter: most of its words, none that tells two apart; talks are not their topic."""
    if (group.words ^ own) & words.telling or group.candidates[0].matter.forum != candidate.matter.forum:
        return False
    return len(group.words & own) / min(len(group.words), len(own)) >= SAME


def _issue(group: Group, arguments: Arguments) -> Issue:
    strongest = max(group.candidates, key=lambda c: (-1 if c.status is None else STRENGTH[c.status], c.weight, c.start))
    named = max(
        group.candidates,
        key=lambda c: (c.matter.worth >= CLEAR, -abs(len(content(c.matter.label)) - BEST_LENGTH), c.matter.worth),
    )
    ordered = [strongest, *(c for c in group.candidates if c is not strongest)]
    return Issue(
        label=named.matter.label,
        status=strongest.status or "open",
        parties=tuple(dict.fromkeys(party for candidate in ordered for party in candidate.parties)),
        confidence=group.confidence(),
        evidence=arguments.span(strongest.start, strongest.end),
    )


@lru_cache(maxsize=4096)
def content(label: str) -> frozenset[str]:
    """Return the content words of a label, in the singular."""
    words = re.findall(r"[^\W_]+", label.casefold())
    return frozenset(re.sub(r"(?<=[^s])s$", "", word) for word in words if len(word) > 2 and word not in FUNCTION)
