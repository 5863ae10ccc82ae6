"""All days of a chronicle, by year and month."""

from datetime import date

import pytest

from tests.support.reading import links, words
from tests.support.record import Telling, make_page, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def flood():
    """From November 2020 to April 2021, told on two days, one of them silent but for a headline."""
    story = make_story(first_date=date(2020, 11, 29), last_date=date(2021, 4, 2))
    kind = make_term(story, "kind", "Damage")
    print_entries(make_page(story, date(2020, 12, 1), headline="It rains"), [Telling("Rain", kind)] * 2)
    make_page(story, date(2021, 3, 3), headline="Nobody knows")
    return story


def test_the_last_year_is_shown_by_month_with_what_its_days_hold(client, flood):
    response = client.get("/the-flood/days/")

    said = words(response)
    assert said.index("January to February 59 days with nothing recorded") < said.index("March")
    assert "March Day 95 · Wednesday 3 March Nobody knows 0 entries 30 days with nothing recorded" in said
    assert "April 2 days with nothing recorded" in said
    assert links(response, "/days/") == ["/the-flood/days/2020/", "/the-flood/days/2021/"]


def test_another_year_has_an_address_of_its_own(client, flood):
    response = client.get("/the-flood/days/2020/")

    assert "November 2 days with nothing recorded" in words(response)
    assert "Day 3 · Tuesday 1 December It rains 2 entries" in words(response)
    assert "/the-flood/day-3/" in links(response)


@pytest.mark.parametrize("year", ["2019", "2022", "1", "9999"])
def test_a_year_without_days_is_said_to_have_none(client, flood, year):
    response = client.get(f"/the-flood/days/{year}/")

    assert response.status_code == 404
    assert f"“The flood” has no days in {year}." in words(response)


@pytest.mark.parametrize("year", ["0", "02020", "20200", "x", "-1"])
def test_what_is_no_year_is_no_address(client, flood, year):
    assert client.get(f"/the-flood/days/{year}/").status_code == 404


def test_every_page_of_a_chronicle_leads_to_it(client, flood):
    for address in ("/the-flood/", "/the-flood/day-3/", "/the-flood/entry/1/", "/the-flood/nowhere/"):
        assert 'href="/the-flood/days/"' in client.get(address).content.decode()


def test_a_story_of_which_nothing_is_told_has_its_days(client):
    make_story(last_date=None)

    assert "March 1 day with nothing recorded" in words(client.get("/the-flood/days/"))
