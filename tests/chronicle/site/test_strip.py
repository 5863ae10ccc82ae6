"""Where the strip of a story ends that goes on, what it does not tell, and how one goes along it."""

import re
from datetime import date

import pytest
from django.utils import timezone

from chronicle.models import Entry
from chronicle.site import strip
from tests.support.reading import links, words
from tests.support.record import Telling, make_page, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db
FOURTH, FIFTH = date(2021, 3, 4), date(2021, 3, 5)


def days_of(story):
    """A cell for each day that ``story`` has."""
    chronicle = strip.chronicles().get(pk=story.pk)
    calendar = strip.calendar_of(chronicle)
    return strip.between(chronicle, calendar, calendar.first, calendar.last)


@pytest.fixture
def open_story():
    return make_story(last_date=None)


def test_a_story_that_goes_on_begins_with_its_first_day_alone(open_story):
    assert [cell.number for cell in days_of(open_story)] == [1]


def test_it_reaches_to_a_page_that_has_words_and_no_entries(open_story):
    make_page(open_story, FOURTH, headline="Nobody knows")

    assert [(cell.number, cell.shade) for cell in days_of(open_story)] == [
        (1, 0),
        (2, 0),
        (3, 0),
        (4, 0),
    ]


def test_it_keeps_a_day_whose_only_entry_was_withdrawn(client, open_story):
    print_entries(make_page(open_story, FOURTH), [Telling("Rain", make_term(open_story, "kind", "Weather"))])
    Entry.objects.update(withdrawn_at=timezone.now(), withdrawn_reason="It was dry.", headline="", card="")

    assert days_of(open_story)[-1].number == 4
    assert client.get("/the-flood/day-4/").status_code == 200


@pytest.mark.parametrize("happened_on", [date(2021, 3, 5), date(2023, 3, 1), date(3999, 12, 31)])
def test_what_happened_on_a_later_day_makes_it_no_longer_and_is_not_linked(client, open_story, happened_on):
    kind = make_term(open_story, "kind", "Weather")
    [entry] = print_entries(
        make_page(open_story, FOURTH), [Telling("Rain to come", kind, happened_on=happened_on)]
    )

    assert [cell.number for cell in days_of(open_story)] == [1, 2, 3, 4]
    for address in ("/the-flood/day-4/", entry.get_absolute_url()):
        response = client.get(address)
        assert f"Happened on {happened_on.day} {happened_on:%B} {happened_on.year}" in words(response)
        days = {re.split("[?#]", link)[0] for link in links(response, "/day-")}
        assert days <= {f"/the-flood/day-{number}/" for number in (1, 2, 3, 4)}
        assert {client.get(day).status_code for day in days} == {200}


def test_control_what_happened_on_a_later_day_that_is_told_is_linked(client, open_story):
    kind = make_term(open_story, "kind", "Weather")
    [entry] = print_entries(make_page(open_story, FOURTH), [Telling("Rain", kind, happened_on=FIFTH)])
    print_entries(make_page(open_story, FIFTH), [Telling("It rained", kind)])

    for address in ("/the-flood/day-4/", entry.get_absolute_url()):
        assert "Happened on Day 5 · 5 March" in words(client.get(address))
        assert "/the-flood/day-5/" in links(client.get(address))


@pytest.mark.parametrize("last", [None, date(3999, 12, 31)])
def test_a_day_thousands_of_years_ahead_makes_no_page_of_megabytes(client, last):
    story = make_story(first_date=date(2998, 1, 1), last_date=last)
    print_entries(make_page(story, story.first_date), [Telling("Rain", make_term(story, "kind", "Weather"))])
    make_page(story, date(3998, 12, 31), headline="A mistyped year")

    assert len(days_of(story)) == 367
    assert len(client.get("/the-flood/day-1/").content) < 200_000


LONG = {"first_date": date(2019, 1, 31), "last_date": date(2021, 6, 30)}


def told(story, *days):
    kind = make_term(story, "kind", "Weather")
    for day in days:
        print_entries(make_page(story, day), [Telling(f"Rain of {day}", kind)])


