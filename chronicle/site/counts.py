"""How many entries each day shows, as the record keeps count of it: none of them is read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, Subquery, Value

from chronicle.clock import Calendar
from chronicle.models import Bitmap, Chronicle

Span = tuple[date, date]
"""The first day and the last."""


def on_days(chronicle: Chronicle, first: date, last: date) -> Counter[date]:
    """How many entries each day of a span shows that shows any, in one query."""
    return _by_day(_held(chronicle, first, last).values("name", "total"))


def on_days_of(spans: Mapping[int, Span]) -> dict[int, Counter[date]]:
    """Likewise of many chronicles (row ids), each with a span of its own, in one query."""
    wanted = Q(pk=None)
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
    end = calendar.last or last
    # Of the span's own days one or two are among them; they are the nearest of nothing.
    earlier = _held(chronicle, calendar.first, first).exclude(name=_name(first)).order_by("-name")
    later = _held(chronicle, last, end).exclude(name=_name(last)).order_by("name")
    asked = Chronicle.objects.order_by().filter(pk=chronicle.pk)
    beyond = (
        asked.annotate(name=Subquery(rows.values("name")[:1]), total=Value(0)).values("name", "total")
        for rows in (earlier, later)
    )
    in_span = _held(chronicle, first, last).values("name", "total").order_by()
    rows = [row for row in in_span.union(*beyond, all=True).order_by() if row["name"]]
    nearest = {_day(row["name"]) for row in rows if not row["total"]}
    return _by_day(row for row in rows if row["total"]), nearest


def _held(chronicle: Chronicle, first: date, last: date) -> Any:
    """The rows of the days of a span that show any entry."""
    span = (_name(first), _name(last))
    return Bitmap.objects.filter(chronicle=chronicle, name__range=span, chunk=0, total__gt=0)


def _by_day(rows: Iterable[Any]) -> Counter[date]:
    return Counter({_day(row["name"]): row["total"] for row in rows})


def _name(day: date) -> str:
    return f"day/{day.isoformat()}"


def _day(name: str) -> date:
    return date.fromisoformat(name.partition("/")[2])
