"""A day of the week that is read as one still to come says so."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from chronicle.clock import Clock
from events import moments

pytestmark = pytest.mark.no_database

THURSDAY = date(2019, 5, 9)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("on Friday", "Friday was read as 2019-05-10, after the day that tells it."),
        ("on Friday 10 May", ""),
        ("on Tuesday", ""),
        ("on Thursday", ""),
    ],
)
def test_a_day_to_come_is_never_read_without_a_word(phrase: str, said: str) -> None:
    assert moments.read(phrase, told_on=THURSDAY, clock=Clock(ZoneInfo("Asia/Tbilisi"))).said == said
