"""Tell where the verb that governs a time looks: back, ahead, or ahead of a past ("was to meet on Friday").

With a parse (UD or ClearNLP labels) the verb is the nearest one above the expression. Without one it is the nearest word of
tense in the sentence, to the left first.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.language.times.phrases import Phrase
from kg.language.times.scan import Scan
from kg.language.times.viewpoint import Direction

REACH = 15
MODALS = frozenset("will shall wo 'll ’ll may might can could must should ca would need".split())
CERTAIN = frozenset("will wo 'll ’ll shall".split())
HAVING = frozenset("have has had having 've ’ve".split())
BEING = frozenset("be is are am was were been being 's ’s 're ’re 'm ’m".split())
PAST_HELPERS = frozenset({"was", "were", "did", "had"})
AIMS = frozenset("for by until till before within".split())
OPENINGS = frozenset("starting beginning commencing effective".split())
HELPERS = frozenset({"aux", "auxpass", "aux:pass", "cop", "mark"})
TOLD = frozenset("would set scheduled expected planned due".split())
ENDINGS = frozenset({".", "!", "?", ";"})


@dataclass(frozen=True, slots=True)
class Clauses:
    """The pieces of a text beside its syntax, where there is one: the parsed Doc and the begin of each token."""

    scan: Scan
    doc: Doc | None
    begins: Sequence[int]


def clauses_of(scan: Scan, doc: Doc) -> Clauses:
    """Bring a text's pieces together with its parse; without dependencies and tags the words alone must do."""
    parsed = doc.has_annotation("DEP") and doc.has_annotation("TAG")
    return Clauses(scan, doc if parsed else None, [token.idx for token in doc] if parsed else ())


def token_at(clauses: Clauses, piece: int) -> Token | None:
    """Return the token that holds the piece of this index."""
    if clauses.doc is None or not 0 <= piece < len(clauses.scan.atoms):
        return None
    index = bisect.bisect_right(clauses.begins, clauses.scan.atoms.start[piece]) - 1
    return clauses.doc[index] if index >= 0 else None


def head_of(clauses: Clauses, phrase: Phrase) -> Token | None:
    """Return the token of the expression that hangs on a word outside of it."""
    first, last = token_at(clauses, phrase.first), token_at(clauses, phrase.end - 1)
    if first is None or last is None:
        return None
    for index in range(first.i, last.i + 1):
        token = first.doc[index]
        if not first.i <= token.head.i <= last.i or token.head.i == token.i:
            return token
    return first


def direction_of(clauses: Clauses, phrase: Phrase) -> Direction:
    """Return where the verb looks that governs the expression."""
    scan, head = clauses.scan, head_of(clauses, phrase)
    before = scan.atoms.at(phrase.first - 1)
    direction = _by_words(scan, phrase) if head is None else _above(scan, head, aimed=before in AIMS)
    if before in OPENINGS:
        # A participle without a tense: what it opens lies ahead, or near where the clause tells the past.
        return "unknown" if direction == "past" else "planned"
    return direction


def _above(scan: Scan, head: Token, *, aimed: bool) -> Direction:
    """Return the direction of the nearest verb at or above ``head`` that has one."""
    token = head
    for _ in range(REACH):
        if _is_verbal(token):
            direction = _of_verb(scan, token, aimed=aimed)
            if direction is not None:
                return direction
        elif token.i != head.i:
            aimed = True
        if token.head.i == token.i:
            break
        token = token.head
    return "unknown"


def _is_verbal(token: Token) -> bool:
    return token.tag_[:2] in {"VB", "MD"} or any(child.dep_ == "cop" for child in token.children)


