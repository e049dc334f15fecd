"""How days and whole numbers are written in parameters. Pydantic alone takes more for them than clients are told that they may send."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import BeforeValidator

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,18}", re.ASCII)


def _as_day(text: object) -> object:
    if isinstance(text, str) and _DAY.fullmatch(text) is None:
        raise ValueError("is no day; write it as 2025-11-23")
    return text


def _as_whole(text: object) -> object:
    if isinstance(text, str) and _WHOLE.fullmatch(text) is None:
        raise ValueError("is no whole number; write it in digits alone, as 20")
    return text


Day = Annotated[datetime.date, BeforeValidator(_as_day)]
"""A day as ISO 8601 writes it, not a bare number for seconds since 1970."""

IN_DIGITS = BeforeValidator(_as_whole)
"""Has a whole number written in digits, not with a fraction of nothing, white space, or lines between them. It stands behind ``Query``."""
