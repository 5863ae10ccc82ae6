"""What an editor types as a time, and the moment that it becomes."""

import json
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from chronicle.clock import PARTS, Clock
from events.moments import Moment, Unreadable, read, write

BAKU = Clock(ZoneInfo("Asia/Baku"))
LONDON = Clock(ZoneInfo("Europe/London"))
NEW_YORK = Clock(ZoneInfo("America/New_York"))
DAY_43 = date(2020, 11, 8)


def told(phrase: str, on: date = DAY_43, clock: Clock = BAKU) -> Moment:
    return read(phrase, told_on=on, clock=clock)


def local(moment: Moment, clock: Clock = BAKU) -> tuple[str, str]:
    """The bounds on the wall clock, as "day hour:minute"."""
    begins, ends = (f"{at.astimezone(clock.zone):%d %H:%M}" for at in moment.order)
    return begins, ends


# Phrase, first instant, first instant after it, the day of November 2020 that it counts on.
READINGS = [
    ("14:30", "08 14:30", "08 14:31", 8),
    ("2:30 pm", "08 14:30", "08 14:31", 8),
    ("about 14:30", "08 14:00", "08 15:00", 8),
    ("after 11:00", "08 11:00", "08 12:00", 8),
    ("before noon", "08 06:00", "08 12:00", 8),
    ("between 3 and 5 pm", "08 15:00", "08 17:00", 8),
    ("14:30–15:10", "08 14:30", "08 15:10", 8),
    ("overnight", "07 21:00", "08 06:00", 8),
    ("at night", "08 00:00", "08 06:00", 8),
    ("at dawn", "08 04:00", "08 06:00", 8),
    ("early morning", "08 06:00", "08 08:00", 8),
    ("in the morning", "08 06:00", "08 12:00", 8),
    ("around noon", "08 11:30", "08 12:30", 8),
    ("at midday", "08 11:30", "08 12:30", 8),
    ("in the afternoon", "08 12:00", "08 18:00", 8),
    ("towards evening", "08 16:00", "08 18:00", 8),
    ("in the evening", "08 18:00", "09 00:00", 8),
    ("late in the evening", "08 22:00", "09 00:00", 8),
    ("by midnight", "08 18:00", "09 00:00", 8),
    ("all day", "08 00:00", "09 00:00", 8),
    ("all night", "08 00:00", "08 06:00", 8),
    ("on the night of 7 November", "07 21:00", "08 06:00", 7),
    ("the day before at 23:00", "07 23:00", "07 23:01", 7),
    ("two days earlier", "06 00:00", "07 00:00", 6),
    ("on 5 November", "05 00:00", "06 00:00", 5),
    ("5–7 November", "05 00:00", "08 00:00", 5),
    ("", "08 00:00", "09 00:00", 8),
]
MORE_READINGS = [
    ("14.30", "08 14:30", "08 14:31", 8),
    ("1430 hours", "08 14:30", "08 14:31", 8),
    ("3 o'clock in the afternoon", "08 15:00", "08 15:01", 8),
    ("half past seven in the evening", "08 19:30", "08 19:31", 8),
    ("12 am", "08 00:00", "08 00:01", 8),
    ("12 pm", "08 12:00", "08 12:01", 8),
    ("11 at night", "08 23:00", "08 23:01", 8),
    ("10:30 UTC", "08 14:30", "08 14:31", 8),
    ("midnight", "08 00:00", "08 00:01", 8),
    ("at 24:00", "08 23:59", "09 00:00", 8),
    ("about 00:10", "08 00:00", "08 00:40", 8),
    ("around 23:50", "08 23:20", "09 00:00", 8),
    ("after midnight", "08 00:00", "08 06:00", 8),
    ("By 14:00", "08 12:00", "08 14:00", 8),
    ("by noon", "08 06:00", "08 12:00", 8),
    ("until 14:00", "08 12:00", "08 14:00", 8),
    ("from 14:00 onwards", "08 14:00", "08 18:00", 8),
    ("shortly after 11:00", "08 11:00", "08 11:30", 8),
    ("towards midnight", "08 23:30", "09 00:00", 8),
    ("by evening", "08 12:00", "08 18:00", 8),
    ("by the end of the day", "08 18:00", "09 00:00", 8),
    ("before dawn", "08 00:00", "08 04:00", 8),
    ("in the early hours", "08 00:00", "08 06:00", 8),
    ("late at night", "08 04:00", "08 06:00", 8),
    ("mid-morning", "08 08:00", "08 10:00", 8),
    ("from 11 to 3 pm", "08 11:00", "08 15:00", 8),
    ("11 am to 3", "08 11:00", "08 15:00", 8),
    ("between 3 and 5 in the afternoon", "08 15:00", "08 17:00", 8),
    ("from 23:00 to 02:00", "08 23:00", "09 02:00", 8),
    ("overnight from 23:00 to 05:00", "07 23:00", "08 05:00", 8),
    ("from yesterday evening until this morning", "07 18:00", "08 12:00", 7),
    ("from morning to evening", "08 06:00", "09 00:00", 8),
    ("throughout the morning", "08 06:00", "08 12:00", 8),
    ("yesterday evening", "07 18:00", "08 00:00", 7),
    ("the evening before", "07 18:00", "08 00:00", 7),
    ("the next morning", "09 06:00", "09 12:00", 9),
    ("the day before yesterday", "06 00:00", "07 00:00", 6),
    ("last night", "07 21:00", "08 06:00", 7),
    ("on the night of 7 to 8 November", "07 21:00", "08 06:00", 7),
    ("the night from 7 to 8 November", "07 21:00", "08 06:00", 7),
    ("overnight into 7 November", "06 21:00", "07 06:00", 7),
    ("5 November at 14:30", "05 14:30", "05 14:31", 5),
    ("at 2 p.m. on Nov. 5th, 2020", "05 14:00", "05 14:01", 5),
    ("in the evening of 5 November", "05 18:00", "06 00:00", 5),
    ("2020-11-05T14:30Z", "05 18:30", "05 18:31", 5),
    ("2020-11-05/2020-11-07", "05 00:00", "08 00:00", 5),
    ("between 5 and 7 November", "05 00:00", "08 00:00", 5),
    ("November 5-7, 2020", "05 00:00", "08 00:00", 5),
    ("from 5 November at 14:30 to 6 November at 10:00", "05 14:30", "06 10:00", 5),
    ("on 5 November from 2 to 4 pm", "05 14:00", "05 16:00", 5),
    ("the fifth of November", "05 00:00", "06 00:00", 5),
    ("on the 5th", "05 00:00", "06 00:00", 5),
    ("about 5 November", "04 00:00", "07 00:00", 5),
    ("from 5 November at 2 pm to 6 November at 3:30", "05 14:00", "06 03:30", 5),
    ("around 3–4 pm", "08 14:30", "08 16:30", 8),
    ("Sunday, 8 November", "08 00:00", "09 00:00", 8),
]


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
        ("by midnight", ("evening",)),
        ("all day", PARTS),
        ("5–7 November", PARTS),
    ],
)
def test_names_the_parts_of_the_day_that_it_touches(phrase: str, parts: tuple[str, ...]) -> None:
    assert told(phrase).parts == parts


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
    assert local(told("after 12:00", clock=early)) == ("08 12:00", "08 13:00")
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


