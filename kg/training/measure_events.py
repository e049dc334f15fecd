"""Measure events on the PLOVER records: shares right, and which types are read as which.

In: the extractions of the records as JSON lines. The corpus has PLOVER's older types, which are read as those of today.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from kg.records import EventType

TODAY = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""PLOVER's older types against those that took them up."""
NOTHING = "nothing"
FIRST_LINE = re.compile(r"records (\d+)\s+any event ([\d.]+)\s+type right ([\d.]+)\s+actors right, of those ([\d.]+)")


@dataclass(frozen=True, slots=True)
class EventScore:
    """Shares of the records: with any event, with one of the right type, and of these with the right source and target."""

    records: int
    any_event: float
    type_right: float
    actors_right: float


def event_score(report: str) -> EventScore:
    """Read the first line of what the scoring program prints. Raises ValueError where it is another."""
    match = FIRST_LINE.search(report)
    if match is None:
        raise ValueError(f"not a score of PLOVER records: {report[:80]!r}. It begins with 'records …   any event …'.")
    return EventScore(int(match[1]), *(float(match[group]) for group in (2, 3, 4)))


def wanted_types(corpora: Path) -> dict[str, str]:
    """Return the type of each record, as PLOVER names it today, by the record's id."""
    records = json.loads((corpora / "plover" / "gold-records.json").read_text(encoding="utf-8"))
    return {record["id"]: TODAY.get(record["event"], record["event"]) for record in records}


def confusions(lines: Iterable[str], corpora: Path) -> Counter[tuple[str, str]]:
    """Count what each record tells of and what is found in it: the right type if it is, else the first, or "nothing"."""
    wanted = wanted_types(corpora)
    return Counter(_reading(wanted[found["document"]["id"]], found) for found in map(json.loads, lines))


def _reading(want: str, found: Mapping[str, list[dict[str, str]]]) -> tuple[str, str]:
    types = [event["type"] for event in found["events"]]
    return want, want if want in types else types[0] if types else NOTHING


def confusion_text(counts: Mapping[tuple[str, str], int]) -> str:
    """Return the table of types: one line for each type of the records, one column for each that is found, the right ones in brackets."""
    present = {name for pair in counts for name in pair}
    names = [name for name in (*get_args(EventType), NOTHING) if name in present]
    rows = [["", *(name[:4].lower() for name in names), "right"]]
    for want in names:
        total = sum(counts.get((want, got), 0) for got in names)
        if total:
            cells = [_cell(counts.get((want, got), 0), right=want == got) for got in names]
            rows.append([want, *cells, f"{counts.get((want, want), 0) / total:.2f}"])
    return "\n".join("".join(f"{cell:<11}" if not place else f"{cell:>6}" for place, cell in enumerate(row)) for row in rows)


def _cell(count: int, *, right: bool) -> str:
    return f"[{count}]" if right else str(count) if count else "."
