"""Times, days, spans and numbers in words: one way for the desk, the press and the site.

Instants are aware; a zone is that of the chronicle. Spans are half-open, as everywhere, and are told with
an end that a reader takes for included. Nothing here knows Django or a database.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chronicle.clock import PARTS, Calendar, Clock

MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
_MINUTE = timedelta(minutes=1)


def counted(number: int, one: str, many: str) -> str:
    """“1 entry”, “2,000 entries”."""
    return f"{number:,} {one if number == 1 else many}"


def day_words(day: date) -> str:
    """“8 November 2020”."""
    return f"{month_day(day)} {day.year}"


def month_day(day: date) -> str:
    """“8 November”."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def short_day(day: date) -> str:
    """“8 Nov”."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def numbered_day(day: date, calendar: Calendar) -> str:
    """“Day 42 · 7 November”, with the year where it is not that of the first day.

    Only the date where the chronicle has no such day.
    """
    if not calendar.holds(day):
        return day_words(day)
    words = month_day(day) if day.year == calendar.first.year else day_words(day)
    return f"Day {calendar.number_of(day)} · {words}"


def first_to_last(calendar: Calendar) -> str:
    """“27 September 2020 – 10 November 2020”, or “27 September 2020 – going on”."""
    last = day_words(calendar.last) if calendar.last else "going on"
    return f"{day_words(calendar.first)} – {last}"


def days_words(calendar: Calendar) -> str:
    """Which days a chronicle has, to follow its name: “runs from 27 September 2020 (day 1) and is open”."""
    until = f"to {day_words(calendar.last)}" if calendar.last else "and is open"
    return f"runs from {day_words(calendar.first)} (day {calendar.first_number}) {until}"


def hours_words(part: str, clock: Clock) -> str:
    """The first and the last minute of a part of the day, “06:00–11:59”; empty for what is no part."""
    if part not in PARTS:
        return ""
    ends = datetime.combine(date.min + timedelta(days=1), clock.ends(part)) - _MINUTE
    return f"{clock.begins(part):%H:%M}–{ends:%H:%M}"


def city_of(zone: ZoneInfo) -> str:
    """What a zone is called after: “Baku” of Asia/Baku, “UTC” of UTC."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def offset_words(instant: datetime, zone: ZoneInfo) -> str:
    """The offset in force at ``instant``: “UTC+4”, “UTC−3:30”, “UTC”."""
    minutes = int((instant.astimezone(zone).utcoffset() or timedelta()).total_seconds()) // 60
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def zone_words(zone: ZoneInfo, *instants: datetime) -> str:
    """The zone with the offset at each of ``instants``, in their order: “Baku time (UTC+4)”.

    Where clocks change between them it is “Kyiv time (UTC+2, then UTC+3)”.
    """
    offsets = ", then ".join(dict.fromkeys(offset_words(instant, zone) for instant in instants))
    city = city_of(zone)
    return offsets if city == offsets else f"{city} time ({offsets})"


def zone_words_of_day(clock: Clock, day: date) -> str:
    """The zone with the offset, or the two offsets, of ``day``."""
    begins, ends = clock.day_bounds(day)
    return zone_words(clock.zone, begins, ends - _MINUTE)


def instant_words(instant: datetime, zone: ZoneInfo) -> str:
    """“8 November 2020, 11:00”, by the clock of ``zone``."""
    local = instant.astimezone(zone)
    return f"{day_words(local.date())}, {local:%H:%M}"


def short_instant(instant: datetime, zone: ZoneInfo, *, unlike: date) -> str:
    """“8 Nov, 11:00”, by the clock of ``zone``; with its year where that is ``unlike`` the year of a day."""
    local = instant.astimezone(zone)
    year = f" {local.year}" if local.year != unlike.year else ""
    return f"{short_day(local.date())}{year}, {local:%H:%M}"


def at_words(instant: datetime, zone: ZoneInfo) -> str:
    """“8 November 2020, 11:00, Baku time (UTC+4)”."""
    return f"{instant_words(instant, zone)}, {zone_words(zone, instant)}"


def span_words(
    earliest: datetime,
    latest: datetime,
    *,
    throughout: bool,
    zone: ZoneInfo,
    open_start: bool = False,
    open_end: bool = False,
) -> str:
    """The bounds of a moment in ``zone``, the end included to the minute, with the offset at each.

    An open end is not told as a bound: no source gave it.
    """
    begins, last = earliest.astimezone(zone), (latest - _MINUTE).astimezone(zone)
    if open_end and not open_start:
        from_then = f"from {instant_words(begins, zone)} on, {zone_words(zone, begins)}"
        return from_then if throughout else f"some time {from_then}"
    if open_start and not open_end:
        until = f"{instant_words(latest, zone)}, {zone_words(zone, latest)}"
        return f"until {until}" if throughout else f"no later than {until}"
    words = instant_words(begins, zone)
    if last <= begins:
        return f"{words}, {zone_words(zone, begins)}"
    ends = f"{last:%H:%M}" if last.date() == begins.date() else instant_words(last, zone)
    span = f"from {words} to {ends}" if throughout else f"some time between {words} and {ends}"
    return f"{span}, {zone_words(zone, begins, last)}"


def bounds_words(
    earliest: datetime,
    latest: datetime,
    zone: ZoneInfo,
    *,
    open_start: bool = False,
    open_end: bool = False,
) -> str:
    """Half-open bounds as a desk reads them: “8 Nov 06:00–12:00”, “7 Nov 21:00 – 8 Nov 06:00”.

    The end of a day is 24:00 of that day, not 00:00 of the next. An open end is told as open: “8 Nov 11:00
    or later”, “8 Nov 18:00 or earlier”.
    """
    if open_end and not open_start:
        local = earliest.astimezone(zone)
        return f"{short_day(local.date())} {local:%H:%M} or later"
    if open_start and not open_end:
        local = latest.astimezone(zone)
        return f"{short_day(local.date())} {local:%H:%M} or earlier"
    begins, ends = earliest.astimezone(zone), latest.astimezone(zone)
    last = (latest - timedelta(microseconds=1)).astimezone(zone).date()
    until = "24:00" if ends.date() != last and ends.time() == time(0) else f"{ends:%H:%M}"
    if begins.date() == last:
        return f"{short_day(last)} {begins:%H:%M}–{until}"
    return f"{short_day(begins.date())} {begins:%H:%M} – {short_day(last)} {until}"


def other_language(language: str) -> str:
    """``language`` (BCP 47) where it is another than that of the pages, which are English; else empty."""
    return "" if language.lower().partition("-")[0] == "en" else language
