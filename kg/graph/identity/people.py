"""Which people are one: by full name where nothing speaks against it, by a part of a name where something speaks for it.

Figures: a full name that the office or affiliation bears out, one with nothing beside it, another spelling of one, and a part of a
name are ordered by judgement, not measured, but for what docs/identity.md says of full names.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.graph.identity.contexts import LANDS, Context, links
from kg.graph.identity.joins import Join, Rivals
from kg.graph.identity.names import Tokens, family_name, full_name, is_fuller, middle_letters, person_tokens, sound_name, tokens
from kg.graph.identity.pairing import Apart, Fit, Group, Item, Verdict, decide
from kg.graph.identity.titles import Title, any_agree, share_head
from kg.graph.identity.words import load_identity_words
from kg.records import Entity

BORNE_OUT = 0.96
SAME_NAME = 0.9
OTHER_SPELLING = 0.85
PART_AND_OFFICE = 0.75
PART_AND_MORE = 0.85
LIFETIME = 40 * 365
"""So many days apart, two of one name are father and son."""
CAREER = 15 * 365
"""So many days apart, one of almost the same name in the same office is another."""
TENURE = 2 * 365
"""So many days apart, a minister of one family name may be the next one."""
COMMON_GROUND = 2
"""How much else two documents must name alike where nothing but the office bears out a family name."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a document knows of a person. ``states`` and ``bodies`` are what he or she belongs to, as ``Context.marks`` has them."""

    full: frozenset[str]
    middles: frozenset[str]
    sounds: frozenset[str]
    parts: frozenset[str]
    links: frozenset[str]
    titles: frozenset[Title]
    states: frozenset[str]
    bodies: frozenset[str]
    gender: str | None
    pronouns: str | None
    ground: frozenset[str]

    @property
    def by_part(self) -> bool:
        """Whether no more than a part of the name is known."""
        return not self.full and not self.links


def join_people(contexts: Sequence[Context]) -> Iterator[Join | Rivals]:
    """Yield which people are one by their names."""
    items = [Item(context.keys[one.id], context.date, _person(one, context)) for context in contexts for one in _people(context)]
    whole = [item for item in items if not item.profile.by_part]
    by_part = [item for item in items if item.profile.by_part]
    yield from decide(map(_without_ground, whole), keys=_full_keys, judge=_same_name, basis="by-name", reach=LIFETIME)
    sought = {part for item in by_part for part in item.profile.parts}
    candidates = [item for item in whole if item.profile.parts & sought]
    known = {part for item in candidates for part in item.profile.parts}
    unknown = [item for item in by_part if not item.profile.parts & known]
    for some in ([*candidates, *by_part], unknown):
        judge = _same_part if some is not unknown else _both_by_part
        yield from decide(some, keys=_part_keys, judge=judge, basis="by-part-of-name", reach=TENURE, only=True)


def _without_ground(item: Item[Person]) -> Item[Person]:
    """Return an item without what full names are not judged by, so that more are alike."""
    return replace(item, profile=replace(item.profile, parts=frozenset(), pronouns=None, ground=frozenset()))


def _people(context: Context) -> Iterator[Entity]:
    return (entity for entity in context.extraction.entities if entity.type == "Person" and (entity.named or entity.same_as))


def _full_keys(person: Person) -> Iterator[Hashable]:
    yield from (("full", name) for name in person.full)
    yield from (("ends", name.split()[0], name.split()[-1]) for name in person.full)
    yield from (("sound", name) for name in person.sounds)


def _same_name(one: Group[Person], other: Group[Person]) -> Verdict:
    a, b = one.profile, other.profile
    if a.links & b.links:
        return None
    exact = bool(a.full & b.full)
    if not exact and not _almost_named(a, b):
        return None
    if exact and (_contradicted(a, b) or (one.days_to(other) or 0) > LIFETIME):
        return Apart()
    if _doubtful(a, b) or (a.links and b.links):
        return None
    office = any_agree(a.titles, b.titles)
    if exact:
        return Fit(BORNE_OUT if office or _share_home(a, b) else SAME_NAME)
    return Fit(OTHER_SPELLING) if office and (one.days_to(other) or 0) <= CAREER else None


def _part_keys(person: Person) -> Iterator[Hashable]:
    yield from person.parts


