"""Tell which encounter a place or a day belongs to, where a sentence tells of several.

In: the frames that tell of an encounter, and the mentions and times of an analysis. Out: for the predicate of each encounter its place
and its time. A phrase belongs to the first encounter above it in the parse, or to the one that the verb above it carries.
Limits: a phrase under a verb that carries no encounter belongs to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Token

from kg.extraction.arguments import PLACES, Arguments
from kg.extraction.frames import Frame
from kg.extraction.lemmas import known_lemma
from kg.extraction.lexicon import MeetingWords
from kg.extraction.slots import measured
from kg.language.syntax import OBJECTS, RELATIVES, preposition_of
from kg.records import TimeExpression

WHERE = frozenset({"in", "at", "near", "outside", "inside", "aboard", "into"})
DURING = frozenset({"at", "during", "in", "on", "for"})
NAME_PARTS = frozenset({"flat", "appos", "nmod:desc", "conj", "nmod:unmarked"})
SIDES = frozenset({"with", "between", "among", "of", "by", "to"})
LONGEST_CLIMB = 12


class Whereabouts:
    """The place and time of each encounter, by the token of its predicate."""

    def __init__(self, frames: Iterable[Frame], arguments: Arguments, words: MeetingWords) -> None:
        self.arguments = arguments
        self.words = words
        self.doc = arguments.doc
        self.frames: Mapping[int, Frame] = {frame.predicate: frame for frame in frames}
        self._carried: dict[int, list[int]] = {}
        for predicate in self.frames:
            for token in self._carriers(self.doc[predicate]):
                self._carried.setdefault(token, []).append(predicate)
        self.places: dict[int, str] = {}
        self.times: dict[int, TimeExpression] = {}
        self._read_places()
        self._read_times()

    def carries(self, verb: int) -> bool:
        """Tell whether a token is an encounter's predicate, or carries an encounter."""
        return verb in self.frames or verb in self._carried

    def _carriers(self, predicate: Token) -> Iterator[int]:
        """Yield the tokens whose circumstances are the encounter's: a noun of measure, the verb it is held by or held during."""
        if predicate.pos_ not in {"NOUN", "PROPN"}:
            if predicate.dep_ == "advcl" and any(child.dep_ == "cop" for child in predicate.head.children):
                yield predicate.head.i  # "will be in Cairo to meet …"
            return
        outer = measured(predicate)
        if outer.i != predicate.i:
            yield outer.i
        verb = outer.head
        if outer.dep_ == "nmod" and preposition_of(outer) == "of" and verb.lemma_.lower() in self.words.circumstances:
            yield verb.i  # "on the margins OF the summit in Bern", "as part OF the talks in Bern"
        held = (
            outer.dep_ in {*OBJECTS, "nsubj", "nsubj:pass", "nsubjpass"}
            and known_lemma(verb, self.words.carriers) in self.words.carriers
        )
        attended = outer.dep_.startswith("obl") and preposition_of(outer) in DURING and verb.i not in self.frames
        if held or attended:
            yield verb.i
        for child in outer.children:
            if child.dep_ in {"acl", *RELATIVES} and self._is_carried_on(child):
                yield child.i

    def _is_carried_on(self, clause: Token) -> bool:
        """Tell whether a clause behind a noun says how it is held, not what else is there: "talks that OPEN", "a hall WHERE terms end"."""
        elsewhere = any(child.lower_ == "where" for child in clause.children)
        return known_lemma(clause, self.words.carriers) in self.words.carriers and not elsewhere

    def _owner(self, token: Token, head: Token) -> int | None:
        """Return the encounter that a head is the predicate of, or that it carries: of several the one told last before the token."""
        if head.i in self.frames:
            return head.i
        carried = self._carried.get(head.i, [])
        before = [predicate for predicate in carried if predicate < token.i]
        return max(before) if before else min(carried, default=None)

    def _read_places(self) -> None:
        for mention in self.arguments.analysis.mentions:
            entity = self.arguments.entity(mention.head)
            if entity is None or entity.type not in PLACES or mention.kind == "pronoun":
                continue
            token = self.doc[mention.head]
            if (mention.inner and not (token.dep_ == "compound" and token.head.i in self.frames)) or mention.form in {
                "adjective",
                "demonym",
            }:
                continue
            owner = self._owner_of_place(token, city=entity.type != "Country")
            if owner is not None:
                self.places.setdefault(owner, entity.id)

        self._read_relative_places()

    def _read_relative_places(self) -> None:
        """Read "Oslo, WHERE she will hold talks"."""
        for token in self.doc:
            if token.lower_ != "where" or token.head.dep_ not in RELATIVES:
                continue
            entity = self.arguments.entity(token.head.head.i)
            owner = self._owner(token, token.head)
            if owner is not None and entity is not None and entity.type in PLACES:
                self.places.setdefault(owner, entity.id)

    def _owner_of_place(self, token: Token, *, city: bool) -> int | None:
        mention = token
        placed = False
        for step in range(LONGEST_CLIMB):
            head = token.head
            preposition = preposition_of(token)
            if step == 0 and preposition in WHERE and token.i in self._carried:
                return self._owner(mention, token)  # "She will be IN CAIRO for talks": the place is what is said of her
            if head.i == token.i:
                return None
            owner = self._owner(mention, head)
            through = placed and (preposition in SIDES or token.dep_ in {"acl", *OBJECTS} or token.pos_ == "ADV")
            if owner is not None and (through or self._stands_at(token, head, preposition, owner, city=city)):
                return owner
            if token.dep_ in NAME_PARTS:
                if owner is not None:
                    return None
            elif preposition in WHERE:
                if not self._lets_through(head):
                    return None
                placed = True
            elif placed and self.arguments.entity(token.i) is not None and (preposition in SIDES or head.dep_ == "acl"):
                pass  # "talks with Brek in Bern", "talks involving experts in Bern": the parse hangs the place on the person
            elif placed and (token.dep_ == "acl" or token.pos_ == "ADV"):
                pass
            elif preposition != "of" or head.lemma_.lower() not in self.words.localities:
                return None
            token = head
        return None

    def _stands_at(self, token: Token, head: Token, preposition: str | None, owner: int, *, city: bool) -> bool:
        """Tell whether a noun stands to an encounter as its place: "talks IN Geneva", "the GENEVA talks", "visited GENEVA"."""
        if preposition is not None:
            return preposition in WHERE or (preposition == "to" and self.frames[owner].type.meeting == "visit")
        if token.dep_ in OBJECTS | {"nsubj:pass"}:
            return head.i == owner and self.frames[owner].type.meeting == "visit"
        return city and token.dep_ in {"compound", "amod", "nmod:unmarked"} and head.pos_ in {"NOUN", "PROPN"}

    def _lets_through(self, head: Token) -> bool:
        """Tell whether a phrase that hangs on a word may belong to what that word hangs on."""
        if head.pos_ == "ADV" or preposition_of(head) in WHERE or self.arguments.entity(head.i) is not None:
            return True
        if self.arguments.is_time(head.i):
            return True
        return head.dep_ == "acl" and head.tag_ == "VBN"

    def _read_times(self) -> None:
        for time in self.arguments.analysis.times:
            if time.value is None or not time.value[0].isdigit():
                continue
            span = self.doc.char_span(time.start, time.end, alignment_mode="expand")
            owner = self._owner_of_time(span.root) if span is not None else None
            if owner is None:
                continue
            known = self.times.get(owner)
            if known is None or (len(known.value or "") < len("YYYY-MM-DD") <= len(time.value)):
                self.times[owner] = time

    def _owner_of_time(self, token: Token) -> int | None:
        mention = token
        for _ in range(LONGEST_CLIMB):
            head = token.head
            owner = self._owner(mention, token if head.i == token.i else head)
            if owner is not None or head.i == token.i:
                return owner
            if token.dep_ not in {"appos", "conj"} and not self._lets_through(head):
                return None
            token = head
        return None
