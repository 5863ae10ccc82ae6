"""What the words of a time phrase stand for: clock times, dates, parts of the day, and small words.

Nothing here knows which day is meant; that is for ``events.moments.days``.
"""

from dataclasses import dataclass, replace
from fractions import Fraction


class Unclear(Exception):
    """The words are known, but do not make a time; the message says why, to follow "but".

    Where they make several, ``either`` says by what words each is told: those that stand there, empty for
    none, and those to write in their place, or else after all.
    """

    def __init__(self, message: str, *either: tuple[str, str]) -> None:
        super().__init__(message)
        self.either = either


class Contradiction(Unclear):
    """One word says what another, or the calendar, denies: "this morning at 3 p.m.", "31 September"."""


@dataclass(frozen=True)
class Time:
    """A clock time. ``half`` is "am" or "pm" as stated, "24" if it can only be one, "" if left open."""

    hour: int
    minute: int = 0
    second: int = 0
    half: str = ""
    bare: bool = False
    """An hour with nothing beside it, as "3" in "between 3 and 5"."""
    vague: bool = False
    """Spoken as "half past two", which is said of either half of the day."""
    fine: bool = False
    """Given to the second."""
    offset: int | None = None
    """Minutes ahead of UTC, where a zone or an offset is said with it."""

    @property
    def midnight(self) -> bool:
        return self.hour % 24 == 0 and self.minute == 0 and self.second == 0

    @property
    def seconds(self) -> int:
        """Seconds of wall-clock time since 00:00."""
        return (self.hour * 60 + self.minute) * 60 + self.second

    def in_half(self, half: str) -> "Time":
        """The same time, read as before or after noon."""
        hour = self.hour % 12 + (12 if half == "pm" else 0)
        return replace(self, hour=hour, half=half, bare=False, vague=False)


@dataclass(frozen=True)
class Date:
    """A day of the month; ``month`` and ``year`` are 0 where they were left out."""

    day: int
    month: int = 0
    year: int = 0


@dataclass(frozen=True)
class Days:
    """A date, or the first and last of several."""

    first: Date
    last: Date | None = None


@dataclass(frozen=True)
class Offset:
    """A day told by its distance in days from the day that tells it."""

    days: int


@dataclass(frozen=True)
class Weekday:
    """A day of the week, Monday being 0."""

    number: int


@dataclass(frozen=True)
class Part:
    """A part of the day, the day itself included, or the share of it between two fractions."""

    name: str
    begin: Fraction = Fraction(0)
    end: Fraction = Fraction(1)


@dataclass(frozen=True)
class Share:
    """ "early", "late" and the like, waiting for the part that they divide."""

    begin: Fraction
    end: Fraction


@dataclass(frozen=True)
class Small:
    """A small word that says how the next item is meant: "after", "between", "to", "all"…"""

    word: str


Item = Time | Date | Days | Offset | Weekday | Part | Share | Small
Taken = tuple[list[Item], int]
"""Items, and how many tokens they took."""
