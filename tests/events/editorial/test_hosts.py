"""Which outlet publishes where is learned as sources are saved, and forgotten with their words."""

import pytest
from django.utils import timezone

from events.editorial import hosts, writing
from events.erasing import emptying
from events.models import Host, Source
from events.models.addresses import addresses_in, host_of
from tests.support.factories import OutletFactory, PersonFactory, SourceFactory, StoryFactory

pytestmark = pytest.mark.django_db


def saved(outlet, url):
    source = Source(story=outlet.story, outlet=outlet, title="The river rises", url=url)
    return writing.save_named(source, by=PersonFactory(editor=True))


def test_the_outlet_of_most_sources_of_a_host_is_proposed():
    post, radio = OutletFactory(), OutletFactory(name="Radio Estuary")
    saved(radio, "https://www.post.example/1")
    saved(post, "https://post.example/2?utm_source=mail")
    saved(post, "http://post.example/3")

    assert hosts.outlets_on(post.story, ["post.example", "other.example"]) == {"post.example": post}
    assert hosts.outlets_on(StoryFactory(slug="another"), ["post.example"]) == {}


def test_nothing_is_left_of_a_host_once_its_outlet_or_its_source_is_taken_down():
    post, radio = OutletFactory(), OutletFactory(name="Radio Estuary")
    told = saved(post, "https://post.example/1")
    SourceFactory(outlet=radio)
    saved(radio, "https://radio.example/1")

    emptying.empty([told], by=PersonFactory(admin=True), at=timezone.now())
    assert list(Host.objects.values_list("host", flat=True)) == ["radio.example"]
    emptying.empty([radio], by=PersonFactory(admin=True), at=timezone.now())
    assert not Host.objects.exists()


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Post.example:443/a/b", "post.example"),
        ("http://t.me/HarbourOffice/12", "t.me/harbouroffice"),
        ("https://x.com/", "x.com"),
        ("https://xn--bcher-kva.example/1", "xn--bcher-kva.example"),
        ("https://post.example:8443/1", "post.example"),
        ("ftp://post.example/1", ""),
        ("javascript:alert(1)", ""),
        ("https://[::1", ""),
        ("the quay wall", ""),
    ],
)
def test_a_host_is_that_of_the_web_with_the_account_where_many_share_it(url, host):
    assert host_of(url) == host


@pytest.mark.no_database
def test_addresses_are_found_in_whatever_is_pasted():
    pasted = (
        "See <https://post.example/1>, and\nhttps://post.example/1 “https://radio.example/n/4471”; ftp://a.b"
    )

    assert addresses_in(pasted) == ["https://post.example/1", "https://radio.example/n/4471"]
