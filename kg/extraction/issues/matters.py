"""From the words that a predicate governs to the matters they name.

In: a token that fills a frame's slot. Out: Matters: what stands behind empty heads ("the question of X"), the items of lists
("issues including A and B"), and clauses as noun phrases ("to withdraw its troops" is the withdrawal of troops).
Limits: a matter lies in its predicate's sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, Arguments
from kg.extraction.issues.labels import EMPTY, IN_LABELS, LONGEST, Wording, lemma_of
from kg.extraction.issues.words import IssueWords
from kg.extraction.nominals import load_nominals
from kg.language.syntax import OBJECTS, conjuncts, passive_subject, preposition_of, subject_of

DEEPEST = 5
"""How many empty heads are skipped one behind the other."""
BEHIND_NOUNS = ("of", "on", "over", "about", "regarding", "concerning", "for", "to", "in", "towards", "toward", "against")
"""The prepositions behind which a matter stands, the likeliest first."""
BEHIND_VERBS = ("on", "to", "upon", "about", "over", "for", "in", "with", "towards", "toward", "from", "against")
LISTS = frozenset(("including", "such", "like", "namely", "include", "notably"))
CLAUSAL = frozenset(("acl", "csubj", "ccomp", "advcl"))
MOVES = frozenset(("departure", "return", "withdrawal"))
"""The nouns of verbs whose object is a place: what leaves is their subject."""
LETTING = frozenset(("allow", "enable", "help", "let", "make", "permit"))
"""Verbs of somebody's doing something: the matter of "let the troops STAY" is the stay."""
LONGEST_NAME = 40
"""The most characters of a name in a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a phrase names: its head token, a label, how much it says (0 to 1), its content words, and the empty heads before it.

    ``forum`` is true for talks about a matter that is given too: they are one of their own only where they are what is agreed.
    """

    head: int
    label: str
    worth: float
    words: tuple[int, ...] = ()
    skipped: tuple[str, ...] = ()
    forum: bool = False


