"""Give a time expression its role – deadline, when, duration, since, until, frequency – by the words and the verb around it.

A deadline's span takes the preposition along ("by Thursday", "on 22 June" behind "expires"); every other span is the expression
alone. A deadline is:

- a wish for haste ("as soon as possible"), without a value;
- a time behind "by", "no later than", "due on", "in time for", unless the verb only tells the past or the time is over;
- a time behind "before", "between now and" or "within", where the sentence holds a plan or a duty;
- a time in front of "at the latest";
- a time behind "have until" or "gave them until";
- the day that a deadline or an expiry is said to have ("a deadline of Friday", "the Friday deadline", "expires on 22 June",
  "prepare for January 3"), also across a full stop: "The deadline is near. We would like it to be Friday."
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.language.times.atoms import Atoms
from kg.language.times.meanings import Haste, Length, Meaning, Offset, Range, Reference, Repeat
from kg.language.times.phrases import Phrase
from kg.language.times.scan import Scan
from kg.language.times.tense import BEING, Clauses, head_of
from kg.language.times.viewpoint import Direction
from kg.records import TimeRole

SIMPLE = frozenset({"by", "on", "at", "in", "for", "of", "to", "from", "until", "till", "before", "around", "about"})
NEAR = 9
LASTING = frozenset({"for", "over", "during", "throughout", "through", "in"})
GIVING = frozenset("give gives gave given giving grant granted allow allowed".split())
OWNING = frozenset("have has had having got get".split())
POINTING = frozenset({"it", "that", "this", "which"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role, the piece where its span begins, the piece behind its end, and the meaning that the role lays bare.

    ``firm``: the words name a deadline, so that it is one even where its day is past.
    """

    role: TimeRole
    first: int
    end: int
    meaning: Meaning
    firm: bool = False


def role_of(clauses: Clauses, phrase: Phrase, direction: Direction, *, after: int) -> Role:
    """Return the role of an expression; its span begins no earlier than the piece ``after``."""
    match phrase.meaning:
        case Haste():
            return _plain("deadline", phrase)
        case Repeat():
            return _plain("frequency", phrase)
        case Length():
            return _of_length(clauses.scan, phrase, phrase.meaning, direction, after=after)
    return _of_point(clauses, phrase, direction, after=after)


def _of_point(clauses: Clauses, phrase: Phrase, direction: Direction, *, after: int) -> Role:
    scan = clauses.scan
    bound = _preposition(scan, phrase, direction)
    if bound is not None:
        return _deadline(scan, phrase, bound, after=after, firm=False)
    named = _named(clauses, phrase)
    if named is not None:
        return _deadline(scan, phrase, named, after=after, firm=True)
    if _behind(scan, phrase, "until") is not None or _behind(scan, phrase, "before_now") is not None:
        return _plain("until", phrase)
    onward = scan.atoms.at(phrase.first - 1) == "from" and scan.atoms.at(phrase.end) in {"on", "onward", "onwards"}
    return _plain("since" if onward or _behind(scan, phrase, "since") is not None else "when", phrase)


def is_exclusive(scan: Scan, phrase: Phrase) -> bool:
    """Return whether the day of speaking itself cannot be meant ("by Sunday", said on a Sunday)."""
    return any(_behind(scan, phrase, name) is not None for name in ("by", "before", "before_now", "until"))


def outlook(scan: Scan, phrase: Phrase, role: Role, direction: Direction) -> Direction:
    """Return where the verb looks, given the role: a deadline lies ahead of who sets it, and where no verb says otherwise."""
    if role.role != "deadline":
        return direction
    if direction in {"present", "unknown"}:
        return "future"
    was_set = any(scan.is_in("setting", index) for index in range(phrase.first - NEAR, phrase.end + NEAR))
    return "planned" if role.firm and direction == "past" and was_set else direction


def _plain(role: TimeRole, phrase: Phrase) -> Role:
    return Role(role, phrase.first, phrase.end, phrase.meaning)


def _behind(scan: Scan, phrase: Phrase, name: str) -> int | None:
    """Return where the longest of the named sequences begins that stand right in front of the expression."""
    lengths = [len(words) for words in scan.lexicon.phrases[name] if scan.atoms.precedes(phrase.first, words)]
    return phrase.first - max(lengths) if lengths else None


def _of_length(scan: Scan, phrase: Phrase, said: Length, direction: Direction, *, after: int) -> Role:
    within = _behind(scan, phrase, "within")
    if within is not None:
        bound = direction in {"future", "planned"} or _is_obliging(scan, phrase)
        limit = replace(_deadline(scan, phrase, within, after=after, firm=False), meaning=Length(said.amount, 1))
        return limit if bound else _plain("duration", phrase)
    before = scan.atoms.at(phrase.first - 1)
    if said.toward != 0:
        return _plain("duration" if before in LASTING - {"in"} else "when", phrase)
    if before == "in" and direction in {"future", "planned"} and scan.atoms.at(phrase.end) != "of":
        return Role("when", phrase.first, phrase.end, Offset(said.amount, 1))
    return _plain("duration", phrase)


