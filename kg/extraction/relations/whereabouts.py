"""Read where actors and places are: "the Oslo-based group", "speaking in Oslo", "officials in Oslo", "Oslo, Norway", "a port in Peru".

In: the arguments of an analysed document. Out: Relations locatedIn. Limits: both ends stand in one sentence and are entities; a place
that the gazetteer knows to be elsewhere is in no state that it does not belong to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, PLACES, Arguments
from kg.extraction.lexicon import ModalWords
from kg.extraction.modality import modality_of
from kg.extraction.relations.role_words import PlaceWords
from kg.extraction.slots import is_copular, verb_slots
from kg.language.mentions import TextMention
from kg.language.syntax import conjuncts, passive_subject, preposition_of
from kg.records import Entity, Modality, Relation

BESIDE, TOLD = 0.7, 0.6
"""Confidence in a place that stands in one's own phrase, and in one that a verb tells of."""
SITES = PLACES - {"Country"}
OWNERS = frozenset({"amod", "compound", "nmod:poss", "poss"})


def read_whereabouts(arguments: Arguments, *, words: PlaceWords, modal: ModalWords) -> Iterator[Relation]:
    """Yield where actors and places are."""
    known = {mention.head: mention for mention in arguments.analysis.mentions if mention.kind == "name"}
    yield from _in_a_row(arguments, known)
    for token in arguments.doc:
        if token.lower_ == "based" and token.i >= 2 and arguments.doc[token.i - 1].text == "-":
            yield from _relations([token.head.i], [token.i - 2], arguments, known)
        elif _puts_somewhere(token, words):
            yield from _by_verb(token, arguments, words, known, modal)
        elif token.pos_ in {"NOUN", "PROPN"}:
            yield from _by_noun(token, arguments, words, known)
            if is_copular(token) and preposition_of(token) in words.within:
                told = modality_of(token, modal)
                subject = verb_slots(token).get("subject", ())
                yield from _relations(subject, [token.i], arguments, known, modality=told, confidence=TOLD)


def _puts_somewhere(token: Token, words: PlaceWords) -> bool:
    lemma = token.lemma_.lower()
    return lemma in words.staying | words.arriving if token.pos_ == "VERB" else lemma in words.present and is_copular(token)


def _in_a_row(arguments: Arguments, known: dict[int, TextMention]) -> Iterator[Relation]:
    """Yield places that a comma puts into a larger one: "Oslo, Norway"."""
    doc = arguments.doc
    starts = {mention.start: mention for mention in known.values()}
    for mention in known.values():
        if mention.end + 1 >= len(doc) or doc[mention.end].text != ",":
            continue
        outer = starts.get(mention.end + 1)
        inner, around = arguments.entity(mention.head), arguments.entity(outer.head) if outer is not None else None
        if outer is None or inner is None or around is None or doc[outer.head].dep_ == "conj":
            continue
        if inner.type in SITES and around.type in {"Country", "Region"} and outer.form == "name":
            yield from _relations([mention.head], [outer.head], arguments, known)


def _by_noun(noun: Token, arguments: Arguments, words: PlaceWords, known: dict[int, TextMention]) -> Iterator[Relation]:
    owners = [child.i for child in noun.lefts if child.dep_ in OWNERS]
    within = [child.i for child in noun.rights if child.dep_ == "nmod" and preposition_of(child) in words.within]
    if noun.lemma_.lower() in words.places and arguments.entity(noun.i) is None:
        # "the Peruvian town of A", "the Peruvian town A", "A, a town in Peru"
        # and "Peru's A province"
        beside = [child.i for child in noun.rights if child.dep_ in {"appos", "flat"} or _is_named(child)]
        beside += [child.i for child in noun.lefts if child.dep_ == "compound"]
        named = [*beside, *([noun.head.i] if noun.dep_ in {"appos", "compound", "flat", "nmod:desc"} else [])]
        sites = [i for i in named if _type(i, arguments) in SITES]
        yield from _relations(sites, [i for i in owners if _type(i, arguments) == "Country"] + within, arguments, known)
        return
    kind, name = _type(noun.i, arguments), known.get(noun.i)
    if name is not None:
        owners, within = ([i for i in part if not name.start <= i < name.end] for part in (owners, within))
    if kind in SITES:
        yield from _relations([noun.i], [i for i in owners if _type(i, arguments) == "Country"], arguments, known)
    # Behind "of X" or "and X" it may be the whole that is there: "a session of the council in Oslo".
    if (kind in SITES or kind == "Organization") and noun.dep_ not in {"conj", "nmod"}:
        yield from _relations([noun.i], _with_conjuncts(within, arguments), arguments, known)


def _is_named(child: Token) -> bool:
    return child.dep_ == "nmod" and preposition_of(child) == "of"


def _with_conjuncts(heads: Iterable[int], arguments: Arguments) -> list[int]:
    return [part.i for head in heads for part in conjuncts(arguments.doc[head])]


def _by_verb(
    verb: Token, arguments: Arguments, words: PlaceWords, known: dict[int, TextMention], modal: ModalWords
) -> Iterator[Relation]:
    slots = verb_slots(verb)
    passive = any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in verb.children) or verb.tag_ == "VBN"
    prepositions = words.towards if verb.lemma_.lower() in words.arriving else words.within
    who = slots.get("object" if passive else "subject", ())
    if not who and verb.dep_ == "advcl":
        # "Diaz was asked while SPEAKING in Oslo": the participle shares the subject of the passive.
        above = passive_subject(verb.head)
        who = (above.i,) if above is not None else ()
    places = [i for name, heads in slots.items() if name in prepositions for i in heads]
    told = modality_of(verb, modal) if verb.dep_ not in {"acl", "advcl"} else "asserted"
    yield from _relations(who, places, arguments, known, modality=told, confidence=TOLD)


def _relations(
    who: Iterable[int],
    where: Iterable[int],
    arguments: Arguments,
    known: dict[int, TextMention],
    *,
    modality: Modality = "asserted",
    confidence: float = BESIDE,
) -> Iterator[Relation]:
    places = [(head, place) for head in dict.fromkeys(where) if (place := _place(head, arguments)) is not None]
    for head in dict.fromkeys(who):
        entity = arguments.entity(head)
        if entity is None or entity.type not in ACTORS | PLACES:
            continue
        for at, place in places:
            if place.id != entity.id and not _elsewhere(known.get(head), known.get(at)):
                yield Relation(
                    subject=entity.id,
                    predicate="locatedIn",
                    object=place.id,
                    modality=modality,
                    confidence=confidence,
                    evidence=arguments.around([head, at]),
                )


def _place(head: int, arguments: Arguments) -> Entity | None:
    """Return the place that a token stands for, or that stands in what it names: "at a hospital in Oslo"."""
    own = arguments.entity(head)
    if own is not None and own.type in PLACES:
        return own
    identifier = arguments.place([head])
    return arguments.entities[identifier] if identifier is not None else None


def _elsewhere(inner: TextMention | None, outer: TextMention | None) -> bool:
    """Tell whether the gazetteer knows two names for places of different states."""
    if inner is None or outer is None or inner.entry is None or outer.entry is None or inner.type not in PLACES:
        return False
    own, other = inner.entry.country, outer.entry.country
    return own is not None and other is not None and own != other


def _type(head: int, arguments: Arguments) -> str | None:
    entity = arguments.entity(head)
    return entity.type if entity is not None else None
