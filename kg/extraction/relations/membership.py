"""Read who belongs to what: members that are named as such, those who join, belong or leave, and the organs of a state.

In: the arguments of an analysed document. Out: Relations memberOf. An organ of a state belongs to it ("the Norwegian navy"); a group
of people with a demonym does not, since that tells of their nation, not of whom they belong to.
Limits: a membership has both ends in one sentence, and both are entities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, Arguments
from kg.extraction.lexicon import ModalWords
from kg.extraction.modality import modality_of
from kg.extraction.relations.periods import UNKNOWN, Period, Phase, period_around
from kg.extraction.relations.role_words import MemberWords
from kg.extraction.slots import is_copular, verb_slots
from kg.language.syntax import conjuncts, preposition_of
from kg.records import Entity, Modality, Relation

TOLD = 0.7
UNITED = frozenset({"Organization", "Group"})
BESIDE = frozenset({"amod", "compound", "nmod:poss", "poss"})


def read_membership(arguments: Arguments, *, words: MemberWords, modal: ModalWords) -> Iterator[Relation]:
    """Yield the memberships that nouns and verbs tell."""
    for token in arguments.doc:
        lemma = token.lemma_.lower()
        if token.pos_ in {"NOUN", "PROPN"}:
            yield from _listed(token, arguments, words, modal)
            yield from _contained(token, arguments, words)
            yield from _coming_from(token, arguments)
            if lemma in words.organs:
                yield from _organ(token, arguments)
        elif lemma in words.joining or lemma in words.belonging:
            yield from _joined(token, arguments, words, modal)
        elif lemma in words.including and token.pos_ == "VERB":
            yield from _included(token, arguments, words, modal)
        elif lemma in words.leaving and token.pos_ == "VERB":
            yield from _left(token, arguments, modal)
        elif token.lower_ == "led" and token.i >= 2 and arguments.doc[token.i - 1].text == "-":
            yield from _relations([token.i - 2], [token.head.i], token.head, arguments)


def _listed(noun: Token, arguments: Arguments, words: MemberWords, modal: ModalWords) -> Iterator[Relation]:
    """Yield members that a noun calls so: "league member X", "league member states X and Y", "X is a member of the league"."""
    lemma = noun.lemma_.lower()
    if lemma not in words.states and lemma not in words.members:
        return
    marks = [child for child in noun.lefts if child.dep_ in BESIDE and child.lemma_.lower() in words.members]
    if not (marks and lemma in words.states) and (lemma not in words.members or noun.head.lemma_.lower() in words.states):
        return
    around = [child for word in (noun, *marks) for child in word.children]
    phrase = [child for child in around if child.dep_ in BESIDE or preposition_of(child) in {"of", "in"}]
    bodies = [part.i for child in phrase for part in conjuncts(child)]
    names: list[Token] = [part for child in noun.rights if child.dep_ in {"appos", "flat"} for part in conjuncts(child)]
    governor: Token = noun
    told: Modality = "asserted"
    if is_copular(noun):
        names += [arguments.doc[i] for i in verb_slots(noun).get("subject", ())]
        told = modality_of(noun, modal)
    elif noun.dep_ in {"appos", "compound", "flat", "nmod:desc"}:
        names += [part for part in conjuncts(noun.head) if part.i != noun.i]
    elif any(child.lower_ == "as" for child in noun.lefts) and noun.head.pos_ == "VERB":
        governor = noun.head
        names += [arguments.doc[i] for i in verb_slots(governor).get("subject", ())]
    period = period_around(governor, arguments, phase="held")
    yield from _relations([name.i for name in names], bodies, noun, arguments, modality=told, period=period)


def _contained(noun: Token, arguments: Arguments, words: MemberWords) -> Iterator[Relation]:
    """Yield what a body is said to include behind its noun: "the alliance, including X and Y"."""
    if noun.lemma_.lower() not in words.bodies and arguments.entity(noun.i) is None:
        return
    body = arguments.entity(noun.i)
    if body is None or body.type not in UNITED:
        return
    for child in noun.rights:
        if child.dep_ == "nmod" and preposition_of(child) in words.containing:
            yield from _relations([part.i for part in conjuncts(child)], [noun.i], child, arguments)


def _coming_from(noun: Token, arguments: Arguments) -> Iterator[Relation]:
    """Yield people who are "of" or "from" an organization: "soldiers from the Third Battalion", "Ana Diaz of the League"."""
    member = arguments.entity(noun.i)
    if member is None or member.type not in {"Person", "Group"}:
        return
    allowed = {"from", "of"} if member.type == "Person" and noun.pos_ == "PROPN" else {"from"}
    for child in noun.rights:
        if child.dep_ == "nmod" and preposition_of(child) in allowed:
            body = arguments.entity(child.i)
            if body is not None and body.type == "Organization":
                yield from _relations([noun.i], [part.i for part in conjuncts(child)], child, arguments)


def _organ(noun: Token, arguments: Arguments) -> Iterator[Relation]:
    """Yield the state that one of its organs belongs to."""
    organ = arguments.entity(noun.i)
    if organ is None or organ.type not in UNITED:
        return
    for child in noun.children:
        if child.dep_ in BESIDE or (child.dep_ == "nmod" and preposition_of(child) == "of"):
            state = arguments.entity(child.i)
            if state is not None and state.type == "Country":
                if len(list(conjuncts(child))) == 1:  # the navies of A and B are no body of either
                    yield from _relations([noun.i], [child.i], noun, arguments)
                return


def _joined(verb: Token, arguments: Arguments, words: MemberWords, modal: ModalWords) -> Iterator[Relation]:
    """Yield who joins or belongs to a body; who joins others in doing something becomes no member of theirs."""
    slots = verb_slots(verb)
    if any(child.dep_ in {"advcl", "xcomp"} and child.tag_ == "VBG" for child in verb.children):
        return
    joins = verb.lemma_.lower() in words.joining
    bodies = [i for i in (*slots.get("object", ()), *slots.get("to", ())) if _is_body(i, arguments, words)]
    phase: Phase = "begun" if joins else "held"
    yield from _relations(
        slots.get("subject", ()),
        bodies,
        verb,
        arguments,
        modality=modality_of(verb, modal),
        period=period_around(verb, arguments, phase=phase),
    )


def _is_body(head: int, arguments: Arguments, words: MemberWords) -> bool:
    entity = arguments.entity(head)
    if entity is None:
        return False
    return entity.type == "Organization" or (entity.type == "Group" and arguments.doc[head].lemma_.lower() in words.bodies)


def _included(verb: Token, arguments: Arguments, words: MemberWords, modal: ModalWords) -> Iterator[Relation]:
    """Yield the members that a body includes, or that its "members include"."""
    slots = verb_slots(verb)
    subjects = list(slots.get("subject", ()))
    for token in [arguments.doc[i] for i in subjects if arguments.doc[i].lemma_.lower() in words.members]:
        subjects.remove(token.i)
        subjects += [child.i for child in token.children if preposition_of(child) == "of" or child.dep_ in BESIDE]
    bodies = [i for i in subjects if (entity := arguments.entity(i)) is not None and entity.type in UNITED]
    yield from _relations(slots.get("object", ()), bodies, verb, arguments, modality=modality_of(verb, modal))


def _left(verb: Token, arguments: Arguments, modal: ModalWords) -> Iterator[Relation]:
    """Yield a membership that is over, where the text tells when it ended."""
    slots, modality = verb_slots(verb), modality_of(verb, modal)
    period = period_around(verb, arguments, phase="ended")
    if modality == "asserted" and period.end is not None:
        bodies = [
            i for i in slots.get("object", ()) if (entity := arguments.entity(i)) is not None and entity.type == "Organization"
        ]
        yield from _relations(slots.get("subject", ()), bodies, verb, arguments, period=period)


def _relations(
    members: Iterable[int],
    bodies: Iterable[int],
    predicate: Token,
    arguments: Arguments,
    *,
    modality: Modality = "asserted",
    period: Period = UNKNOWN,
) -> Iterator[Relation]:
    belonging = list(_actors(members, arguments))
    united = [(head, entity) for head, entity in _actors(bodies, arguments) if entity.type in UNITED | {"Country"}]
    for place, member in belonging:
        for head, body in united:
            if member.id != body.id and (body.type != "Country" or member.type in UNITED):
                yield Relation(
                    subject=member.id,
                    predicate="memberOf",
                    object=body.id,
                    modality=modality,
                    begin=period.begin,
                    end_date=period.end,
                    confidence=TOLD,
                    evidence=arguments.around([place, head, predicate.i]),
                )


def _actors(heads: Iterable[int], arguments: Arguments) -> Iterator[tuple[int, Entity]]:
    for head in dict.fromkeys(heads):
        for identifier in arguments.actors([head]):
            entity = arguments.entities[identifier]
            if entity.type in ACTORS:
                yield head, entity