def _same_part(one: Group[Person], other: Group[Person]) -> Verdict:
    """Judge one who is known by a part of a name alone against those with full names, and these against each other."""
    a, b = one.profile, other.profile
    if a.by_part and b.by_part:
        return None
    if not a.by_part and not b.by_part:
        named_alike = bool(a.links & b.links or a.full & b.full or _almost_named(a, b))
        return None if named_alike and not _contradicted(a, b) and not _doubtful(a, b) else Apart(close=False)
    return _both_by_part(one, other)


def _both_by_part(one: Group[Person], other: Group[Person]) -> Verdict:
    a, b = one.profile, other.profile
    days = one.days_to(other)
    if days is None or days > TENURE or _contradicted(a, b) or _doubtful(a, b) or _other_gender(a, b):
        return None
    office = any_agree(a.titles, b.titles)
    if office and _share_home(a, b):
        return Fit(PART_AND_MORE)
    if office:
        return Fit(PART_AND_OFFICE) if len(a.ground & b.ground) >= COMMON_GROUND else None
    return Fit(PART_AND_OFFICE) if a.bodies & b.bodies and not (a.titles and b.titles) else None


def _almost_named(a: Person, b: Person) -> bool:
    """Tell whether one full name is another with more between, or the same in other spelling."""
    if a.sounds & b.sounds:
        return True
    return any(is_fuller(mine, its) or is_fuller(its, mine) for mine in a.full for its in b.full)


def _share_home(a: Person, b: Person) -> bool:
    return bool(a.states & b.states or a.bodies & b.bodies)


def _contradicted(a: Person, b: Person) -> bool:
    """Tell whether what is known of two speaks against their being one: homes and offices with nothing in common, other initials, "Mr."."""
    if a.gender and b.gender and a.gender != b.gender:
        return True
    if a.middles and b.middles and a.middles.isdisjoint(b.middles):
        return True
    return _other_home(a, b) and bool(a.titles and b.titles) and not share_head(a.titles, b.titles)


def _doubtful(a: Person, b: Person) -> bool:
    """Tell whether two of one name rather are not one: they stand for different states, or one for a state and one for a body."""
    if a.links and b.links and not a.links & b.links:
        return True
    if _share_home(a, b):
        return False
    if a.states and b.states:
        return True
    known = (a.states or a.bodies) and (b.states or b.bodies)
    return bool(known and a.titles and b.titles and not share_head(a.titles, b.titles))


def _other_home(a: Person, b: Person) -> bool:
    if _share_home(a, b):
        return False
    if a.states and b.states:
        return True
    return bool(a.bodies and b.bodies and not a.states and not b.states)


def _other_gender(a: Person, b: Person) -> bool:
    return bool(a.pronouns and b.pronouns and a.pronouns != b.pronouns)


def _person(entity: Entity, context: Context) -> Person:
    owners = context.belongs_to(entity.id)
    states = {one for one in owners if context.entities[one].type in LANDS}
    names = [found for name in (entity.name, *entity.aliases) if (found := person_tokens(name))]
    whole = [found for found in names if full_name(found)]
    if not whole:
        names = [found for found in names if _is_name(found, entity)]
    return Person(
        full=_some(full_name(found) for found in whole),
        middles=_some(middle_letters(found) for found in whole),
        sounds=_some(sound_name(found) for found in whole),
        parts=_some(family_name(found) for found in names),
        links=links(entity),
        titles=context.titles(entity.id),
        states=context.marks_of(states),
        bodies=context.marks_of(owners - states),
        gender=_gender(_courtesies(entity, context.extraction.document.text)),
        pronouns=_gender(mention.text.lower() for mention in entity.mentions if mention.kind == "pronoun"),
        ground=context.ground - context.marks(entity.id),
    )


def _some(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(name for name in names if name)


def _is_name(found: Tokens, entity: Entity) -> bool:
    """Tell whether a single word can be a name: "President" is none, nor is a word of somebody's office."""
    of_office = {word for role in entity.roles for word in tokens(role)} | load_identity_words().generic.words
    return len(found[0]) > 1 and found[0].isalpha() and not of_office & set(found)


def _courtesies(entity: Entity, text: str) -> Iterator[str]:
    """Yield the words before somebody's name, and those that open it."""
    for mention in entity.mentions:
        if mention.kind == "name":
            before = tokens(text[max(mention.start - 12, 0) : mention.start])
            yield from (*before[-1:], *tokens(mention.text)[:1])


def _gender(words: Iterable[str]) -> str | None:
    names = load_identity_words().names
    found = set(words)
    feminine, masculine = found & (names.feminine | names.she), found & (names.masculine | names.he)
    if bool(feminine) == bool(masculine):
        return None
    return "feminine" if feminine else "masculine"
