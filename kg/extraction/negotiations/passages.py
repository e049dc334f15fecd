"""Find the passages that tell of negotiations: of a process, or of somebody who helps one.

In: frames that tell of a process, a contact or a mediation. Out: Passages in text order, each with what its own clause tells. Which of
them are of one process is decided in ``kg.extraction.negotiations.reading``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.clauses import clause_bounds
from kg.extraction.frames import Frame
from kg.extraction.lexicon import NegotiationWords
from kg.extraction.negotiations.terms import term_of
from kg.extraction.slots import is_copular, measured
from kg.language.names import plain_name
from kg.language.syntax import OBJECTS, RELATIVES, conjuncts, preposition_of, subject_of
from kg.records import Modality, Span

SIDES = ("subject", "owner", "between", "among", "with", "of", "involving")
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "our"})


@dataclass(slots=True, kw_only=True)
class Passage:
    """What one clause tells of a process; ``predicates`` are the tokens it was read from.

    ``apart`` tells that it is one beside another ("separate talks"), ``process`` that its noun or verb means a process by itself,
    ``own`` that it can stand alone; ``disputants`` are those whose dispute it is about.
    """

    predicates: set[int]
    parties: dict[str, None] = field(default_factory=dict)
    disputants: tuple[str, ...] = ()
    mediators: dict[str, None] = field(default_factory=dict)
    matter: str | None = None
    name: str | None = None
    begin: str | None = None
    end: str | None = None
    modality: Modality = "asserted"
    spans: list[Span] = field(default_factory=list)
    definite: bool = False
    process: bool = False
    apart: bool = False
    own: bool = True


def parties_and_mediators(
    frame: Frame, arguments: Arguments, *, words: NegotiationWords
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of those who negotiate and of those who help them, as far as the frame of a process tells."""
    token = arguments.doc[frame.predicate]
    mediators = dict.fromkeys((*_in_words(token, arguments, words), *_helpers(token, arguments, words)))
    governor = measured(token).head
    heads = [head for slot in SIDES for head in frame.slots.get(slot, ()) if not _is_in_a_role(arguments.doc[head])]
    if frame.part == "noun":
        heads += _subjects(token)
    if frame.part == "noun" and _is_helped(governor, token, words):
        host = [child.i for child in governor.children if child.dep_ in {"nsubj", "obl:agent"}]
        mediators.update(dict.fromkeys(arguments.actors(host)))
        heads = [head for head in heads if head not in frame.slots.get("subject", ())]
    parties = [party for party in arguments.actors(heads) if party not in mediators]
    return tuple(parties), tuple(mediators)


def _is_in_a_role(noun: Token) -> bool:
    """Tell whether somebody is there as something else than a party: "with Cuba AS host"."""
    first = noun
    while first.dep_ == "conj":
        first = first.head
    return any(preposition_of(child) == "as" for one in (noun, first) for child in one.children)


def _subjects(noun: Token) -> list[int]:
    """Return who is said to be in a process ("they ARE IN talks"), or whose it is by a pronoun ("both extended THEIR talks")."""
    heads = [child for child in noun.children if child.dep_ == "nsubj" and any(c.dep_ == "cop" for c in noun.children)]
    if any(child.lower_ == "their" for child in noun.lefts) and measured(noun).dep_ in OBJECTS:
        subject = subject_of(noun.head)
        heads += [] if subject is None else [subject]
    return [token.i for head in heads for token in conjuncts(head)]


def find_passages(frames: Iterable[Frame], arguments: Arguments, words: NegotiationWords) -> list[Passage]:
    """Return the passages in text order, each mediation with the process that its words name."""
    passages: list[Passage] = []
    by_predicate: dict[int, Passage] = {}
    mediations: list[Frame] = []
    for frame in frames:
        if frame.type.negotiation == "mediation":
            mediations.append(frame)
        elif frame.type.negotiation is not None:
            known = by_predicate.get(frame.predicate)
            if known is None or (frame.type.negotiation == "process" and not known.own):
                passage = _of_process(frame, arguments, words)
                by_predicate[frame.predicate] = passage
                passages = [p for p in passages if p is not known] + [passage]
    for frame in mediations:
        found = _of_mediation(frame, arguments, by_predicate, words)
        if found is not None:
            passages.append(found)
    return sorted(passages, key=lambda passage: min(passage.predicates))