# Refusals.

UNREADABLE = [
    "xyzzy",
    "in the morning of the long winter",
    "7",
    "3-5",
    "1945",
    "25:00",
    "14:75",
    "14:30 15:10",
    "in the morning in the evening",
    "14:30 in the morning",
    "31 February",
    "7–5 November",
    "5–7 November at 14:30",
    "5/11/2020",
    "the day before 7 November",
    "Saturday, 8 November 2020",
    "on Saturday",
    "Saturday between 1 pm and 4 pm",
    "15 to noon",
    "from 5 to 6 of April 22",
    "from 4 to January 22",
    "after 5 November",
    "about 3 hours",
    "from 14:30 to 14:30",
    "to",
    "between",
    "between 14:30",
    "14:30 –",
    "/",
    "on",
    "...",
    "14:30\x00",
    "\ud800",
    "1\ufe0f\u20e3",
    "١٤:٣٠",
    "9" * 100_000,
    "in the morning " * 10_000,
    "1000000 days earlier",
    "9999 days earlier and 9999 days later",
    "Vendredi à midi",
]


@pytest.mark.parametrize("phrase", UNREADABLE, ids=lambda phrase: ascii(phrase[:20]))
def test_refuses_what_is_not_a_time_with_a_sentence(phrase: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        told(phrase)

    sentence = str(refusal.value)
    assert sentence.startswith("Could not read “")
    assert sentence.endswith("Try “14:30”, “in the evening” or “the day before at 23:00”.")
    assert len(sentence) < 700
    assert sentence.isprintable()
    sentence.encode()


def test_a_refusal_says_what_was_understood_and_what_was_not() -> None:
    with pytest.raises(Unreadable) as refusal:
        told("In the morning of the long winter")

    assert str(refusal.value) == (
        "Could not read “In the morning of the long winter”. Understood “in the morning”; not “of the long"
        " winter”. Try “14:30”, “in the evening” or “the day before at 23:00”."
    )


def test_a_date_out_of_reach_is_refused() -> None:
    for on, phrase in [(date.min, "the day before"), (date.max, ""), (date.max, "tomorrow"), (date.min, "")]:
        with pytest.raises(Unreadable, match="out of reach"):
            told(phrase, on=on)


# Overruling.


def test_an_editor_can_overrule_both_bounds() -> None:
    moment = told("overnight")
    earliest, latest = datetime(2020, 11, 7, 22, tzinfo=UTC), datetime(2020, 11, 8, 1, tzinfo=UTC)

    overruled = moment.overrule(earliest, latest, BAKU)

    assert overruled.order == (earliest, latest)
    assert overruled.wording == "overnight"
    assert overruled.happened_on == DAY_43
    assert overruled.parts == ("night",)
    assert overruled.edtf == "2020-11-08"


def test_bounds_that_leave_the_day_move_the_day_it_counts_on() -> None:
    bounds = datetime(2020, 11, 5, 8, tzinfo=UTC), datetime(2020, 11, 5, 9, tzinfo=UTC)

    assert told("at noon").overrule(*bounds, BAKU).happened_on == date(2020, 11, 5)


def test_refuses_bounds_in_the_wrong_order_or_without_a_zone() -> None:
    noon = datetime(2020, 11, 8, 12, tzinfo=UTC)

    with pytest.raises(Unreadable, match="must come after"):
        told("noon").overrule(noon, noon, BAKU)
    with pytest.raises(Unreadable, match="time zone"):
        told("noon").overrule(noon.replace(tzinfo=None), noon, BAKU)


# Properties.

PHRASES = [phrase for phrase, *_ in READINGS + MORE_READINGS if "Sunday" not in phrase]
ZONES = st.sampled_from(
    ["Asia/Baku", "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
)
HOURS = st.integers(1, 1439).map(lambda minute: time(minute // 60, minute % 60))
CLOCKS = st.builds(
    lambda zone, hours: Clock(ZoneInfo(zone), *sorted(hours)),
    ZONES,
    st.lists(HOURS, min_size=3, max_size=3, unique=True) | st.just([time(6), time(12), time(18)]),
)
DAYS = st.dates(date(1925, 1, 1), date(2100, 12, 31)) | st.sampled_from(
    [date(2020, 3, 29), date(2020, 10, 25), date(2020, 3, 8), date(2020, 11, 1), DAY_43]
)
TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
SAID_TIMES = (
    TIMES
    | st.builds("{} {}".format, st.sampled_from(["about", "after", "before", "by", "shortly after"]), TIMES)
    | st.builds("{} between {} and {}".format, st.sampled_from(["", "overnight", "throughout"]), TIMES, TIMES)
    | st.sampled_from(PHRASES)
)
SAID_DAYS = st.sampled_from(["", "the day before", "two days later", "on 5 May", "7 November 2020"])
SAID = SAID_TIMES | st.builds("{} {}".format, SAID_TIMES, SAID_DAYS)


def told_or_skipped(phrase: str, on: date, clock: Clock) -> Moment:
    try:
        return told(phrase, on=on, clock=clock)
    except Unreadable:
        assume(False)
        raise


@settings(deadline=None, max_examples=400)
@given(SAID, DAYS, CLOCKS)
def test_every_moment_begins_before_it_ends(phrase: str, on: date, clock: Clock) -> None:
    moment = told_or_skipped(phrase, on, clock)

    assert moment.earliest < moment.latest
    assert moment.parts


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


@settings(deadline=None, max_examples=400)
@given(SAID, DAYS, CLOCKS)
def test_a_moment_written_and_read_again_is_the_same(phrase: str, on: date, clock: Clock) -> None:
    moment = told_or_skipped(phrase, on, clock)

    again = told(write(moment, told_on=on, clock=clock), on=on, clock=clock)

    assert (again.order, again.happened_on, again.throughout, again.edtf, again.parts) == (
        moment.order,
        moment.happened_on,
        moment.throughout,
        moment.edtf,
        moment.parts,
    )


@settings(deadline=None, max_examples=300)
@given(SAID, DAYS, CLOCKS, st.integers(-400_000, 400_000), st.integers(1, 600_000))
def test_an_overruled_moment_written_and_read_again_is_the_same(
    phrase: str, on: date, clock: Clock, shift: int, seconds: int
) -> None:
    moment = told_or_skipped(phrase, on, clock)
    earliest = moment.earliest + timedelta(seconds=shift)
    overruled = moment.overrule(earliest, earliest + timedelta(seconds=seconds), clock)

    again = told(write(overruled, told_on=on, clock=clock), on=on, clock=clock)

    assert (again.order, again.happened_on, again.throughout) == (
        overruled.order,
        overruled.happened_on,
        overruled.throughout,
    )


def test_writes_plain_english() -> None:
    def written(phrase: str) -> str:
        return write(told(phrase), told_on=DAY_43, clock=BAKU)

    assert written("2:30 pm") == "14:30"
    assert written("") == "some time that day"
    assert written("after 11:00 am") == "after 11:00"
    assert written("evening") == "in the evening"
    assert written("23:00 the day before") == "23:00 the day before"
    assert written("all night") == "throughout the night"
    assert written("the night of 7 November") == "on the night of 7 November 2020"
    assert written("overnight from 11 pm to 5 am") == "overnight between 23:00 and 05:00"


def only_refuses(phrase: str) -> None:
    try:
        moment = told(phrase)
    except Unreadable as refusal:
        str(refusal).encode()
        return
    assert moment.earliest < moment.latest


@settings(deadline=None, max_examples=1500)
@given(st.text(st.characters(), max_size=300))
@example("\ud800\udfff\x00\u202e14:30")
@example("－" * 300)
def test_no_text_raises_anything_but_the_refusal(phrase: str) -> None:
    only_refuses(phrase)


def hostile_strings(seed: int, count: int) -> list[str]:
    """Strings near to time phrases: words of the grammar, digits and stray characters, shuffled."""
    chance = random.Random(seed)
    words = " ".join(PHRASES + UNREADABLE[:30]).split()
    words += ["99999999999999999999", "2020-13-45", "0000", *"0123456789:.-–/,~'\u202e\x00\ud800é٣②½"]
    return [
        chance.choice(["", " "]).join(chance.choices(words, k=chance.randrange(1, 12))) for _ in range(count)
    ]


def test_five_thousand_hostile_strings_raise_only_the_refusal() -> None:
    for phrase in hostile_strings(seed=43, count=5_000):
        only_refuses(phrase)


def test_the_list_of_naughty_strings_raises_only_the_refusal(shared: Path) -> None:
    strings = json.loads((shared / "g-hostile" / "naughty" / "blns.json").read_text())

    for string in strings:
        only_refuses(string)


@pytest.mark.parametrize("change", [str.upper, str.title, lambda phrase: phrase.replace(" ", "\u00a0 ")])
def test_case_and_space_do_not_matter(change: Callable[[str], str]) -> None:
    for phrase in PHRASES:
        assert told(change(phrase)).order == told(phrase).order, phrase
