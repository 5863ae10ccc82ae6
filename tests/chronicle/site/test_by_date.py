import pytest

from tests.support.reading import words
from tests.support.record import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def flood():
    return make_story()


def test_a_date_leads_to_the_one_address_of_its_day(client):
    response = client.get("/the-flood/2021-03-03/")

    assert (response.status_code, response["Location"]) == (301, "/the-flood/day-3/")


def test_what_was_chosen_comes_along(client):
    response = client.get("/the-flood/2021-03-03/?place=bridge&place=mill&part=night")

    assert response["Location"] == "/the-flood/day-3/?place=bridge&place=mill&part=night"


def test_a_day_outside_the_story_is_named(client):
    response = client.get("/the-flood/2021-03-07/")

    assert response.status_code == 404
    assert "7 March 2021 is not a day of “The flood”." in words(response)


@pytest.mark.parametrize("day", ["2021-02-31", "0000-01-01", "2021-3-3", "٢٠٢١-٠٣-٠٣", "20210303"])
def test_what_is_no_date_is_no_address(client, day):
    assert client.get(f"/the-flood/{day}/").status_code == 404


def test_an_unknown_chronicle_has_no_days(client):
    assert client.get("/the-drought/2021-03-03/").status_code == 404


@pytest.mark.parametrize("day", ["9999-12-31", "9999-01-01", "3999-12-31"])
def test_a_day_far_ahead_of_a_story_that_goes_on_is_named_as_one_that_it_does_not_have(client, day):
    make_story(slug="the-drought", title="The drought", last_date=None)

    response = client.get(f"/the-drought/{day}/", follow=True)

    assert response.status_code == 404
    assert "is not a day of “The drought”. Nearest to it: Day 1 · 1 March" in words(response)
