"""The course of a term: how much the days of a chronicle tell under it, beside all that they tell."""

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil

from chronicle import wording
from chronicle.clock import Calendar
from chronicle.site.selection import Selection

MOST = 120
"""How many columns there are at most: of a longer chronicle the months, then the years, the last ones."""

HEIGHT = 76
_TALLEST = 74


@dataclass(frozen=True)
class Span:
    """A day, month or year of the index of the days that tell: ``name`` is 2020-11-08, 2020-11 or 2020."""

    name: str
    words: str
    first: date
    last: date
    number: int | None = None
    """That of a single day."""


@dataclass(frozen=True)
class Column:
    """How many entries a span tells under the term, and how many in all; ``tick`` is what stands under it."""

    span: Span
    here: int
    everywhere: int
    tick: str = ""


@dataclass(frozen=True)
class Course:
    """The columns, in order of time; ``unit`` is day, month or year."""

    unit: str
    columns: list[Column]

    @cached_property
    def everywhere(self) -> str:
        """All that is told, as a path on a ground of one a column by ``HEIGHT``."""
        return self._path([column.everywhere for column in self.columns])

    @cached_property
    def here(self) -> str:
        """What is told under the term, likewise."""
        return self._path([column.here for column in self.columns])

    @property
    def told(self) -> list[Column]:
        """The columns in which anything is told."""
        return [column for column in self.columns if column.everywhere]

    def _path(self, counts: list[int]) -> str:
        most = max((column.everywhere for column in self.columns), default=0)
        heights = [(place, round(_TALLEST * n / most, 1)) for place, n in enumerate(counts) if n]
        return "".join(f"M{place}.1 {HEIGHT}v-{high}h.8v{high}z" for place, high in heights)


def spans_of(calendar: Calendar) -> list[Span]:
    """The days of ``calendar``; of more than ``MOST`` the months, of more of them the years."""
    last = calendar.last or calendar.first
    if (last - calendar.first).days < MOST:
        return list(_days(calendar, last))
    number = (last.year - calendar.first.year) * 12 + last.month - calendar.first.month + 1
    return list(_months(calendar.first, last) if number <= MOST else _years(calendar.first, last))


def name_of(span: Span) -> str:
    """Under which name of the index the entries are that it tells."""
    return f"told/{span.name}"


def course_of(spans: list[Span], selection: Selection) -> Course:
    """The course of all that ``selection`` chooses from, for which the names of ``spans`` were read."""
    unit = {10: "day", 7: "month"}.get(len(spans[0].name), "year")
    columns = []
    for place, span in enumerate(spans):
        told = selection.under(name_of(span))
        here = selection.whole.intersection_cardinality(told)
        columns.append(Column(span, here, len(told), _tick(unit, place, span, len(spans))))
    return Course(unit, columns)


def _tick(unit: str, place: int, span: Span, number: int) -> str:
    if unit == "month":
        return str(span.first.year) if span.first.month == 1 or not place else ""
    every = ceil(number / 8) if unit == "year" else 7 * ceil(number / 56)
    if place % every:
        return ""
    words = span.name if unit == "year" else str(span.number)
    return f"Day {words}" if unit == "day" and not place else words


def _days(calendar: Calendar, last: date) -> Iterator[Span]:
    for n in range((last - calendar.first).days + 1):
        day = calendar.first + timedelta(days=n)
        yield Span(day.isoformat(), wording.day_words(day), day, day, calendar.number_of(day))


def _months(first: date, last: date) -> Iterator[Span]:
    for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        begins = date(n // 12, n % 12 + 1, 1)
        ends = begins.replace(day=months.monthrange(begins.year, begins.month)[1])
        words = f"{wording.MONTHS[begins.month - 1]} {begins.year}"
        yield Span(begins.isoformat()[:7], words, begins, ends)


def _years(first: date, last: date) -> Iterator[Span]:
    for year in range(max(first.year, last.year - MOST + 1), last.year + 1):
        yield Span(f"{year:04}", str(year), date(year, 1, 1), date(year, 12, 31))
