"""Which day a text tells, and when it asks."""

from datetime import date

import pytest

from chronicle.clock import Calendar
from events.importers.digest import Story, Undecided, read_digest
from tests.support.article import ARTICLE, FLOOD, OPEN_FLOOD, OPENING, THE_TWELFTH

pytestmark = pytest.mark.no_database


def test_reads_the_day_from_the_text_though_the_head_line_is_a_year_later() -> None:
    digest = read_digest(ARTICLE, FLOOD)

    assert (digest.day, digest.day_number, digest.head_date) == (THE_TWELFTH, 12, date(2031, 3, 12))
    assert digest.evidence == "On the 12th day of the flood, March 12"


@pytest.mark.parametrize(
    "lead",
    [
        "On the 12th day of the flood, March 12,",
        "On the twelfth day of the flood, on March 12,",
        "On the flood's twelfth day, 12 March,",
        "On the night of the flood's twelfth day, on March 12,",
        "In the early morning of the twelfth day of the great Orle flood (12th of March 2030)",
        "By the morning of the twelfth day of the flood,",
        "On March 12, the 12th day of the flood,",
        "Day 12 of the flood:",
        "Day twelve, March 12:",
        "On day 12 of the flood",
    ],
)
def test_reads_the_day_however_it_is_led_in(lead: str) -> None:
    digest = read_digest(f"{OPENING}{lead} the bridge was closed. Nobody was hurt.", FLOOD)

    assert digest.day == THE_TWELFTH
    assert [p.is_event for p in digest.passages] == [False, False, False, True, True]
    assert digest.passages[3].headline == "The bridge was closed"


def refusal(text: str, story: Story = FLOOD) -> Undecided:
    with pytest.raises(Undecided) as refused:
        read_digest(text, story)
    return refused.value


def test_asks_when_head_and_text_name_different_days() -> None:
    refused = refusal(" date 2030-03-14 \nOn the 12th day of the flood, March 12, the bridge was closed.")

    assert "12 March 2030" in str(refused) and "14 March 2030" in str(refused)


def test_asks_when_it_was_published_on_another_day_than_it_tells() -> None:
    refused = refusal("Published: 14 March 2030\n\nThe flood on 12 March\n\nThe bridge was closed.")

    assert "12 March 2030" in str(refused) and "14 March 2030" in str(refused)


def test_asks_when_the_title_is_another_day_of_the_week() -> None:
    assert "“Monday”" in str(refusal(" date 2030-03-12 \n\nMonday\n\nThe bridge was closed."))


def test_asks_when_the_head_is_the_same_day_of_an_earlier_year() -> None:
    assert "12 March 2029" in str(refusal("date 2029-03-12\nOn the 12th day of the flood it rained."))


def test_asks_when_number_and_date_of_the_text_disagree() -> None:
    refused = refusal("On the 12th day of the flood, March 13, the bridge was closed.")

    assert "12 March 2030" in str(refused) and "13 March" in str(refused)


def test_asks_when_the_year_in_the_text_is_another() -> None:
    assert "12 March 2031" in str(refusal("On the 12th day of the flood, March 12, 2031, it rained."))


def test_asks_when_title_and_text_disagree() -> None:
    refused = refusal("The flood: 11th day, March 11, 2030\n\nOn the 12th day of the flood it rained.")

    assert "11 March 2030" in str(refused) and "12 March 2030" in str(refused)


def test_asks_when_the_chronicle_has_no_such_day() -> None:
    assert "20 March 2030" in str(refusal("On the 43rd day of the flood the bridge was closed."))


def test_asks_when_only_a_head_outside_the_chronicle_says_a_day() -> None:
    refused = refusal("date 2031-03-12\nIn the morning, the bridge was closed.")

    assert "12 March 2031" in str(refused) and "give the date" in str(refused)


def test_asks_when_nothing_says_a_day() -> None:
    assert "give the date" in str(refusal("In the morning, the bridge was closed."))


def test_a_given_day_overrules_the_disagreement() -> None:
    text = " date 2030-03-14 \nOn the 12th day of the flood, March 12, the bridge was closed."

    assert read_digest(text, FLOOD, day=date(2030, 3, 14)).day_number == 14


def test_refuses_a_given_day_outside_the_chronicle() -> None:
    with pytest.raises(Undecided, match="21 March 2030"):
        read_digest(ARTICLE, FLOOD, day=date(2030, 3, 21))


def test_counts_from_the_number_of_the_first_day() -> None:
    from_zero = Story(FLOOD.clock, Calendar(FLOOD.calendar.first, 0))

    assert read_digest("On the 12th day of the flood it rained.", from_zero).day == date(2030, 3, 13)


def test_takes_the_head_when_the_text_says_nothing() -> None:
    digest = read_digest("date 2030-03-05\nIn the morning, the bridge was closed.", OPEN_FLOOD)

    assert (digest.day, digest.evidence) == (date(2030, 3, 5), "date 2030-03-05")


def test_takes_the_date_that_begins_the_text() -> None:
    assert read_digest("On March 7, the bridge was closed. Nobody was hurt.", FLOOD).day == date(2030, 3, 7)


def test_does_not_take_a_day_of_something_else_for_the_day() -> None:
    text = "date 2030-03-05\nIt was counted that during the first day of the second pause ten boats came."

    assert read_digest(text, FLOOD).day == date(2030, 3, 5)


@pytest.mark.parametrize("title", ["Inquiry, Day 4", "Harbour Fair: Day 4"])
def test_a_number_that_may_count_another_thing_decides_nothing(title: str) -> None:
    with pytest.raises(Undecided):
        read_digest(f"{title}\n\nThe cows were judged.", FLOOD)


@pytest.mark.parametrize("title", ["Day 4", "Flood, Day 4", "The Great Flood: Day 4", "Monday, Day 4"])
def test_the_number_of_a_day_of_the_story_decides(title: str) -> None:
    assert read_digest(f"{title}\n\nThe dam held.", FLOOD).day.day == 4


@pytest.mark.parametrize(
    "title",
    [
        "12–13 March 2030",
        "12 and 13 March 2030",
        "From 12 March 2030 to 13 March 2030",
        "March 12 – March 13, 2030",
        "Day 12–13",
        "Days 12 and 13",
        "Day 12 / 14 March 2030",
        "Day 1,200",
        "Day 12.5",
        "Day 12 (Friday)",
        "Day 12, Friday",
    ],
)
def test_asks_where_a_title_is_of_several_days_or_of_none_for_certain(title: str) -> None:
    assert "day" in str(refusal(f"{title}\n\nThe bridge was closed. Nobody was hurt."))


@pytest.mark.parametrize(
    "title",
    [
        "12 March 2030",
        "Day 12",
        "Day 12 / 12 March 2030",
        "Day 12 – 12 March",
        "Day 12 (Tuesday)",
        "Day 12: 14 dead",
    ],
)
def test_takes_the_one_day_of_a_title(title: str) -> None:
    assert read_digest(f"{title}\n\nThe bridge was closed. Nobody was hurt.", FLOOD).day == THE_TWELFTH
