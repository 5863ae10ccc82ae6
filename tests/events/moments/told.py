"""Phrases, the days that tell them and the clocks they are told by, for the tests of moments."""

from datetime import date, time
from zoneinfo import ZoneInfo

from hypothesis import assume
from hypothesis import strategies as st

from chronicle.clock import Clock
from events.moments import Moment, Unreadable, read

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
    ("after 11:00", "08 11:00", "09 00:00", 8),
    ("before noon", "08 00:00", "08 12:00", 8),
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
    ("by midnight", "08 00:00", "09 00:00", 8),
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
    ("7 at night", "08 19:00", "08 19:01", 8),
    ("from 9 p.m. to 10:30 p.m. on Saturday", "07 21:00", "07 22:30", 7),
    ("10:30 UTC", "08 14:30", "08 14:31", 8),
    ("midnight", "08 00:00", "08 00:01", 8),
    ("at 24:00", "08 23:59", "09 00:00", 8),
    ("about 00:10", "08 00:00", "08 00:40", 8),
    ("around 23:50", "08 23:20", "09 00:00", 8),
    ("after midnight", "08 00:00", "09 00:00", 8),
    ("By 14:00", "08 00:00", "08 14:00", 8),
    ("by noon", "08 00:00", "08 12:00", 8),
    ("until 14:00", "08 00:00", "08 14:00", 8),
    ("from 14:00 onwards", "08 14:00", "09 00:00", 8),
    ("shortly after 11:00", "08 11:00", "08 11:30", 8),
    ("towards midnight", "08 23:30", "09 00:00", 8),
    ("by evening", "08 00:00", "08 18:00", 8),
    ("by the end of the day", "08 00:00", "09 00:00", 8),
    ("before dawn", "08 00:00", "08 04:00", 8),
    ("in the early hours", "08 00:00", "08 06:00", 8),
    ("late at night", "08 22:00", "09 00:00", 8),
    ("late in the night", "08 04:00", "08 06:00", 8),
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
    ("on the night from Saturday to Sunday", "07 21:00", "08 06:00", 7),
    ("between 9:30 and 10:15 tonight", "08 21:30", "08 22:15", 8),
    ("between 11 and 12 last night", "07 23:00", "08 00:00", 7),
    ("from 10 pm to 2 last night", "07 22:00", "08 02:00", 7),
    ("between 2 and 3 last night", "08 02:00", "08 03:00", 8),
    ("from 3 pm until tonight at 9", "08 15:00", "08 21:00", 8),
    ("between 10 and 12 in the morning", "08 10:00", "08 12:00", 8),
    ("one minute to three in the afternoon", "08 14:59", "08 15:00", 8),
    ("in the early hours of Sunday morning", "08 00:00", "08 06:00", 8),
    ("in the small hours of yesterday morning", "07 00:00", "07 06:00", 7),
    ("through the night", "08 00:00", "08 06:00", 8),
    ("from morning through evening", "08 06:00", "09 00:00", 8),
    ("from morning till night", "08 06:00", "09 00:00", 8),
    ("ten to three in the morning", "08 02:50", "08 02:51", 8),
    ("twenty-five to six this evening", "08 17:35", "08 17:36", 8),
    ("1800 to 2015 hrs", "08 18:00", "08 20:15", 8),
    ("at exactly 14:30", "08 14:30", "08 14:31", 8),
    ("7:45 pm sharp", "08 19:45", "08 19:46", 8),
    ("up to 14:00", "08 00:00", "08 14:00", 8),
    ("5 ноября 2020 года", "05 00:00", "06 00:00", 5),
]


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
OPENING = ["after", "since", "before", "by", "until"]
SAID_TIMES = (
    TIMES
    | st.builds("{} {}".format, st.sampled_from(["about", "shortly after", *OPENING]), TIMES)
    | st.builds("{} between {} and {}".format, st.sampled_from(["", "overnight", "throughout"]), TIMES, TIMES)
    | st.sampled_from(PHRASES)
)
SAID_DAYS = st.sampled_from(
    ["", "the day before", "two days later", "on 5 May", "7 November 2020", "overnight", "last night"]
)
SAID = SAID_TIMES | st.builds("{} {}".format, SAID_TIMES, SAID_DAYS)


def told_or_skipped(phrase: str, on: date, clock: Clock) -> Moment:
    try:
        return told(phrase, on=on, clock=clock)
    except Unreadable:
        assume(False)
        raise
