"""What a day still lacks, counted, each count leading to its events; the hours of which nothing is told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from events.admin.desk.day.rows import LACKS, Row
from events.admin.unsaved import OPEN_FOR
from events.models import Day, Event, Unsaved

TO_AN_HOUR = timedelta(hours=3)
"""How long a moment may be that says of each of its hours what happened in it."""


@dataclass(frozen=True)
class Lack:
    """How many events lack what; ``name`` is what narrows the page to them."""

    name: str
    label: str
    total: int


@dataclass(frozen=True)
class Hour:
    """How much is told of an hour; ``shade`` is that from 0 to 3."""

    hour: int
    total: int

    @property
    def shade(self) -> int:
        return min(self.total, 3)


def lacks_of(rows: Iterable[Row]) -> list[Lack]:
    """What some of ``rows`` lack."""
    found = list(rows)
    counted = {name: sum(name in row.problems for row in found) for name in LACKS}
    return [Lack(name, LACKS[name], total) for name, total in counted.items() if total]


def narrowed(rows: Sequence[Row], name: str) -> list[Row]:
    """Those of ``rows`` that lack what is called ``name``; all of them where nothing is."""
    return [row for row in rows if name in row.problems] if name in LACKS else list(rows)


def hours_of(rows: Iterable[Row], day: Day) -> list[Hour]:
    """What is told of each hour of ``day``, by the clock on its walls."""
    told = [hour for row in rows for hour in _hours(row.event, day)]
    return [Hour(hour, told.count(hour)) for hour in range(24)]


def _hours(event: Event, day: Day) -> Iterator[int]:
    """The hours of ``day`` that ``event`` tells of, where it is known well enough when it was."""
    if event.open_start or event.open_end or event.latest - event.earliest > TO_AN_HOUR:
        return
    zone = day.story.clock.zone
    first, last = event.earliest.astimezone(zone), (event.latest - timedelta.resolution).astimezone(zone)
    if first.date() <= day.date <= last.date():
        begins = first.hour if first.date() == day.date else 0
        ends = last.hour if last.date() == day.date else 23
        yield from range(begins, ends + 1)


def silent(hours: Sequence[Hour]) -> list[str]:
    """The stretches of which nothing is told, “05–06”."""
    found: list[list[int]] = []
    for each in hours:
        if each.total:
            continue
        if found and found[-1][1] == each.hour:
            found[-1][1] = each.hour + 1
        else:
            found.append([each.hour, each.hour + 1])
    return [f"{begins:02}–{ends:02}" for begins, ends in found]


def who_is_here(request: Any, rows: Iterable[Row]) -> list[tuple[str, str]]:
    """Others who have one of the events open: their names, and the headline."""
    by_address = {reverse("admin:events_event_change", args=[row.event.pk]): row.event for row in rows}
    there = Unsaved.objects.filter(address__in=by_address, here_at__gt=timezone.now() - OPEN_FOR)
    there = there.exclude(person=request.user).select_related("person").order_by("person", "address")
    return [(str(row.person), str(by_address[row.address])) for row in there]
