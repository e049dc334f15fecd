"""Find who does an event and to whom: the actors that the slots of a frame name, own or contain.

In: the head tokens of a slot. Out: entity ids, or short noun phrases for people and bodies that are no entity of the document.
Each token is looked at once for an argument: what is not an actor itself gives the nearest actors that hang on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, PLACES, Arguments
from kg.extraction.events.words import EventWords
from kg.extraction.frames import Frame
from kg.extraction.lemmas import known_lemma
from kg.language.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, conjuncts, preposition_of, subject_of

OWNERS = frozenset({"nmod:poss", "poss", "amod", "compound", "nmod", "nmod:desc", "flat", "nummod", "appos"})
COMPLEMENTS = frozenset({"acl", "xcomp", "ccomp"})
NAMING = frozenset({"appos", "flat", "nmod:desc"})
"""What may name the actor that a noun before it describes: "the newspaper PRAVDA"."""
WITHIN = frozenset({"obl", "obl:agent", "nmod", "iobj", *OBJECTS, *OWNERS, *COMPLEMENTS})
"""What hangs on a predicate or noun and may hold who the event is done to."""
TOWARD = frozenset(
    {"against", "at", "between", "by", "for", "from", "into", "of", "on", "over", "to", "toward", "towards", "upon", "with"}
)
"""Prepositions behind which stands who something is done to, wherever they hang; "in" and "near" tell where."""
DEPTH = 4
"""How many steps down an actor may stand."""


class Parties:
    """Answers for one analysis who takes part in its events.

    ``anchored`` are the noun phrases given so far that name an entity within: "Kelmarian students".
    """

    def __init__(self, arguments: Arguments, words: EventWords) -> None:
        self.arguments = arguments
        self.doc = arguments.doc
        self.words = words
        self.anchored: set[str] = set()

    def of_slots(self, frame: Frame, names: Sequence[str], *, places: bool, apart: Collection[str] = ()) -> tuple[str, ...]:
        """Return the parties in the first of some slots that holds one, without those that are the other side already."""
        for name in names:
            heads = [head for head in frame.slots.get(name, ()) if not (places and self._is_own_arm(head))]
            found = [party for head in heads for party in self.at(head, places=places)]
            others = tuple(dict.fromkeys(party for party in found if party not in apart))
            if others:
                return others
        return ()

    def _is_own_arm(self, head: int) -> bool:
        """Tell whether a word names what somebody acts by: "withdrew ITS TROOPS" is done to nobody."""
        token = self.doc[head]
        counted = token.head if token.dep_ == "nmod" and token.head.pos_ == "NUM" else token
        if counted.dep_ in PASSIVE_SUBJECTS:
            return False  # "said that two of its soldiers had been killed"
        return known_lemma(token, self.words.arms) in self.words.arms and any(
            child.dep_ in {"nmod:poss", "poss"} and child.pos_ == "PRON" for child in token.children
        )

    def at(self, head: int, *, places: bool) -> tuple[str, ...]:
        """Return who a token stands for: an entity, an actor without one, or else the nearest actors that belong to it."""
        token = self.doc[head]
        own = self.own(token, places=places)
        if own:
            return own
        if token.pos_ in {"VERB", "AUX"} or any(child.dep_.startswith("nsubj") for child in token.children):
            return self._nearest(self._of_clause(token), WITHIN, places=places)
        return self._nearest([token], WITHIN if places else OWNERS, places=places)

    def own(self, token: Token, *, places: bool) -> tuple[str, ...]:
        """Return who a token itself stands for."""
        entity = self.arguments.entity(token.i)
        if entity is not None and (entity.type in ACTORS or (places and entity.type in PLACES)):
            return self.arguments.analysis.members.get(entity.id) or (entity.id,)
        measured = self._measured(token)
        if measured is not None:
            return self.own(measured, places=places)
        if not self._is_actor(token):
            return ()
        named = next((child for child in token.children if child.dep_ in NAMING and self.arguments.entity(child.i)), None)
        if named is not None:
            return self.own(named, places=places)
        label = self._label(token)
        return (label,) if label else ()

    def _label(self, token: Token) -> str:
        label = self.arguments.label(token.i)
        if any(self.arguments.entity(word.i) is not None for word in token.subtree):
            self.anchored.add(label)
        return label

    def _is_actor(self, token: Token) -> bool:
        if token.pos_ not in {"NOUN", "PROPN"} or self.arguments.is_time(token.i):
            return False
        if token.tag_ == "NNPS" and all(child.dep_ not in {"compound", "flat"} for child in token.children):
            return True  # a people: "the Kurds"
        lemma = known_lemma(token, self.words.actors)
        before = (f"{child.lemma_.lower()} {lemma}" for child in token.lefts if child.dep_ in {"amod", "compound"})
        return lemma in self.words.actors or any(form in self.words.actors for form in before)

    def _measured(self, token: Token) -> Token | None:
        """Return what stands behind the "of" of a number or measure of people: "thousands of STUDENTS"."""
        if token.lemma_.lower() not in self.words.quantities:
            return None
        return next((child for child in token.children if child.i > token.i and preposition_of(child) == "of"), None)

    def _nearest(self, level: Sequence[Token], steps: Collection[str], *, places: bool) -> tuple[str, ...]:
        """Return the actors of the first level below some tokens that has any."""
        for _ in range(DEPTH):
            found = [party for token in level for party in self.own(token, places=places)]
            if found:
                return tuple(dict.fromkeys(found))
            level = [other for token in level for child in self._below(token, steps) for other in conjuncts(child)]
        return ()

    def _below(self, token: Token, steps: Collection[str]) -> Iterator[Token]:
        for child in token.children:
            if child.dep_ not in steps or self.arguments.is_time(child.i) or self._is_own_arm(child.i):
                continue
            if child.dep_.startswith("obl") and preposition_of(child) not in TOWARD:
                continue
            if child.dep_ in {*COMPLEMENTS, "advcl"} and child.pos_ in {"VERB", "AUX"}:
                yield from self._of_clause(child)
            else:
                yield child

    def _of_clause(self, verb: Token) -> list[Token]:
        """Return who a clause tells of: its subject, or, of one without, what it is done to."""
        subject = next((child for child in verb.children if child.dep_.startswith("nsubj")), None)
        if subject is not None and subject.pos_ != "PRON":
            return list(conjuncts(subject))
        children = [
            child
            for child in verb.children
            if child.dep_ in WITHIN
            and not self.arguments.is_time(child.i)
            and not self._is_own_arm(child.i)
            and not (child.dep_.startswith("obl") and preposition_of(child) not in TOWARD)
        ]
        ordered = sorted(children, key=lambda child: child.dep_ not in OBJECTS)
        return [other for child in ordered for other in conjuncts(child)]

    def around(self, predicate: int) -> tuple[str, ...]:
        """Return the nearest actors in the phrases and subordinate clauses that hang on a predicate."""
        steps = WITHIN | {"advcl"}
        return self._nearest(list(self._below(self.doc[predicate], steps - SUBJECTS)), steps, places=True)

    def behind_with(self, predicate: int) -> tuple[str, ...]:
        """Return the actors behind a "with" anywhere below a predicate: "discussed the return of the men WITH Chad"."""
        below = (
            token for token in self.doc[predicate].subtree if token.dep_ in {"obl", "nmod"} and preposition_of(token) == "with"
        )
        return self.each(token.i for first in below for token in conjuncts(first))

    def doer(self, verb: Token) -> tuple[str, ...]:
        """Return who does what a verb says, shared subjects included."""
        subject = subject_of(verb)
        if subject is None:
            return ()
        doers = self.each(token.i for token in conjuncts(subject))
        if not doers and subject.dep_ in OBJECTS and subject.head.i != verb.i:
            return self.doer(subject.head)  # "the party issued a DECLARATION demanding …"
        return doers

    def each(self, heads: Iterable[int]) -> tuple[str, ...]:
        """Return the actors of several tokens, each once."""
        return tuple(dict.fromkeys(party for head in heads for party in self.at(head, places=False)))
