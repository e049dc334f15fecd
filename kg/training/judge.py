"""Tell which records of an extraction are right: by the annotated statements, the PLOVER records and the annotated attributions.

What counts as right is strict where the annotation allows it. A relation is right with its modality, an issue with its status, a direct
statement with its speaker; a meeting as the scoring program matches meetings; an event where its record has its type; an indirect
statement where its content is annotated as that speaker's. A PLOVER record names one event of its sentence, the main one, and so judges
no event that is told within another, nor the act that is only said to be meant. Annotators leave out what is true and of no interest to
them, so that the share right is a lower bound of the share true.
"""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.errors import ReadingError
from kg.extraction.confidence import RAW, Kind, group_of, kind_of
from kg.extraction.extract import Extractor
from kg.extraction.weighing import within_another
from kg.records import Document, Event, Extraction, Issue, Meeting, Relation, Statement
from kg.serialization import from_json, to_json
from kg.training.annotated import extract_public, statements
from kg.training.measure_attribution import ANNOTATION, Ranges, Sentence, read_annotation
from kg.training.measure_events import wanted_types

FACETS: Mapping[str, str] = {"statements": "speakers", "meetings": "meetings", "issues": "issue status", "relations": "modality"}
"""The lists of an extraction that the annotated statements judge, and the line of the scoring program that a right record adds to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One record with its confidence, and whether it is right; ``fold`` names the text it stands in."""

    kind: Kind
    group: str
    confidence: float
    right: bool
    fold: str


def judged_records(extractor: Extractor, *, gold: Path, corpora: Path, annotation: Path = ANNOTATION) -> tuple[Judged, ...]:
    """Return every record that some annotation judges, with its raw score."""
    raw = replace(extractor, calibration=RAW)
    return (*judged_statements(raw, gold), *judged_events(raw, gold, corpora), *judged_attributions(raw, gold, annotation))


def judged_statements(extractor: Extractor, gold: Path) -> Iterator[Judged]:
    """Yield the relations, meetings, issues and direct statements of the annotated statements."""
    program = load_program(gold / "score.py")
    for annotation, document in statements(gold):
        wanted = json.loads(annotation.read_text(encoding="utf-8"))
        yield from judge(extractor.extract(document), wanted, program)


def judge(found: Extraction, gold: dict[str, Any], program: ModuleType) -> Iterator[Judged]:
    """Yield the records of an extraction that an annotation of its text judges, by the scoring program's own comparisons."""
    told = json.loads(to_json(found))
    pairs = _pairs(gold, told, program)
    for name, facet in FACETS.items():
        for record, raw in zip(getattr(found, name), told[name], strict=True):
            if name == "statements" and not record.direct:
                continue
            wanted = pairs.get(id(raw))
            right = wanted is not None and _is_right(facet, name, wanted, raw, gold, told, program)
            yield _judged(record, right=right, fold=found.document.id)


def load_program(path: Path) -> ModuleType:
    """Return a scoring program as a module of its own. Raises ReadingError where it is none."""
    spec = importlib.util.spec_from_file_location(f"scoring_{path.stem}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise ReadingError(f"{path}: no scoring program. Name the folder that holds score.py with --gold.")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


def _pairs(gold: dict[str, Any], told: dict[str, Any], program: ModuleType) -> dict[int, dict[str, Any]]:
    """Return what the program pairs each found record with, by the identity of the record's JSON object."""
    pairs: dict[int, dict[str, Any]] = {}
    plain: Callable[[Sequence[Any], Sequence[Any], Any], list[tuple[int, int]]] = program.greedy

    def noting(wanted: Sequence[Any], found: Sequence[Any], same: Any) -> list[tuple[int, int]]:
        matched = plain(wanted, found, same)
        pairs.update((id(found[j]), wanted[i]) for i, j in matched if isinstance(found[j], dict))
        return matched

    # The program's answer has counts alone; its one-to-one matching is the one place that knows which record is paired.
    program.greedy = noting  # type: ignore[attr-defined]
    try:
        _score(gold, told, program)
    finally:
        program.greedy = plain  # type: ignore[attr-defined]
    return pairs


def _is_right(
    facet: str,
    name: str,
    wanted: dict[str, Any],
    raw: dict[str, Any],
    gold: dict[str, Any],
    told: dict[str, Any],
    program: ModuleType,
) -> bool:
    """Score a pair by itself: only so does the program say whether modality, status or speaker agree too."""
    if name == "statements" and not wanted.get("speaker"):
        return True
    tallies = _score({**gold, name: [wanted]}, {**told, name: [raw]}, program)
    return bool(tallies[facet].tp)


def _score(gold: dict[str, Any], told: dict[str, Any], program: ModuleType) -> dict[str, Any]:
    tallies: dict[str, Any] = defaultdict(program.Tally)
    program.score_document(gold, told, tallies)
    return tallies


def judged_events(extractor: Extractor, gold: Path, corpora: Path) -> Iterator[Judged]:
    """Yield the events of the PLOVER records; each record is a text of its own."""
    wanted = wanted_types(corpora)
    for line in extract_public(extractor, gold, "plover", corpora=corpora):
        found = from_json(line, name="plover")
        for event in _main_events(found.events):
            yield _judged(event, right=event.type == wanted[found.document.id], fold=found.document.id)


def _main_events(events: Sequence[Event]) -> Iterator[Event]:
    """Yield the events of main clauses; of an act that is said to be meant, or refused, the saying."""
    done = {event.evidence for event in events if event.modality == "asserted"}
    for event, inner in zip(events, within_another(events), strict=True):
        if not inner and (event.modality == "asserted" or event.evidence not in done):
            yield event


def judged_attributions(extractor: Extractor, gold: Path, annotation: Path = ANNOTATION) -> Iterator[Judged]:
    """Yield the indirect statements that begin in an annotated sentence."""
    for file, own in groupby(read_annotation(annotation), key=lambda sentence: sentence.file):
        text = (gold / "unlabelled" / file).read_text(encoding="utf-8")
        found = extractor.extract(Document(id=file, text=text))
        sentences = list(own)
        for statement in found.statements:
            sentence = next((s for s in sentences if s.start <= statement.start < s.end), None)
            if not statement.direct and sentence is not None:
                yield _judged(statement, right=_is_annotated(statement, sentence, found), fold=file)


def _is_annotated(statement: Statement, sentence: Sentence, found: Extraction) -> bool:
    """Tell whether some annotated content stands in a statement, and a mention of its speaker in the annotated source."""
    places = [m for entity in found.entities if entity.id == statement.speaker for m in entity.mentions]
    return any(
        gold.kind != "direct"
        and any(_meets((statement.start, statement.end), gold.content))
        and any(any(_meets((mention.start, mention.end), gold.source)) for mention in places)
        for gold in sentence.gold
    )


def _meets(place: tuple[int, int], ranges: Ranges) -> Iterable[bool]:
    return (place[0] < end and start < place[1] for start, end in ranges)


def _judged(record: Statement | Meeting | Issue | Event | Relation, *, right: bool, fold: str) -> Judged:
    return Judged(kind=kind_of(record), group=group_of(record), confidence=record.confidence, right=right, fold=fold)
