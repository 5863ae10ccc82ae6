"""What readers subscribe to: what a feed tells, how things are called in it, and what is told to be gone."""

import json
import re

import feedparser
import pytest

from chronicle.models import Entry, Page
from chronicle.site.feeds import feed as feeds
from chronicle.site.feeds import telling
from events.editorial import closing, publishing, takedowns, writing
from tests.support.cast import fresh, retell
from tests.support.counting import MOST, queries
from tests.support.factories import DayFactory, EventFactory, PersonFactory
from tests.support.feeds import amiss_in_atom, amiss_in_json
from tests.support.proposals import change
from tests.support.reading import words

ATOM, JSON = "/the-flood/feed.atom", "/the-flood/feed.json"
ALL = ["feed", "timeline/feed", "corrections/feed", "days/feed"]


def read(client, address=ATOM, **how):
    return feedparser.parse(client.get(address, **how).content)


def close(day, by):
    day = fresh(day)
    day.headline, day.sentence = "The third day", "The river rose."
    writing.save_day(day, by=by, seen=day.version)
    publishing.publish_day(fresh(day), by=by, seen=fresh(day).version)
    closing.close_day(fresh(day), by=by, seen=fresh(day).version)


@pytest.fixture
def told(published, day, source, editor, moderator, place):
    """A chronicle in which something of each kind has happened."""
    text = "<p>A “quay” &amp; R&amp;D.</p>"
    other = EventFactory(published=True, headline="Jesus & Mo <b>", text=text, places=[place])
    EventFactory(withdrawn=True, headline="Withdrawn words")
    retell(other, editor, "It was the other.", headline="A \x01bridge\x0b & a quay ]]>")
    change(source, editor, moderator, "Its title was wrong.", title="The river falls")
    close(day, editor)
    return fresh(other)