def _of_process(frame: Frame, arguments: Arguments, words: NegotiationWords) -> Passage:
    token = arguments.doc[frame.predicate]
    parties, mediators = parties_and_mediators(frame, arguments, words=words)
    begin, end = term_of(frame, arguments, words=words)
    matter = _matter(frame, arguments, parties, words)
    name = _name(token) if frame.part == "noun" else None
    passage = Passage(
        predicates={frame.predicate},
        parties=dict.fromkeys(parties),
        mediators=dict.fromkeys(mediators),
        matter=matter if name is None or not _is_proper(token) else None,
        name=name,
        begin=begin,
        end=end,
        modality=frame.modality,
        spans=[_evidence(frame, arguments)],
        process=frame.type.negotiation == "process",
        apart=any(word.lemma_.lower() in words.apart for word in arguments.doc[min(frame.start, token.sent.start) : frame.end]),
        definite=any(child.lower_ in DEFINITE for child in token.children if child.dep_ in {"det", "nmod:poss", "poss"}),
    )
    passage.disputants = _disputants(token, arguments, words)
    passage.own = _stands_alone(frame, token, passage, words)
    return passage


def _name(noun: Token) -> str:
    """Return what a text calls a process: the noun with the words before it that describe it."""
    kept = {"amod", "compound", "nmod", "flat"}
    left = min((child.left_edge.i for child in noun.lefts if child.dep_ in kept and not child.is_punct), default=noun.i)
    return plain_name(noun.doc[left : noun.i + 1].text)


def _is_proper(noun: Token) -> bool:
    """Tell whether a process has a name of its own: "the Berlin Process"."""
    return noun.pos_ == "PROPN" and any(child.dep_ in {"compound", "amod"} and child.text[0].isupper() for child in noun.lefts)


def _disputants(token: Token, arguments: Arguments, words: NegotiationWords) -> tuple[str, ...]:
    """Return the states whose dispute a process is about: "negotiations on the DISPUTE BETWEEN Chad and Libya"."""
    for noun in token.subtree:
        if noun.i > token.i and noun.lemma_.lower() in words.disputes:
            states = arguments.actors(inner.i for inner in noun.subtree)
            return states if len(states) == 2 else ()
    return ()


def _stands_alone(frame: Frame, token: Token, passage: Passage, words: NegotiationWords) -> bool:
    """Tell whether a passage by itself shows that there is a process, and is no more than somebody's talk."""
    dated = passage.begin is not None or passage.end is not None
    if frame.part == "noun" and _is_proper(token) and token.lemma_.lower() in words.processes:
        return token.dep_ not in {"compound", "flat"}
    if frame.type.negotiation == "contact":
        return (dated or bool(passage.mediators)) and (bool(passage.parties) or passage.matter is not None)
    lemma = token.lemma_.lower()
    plain = frame.part == "noun" and lemma in words.many
    if plain and token.tag_ not in {"NNS", "NNPS"}:
        return False
    if plain and not dated and not passage.mediators and passage.matter is None and _is_bare(token, words):
        return False
    told = bool(passage.parties) or not plain
    return len(passage.parties) >= 2 or bool(passage.mediators) or dated or (told and passage.matter is not None)


def _is_bare(token: Token, words: NegotiationWords) -> bool:
    """Tell whether talks are merely held, in no way described: "held talks with the minister"."""
    described = any(child.dep_ in {"amod", "compound"} for child in token.children)
    return not described and measured(token).head.lemma_.lower() in words.loose


def _matter(frame: Frame, arguments: Arguments, parties: Sequence[str], words: NegotiationWords) -> str | None:
    """Return what it is about: the first phrase that names neither a time nor one of the parties."""
    slots = [slot for slot in frame.type.matter if frame.part == "verb" or slot != "object"]
    token = arguments.doc[frame.predicate]
    related = [i for child in token.children if child.lemma_.lower() in words.related for i in _phrases(child)]
    related += [child.i for child in token.children if child.dep_ == "acl" and _mark(child) in frame.type.matter]
    for found in (*(frame.slots.get(slot, ()) for slot in slots), related):
        for head in found:
            token = arguments.doc[head]
            entity = arguments.entity(head)
            if (
                arguments.is_time(head)
                or token.pos_ in {"PRON", "DET", "ADV", "NUM"}
                or (entity is not None and entity.type in {"Person", "City"})
                or set(arguments.actors([head])) & set(parties)
            ):
                continue
            return arguments.label(head)
    return None


def _mark(verb: Token) -> str | None:
    """Return the preposition before a gerund: "negotiations ON limiting arms"."""
    return next((child.lower_ for child in verb.lefts if child.dep_ in {"mark", "case"} and child.lower_ != "to"), None)


def _phrases(word: Token) -> list[int]:
    return [child.i for child in word.children if child.dep_.startswith(("obl", "nmod", "pobj"))]


