"""Days as the formats write them. Pure; days in running text are not looked for here."""

from __future__ import annotations

import datetime


def parse_date(value: str) -> datetime.date:
    """Return the day of an ISO 8601 date (``2025-11-23``) or point in time, as it is written there. Raises ValueError."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return datetime.datetime.fromisoformat(value).date()
