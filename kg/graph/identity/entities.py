"""Which entities of different documents are one: by their links, by their names, and the texts without a name by what is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.graph.identity.contexts import GROUNDS, LANDS, Context, links
from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.names import acronym, content, initials, joined, name_tokens, singular, tokens
from kg.graph.identity.pairing import Apart, Fit, Group, Item, Verdict, decide
from kg.graph.identity.people import join_people
from kg.graph.identity.referents import Key
from kg.graph.identity.texts import join_texts
from kg.graph.identity.words import load_identity_words
from kg.records import Entity, EntityType

BY_LINK = 0.98
SAME_NAME = 0.95
ONE_WORD = 0.9
SAME_OFFICE = 0.9
ALIAS = 0.88
SHORT_FORM = 0.85
INITIALS = 0.8
SESSION = 60
"""So many days apart, two conferences or elections of one name are two."""
BODIES: frozenset[str] = frozenset({"Organization", "Group", "Event", "Document"})
"""What is called by acronyms."""
ANY_TIME = 200 * 365
"""Names of places and bodies are compared over all time, in days."""


def join_entities(documents: Sequence[Context]) -> Iterator[Join | Rivals]:
    """Yield which entities of different documents are one, and which must not become so, always in the same order."""
    contexts = sorted(documents, key=lambda one: one.extraction.document.id)
    yield from _by_link(contexts)
    yield from join_people(contexts)
    yield from _by_name(contexts)
    yield from join_texts(contexts)


def _by_link(contexts: Sequence[Context]) -> Iterator[Join]:
    linked: defaultdict[tuple[str, EntityType], list[Key]] = defaultdict(list)
    for context in contexts:
        for entity in context.extraction.entities:
            for iri in sorted(links(entity)):
                linked[iri, entity.type].append(context.keys[entity.id])
    joined_already: set[tuple[Key, Key]] = set()
    for keys in linked.values():
        for first, second in pairwise(sorted(keys)):
            if first[0] != second[0] and (first, second) not in joined_already:
                joined_already.add((first, second))
                yield Join(first=first, second=second, basis="by-link", confidence=BY_LINK)


@dataclass(frozen=True, slots=True)
class Named:
    """What a document knows of a thing with a name, people apart.

    ``name`` is empty where many things everywhere are called so. ``core`` is the name without the states in it, where that is such
    a name ("foreign ministry" of "the Ostravian Foreign Ministry"). ``owners`` are the states and organizations it belongs to,
    ``places`` where it lies, as ``Context.marks`` has them.
    """

    type: EntityType
    name: str
    others: frozenset[str]
    short: frozenset[str]
    spelt: frozenset[str]
    core: str | None
    links: frozenset[str]
    owners: frozenset[str]
    places: frozenset[str]
    posted: bool
    recurring: bool


def _by_name(contexts: Sequence[Context]) -> Iterator[Join | Rivals]:
    items = [
        Item(context.keys[entity.id], context.date, _named(entity, context))
        for context in contexts
        for entity in context.extraction.entities
        if entity.named and entity.type != "Person"
    ]
    for reach, recurring in ((ANY_TIME, False), (SESSION, True)):
        some = (item for item in items if item.profile.recurring == recurring)
        yield from decide(some, keys=_keys, judge=_same, basis="by-name", reach=reach)


def _keys(thing: Named) -> Iterator[Hashable]:
    yield from ((thing.type, name) for name in (thing.name, *thing.others, *thing.short, *thing.spelt) if name)
    if thing.core is not None:
        yield (thing.type, "core", thing.core)


def _same(one: Group[Named], other: Group[Named]) -> Verdict:
    a, b = one.profile, other.profile
    if a.links & b.links:
        return None  # joined by their links already
    if a.links and b.links:
        return Apart(close=False)
    likeness = _likeness(a, b)
    elsewhere = bool(a.places and b.places and not a.places & b.places)
    if likeness is None or (a.recurring and (one.days_to(other) or 0) > SESSION):
        return Apart(close=False)
    if elsewhere and (a.posted or a.type in GROUNDS):
        return Apart()
    if a.posted and not a.places & b.places:
        return None
    return Fit(likeness)


def _likeness(a: Named, b: Named) -> float | None:
    """Return how sure it is from the names alone that two are one; None where they have different names."""
    if a.name and a.name == b.name:
        return SAME_NAME if " " in a.name else ONE_WORD
    if a.core is not None and a.core == b.core:
        return SAME_OFFICE if a.owners & b.owners or (a.places & b.places and not (a.owners and b.owners)) else None
    if (a.name and a.name in b.others) or (b.name and b.name in a.others):
        return ALIAS
    for short, long in ((a, b), (b, a)):
        if short.name in short.short and " " in long.name:
            if short.name in long.short:
                return SHORT_FORM
            if short.name in long.spelt:
                return INITIALS
    return None


def _named(entity: Entity, context: Context) -> Named:
    words = load_identity_words().generic
    found = name_tokens(entity.name)
    everywhere = _everywhere(entity.type)
    generic = all(singular(word) in everywhere for word in content(found))
    bodily = entity.type in BODIES
    names = (entity.name, *entity.aliases) if bodily else ()
    aliases = (name_tokens(alias) for alias in entity.aliases)
    return Named(
        type=entity.type,
        name="" if generic else joined(found),
        others=frozenset(
            joined(alias)
            for alias in aliases
            if alias != found and (len(alias) > 1 or not bodily) and not all(singular(word) in everywhere for word in alias)
        ),
        short=frozenset(short for name in names if (short := acronym(name)) is not None),
        spelt=initials(entity.name) if bodily and not generic else frozenset(),
        core=_core(entity, context, everywhere),
        links=links(entity),
        owners=context.marks_of(context.belongs_to(entity.id)),
        places=context.marks_of(context.lies_in(entity.id)),
        posted=bodily and not words.posted.isdisjoint(found),
        recurring=entity.type == "Event" and not words.recurring.isdisjoint(found),
    )


def _core(entity: Entity, context: Context, everywhere: frozenset[str]) -> str | None:
    """Return what is left of the name of a body without the states in it, where many states have one of that name."""
    if entity.type not in ("Organization", "Group"):
        return None
    left = {singular(word) for word in content(context.named_in(tokens(entity.name), kinds=LANDS)[1])} - {"affair"}
    alone = load_identity_words().generic.many.isdisjoint(left)
    return joined(tuple(sorted(left))) if alone and left and left <= everywhere else None


def _everywhere(kind: EntityType) -> frozenset[str]:
    words = load_identity_words()
    if kind == "Document":
        return words.texts.generic
    return words.generic.places if kind in GROUNDS else words.generic.words | words.offices.nouns
