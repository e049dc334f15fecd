"""Turn how much speaks for a record into how likely it is right.

In: an Extraction whose readers gave each record a raw score. Out: the same one with confidences of which, in texts like those of
``ontology/confidence.toml``, as large a share is right as they say. The scale of a kind of record is a logistic curve over the log odds of
the raw score (Platt 1999), moved for each group within the kind (the predicate of a relation, the type of an event), so that within a kind
and group a higher score never gives a lower confidence. Pure.
Limits: entities, negotiations and proposals keep their raw scores, since no annotation judges them; neither do they change where the
table lacks their kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from math import exp, log
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from kg.errors import LexiconError
from kg.extraction.lexicon import parse_toml
from kg.records import Event, Extraction, Issue, Meeting, Relation, Statement

Kind = Literal["direct-statement", "indirect-statement", "meeting", "issue", "event", "relation"]
Scored = Statement | Meeting | Issue | Event | Relation
Record = TypeVar("Record", Statement, Meeting, Issue, Event, Relation)
SHIPPED_TABLE = Path(str(files("ontology"))) / "confidence.toml"
EDGE = 0.02
"""Raw scores are taken to lie at least this far from 0 and 1, where log odds have no end."""


@checked(frozen=True, kw_only=True, config={"extra": "forbid", "allow_inf_nan": False})
class Scale:
    """The curve of one kind of record; ``groups`` are moves in log odds. A slope below 0 is refused."""

    slope: float
    intercept: float
    groups: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.slope < 0:
            raise ValueError(f"the slope {self.slope} is below 0, so that more evidence would count for less")

    def probability(self, raw: float, group: str) -> float:
        """Return how likely a record with a raw score is right; a group that the table lacks moves nothing."""
        return sigmoid(self.intercept + self.groups.get(group, 0.0) + self.slope * log_odds(raw))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The scales of all kinds; a kind without one keeps its raw scores."""

    scales: Mapping[Kind, Scale] = field(default_factory=dict)

    def confidence(self, record: Scored) -> float:
        """Return a record's calibrated confidence, from 0 to 1, to two places."""
        scale = self.scales.get(kind_of(record))
        raw = record.confidence
        return round(raw if scale is None else scale.probability(raw, group_of(record)), 2)

    def apply(self, found: Extraction) -> Extraction:
        """Return an extraction with calibrated confidences in place of raw scores."""
        return replace(
            found,
            statements=self._each(found.statements),
            meetings=self._each(found.meetings),
            issues=self._each(found.issues),
            events=self._each(found.events),
            relations=self._each(found.relations),
        )

    def _each(self, records: tuple[Record, ...]) -> tuple[Record, ...]:
        return tuple(replace(record, confidence=self.confidence(record)) for record in records)


RAW = Calibration()
"""No calibration: what the readers give, to two places."""


def kind_of(record: Scored) -> Kind:
    """Return the kind whose scale a record is measured on; quoted and reported words have one each."""
    match record:
        case Statement():
            return "direct-statement" if record.direct else "indirect-statement"
        case Meeting():
            return "meeting"
        case Issue():
            return "issue"
        case Event():
            return "event"
        case Relation():
            return "relation"


def group_of(record: Scored) -> str:
    """Return a record's group within its kind."""
    match record:
        case Statement():
            return record.cue if record.cue in {"turn", "according to"} else "cue" if record.cue is not None else "no cue"
        case Meeting() | Event():
            return record.type
        case Issue():
            return record.status
        case Relation():
            return record.predicate


@cache
def load_calibration() -> Calibration:
    """Return the calibration of the package. Raises LexiconError for what the schema does not allow."""
    return parse_calibration(SHIPPED_TABLE.read_text(encoding="utf-8"), name="confidence.toml")


def parse_calibration(text: str, *, name: str) -> Calibration:
    """Return the calibration that a TOML text holds, a table a kind; errors call the text ``name``."""
    try:
        return Calibration(TypeAdapter(dict[Kind, Scale]).validate_python(parse_toml(text, name=name)))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{name}: {place}: {first['msg']}. Make the table with: python -m kg.training calibrate.") from error


def log_odds(probability: float) -> float:
    """Return the log odds of a probability, which is moved off 0 and 1."""
    inside = min(max(probability, EDGE), 1 - EDGE)
    return log(inside / (1 - inside))


def sigmoid(value: float) -> float:
    """Return the probability whose log odds are given, without overflow."""
    return 1 / (1 + exp(-value)) if value >= 0 else 1 - 1 / (1 + exp(value))
