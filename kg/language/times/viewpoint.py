"""From where a time is seen, and which of the days that fit the words is meant from there."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kg.language.times.periods import NOTHING, Period

Direction = Literal["past", "present", "future", "planned", "unknown"]
"""Where the verb looks; ``planned`` is ahead of a past ("was to meet"), ``unknown`` where there is no verb to ask."""

LATELY = 90
"""How many days back a plan told in the past tense may have been meant for."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where a time is seen: the day of speaking, the verb's direction, whether that day itself counts, the last mention.

    ``in_sentence`` is the last day and ``told_year`` the last year that the same sentence has named.
    """

    date: datetime.date | None
    direction: Direction = "unknown"
    exclusive: bool = False
    mention: Period = NOTHING
    in_sentence: Period = NOTHING
    told_year: int | None = None


def choose(
    day_in: Callable[[int], datetime.date | None], now: datetime.date, shift: int | None, view: Viewpoint
) -> datetime.date | None:
    """Return the right one of the days that ``day_in`` gives year by year: eight years reach over any gap of leap days."""
    years = range(max(now.year - 8, 1), min(now.year + 8, 9999) + 1)
    days = [day for day in map(day_in, years) if day is not None]
    if shift is not None:
        if shift == 0:
            return next((day for day in days if day.year == now.year), None)
        beyond = [day for day in days if (day > now if shift > 0 else day < now)]
        return (min if shift > 0 else max)(beyond, default=None)
    match view.direction:
        case "past":
            return max((day for day in days if day <= now), default=None)
        case "future":
            return min((day for day in days if day > now or (day == now and not view.exclusive)), default=None)
        case "planned":
            return min((day for day in days if (now - day).days <= LATELY), default=None)
    return min(days, key=lambda day: (abs((day - now).days), day < now), default=None)
