"""The words of a sentence that say when."""

from datetime import date

import pytest

from chronicle.clock import Calendar
from events import moments
from events.importers.digest import Story, read_digest
from events.importers.digest.timing import Timer
from tests.support.article import FLOOD, THE_TWELFTH, only

pytestmark = pytest.mark.no_database


def meant(phrase: str) -> tuple[object, ...]:
    """What ``phrase`` means, whatever its words: the importer keeps those of the text."""
    moment = moments.read(phrase, told_on=THE_TWELFTH, clock=FLOOD.clock)
    return *moment.order, moment.happened_on, moment.open_start, moment.open_end


@pytest.mark.parametrize(
    ("lead", "phrase"),
    [
        ("On the night of the twelfth day of the flood, on March 12,", "at night"),
        ("In the early morning of the twelfth day of the flood,", "early in the morning"),
        ("By the morning of the flood's twelfth day,", "by morning"),
        ("On the twelfth day of the flood, March 12, in the afternoon,", "in the afternoon"),
        ("On the twelfth day of the flood, March 12,", ""),
    ],
)
def test_reads_the_part_of_the_day_out_of_the_lead_in(lead: str, phrase: str) -> None:
    assert meant(read_digest(f"{lead} the bridge was closed.", FLOOD).passages[0].phrase) == meant(phrase)


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("At about 3 pm, the bridge was closed.", "about 3 pm"),
        ("At 15:30 the bridge was closed.", "15:30"),
        ("7.30am: The bridge was closed.", "7:30 am"),
        ("0730 hrs the bridge was closed.", "07:30"),
        ("The bridge was closed at 14:00 by the police.", "14:00"),
        ("0730 – The bridge was closed.", "07:30"),
        ("But at 15:30 the bridge was closed.", "15:30"),
        ("Until noon, the bridge was closed.", "before noon"),
        ("By noon the bridge was closed.", "by noon"),
        ("12 noon: the bridge was closed.", "noon"),
        ("Between 3 and 5 pm, the bridge was closed.", "between 3 and 5 pm"),
        ("From 14:00 to 15:30 the bridge was closed.", "between 14:00 and 15:30"),
        ("Shortly after 11:00 the bridge was closed.", "shortly after 11:00"),
        ("Also in the morning, the bridge was closed.", "in the morning"),
        ("Early in the morning the bridge was closed.", "early in the morning"),
        ("Later, towards evening, the bridge was closed.", "towards evening"),
        ("By midnight, the bridge was closed.", "by midnight"),
        ("This morning the bridge was closed.", "in the morning"),
        ("During the night the bridge was closed.", "at night"),
        ("The rain went on all night.", "all night"),
        ("The bridge was closed in the evening and guarded.", "in the evening"),
        ("At dawn, the bridge was closed.", "at dawn"),
        ("At sunrise, the bridge was closed.", "at sunrise"),
        ("On the night of March 11-12, the bridge was closed.", "overnight"),
        ("On the night of March 12, the bridge was closed.", "at night"),
        ("On the night of March 12 to 13, a bridge was closed.", "the night of 12 to 13 March"),
        ("On the night of 12–13 March, the bridge was closed.", "the night of 12 to 13 March"),
        ("On the evening of March 10, the bridge was closed.", "on the evening of 10 March"),
        ("On March 10, the bridge was closed.", "on 10 March"),
        ("On March 12, in the evening, the bridge was closed.", "in the evening"),
        ("The day before at 23:00, the bridge was closed.", "the day before at 23:00"),
        ("The day before, the bridge was closed.", "the day before"),
        ("The previous evening, the bridge was closed.", "the day before in the evening"),
        ("Two days earlier, the bridge was closed.", "2 days earlier"),
        ("The bridge was closed the day before at 23:00.", "the day before at 23:00"),
        ("The office said that the bridge had been closed the day before.", "the day before"),
        ("It emerged that the day before at 23:00 a dam had been opened.", "the day before at 23:00"),
        ("The boats sent the day before, which had lost their way, came back.", ""),
        ("They spoke of the damage in Brod caused the day before.", ""),
        ("The hospital was moved to the hills.", ""),
        ("By 14.30 percent the river fell.", ""),
        ("At 3 metres the river stood still.", ""),
        ("At 25:99 the bridge was closed.", ""),
    ],
)
def test_reads_the_cue_of_a_sentence(sentence: str, phrase: str) -> None:
    passage = only(sentence)

    assert meant(passage.phrase) == meant(phrase)
    assert passage.cue in sentence


