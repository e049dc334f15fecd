"""Measure what people, bodies and places of different documents are found to be one.

    python -m kg.training.measure_identity --corpora DIR

Holders of offices (``office-holders``): each term of somebody is a document of one sentence, which names him or her, the office and
the state, without a link; who is who is known from Wikidata. Some documents more, a tenth of the terms, give the family name alone;
they are measured with those people among the others, and with nobody told of them elsewhere. Linked names (``gum``): the people,
bodies and places of texts of all sorts that annotators linked to Wikipedia, by their names alone.
Limits: holders of offices are named as Wikidata names them, so spellings vary less than in statements.
"""

from __future__ import annotations

import argparse
import datetime
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.graph.identity.contexts import Context
from kg.graph.identity.entities import join_entities
from kg.graph.identity.joins import Join
from kg.graph.identity.names import tokens
from kg.graph.identity.referents import Key, referents_of
from kg.graph.identity.titles import read_title
from kg.records import Document, Entity, EntityType, Extraction, Relation, Span
from kg.training.entity_corpora import gum_names
from kg.training.office_holders import read_rows
from kg.training.ontogum import read_brackets
from kg.training.treebanks import Sentence, read_sentences

NOWHERE = Span(start=0, end=0, text="")
ENTITY_TYPES: Mapping[str, EntityType] = {"PERSON": "Person", "ORG": "Organization", "PLACE": "Place"}
IDENTITY = 6
"""Which field of an entity in GUM holds its link."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Somebody's time in an office."""

    wikidata: str
    name: str
    office: str
    land: str
    start: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Documents, and who or what their referents are."""

    documents: tuple[Extraction, ...]
    answers: Mapping[Key, str]

    def __or__(self, other: Known) -> Known:
        return Known(documents=self.documents + other.documents, answers={**self.answers, **other.answers})


def read_terms(folder: Path) -> list[Term]:
    """Return the terms of the cabinets under a folder, those whose first day is known."""
    terms = set()
    for table in sorted(folder.glob("*/holders.csv")):
        for row in read_rows(table):
            if len(row["start"]) == len("2031-02-26"):
                start = datetime.date.fromisoformat(row["start"])
                terms.add(Term(row["personID"], row["person"], row["position"], table.parent.name, start))
    return sorted(terms)


def told(terms: Sequence[Term], *, with_office: bool = True) -> Known:
    """Return a document for each term, which names its holder in full."""
    return _known((f"t{number:05}", term.name, term.office if with_office else "", term) for number, term in enumerate(terms))


def told_by_family_name(terms: Sequence[Term]) -> Known:
    """Return a document for each term of a month later, with the holder's last name and the noun of the office alone."""
    return _known((f"p{number:05}", term.name.split()[-1], _head(term.office), term) for number, term in enumerate(terms))


def _known(rows: Iterable[tuple[str, str, str, Term]]) -> Known:
    documents, answers = [], {}
    for name, person, office, term in rows:
        state = Entity(id="id:country/of", type="Country", name=term.land)
        holder = Entity(id="id:person/holder", type="Person", name=person, roles=(office,) if office else ())
        held = Relation(subject=holder.id, predicate="holdsRole", object=office, organization=state.id, evidence=NOWHERE)
        day = term.start + datetime.timedelta(days=30 if name.startswith("p") else 0)
        document = Document(id=name, text="", date=day)
        documents.append(Extraction(document=document, entities=(holder, state), relations=(held,) if office else ()))
        answers[name, "person/holder"] = term.wikidata
    return Known(documents=tuple(documents), answers=answers)


def _head(office: str) -> str:
    title = read_title(tokens(office))
    return title.head if title is not None else office


def linked_names(folder: Path) -> Known:
    """Return the documents of GUM's parts under a folder, with the names in them that are linked."""
    documents, answers = [], {}
    for path in sorted([*folder.glob("train/*.conllu"), *folder.glob("dev/*.conllu")]):
        sentences = list(read_sentences(path))
        links = _links(sentences)
        named: dict[str, tuple[EntityType, Counter[str]]] = {}
        for kind, number, name in (found for sentence in sentences for found in _names(sentence)):
            if number in links:
                named.setdefault(links[number], (kind, Counter()))[1][name] += 1
        records = tuple(
            Entity(id=f"id:{link}", type=kind, name=names.most_common(1)[0][0], aliases=tuple(sorted(names)))
            for link, (kind, names) in sorted(named.items())
        )
        extraction = Extraction(document=Document(id=path.stem, text=""), entities=records)
        documents.append(extraction)
        answers.update({referent.key: link for referent, link in zip(referents_of(extraction), sorted(named), strict=True)})
    return Known(documents=tuple(documents), answers=answers)


def _links(sentences: Iterable[Sentence]) -> dict[int, str]:
    spans = [span for sentence in sentences for span in read_brackets(sentence.entity_marks)]
    return {span.entity: "-".join(span.fields[IDENTITY:]) for span in spans if len(span.fields) > IDENTITY}


def _names(sentence: Sentence) -> Iterator[tuple[EntityType, int, str]]:
    spans = sorted(read_brackets(sentence.entity_marks), key=lambda span: span.end - span.start)
    for start, end, label in gum_names(sentence):
        around = next((span for span in spans if span.start <= start and end <= span.end), None)
        if around is not None and label in ENTITY_TYPES:
            words = zip(sentence.words[start:end], sentence.spaces[start:end], strict=True)
            yield ENTITY_TYPES[label], around.entity, "".join(f"{word}{' ' if space else ''}" for word, space in words).strip()


def measure(known: Known) -> dict[str, tuple[int, int]]:
    """Return how many joins of each basis and confidence are right, and how many there are, of those whose answer is known."""
    counts: defaultdict[str, list[bool]] = defaultdict(list)
    for found in join_entities([Context(document) for document in known.documents]):
        ends = [known.answers.get(key) for key in (found.first, found.second)]
        if isinstance(found, Join) and None not in ends:
            counts[f"{found.basis} {found.confidence}"].append(ends[0] == ends[1])
    return {sort: (sum(right), len(right)) for sort, right in sorted(counts.items())}


def main() -> None:
    """Print what is right of what is joined, by its basis and confidence."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.measure_identity", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of the public data")
    options = parser.parse_args()
    terms = read_terms(options.corpora / "office-holders")
    some = random.Random(1).sample(terms, len(terms) // 10)
    theirs = {term.wikidata for term in some}
    parts = {
        "terms with office and state": told(terms),
        "terms with the name alone": told(terms, with_office=False),
        "family names, their bearers known": told(terms) | told_by_family_name(some),
        "family names, their bearers unknown": told([term for term in terms if term.wikidata not in theirs])
        | told_by_family_name(some),
        "linked names": linked_names(options.corpora / "gum"),
    }
    for name, known in parts.items():
        sys.stdout.write(f"{name}: {len(known.documents)} documents\n")
        for sort, (right, every) in measure(known).items():
            sys.stdout.write(f"  {sort}: {right} of {every} right ({right / every:.4f})\n")


if __name__ == "__main__":
    main()