def _of_verb(scan: Scan, verb: Token, *, aimed: bool) -> Direction | None:
    """Return the direction of one verb with its auxiliaries; None where it is a participle without a tense of its own."""
    helpers = [child for child in verb.children if child.dep_ in HELPERS]
    forms = {child.lower_ for child in helpers if child.dep_ != "mark"}
    if forms & MODALS or (forms & {"'d", "’d"} and verb.tag_ == "VB"):
        return _of_modal(forms)
    if any(child.tag_ == "TO" for child in helpers):
        return _of_infinitive(scan, verb, forms, aimed=aimed)
    lemma = verb.lemma_.lower() or verb.lower_
    past = verb.tag_ == "VBD" or bool(forms & PAST_HELPERS) or (verb.tag_ in {"VBN", "VBG"} and bool(forms & HAVING))
    past = past or (verb.tag_ == "VBN" and not forms and verb.head.i != verb.i)
    if lemma in scan.lexicon.words["planned"] or (aimed and lemma in scan.lexicon.words["wanted"]):
        return "planned" if past else "future"
    if past:
        return "past"
    if verb.tag_ == "VBG":
        return "future" if forms else None
    return "future" if verb.tag_ == "VB" else "present"


def _of_modal(forms: set[str]) -> Direction:
    if forms & HAVING and not forms & CERTAIN:
        return "past"
    return "planned" if "would" in forms else "future"


def _of_infinitive(scan: Scan, verb: Token, forms: set[str], *, aimed: bool) -> Direction:
    """Return the direction of "to" + verb by the verb above it: "is to meet", "agreed to meet", "failed to meet"."""
    if forms & HAVING:
        return "past"
    if forms & BEING - {"be", "been", "being"}:
        return "planned" if forms & PAST_HELPERS else "future"
    above = verb.head
    if above.i == verb.i:
        return "planned"
    lemma = above.lemma_.lower() or above.lower_
    begun = lemma in scan.lexicon.words["begun"]
    if not begun and (lemma in scan.lexicon.words["wanted"] or lemma in scan.lexicon.words["planned"]):
        return "planned"
    outer = _of_verb(scan, above, aimed=aimed) if _is_verbal(above) else _above(scan, above, aimed=True)
    if begun:
        return outer or "unknown"
    return "unknown" if outer in {"past", "unknown"} else "future"


def _by_words(scan: Scan, phrase: Phrase) -> Direction:
    """Return the direction of the nearest word of tense in the sentence, looking left before right."""
    first, last = _sentence(scan, phrase)
    for index in (*range(phrase.first - 1, first - 1, -1), *range(phrase.end, last)):
        direction = _of_word(scan, index)
        if direction is not None:
            return _under_auxiliary(scan, index, first, direction)
    return "unknown"


def _under_auxiliary(scan: Scan, index: int, first: int, direction: Direction) -> Direction:
    """Mend a participle's direction by what stands shortly before it: "will be held", "are to be held"."""
    before = range(max(first, index - 3), index)
    if direction != "past":
        return direction
    if any(scan.is_in("ahead", one) for one in before):
        return "future"
    return "planned" if any(scan.atoms.follows(one, ("to", "be")) for one in before) else "past"


def _of_word(scan: Scan, index: int) -> Direction | None:
    word = scan.atoms.lower[index]
    if word in scan.lexicon.words["ahead"]:
        told = word in TOLD or scan.atoms.at(index - 1) in PAST_HELPERS
        return "planned" if told else "future"
    if (
        word == "to"
        and scan.is_word(index + 1)
        and not scan.atoms.is_capital(index + 1)
        and not scan.is_in("articles", index + 1)
    ):
        return "planned"
    if word in scan.lexicon.words["behind"]:
        return "past"
    if word.endswith("ed") and len(word) > 4 and scan.is_word(index) and not scan.atoms.is_capital(index):
        return "past"
    return None


def _sentence(scan: Scan, phrase: Phrase) -> tuple[int, int]:
    """Return the bounds of the sentence around the expression, no further than ``REACH`` pieces away."""
    first = phrase.first
    while first > max(0, phrase.first - REACH) and not is_end(scan, first - 1):
        first -= 1
    last = phrase.end
    while last < min(len(scan.atoms), phrase.end + REACH) and not is_end(scan, last):
        last += 1
    return first, last


def is_end(scan: Scan, index: int) -> bool:
    """Return whether the piece at ``index`` ends a sentence or a paragraph."""
    return scan.atoms.lower[index] in ENDINGS or scan.atoms.kind[index] == "break"
