"""How many entries each day shows, as the record keeps count of it: none of them is read."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, Subquery, Value

from chronicle.clock import Calendar
from chronicle.models import Bitmap, Chronicle
from chronicle.models.statements import Statement, statement_of

Span = tuple[date, date]
"""The first day and the last."""


def on_days(chronicle: Chronicle, first: date, last: date) -> Counter[date]:
    """How many entries each day of a span shows that shows any, in one query."""
    rows = _held(chronicle, _name(first), _name(last)).values_list("name", "total")
    return Counter({_day(name): total for name, total in rows})


def on_days_of(spans: Mapping[int, Span]) -> dict[int, Counter[date]]:
    """Likewise of many chronicles (row ids), each with a span of its own, in one query."""
    wanted = Q(pk__in=[])
    for chronicle, span in spans.items():
        wanted |= Q(chronicle=chronicle, name__range=tuple(map(_name, span)))
    counts: dict[int, Counter[date]] = {chronicle: Counter() for chronicle in spans}
    rows = Bitmap.objects.filter(wanted, chunk=0, total__gt=0).values_list("chronicle_id", "name", "total")
    for chronicle, name, total in rows:
        counts[chronicle][_day(name)] = total
    return counts


def about(
    chronicle: Chronicle, calendar: Calendar, first: date, last: date
) -> tuple[Counter[date], set[date]]:
    """The counts of a span, and the nearest days of ``calendar`` beyond it that show any, in one query."""
    days = {"begin": calendar.first, "first": first, "last": last, "end": calendar.last or last}
    names = {which: _name(day) for which, day in days.items()}
    rows = [row for row in _about().tuples({"chronicle": chronicle.pk, **names}) if row[0]]
    nearest = {_day(name) for name, total in rows if not total}
    return Counter({_day(name): total for name, total in rows if total}), nearest


HOLES = {"chronicle": -1, "begin": "-begin-", "first": "-first-", "last": "-last-", "end": "-end-"}
"""What stands in a statement for a row id and for the names of days."""


@cache
def _about() -> Statement:
    chronicle, begin, first, last, end = HOLES.values()
    # Of the span's own days one or two are among them; they are the nearest of nothing.
    earlier = _held(chronicle, begin, first).exclude(name=first).order_by("-name")
    later = _held(chronicle, last, end).exclude(name=last).order_by("name")
    asked = Chronicle.objects.order_by().filter(pk=chronicle)
    beyond = (
        asked.annotate(name=Subquery(rows.values("name")[:1]), total=Value(0)).values("name", "total")
        for rows in (earlier, later)
    )
    in_span = _held(chronicle, first, last).values("name", "total").order_by()
    return statement_of(in_span.union(*beyond, all=True).order_by(), HOLES)


def _held(chronicle: Any, first: str, last: str) -> Any:
    """The rows of the days of a span that show any entry."""
    return Bitmap.objects.filter(chronicle=chronicle, name__range=(first, last), chunk=0, total__gt=0)


def _name(day: date) -> str:
    return f"day/{day.isoformat()}"


def _day(name: str) -> date:
    return date.fromisoformat(name.partition("/")[2])
