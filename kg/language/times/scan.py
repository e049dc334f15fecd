"""What every reader of the grammar works with: the pieces of a text beside the lexicon, and what a reader has found."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import NamedTuple

from kg.language.times.atoms import Atoms
from kg.language.times.lexicon import TimeLexicon
from kg.language.times.meanings import Meaning, Point

DASHES = frozenset({"-", "–", "—", "‑"})
STOPS = frozenset({"", ".", ",", ";", ":", "!", "?", ")", "]", '"', "”", "'", "’", "—", "–"})
LEAP_YEAR = 2024


class Found(NamedTuple):
    """A meaning and where its words end (exclusive); ``article`` says that a "the" in front belongs to the expression."""

    meaning: Meaning
    end: int
    article: bool = False


class FoundPoint(NamedTuple):
    """A ``Found`` whose meaning is a point in time, which can be part of a greater expression."""

    meaning: Point
    end: int
    article: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """A text in pieces, and the words that mean times."""

    atoms: Atoms
    lexicon: TimeLexicon

    def number_of(self, table: str, index: int) -> int | None:
        """Return what the piece at ``index`` counts in one of the lexicon's tables."""
        return self.lexicon.numbers[table].get(self.atoms.at(index))

    def is_in(self, words: str, index: int) -> bool:
        """Return whether the piece at ``index`` is one of the lexicon's ``words``."""
        return self.atoms.at(index) in self.lexicon.words[words]

    def is_word(self, index: int) -> bool:
        """Return whether a word stands at ``index``."""
        return self.atoms.kind_at(index) == "word"

    def is_stop(self, index: int) -> bool:
        """Return whether a clause may end in front of ``index``."""
        return self.atoms.at(index) in STOPS or self.atoms.kind_at(index) == "break"

    def touches(self, index: int) -> bool:
        """Return whether no space stands between the piece at ``index`` and the one before it."""
        return 0 < index < len(self.atoms) and self.atoms.end[index - 1] == self.atoms.start[index]

    def unit_at(self, index: int) -> tuple[str, bool] | None:
        """Return the unit named at ``index``, and whether in the plural."""
        word = self.atoms.at(index)
        if word in self.lexicon.units:
            return word, False
        unit = self.lexicon.names["unit_plurals"].get(word)
        return (unit, True) if unit is not None else None

    def counts(self, index: int) -> bool:
        """Return whether the number at ``index`` counts what stands behind it on its line ("2000 soldiers")."""
        return self.is_in("counted", index + 1) and not self.atoms.opens(index + 1)

    def whole_number(self, index: int) -> int | None:
        """Return the number written in plain digits at ``index``."""
        if self.atoms.kind_at(index) == "number" and self.atoms.text[index].isdecimal():
            return int(self.atoms.text[index])
        return None

    def day_number(self, index: int) -> int | None:
        """Return a day of the month written in digits, with or without its ordinal ending."""
        if self.atoms.kind_at(index) == "ordinal":
            number: int | None = int(self.atoms.text[index][:-2])
        else:
            number = self.whole_number(index) if len(self.atoms.at(index)) < 3 else None
        return number if number is not None and 1 <= number <= 31 else None

    def year_number(self, index: int) -> int | None:
        """Return four digits that can be a year."""
        number = self.whole_number(index) if len(self.atoms.at(index)) == 4 else None
        return number if number is not None and 1000 <= number <= 2999 else None


def is_day(*, month: int, day: int, year: int | None = None) -> bool:
    """Return whether the month has this day (in a leap year, where no year is given)."""
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year if year is not None else LEAP_YEAR, month)[1]
