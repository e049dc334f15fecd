"""The matters that no predicate of the lexicon raises: conditions, duties, items of lists, questions, and nouns of negotiation.

In: the parse. Out: Candidates. Limits: a list that is told sentence by sentence takes its status from the sentence that announces it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from kg.extraction.clauses import clause_bounds, noun_bounds
from kg.extraction.frames import Frame
from kg.extraction.issues.labels import EMPTY, lemma_of
from kg.extraction.issues.matters import Matter, complements, listed
from kg.extraction.issues.scene import Candidate, Scene
from kg.extraction.issues.status import STRENGTH, status_of
from kg.extraction.modality import is_necessary
from kg.language.syntax import own_subject, preposition_of
from kg.records import IssueStatus

BARE = 0.3
"""How surely a noun of negotiation is a matter where nothing says so; of what there "can be" or is not yet, more."""
THERE, NOT_YET = 0.15, 0.25
ASKED, ASKED_ALONE = 0.5, 0.4
"""How surely a question is about a matter: a noun of negotiation or a longer phrase, and any other noun."""
OBLIGED = 0.5
CONDITION = 0.6
LISTED = 0.65
CONDITIONS = frozenset(("unless", "provided", "until"))
COUNTED = frozenset(("one", "another", "first", "second", "third", "fourth", "last", "other"))
NOTHING = Matter(head=0, label="", worth=0.0)


def context_candidates(frames: Sequence[Frame], scene: Scene) -> Iterator[Candidate]:
    """Yield what stands in conditions, duties, lists and questions, and nouns that name a matter by themselves."""
    announced = _announced(frames, scene)
    for token in scene.doc:
        if token.pos_ in {"VERB", "AUX"}:
            yield from _condition(token, scene)
            yield from _duty(token, scene)
        elif token.pos_ in {"NOUN", "PROPN"}:
            yield from _item(token, scene, announced)
            yield from _list(token, scene)
            yield from _noun(token, scene)


def _condition(verb: Token, scene: Scene) -> Iterator[Candidate]:
    """Yield what a side makes its condition: "only if X ends ITS OFFENSIVE", "unless THE BLOCKADE is lifted"."""
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    only = any(child.lower_ == "only" and child.dep_ == "advmod" for child in verb.children)
    if not (marks & CONDITIONS or ("if" in marks and only)):
        return
    for clause in (verb, *(child for child in verb.children if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"})):
        yield from _of_clause(clause, CONDITION, scene)


def _duty(verb: Token, scene: Scene) -> Iterator[Candidate]:
    """Yield what must or should be done: "the border MUST be reopened"."""
    bound = any(child.lower_ in {"must", "should", "ought"} and child.dep_.startswith("aux") for child in verb.children)
    if bound or (verb.head.lower_ in {"has", "have"} and is_necessary(verb)):
        yield from _of_clause(verb, OBLIGED, scene)


def _of_clause(verb: Token, weight: float, scene: Scene) -> Iterator[Candidate]:
    subject = own_subject(verb)
    parties = scene.arguments.all_actors([subject.i] if subject is not None else [])
    for matter in scene.matters.find(verb.i):
        if not matter.forum:
            yield scene.candidate(matter, "open", weight, bounds=clause_bounds(verb), parties=parties)


def _list(noun: Token, scene: Scene) -> Iterator[Candidate]:
    """Yield the items that a noun announces: "four ASPECTS: the border, the dam and the ports"."""
    if lemma_of(noun) in scene.words.listing and next(listed(noun), None) is not None:
        status: IssueStatus = "unspecified" if scene.is_asked(noun) else "open"
        for matter in scene.matters.find(noun.i):
            yield scene.candidate(matter, status, LISTED, bounds=noun_bounds(noun))


def _announced(frames: Sequence[Frame], scene: Scene) -> Mapping[int, IssueStatus]:
    """Return by sentence the status of a list that is told afterwards: "they settled several ISSUES"."""
    found: dict[int, IssueStatus] = {}
    for frame in frames:
        heads = [scene.doc[head] for head in frame.fill(frame.type.matter)] if frame.type.issue is not None else []
        if any(lemma_of(noun) in scene.words.listing for head in heads for noun in (head, *complements(head))):
            place = scene.sentence(frame.predicate)
            both = (found.get(place, "unspecified"), status_of(frame, NOTHING, scene))
            found[place] = max(both, key=lambda status: STRENGTH[status])
    return found


def _item(noun: Token, scene: Scene, announced: Mapping[int, IssueStatus]) -> Iterator[Candidate]:
    """Yield what is told of one after the other: "the FIRST of these issues is X", "ONE of them is X"."""
    counted = next((child for child in noun.children if child.dep_ == "nsubj" and child.lower_ in COUNTED), None)
    group = next((child for child in counted.children if child.dep_ == "nmod"), None) if counted is not None else None
    if group is None or not any(child.dep_ == "cop" for child in noun.children):
        return
    if group.pos_ in {"PRON", "DET"} or lemma_of(group) in scene.words.listing:
        here = scene.sentence(noun.i)
        before = announced.get(scene.sentence(here - 1)) if here > 0 else None
        for matter in scene.matters.of_noun(noun.i):
            yield scene.candidate(matter, announced.get(here, before), LISTED, bounds=clause_bounds(noun))


def _noun(noun: Token, scene: Scene) -> Iterator[Candidate]:
    """Yield a noun of negotiation where it stands, and what a question is about."""
    asked = scene.is_asked(noun)
    known = lemma_of(noun) in scene.words.matters and noun.dep_ != "compound"  # a "sanctions committee" is no matter of sanctions
    about = noun.dep_.startswith("obl") and preposition_of(noun) in {"about", "on"}
    if not known and not (asked and (about or noun.dep_ in {"obj", "nsubj", "ROOT"})):
        return
    if lemma_of(noun) in scene.words.accords and next(complements(noun), None) is not None:
        return  # "the agreement to meet" is about the meeting
    for matter in scene.matters.find(noun.i):
        if matter.head == noun.i and not matter.forum and matter.worth > EMPTY:
            weight = _asked(matter, known=known) if asked else BARE
            if noun.dep_ == "nsubj" and any(child.dep_ == "expl" for child in noun.head.children):
                weight += THERE
            if any(child.lower_ in scene.words.not_yet and child.dep_ == "amod" for child in noun.lefts):
                weight += NOT_YET
            yield scene.candidate(matter, "unspecified" if asked else None, weight, bounds=noun_bounds(noun))


def _asked(matter: Matter, *, known: bool) -> float:
    return ASKED if known or len(matter.words) > 1 else ASKED_ALONE
