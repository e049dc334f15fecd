"""Find who holds which office: from titles beside names, appositions, copulas, and verbs that bring into an office or out of it.

In: the arguments of an analysed document. Out: Tenures in text order: the holder's head token, the tokens of the office's title, what
it is of, and from when to when. Limits: the holder has a name; holder and title stand in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.lexicon import ModalWords
from kg.extraction.modality import modality_of
from kg.extraction.relations.periods import UNKNOWN, Period, Phase, period_around
from kg.extraction.relations.role_words import OfficeWords
from kg.extraction.slots import is_copular, verb_slots
from kg.language.lexicon import Lexicon
from kg.language.syntax import preposition_of
from kg.records import Entity, Modality, Span

OWNING = frozenset({"from", "of"})
OUTSIDE = frozenset({"as", "at", "by", "during", "from", "in", "on", "since", "to", "under", "until", "with"})
"""Prepositions behind which stands whom or where an office is about, not what it is of."""
TITLE_PHRASES = frozenset({"for", "of", "on", "to"})
OWNERS = frozenset({"Country", "Organization"})
Manner = Literal["title", "clause"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One who holds an office.

    ``start`` and ``end`` are the tokens of its title, the end exclusive; ``evidence`` are the words that tell it.
    ``of`` is the state or organization that the office is of. ``ended`` tells that it was given up.
    """

    holder: Entity
    start: int
    end: int
    evidence: Span
    of: Entity | None = None
    manner: Manner = "clause"
    modality: Modality = "asserted"
    period: Period = UNKNOWN
    ended: bool = False


def find_tenures(arguments: Arguments, *, lexicon: Lexicon, words: OfficeWords, modal: ModalWords) -> Iterator[Tenure]:
    """Yield the offices that titles give to names, then those that clauses do."""
    titled: set[int] = set()
    for mention in arguments.analysis.mentions:
        holder = arguments.entity(mention.head)
        if mention.role is None or holder is None:
            continue
        start, end = mention.role
        titled.update(range(start, end))
        yield Tenure(
            holder=holder,
            start=start,
            end=end,
            evidence=arguments.span(min(start, mention.start), max(end, mention.end)),
            of=owner_of(start, end, arguments, words) or _owner_behind(arguments.doc[mention.head], arguments),
            manner="title",
        )
    for token in arguments.doc:
        if token.i not in titled and token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in lexicon.role_heads:
            yield from _told(token, arguments, words, modal)


def owner_of(start: int, end: int, arguments: Arguments, words: OfficeWords) -> Entity | None:
    """Return the state or organization that a title is of: its possessor, else what stands in it before "to", "in" or "at"."""
    doc = arguments.doc
    speaks = any(doc[i].lemma_.lower() in words.speaking for i in range(start, end))
    found: Entity | None = None
    outside = False
    for token in doc[max(start - 1, 0) : end]:
        if token.i < start and token.dep_ != "nmod:poss":
            continue
        if token.pos_ in {"ADP", "SCONJ"} or token.lower_ == "to":
            outside = token.lower_ in OUTSIDE or (token.lower_ == "for" and not speaks)
        entity = None if outside else arguments.entity(token.i)
        if entity is None or entity.type not in OWNERS:
            continue
        if token.dep_ == "nmod:poss":
            return entity
        found = found or entity
    return found


def _owner_behind(name: Token, arguments: Arguments) -> Entity | None:
    """Return what stands with "of" behind a name: "Foreign Minister Ana Diaz OF PERU"."""
    for child in name.rights:
        if child.dep_ == "nmod" and preposition_of(child) in OWNING:
            entity = arguments.entity(child.i)
            if entity is not None and entity.type in OWNERS:
                return entity
    return None


def _told(office: Token, arguments: Arguments, words: OfficeWords, modal: ModalWords) -> Iterator[Tenure]:
    """Yield the holders that a clause or an apposition gives to an office."""
    holders, governor, phase = _holders(office, arguments, words)
    if not holders:
        return
    start, end = title_bounds(office, arguments)
    told = modality_of(governor, modal) if governor.i != office.i or is_copular(office) else "asserted"
    for holder, head in holders:
        yield Tenure(
            holder=holder,
            start=start,
            end=end,
            evidence=arguments.around([start, end - 1, governor.i, head]),
            of=owner_of(start, end, arguments, words),
            modality=told,
            period=period_around(governor, arguments, phase=phase),
            ended=phase == "ended",
        )


