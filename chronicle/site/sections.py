"""How a day's page is laid out: its entries under the parts of the day, with links to their other days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from django.urls import reverse

from chronicle import wording
from chronicle.clock import PARTS, Calendar, Clock
from chronicle.models import Chronicle
from chronicle.site.marks import NONE, Mark, mark_of
from chronicle.site.shown import OfDay, Shown

TO_THE_HOUR = timedelta(hours=1)
"""How long what is known to the hour may be."""

LABELS = {
    "earlier": "Earlier days",
    "unknown": "Time of day not known",
    "night": "Night",
    "morning": "Morning",
    "afternoon": "Afternoon",
    "evening": "Evening",
    "later": "Later days",
}


# Not frozen: a page makes a hundred of them, and that would take as long as its queries.
@dataclass(slots=True)
class DayLink:
    """A day in words, with its address where the chronicle has such a day."""

    words: str
    url: str


@dataclass(slots=True)
class Withdrawn:
    """What a day's page says in place of an entry that was withdrawn: when, why, and where that is told."""

    when: str
    at: str
    reason: str
    url: str


@dataclass(slots=True)
class Row:
    """One entry on one day's page, and what that page says of its other day; or that it was ``withdrawn``."""

    entry: OfDay | Shown
    happened: DayLink | None = None
    told: DayLink | None = None
    mark: Mark = NONE
    withdrawn: Withdrawn | None = None
    since: str = ""
    """What it is since the moment that a reader asks for: “New”, “Changed”."""

    @property
    def anchor(self) -> str:
        """Where on its day it stands: “entry-8”."""
        return f"entry-{self.entry.number}"

    @property
    def url(self) -> str:
        return f"#{self.anchor}"

    @property
    def goes_on(self) -> bool:
        """Whether it has begun, and nobody says that it has ended."""
        return (
            not self.withdrawn and self.entry.throughout and self.entry.open_end and not self.entry.open_start
        )

    @property
    def marks(self) -> str:
        """What the rail marks it by: known to the hour or not (``loose``), a key event, still going on."""
        if self.withdrawn:
            return "gone"
        marks = {"loose": self._is_loose, "key": self.entry.key, "goes-on": self.goes_on}
        return " ".join(mark for mark, holds in marks.items() if holds)

    @property
    def _is_loose(self) -> bool:
        if self.entry.throughout and not self.entry.open_start:
            return False
        is_open = self.entry.open_start or self.entry.open_end
        return is_open or self.entry.latest - self.entry.earliest > TO_THE_HOUR


@dataclass(frozen=True)
class Recalled:
    """What began in an earlier part of a day and goes on; ``since`` is the local time."""

    entry: OfDay | Shown
    since: str
    url: str


@dataclass
class Section:
    """The entries of one part of the day. ``hours`` are local wall-clock times; empty outside a part.

    ``follows`` is the part before it on the page, in whose last light its own begins.
    """

    part: str
    hours: str
    rows: list[Row] = field(default_factory=list)
    recalled: list[Recalled] = field(default_factory=list)
    follows: str = ""

    @property
    def label(self) -> str:
        return LABELS[self.part]


def of_day(rows: Iterable[Row], chronicle: Chronicle, day: date, *, newest: bool = False) -> list[Section]:
    """``rows`` of the page of ``day``, each under the first part of it that it touches.

    Where the ``newest`` are first, the parts are as well: their light does not go on from one to the next,
    and nothing is recalled.
    """
    clock = chronicle.clock
    found = {part: Section(part, wording.hours_words(part, clock)) for part in LABELS}
    for row in rows:
        found[section_of(row.entry, clock, day)].rows.append(row)
    sections = [section for section in found.values() if section.rows]
    if newest:
        return sections[::-1]
    for before, section in pairwise(sections):
        section.follows = before.part
    _recall([section for section in sections if section.part in PARTS], clock)
    return sections


def _recall(parts: list[Section], clock: Clock) -> None:
    """Have each of ``parts`` recall what began in one before it and goes on."""
    going_on: list[Recalled] = []
    for section in parts:
        section.recalled = list(going_on)
        going_on += [
            Recalled(row.entry, f"{row.entry.earliest.astimezone(clock.zone):%H:%M}", row.url)
            for row in section.rows
            if row.goes_on
        ]


def section_of(entry: OfDay | Shown, clock: Clock, day: date) -> str:
    """Where ``entry`` stands on the page of ``day``."""
    if entry.happened_on != day:
        return "earlier" if entry.happened_on < day else "later"
    begins, ends = clock.day_bounds(day)
    if entry.earliest <= begins and entry.latest >= ends:
        return "unknown"
    if entry.open_start and not entry.open_end:
        # "By 18:00" stands at 18:00: its beginning is nobody's claim.
        return clock.part_at(entry.latest - timedelta(minutes=1))
    return clock.parts_touched(day, entry.earliest, entry.latest)[0]


def row_of(
    entry: OfDay | Shown, chronicle: Chronicle, day: date, *, calendar: Calendar, late: str = ""
) -> Row:
    """``entry`` with a link to its other day, where it has one; ``late`` says that it came in late.

    ``calendar`` holds the days that have a page.
    """
    happened = day_link(chronicle, entry.happened_on, calendar) if entry.happened_on != day else None
    told = day_link(chronicle, entry.told_on, calendar) if entry.told_on != day else None
    return Row(entry, happened=happened, told=told, mark=mark(entry, chronicle, late=late))


def mark(entry: OfDay | Shown, chronicle: Chronicle, *, late: str = "") -> Mark:
    """What the card of ``entry`` is marked with, leading to its history."""
    url = address("entry", chronicle.slug, entry.number)
    return mark_of(entry, chronicle.clock.zone, url=url, late=late)


def day_link(chronicle: Chronicle, day: date, calendar: Calendar) -> DayLink:
    """“Day 42 · 7 November”, or only the date where ``calendar`` holds no such day."""
    return _link(chronicle.slug, day, calendar)


# A list links to the same few days again and again.
@lru_cache(maxsize=2048)
def _link(slug: str, day: date, calendar: Calendar) -> DayLink:
    words = wording.numbered_day(day, calendar)
    return DayLink(words, address_of(slug, calendar.number_of(day)) if calendar.holds(day) else "")


def address_of(slug: str, number: int) -> str:
    """The address of a day."""
    return address("page", slug, number)


# A page leads to a hundred days and the same few ways, and to put one together takes as long as a card.
@lru_cache(maxsize=4096)
def address(name: str, *parts: str | int) -> str:
    """The address of what ``chronicle.urls`` has under ``name``."""
    return reverse(name, args=parts)
