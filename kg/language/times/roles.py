"""Give a time expression its role – deadline, when, duration, since, until, frequency – by the words and the verb around it.

The words that give a role stand outside the expression, as TimeML has it: in "by Thursday" a deadline is "Thursday". A deadline is:

- haste ("as soon as possible"), without a value, where a deadline was just named or something "will" be done; else it is only a wish;
- a time behind "by", "no later than", "due on", "in time for", unless the verb only tells the past or the time is over;
- a time behind "before", "between now and" or "within", where the sentence holds a plan or a duty;
- a time in front of "at the latest";
- a time behind "have until" or "gave them until";
- a time behind "beyond" where something is extended;
- the end of a term or mandate ("her term ends on 3 May"), and the day that a deadline or an expiry is said to have ("a deadline of
  Friday", "the Friday deadline", "expires on 22 June", "prepare for January 3"), also across a full stop: "The deadline is near. We
  would like it to be Friday."
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.language.times.atoms import Atoms
from kg.language.times.meanings import Haste, Length, Meaning, Offset, Range, Reference, Repeat
from kg.language.times.phrases import Phrase
from kg.language.times.scan import Scan
from kg.language.times.tense import BEING, CERTAIN, Clauses, head_of
from kg.language.times.viewpoint import Direction
from kg.records import TimeRole

SIMPLE = frozenset({"by", "on", "at", "in", "for", "of", "to", "from", "until", "till", "before", "around", "about"})
NEAR = 9
LASTING = frozenset({"for", "over", "during", "throughout", "through", "in"})
GIVING = frozenset("give gives gave given giving grant granted allow allowed".split())
OWNING = frozenset("have has had having got get".split())
DENYING = frozenset({"not", "n't", "n’t", "never"})
"""With them, "before" tells when something begins at the earliest: "will not open before May"."""
POINTING = frozenset({"it", "that", "this", "which"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role, and the meaning that it lays bare.

    ``firm``: the words name a deadline, so that it is one even where its day is past.
    """

    role: TimeRole
    meaning: Meaning
    firm: bool = False


def role_of(clauses: Clauses, phrase: Phrase, direction: Direction) -> Role:
    """Return the role of an expression."""
    match phrase.meaning:
        case Haste():
            return Role("deadline" if _is_promised(clauses, phrase) else "when", phrase.meaning)
        case Repeat():
            return Role("frequency", phrase.meaning)
        case Length():
            return _of_length(clauses.scan, phrase, phrase.meaning, direction)
    return _of_point(clauses, phrase, direction)


def _of_point(clauses: Clauses, phrase: Phrase, direction: Direction) -> Role:
    scan = clauses.scan
    if _is_bound(scan, phrase, direction):
        return Role("deadline", phrase.meaning)
    if _is_named(clauses, phrase):
        return Role("deadline", phrase.meaning, firm=True)
    if _behind(scan, phrase, "until") is not None or _behind(scan, phrase, "before_now") is not None:
        return Role("until", phrase.meaning)
    onward = scan.atoms.at(phrase.first - 1) == "from" and scan.atoms.at(phrase.end) in {"on", "onward", "onwards"}
    return Role("since" if onward or _behind(scan, phrase, "since") is not None else "when", phrase.meaning)


