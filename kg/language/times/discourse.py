"""What a text has told so far that the times behind it hang on: the last day named, the year of the sentence, days by their dates."""

from __future__ import annotations

import datetime

from kg.language.times.meanings import CalendarDate, Clock, Length, Meaning
from kg.language.times.periods import NOTHING, Period, of_day
from kg.language.times.viewpoint import Direction, Viewpoint


class Discourse:
    """The times resolved so far, from the top of the text on.

    ``date`` is the day of speaking. ``told_year`` and ``in_sentence`` are what the present sentence has named: its last year and
    last single day.
    """

    def __init__(self, date: datetime.date | None) -> None:
        self.date = date
        self.told_year: int | None = None
        self.in_sentence: Period = NOTHING
        self._mention: Period = NOTHING
        self._days: dict[tuple[int, int], Period] = {}

    def end_sentence(self) -> None:
        """Forget what holds for one sentence only."""
        self.in_sentence, self.told_year = NOTHING, None

    def view(self, direction: Direction, *, exclusive: bool) -> Viewpoint:
        """Return from where the next expression is seen."""
        return Viewpoint(self.date, direction, exclusive, self._mention, self.in_sentence, self.told_year)

    def known(self, meaning: Meaning, direction: Direction) -> Period | None:
        """Return the day that the text has already given to the same date without a year, unless the verb looks elsewhere."""
        match meaning:
            case CalendarDate(year=None, years=None, shift=None, month=int(month), day=int(day)):
                period = self._days.get((month, day))
                over = period is not None and self.date is not None and period.last is not None and period.last < self.date
                return None if direction == "future" and over else period
        return None

    def add(self, meaning: Meaning, period: Period) -> None:
        """Take up what an expression has been resolved to."""
        if period.first is not None and not isinstance(meaning, Length):
            self._mention = period
        if period.day is not None:
            self.in_sentence = period
        said = meaning.day if isinstance(meaning, Clock) else meaning
        if not isinstance(said, CalendarDate):
            return
        if said.year is not None:
            self.told_year = said.year
        if said.month is not None and said.day is not None and period.day is not None:
            self._days[said.month, said.day] = of_day(period.day)