class Matters:
    """Finds and names matters in one document."""

    def __init__(self, arguments: Arguments, words: IssueWords) -> None:
        self._arguments = arguments
        self._words = words
        self._doc = arguments.doc
        self._nouns = load_nominals().nouns
        self._wording = Wording(arguments, words)

    def find(self, head: int) -> Iterator[Matter]:
        """Yield the matters that a token and what hangs on it name; none for people, places, times and pronouns."""
        yield from self._of(self._doc[head], skipped=())

    def of_noun(self, head: int) -> Iterator[Matter]:
        """Yield the matters that a noun names, also where it is what a copula says of its subject."""
        yield from self._of_noun(self._doc[head], skipped=())

    def _of(self, token: Token, *, skipped: tuple[str, ...]) -> Iterator[Matter]:
        if len(skipped) > DEEPEST:
            return
        if token.pos_ in {"VERB", "AUX"} or any(
            child.dep_ == "cop" or (token.pos_ == "ADJ" and child.dep_ == "obl") for child in token.children
        ):
            yield from self._of_clause(token, skipped=skipped)
        elif token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
            yield from self._of_noun(token, skipped=skipped)

    def _of_noun(self, noun: Token, *, skipped: tuple[str, ...]) -> Iterator[Matter]:
        lemma = lemma_of(noun)
        words = self._words
        if lemma in words.listing and self._has_clause(noun):
            label = self._arguments.label(noun.i)
            yield Matter(head=noun.i, label=label, worth=0.8, words=(noun.i,), skipped=skipped)
            return
        if lemma in words.listing:
            items = [item for first in listed(noun) for item in self._each(first, skipped=(*skipped, lemma))]
            if items:
                yield from items
                for inner in complements(noun):
                    if preposition_of(inner) in {"on", "about", "regarding"}:
                        yield from self._each(inner, skipped=(*skipped, lemma))
                return
        if self._wording.is_somebody(noun) or self._arguments.is_time(noun.i):
            return
        if lemma in words.transparent:
            behind = [matter for inner in complements(noun) for matter in self._each(inner, skipped=(*skipped, lemma))]
            if behind:
                yield from behind
                if lemma in words.forums:
                    talks = self._wording.label(noun)[0]
                    topic = talks if behind[0].label in talks else f"{talks} on {behind[0].label}"
                    yield Matter(head=noun.i, label=topic, worth=0.75, words=(noun.i,), skipped=skipped, forum=True)
                return
        if noun.pos_ in {"NOUN", "PROPN"}:
            yield self._named(noun, skipped=skipped, forum=lemma in words.forums)

    def _named(self, noun: Token, *, skipped: tuple[str, ...], forum: bool) -> Matter:
        label, content = self._wording.label(noun)
        worth = self._wording.worth(noun, content) if content else 0.0
        return Matter(head=noun.i, label=label, worth=worth, words=content, skipped=skipped, forum=forum)

    def _has_clause(self, noun: Token) -> bool:
        """Tell whether an empty noun says what it is by a clause: "items THAT INVOLVE both unions"."""
        return any(
            child.dep_ in {"acl:relcl", "relcl", "acl"}
            and child.lemma_.lower() in {"involve", "concern", "affect", "touch", "relate"}
            for child in noun.children
        )

    def _each(self, first: Token, *, skipped: tuple[str, ...]) -> Iterator[Matter]:
        tokens = [first] if first.pos_ in {"VERB", "AUX"} else list(conjuncts(first))
        for token in tokens:
            yield from self._of(token, skipped=skipped)

    def _of_clause(self, verb: Token, *, skipped: tuple[str, ...]) -> Iterator[Matter]:
        lemma = particled(verb)
        items = [item for first in listed(verb) for item in self._each(first, skipped=skipped)]
        if items:
            yield from items
            return
        done_to = [child for child in verb.children if child.dep_ in OBJECTS] or [
            t for t in (passive_subject(verb),) if t is not None
        ]
        noun = self._nouns.get(lemma) if lemma not in self._words.light else None
        if noun == "departure" and any(not self._is_ground(target) for target in done_to):
            noun = None  # bags are left, too
        if noun is not None:
            yield from self._nominal(verb, noun, done_to, skipped=skipped)
            return
        governed = [*_left_to_do(verb), *done_to]
        if lemma in self._words.light or not governed:
            governed += [child for child in verb.children if child.dep_ in {"xcomp", "ccomp"}]
            governed += sorted(
                (c for c in verb.children if c.dep_.startswith("obl") and preposition_of(c) in BEHIND_VERBS),
                key=lambda c: BEHIND_VERBS.index(preposition_of(c) or ""),
            )
        for inner in governed:
            found = list(self._each(inner, skipped=(*skipped, lemma)))
            if found:
                yield from found
                return
        for subject in verb.children:
            if subject.dep_ in {"nsubj", "csubj"} and subject.lower_ not in {"what", "who", "which", "that"}:
                if verb.pos_ == "VERB" and not self._wording.is_negotiable(subject):
                    continue  # of tanks that move no matter is made
                yield from self._each(subject, skipped=(*skipped, lemma))

    def _nominal(self, verb: Token, noun: str, done_to: list[Token], *, skipped: tuple[str, ...]) -> Iterator[Matter]:
        """Yield the noun of a verb with what it is done to, where it leads, or who does it: "release of prisoners", "return of X"."""
        targets = [inner for first in done_to for inner in conjuncts(first) if inner.pos_ not in {"PRON", "DET"}]
        if noun in MOVES:
            targets = [target for target in targets if not self._is_ground(target)]
        subject = subject_of(verb)
        for child in verb.children:
            preposition = preposition_of(child)
            if targets or not child.dep_.startswith("obl") or preposition not in IN_LABELS or self._arguments.is_time(child.i):
                continue
            if child.pos_ in {"PRON", "DET"}:
                continue
            label, words = self._wording.label(child)
            if words:
                who = self._owner(subject, verb)
                yield Matter(head=verb.i, label=f"{noun}{who} {preposition} {label}", worth=0.9, words=words, skipped=skipped)
                return
        if not targets and not done_to and self._owner(subject, verb):
            yield Matter(head=verb.i, label=f"{noun}{self._owner(subject, verb)}", worth=0.9, words=(verb.i,), skipped=skipped)
        for token in targets[:1]:
            label, words = self._wording.label(token)
            if words:
                worth = 0.9 if self._wording.worth(token, words) >= EMPTY else EMPTY
                where = self._direction(verb) if len(words) < LONGEST - 1 else ""
                yield Matter(head=token.i, label=f"{noun} of {label}{where}", worth=worth, words=words, skipped=skipped)

    def _is_ground(self, noun: Token) -> bool:
        return self._wording.is_somebody(noun) or noun.lemma_.lower() in self._words.grounds

    def _direction(self, verb: Token) -> str:
        """Return " to X" for where something is done to: "sending of troops to the border"."""
        for child in verb.children:
            preposition = preposition_of(child)
            if (
                child.dep_.startswith("obl")
                and preposition in {"to", "from", "into", "in"}
                and not self._arguments.is_time(child.i)
            ):
                label, words = self._wording.label(child)
                return f" {preposition} {label}" if 0 < len(words) < LONGEST // 2 + 1 else ""
        return ""

    def _owner(self, subject: Token | None, verb: Token) -> str:
        """Return " of X" for the actor that does something, by its name; nothing where no name is known."""
        if subject is None or subject.i == verb.head.i:
            return ""
        entity = self._arguments.entity(subject.i)
        if subject.pos_ == "NOUN":
            return f" of {self._wording.label(subject)[0]}"
        return f" of {entity.name}" if entity is not None and entity.type in ACTORS and len(entity.name) < LONGEST_NAME else ""


