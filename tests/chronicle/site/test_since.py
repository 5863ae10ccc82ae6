"""Of a day and of the timeline a reader gets what is another than when the log had a size."""

import re
from datetime import date

import pytest
from django.db import connection

from chronicle.models import Edition, Log
from chronicle.site import remembered
from events.editorial import closing, publishing, writing
from tests.chronicle.site.test_changes_seen import retell
from tests.support.cast import fresh, publish
from tests.support.counting import MOST, queries
from tests.support.factories import DayFactory, EventFactory
from tests.support.reading import notices, text_of, words
from tests.support.taking import take

DAY = "/the-flood/day-3/"
TIMELINE = "/the-flood/timeline/"


def test_what_is_new_and_what_was_changed_is_marked(client, published, editor):
    size = Log.objects.get().size
    retell(published, editor, "It was the other.", headline="The other bridge is closed")
    EventFactory(published=True, headline="A road is closed", wording="10:15")

    page = client.get(f"{DAY}?since={size}")

    told = words(page)
    assert re.search(r"1 new, 1 changed since \d+ \w+ \d{4}, \d\d:\d\d\.", told)
    assert re.search("A road is closed New", told)
    assert re.search("The other bridge is closed Changed Corrected", told)
    assert f'<a href="{DAY}">Show the whole day</a>' in page.content.decode()
    assert '<meta name="robots" content="noindex' in page.content.decode()
    of_kind = words(client.get(f"/the-flood/kind/1-damage/?since={size}"))
    assert "2 entries" in of_kind
    assert f"Only what was printed since the log had {size} editions." in of_kind
    assert queries(client, f"{DAY}?since={size}") <= MOST
    assert queries(client, f"{TIMELINE}?since={size}") <= MOST


def test_what_is_told_on_another_day_since_is_said_to_have_left(client, published, editor):
    size = Log.objects.get().size
    event = fresh(published)
    event.day = DayFactory(date=date(2021, 3, 4))
    writing.save_event(event, by=editor, seen=event.version)
    publish(fresh(event), editor, note="It was the next day.")

    assert "An entry that stood here is told on another day now." in words(client.get(f"{DAY}?since={size}"))
    assert "1 new" in words(client.get(f"/the-flood/day-4/?since={size}"))


def test_where_nothing_changed_the_page_says_so_and_of_no_size_that_it_is_none(client, published):
    size = Log.objects.get().size

    assert "Nothing is new since" in words(client.get(f"{DAY}?since={size}"))
    for value in ("x", str(size + 1), "-1", "9" * 30, "٣", "²", "%2B1", "1e3", "0x1", "%00"):
        page = client.get(f"{DAY}?since={value}")
        assert "is no size that the log of this chronicle had, and was passed over." in " ".join(
            notices(page)
        )
        assert page["Cache-Control"] == "no-store"


def test_the_words_of_a_day_belong_to_the_difference(client, published, day, editor):
    size = Log.objects.get().size
    assert "The words of this day" not in words(client.get(f"{DAY}?since={size}"))
    for n in (1, 2):
        row = fresh(day)
        row.headline = f"The river rises, {n}"
        writing.save_day(row, by=editor, seen=row.version)
        publishing.publish_day(fresh(day), by=editor, seen=fresh(day).version, note="It rose.")

        page = client.get(f"{DAY}?since={size}")
        assert "The words of this day were changed since" in words(page)
        assert "No entry is new since" in words(page)
        assert queries(client, f"{DAY}?since={size}") <= MOST
        size = Log.objects.get().size
    assert "/the-flood/day-3/changes/" in page.content.decode()
    assert "Nothing is new since" in words(client.get(f"{DAY}?since={size}"))


def test_an_open_day_asks_and_a_closed_one_does_not(client, published, editor):
    page = client.get(DAY).content.decode()
    log = Log.objects.get()
    assert '<script src="/static/chronicle/live.js" type="module"></script>' in page
    assert f'data-size="{log.size}"' in page
    assert f'data-show="{DAY}?since={log.size}#entries"' in page
    assert re.search(rf'Recorded up to \d\d:\d\d; made at \d\d:\d\d\. <a href="{DAY}">Look again</a>', page)
    first = Edition.objects.get(subject="entry/1").seq

    response = client.get(f"{DAY}live.json")

    assert response.json() == {"size": log.size, "closed": False, "entries": [[first, first]]}
    assert "public" in response["Cache-Control"]
    assert "Set-Cookie" not in response
    assert client.get(f"{DAY}live.json", headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.get("/the-flood/day-99/live.json").status_code == 404

    held = fresh(published.day)
    closing.close_day(held, by=editor, seen=held.version)
    closed = client.get(DAY).content.decode()
    assert "live.js" not in closed
    assert "Look again" not in closed
    assert client.get(f"{DAY}live.json").json()["closed"] is True


def test_the_newest_come_first_by_the_address_alone(client, published):
    EventFactory(published=True, headline="A road is closed", wording="10:15")
    EventFactory(published=True, headline="A wall falls", wording="15:00")

    as_it_went, newest = (
        text_of(client.get(DAY + query).content.decode()) for query in ("", "?order=newest")
    )

    order = ["A road is closed", "A bridge is closed", "A wall falls"]
    assert sorted(order, key=as_it_went.index) == order
    assert sorted(order, key=newest.index) == order[::-1]
    assert not client.cookies


def test_the_timeline_tells_what_can_be_read_no_more_since(client, published, editor):
    EventFactory(published=True, headline="A road is closed", wording="10:15")
    old, gone = (EventFactory(published=True, wording=f"1{n}:30", headline=f"Wall {n}") for n in (1, 2))
    publishing.withdraw(old, by=editor, seen=old.version, reason="It was long ago.")
    size = Log.objects.get().size
    publishing.withdraw(gone, by=editor, seen=gone.version, reason="It was another wall.")
    take("entry/2")

    page = client.get(f"{TIMELINE}?since={size}")

    told = words(page)
    assert re.search(r"An entry of Day 3 · 3 March was withdrawn on [^:]+:\d\d: It was another wall\.", told)
    assert re.search(r"An entry of Day 3 · 3 March was taken down on ", told)
    assert "It was long ago." not in told
    assert "An entry of" not in words(client.get(f"{TIMELINE}?since={size}&kind=1"))
    assert "An entry of" not in words(client.get(f"{TIMELINE}?since={Log.objects.get().size}"))
    assert queries(client, f"{TIMELINE}?since={size}") <= MOST


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("address", [f"{DAY}?since=2", f"{DAY}live.json"])
def test_neither_reads_all_entries_or_editions_of_a_chronicle(client, published, address):
    """SQLite does where “or” stands beside the chronicle, or where a size is asked for besides a subject."""
    plans = read_by(client, address)

    assert any("chronicle_edition" in step for step in plans)
    assert [step for step in plans if WHOLE.search(step)] == []
    assert WHOLE.search("SEARCH chronicle_entry USING INDEX entry_in_time (chronicle_id=?)")


def read_by(client, address):
    """How SQLite finds what an address asks of entries and editions: the steps of its plans."""
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    remembered.forget()
    with connection.execute_wrapper(note):
        assert client.get(address).status_code == 200
    with connection.cursor() as cursor:
        return [
            step[3]
            for sql, params in asked
            if "chronicle_edition" in sql
            # With the values that it was given: written out, two that are alike are taken for one.
            for step in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
        ]


WHOLE = re.compile(r"SEARCH chronicle_(entry|edition) USING .*\(chronicle_id=\?( AND seq<\?)?\)$")
