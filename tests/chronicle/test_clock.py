"""Where days and their parts begin and end, also when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from chronicle.clock import PARTS, Clock

pytestmark = pytest.mark.no_database

BAKU = Clock(ZoneInfo("Asia/Baku"))
LISBON = Clock(ZoneInfo("Europe/Lisbon"))


def test_a_day_begins_at_midnight_in_its_zone():
    begins, ends = BAKU.day_bounds(date(2020, 11, 8))

    assert begins == datetime(2020, 11, 7, 20, tzinfo=UTC)
    assert ends - begins == timedelta(hours=24)


@pytest.mark.parametrize(("day", "hours"), [(date(2021, 3, 28), 23), (date(2021, 10, 31), 25)])
def test_a_day_on_which_the_clocks_change_has_another_length(day, hours):
    begins, ends = LISBON.day_bounds(day)

    assert ends - begins == timedelta(hours=hours)


def test_the_parts_fill_the_day_without_a_gap():
    day = date(2021, 3, 28)
    bounds = [LISBON.part_bounds(day, part) for part in PARTS]

    assert bounds[0][0] == LISBON.day_bounds(day)[0]
    assert bounds[-1][1] == LISBON.day_bounds(day)[1]
    assert all(left[1] == right[0] for left, right in pairwise(bounds))


def test_a_chronicle_may_begin_its_parts_elsewhere():
    late = Clock(ZoneInfo("UTC"), evening=time(20))

    assert late.part_bounds(date(2021, 3, 1), "evening")[0].hour == 20


def test_a_span_touches_the_parts_it_shares_an_instant_with():
    day, noon = date(2021, 3, 1), datetime(2021, 3, 1, 12, tzinfo=UTC)

    assert LISBON.parts_touched(day, noon - timedelta(hours=1), noon) == ("morning",)
    assert LISBON.parts_touched(day, noon, noon + timedelta(minutes=1)) == ("afternoon",)
    assert LISBON.parts_touched(day, noon - timedelta(days=1), noon) == ("night", "morning")
    assert LISBON.parts_touched(day, noon - timedelta(days=9), noon + timedelta(days=9)) == PARTS


@pytest.mark.parametrize(
    ("begins", "ends", "parts"),
    [
        ("2020-11-07 21:00", "2020-11-08 06:00", ("night", "evening")),
        ("2020-11-07 21:00", "2020-11-08 00:00", ("evening",)),
        ("2020-11-08 00:00", "2020-11-08 06:00", ("night",)),
        ("2020-11-08 05:00", "2020-11-08 06:01", ("night", "morning")),
        ("2020-11-07 13:00", "2020-11-08 12:59", PARTS),
        ("2020-11-07 23:00", "2020-11-08 11:00", ("night", "morning", "evening")),
        ("2020-11-08 05:00", "2020-11-09 05:00", PARTS),
        ("2020-11-08 00:00", "2029-11-09 00:00", PARTS),
    ],
)
def test_a_span_touches_parts_on_every_day_that_it_lies_on(begins, ends, parts):
    earliest, latest = (datetime.fromisoformat(at).replace(tzinfo=BAKU.zone) for at in (begins, ends))

    assert BAKU.parts_of_any_day(earliest, latest) == parts


def test_a_short_day_within_a_span_is_touched_in_all_its_parts():
    earliest = datetime(2021, 3, 27, 23, 45, tzinfo=LISBON.zone)
    latest = datetime(2021, 3, 29, 0, 10, tzinfo=LISBON.zone)

    assert latest.astimezone(UTC) - earliest.astimezone(UTC) < timedelta(hours=24)
    assert LISBON.parts_of_any_day(earliest.astimezone(UTC), latest.astimezone(UTC)) == PARTS


def test_what_ended_before_its_day_began_touches_the_parts_that_it_lies_in():
    earliest, latest = BAKU.part_bounds(date(2020, 11, 7), "evening")

    assert BAKU.parts_touched(date(2020, 11, 8), earliest, latest) == ("evening",)


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        # At 00:01 the clocks of St John's went back to 23:01: an hour outside both days.
        ("America/St_Johns", datetime(2006, 10, 29, 3, 0, tzinfo=UTC)),
        # At 23:30 the clocks of Toronto went forward to 00:30: that half hour, too.
        ("America/Toronto", datetime(1919, 3, 31, 4, 40, tzinfo=UTC)),
    ],
)
def test_an_hour_that_a_change_of_clocks_puts_outside_its_own_day_has_a_part(zone, at):
    clock = Clock(ZoneInfo(zone))
    day, latest = clock.date_of(at), at + timedelta(minutes=1)
    begins, ends = clock.day_bounds(day)

    assert not begins <= at < ends, "the case must be one that lies outside"
    assert len(clock.parts_touched(day, at, latest)) == 1
