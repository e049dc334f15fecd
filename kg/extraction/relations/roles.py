"""Read who holds which office, whom its holder represents, and who is at the head of what.

In: the tenures of a document and its clauses of leading. Out: Relations holdsRole, representative-of and memberOf, with the time that
the text gives them. An office that is over keeps the word that says so ("former envoy"), since nothing tells when it ended.
An envoy represents whom the title says. Heads of state or government do so by office, but one who is only spoken of does nothing in
the name of the state: they are its representatives where they speak or meet somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from spacy.tokens import Token

from kg.extraction.arguments import ACTORS, Arguments
from kg.extraction.lexicon import ModalWords
from kg.extraction.modality import modality_of
from kg.extraction.relations.periods import period_around
from kg.extraction.relations.role_words import OfficeWords, RoleWords
from kg.extraction.relations.tenures import OWNERS, Tenure, find_tenures, owner_of, title_bounds
from kg.extraction.slots import verb_slots
from kg.language.lexicon import Lexicon
from kg.records import Entity, Predicate, Relation

TITLE, TOLD = 0.9, 0.8
"""Confidence in what a title beside a name says, and in what a clause does."""


def read_roles(
    arguments: Arguments, *, lexicon: Lexicon, words: RoleWords, modal: ModalWords, acting: Set[str]
) -> Iterator[Relation]:
    """Yield the relations of all offices; ``acting`` are the ids of those who speak or take part in a meeting."""
    served: dict[str, set[str]] = defaultdict(set)
    told: set[int] = set()
    for tenure in find_tenures(arguments, lexicon=lexicon, words=words.office, modal=modal):
        if tenure.of is not None:
            served[tenure.holder.id].add(tenure.of.id)
        told.update(range(tenure.start, tenure.end))
        yield from _of_tenure(tenure, arguments, words.office, acting)
    yield from _described(arguments, words.office, served, told)
    for token in arguments.doc:
        if token.pos_ == "VERB" and words.office.heading & {token.lemma_.lower(), token.lower_}:
            yield from _heads(token, arguments, words, modal)


def _of_tenure(tenure: Tenure, arguments: Arguments, words: OfficeWords, acting: Set[str]) -> Iterator[Relation]:
    title = " ".join(arguments.doc[tenure.start : tenure.end].text.split())
    if tenure.manner == "title" and any(f" {title} " in f" {fuller} " and title != fuller for fuller in tenure.holder.roles):
        return  # "Minister Marsh" says no more than "Foreign Minister Elena Marsh"
    noun = arguments.doc[_head(tenure.start, tenure.end, arguments)]
    office = noun.lemma_.lower()
    if not (office in words.rank and tenure.of is not None):
        over = tenure.ended and tenure.period.end is None and tenure.modality == "asserted"
        yield _relation(tenure, "holdsRole", f"former {title}" if over else title)
    if tenure.of is None or is_over(tenure.start, tenure.end, arguments, words) or tenure.of.id == tenure.holder.id:
        return
    if represents(tenure.start, tenure.end, tenure.of, arguments, words):
        if office not in words.representing and tenure.holder.id not in acting:
            return  # A head of state who is only spoken of does nothing in its name.
        yield _relation(tenure, "representative-of", tenure.of.id)
    elif tenure.of.type == "Organization":
        if office not in words.leading:
            yield _relation(tenure, "memberOf", tenure.of.id)
        elif not _is_lesser(tenure.start, tenure.end, arguments, words) and _is_directly_of(noun, tenure.of, arguments):
            yield _relation(tenure, "holdsRole", tenure.of.id)


def _relation(tenure: Tenure, predicate: Predicate, target: str) -> Relation:
    return Relation(
        subject=tenure.holder.id,
        predicate=predicate,
        object=target,
        organization=tenure.of.id if predicate == "holdsRole" and tenure.of is not None and target != tenure.of.id else None,
        modality=tenure.modality,
        begin=tenure.period.begin,
        end_date=tenure.period.end,
        confidence=TITLE if tenure.manner == "title" else TOLD,
        evidence=tenure.evidence,
    )


def represents(start: int, end: int, of: Entity, arguments: Arguments, words: OfficeWords) -> bool:
    """Tell whether the holder of a title represents what it is of."""
    if arguments.doc[_head(start, end, arguments)].lemma_.lower() in words.representing:
        return True
    if of.type != "Country" or _is_lesser(start, end, arguments, words):
        return False
    said = f" {' '.join(token.lower_ for token in arguments.doc[start:end])} "
    return any(f" {title} " in said for title in words.sovereign)


def _is_lesser(start: int, end: int, arguments: Arguments, words: OfficeWords) -> bool:
    return any(token.lower_ in words.lesser for token in arguments.doc[start:end])


def _is_directly_of(office: Token, body: Entity, arguments: Arguments) -> bool:
    """Tell whether an office is of a body itself: the head of a mission of the league is not at the head of the league."""
    return any(arguments.entity(child.i) is body for child in office.children)


def is_over(start: int, end: int, arguments: Arguments, words: OfficeWords) -> bool:
    """Tell whether a title says that its holder has it no more."""
    said = [token.lower_ for token in arguments.doc[start:end]]
    return any(word in words.past for word in said)


def _head(start: int, end: int, arguments: Arguments) -> int:
    """Return the noun that a title is headed by: the last one before its first preposition."""
    doc = arguments.doc
    stop = next((i for i in range(start + 1, end) if doc[i].pos_ == "ADP"), end)
    return max((i for i in range(start, stop) if doc[i].pos_ in {"NOUN", "PROPN", "ADJ"}), default=end - 1)


def _described(arguments: Arguments, words: OfficeWords, served: Mapping[str, Set[str]], told: Set[int]) -> Iterator[Relation]:
    """Yield whom those represent who are called by their office alone: "Peru's ambassador", "the prime minister of Chad".

    One whose title is of another state is not believed to be meant.
    """
    for mention in arguments.analysis.mentions:
        holder = arguments.entity(mention.head) if mention.kind == "nominal" and mention.type == "Person" else None
        office = arguments.doc[mention.head]
        if holder is None or holder.type != "Person" or mention.plural or office.i in told:
            continue
        start, end = title_bounds(office, arguments)
        of = owner_of(start, end, arguments, words)
        if (
            of is None
            or (holder.id in served and of.id not in served[holder.id])
            or is_over(start, end, arguments, words)
            or not represents(start, end, of, arguments, words)
        ):
            continue
        yield Relation(
            subject=holder.id,
            predicate="representative-of",
            object=of.id,
            confidence=TOLD,
            evidence=arguments.span(mention.start, max(mention.end, end)),
        )


def _heads(verb: Token, arguments: Arguments, words: RoleWords, modal: ModalWords) -> Iterator[Relation]:
    """Yield who is at the head of a state or body, which then stands for the office itself; a person there belongs to the body."""
    slots = verb_slots(verb)
    led = dict.fromkeys(filter(None, (_led(i, arguments, words) for i in (*slots.get("object", ()), *slots.get("over", ())))))
    leaders = [entity for i in slots.get("subject", ()) if (entity := arguments.entity(i)) is not None and entity.named]
    for leader in leaders:
        if leader.type not in ACTORS:
            continue
        for body in led:
            for predicate in _at_head(leader, body, arguments):
                period = period_around(verb, arguments, phase="held")
                yield Relation(
                    subject=leader.id,
                    predicate=predicate,
                    object=body,
                    modality=modality_of(verb, modal),
                    begin=period.begin,
                    end_date=period.end,
                    confidence=TOLD,
                    evidence=arguments.around(
                        [verb.i, *slots.get("subject", ()), *slots.get("object", ()), *slots.get("over", ())]
                    ),
                )


def _led(head: int, arguments: Arguments, words: RoleWords) -> str | None:
    """Return the id of the state or body that a token stands for, or its words."""
    entity = arguments.entity(head)
    if entity is not None:
        return entity.id if entity.type in OWNERS | {"Group"} else None
    return arguments.label(head) if arguments.doc[head].lemma_.lower() in words.membership.bodies else None


def _at_head(leader: Entity, body: str, arguments: Arguments) -> tuple[Predicate, ...]:
    entity = arguments.entities.get(body)
    if leader.id == body:
        return ()
    if entity is None or entity.type == "Country" or leader.type != "Person":
        return ("holdsRole",)
    return ("holdsRole", "memberOf")