def _is_helped(governor: Token, noun: Token, words: NegotiationWords) -> bool:
    lemma = governor.lemma_.lower()
    participle = lemma + "d" if lemma.endswith("e") else lemma + "ed"
    return participle in words.mediated and measured(noun).dep_ in {*OBJECTS, "nsubj:pass", "nsubjpass"}


def _in_words(noun: Token, arguments: Arguments, words: NegotiationWords) -> tuple[str, ...]:
    """Return who stands in a compound before the noun: "UN-BROKERED talks", of one token or of three."""
    found: list[str] = []
    for child in noun.lefts:
        before, _, last = child.text.rpartition("-")
        if last.lower() not in words.mediated:
            continue
        if before:
            found += arguments.named(before)
        else:
            found += arguments.actors(
                inner.i for inner in child.lefts if inner.dep_ in {"compound", "obl", "nmod", "amod", "nsubj"}
            )
    return tuple(found)


def _helpers(token: Token, arguments: Arguments, words: NegotiationWords) -> tuple[str, ...]:
    """Return who stands beside as a helper: "with Oman as MEDIATOR", "under the AUSPICES of the Union"."""
    found: list[str] = []
    governors = [token, *([token.head] if token.dep_ in {*OBJECTS, "nsubj", "nsubj:pass"} else [])]
    for child in (child for governor in governors for child in governor.children):
        if child.lemma_.lower() in words.helpers and preposition_of(child) in {"under", "through", "with", "by", "via"}:
            found += arguments.all_actors([c.i for c in child.children if preposition_of(c) == "of"] or [child.i])
        elif preposition_of(child) == "with":
            roles = [inner for inner in child.children if preposition_of(inner) == "as"]
            if any(role.lemma_.lower() in words.helpers for role in roles):
                found += arguments.actors([child.i])
    return tuple(found)


def _of_mediation(
    frame: Frame, arguments: Arguments, by_predicate: dict[int, Passage], words: NegotiationWords
) -> Passage | None:
    """Add a mediation to the process in its object; without one, return it as a passage of its own if it names the parties."""
    token = arguments.doc[frame.predicate]
    mediators = arguments.all_actors(frame.fill(frame.type.from_))
    if token.dep_ == "amod" and not mediators:
        return None  # "a US-brokered deal": read with its noun
    if frame.part == "noun" and not mediators:
        return None
    objects = [head for slot in frame.type.to for head in frame.slots.get(slot, ())]
    around = [*objects, *(t.i for t in token.ancestors), *(t.i for head in objects for t in arguments.doc[head].subtree)]
    process = next((by_predicate[head] for head in around if head in by_predicate), None)
    if process is not None:
        process.mediators.update(dict.fromkeys(m for m in mediators))
        for mediator in mediators:
            process.parties.pop(mediator, None)
        told = process.process or process.parties or process.matter
        process.own = process.own or bool(process.mediators and told)
        process.spans.append(_evidence(frame, arguments))
        return None
    between = [head for slot in ("between", "among") for head in frame.slots.get(slot, ())]
    nested = [c.i for head in objects for c in arguments.doc[head].subtree if preposition_of(c) in {"between", "among"}]
    parties = [p for p in arguments.actors([*between, *_spread(nested, arguments)]) if p not in mediators]
    if not mediators:
        return None
    begin, end = term_of(frame, arguments, words=words)
    return Passage(
        predicates={frame.predicate},
        parties=dict.fromkeys(parties),
        mediators=dict.fromkeys(mediators),
        matter=next((arguments.label(head) for head in objects if head not in between), None) if nested else None,
        begin=begin,
        end=end,
        modality=frame.modality,
        spans=[_evidence(frame, arguments)],
        own=len(parties) >= 2,
        definite=True,
    )


def _spread(heads: Iterable[int], arguments: Arguments) -> list[int]:
    """Return heads with those coordinated with them."""
    return [i for head in heads for i in (head, *(c.i for c in arguments.doc[head].subtree if c.dep_ == "conj"))]


def _evidence(frame: Frame, arguments: Arguments) -> Span:
    """Return the words of the frame, with the clause that a process is the subject or object of."""
    token = measured(arguments.doc[frame.predicate])
    start, end = frame.start, frame.end
    governor = token.head
    is_verb = governor.pos_ in {"VERB", "AUX"} or is_copular(governor)
    if frame.part == "noun" and is_verb and token.dep_ in {*OBJECTS, "nsubj", "nsubj:pass", "nsubjpass"}:
        first, last = clause_bounds(governor)
        start, end = min(start, first), max(end, last)
    for child in token.children:
        if child.dep_ in {"acl", *RELATIVES}:
            end = max(end, child.right_edge.i + 1)
    while start < frame.predicate and arguments.doc[start].dep_ == "case":
        start += 1
    return arguments.span(start, end)
