"""A moment written as a phrase reads the same again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.clock import Clock
from tests.events.moments.told import BAKU, CLOCKS, DAY_43, DAYS, SAID, told, told_or_skipped
from tests.events.moments.writing import write

pytestmark = pytest.mark.no_database


@settings(deadline=None, max_examples=400)
@given(SAID, DAYS, CLOCKS)
def test_a_moment_written_and_read_again_is_the_same(phrase: str, on: date, clock: Clock) -> None:
    moment = told_or_skipped(phrase, on, clock)

    again = told(write(moment, told_on=on, clock=clock), on=on, clock=clock)

    assert replace(again, wording=moment.wording) == moment


@settings(deadline=None, max_examples=300)
@given(SAID, DAYS, CLOCKS, st.integers(-400_000, 400_000), st.integers(1, 600_000))
def test_an_overruled_moment_written_and_read_again_is_the_same(
    phrase: str, on: date, clock: Clock, shift: int, seconds: int
) -> None:
    moment = told_or_skipped(phrase, on, clock)
    earliest = moment.earliest + timedelta(seconds=shift)
    overruled = moment.overrule(earliest, earliest + timedelta(seconds=seconds), clock)

    again = told(write(overruled, told_on=on, clock=clock), on=on, clock=clock)

    assert replace(again, wording=overruled.wording, edtf=overruled.edtf) == overruled


def test_writes_plain_english() -> None:
    def written(phrase: str) -> str:
        return write(told(phrase), told_on=DAY_43, clock=BAKU)

    assert written("2:30 pm") == "14:30"
    assert written("") == "some time that day"
    assert written("after 11:00 am") == "after 11:00"
    assert written("from 11 am onwards") == "since 11:00"
    assert written("by noon the day before") == "before 12:00 the day before"
    assert written("after 11 pm last night") == "after 23:00 on the night of 7 November 2020"
    assert written("evening") == "in the evening"
    assert written("23:00 the day before") == "23:00 the day before"
    assert written("all night") == "throughout the night"
    assert written("the night of 7 November") == "on the night of 7 November 2020"
    assert written("overnight from 11 pm to 5 am") == "overnight between 23:00 and 05:00"