def _is_promised(clauses: Clauses, phrase: Phrase) -> bool:
    """Return whether haste binds: its verb stands behind "will", or its sentence names a deadline before it."""
    scan = clauses.scan
    for index in range(phrase.first - 1, max(-1, phrase.first - 25), -1):
        if scan.atoms.lower[index] in {".", "!", "?"}:
            break
        if scan.is_in("nouns", index):
            return True
    head = head_of(clauses, phrase)
    if head is None:
        return True
    verb = next((above for above in head.ancestors if above.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and any(child.dep_ == "aux" and child.lower_ in CERTAIN for child in verb.children)


def is_exclusive(scan: Scan, phrase: Phrase) -> bool:
    """Return whether the day of speaking itself cannot be meant ("by Sunday", said on a Sunday)."""
    return any(_behind(scan, phrase, name) is not None for name in ("by", "before", "before_now", "until"))


def outlook(scan: Scan, phrase: Phrase, role: Role, direction: Direction) -> Direction:
    """Return where the verb looks, given the role: a deadline lies ahead of who sets it, and where no verb says otherwise."""
    if role.role != "deadline":
        return direction
    if direction in {"present", "unknown"} or (direction == "past" and not role.firm and _is_obliging(scan, phrase)):
        return "future"
    was_set = any(scan.is_in("setting", index) for index in range(phrase.first - NEAR, phrase.end + NEAR))
    return "planned" if role.firm and direction == "past" and was_set else direction


def _behind(scan: Scan, phrase: Phrase, name: str) -> int | None:
    """Return where the longest of the named sequences begins that stand right in front of the expression."""
    lengths = [len(words) for words in scan.lexicon.phrases[name] if scan.atoms.precedes(phrase.first, words)]
    return phrase.first - max(lengths) if lengths else None


def _of_length(scan: Scan, phrase: Phrase, said: Length, direction: Direction) -> Role:
    ahead = direction in {"future", "planned"}
    if _behind(scan, phrase, "within") is not None:
        bound = ahead or _is_obliging(scan, phrase)
        return Role("deadline", Length(said.amount, 1)) if bound else Role("duration", said)
    before = scan.atoms.at(phrase.first - 1)
    if said.toward != 0:
        return Role("duration" if before in LASTING - {"in"} else "when", said)
    if before == "in" and ahead and scan.atoms.at(phrase.end) != "of":
        return Role("when", Offset(said.amount, 1))
    return Role("duration", said)


def _is_bound(scan: Scan, phrase: Phrase, direction: Direction) -> bool:
    """Return whether a preposition makes the expression a deadline."""
    if isinstance(phrase.meaning, Reference):
        return False
    by = _behind(scan, phrase, "by")
    ahead = direction != "past" or _is_obliging(scan, phrase)
    if by is not None and not isinstance(phrase.meaning, Range) and (ahead or phrase.first - by > 1):
        return True
    behind = _behind(scan, phrase, "before")
    denied = behind is not None and any(scan.atoms.at(index) in DENYING for index in range(behind - 4, behind))
    before = (behind is not None and not denied) or _behind(scan, phrase, "before_now") is not None
    beyond = _behind(scan, phrase, "beyond")
    if beyond is not None and any(scan.is_in("extending", index) for index in range(beyond - 1, max(-1, beyond - NEAR), -1)):
        return True
    return before and (direction in {"future", "planned"} or _is_obliging(scan, phrase))


def _is_named(clauses: Clauses, phrase: Phrase) -> bool:
    """Return whether the words around the expression name it as a deadline."""
    scan, atoms = clauses.scan, clauses.scan.atoms
    if isinstance(phrase.meaning, Reference):
        return False
    simple = phrase.first - 1 if atoms.at(phrase.first - 1) in SIMPLE else phrase.first
    if _behind(scan, phrase, "until") is not None:
        return _is_given(atoms, simple)
    return any(atoms.follows(phrase.end, words) for words in scan.lexicon.phrases["latest"]) or _is_tied(clauses, phrase, simple)


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


def _is_tied(clauses: Clauses, phrase: Phrase, simple: int) -> bool:
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
    words = clauses.scan.lexicon.words
    for token in (head, head.head):
        nouns = words["nouns"] | words["expiries"] | (words["terms"] if token.lower_ in words["endings"] else frozenset())
        subjects = (child for child in token.children if child.dep_ in {"nsubj", "nsubjpass", "nsubj:pass"})
        if any((token.head if child.lower_ in {"which", "that"} else child).lower_ in nouns for child in subjects):
            return True
    return False


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
