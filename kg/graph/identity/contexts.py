"""What a document says of the things it speaks of, as far as it helps to know them again: whose they are, what they hold, who matters.

In: an Extraction. Out: a Context, which answers by the ids of that document. Nothing outside the document is looked at.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.graph.identity.names import Tokens, name_tokens, tokens
from kg.graph.identity.referents import Key, Referent, referents_of
from kg.graph.identity.titles import Title, read_title
from kg.records import Entity, Extraction

ACTORS: frozenset[str] = frozenset({"Person", "Organization", "Country"})
"""Who acts."""
GROUNDS: frozenset[str] = frozenset({"Country", "City", "Region", "Place", "Facility"})
"""Where one can be."""
LANDS: frozenset[str] = frozenset({"Country", "Place", "Region"})
"""What may be a state; one that no gazetteer knows may have been read as a place."""
_OWNERS: frozenset[str] = LANDS | {"Organization"}
_BELONGING = frozenset({"holdsRole", "memberOf", "representative-of"})
_ADJECTIVAL = ("n", "an", "ian", "ean", "ese", "ish", "i", "ic")
_PRINCIPALS = 6
_FIRM = "asserted"


@dataclass(frozen=True)
class Context:
    """One document and what it says of its entities. Ids are those of the extraction."""

    extraction: Extraction

    @property
    def date(self) -> datetime.date | None:
        """The day of the document."""
        return self.extraction.document.date

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        """The entities by id."""
        return {entity.id: entity for entity in self.extraction.entities}

    @cached_property
    def referents(self) -> tuple[Referent, ...]:
        """What the document speaks of."""
        return referents_of(self.extraction)

    @cached_property
    def keys(self) -> Mapping[str, Key]:
        """The names of the entities' referents, by id."""
        return {entity.id: referent.key for entity, referent in zip(self.extraction.entities, self.referents, strict=False)}

    def is_named(self, entity_id: str) -> bool:
        """Tell whether an id is that of an entity that has a name or a link, so that other documents may know it."""
        entity = self.entities.get(entity_id)
        return entity is not None and (entity.named or bool(entity.same_as))

    def marks(self, entity_id: str) -> frozenset[str]:
        """Return what an entity is known by in any document: its links and its plain name; nothing for one that has no name."""
        if not self.is_named(entity_id):
            return frozenset()
        entity = self.entities[entity_id]
        return frozenset({*links(entity), " ".join(name_tokens(entity.name))})

    def marks_of(self, entity_ids: Iterable[str]) -> frozenset[str]:
        """Return what any of these is known by."""
        return frozenset(mark for entity_id in entity_ids for mark in self.marks(entity_id))

    def belongs_to(self, entity_id: str) -> frozenset[str]:
        """Return the states and organizations that an entity is said to belong to, and those that these belong to."""
        direct = self._owners[entity_id]
        return direct | {above for owner in direct for above in self._owners[owner]} - {entity_id}

    def states_of(self, entity_id: str) -> frozenset[str]:
        """Return the states among those, the entity itself if it is one; for places the state that they lie in."""
        near = {entity_id, *self.belongs_to(entity_id), *self.lies_in(entity_id)}
        return frozenset(one for one in near if one in self.entities and self.entities[one].type == "Country")

    def is_land(self, entity_id: str) -> bool:
        """Tell whether a place is a state or a region, in which towns lie."""
        return entity_id in self.entities and self.entities[entity_id].type in ("Country", "Region")

    def lies_in(self, entity_id: str) -> frozenset[str]:
        """Return the places in which an entity is said to be."""
        return self._whereabouts[entity_id]

    def titles(self, entity_id: str) -> frozenset[Title]:
        """Return the offices that somebody holds by this document."""
        return self._titles[entity_id]

    def named_in(self, words: Tokens, *, kinds: frozenset[str] = ACTORS | GROUNDS) -> tuple[frozenset[str], Tokens]:
        """Return which entities of these types words name, by name, alias or adjective, and the words that are left.

        Where a long name has a short one within, the long one is meant.
        """
        found: set[str] = set()
        left: list[str] = []
        place = 0
        while place < len(words):
            for name, entity_id in self._called.get(words[place], ()):
                if words[place : place + len(name)] == name and self.entities[entity_id].type in kinds:
                    found.add(entity_id)
                    place += len(name)
                    break
            else:
                state = self._adjective(words[place])
                if state is None:
                    left.append(words[place])
                else:
                    found.add(state)
                place += 1
        return frozenset(found), tuple(left)

    @cached_property
    def ground(self) -> frozenset[str]:
        """What else the document names, states apart, which many documents name: people, bodies, towns, as ``marks`` has them."""
        return self.marks_of(entity.id for entity in self.extraction.entities if entity.type not in ("Country", "Region"))

    @cached_property
    def principals(self) -> tuple[str, ...]:
        """The actors with names that the document is about: those who speak, meet or are parties first, by how often it speaks of them."""
        acting = frozenset(self._acting())
        named = [entity for entity in self.extraction.entities if entity.named and entity.type in ACTORS]
        known = [entity for entity in named if entity.id in acting or len(entity.mentions) > 1]
        known.sort(key=lambda entity: (entity.id not in acting, -len(entity.mentions), entity.id))
        return tuple(entity.id for entity in known[:_PRINCIPALS])

    def _acting(self) -> Iterator[str]:
        of = self.extraction
        yield from (statement.speaker for statement in of.statements if statement.speaker is not None)
        for meeting in of.meetings:
            yield from meeting.participants
        for parties in (record.parties for records in (of.issues, of.negotiations, of.proposals) for record in records):
            yield from parties

    @cached_property
    def _owners(self) -> defaultdict[str, frozenset[str]]:
        owners: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for relation in self.extraction.relations:
            if relation.modality == _FIRM and relation.predicate in _BELONGING:
                ends = {end for end in (relation.object, relation.organization) if end in self.entities}
                owners[relation.subject] |= frozenset(end for end in ends if end is not None)
        for entity in self.extraction.entities:
            if entity.type in ("Organization", "Group"):
                owners[entity.id] |= self._states_in(tokens(entity.name)) - {entity.id}
            elif entity.type == "Person":
                for role in self._role_texts(entity):
                    owners[entity.id] |= self._states_in(before_to(tokens(role))) - {entity.id}
        return owners

    @cached_property
    def _whereabouts(self) -> defaultdict[str, frozenset[str]]:
        places: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for relation in self.extraction.relations:
            if relation.modality == _FIRM and relation.predicate == "locatedIn" and relation.object in self.entities:
                places[relation.subject] |= {relation.object}
        return places

    @cached_property
    def _titles(self) -> defaultdict[str, frozenset[Title]]:
        held: defaultdict[str, frozenset[Title]] = defaultdict(frozenset)
        for entity in self.extraction.entities:
            if entity.type == "Person":
                words = (self.named_in(before_to(tokens(role)), kinds=_OWNERS)[1] for role in self._role_texts(entity))
                held[entity.id] = frozenset(title for title in map(read_title, words) if title is not None)
        return held

    def _role_texts(self, entity: Entity) -> Iterator[str]:
        yield from entity.roles
        yield from self._held[entity.id]

    @cached_property
    def _held(self) -> defaultdict[str, list[str]]:
        held: defaultdict[str, list[str]] = defaultdict(list)
        for relation in self.extraction.relations:
            if relation.predicate == "holdsRole" and relation.modality == _FIRM and relation.object not in self.entities:
                held[relation.subject].append(relation.object)
        return held

    def _states_in(self, words: Tokens) -> frozenset[str]:
        return self.named_in(words, kinds=LANDS)[0]

    @cached_property
    def _called(self) -> Mapping[str, list[tuple[Tokens, str]]]:
        """What the document calls those it names, by the first word, the longest name first."""
        called: defaultdict[str, set[tuple[Tokens, str]]] = defaultdict(set)
        for entity in self.extraction.entities:
            if entity.named and entity.type in ACTORS | GROUNDS:
                for name in {entity.name, *entity.aliases}:
                    if words := tokens(name):
                        called[words[0]].add((words, entity.id))
        return {first: sorted(names, key=lambda name: (-len(name[0]), name)) for first, names in called.items()}

    def _adjective(self, word: str) -> str | None:
        """Return the state that a word is the adjective of by its form: "Valdorian" of Valdoria. Known states have theirs as aliases."""
        if len(word) < 6 or not word.endswith(_ADJECTIVAL):
            return None
        found = {entity_id for stem, entity_id in self._stems if word.startswith(stem) and word[len(stem) :] in _ENDINGS}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _stems(self) -> tuple[tuple[str, str], ...]:
        lands = [entity for entity in self.extraction.entities if entity.named and entity.type in LANDS and not links(entity)]
        names = {(tokens(entity.name), entity.id) for entity in lands}
        stems = {(name[0].rstrip("aeiouy"), entity_id) for name, entity_id in names if len(name) == 1}
        return tuple(sorted((stem, entity_id) for stem, entity_id in stems if len(stem) >= 4))


_ENDINGS = frozenset(start + ending for start in ("", "a", "e", "i", "o", "ia") for ending in _ADJECTIVAL)


def links(entity: Entity) -> frozenset[str]:
    """Return the IRIs by which an entity is known everywhere: those it links to, and its own id where that is one."""
    own = {entity.id} if not entity.id.startswith("id:") else set()
    return frozenset({*entity.same_as, *own})


def before_to(words: Tokens) -> Tokens:
    """Return a title without those to whom its holder is sent: "ambassador of Norland TO Ostravia"."""
    return words[: words.index("to")] if "to" in words else words
