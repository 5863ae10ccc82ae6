"""What may be two times, or a length, is refused with the words that decide it; what is converted is told."""

import pytest

from events.moments import Unreadable
from tests.events.moments.told import local, told

pytestmark = pytest.mark.no_database

REFUSED = [
    ("10:00-9:00", "it may end at 21:00 or at 9:00 on the next day; write which"),
    ("10:00–9:00", "Could not read “10:00–9:00”"),
    ("from 9:15 to 8", "it may end at 20:00 or at 8:00 on the next day"),
    ("yesterday 10:00–6:00", "it may end at 18:00 or at 6:00 on the next day"),
    ("from 10:00 yesterday to 6:00", "it does not say on which day it ends"),
    ("from 10:00 yesterday to 14:00", "it does not say on which day it ends"),
    ("from yesterday to 6:00", "write it, as “to 6:00 today”"),
    ("from yesterday morning to noon", "it does not say on which day it ends"),
    ("from 4 pm to 2 pm", "write the day on which it ends"),
    ("10 to 8 in the morning", "the end comes before the beginning"),
    ("14:00–13:00", "the end comes before the beginning"),
    ("3h", "“3h” may be a length of time; write “3:00”"),
    ("3 h", "“3h” may be a length of time"),
    ("12 hr", "“12h” may be a length of time"),
    ("1h30", "“1h30” may be a length of time; write “1:30”"),
    ("3h-5h", "may be a length of time"),
    ("13 pm", "13:00 is not pm"),
    ("14:30 p.m.", "14:30 is not pm"),
    ("0 am", "0:00 is not am"),
    ("24 am", "24:00 is not am"),
    ("until late", "write “late evening”"),
    ("by early", "say no time of day"),
    ("since late", "say no time of day"),
    ("9 am CST", "“CST” stands for more than one time zone"),
    ("9:00 EST", "“EST” stands for more than one time zone"),
    ("14:30; 16:00", "two clock times are given"),
    ("at 14:30; at 16:00", "two clock times are given"),
    ("In the night to 9 November", "a night is told by the day that it begins on"),
    ("on the night to Monday", "a night is told by the day that it begins on"),
    ("from Tuesday to Thursday", "the end comes before the beginning"),
    ("from 14 October to 12 October", "the end comes before the beginning"),
    ("the night from Friday to Sunday", "a night ends on the day after"),
    ("from yesterday evening to tonight", "needs the hour"),
    ("ten to three", "it may be 02:50 or 14:50; write which"),
    ("0000-01-01", "“0000-01-01” is no date"),
    ("in the second half", "it does not tell a time"),
    ("at about", "it does not tell a time"),
    ("- 05:00", "one end is missing"),
    ("gegen 3 Uhr", "English is read, and the dates and clock times of Russian"),
]


@pytest.mark.parametrize(("phrase", "words"), REFUSED, ids=lambda words: words[:30])
def test_what_may_be_two_things_is_refused(phrase: str, words: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        told(phrase)

    assert words in str(refusal.value)


READ = [
    ("10:45–1:15", ("08 10:45", "08 13:15")),
    ("noon to 3", ("08 12:00", "08 15:00")),
    ("16:00–10:00", ("08 16:00", "09 10:00")),
    ("from 1:00 to midnight", ("08 01:00", "09 00:00")),
    ("from 9:15 to 8 pm", ("08 09:15", "08 20:00")),
    ("22:00–6:00", ("08 22:00", "09 06:00")),
    ("from 10 am yesterday to 6 am", ("07 10:00", "08 06:00")),
    ("from 22:00 yesterday to 6:00", ("07 22:00", "08 06:00")),
    ("yesterday from 10:00 to 14:00", ("07 10:00", "07 14:00")),
    ("at 3h", ("08 03:00", "08 03:01")),
    ("à 9 h 30", ("08 09:30", "08 09:31")),
    ("um 16 Uhr 20", ("08 16:20", "08 16:21")),
    ("à 2h30", ("08 02:30", "08 02:31")),
    ("14h", ("08 14:00", "08 14:01")),
    ("0630h", ("08 06:30", "08 06:31")),
    ("12 am", ("08 00:00", "08 00:01")),
    ("0:30 am", ("08 00:30", "08 00:31")),
    ("late in the day", ("08 16:00", "09 00:00")),
    ("until the end of the day", ("08 00:00", "09 00:00")),
    ("until late at night", ("08 00:00", "09 00:00")),
    ("shortly past midnight", ("08 00:00", "08 00:30")),
]


@pytest.mark.parametrize(("phrase", "bounds"), READ, ids=lambda words: words[:20])
def test_what_looks_like_it_and_is_one_thing_is_read(phrase: str, bounds: tuple[str, str]) -> None:
    moment = told(phrase)

    assert local(moment) == bounds
    assert moment.said == ""


SAID = [
    ("9 am EST", "09:00 in UTC-05:00 was read as 18:00 by the chronicle’s clock."),
    ("before 9 am EDT", "09:00 in UTC-04:00 was read as 17:00 by the chronicle’s clock."),
    ("14:30 UTC", "14:30 in UTC was read as 18:30 by the chronicle’s clock."),
    ("all night", "This is read as the night that the day begins with, from 00:00."),
]


@pytest.mark.parametrize(("phrase", "said"), SAID, ids=lambda words: words[:20])
def test_what_was_converted_or_chosen_is_said(phrase: str, said: str) -> None:
    assert told(phrase).said == said


def test_of_a_zone_that_is_the_chronicles_own_nothing_is_said() -> None:
    assert told("14:30 UTC+4").said == ""
