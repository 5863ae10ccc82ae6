"""At the ends of the calendar a moment is refused: no clock can tell there where its days begin and end."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.clock import Clock
from events.moments import Moment, Unreadable
from tests.events.moments.told import BAKU, DAY_43, PHRASES, TIMES, told

pytestmark = pytest.mark.no_database

UTC_CLOCK = Clock(ZoneInfo("UTC"))
EAST = Clock(ZoneInfo("Etc/GMT-14"))
WEST = Clock(ZoneInfo("Etc/GMT+12"))
INSTANT = datetime.resolution
FIRST_DAYS = [date.min + timedelta(days=n) for n in range(4)]
LAST_DAYS = [date.max - timedelta(days=n) for n in range(4)]


def may_be_used(moment: Moment, clock: Clock) -> None:
    """The bounds are in order and in UTC, and every day of the moment has bounds, as pages will ask."""
    assert moment.earliest.tzinfo is UTC
    assert moment.latest.tzinfo is UTC
    assert moment.earliest < moment.latest
    for day in (
        moment.happened_on,
        *(clock.date_of(at) for at in (moment.earliest, moment.latest - INSTANT)),
    ):
        clock.day_bounds(day)
    assert clock.parts_touched(moment.happened_on, *moment.order)


CLOCKS = st.sampled_from([UTC_CLOCK, EAST, WEST, BAKU, Clock(ZoneInfo("America/St_Johns"))])
EXTREME_DAYS = st.sampled_from(FIRST_DAYS + LAST_DAYS)
EXTREME_PHRASES = (
    st.sampled_from(PHRASES)
    | st.builds("{} {}".format, TIMES, st.sampled_from(["UTC", "yesterday", "tomorrow", "overnight"]))
    | st.builds("{} {}".format, st.sampled_from(["after", "before", "about", "towards", "by"]), TIMES)
    | st.sampled_from(["1 January", "31 December 9999", "about 31 December 9999", "9999-12-30/9999-12-31"])
    | st.sampled_from(["0001-01-01", "9999-12-31", "0001-01-01T00:00Z", "about 0001-01-01", "9999 days ago"])
)
OFFSETS = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda n: timezone(timedelta(minutes=n)))
INSTANTS = st.builds(
    lambda day, at, zone: datetime.combine(day, at, tzinfo=zone),
    EXTREME_DAYS,
    st.times() | st.sampled_from([time.min, time.max, time(23, 59)]),
    OFFSETS | st.sampled_from([UTC, EAST.zone, WEST.zone]),
)


@settings(deadline=None, max_examples=600)
@given(EXTREME_PHRASES, EXTREME_DAYS, CLOCKS)
def test_a_phrase_told_at_the_ends_of_the_calendar_is_read_or_refused(
    phrase: str, on: date, clock: Clock
) -> None:
    try:
        moment = told(phrase, on=on, clock=clock)
    except Unreadable:
        return

    may_be_used(moment, clock)


@settings(deadline=None, max_examples=600)
@given(INSTANTS, INSTANTS, CLOCKS)
def test_bounds_at_the_ends_of_the_calendar_overrule_or_are_refused(
    earliest: datetime, latest: datetime, clock: Clock
) -> None:
    try:
        moment = told("noon", clock=clock).overrule(earliest, latest, clock)
    except Unreadable:
        return

    may_be_used(moment, clock)


@pytest.mark.parametrize(
    ("on", "phrase", "clock"),
    [
        (date.min, "the day before", BAKU),
        (date.min, "", BAKU),
        (date.min, "", EAST),
        (date.min, "about 0001-01-01", UTC_CLOCK),
        (date.min, "overnight", UTC_CLOCK),
        (date.max, "", BAKU),
        (date.max, "", WEST),
        (date.max, "23:30", UTC_CLOCK),
        (date.max, "tomorrow", BAKU),
        (date.max, "before 24:00", UTC_CLOCK),
    ],
)
def test_a_date_out_of_reach_is_refused(on: date, phrase: str, clock: Clock) -> None:
    with pytest.raises(Unreadable, match="out of reach"):
        told(phrase, on=on, clock=clock)


def test_the_first_day_in_reach_of_a_zone_is_read() -> None:
    assert told("", on=date.min, clock=UTC_CLOCK).earliest == datetime(1, 1, 1, tzinfo=UTC)
    assert told("", on=date.min, clock=WEST).earliest == datetime(1, 1, 1, 12, tzinfo=UTC)
    assert told("", on=date(1, 1, 2), clock=EAST).earliest.date() == date(1, 1, 1)


def hours_from_utc(hours: int) -> timezone:
    return timezone(timedelta(hours=hours))


OUT_OF_REACH = [
    (datetime(1, 1, 1, tzinfo=hours_from_utc(5)), datetime(2020, 11, 8, tzinfo=UTC), UTC_CLOCK),
    (datetime(2020, 11, 8, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=hours_from_utc(-5)), UTC_CLOCK),
    # Their instants are in reach, but not the days that they touch on the clock of the chronicle.
    (datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC), WEST),
    (datetime(9999, 12, 31, 20, tzinfo=UTC), datetime(9999, 12, 31, 21, tzinfo=UTC), EAST),
    (datetime(9999, 12, 31, 20, tzinfo=UTC), datetime(9999, 12, 31, 21, tzinfo=UTC), UTC_CLOCK),
    # Widened to whole seconds, this end is past the last second of all.
    (datetime(2020, 11, 8, tzinfo=UTC), datetime.max.replace(tzinfo=UTC), UTC_CLOCK),
]


@pytest.mark.parametrize(("earliest", "latest", "clock"), OUT_OF_REACH)
def test_bounds_out_of_reach_are_refused_with_what_to_do(
    earliest: datetime, latest: datetime, clock: Clock
) -> None:
    moment = told("noon", on=DAY_43, clock=clock)

    with pytest.raises(Unreadable) as refusal:
        moment.overrule(earliest, latest, clock)

    assert str(refusal.value) == (
        "The bounds must lie within the years 1 to 9999, in UTC and in the chronicle's time zone."
    )


@pytest.mark.parametrize(("earliest", "latest", "clock"), OUT_OF_REACH)
def test_control_the_clock_alone_overflows_on_bounds_out_of_reach(
    earliest: datetime, latest: datetime, clock: Clock
) -> None:
    with pytest.raises(OverflowError):
        for at in (earliest, latest + timedelta(microseconds=-latest.microsecond % 1_000_000)):
            clock.day_bounds(clock.date_of(at.astimezone(UTC)))
