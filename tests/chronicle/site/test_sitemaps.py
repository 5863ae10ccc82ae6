"""What search engines find the site by: every public address, once, in slices that are read by number."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from chronicle.models import Entry, Page
from tests.support.factories import EventFactory, TextFactory
from tests.support.record import (
    LONG_AGO,
    THIRD,
    Telling,
    make_page,
    make_story,
    make_term,
    print_entries,
    print_many,
)

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://testserver"


def listed(client, address: str) -> dict[str, str]:
    """Each address of a sitemap with when it was last changed; it is told of none twice."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = ElementTree.fromstring(response.content)  # noqa: S314 - the answer of our own site
    assert root.tag in (f"{NAMESPACE}urlset", f"{NAMESPACE}sitemapindex")
    found = [(each.findtext(f"{NAMESPACE}loc"), each.findtext(f"{NAMESPACE}lastmod")) for each in root]
    assert len(dict(found)) == len(found)
    return dict(found)


def everything(client) -> list[str]:
    """The addresses in all sitemaps that the index names, in order."""
    slices = listed(client, "/sitemap.xml")
    return [path for each in slices for path in listed(client, each.removeprefix(SITE))]


@pytest.fixture
def flood():
    return make_story()


def test_it_lists_the_overview_the_printed_days_and_the_public_entries(client, flood):
    kind = make_term(flood, "kind", "Damage")
    print_entries(make_page(flood), [Telling("Rain", kind), Telling("Wind", kind)])
    make_page(flood, THIRD - timedelta(days=1))

    assert everything(client) == [
        f"{SITE}/the-flood/{path}"
        for path in ("", "timeline/", "kinds/", "day-2/", "day-3/", "entry/1/", "entry/2/", "kind/1-damage/")
    ]


def test_texts_stand_beside_the_overview_once_they_are_published(client, admin_person):
    TextFactory(name="policy", published=True)
    TextFactory(name="about", published=True)
    TextFactory(name="contact")

    assert everything(client) == [
        f"{SITE}/the-flood/{path}" for path in ("", "timeline/", "about/", "policy/")
    ]


def test_every_address_is_in_one_slice_and_none_is_longer_than_its_size(client, flood, settings):
    settings.SITEMAP_SLICE = 7
    for n in range(6):
        make_page(flood, flood.first_date + timedelta(days=n))
    print_many(Page.objects.get(number=3), 50)

    slices = listed(client, "/sitemap.xml")
    sizes = [len(listed(client, each.removeprefix(SITE))) for each in slices]

    assert sizes == [7, 6, 7, 7, 7, 7, 7, 7, 7, 1, 3, 4, 2, 1, 1]
    assert list(slices) == [f"{SITE}/the-flood/sitemap-{n}.xml" for n in range(1, 16)]
    paths = [*(f"day-{n}/" for n in range(1, 7)), *(f"entry/{n}/" for n in range(1, 51))]
    found = everything(client)
    assert found[7:63] == [f"{SITE}/the-flood/{path}" for path in paths]
    assert len(found) == 74


def test_all_that_it_lists_answers(client):
    EventFactory(published=True)
    EventFactory(withdrawn=True)

    found = everything(client)

    assert f"{SITE}/the-flood/entry/1/" in found
    assert {client.get(path.removeprefix(SITE)).status_code for path in found} == {200}


def test_what_is_withdrawn_is_not_listed_wherever_it_stands(client, flood, settings):
    settings.SITEMAP_SLICE = 5
    print_many(make_page(flood), 12)
    Entry.objects.filter(number__in=[2, 11, 12]).update(
        withdrawn_at=timezone.now(), withdrawn_reason="It was another.", headline="", card=""
    )

    found = [path for path in everything(client) if "/entry/" in path]

    assert found == [f"{SITE}/the-flood/entry/{n}/" for n in (1, 3, 4, 5, 6, 7, 8, 9, 10)]


def test_terms_are_listed_while_anything_public_is_under_them(client, flood):
    kinds = [make_term(flood, "kind", name) for name in ("Damage", "Silent", "Шкода")]
    region = make_term(flood, "place", "Region")
    town = make_term(flood, "place", "Town", within=region.subject)
    make_term(flood, "actor", "Number one is no place")
    print_entries(make_page(flood), [Telling("Rain", kind, [town]) for kind in (kinds[0], kinds[2])])

    found = [path for path in everything(client) if re.search("/(kind|place|actor)/", path)]

    shown = (kinds[0], kinds[2], region, town)
    assert found == [f"{SITE}{term.get_absolute_url()}" for term in shown]