def _left_to_do(verb: Token) -> list[Token]:
    """Return what somebody is let, made or helped to do, which is the matter rather than the one who does it."""
    if verb.lemma_.lower() not in LETTING or not any(child.dep_ in OBJECTS for child in verb.children):
        return []
    return [child for child in verb.children if child.dep_ == "xcomp" and child.pos_ == "VERB"]


def particled(verb: Token) -> str:
    """Return a verb's lemma with its particle: "come back", "pull out"."""
    particle = next(
        (c for c in verb.rights if c.dep_ in {"compound:prt", "prt"} or (c.dep_ == "advmod" and c.lower_ == "back")), None
    )
    return f"{verb.lemma_.lower()} {particle.lower_}" if particle is not None else str(verb.lemma_.lower())


def listed(head: Token) -> Iterator[Token]:
    """Yield the first item of each list that a token announces: "issues INCLUDING …", "four aspects: …", "such as …"."""
    for child in head.children:
        apposed = child.dep_ == "appos" and child.i > head.i and child.pos_ in {"NOUN", "PROPN"}
        if apposed or (child.dep_.startswith(("nmod", "obl")) and preposition_of(child) in LISTS):
            yield child
        elif child.dep_ in {"acl", "advcl"} and child.lower_ in {"including", "concerning", "regarding", "involving"}:
            yield from (inner for inner in child.children if inner.dep_ in OBJECTS)
        elif child.dep_ in {"acl:relcl", "acl"}:
            for inner in child.subtree:
                if inner.dep_.startswith(("nmod", "obl")) and preposition_of(inner) in {"including", "such"}:
                    yield inner


def complements(noun: Token) -> Iterator[Token]:
    """Yield what stands behind a noun's preposition or in its infinitive, the likeliest first."""
    behind = [child for child in noun.rights if child.dep_ == "nmod" and preposition_of(child) in BEHIND_NOUNS]
    yield from sorted(behind, key=lambda child: BEHIND_NOUNS.index(preposition_of(child) or ""))[:1]
    for child in noun.children:
        if child.i > noun.i and (
            (child.dep_ == "acl" and child.tag_ == "VBN") or child.dep_ == "amod"
        ):  # "conditions laid down FOR IT"
            yield from (
                c for c in child.children if c.dep_.startswith("obl") and preposition_of(c) in {"for", "on", "about", "to"}
            )
    yield from (child for child in noun.children if child.dep_ in CLAUSAL and (child.tag_ == "VB" or is_embedded(child)))


def is_embedded(verb: Token) -> bool:
    """Tell whether a clause stands behind a preposition: "progress IN lifting it", "details ON what the package looks like"."""
    return any(child.dep_ in {"mark", "case"} and child.lower_ in BEHIND_NOUNS for child in verb.children)
