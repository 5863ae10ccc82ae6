"""A whole chronicle by how much its days hold: a calendar of weeks, or of a long one a line a day by year."""

import calendar as months
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.site import strip

MOST_DAYS = 120
"""How many days a calendar of weeks has at most; beyond, each is a line of its year."""

MOST_YEARS = 40
"""How many years are drawn, the last ones; the others are among all days."""

HEIGHT = 26
_HATCH = 6


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on; None where the chronicle has no such day."""

    words: str
    days: list[strip.Cell | None]


@dataclass(frozen=True)
class Month:
    """One month of a year: how many of its ``width`` days hold anything, and where it stands on the line."""

    year: int
    number: int
    name: str
    filled: int
    place: int
    width: int


@dataclass(frozen=True)
class Band:
    """The days of a year that have one shade, as a path on a ground of 366 by 26."""

    shade: int
    path: str


@dataclass(frozen=True)
class Year:
    """One year: its months within the chronicle, its days by shade, and months with nothing, hatched."""

    number: int
    months: list[Month]
    bands: list[Band]
    silent: str

    @property
    def filled(self) -> int:
        """How many of its days hold anything. Entries are not added up: one may stand on two days."""
        return sum(month.filled for month in self.months)

    @property
    def width(self) -> int:
        """How many of its days the chronicle has."""
        return sum(month.width for month in self.months)

    @property
    def base(self) -> str:
        """The two lines between which its days stand."""
        begins, end = self.months[0].place, self.months[-1].place + self.months[-1].width
        return f"M{begins} .5H{end}M{begins} {HEIGHT - 0.5}H{end}"


def weeks(cells: Sequence[strip.Cell]) -> Iterator[Week]:
    """The days of a short chronicle in weeks."""
    by_date = {cell.date.toordinal(): cell for cell in cells}
    first, last = cells[0].date, cells[-1].date
    for monday in range(first.toordinal() - first.weekday(), last.toordinal() + 1, 7):
        held = [by_date.get(monday + n) for n in range(7)]
        begins = next(cell for cell in held if cell)
        yield Week(wording.short_day(begins.date), held)


def years(calendar: Calendar, counts: Counter[date]) -> Iterator[Year]:
    """The last years of a long chronicle, in order. ``counts`` says how much each day holds."""
    end = calendar.last or calendar.first
    most = max(counts.values(), default=0)
    for year in range(max(calendar.first.year, end.year - MOST_YEARS + 1), end.year + 1):
        first, last = max(calendar.first, date(year, 1, 1)), min(end, date(year, 12, 31))
        held = {day: counts[day] for day in _days(first, last) if counts[day]}
        of_year = [_month(first, last, number, held) for number in range(first.month, last.month + 1)]
        shades = {day: strip.shade(count, most) for day, count in held.items()}
        silent = "".join(_hatched(month.place, month.width) for month in of_year if not month.filled)
        yield Year(year, of_year, list(_bands(shades)), silent)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _month(first: date, last: date, number: int, held: dict[date, int]) -> Month:
    begins = max(first, date(first.year, number, 1))
    ends = min(last, date(first.year, number, months.monthrange(first.year, number)[1]))
    filled = sum(day.month == number for day in held)
    name = wording.MONTHS[number - 1]
    return Month(first.year, number, name, filled, _place(begins), (ends - begins).days + 1)


def _place(day: date) -> int:
    """How far from the first of January a day stands."""
    return day.timetuple().tm_yday - 1


def _bands(shades: dict[date, int]) -> Iterator[Band]:
    """The days of each shade as one path; days that follow each other are one rectangle of it."""
    for shade in sorted(set(shades.values())):
        places = [_place(day) for day, each in sorted(shades.items()) if each == shade]
        runs = [list(run) for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])]
        path = "".join(f"M{run[0][1]} 0h{len(run)}v{HEIGHT}h-{len(run)}z" for run in runs)
        yield Band(shade, path)


def _hatched(place: int, width: int) -> str:
    """Lines across a month of which nothing is recorded."""
    return "".join(
        f"M{x} {HEIGHT}l{_HATCH}-{HEIGHT}" for x in range(place, place + width - _HATCH + 1, _HATCH)
    )