def test_days_are_found_whatever_the_number_of_the_first(client, settings):
    settings.SITEMAP_SLICE = 2
    story = make_story(first_number=1990)
    for n in (0, 3, 5):
        make_page(story, story.first_date + timedelta(days=n))

    found = everything(client)

    assert found == [
        f"{SITE}/the-flood/{path}" for path in ("", "timeline/", "day-1990/", "day-1993/", "day-1995/")
    ]


def test_a_day_beyond_the_calendar_is_not_listed(client):
    story = make_story(last_date=None)
    make_page(story)
    make_page(story, timezone.now().date() + timedelta(days=9000))

    assert [path for path in everything(client) if "/day-" in path] == [f"{SITE}/the-flood/day-3/"]


def test_all_chronicles_are_in_the_index(client, flood):
    make_story(title="Another", slug="another")

    assert list(listed(client, "/sitemap.xml")) == [
        f"{SITE}/another/sitemap-1.xml",
        f"{SITE}/the-flood/sitemap-1.xml",
    ]


def test_it_says_when_each_was_last_changed(client, flood):
    later, latest = LONG_AGO + timedelta(days=1), LONG_AGO + timedelta(days=2)
    kind = make_term(flood, "kind", "Damage")
    second = make_page(flood, THIRD - timedelta(days=1))
    print_entries(make_page(flood), [Telling("Rain", kind), Telling("Call", kind, happened_on=second.date)])
    Entry.objects.filter(number=1).update(updated_at=later)
    Entry.objects.filter(number=2).update(updated_at=latest)

    days, entries = listed(client, "/the-flood/sitemap-2.xml"), listed(client, "/the-flood/sitemap-3.xml")

    assert [parse_datetime(at) for at in days.values()] == [latest, latest]
    assert [parse_datetime(at) for at in entries.values()] == [later, latest]


def test_a_withdrawal_changes_its_day(client, flood):
    print_many(make_page(flood), 2)
    Entry.objects.filter(number=2).update(
        withdrawn_at=timezone.now(), withdrawn_reason="It was another.", headline="", card="",
        updated_at=LONG_AGO + timedelta(days=1),
    )  # fmt: skip

    [changed] = listed(client, "/the-flood/sitemap-2.xml").values()

    assert parse_datetime(changed) == LONG_AGO + timedelta(days=1)


def test_the_overview_changes_with_whatever_is_printed(client):
    EventFactory(published=True)
    [before] = set(listed(client, "/the-flood/sitemap-1.xml").values())
    entry = Entry.objects.get()

    assert parse_datetime(before) == entry.updated_at.replace(microsecond=0)
    assert set(listed(client, "/sitemap.xml").values()) == {before}


@pytest.mark.parametrize("number", ["0", "01", "9", "999999", "1000000", "-1", "x", "1" * 5000])
def test_a_slice_that_there_is_not_is_not_found(client, flood, number):
    print_many(make_page(flood), 2)

    assert client.get(f"/the-flood/sitemap-{number}.xml").status_code == 404
    assert client.get("/nowhere/sitemap-1.xml").status_code == 404


def test_a_slice_asks_two_questions_and_reads_no_more_rows_than_it_lists(client, flood, settings):
    settings.SITEMAP_SLICE = 5
    print_many(make_page(flood), 23)

    with CaptureQueriesContext(connection) as asked:
        found = listed(client, "/the-flood/sitemap-5.xml")

    assert list(found) == [f"{SITE}/the-flood/entry/{n}/" for n in range(11, 16)]
    assert len(asked) == 2
    assert re.search('"number" BETWEEN 11 AND 15', asked[1]["sql"])
    assert "OFFSET" not in asked[1]["sql"]


def test_robots_are_told_where_the_desk_and_the_sitemap_are(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (f"User-agent: *\nDisallow: /desk/\n\nSitemap: {SITE}/sitemap.xml\n")


def test_a_site_without_the_desk_names_none(client, settings):
    settings.DESK = False

    assert client.get("/robots.txt").content.decode() == (
        f"User-agent: *\nDisallow:\n\nSitemap: {SITE}/sitemap.xml\n"
    )