def shown(client, number, query=""):
    """The numbers of the days on the strip of that day, its steps, and its neighbours."""
    page = client.get(f"/the-flood/day-{number}/{query}").context["strip"]
    numbers = [cell.number for cell in page.cells]
    steps = {f"{step.words} back": step.number for step in page.earlier}
    steps |= {f"{step.words} on": step.number for step in page.later}
    around = [(each.number, each.skipped) if each else None for each in (page.before, page.after)]
    return (numbers[0], numbers[-1]), steps, around


def test_it_is_a_window_of_thirty_days_either_way_with_steps_by_month_and_year(client):
    told(make_story(**LONG), LONG["first_date"], date(2020, 2, 1), LONG["last_date"])

    assert shown(client, 400) == (
        (370, 430),
        {"a year back": 34, "a month back": 371, "a month on": 431, "a year on": 765},
        [(367, 32), (882, 481)],
    )


@pytest.mark.parametrize(
    ("number", "window", "steps"),
    [
        (1, (1, 61), {"a year on": 366, "a month on": 29}),
        (20, (1, 61), {"a year on": 385, "a month on": 48}),
        (882, (822, 882), {"a year back": 517, "a month back": 851}),
    ],
)
def test_at_either_end_the_window_is_as_long_and_leads_one_way(client, number, window, steps):
    make_story(**LONG)

    assert shown(client, number)[:2] == (window, steps)


def test_a_step_goes_to_the_last_day_of_a_shorter_month_and_no_further_than_there_are_days(client):
    make_story(**LONG)

    steps = shown(client, 59)[1]

    assert steps["a month on"] == 90  # 30 March 2019 to 30 April
    assert shown(client, 800)[1]["a year on"] == 882
    assert "a month back" not in shown(client, 30)[1]


def test_a_short_story_is_shown_whole_and_has_no_steps(client):
    told(make_story(), FOURTH)

    assert shown(client, 1) == ((1, 6), {}, [None, (4, 2)])


def test_a_neighbour_may_be_a_day_on_which_something_happened_that_another_tells(client):
    story = make_story(**LONG)
    kind = make_term(story, "kind", "Weather")
    happened = [Telling("Rain", kind, happened_on=date(2020, 1, 15))]
    print_entries(make_page(story, date(2021, 6, 1)), happened)

    assert shown(client, 100)[2] == [None, (350, 249)]
    assert shown(client, 700)[2] == [(350, 349), (853, 152)]


def test_a_day_beyond_the_last_is_no_neighbour(client, open_story):
    kind = make_term(open_story, "kind", "Weather")
    print_entries(
        make_page(open_story, FOURTH), [Telling("Rain to come", kind, happened_on=date(2021, 9, 1))]
    )

    assert shown(client, 4)[2] == [None, None]


@pytest.mark.parametrize(
    ("first", "last"), [(date(1, 1, 2), date(1, 6, 1)), (date(3999, 8, 1), date(3999, 12, 31))]
)
def test_at_the_ends_of_the_calendar_there_are_days_too(client, first, last):
    make_story(first_date=first, last_date=last)

    for number in (1, 2, 100, (last - first).days + 1):
        assert client.get(f"/the-flood/day-{number}/").status_code == 200
    assert client.get("/the-flood/").status_code == 200
    assert client.get("/the-flood/days/").status_code == 200


def test_the_days_and_the_arrows_keep_what_was_chosen(client):
    story = make_story(**LONG)
    told(story, date(2020, 1, 1), date(2020, 2, 1), date(2020, 6, 1))
    query = "?kind=1&part=night&after=5&place=zzz"

    found = links(client.get(f"/the-flood/day-367/{query}"), "/day-")

    others = [link for link in found if "/day-367/" not in link]
    assert {link.partition("?")[2] for link in others} == {"kind=1&part=night"}
    assert "/the-flood/day-488/?kind=1&part=night" in others
    assert len(others) == 60 + 4 + 2


def test_a_long_story_costs_a_page_no_more_than_a_short_one(client):
    sizes = []
    for slug, last in (("short", date(2001, 4, 1)), ("long", date(2099, 12, 31))):
        make_story(slug=slug, title=slug, first_date=date(2001, 1, 1), last_date=last)
        sizes.append(len(client.get(f"/{slug}/day-40/").content))

    assert sizes[1] < sizes[0] * 1.1


def test_a_fuller_day_is_never_lighter_and_one_entry_is_never_white():
    shades = [strip.shade(count, 500) for count in range(501)]

    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[-1]) == (0, 1, strip.SHADES)
