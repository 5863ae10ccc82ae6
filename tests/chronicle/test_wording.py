"""Times, days and spans in words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chronicle import wording
from chronicle.clock import Calendar, Clock

pytestmark = pytest.mark.no_database

BAKU, KYIV = ZoneInfo("Asia/Baku"), ZoneInfo("Europe/Kyiv")
SPRING_FORWARD = date(2024, 3, 31)
"""At 03:00 clocks in Kyiv went from UTC+2 to UTC+3."""


def at(moment: str, zone: ZoneInfo = BAKU) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("begins", "hours", "shown"),
    [
        ("2021-03-03T06:00", 6, "3 Mar 06:00–12:00"),
        ("2021-03-03T18:00", 6, "3 Mar 18:00–24:00"),
        ("2021-03-02T21:00", 9, "2 Mar 21:00 – 3 Mar 06:00"),
        ("2021-03-03T00:00", 48, "3 Mar 00:00 – 4 Mar 24:00"),
    ],
)
def test_bounds_are_shown_by_the_clock_of_the_chronicle(begins, hours, shown):
    earliest = at(begins)

    assert wording.bounds_words(earliest, earliest + timedelta(hours=hours), BAKU) == shown


@pytest.mark.parametrize(
    ("zone", "moment", "shown"),
    [
        ("Asia/Baku", "2020-11-08T12:00", "Baku time (UTC+4)"),
        ("UTC", "2020-11-08T12:00", "UTC"),
        ("Europe/Lisbon", "2021-01-01T12:00", "Lisbon time (UTC)"),
        ("America/St_Johns", "2021-01-01T12:00", "St Johns time (UTC−3:30)"),
        ("Europe/Kyiv", "2024-03-31T02:30", "Kyiv time (UTC+2)"),
        ("Europe/Kyiv", "2024-03-31T04:30", "Kyiv time (UTC+3)"),
    ],
)
def test_the_offset_beside_a_time_is_that_of_its_instant(zone, moment, shown):
    zone = ZoneInfo(zone)

    assert wording.zone_words(zone, at(moment, zone)) == shown


def test_a_span_over_a_change_of_clocks_tells_both_offsets():
    earliest, latest = at("2024-03-31T02:00", KYIV), at("2024-03-31T05:00", KYIV)

    shown = wording.span_words(earliest, latest, throughout=False, zone=KYIV)

    assert shown == "some time between 31 March 2024, 02:00 and 04:59, Kyiv time (UTC+2, then UTC+3)"


@pytest.mark.parametrize(
    ("day", "shown"),
    [(SPRING_FORWARD, "Kyiv time (UTC+2, then UTC+3)"), (date(2024, 4, 1), "Kyiv time (UTC+3)")],
)
def test_a_day_tells_the_offsets_that_are_in_force_on_it(day, shown):
    assert wording.zone_words_of_day(Clock(KYIV), day) == shown


@pytest.mark.parametrize(
    ("minutes", "throughout", "shown"),
    [
        (1, False, "8 November 2020, 11:00, Baku time (UTC+4)"),
        (60, False, "some time between 8 November 2020, 11:00 and 11:59, Baku time (UTC+4)"),
        (60, True, "from 8 November 2020, 11:00 to 11:59, Baku time (UTC+4)"),
        (
            24 * 60,
            False,
            "some time between 8 November 2020, 11:00 and 9 November 2020, 10:59, Baku time (UTC+4)",
        ),
    ],
)
def test_a_span_ends_with_its_last_minute(minutes, throughout, shown):
    earliest = at("2020-11-08T11:00").astimezone(UTC)
    latest = earliest + timedelta(minutes=minutes)

    assert wording.span_words(earliest, latest, throughout=throughout, zone=BAKU) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2020, 11, 7), "Day 42 · 7 November"),
        (date(2021, 1, 2), "Day 98 · 2 January 2021"),
        (date(2020, 9, 26), "26 September 2020"),
    ],
)
def test_a_day_is_told_with_its_number_where_the_chronicle_has_it(day, shown):
    assert wording.numbered_day(day, Calendar(date(2020, 9, 27))) == shown


@pytest.mark.parametrize(
    ("ends", "throughout", "shown"),
    [
        ("open_end", False, "some time from 8 November 2020, 11:00 on, Baku time (UTC+4)"),
        ("open_end", True, "from 8 November 2020, 11:00 on, Baku time (UTC+4)"),
        ("open_start", False, "no later than 9 November 2020, 00:00, Baku time (UTC+4)"),
        ("open_start", True, "until 9 November 2020, 00:00, Baku time (UTC+4)"),
    ],
)
def test_an_open_end_is_not_told_as_a_bound(ends, throughout, shown):
    bounds = at("2020-11-08T11:00"), at("2020-11-09T00:00")

    assert wording.span_words(*bounds, throughout=throughout, zone=BAKU, **{ends: True}) == shown
