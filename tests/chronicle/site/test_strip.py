"""Where the strip of a story ends that goes on, and what it does not tell."""

from datetime import date

import pytest
from django.utils import timezone

from chronicle.models import Entry
from chronicle.site import strip
from tests.support.reading import links, words
from tests.support.record import Telling, make_page, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db
FOURTH, FIFTH = date(2021, 3, 4), date(2021, 3, 5)


@pytest.fixture
def open_story():
    return make_story(last_date=None)


def test_a_story_that_goes_on_begins_with_its_first_day_alone(open_story):
    assert [cell.number for cell in strip.days_of(open_story)] == [1]


def test_it_reaches_to_a_page_that_has_words_and_no_entries(open_story):
    make_page(open_story, FOURTH, headline="Nobody knows")

    assert [(cell.number, cell.shade) for cell in strip.days_of(open_story)] == [
        (1, 0),
        (2, 0),
        (3, 0),
        (4, 0),
    ]


def test_it_keeps_a_day_whose_only_entry_was_withdrawn(client, open_story):
    print_entries(make_page(open_story, FOURTH), [Telling("Rain", make_term(open_story, "kind", "Weather"))])
    Entry.objects.update(withdrawn_at=timezone.now(), withdrawn_reason="It was dry.", headline="", card="")

    assert strip.days_of(open_story)[-1].number == 4
    assert client.get("/the-flood/day-4/").status_code == 200


@pytest.mark.parametrize("happened_on", [date(2021, 3, 5), date(2023, 3, 1), date(3999, 12, 31)])
def test_what_happened_on_a_later_day_makes_it_no_longer_and_is_not_linked(client, open_story, happened_on):
    kind = make_term(open_story, "kind", "Weather")
    [entry] = print_entries(
        make_page(open_story, FOURTH), [Telling("Rain to come", kind, happened_on=happened_on)]
    )

    assert [cell.number for cell in strip.days_of(open_story)] == [1, 2, 3, 4]
    for address in ("/the-flood/day-4/", entry.get_absolute_url()):
        response = client.get(address)
        assert f"Happened on {happened_on.day} {happened_on:%B} {happened_on.year}" in words(response)
        days = set(links(response, "/day-"))
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

    assert len(strip.days_of(story)) == 367
    assert len(client.get("/the-flood/day-1/").content) < 200_000


def test_a_fuller_day_is_never_lighter_and_one_entry_is_never_white():
    shades = [strip.shade(count, 500) for count in range(501)]

    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[-1]) == (0, 1, strip.SHADES)
