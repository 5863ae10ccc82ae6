"""Phrases that sound exact and are easily read wrong: named nights, zones, lengths, contradictions."""

from datetime import date

import pytest

from events.moments import Unreadable
from tests.events.moments.told import LONDON, local, told

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("phrase", "begins", "ends", "day"),
    [
        ("tonight at 9:30", "08 21:30", "08 21:31", 8),
        ("last night at 11", "07 23:00", "07 23:01", 7),
        ("last night between 11 and 5", "07 23:00", "08 05:00", 7),
        ("last night at 05:00", "08 05:00", "08 05:01", 8),
        ("last night at 12", "08 00:00", "08 00:01", 8),
        ("last night at 3", "08 03:00", "08 03:01", 8),
        ("the night of 7 November at 4", "08 04:00", "08 04:01", 8),
        ("quarter to eleven last night", "07 22:45", "07 22:46", 7),
        ("tomorrow night between 7 and 9", "09 19:00", "09 21:00", 9),
        ("overnight at 11", "07 23:00", "07 23:01", 7),
        ("overnight between 10 and 2", "07 22:00", "08 02:00", 8),
        ("on the night of 8 November at 04:00", "08 04:00", "08 04:01", 8),
        ("late last night", "07 22:00", "08 00:00", 7),
        ("late tonight", "08 22:00", "09 00:00", 8),
        ("later that evening", "08 18:00", "09 00:00", 8),
        ("in the wee hours of the morning", "08 00:00", "08 06:00", 8),
        ("the night of 31 October to 1 November", "31 21:00", "01 06:00", 31),
        ("Monday night to Tuesday", "09 21:00", "10 06:00", 9),
        ("day and night", "08 00:00", "09 00:00", 8),
        ("12 o'clock midnight", "08 00:00", "08 00:01", 8),
        ("12:00 noon", "08 12:00", "08 12:01", 8),
        ("noon to 3", "08 12:00", "08 15:00", 8),
        ("11:30–1:30", "08 11:30", "08 13:30", 8),
        ("8:15 to 2:45", "08 08:15", "08 14:45", 8),
        ("14:30–17:00", "08 14:30", "08 17:00", 8),
        ("14:30-17:00", "08 14:30", "08 17:00", 8),
        ("14:30-05:00", "08 23:30", "08 23:31", 8),
        ("14:30+02:00", "08 16:30", "08 16:31", 8),
        ("14:30 -0500", "08 23:30", "08 23:31", 8),
        ("2020-11-08 12:00:00 -0500", "08 21:00", "08 21:00", 8),
        ("14:30 -17:00", "08 14:30", "08 17:00", 8),
        ("10:00 -11:30", "08 10:00", "08 11:30", 8),
        ("14:30 UTC+2", "08 16:30", "08 16:31", 8),
        ("4:20 p.m. EST", "09 01:20", "09 01:21", 9),
        ("16:20 GMT", "08 20:20", "08 20:21", 8),
        ("9:15 CET", "08 12:15", "08 12:16", 8),
        ("7 November 2020 - 8:25 am", "07 08:25", "07 08:26", 7),
        ("on Friday", "06 00:00", "07 00:00", 6),
        ("Wednesday evening", "11 18:00", "12 00:00", 11),
    ],
)
def test_reads_it_as_it_is_meant(phrase: str, begins: str, ends: str, day: int) -> None:
    moment = told(phrase)

    assert (*local(moment), moment.happened_on.day) == (begins, ends, day)


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("in 1h", "tells? a time|understood"),
        ("for two hours", "not"),
        ("within 1h30", "understood"),
        ("3h later", "not"),
        ("later", "understood"),
        ("this morning at 12", "12:00 is not in the morning"),
        ("this afternoon at 11", "not in the afternoon"),
        ("2 pm at night", "not in the night"),
        ("tonight at 11 am", "not in that night"),
        ("14:30 EST", "more than one time zone"),
        ("4:20 pm IST", "more than one time zone"),
        ("22:00-05:00", "a range or an offset"),
        ("18:00-06:00", "a range or an offset"),
        ("18:00-09:00", "a range or an offset"),
        ("22:00 -0500", "a range or an offset"),
        ("tonight at 5", "05:00 or 17:00"),
        ("half past five last night", "05:30 or 17:30"),
        ("half past two", "02:30 or 14:30"),
        ("quarter to nine", "08:45 or 20:45"),
        ("on Saturday 8 November", "is a Sunday"),
    ],
)
def test_refuses_what_would_be_a_guess(phrase: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        told(phrase)


def test_a_day_of_the_week_is_the_nearest() -> None:
    found = {told("on Thursday", on=date(2020, 11, day)).happened_on.day for day in range(2, 9)}

    assert found == {5}


@pytest.mark.parametrize(
    ("phrase", "on", "said"),
    [
        ("01:30", date(2020, 3, 29), "no clock showed 01:30"),
        ("01:30", date(2020, 10, 25), "01:30 came twice"),
        ("from 00:30 to 01:30", date(2020, 10, 25), "01:30 came twice"),
        ("01:30 UTC", date(2020, 10, 25), ""),
        ("01:30", date(2020, 10, 26), ""),
    ],
)
def test_a_skipped_or_doubled_clock_time_is_read_and_said(phrase: str, on: date, said: str) -> None:
    found = told(phrase, on=on, clock=LONDON).said

    assert said in found and bool(found) == bool(said)
