import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from chronicle.urls import handler404, handler500  # noqa: F401 - part of this module as a map of a site
from chronicle.urls import urlpatterns as site
from tests.support.reading import links, text_of, words
from tests.support.record import make_story

pytestmark = pytest.mark.django_db


def broken(request: HttpRequest) -> HttpResponse:
    """A view with a fault."""
    raise ZeroDivisionError


urlpatterns = [path("broken/", broken), *site]


@pytest.mark.parametrize(
    "address",
    [
        "/no-such-chronicle/",
        "/the-flood/entry/1/",
        "/the-flood/entry/99999999999999999999999999/",
        f"/the-flood/entry/{'9' * 5000}/",
        "/the-flood/entry/-1/",
        "/the-flood/day-x/",
        f"/the-flood/day-{'9' * 5000}/",
        "/the-flood/day--1/",
        "/the-flood/day-٣/",
        "/the-flood/day-0/x/",
        "/%00/",
        "/the-flood/%F0%9F%8C%8A/",
        "/..%2f..%2fetc/passwd",
    ],
)
def test_an_address_that_leads_nowhere_has_a_page_in_the_sites_look(client, address):
    make_story()

    response = client.get(address, follow=True)

    assert response.status_code == 404
    assert "There is nothing at this address" in words(response)
    assert "Go to the beginning" in words(response)
    assert b"chronicle/site.css" in response.content


def test_a_day_that_the_story_does_not_have_is_named_with_those_it_has(client):
    make_story()

    response = client.get("/the-flood/day-7/")

    assert response.status_code == 404
    assert "“The flood” has no day 7: its days are 1 to 6." in words(response)
    assert "Nearest to it: Day 6 · 6 March" in words(response)


@pytest.mark.parametrize(
    ("address", "nearest"),
    [("day-0", 1), ("day-900", 6), ("2021-02-01", 1), ("2031-02-01", 6)],
)
def test_a_day_too_far_leads_to_the_nearest(client, address, nearest):
    make_story()

    response = client.get(f"/the-flood/{address}/")

    assert response.status_code == 404
    assert f"/the-flood/day-{nearest}/" in links(response)


@pytest.mark.parametrize("day", ["2022-01-01", "3999-12-31", "9999-12-31"])
def test_a_date_past_the_last_day_of_a_chronicle_that_goes_on_is_none_of_its_days(client, day):
    make_story(last_date=None)

    response = client.get(f"/the-flood/{day}/")

    assert response.status_code == 404
    assert "Nearest to it: Day 1 · 1 March" in words(response)


@pytest.mark.parametrize("address", ["entry/77/", "nowhere/", "day-x/", "2021-02-31/"])
def test_what_is_nowhere_in_a_chronicle_leads_back_to_it(client, address):
    make_story()

    response = client.get(f"/the-flood/{address}")

    assert response.status_code == 404
    assert "Go to “The flood”" in words(response)
    assert b'<nav aria-label="Chronicle">' in response.content


def test_what_was_asked_for_is_never_said_back_as_markup(client):
    response = client.get("/<script>alert(1)</script>/")

    assert response.status_code == 404
    assert b"<script" not in response.content


def test_what_is_not_understood_has_a_page_in_the_sites_look(client):
    make_story()

    response = client.get("/the-flood/day-3/?" + "&".join(f"place={n}" for n in range(10_001)))

    assert response.status_code == 400
    assert "This was not understood" in words(response)
    assert b"chronicle/site.css" in response.content


@pytest.mark.urls(__name__)
def test_a_fault_of_ours_has_a_page_that_needs_nothing(client):
    client.raise_request_exception = False

    response = client.get("/broken/")

    assert response.status_code == 500
    assert "The fault is on our side" in text_of(response.content.decode())
    assert b"chronicle/site.css" in response.content
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("length", [7, 19, 20, 400])
def test_the_number_of_a_day_may_have_any_length(client, length):
    make_story()

    response = client.get(f"/the-flood/day-{'9' * length}/")

    assert response.status_code == 404
    assert f"“The flood” has no day {'9' * length}: its days are 1 to 6." in words(response)
