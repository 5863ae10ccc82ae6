"""Key events: those that a story is told in, of one day and of a whole chronicle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from chronicle.clock import PARTS, Calendar, Clock
from chronicle.models import Chronicle, Entry
from chronicle.models.statements import Statement, statement_of
from chronicle.site.sections import LABELS, address, section_of
from chronicle.site.shown import OfDay

MOST = 8
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class KeyEvent:
    """One key event of a day: ``when`` is short, and says no more than is known."""

    when: str
    headline: str
    url: str


def of_day(
    chronicle: Chronicle, day: date, entries: Iterable[OfDay], shown: Iterable[OfDay]
) -> list[KeyEvent]:
    """The key events ``entries`` of a ``day``; those its page has ``shown`` lead to where it has them."""
    on_page = {entry.number for entry in shown}
    return [
        KeyEvent(
            when_words(entry, chronicle.clock, day),
            entry.headline,
            f"#entry-{entry.number}"
            if entry.number in on_page
            else address("entry", chronicle.slug, entry.number),
        )
        for entry in entries
    ]


@dataclass(frozen=True)
class Chapter:
    """One key event of a chronicle, on the day that tells it; ``number`` is None where it has none."""

    number: int | None
    date: date
    headline: str
    url: str


def of_chronicle(chronicle: Chronicle, calendar: Calendar) -> list[Chapter]:
    """The latest key events of a chronicle, the last first, in one query."""
    return [
        Chapter(
            calendar.number_of(told_on) if calendar.holds(told_on) else None,
            told_on,
            headline,
            address("entry", chronicle.slug, number),
        )
        for number, told_on, headline in _latest().tuples({"chronicle": chronicle.pk})
    ]


@cache
def _latest() -> Statement:
    hole = {"chronicle": -1}
    entries = Entry.objects.public().filter(chronicle=hole["chronicle"], key=True).order_by("-sk")
    return statement_of(entries.values("number", "told_on", "headline")[:MOST], hole)


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
