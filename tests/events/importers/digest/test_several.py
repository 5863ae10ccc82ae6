"""Texts that tell several days, each under its heading."""

from datetime import date

import pytest

from events.importers.digest import Undecided, read_days, read_digest
from tests.support.article import FLOOD

pytestmark = pytest.mark.no_database

# 12 March 2030 is a Tuesday.
READ = {
    "the days after a date": (["Tuesday, 12 March", "Wednesday", "Thursday"], ["12", "13", "14"]),
    "between two dates": (["Tuesday, 12 March", "Friday", "Sunday, 17 March"], ["12", "15", "17"]),
    "the newest first": (["Thursday, 14 March", "Wednesday", "Tuesday, 12 March"], ["14", "13", "12"]),
    "the day before a date": (["Monday", "12 March"], ["11", "12"]),
    "in German": (["Dienstag, 12. März", "Mittwoch"], ["12", "13"]),
    "in short": (["Tue 12 Mar", "Thu. 14 Mar"], ["12", "14"]),
    "in short, against its date": (["Tue 12 Mar", "Wed 14 Mar"], ["12", "13 or 14"]),
    "further off": (["Tuesday, 12 March", "Friday"], ["12", "8 or 15"]),
    "of the same name": (["Tuesday, 12 March", "Tuesday"], ["12", "5 or 12 or 19"]),
    "after a date that is asked for": (
        ["12 March", "Wednesday, 14 March", "Thursday"],
        ["12", "13 or 14", "7 or 14"],
    ),
    "with no date beside": (["Monday", "Tuesday"], ["", ""]),
    "under a head line": (["date 2030-03-12\n\nMonday", "Tuesday"], ["11 or 18", "5 or 12 or 19"]),
}
"""The headings of a text, and the day in March of each, or those that it may be."""


@pytest.mark.parametrize("headings, days", READ.values(), ids=READ)
def test_a_weekday_alone_is_read_by_the_days_around_it_where_that_is_certain(
    headings: list[str], days: list[str]
) -> None:
    text = "\n\n".join(f"{heading}\n\nA boat came to the pier." for heading in headings)

    found = read_days(text, FLOOD)

    said = [[one.digest.day] if not one.question else one.choices for one in found]
    assert [" or ".join(str(day.day) for day in choices) for choices in said] == days
    assert [sum(passage.is_event for passage in one.digest.passages) for one in found] == [1] * len(headings)


@pytest.mark.parametrize(
    "text",
    [
        "12 March\n\nIt rained.\n\nWednesday\n\nIt was dry.",
        "date 2030-03-12\n\nIt rained.\n\nFriday\n\nIt was dry.",
    ],
)
def test_a_weekday_that_heads_another_day_is_asked_about_where_one_day_is_read(text: str) -> None:
    with pytest.raises(Undecided, match="has a heading"):
        read_digest(text, FLOOD)


def test_two_dates_in_one_paragraph_are_no_two_days_but_a_question() -> None:
    with pytest.raises(Undecided, match=r"12 March.*14 March"):
        read_days("12 March – It rained. 14 March – It was dry.", FLOOD)


def test_what_stands_under_another_weekday_is_kept_beside_the_day_that_a_person_gives() -> None:
    text = "12 March\n\nIt rained.\n\nWednesday\n\nIt was dry."

    digest = read_digest(text, FLOOD, day=date(2030, 3, 13))

    assert [passage.text for passage in digest.passages if passage.is_event] == ["It was dry."]
