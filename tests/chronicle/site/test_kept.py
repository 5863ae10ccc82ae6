"""Pages that a server keeps as it answered them: whose they are, until when, and how many."""

import gzip

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chronicle.models import Log
from chronicle.site import kept
from events.editorial import publishing
from tests.chronicle.site.test_caching import PAGES
from tests.support.factories import EventFactory, fresh
from tests.support.taking import take

pytestmark = pytest.mark.django_db

LOCAL = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture
def pages(settings):
    """As in production: the settings of tests keep none."""
    own = {"BACKEND": LOCAL, "LOCATION": "kept-in-tests", "TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": 9}}
    settings.CACHES = settings.CACHES | {"pages": own}
    caches["pages"].clear()
    yield caches["pages"]
    caches["pages"].clear()


@pytest.fixture
def told(db):
    return EventFactory(headline="A bridge is closed", published=True)


def asked_for(client, address, **headers):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address, headers=headers)
    return response, len(asked)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_made_once_and_answered_again_as_it_was(client, pages, told, address):
    first, made = asked_for(client, address)
    again, asked = asked_for(client, address)

    assert made > asked == 1
    assert (again.status_code, again.content) == (200, first.content)
    assert dict(again.items()) == dict(first.items())


def test_control_without_room_each_is_made_anew(client, told):
    assert settings.KEPT_PAGES == 0
    assert [asked_for(client, PAGES[0])[1] > 1 for _ in range(3)] == [True] * 3


@pytest.mark.parametrize("address", PAGES)
def test_whatever_is_printed_makes_it_anew(client, pages, told, address):
    client.get(address)
    EventFactory(headline="A road is closed", published=True)
    assert asked_for(client, address)[1] > 1
    Log.objects.get().present_anew()
    assert asked_for(client, address)[1] > 1


def test_what_is_withdrawn_or_taken_down_is_answered_by_nothing_that_is_kept(client, pages, told, editor):
    EventFactory(headline="A road is closed", published=True)
    addresses = ["/the-flood/day-3/", "/the-flood/timeline/", "/the-flood/entry/1/"]
    for address in [*addresses, "/the-flood/entry/2/"]:
        assert "is closed" in client.get(address).text

    publishing.withdraw(told, by=editor, seen=fresh(told).version, reason="It was open.")
    assert [address for address in addresses if "A bridge is closed" in client.get(address).text] == []
    take("entry/2")
    assert [address for address in addresses if "A road is closed" in client.get(address).text] == []
    for _ in range(2):
        assert client.get("/the-flood/entry/2/").status_code == 410


def test_who_takes_it_compressed_and_who_does_not_are_each_answered_so(client, pages, told):
    plain, _ = asked_for(client, "/the-flood/day-3/")
    for _ in range(2):
        packed, asked = asked_for(client, "/the-flood/day-3/", **{"accept-encoding": "gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
    assert asked == 1
    assert "Content-Encoding" not in client.get("/the-flood/day-3/")


def test_each_host_and_scheme_has_its_own(client, pages, told, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    for secure, scheme in ((False, "http"), (True, "https")):
        for host in settings.ALLOWED_HOSTS:
            page = client.get("/the-flood/day-3/", headers={"host": host}, secure=secure)
            assert f'<link rel="canonical" href="{scheme}://{host}/the-flood/day-3/">' in page.text


@pytest.mark.parametrize(
    "address", ["/the-flood/day-3/?part=noon", "/the-flood/day-77/", "/the-flood/day/2021-03-03/"]
)
def test_what_nobody_is_to_keep_is_not_kept(client, pages, told, address):
    client.get(address)
    assert not pages._cache


def test_only_so_many_and_none_that_is_too_large(client, pages, told, monkeypatch):
    for part in ("night", "morning", "afternoon", "evening"):
        for standing in ("single", "disputed", "confirmed"):
            client.get(f"/the-flood/day-3/?part={part}&standing={standing}")
    assert 0 < len(pages._cache) <= 9

    pages.clear()
    monkeypatch.setattr(kept, "LARGEST", 100)
    client.get("/the-flood/day-3/")
    assert not pages._cache
