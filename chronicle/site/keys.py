"""Key events: those that a story is told in, of one day and of a whole chronicle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from chronicle.clock import PARTS, Calendar, Clock
from chronicle.models import Chronicle, Entry
from chronicle.models.statements import Statement, statement_of
from chronicle.site import reads
from chronicle.site.marks import LOUD
from chronicle.site.sections import LABELS, Row, Withdrawn, address, section_of
from chronicle.site.shown import OfDay
from chronicle.site.then import rows
from chronicle.site.then.stood import headed_then, with_words
from chronicle.wording import short_instant

MOST = 8
_MINUTE = timedelta(minutes=1)


WITHDRAWN = "An entry was withdrawn"


@dataclass(frozen=True)
class KeyEvent:
    """One key event of a day: ``when`` says no more than is known; ``mark``, what became of it."""

    when: str
    headline: str
    url: str
    mark: str = ""


def of_day(
    chronicle: Chronicle, day: date, entries: Iterable[OfDay], shown: Iterable[OfDay]
) -> list[KeyEvent]:
    """The key events ``entries`` of a ``day``; those its page has ``shown`` lead to where it has them."""
    on_page = {entry.number for entry in shown}
    return [
        KeyEvent(
            when_words(entry, chronicle.clock, day),
            entry.headline or WITHDRAWN,
            f"#entry-{entry.number}"
            if entry.number in on_page
            else address("entry", chronicle.slug, entry.number),
            _mark(entry, chronicle, day),
        )
        for entry in entries
    ]


def _mark(entry: Any, chronicle: Chronicle, day: date) -> str:
    """“Corrected 9 Nov, 22:42” and why one was withdrawn, of what is told aloud; nothing of what is quiet."""
    if entry.withdrawn_at:
        return f"{_at(entry.withdrawn_at, chronicle, day)}: {entry.withdrawn_reason}"
    if entry.changed in LOUD:
        return f"{LOUD[entry.changed]} {_at(entry.changed_at, chronicle, day)}"
    return ""


def _at(at: datetime, chronicle: Chronicle, day: date) -> str:
    return short_instant(at, chronicle.clock.zone, unlike=day)


@dataclass(frozen=True)
class Chapter:
    """One key event of a chronicle, on the day that tells it; ``number`` is None where it has none."""

    number: int | None
    date: date
    headline: str
    url: str
    mark: str = ""


class _Row(NamedTuple):
    sk: int
    number: int
    told_on: date
    headline: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    changed: str | None
    changed_at: datetime | None


def of_chronicle(chronicle: Chronicle, calendar: Calendar) -> list[Chapter]:
    """The latest key events of a chronicle, the last first, in one query; the withdrawn keep their lines."""
    latest = _then(chronicle) if chronicle.then else _latest().tuples({"chronicle": chronicle.pk})
    return [
        Chapter(
            calendar.number_of(row.told_on) if calendar.holds(row.told_on) else None,
            row.told_on,
            row.headline or WITHDRAWN,
            address("entry", chronicle.slug, row.number),
            _mark(row, chronicle, row.told_on),
        )
        for row in map(_Row._make, latest)
    ]


def _then(chronicle: Chronicle) -> list[_Row]:
    """The latest key events as they were known at a moment, in one query."""
    past = chronicle.then
    stayed = Q(pk__among=past.key_events - past.state.changed)
    gone = Q(withdrawn_at__isnull=False, pk__lte=past.moment.last) & ~Q(pk__among=past.state.changed)
    told = Entry.objects.filter(stayed | (Q(chronicle=chronicle, key=True) & gone), taken_at=None)
    # Only their places are put in order; what was done is read of the latest.
    latest = Entry.objects.filter(pk__in=told.order_by("-sk").values("pk")[:MOST])
    size = past.moment.size
    found = map(headed_then, with_words(_told(latest, by=size), size))
    stood = [_Row(*map(each.__getattribute__, _Row._fields)) for each in found]
    stood += rows.key_events(past, _Row, MOST)
    return sorted(stood, key=attrgetter("sk"), reverse=True)[:MOST]


@cache
def _latest() -> Statement:
    hole = {"chronicle": -1}
    told = _told(Entry.objects.filter(chronicle=hole["chronicle"], key=True))
    return statement_of(told.values(*_Row._fields)[:MOST], hole)


def _told(entries: QuerySet[Entry], by: int | None = None) -> QuerySet[Entry]:
    """Key events that were not taken down, the last first, with what was done to each, ``by`` a size."""
    return entries.filter(taken_at__isnull=True).annotate(**reads.last_change(by)).order_by("-sk")


def when_words(entry: OfDay, clock: Clock, day: date) -> str:
    """“05:40”, “From 11:00”, “Evening”; “That day” where its part is not known, “Earlier” of a day before."""
    begins, ends = (f"{at.astimezone(clock.zone):%H:%M}" for at in (entry.earliest, entry.latest))
    part = section_of(entry, clock, day)
    if part not in PARTS:
        return {"unknown": "That day", "earlier": "Earlier", "later": "Later"}[part]
    if entry.open_end and not entry.open_start:
        return f"From {begins}" if entry.throughout else f"After {begins}"
    if entry.open_start and not entry.open_end:
        return f"Until {ends}" if entry.throughout else f"By {ends}"
    return begins if entry.latest - entry.earliest <= _MINUTE else LABELS[part]


def withdrawn_row(entry: OfDay, chronicle: Chronicle, day: date) -> Row:
    """The line of an entry that was withdrawn, in its place on its ``day``."""
    return Row(
        entry,
        withdrawn=Withdrawn(
            when_words(entry, chronicle.clock, day),
            _at(entry.withdrawn_at, chronicle, day),
            entry.withdrawn_reason,
            address("entry", chronicle.slug, entry.number),
        ),
    )
