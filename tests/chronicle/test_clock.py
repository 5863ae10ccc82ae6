"""Where days and their parts begin and end, also when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from chronicle.clock import PARTS, Clock

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