def _holders(office: Token, arguments: Arguments, words: OfficeWords) -> tuple[list[tuple[Entity, int]], Token, Phase]:
    """Return who holds an office by the text, the token that says so, and whether it tells of the whole time, its begin or its end."""
    if is_copular(office):
        if "Plur" in office.morph.get("Number", []):
            return [], office, "held"
        return _persons(verb_slots(office).get("subject", ()), arguments), office, "held"
    if office.dep_ == "appos":
        return _persons([office.head.i], arguments), office, "held"
    if office.dep_ == "conj" and (office.head.dep_ == "appos" or is_copular(office.head)) and not _is_definite(office):
        # "Diaz, a lawyer and former envoy to Chad"
        holders, governor, phase = _holders(office.head, arguments, words)
        return holders, office if governor.i == office.head.i else governor, phase
    named = [child.i for child in office.rights if child.dep_ == "appos"]
    if named and "Plur" not in office.morph.get("Number", []):
        return _persons(named[:1], arguments), office, "held"
    return _by_verb(office, arguments, words)


def _by_verb(office: Token, arguments: Arguments, words: OfficeWords) -> tuple[list[tuple[Entity, int]], Token, Phase]:
    behind_as = _is_capacity(office)
    verb = office.head if office.head.pos_ == "VERB" or office.head.dep_ == "ROOT" else office.head.head
    lemma = verb.lemma_.lower()
    slots = verb_slots(verb) if verb.pos_ == "VERB" else {}
    if lemma in words.appointing and (behind_as or office.dep_ in {"xcomp", "obj", "iobj", "ccomp"}):
        objects = [*slots.get("object", ()), *(child.i for child in verb.children if child.dep_ == "iobj")]
        return _persons([i for i in objects if i != office.i], arguments), verb, "begun"
    if lemma in words.entering and (behind_as or (lemma == "become" and office.dep_ in {"xcomp", "obj"})):
        return _persons(slots.get("subject", ()), arguments), verb, "begun"
    if behind_as and lemma in words.serving:
        return _persons(slots.get("subject", ()), arguments), verb, "held"
    if behind_as and lemma in words.leaving:
        return _persons(slots.get("subject", ()), arguments), verb, "ended"
    return [], verb, "held"


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ == "the" or child.dep_ == "appos" for child in noun.children)


def _is_capacity(noun: Token) -> bool:
    """Tell whether a noun stands behind "as"."""
    return any(child.dep_ in {"case", "mark"} and child.lower_ == "as" for child in noun.children)


def _persons(heads: Iterable[int], arguments: Arguments) -> list[tuple[Entity, int]]:
    found = []
    for head in heads:
        entity = arguments.entity(head)
        if entity is not None and entity.type == "Person" and entity.named:
            found.append((entity, head))
    return found


def title_bounds(office: Token, arguments: Arguments) -> tuple[int, int]:
    """Return the tokens of a title around its noun: "Peru's deputy envoy to Chad", without article, pronoun, clauses and times."""
    start, end = office.i, office.i + 1
    for child in office.lefts:
        if child.dep_ in {"amod", "compound", "nmod:poss", "nmod:desc", "flat", "punct"} and child.pos_ not in {"PRON", "DET"}:
            start = min(start, child.left_edge.i) if child.dep_ != "punct" else start
    for child in office.rights:
        phrase = child.dep_ == "nmod" and preposition_of(child) in TITLE_PHRASES and not arguments.is_time(child.i)
        if not phrase and child.dep_ not in {"flat", "compound"}:
            break
        end = _phrase_end(child)
    while start < office.i and arguments.doc[start].pos_ in {"DET", "PRON", "PUNCT"}:
        start += 1
    return start, end


def _phrase_end(noun: Token) -> int:
    """Return the end of a phrase without its clauses and what stands behind a comma."""
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ in {"punct", "acl", "acl:relcl", "appos", "parataxis"}:
            break
        end = _phrase_end(child)
    return end