def _preposition(scan: Scan, phrase: Phrase, direction: Direction) -> int | None:
    """Return where the preposition begins that makes the expression a deadline, or None."""
    if isinstance(phrase.meaning, Reference):
        return None
    by = _behind(scan, phrase, "by")
    if by is not None and not isinstance(phrase.meaning, Range) and (direction != "past" or phrase.first - by > 1):
        return by
    for name in ("before", "before_now"):
        before = _behind(scan, phrase, name)
        if before is not None and (direction in {"future", "planned"} or _is_obliging(scan, phrase)):
            return before
    return None


def _named(clauses: Clauses, phrase: Phrase) -> int | None:
    """Return where a deadline's span begins that the words around it name as one, or None."""
    scan, atoms = clauses.scan, clauses.scan.atoms
    if isinstance(phrase.meaning, Reference):
        return None
    simple = phrase.first - 1 if atoms.at(phrase.first - 1) in SIMPLE else phrase.first
    if _behind(scan, phrase, "until") is not None:
        return simple if _is_given(atoms, simple) else None
    latest = any(atoms.follows(phrase.end, words) for words in scan.lexicon.phrases["latest"])
    return simple if latest or _is_named(clauses, phrase, simple) else None


def _is_given(atoms: Atoms, until: int) -> bool:
    """Return whether somebody has, or is given, the time until the expression."""
    return atoms.at(until - 1) in OWNING or any(atoms.at(index) in GIVING for index in range(until - 5, until))


def _is_obliging(scan: Scan, phrase: Phrase) -> bool:
    """Return whether a word of plan or duty stands in the sentence before the expression."""
    for index in range(phrase.first - 1, max(-1, phrase.first - 25), -1):
        if scan.atoms.lower[index] in {".", "!", "?"}:
            return False
        if scan.is_in("obliging", index):
            return True
    return False


def _is_named(clauses: Clauses, phrase: Phrase, simple: int) -> bool:
    """Return whether a deadline, an expiry or a preparation is tied to the expression."""
    scan = clauses.scan
    if _deadline_behind(scan, phrase) or _linked(scan, simple):
        return True
    if scan.atoms.at(simple) == "for" and any(scan.is_in("targets", index) for index in range(simple - 3, simple)):
        return True
    return _has_deadline_subject(clauses, phrase) or _is_that_deadline(scan, phrase)


def _deadline_behind(scan: Scan, phrase: Phrase) -> bool:
    """Return whether the expression stands in front of a deadline: "Friday('s) deadline", "Friday as the deadline"."""
    end = phrase.end
    if scan.atoms.at(end) == "as":
        end += 2 if scan.atoms.at(end + 1) in {"the", "a", "its", "their", "his", "her", "our"} else 1
    elif scan.atoms.at(end) in {"'s", "’s", "-"}:
        end += 1
    return scan.is_in("nouns", end) or (scan.is_word(end) and scan.atoms.at(end - 1) != "." and scan.is_in("nouns", end + 1))


def _linked(scan: Scan, simple: int) -> bool:
    """Return whether a deadline stands shortly before, with nothing but link words between, or an expiry with its noun phrase."""
    bare = True
    for index in range(simple - 1, max(-1, simple - NEAR), -1):
        word = scan.atoms.lower[index]
        if scan.is_in("expiries", index) or (bare and scan.is_in("nouns", index)):
            return True
        if word in {".", ",", ";", "!", "?", "and", "but"}:
            return False
        bare = bare and scan.is_in("links", index)
    return False


def _has_deadline_subject(clauses: Clauses, phrase: Phrase) -> bool:
    """Return whether the expression, or the verb right above it, has a deadline for its subject."""
    head = head_of(clauses, phrase)
    if head is None:
        return False
    nouns = clauses.scan.lexicon.words["nouns"] | clauses.scan.lexicon.words["expiries"]
    return any(
        child.dep_ in {"nsubj", "nsubjpass", "nsubj:pass"} and child.lower_ in nouns
        for token in (head, head.head)
        for child in token.children
    )


def _is_that_deadline(scan: Scan, phrase: Phrase) -> bool:
    """Return whether "it is/to be" the expression, where this sentence or the one before names a deadline."""
    atoms, first = scan.atoms, phrase.first
    if atoms.at(first - 1) not in BEING or not any(atoms.at(index) in POINTING for index in range(first - 4, first - 1)):
        return False
    stops = 0
    for index in range(first - 1, max(-1, first - 60), -1):
        if atoms.lower[index] in {".", "!", "?"}:
            stops += 1
        if stops > 1:
            return False
        if scan.is_in("nouns", index):
            return True
    return False


def _deadline(scan: Scan, phrase: Phrase, first: int, *, after: int, firm: bool) -> Role:
    """Return the role with its preposition, unless that belongs to the expression before; "at the latest" belongs to it too."""
    end = phrase.end
    for words in scan.lexicon.phrases["latest"]:
        if scan.atoms.follows(end, words):
            end += len(words)
    return Role("deadline", first if first >= after else phrase.first, end, phrase.meaning, firm)
