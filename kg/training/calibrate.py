"""Fit the scales of confidence to judged records, and measure how well stated confidences hold.

The scale of a kind is a logistic regression of right or wrong on the log odds of the raw score and on the group, by maximum a posteriori
(Newton's method): Platt's scaling with normal priors, which matter since some kinds have a score of records and some groups three. The
prior believes the raw score (slope 1, intercept 0) and moves each group only as far as its records carry it. A slope that comes out below
0 is set to 0, so that more evidence never counts for less. Deterministic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from kg.extraction.confidence import Calibration, Kind, Scale, log_odds
from kg.training.judge import Judged

INTERCEPT_SD, SLOPE_SD, GROUP_SD = 1.0, 0.25, 0.25
"""Standard deviations of the priors, in log odds."""
STEPS = 50
BINS = (0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 1.01)
"""Upper ends of the bins of stated confidence, exclusive; narrow where most records lie."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The records of which a confidence from ``low`` to below ``high`` is stated: how many, how many right, and the mean stated."""

    low: float
    high: float
    records: int
    right: int
    stated: float

    @property
    def share(self) -> float:
        """Return the share that is right."""
        return self.right / self.records


Stated = tuple[float, Judged]


def fit(records: Iterable[Judged]) -> Calibration:
    """Return the scales of all kinds of which there are judged records."""
    by_kind: dict[Kind, list[Judged]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record)
    return Calibration({kind: fit_scale(by_kind[kind]) for kind in get_args(Kind) if kind in by_kind})


def fit_scale(records: Sequence[Judged]) -> Scale:
    """Return the scale of one kind, its numbers to three places."""
    groups = sorted({record.group for record in records})
    place = {group: 2 + number for number, group in enumerate(groups)}
    rows = np.zeros((len(records), 2 + len(groups)))
    for row, record in zip(rows, records, strict=True):
        row[[0, 1, place[record.group]]] = 1.0, log_odds(record.confidence), 1.0
    mean = np.array([0.0, 1.0, *(0.0 for _ in groups)])
    deviation = np.array([INTERCEPT_SD, SLOPE_SD, *(GROUP_SD for _ in groups)])
    right = np.array([float(record.right) for record in records])
    found = _maximum(rows, right, mean, deviation)
    if found[1] < 0:
        rows[:, 1] = 0.0
        found = _maximum(rows, right, mean, deviation)
        found[1] = 0.0
    moves = {group: round(float(found[place[group]]), 3) for group in groups}
    return Scale(slope=round(float(found[1]), 3), intercept=round(float(found[0]), 3), groups=moves if len(groups) > 1 else {})


def _maximum(
    rows: NDArray[np.float64], right: NDArray[np.float64], mean: NDArray[np.float64], deviation: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weights of the highest posterior density; the penalty makes the problem strictly convex."""
    weights, precision = mean.copy(), 1 / deviation**2
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = rows.T @ (right - likely) - precision * (weights - mean)
        curvature = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(precision)
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if float(np.abs(step).max()) < 1e-9:
            break
    return weights


def left_out(records: Sequence[Judged]) -> list[Stated]:
    """State the confidence of each record by scales that were fitted without its text."""
    folds: dict[tuple[Kind, str], list[Judged]] = defaultdict(list)
    by_kind: dict[Kind, list[Judged]] = defaultdict(list)
    for record in records:
        folds[record.kind, record.fold].append(record)
        by_kind[record.kind].append(record)
    stated: list[Stated] = []
    for (kind, fold), own in folds.items():
        others = [record for record in by_kind[kind] if record.fold != fold]
        scale = fit_scale(others) if others else Scale(slope=1.0, intercept=0.0)
        stated += [(round(scale.probability(record.confidence, record.group), 2), record) for record in own]
    return stated


def reliability(stated: Iterable[Stated]) -> list[Bin]:
    """Return the bins of stated confidence that hold any record."""
    held: dict[int, list[Stated]] = defaultdict(list)
    for confidence, record in stated:
        held[next(i for i, high in enumerate(BINS) if confidence < high)].append((confidence, record))
    return [
        Bin(
            low=0.0 if i == 0 else BINS[i - 1],
            high=min(BINS[i], 1.0),
            records=len(own),
            right=sum(record.right for _, record in own),
            stated=sum(confidence for confidence, _ in own) / len(own),
        )
        for i, own in sorted(held.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far, on the mean over the records, the share right is from what is stated."""
    total = sum(one.records for one in bins)
    return sum(one.records * abs(one.share - one.stated) for one in bins) / total if total else 0.0


def by_kind(stated: Iterable[Stated]) -> Mapping[str, list[Stated]]:
    """Return stated confidences by kind of record, all together first."""
    found: dict[str, list[Stated]] = {"all": []}
    for one in stated:
        found["all"].append(one)
        found.setdefault(one[1].kind, []).append(one)
    return found


def reliability_text(stated: Iterable[Stated]) -> str:
    """Return the table of bins, of all records and of each kind, each with its expected calibration error."""
    lines = [f"{'':<20}{'stated':>12}{'records':>9}{'right':>7}{'share':>7}{'mean stated':>13}"]
    for kind, own in by_kind(stated).items():
        bins = reliability(own)
        lines += [
            f"{kind:<20}{f'{one.low:.1f} to {one.high:.1f}':>12}{one.records:>9}{one.right:>7}{one.share:>7.2f}{one.stated:>13.2f}"
            for one in bins
        ]
        lines.append(f"{kind:<20}{'expected calibration error':>33} {calibration_error(bins):.3f}")
    return "\n".join(lines)


def to_toml(calibration: Calibration, records: Sequence[Judged]) -> str:
    """Return the text of the table: what it was fitted to, then the scale of each kind."""
    lines = [
        "# How likely a record is right by its raw score: slope * log odds of the score + intercept + the move of its group,",
        "# all in log odds. Made by: python -m kg.training calibrate. Change the readers' scores, not this file.",
    ]
    for kind, scale in calibration.scales.items():
        own = [record for record in records if record.kind == kind]
        lines += [
            "",
            f"[{kind}]",
            f"# {len(own)} judged, {sum(record.right for record in own)} right",
            f"slope = {scale.slope:.3f}",
            f"intercept = {scale.intercept:.3f}",
        ]
        if scale.groups:
            lines += ["", f"[{kind}.groups]", *(f'"{group}" = {move:.3f}' for group, move in scale.groups.items())]
    return "\n".join(lines) + "\n"
