"""Which texts without a name of their own, "the 14-point plan" and "the draft", are one: by their words or points, days and actors."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from kg.graph.identity.contexts import Context
from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.names import content, name_tokens, singular, tokens
from kg.graph.identity.pairing import Apart, Fit, Group, Item, Verdict, decide
from kg.graph.identity.words import load_identity_words
from kg.records import Entity, Proposal, ProposalKind

WORDS_AND_POINTS = 0.8
WORDS = 0.7
POINTS = 0.65
DAYS = 60
"""How many days may lie between what two documents say of a text under negotiation."""
FEWEST_POINTS = 5
FEWEST_PRINCIPALS = 2


@dataclass(frozen=True, slots=True)
class Text:
    """What a document knows of a text. Actors are as ``Context.marks`` has them."""

    words: frozenset[str]
    names: frozenset[frozenset[str]]
    named: frozenset[str]
    points: frozenset[int]
    kind: ProposalKind
    actors: frozenset[str]
    principals: tuple[frozenset[str], ...]


def join_texts(contexts: Sequence[Context]) -> Iterator[Join | Rivals]:
    """Yield which texts under negotiation are one by their circumstances."""
    items = [
        Item(context.keys[entity.id], context.date, _text(entity, proposal, context))
        for context in contexts
        for proposal in context.extraction.proposals
        if (entity := context.entities.get(proposal.entity)) is not None and is_described(entity)
    ]
    yield from decide(items, keys=_keys, judge=_same, basis="by-circumstances", reach=DAYS)


def is_described(entity: Entity) -> bool:
    """Tell whether a text has no name that would tell it from others: "the peace plan", "the Agreement"."""
    generic = load_identity_words().texts.generic
    return not entity.named or all(singular(word) in generic for word in content(name_tokens(entity.name)))


def _keys(text: Text) -> Iterator[Hashable]:
    yield from text.words
    yield from (number for number in text.points if number >= FEWEST_POINTS)


def _same(one: Group[Text], other: Group[Text]) -> Verdict:
    a, b = one.profile, other.profile
    days = one.days_to(other)
    if days is None or days > DAYS or not _of_one_kind(a.kind, b.kind) or not _same_actors(a, b):
        return None
    if a.named and b.named and not a.named & b.named:
        return None
    told = {number for number in a.points & b.points if number >= FEWEST_POINTS}
    if a.points and b.points and not a.points & b.points:
        return Apart(close=False)
    if _same_words(a.words, b.words) or (a.words & b.words and _same_name(a.names, b.names)):
        return Fit(WORDS_AND_POINTS if told else WORDS)
    return Fit(POINTS) if told else None


def _same_words(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether one of two sets of words is in the other and says enough: two words, or a number."""
    common = a & b
    return common in (a, b) and (len(common) >= 2 or any(word.isdigit() for word in common))


def _same_name(a: frozenset[frozenset[str]], b: frozenset[frozenset[str]]) -> bool:
    """Tell whether a name of one has all words of a name of the other, two at least: "peace plan" and "draft peace plan"."""
    return any(len(one & other) >= 2 and one & other in (one, other) for one in a for other in b)


def _of_one_kind(one: ProposalKind, other: ProposalKind) -> bool:
    apart = load_identity_words().texts.apart
    return one == other or not {one, other} & apart


def _same_actors(a: Text, b: Text) -> bool:
    """Tell whether an author or a party is the same, or two of those whom the documents are about."""
    if a.actors & b.actors:
        return True
    shared = sum(any(mine & theirs for theirs in b.principals) for mine in a.principals)
    return shared >= FEWEST_PRINCIPALS


def _text(entity: Entity, proposal: Proposal, context: Context) -> Text:
    generic = load_identity_words().texts.generic
    named: set[str] = set()
    names: set[frozenset[str]] = set()
    for name in {entity.name, *entity.aliases}:
        ids, left = context.named_in(tokens(name))
        named |= ids
        names.add(frozenset(singular(word) for word in content(left)))
    words = {word for name in names for word in name}
    return Text(
        words=frozenset(word for word in words - generic if not _counts_points(word, proposal)),
        names=frozenset(names),
        named=context.marks_of(named),
        points=frozenset(proposal.points),
        kind=proposal.kind,
        actors=context.marks_of((*proposal.authors, *proposal.parties)),
        principals=tuple(context.marks(principal) for principal in context.principals),
    )


def _counts_points(word: str, proposal: Proposal) -> bool:
    return word.isdigit() and int(word) in proposal.points
