"""A phrase that may be either of two times is refused with both, each in words that are read."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from chronicle.clock import Clock
from events import moments

pytestmark = pytest.mark.no_database
CLOCK, TOLD_ON = Clock(ZoneInfo("UTC")), date(2021, 3, 3)


@pytest.mark.parametrize(
    ("phrase", "times"),
    [
        ("half past two", ["02:30", "14:30"]),
        ("about half past two", ["02:00", "14:00"]),
        ("half past seven", ["07:30", "19:30"]),
        ("a quarter to eleven", ["10:45", "22:45"]),
        ("a quarter past twelve", ["00:15", "12:15"]),
        ("yesterday, half past five", ["05:30", "17:30"]),
    ],
)
def test_of_a_spoken_time_both_halves_of_the_day_are_offered(phrase, times):
    with pytest.raises(moments.Unreadable) as refused:
        moments.read(phrase, told_on=TOLD_ON, clock=CLOCK)

    read = [moments.read(told, told_on=TOLD_ON, clock=CLOCK) for told in refused.value.either]
    assert [f"{moment.earliest:%H:%M}" for moment in read] == times


def test_of_a_date_in_figures_both_orders_are_offered():
    with pytest.raises(moments.Unreadable) as refused:
        moments.read("14:30 on 05/06/2021", told_on=TOLD_ON, clock=CLOCK)

    assert refused.value.either == ("14:30 on 5 June 2021", "14:30 on 6 May 2021")


def test_what_is_no_time_offers_nothing():
    with pytest.raises(moments.Unreadable) as refused:
        moments.read("when the cows came home", told_on=TOLD_ON, clock=CLOCK)

    assert refused.value.either == ()