@pytest.mark.parametrize("name", ALL)
def test_each_feed_is_as_the_standards_ask(client, told, name):
    atom, other = client.get(f"/the-flood/{name}.atom"), client.get(f"/the-flood/{name}.json")

    assert amiss_in_atom(atom.content) == []
    assert amiss_in_json(other.content) == []
    assert atom["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert other["Content-Type"] == "application/feed+json; charset=utf-8"
    parsed = feedparser.parse(atom.content)
    assert not parsed.bozo and parsed.entries
    assert [entry.id for entry in parsed.entries] == [
        item["id"] for item in json.loads(other.content)["items"]
    ]


@pytest.mark.once
def test_control_the_judge_finds_what_is_amiss(client, told):
    atom = client.get(ATOM).content.decode()

    wrong = re.sub("tag:[^<]*entry", "/entry", re.sub(r"<updated>.*?</updated>", "", atom))
    assert {"entry: its id is no tag", "entry: it has not one updated"} <= set(amiss_in_atom(wrong.encode()))
    with pytest.raises(Exception, match="not well-formed"):
        amiss_in_atom(atom.replace("&amp;", "&").encode())


def test_the_newest_entries_stand_first_with_what_they_say_and_how_well_it_stands(client, told, published):
    newest, first = read(client).entries

    assert newest.title == "A bridge & a quay ]]>"
    assert "A “quay” &amp; R&amp;D." in newest.summary
    assert "3 March 2021, some time that day · Single source · 1 citation" in newest.summary
    assert newest.link == f"http://testserver/the-flood/entry/{told.printed.number}/"
    assert first.title == "A bridge is closed"
    assert newest.published <= newest.updated and first.published == first.updated


def test_an_id_outlives_an_edit_and_another_host_and_leads_to_the_address_that_was_asked(
    client, published, editor, settings
):
    settings.ALLOWED_HOSTS = ["testserver", "elsewhere.example"]
    [before] = read(client).entries
    retell(published, editor, "It was the other.", headline="The other bridge is closed")
    [after] = read(client, secure=True, headers={"host": "elsewhere.example"}).entries

    assert (after.id, after.published) == (before.id, before.published)
    assert re.fullmatch(r"tag:localhost,\d{4}-\d\d-\d\d:[0-9a-f-]{36}/entry/1", after.id)
    assert after.link == "https://elsewhere.example/the-flood/entry/1/"
    assert after.updated > before.updated
    own = read(client, secure=True, headers={"host": "elsewhere.example"}).feed
    assert "https://elsewhere.example/the-flood/feed.atom" in [
        link.href for link in own.links if link.rel == "self"
    ]


def test_what_is_printed_again_without_an_edition_is_no_news(client, published, place, editor):
    event = EventFactory(published=True, headline="The quay is shut", places=[place])
    before = read(client).entries[0].updated
    place = fresh(place)
    name = place.names.get()
    name.name = "The new bridge"
    name.save()
    writing.save_named(place, by=editor, seen=place.version)
    writing.print_again(place, by=editor)

    assert "The new bridge" in client.get(f"/the-flood/entry/{event.printed.number}/").content.decode()
    assert read(client).entries[0].updated == before
    assert read(client).feed.updated == before


def test_what_is_gone_is_told_to_be_gone_with_its_reason_alone(client, told, published):
    admin = PersonFactory(admin=True)
    gone = Entry.objects.get(withdrawn_at__isnull=False)
    asked = takedowns.ask(
        published.story, [takedowns.part_of("entry/1")], by=admin, reason="A court says so."
    )
    takedowns.confirm(asked, by=PersonFactory(username="other", is_superuser=True), seen=asked.version)
    body = client.get(ATOM).content.decode()

    told_gone = re.findall(r'<at:deleted-entry ref="[^"]+/(\d)" when="[^"]+"(?:/>|>(.*?)</at:d)', body)
    reason = "<at:comment>It was another bridge.</at:comment>"
    assert told_gone == [("1", ""), (str(gone.number), reason)]
    assert "Withdrawn words" not in body and "A bridge is closed" not in body
    deleted = json.loads(client.get(JSON).content)["_chronicle"]["deleted"]
    assert [each["reason"] for each in deleted] == ["", "It was another bridge."]
    assert amiss_in_atom(body.encode()) == []


def test_a_timeline_has_a_feed_of_what_is_chosen_and_leads_to_it(client, told, published):
    page = client.get("/the-flood/timeline/?place=1&order=oldest").content.decode()
    address = "/the-flood/timeline/feed.atom?place=1"

    assert (
        f'<link rel="alternate" type="application/atom+xml" title="What is listed here" href="{address}">'
        in page
    )
    assert f'href="{address}">Atom</a>' in page
    assert [entry.title for entry in read(client, address).entries] == ["A bridge & a quay ]]>"]
    assert address in client.get("/the-flood/place/1/", follow=True).content.decode()
    assert read(client, "/the-flood/timeline/feed.atom?q=nothing").entries == []


def test_what_means_nothing_is_told_and_nobody_keeps_the_answer(client, published):
    response = client.get("/the-flood/timeline/feed.atom?from=yesterday")

    assert "“yesterday” is no day" in feedparser.parse(response.content).feed.subtitle
    assert response["Cache-Control"] == "no-store"
    assert client.get("/the-flood/feed.atom?utm=x")["Location"] == ATOM
    assert client.get("/the-flood/feed.rss").status_code == 404
    assert client.get("/nowhere/feed.atom").status_code == 404


def test_corrections_and_closed_days_say_what_their_pages_say(client, told):
    items = client.get("/the-flood/corrections/feed.json").json()["items"]
    [of_day] = read(client, "/the-flood/days/feed.atom").entries

    changed = {item["title"]: item["content_html"] for item in items}
    of_source = changed["Correction: The source “The river falls”"]
    assert "<del>rises</del> <ins>falls</ins>" in of_source and "Its title was wrong." in of_source
    assert "It was another bridge." in changed["Withdrawal: Withdrawn entry"]
    assert of_day.title == "Day 3 · 3 March: The third day"
    assert "The river rose." in of_day.summary


def test_a_feed_that_a_reader_has_is_not_sent_again_and_costs_what_a_page_may(client, told):
    for name in ALL:
        for form in ("atom", "json"):
            address = f"/the-flood/{name}.{form}"
            assert queries(client, address) <= MOST
            tag = client.get(address)["ETag"]
            again = client.get(address, headers={"if-none-match": tag})
            assert (again.status_code, again.content) == (304, b"")


def test_only_so_many_entries_are_told_the_newest(client, published, monkeypatch):
    monkeypatch.setattr(telling, "MOST", 2)
    for number in range(3):
        EventFactory(published=True, headline=f"Quay {number} is shut")

    assert [entry.title for entry in read(client).entries] == ["Quay 2 is shut", "Quay 1 is shut"]


def test_every_page_of_a_chronicle_leads_to_its_feeds(client, told):
    for address in ("/the-flood/", "/the-flood/day-3/", "/the-flood/entry/1/", "/the-flood/feeds/"):
        page = client.get(address).content.decode()
        assert f'<link rel="alternate" type="application/atom+xml" title="The flood" href="{ATOM}">' in page
        assert f'<link rel="alternate" type="application/feed+json" title="The flood" href="{JSON}">' in page
        assert '<a href="/the-flood/feeds/"' in page
    said = words(client.get("/the-flood/feeds/"))
    assert "New entries" in said and "Closed days" in said
    assert b"days/feed.atom" in client.get("/the-flood/days/").content


def test_a_day_that_is_open_is_in_no_feed_of_days(client, published):
    DayFactory(published=True)

    assert Page.objects.filter(closed=True).count() == 0
    feed = read(client, "/the-flood/days/feed.atom")
    assert feed.entries == [] and feed.feed.updated
    assert amiss_in_atom(client.get("/the-flood/days/feed.atom").content) == []


def test_control_characters_leave_and_all_other_characters_stay():
    assert feeds.plain("a\x00\x01\x0b\x1f\ufffe\ud800b") == "ab"
    assert feeds.plain("Şuşa\tشوشا\n😀\x85") == "Şuşa\tشوشا\n😀\x85"
