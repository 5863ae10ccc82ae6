"""How a day's page is laid out: its entries under the parts of the day, and days and hours in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.formats import date_format

from chronicle.clock import PARTS, Clock
from chronicle.models import Chronicle, Entry

LABELS = {
    "earlier": "Earlier days",
    "unknown": "Time of day not known",
    "night": "Overnight",
    "morning": "Morning",
    "afternoon": "Afternoon",
    "evening": "Evening",
    "later": "Later days",
}


@dataclass(frozen=True)
class DayLink:
    """A day in words, with its address where the chronicle has such a day."""

    words: str
    url: str


@dataclass(frozen=True)
class Row:
    """One entry on one day's page, and what that page says of its other day."""

    entry: Entry
    happened: DayLink | None = None
    told: DayLink | None = None


@dataclass
class Section:
    """The entries of one part of the day. ``hours`` are local wall-clock times; empty outside a part."""

    part: str
    hours: str
    rows: list[Row] = field(default_factory=list)

    @property
    def label(self) -> str:
        return LABELS[self.part]


def of_day(entries: Iterable[Entry], chronicle: Chronicle, day: date) -> list[Section]:
    """``entries`` of the page of ``day``, each under the first part of it that it touches."""
    clock = chronicle.clock
    found = {part: Section(part, hours_of(part, clock)) for part in LABELS}
    for entry in entries:
        found[section_of(entry, clock, day)].rows.append(row_of(entry, chronicle, day))
    return [section for section in found.values() if section.rows]


def section_of(entry: Entry, clock: Clock, day: date) -> str:
    """Where ``entry`` stands on the page of ``day``."""
    if entry.happened_on != day:
        return "earlier" if entry.happened_on < day else "later"
    begins, ends = clock.day_bounds(day)
    if entry.earliest <= begins and entry.latest >= ends:
        return "unknown"
    touched = clock.parts_touched(day, entry.earliest, entry.latest)
    return touched[0] if touched else "unknown"


def row_of(entry: Entry, chronicle: Chronicle, day: date) -> Row:
    """``entry`` with a link to its other day, where it has one."""
    happened = day_link(chronicle, entry.happened_on) if entry.happened_on != day else None
    told = day_link(chronicle, entry.reported_on) if entry.reported_on != day else None
    return Row(entry, happened=happened, told=told)


def day_link(chronicle: Chronicle, day: date) -> DayLink:
    """“Day 42 · 7 November”, or only the date where the chronicle has no such day."""
    words = date_format(day, "j F" if day.year == chronicle.first_date.year else "j F Y")
    if not chronicle.tells(day):
        return DayLink(date_format(day, "j F Y"), "")
    number = chronicle.number_of(day)
    return DayLink(f"Day {number} · {words}", reverse("page", args=[chronicle.slug, number]))


def hours_of(part: str, clock: Clock) -> str:
    """The first and the last minute of a part: 06:00–11:59."""
    if part not in PARTS:
        return ""
    last = (datetime.combine(date.min + timedelta(days=1), clock.ends(part)) - timedelta(minutes=1)).time()
    return f"{clock.begins(part):%H:%M}–{last:%H:%M}"


def zone_words(chronicle: Chronicle, day: date) -> str:
    """The chronicle's time as it stands at noon of ``day``: Baku time (UTC+4)."""
    city = chronicle.zone.rpartition("/")[2].replace("_", " ")
    offset = datetime.combine(day, time(12), tzinfo=chronicle.clock.zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    shift = f"{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else ""
    return f"UTC{shift}" if city == "UTC" else f"{city} time (UTC{shift})"


def span_words(entry: Entry) -> str:
    """The bounds of the moment of ``entry`` in the chronicle's time, the end included to the minute."""
    zone = entry.chronicle.clock.zone
    begins, last = entry.earliest.astimezone(zone), (entry.latest - timedelta(minutes=1)).astimezone(zone)
    words = date_format(begins, "j F Y, H:i")
    if last <= begins:
        return f"{words}, {zone_words(entry.chronicle, begins.date())}"
    ends = date_format(last, "H:i" if last.date() == begins.date() else "j F Y, H:i")
    span = f"from {words} to {ends}" if entry.throughout else f"some time between {words} and {ends}"
    return f"{span}, {zone_words(entry.chronicle, begins.date())}"
