"""How many entries each day shows, as the record keeps count of it: none of them is read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, Subquery

from chronicle.clock import Calendar
from chronicle.models import Bitmap, Chronicle
from chronicle.models.statements import Statement, statement_of

Span = tuple[date, date]
"""The first day and the last."""


class Counts(Counter[date]):
    """How many entries each day shows that shows any; ``taken`` are the days of which any was taken down."""

    def __init__(self, counts: Mapping[date, int] | None = None, *, taken: Iterable[date] = ()) -> None:
        super().__init__(counts or {})
        self.taken = set(taken)

    def note(self, name: str, total: int) -> None:
        """What is under a name of the index."""
        if name.startswith(TAKEN):
            self.taken.add(_day(name))
        else:
            self[_day(name)] = total


DAY, TAKEN = "day/", "taken/"
FACETS = (DAY, TAKEN)
"""How the names begin under which entries of a day are: those that it shows, and those taken down."""


def on_days(chronicle: Chronicle, first: date, last: date) -> Counts:
    """How many entries each day of a span shows that shows any, in one query."""
    if chronicle.then:
        return _then(chronicle, first, last)
    ends = (("begin", first), ("end", last))
    names = {f"{facet}{which}": f"{facet}{day}" for facet in FACETS for which, day in ends}
    counts = Counts()
    for name, total in _on_days().tuples({"chronicle": chronicle.pk, **names}):
        counts.note(name, total)
    return counts


def on_days_of(spans: Mapping[int, Span]) -> dict[int, Counts]:
    """Likewise of many chronicles (row ids), each with a span of its own, in one query."""
    wanted = Q(pk__in=[])
    for chronicle, (first, last) in spans.items():
        for facet in FACETS:
            wanted |= Q(chronicle=chronicle, name__range=(f"{facet}{first}", f"{facet}{last}"))
    counts = {chronicle: Counts() for chronicle in spans}
    rows = Bitmap.objects.filter(wanted, chunk=0, total__gt=0).values_list("chronicle_id", "name", "total")
    for chronicle, name, total in rows:
        counts[chronicle].note(name, total)
    return counts


def beyond(chronicle: Chronicle, calendar: Calendar, first: date, last: date) -> set[date]:
    """The nearest days of ``calendar`` before and after a span that show any entry, in one query."""
    if chronicle.then:
        counts = _then(chronicle, calendar.first, calendar.last or last)
        held = {*counts, *counts.taken}
        ends = [max(_those(held, before=first), default=None), min(_those(held, after=last), default=None)]
        return {day for day in ends if day}
    days = {"begin": calendar.first, "first": first, "last": last, "end": calendar.last or last}
    names = {f"{facet}{which}": f"{facet}{day}" for facet in FACETS for which, day in days.items()}
    rows = _nearest().tuples({"chronicle": chronicle.pk, **names})
    return {_day(name) for (name,) in rows if name}


def _those(days: Iterable[date], *, before: date = date.max, after: date = date.min) -> list[date]:
    return [day for day in days if after < day < before]


def _then(chronicle: Chronicle, first: date, last: date) -> Counts:
    """How many entries each day of a span showed at the moment that ``chronicle`` is of."""
    counts = Counts()
    for name, total in chronicle.then.overall.items():
        if name.startswith(FACETS) and first <= _day(name) <= last:
            counts.note(name, total)
    return counts


HOLES = {"chronicle": -1} | {
    f"{facet}{which}": f"-{facet}{which}-" for facet in FACETS for which in ("begin", "first", "last", "end")
}
"""What stands in a statement for a row id and for the names of days."""


@cache
def _on_days() -> Statement:
    within = Q(pk__in=[])
    for facet in FACETS:
        begin, *_, end = _holes_of(facet)
        within |= Q(chronicle=HOLES["chronicle"], name__range=(begin, end))
    return statement_of(Bitmap.objects.filter(within, chunk=0, total__gt=0).values("name", "total"), HOLES)


@cache
def _nearest() -> Statement:
    asked = Chronicle.objects.order_by().filter(pk=HOLES["chronicle"])
    first, *others = (
        asked.annotate(name=Subquery(rows.values("name")[:1])).values("name")
        for facet in FACETS
        for rows in _beyond(facet)
    )
    return statement_of(first.union(*others, all=True).order_by(), HOLES)


def _beyond(facet: str) -> tuple[Any, Any]:
    """What lies before a span, the last first, and what lies after it."""
    chronicle, (begin, first, last, end) = HOLES["chronicle"], _holes_of(facet)
    # Of the span's own days one or two are among them; they are the nearest of nothing.
    earlier = _held(chronicle, begin, first).exclude(name=first).order_by("-name")
    return earlier, _held(chronicle, last, end).exclude(name=last).order_by("name")


def _holes_of(facet: str) -> list[Any]:
    return [hole for name, hole in HOLES.items() if name.startswith(facet)]


def _held(chronicle: Any, first: Any, last: Any) -> Any:
    """The rows of the days of a span that hold any entry."""
    return Bitmap.objects.filter(chronicle=chronicle, name__range=(first, last), chunk=0, total__gt=0)


def _day(name: str) -> date:
    return date.fromisoformat(name.partition("/")[2])
