from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chronicle.clock import Calendar
from chronicle.models import Page
from chronicle.site import heads, strip
from chronicle.site.caching import of_chronicle
from chronicle.site.views.errors import NoSuchPage
from chronicle.wording import MONTHS


@dataclass(frozen=True)
class Months:
    """The days of one month that have entries or words, with their pages; or months that have none.

    ``numbers`` are those of the months, from 1.
    """

    name: str
    numbers: list[int]
    days: int
    told: list[tuple[strip.Cell, Page | None]]

    @property
    def empty(self) -> int:
        """How many of its days have nothing."""
        return self.days - len(self.told)


@of_chronicle()
def days(request: HttpRequest, chronicle: Any, year: int | None = None) -> HttpResponse:
    """All days of one year of a chronicle by month; without a year, of its last."""
    calendar = strip.calendar_of(chronicle)
    first, last = bounds_of(calendar, year)
    if first > last:
        raise NoSuchPage(f"“{chronicle}” has no days in {year}.")
    cells = strip.between(chronicle, calendar, first, last)
    pages = Page.objects.filter(chronicle=chronicle, date__range=(first, last))
    context = {
        "head": heads.of_days(request, chronicle, first.year),
        "chronicle": chronicle,
        "year": first.year,
        "years": range(calendar.first.year, (calendar.last or first).year + 1),
        "months": list(months_of(cells, {page.date: page for page in pages})),
    }
    return render(request, "chronicle/days.html", context)


def bounds_of(calendar: Calendar, year: int | None) -> tuple[date, date]:
    """The first and the last day of ``calendar`` in ``year``; the last before the first where it has none."""
    end = calendar.last or calendar.first
    asked = end.year if year is None else year
    return max(calendar.first, date(asked, 1, 1)), min(end, date(asked, 12, 31))


def months_of(cells: list[strip.Cell], pages: dict[date, Any]) -> Iterator[Months]:
    """The months of a year in order, those without anything put together where they follow each other."""
    held = [cell for cell in cells if cell.count or cell.date in pages]
    told_in = {cell.date.month for cell in held}
    # All months without anything that follow each other have one key, each of the others its own.
    runs = groupby(cells, key=lambda cell: cell.date.month if cell.date.month in told_in else 0)
    for month, run in runs:
        days_of_it = list(run)
        first, end = days_of_it[0].date.month, days_of_it[-1].date.month
        name = " to ".join(MONTHS[number - 1] for number in dict.fromkeys((first, end)))
        told = [(cell, pages.get(cell.date)) for cell in held if cell.date.month == month]
        yield Months(name, list(range(first, end + 1)), len(days_of_it), told)
