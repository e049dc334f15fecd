"""Which issues of different documents are one: by the words of their labels, whom these name, and who speaks of them.

Figures are judgements, not measured: they order what is found by how much of the labels agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.graph.identity.contexts import Context
from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.names import content, joined, name_tokens, replaced, singular, tokens
from kg.graph.identity.pairing import Apart, Fit, Group, Item, Verdict, decide
from kg.graph.identity.referents import Key
from kg.graph.identity.words import load_identity_words
from kg.records import Issue

SAME_WORDS = 0.8
SIMILAR = 0.65
ONE_WORD = 0.6
SOME_ACTORS = 0.1
"""How much less sure it is where one label names somebody whom the other leaves out."""
YEARS = 3 * 365
LEAST_LIKE = 0.6
LEAST_HELD = 0.5
"""What share of the longer label the shorter one must be that it contains."""
FEWEST_PRINCIPALS = 2


@dataclass(frozen=True, slots=True)
class Matter:
    """What a document says that an issue is. Actors are by the names that all documents share."""

    words: frozenset[str]
    label: tuple[str, ...]
    actors: frozenset[str]
    called: frozenset[str]
    parties: frozenset[str]
    people: frozenset[str]
    states: frozenset[str]
    others: frozenset[str]
    sides: tuple[tuple[int, frozenset[int]], ...]

    @property
    def principals(self) -> frozenset[str]:
        """Those whom the document is about."""
        return self.people | self.states | self.others


def join_issues(documents: Sequence[Context], same: Callable[[Key], str]) -> Iterator[Join | Rivals]:
    """Yield which issues are one, and which must not become so; ``same`` gives the name that all documents share for an entity."""
    items = [
        Item((context.extraction.document.id, local), context.date, _matter(issue, context, same))
        for context in sorted(documents, key=lambda one: one.extraction.document.id)
        for local, issue in _issues(context)
    ]
    telling = [item for item in items if item.profile.words]
    yield from decide(telling, keys=_keys, judge=_same, basis="by-matter", reach=YEARS)


def _issues(context: Context) -> Iterator[tuple[str, Issue]]:
    for referent in context.referents:
        if isinstance(referent.record, Issue):
            yield referent.local, referent.record


def _keys(matter: Matter) -> Iterable[Hashable]:
    """Return what two labels that are alike have in common: two words, or the only one."""
    return combinations(sorted(matter.words), 2) if len(matter.words) > 1 else matter.words


def _same(one: Group[Matter], other: Group[Matter]) -> Verdict:
    a, b = one.profile, other.profile
    if _opposed(a, b):
        return Apart()
    likeness = _likeness(a, b)
    if likeness is None:
        return None
    if a.actors and b.actors and not a.actors & b.actors:
        return None if a.called & b.called else Apart()
    if _numbers(a) and _numbers(b) and _numbers(a) != _numbers(b):
        return Apart()
    if (one.days_to(other) or 0) > YEARS or not (a.actors <= b.actors or b.actors <= a.actors) or not _same_context(a, b):
        return None
    return Fit(likeness if a.actors == b.actors else round(likeness - SOME_ACTORS, 2))


def _likeness(a: Matter, b: Matter) -> float | None:
    if len(a.words) == 1 or len(b.words) == 1:
        return ONE_WORD if a.words == b.words and _one_label(a.label, b.label) else None
    if a.words == b.words:
        return SAME_WORDS
    common = a.words & b.words
    held = common in (a.words, b.words) and len(common) / max(len(a.words), len(b.words)) >= LEAST_HELD
    return SIMILAR if held or len(common) / len(a.words | b.words) >= LEAST_LIKE else None


def _one_label(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two labels are one, or one has all words of the other, two at least: "peace plan", "draft of the peace plan"."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 2 and set(short) <= set(long))


def _opposed(a: Matter, b: Matter) -> bool:
    """Tell whether a word of one label and a word of the other keep two matters apart: the interim accord is not the final one."""
    mine, theirs = dict(a.sides), dict(b.sides)
    return any(mine[row].isdisjoint(theirs[row]) for row in mine.keys() & theirs.keys())


def _sides(label: Iterable[str]) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield for each row of words that keep matters apart which of its lists have a word in a label."""
    for number, row in enumerate(load_identity_words().matters.opposites):
        if found := frozenset(place for place, words in enumerate(row) if not words.isdisjoint(label)):
            yield number, found


def _numbers(matter: Matter) -> frozenset[str]:
    return frozenset(word for word in matter.words if word.isdigit())


def _same_context(a: Matter, b: Matter) -> bool:
    """Tell whether two documents speak of the same negotiators: a party of the issue, or two of those whom the documents are about."""
    shared = a.principals & b.principals
    if len(a.words) > 1:
        return bool(a.parties & b.parties) or len(shared) >= FEWEST_PRINCIPALS
    if len(a.people & b.people) < 2 and (len(shared) < FEWEST_PRINCIPALS or not (a.states <= b.states or b.states <= a.states)):
        return False
    return min(len(a.states - b.states), len(b.states - a.states)) < 2


def _matter(issue: Issue, context: Context, same: Callable[[Key], str]) -> Matter:
    words = load_identity_words().matters
    named, left = context.named_in(tokens(issue.label))
    plain = replaced([singular(word) for word in content(left)], words.synonyms)
    principals = [(context.entities[one].type, same(context.keys[one])) for one in context.principals]
    return Matter(
        words=frozenset(plain) - words.generic,
        label=tuple(sorted(set(plain))),
        actors=frozenset(same(context.keys[one]) for one in named),
        called=frozenset(joined(name_tokens(context.entities[one].name)) for one in named),
        parties=frozenset(same(context.keys[one]) for one in issue.parties if context.is_named(one)),
        people=frozenset(name for kind, name in principals if kind == "Person"),
        states=frozenset(name for kind, name in principals if kind == "Country"),
        others=frozenset(name for kind, name in principals if kind == "Organization"),
        sides=tuple(_sides(plain)),
    )
