"""The site is for reading: no address of it takes anything."""

import pytest

from tests.support.record import Telling, make_page, make_story, make_term, print_entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses():
    story = make_story()
    told = Telling("Rain", make_term(story, "kind", "Weather"))
    [entry] = print_entries(make_page(story), [told])
    return [
        "/",
        "/the-flood/",
        "/the-flood/day-3/",
        "/the-flood/day-3/picture.png",
        "/the-flood/picture.png",
        "/the-flood/sitemap-1.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/the-flood/2021-03-03/",
        f"/the-flood/entry/{entry.pk}/",
    ]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent_to_it(client, addresses, method):
    assert {getattr(client, method)(address).status_code for address in addresses} == {405}


def test_a_head_is_answered_like_a_get_without_words(client, addresses):
    for address in addresses:
        answer = client.head(address)
        assert answer.status_code == client.get(address).status_code
        assert answer.content == b""
