"""What an editor types as a time, and the moment that it becomes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.clock import PARTS, Clock
from tests.events.moments.told import (
    BAKU,
    CLOCKS,
    DAYS,
    LONDON,
    MORE_READINGS,
    NEW_YORK,
    PHRASES,
    READINGS,
    SAID,
    TIMES,
    local,
    told,
    told_or_skipped,
)

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(("phrase", "earliest", "latest", "day"), READINGS + MORE_READINGS)
def test_reads_what_an_editor_types(phrase: str, earliest: str, latest: str, day: int) -> None:
    moment = told(phrase)

    assert local(moment) == (earliest, latest)
    assert moment.happened_on == date(2020, 11, day)
    assert moment.earliest.tzinfo is UTC
    assert moment.latest.tzinfo is UTC


@pytest.mark.parametrize(
    "phrase",
    [
        "2:30 PM",
        "2:30pm",
        "2.30 p.m.",
        "  at 2:30 P.M. ",
        "2:30 p. m.",
        "14.30",
        "14h30",
        "1430",
        "14:30.",
        "(14:30)",
        "at 14:30 local time",
        "\u202a14:30\u202c",
        "\uff11\uff14\uff1a\uff13\uff10",
        "half past two in the afternoon",
    ],
)
def test_case_dots_and_extra_words_do_not_matter_to_a_clock_time(phrase: str) -> None:
    assert local(told(phrase)) == ("08 14:30", "08 14:31")


@pytest.mark.parametrize(
    "dash", ["-", "–", " – ", "\u2014", "\u2012", "\u2011", "−", " -- ", " to ", " till "]
)
def test_every_dash_makes_a_range(dash: str) -> None:
    assert local(told(f"14:30{dash}15:10")) == ("08 14:30", "08 15:10")
    assert local(told(f"5{dash}7 November")) == ("05 00:00", "08 00:00")


@pytest.mark.parametrize(
    "phrase",
    ["morning", "In the Morning", "during the morning", "this morning,", "in the morning of that day"],
)
def test_extra_words_do_not_matter_to_a_part_of_the_day(phrase: str) -> None:
    assert local(told(phrase)) == ("08 06:00", "08 12:00")


@pytest.mark.parametrize(
    ("phrase", "throughout"),
    [
        ("all day", True),
        ("all night", True),
        ("throughout the morning", True),
        ("the whole day", True),
        ("around the clock", True),
        ("all evening long", True),
        ("throughout 5–7 November", True),
        ("since 14:00", True),
        ("from 14:00 on", True),
        ("14:00 onwards", True),
        ("until 14:00", True),
        ("after 14:00", False),
        ("before 14:00", False),
        ("by 14:00", False),
        ("at night", False),
        ("during the day", False),
        ("", False),
    ],
)
def test_tells_throughout_from_some_time_within(phrase: str, throughout: bool) -> None:
    assert told(phrase).throughout is throughout


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("", "2020-11-08"),
        ("about 14:30", "2020-11-08"),
        ("the day before at 23:00", "2020-11-07"),
        ("overnight", "2020-11-07/2020-11-08"),
        ("5–7 November", "2020-11-05/2020-11-07"),
        ("about 5 November", "2020-11-05~"),
        ("about 5–7 November", "2020-11-05~/2020-11-07~"),
    ],
)
def test_gives_edtf_cut_to_the_day_and_approximate_only_when_the_date_is(phrase: str, edtf: str) -> None:
    assert told(phrase).edtf == edtf


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [
        ("14:30", ("afternoon",)),
        ("around noon", ("morning", "afternoon")),
        ("overnight", ("night",)),
        ("shortly before midnight", ("evening",)),
        ("after 14:30", ("afternoon", "evening")),
        ("all day", PARTS),
        ("5–7 November", PARTS),
    ],
)
def test_touches_the_parts_of_the_day_that_it_tells(phrase: str, parts: tuple[str, ...]) -> None:
    moment = told(phrase)

    assert BAKU.parts_touched(moment.happened_on, *moment.order) == parts


def test_keeps_the_wording_as_typed_without_the_space_around_it() -> None:
    assert told("  After 11:00 A.M. ").wording == "After 11:00 A.M."


def test_takes_the_year_nearest_to_the_day_that_tells_it() -> None:
    assert told("on 5 January").happened_on == date(2021, 1, 5)
    assert told("on 5 January", on=date(2020, 2, 1)).happened_on == date(2020, 1, 5)
    assert told("29 February", on=date(2022, 1, 1)).happened_on == date(2020, 2, 29)


def test_a_range_over_new_year_keeps_its_order() -> None:
    moment = told("30 December – 2 January", on=date(2021, 1, 3))

    assert moment.edtf == "2020-12-30/2021-01-02"


def test_parts_begin_where_the_chronicle_says() -> None:
    early = Clock(ZoneInfo("Asia/Baku"), morning=time(4, 30), afternoon=time(13), evening=time(19, 15))

    assert local(told("in the morning", clock=early)) == ("08 04:30", "08 13:00")
    assert local(told("until the afternoon", clock=early)) == ("08 00:00", "08 13:00")
    assert local(told("overnight", clock=early)) == ("07 21:00", "08 04:30")


def test_moments_sort_by_their_beginning_then_their_end() -> None:
    phrases = ["in the evening", "14:30", "in the afternoon", "after 12:00", "overnight", "noon"]

    assert [m.wording for m in sorted(map(told, phrases), key=lambda m: m.order)] == [
        "overnight",
        "noon",
        "in the afternoon",
        "after 12:00",
        "14:30",
        "in the evening",
    ]


# Clocks put forward and back. The night of London, 29 March 2020, has five hours; that of 25 October seven.


@pytest.mark.parametrize(
    ("clock", "on", "phrase", "earliest", "latest"),
    [
        (LONDON, date(2020, 3, 29), "at night", "2020-03-29T00:00Z", "2020-03-29T05:00Z"),
        (LONDON, date(2020, 10, 25), "at night", "2020-10-24T23:00Z", "2020-10-25T06:00Z"),
        (LONDON, date(2020, 3, 29), "", "2020-03-29T00:00Z", "2020-03-29T23:00Z"),
        (LONDON, date(2020, 10, 25), "", "2020-10-24T23:00Z", "2020-10-26T00:00Z"),
        (LONDON, date(2020, 3, 29), "14:30", "2020-03-29T13:30Z", "2020-03-29T13:31Z"),
        (LONDON, date(2020, 10, 25), "01:30", "2020-10-25T00:30Z", "2020-10-25T00:31Z"),
        (LONDON, date(2020, 10, 25), "01:30 UTC", "2020-10-25T01:30Z", "2020-10-25T01:31Z"),
        (LONDON, date(2020, 10, 25), "overnight", "2020-10-24T20:00Z", "2020-10-25T06:00Z"),
        (NEW_YORK, date(2020, 3, 8), "at night", "2020-03-08T05:00Z", "2020-03-08T10:00Z"),
        (NEW_YORK, date(2020, 11, 1), "at night", "2020-11-01T04:00Z", "2020-11-01T11:00Z"),
        (NEW_YORK, date(2020, 11, 1), "01:30", "2020-11-01T05:30Z", "2020-11-01T05:31Z"),
        (NEW_YORK, date(2020, 11, 1), "about 01:00", "2020-11-01T04:30Z", "2020-11-01T05:30Z"),
        (NEW_YORK, date(2020, 3, 8), "between 1 and 4 am", "2020-03-08T06:00Z", "2020-03-08T08:00Z"),
        (BAKU, date(2020, 3, 29), "at night", "2020-03-28T20:00Z", "2020-03-29T02:00Z"),
        (BAKU, date(2020, 10, 25), "at night", "2020-10-24T20:00Z", "2020-10-25T02:00Z"),
    ],
)
def test_is_right_across_a_change_of_clocks(
    clock: Clock, on: date, phrase: str, earliest: str, latest: str
) -> None:
    moment = told(phrase, on=on, clock=clock)

    assert moment.order == (datetime.fromisoformat(earliest), datetime.fromisoformat(latest))


@pytest.mark.parametrize(
    "phrase", ["01:30", "from 01:30 to 02:00", "01:10–01:50", "after 01:30", "about 01:30", "by 01:30"]
)
def test_a_skipped_hour_still_begins_before_it_ends(phrase: str) -> None:
    moment = told(phrase, on=date(2020, 3, 29), clock=LONDON)

    assert moment.earliest < moment.latest


@settings(deadline=None, max_examples=400)
@given(SAID, DAYS, CLOCKS)
def test_every_moment_begins_before_it_ends(phrase: str, on: date, clock: Clock) -> None:
    moment = told_or_skipped(phrase, on, clock)

    assert moment.earliest < moment.latest


@settings(deadline=None, max_examples=400)
@given(
    st.sampled_from(PARTS), st.sampled_from(["", "early", "late", "middle of", "throughout"]), DAYS, CLOCKS
)
def test_every_part_lies_within_its_day(part: str, share: str, on: date, clock: Clock) -> None:
    moment = told(f"{share} {part}", on=on, clock=clock)
    begins, ends = clock.day_bounds(on)

    assert begins <= moment.earliest < moment.latest <= ends
    assert moment.happened_on == on


@settings(deadline=None, max_examples=400)
@given(
    TIMES, st.sampled_from(["", "about", "after", "before", "by", "towards", "shortly before"]), DAYS, CLOCKS
)
def test_a_time_told_of_a_day_stays_within_it(at: str, word: str, on: date, clock: Clock) -> None:
    moment = told(f"{word} {at}", on=on, clock=clock)
    begins, ends = clock.day_bounds(on)

    assert begins <= moment.earliest < moment.latest <= ends


@pytest.mark.parametrize("change", [str.upper, str.title, lambda phrase: phrase.replace(" ", "\u00a0 ")])
def test_case_and_space_do_not_matter(change: Callable[[str], str]) -> None:
    for phrase in PHRASES:
        assert told(change(phrase)).order == told(phrase).order, phrase