def test_a_cue_knows_where_it_stands() -> None:
    timing = Timer(THE_TWELFTH, FLOOD.clock).timing_of("Meanwhile, in the morning, it rained.", None)

    assert timing.opening is not None and timing.opening.words == "in the morning"
    assert timing.begins == len("Meanwhile, in the morning, ")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It runs daily at 9 am.", ""),
        ("Every night at 10 the bells ring.", ""),
        ("In the 1990s the dam broke at noon.", ""),
        ("10:30-ish: someone heard a bang.", ""),
        ("From 10:00 to 9:00 the pumps ran.", ""),
        ("From 9 to 5 the office was open.", ""),
        ("Not until 16:00 did help come.", ""),
        ("At 1400 homes the power failed.", ""),
        ("At 13 pm a boat sank.", ""),
        ("At 1400 the power failed.", "1400"),
        ("Around 5 in the morning, people came back.", "around 5 in the morning"),
        ("At 18.00 hrs: the fifth fell.", "18.00 hrs"),
        ("It rained all day.", "all day"),
        ("Day and night the pumps ran.", "day and night"),
        ("At 14:30 local time (13:30 UTC) the port reopened.", "14:30"),
    ],
)
def test_what_only_looks_like_the_time_of_its_sentence_is_none(text: str, phrase: str) -> None:
    assert only(text).phrase == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("In the afternoon, the council met the envoy at 17:00.", "17:00"),
        ("In the evening the council met the envoy at 20:30 in the town hall.", "20:30"),
        ("Overnight, a bridge was closed at 02:15.", "02:15"),
        ("In the evening, a boat sank at 8:10.", "in the evening, at 8:10"),
        ("By evening, the bridge was open at 19:00.", "by evening"),
        ("In the morning, a bang was heard at 08:10 and at 09:20.", "in the morning"),
        ("In the afternoon, a curfew from 18:00 was announced.", "in the afternoon"),
    ],
)
def test_the_clock_time_of_a_deed_holds_within_the_part_of_the_day_that_opens(text: str, phrase: str) -> None:
    assert only(text).phrase == phrase


def test_what_is_carried_on_from_it_is_the_part_and_not_its_clock_time() -> None:
    passages = read_digest(
        "The twelfth day of the flood, March 12\n\nIn the evening, a boat sank at 20:30. The crew was saved.",
        FLOOD,
    ).passages
    assert [each.phrase for each in passages] == ["20:30", "in the evening"]


def test_a_clock_time_that_contradicts_the_part_of_the_day_is_said() -> None:
    passage = only("In the morning the council met at 3 p.m.")

    assert (passage.phrase, passage.note) == ("in the morning", "“at 3 p.m.” is not taken for its time")


def test_a_clock_time_inside_that_is_not_understood_is_said() -> None:
    passage = only("A boat sank at 8:40 IST.")

    assert (passage.phrase, passage.note) == ("", "“at 8:40 IST” is not taken for its time")


@pytest.mark.parametrize(
    "before",
    [
        "1/ ",
        "UPDATE ",
        "Updated: ",
        "BREAKING | ",
        "Brod, ",
        "Brod, Valley, ",
        "BROD ",
        "#Brod ",
        "Time: ",
        "[3] ",
        "② ",
    ],
)
def test_reads_the_time_behind_the_number_the_word_or_the_place_of_an_item(before: str) -> None:
    passage = only(f"{before}08:10 – Boats are seen in the harbour.")

    assert (passage.phrase, passage.headline) == ("08:10", "Boats are seen in the harbour")


@pytest.mark.parametrize(
    ("begins", "phrase"),
    [
        ("Before 08:10", "before 08:10"),
        ("Yesterday, 08:10", "yesterday, 08:10"),
        ("Monday, 08:10", "Monday 08:10"),
    ],
)
def test_takes_no_word_of_the_time_for_a_place_before_it(begins: str, phrase: str) -> None:
    assert meant(only(f"{begins} – the bridge was closed.").phrase) == meant(phrase)


@pytest.mark.parametrize(
    "sentence",
    [
        "On 15 May the mayor met the envoy at 17:00.",
        "On May 15 the mayor met the envoy at 17:00.",
        "On the 15th of May the mayor met the envoy at 17:00.",
    ],
)
def test_the_month_of_may_plans_nothing(sentence: str) -> None:
    in_may = Story(FLOOD.clock, Calendar(date(2030, 5, 1)))

    assert only(sentence, in_may, date(2030, 5, 15)).phrase == "17:00"
    assert only("On 15 May the mayor may speak at 17:00.", in_may, date(2030, 5, 15)).phrase != "17:00"


@pytest.mark.parametrize("sentence", ["The mayor met the envoy (17:00).", "The mayor met the envoy [17:00]."])
def test_says_that_a_time_in_brackets_was_not_taken(sentence: str) -> None:
    assert only(sentence).note == "“17:00” is not taken for its time"


@pytest.mark.parametrize("sentence", ["Day 1210: The council voted.", "Day 12: The council voted."])
def test_the_number_of_a_day_is_no_hour(sentence: str) -> None:
    assert only(sentence).phrase == ""


def test_the_time_above_a_post_is_none_of_its_happenings_though_its_zone_is_not_read() -> None:
    text = "It rained.\n\n17.05 BST\nThe mayor resigned.\n\nUpdated at 17.20 BST\n"

    digest = read_digest(text, FLOOD, day=THE_TWELFTH)

    assert [p.headline for p in digest.passages if p.is_event] == ["It rained", "The mayor resigned"]
