"""Phrases that tell only one end: read as open, with the bound of the day or the night that they tell."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.clock import PARTS, Clock
from events.moments import Moment, Unreadable
from events.moments.days import DAY
from tests.events.moments.told import (
    CLOCKS,
    DAYS,
    LONDON,
    OPENING,
    SAID,
    SAID_DAYS,
    TIMES,
    local,
    told,
    told_or_skipped,
)

pytestmark = pytest.mark.no_database

ENDS_OPEN = [
    ("after 11:00", "08 11:00", "09 00:00"),
    ("after noon", "08 12:00", "09 00:00"),
    ("after about 14:00", "08 14:00", "09 00:00"),
    ("after the morning", "08 12:00", "09 00:00"),
    ("after midnight", "08 00:00", "09 00:00"),
    ("after 11:00 in the evening", "08 23:00", "09 00:00"),
    ("after 9 in the morning", "08 09:00", "09 00:00"),
    ("the day before after 11:00", "07 11:00", "08 00:00"),
    ("after 11:00 on 5 November", "05 11:00", "06 00:00"),
    ("after 23:59", "08 23:59", "09 00:00"),
    # What begins where the day ends, or in another zone, counts on the next and is bounded by its end.
    ("after 24:00", "09 00:00", "10 00:00"),
    ("after the evening", "09 00:00", "10 00:00"),
    ("after 23:00 UTC", "09 03:00", "10 00:00"),
    # It is that night that is told, so its end is the bound.
    ("after 11 pm last night", "07 23:00", "08 06:00"),
    ("overnight after 2 am", "08 02:00", "08 06:00"),
]
ENDS_OPEN_AND_FILLS = [
    ("from 11:00", "08 11:00", "09 00:00"),
    ("from 11:00 on", "08 11:00", "09 00:00"),
    ("from 11:00 onwards", "08 11:00", "09 00:00"),
    ("11:00 onwards", "08 11:00", "09 00:00"),
    ("since 14:00", "08 14:00", "09 00:00"),
    ("since morning", "08 06:00", "09 00:00"),
    ("from the evening onwards", "08 18:00", "09 00:00"),
    ("since dawn", "08 04:00", "09 00:00"),
    ("since 11 pm last night", "07 23:00", "08 06:00"),
]
STARTS_OPEN = [
    ("before noon", "08 00:00", "08 12:00"),
    ("before 10:00", "08 00:00", "08 10:00"),
    ("by 18:00", "08 00:00", "08 18:00"),
    ("no later than 18:00", "08 00:00", "08 18:00"),
    ("by evening", "08 00:00", "08 18:00"),
    ("before night", "08 00:00", "09 00:00"),
    ("by the end of the morning", "08 00:00", "08 12:00"),
    ("before the end of the morning", "08 00:00", "08 12:00"),
    ("before the end of the day", "08 00:00", "09 00:00"),
    ("before 3 in the afternoon", "08 00:00", "08 15:00"),
    ("by midnight", "08 00:00", "09 00:00"),
    ("before 00:00", "08 00:00", "09 00:00"),
    ("before 24:00", "08 00:00", "09 00:00"),
    ("before 00:01", "08 00:00", "08 00:01"),
    ("before 12 am", "07 00:00", "08 00:00"),
    ("before 23:00 UTC", "09 00:00", "09 03:00"),
    ("before 3 am overnight", "07 21:00", "08 03:00"),
]
STARTS_OPEN_AND_FILLS = [
    ("until 15:00", "08 00:00", "08 15:00"),
    ("until evening", "08 00:00", "08 18:00"),
    ("till midnight", "08 00:00", "09 00:00"),
    ("until the end of the morning", "08 00:00", "08 12:00"),
    ("until the end of the day", "08 00:00", "09 00:00"),
    ("until 14:00 on 5 November", "05 00:00", "05 14:00"),
    # A day or a night before "until" is no beginning.
    ("on 5 November until 14:00", "05 00:00", "05 14:00"),
    ("the day before until evening", "07 00:00", "07 18:00"),
    ("until 3 am overnight", "07 21:00", "08 03:00"),
    ("last night until 3 am", "07 21:00", "08 03:00"),
]
CLOSED = [
    "",
    "11:00",
    "about 11:00",
    "shortly after 11:00",
    "shortly before noon",
    "towards 14:00",
    "towards evening",
    "in the morning",
    "all day",
    "overnight",
    "from 11:00 to 15:00",
    "from 11:00 until 15:00",
    "from morning until evening",
    "between 3 and 5 pm",
    "overnight from 23:00 until 05:00",
    "5–7 November",
    "from 5 November until 7 November",
    "5 November – evening",
]


def open_at(moment: Moment) -> str:
    return " and ".join(end for end in ("start", "end") if getattr(moment, f"open_{end}"))


@pytest.mark.parametrize(("phrase", "earliest", "latest"), ENDS_OPEN + ENDS_OPEN_AND_FILLS)
def test_an_open_end_runs_to_the_end_of_what_is_told(phrase: str, earliest: str, latest: str) -> None:
    moment = told(phrase)

    assert (*local(moment), open_at(moment)) == (earliest, latest, "end")


@pytest.mark.parametrize(("phrase", "earliest", "latest"), STARTS_OPEN + STARTS_OPEN_AND_FILLS)
def test_an_open_start_reaches_back_to_the_beginning_of_what_is_told(
    phrase: str, earliest: str, latest: str
) -> None:
    moment = told(phrase)

    assert (*local(moment), open_at(moment)) == (earliest, latest, "start")


@pytest.mark.parametrize("phrase", CLOSED)
def test_what_tells_both_ends_is_open_at_neither(phrase: str) -> None:
    assert open_at(told(phrase)) == ""


def test_since_and_until_fill_their_span_and_after_and_before_lie_within_it() -> None:
    for phrase, *_ in ENDS_OPEN_AND_FILLS + STARTS_OPEN_AND_FILLS:
        assert told(phrase).throughout, phrase
    for phrase, *_ in ENDS_OPEN + STARTS_OPEN:
        assert not told(phrase).throughout, phrase


@pytest.mark.parametrize(
    ("phrase", "earliest", "latest"),
    [
        ("in the morning after 11:00", "08 11:00", "08 12:00"),
        ("in the afternoon, before 15:00", "08 12:00", "08 15:00"),
        ("yesterday evening after 20:00", "07 20:00", "08 00:00"),
        ("early in the morning before 7:00", "08 06:00", "08 07:00"),
    ],
)
def test_a_part_of_the_day_told_first_closes_the_end(phrase: str, earliest: str, latest: str) -> None:
    moment = told(phrase)

    assert (*local(moment), open_at(moment)) == (earliest, latest, "")


@pytest.mark.parametrize("phrase", ["in the evening after 17:30", "at night after 11 pm"])
def test_a_part_of_the_day_closes_nothing_if_the_time_lies_outside_it(phrase: str) -> None:
    assert open_at(told(phrase)) == "end"


@pytest.mark.parametrize(
    "phrase",
    ["after 7:00 overnight", "before 8 pm last night", "until 7:00 pm overnight", "before 9 pm tonight"],
)
def test_refuses_an_open_end_of_which_the_night_has_nothing(phrase: str) -> None:
    with pytest.raises(Unreadable, match="but that night runs from 21:00 to 06:00"):
        told(phrase)


@pytest.mark.parametrize("phrase", ["after 5 November", "since yesterday evening", "and evening"])
def test_refuses_an_open_end_with_no_time_of_day_told(phrase: str) -> None:
    with pytest.raises(Unreadable):
        told(phrase)


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("after 11:00", "2020-11-08"),
        ("until 15:00 the day before", "2020-11-07"),
        ("by midnight", "2020-11-08"),
    ],
)
def test_an_open_moment_of_one_day_is_that_day_in_edtf(phrase: str, edtf: str) -> None:
    assert told(phrase).edtf == edtf
    assert told(phrase).happened_on == date.fromisoformat(edtf)


def test_the_day_that_bounds_an_open_end_is_as_long_as_the_clocks_make_it() -> None:
    spring, autumn = date(2020, 3, 29), date(2020, 10, 25)

    assert told("after 11:00", on=spring, clock=LONDON).latest == datetime(2020, 3, 29, 23, tzinfo=UTC)
    assert told("after 11:00", on=autumn, clock=LONDON).latest == datetime(2020, 10, 26, tzinfo=UTC)
    assert told("by 11:00", on=autumn, clock=LONDON).earliest == datetime(2020, 10, 24, 23, tzinfo=UTC)


def test_an_hour_repeated_after_its_day_has_ended_goes_with_the_next_day() -> None:
    # At 00:01 on the 7th the clocks of St. John's went back to 23:01 on the 6th.
    newfoundland = Clock(ZoneInfo("America/St_Johns"))

    moment = told("after 02:45 UTC", on=date(2010, 11, 7), clock=newfoundland)

    assert moment.order == (
        datetime(2010, 11, 7, 2, 45, tzinfo=UTC),
        datetime(2010, 11, 8, 3, 30, tzinfo=UTC),
    )
    assert moment.open_end


NIGHTS = st.sampled_from(["", "overnight", "last night", "on the night of 5 May"])
PART_NAMES = st.sampled_from([*PARTS, "dawn", "dusk", "midday", "early morning", "end of the day"])
OPEN_TIMES = st.builds(
    "{} {}{} {}".format,
    st.sampled_from(OPENING),
    TIMES,
    st.sampled_from(["", ":30", " UTC"]),
    SAID_DAYS | NIGHTS,
)
OPEN_PARTS = st.builds("{} {} {}".format, st.sampled_from(OPENING), PART_NAMES, SAID_DAYS)
WITHIN = st.builds("in the {} {} {}".format, st.sampled_from(PARTS), st.sampled_from(OPENING), TIMES)


def edges_of_days_and_nights(moment: Moment, clock: Clock) -> tuple[set[datetime], set[datetime]]:
    """Where the days and the named nights around ``moment`` begin, and where they end."""
    days = [moment.happened_on + n * DAY for n in (-1, 0, 1, 2)]
    begins = {clock.day_bounds(day)[0] for day in days}
    ends = {clock.day_bounds(day)[1] for day in days}
    if "night" in moment.wording:
        begins |= {clock.instant(day, time(21)) for day in days}
        ends |= {clock.part_bounds(day, "night")[1] for day in days}
    return begins, ends


@settings(deadline=None, max_examples=1000)
@given(OPEN_TIMES | OPEN_PARTS | WITHIN | SAID, DAYS, CLOCKS)
def test_an_open_end_is_always_the_edge_of_a_day_or_of_a_named_night(
    phrase: str, on: date, clock: Clock
) -> None:
    moment = told_or_skipped(phrase, on, clock)
    begins, ends = edges_of_days_and_nights(moment, clock)

    assert moment.earliest < moment.latest
    assert not (moment.open_start and moment.open_end)
    assert not moment.open_start or moment.earliest in begins
    assert not moment.open_end or moment.latest in ends


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(OPENING), TIMES, DAYS, CLOCKS)
def test_a_time_of_the_day_told_is_open_within_that_day(word: str, at: str, on: date, clock: Clock) -> None:
    moment = told(f"{word} {at}", on=on, clock=clock)
    begins, ends = clock.day_bounds(on)

    assert moment.earliest == begins or moment.open_end
    assert moment.latest == ends or moment.open_start
    assert begins <= moment.earliest < moment.latest <= ends
