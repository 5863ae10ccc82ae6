"""What was known at a moment is the very page that was served then, made anew of the editions of then."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chronicle.models import Edition, Entry, Log, Term
from chronicle.site import remembered
from chronicle.site.then.asking import asked_of
from chronicle.site.views import pages
from events.editorial import closing, publishing, writing
from tests.support.cast import fresh, publish
from tests.support.counting import MOST, queries
from tests.support.factories import CitationFactory, DayFactory, EventFactory, KindFactory, PlaceFactory
from tests.support.reading import choices, head_of, headlines, links, main_of, notices, text_of, words
from tests.support.taking import take

BEGAN = datetime(2021, 3, 3, 9, tzinfo=UTC)
PAGES = [
    "/the-flood/",
    "/the-flood/day-3/",
    "/the-flood/day-4/",
    "/the-flood/entry/1/",
    "/the-flood/entry/2/",
]

LIVE = r'<script src="[^"]*/live.js"[^>]*></script>|<p\s+class="(live|again)".*?</p>'
"""What a day that is open still offers."""


@pytest.fixture
def clock(monkeypatch):
    """The time by which all is printed: a minute later with each step."""
    at = [BEGAN]
    monkeypatch.setattr(timezone, "now", lambda: at[0])

    def step(minutes=1):
        at[0] += timedelta(minutes=minutes)

    return step


def plain(response):
    """A page without what tells of the moment: the bar, its ways to the same, and what comes yet."""
    html = re.sub(r'<aside class="asof".*?</aside>\n', "", response.content.decode(), flags=re.DOTALL)
    html = re.sub(r'<input type="hidden" name="as_of" value="log:\d+">', "", html)
    html = re.sub(r"(\?|&amp;)as_of=log:\d+", "", html)
    return re.sub(r"\n\s*", "\n", re.sub(LIVE, "", html, flags=re.DOTALL))


def retell(event, editor, note="It was not so.", **values):
    event = fresh(event)
    for name, value in values.items():
        setattr(event, name, value)
    writing.save_event(event, by=editor, seen=event.version)
    publish(event, editor, note=note)


def tell(day, editor, n):
    day = fresh(day)
    day.headline, day.sentence = f"The river rises, {n}", f"It stood at {n} m."
    writing.save_day(day, by=editor, seen=day.version)
    publishing.publish_day(fresh(day), by=editor, seen=fresh(day).version, note="It rose.")


def withdraw(event, editor):
    publishing.withdraw(fresh(event), by=editor, seen=fresh(event).version, reason="It was another.")


def rename(row, editor, name):
    """Have a place or a kind be called ``name``, and the record say so."""
    if hasattr(row, "names"):
        row.names.update(name=name)
    else:
        row.name = name
    writing.save_named(row, by=editor, seen=fresh(row).version, note="It is called so.")
    writing.print_again(row, by=editor)


@pytest.fixture
def saved(clock, client, published, editor, other_source):
    """A hundred editions, and what was served after each: by size of the log and address."""
    kept, day, quay = {}, published.day, PlaceFactory(name="The quay")
    other, events = DayFactory(date=date(2021, 3, 4)), [published]

    def save():
        size = Log.objects.get().size
        for address in PAGES:
            response = client.get(address)
            if response.status_code == 200:
                kept[size, address] = plain(response)

    save()
    for n in range(30):
        clock()
        told = {"day": other if n % 3 == 2 else day, "places": [quay], "is_key": n % 5 == 0}
        events.append(
            EventFactory(published=True, headline=f"Report {n}", wording=f"{6 + n % 12:02}:15", **told)
        )
        save()
        clock()
        event = events[n // 2]
        if n % 5 == 0:
            retell(event, editor, headline=f"Report {n} put right", wording=f"{5 + n % 9:02}:40")
        elif n % 5 == 1:
            tell(told["day"], editor, n)
        elif n % 5 == 2:
            retell(event, editor, is_key=True, day=other if n % 2 else day)
        elif n % 5 == 3:
            CitationFactory(approved=True, event=event, source=other_source, quote="It was seen.")
        else:
            rename(quay if n % 2 else fresh(published.kind), editor, f"So called {n}")
        save()
    closing.close_day(fresh(day), by=editor, seen=fresh(day).version)
    save()
    return kept


def test_pages_saved_while_a_story_was_printed_are_what_is_known_of_then(saved, client, published, editor):
    whole = Log.objects.get().size
    assert len({size for size, _ in saved}) > 55
    assert whole >= 100

    for (size, address), html in saved.items():
        remembered.forget()
        with CaptureQueriesContext(connection) as asked:
            response = client.get(f"{address}?as_of=log:{size}")
        assert len(asked) <= MOST, (size, address)
        assert plain(response) == html, (size, address)
        assert f"(log:{size})" in response.content.decode()


def test_what_was_withdrawn_or_taken_down_since_stays_out_of_sight(clock, client, published, editor):
    EventFactory(published=True, headline="The quay is shut", wording="10:15", is_key=True)
    kept = EventFactory(published=True, headline="The road is open", wording="11:15")
    size = Log.objects.get().size
    clock()
    withdraw(published, editor)
    take("entry/2")
    addresses = ["", "day-3/", "timeline/", "entry/1/", "entry/2/"]

    overview, day, timeline, one, two = (
        client.get(f"/the-flood/{each}?as_of=log:{size}") for each in addresses
    )

    for page in (overview, day, timeline, one, two):
        assert "A bridge is closed" not in page.content.decode()
        assert "The quay is shut" not in page.content.decode()
    assert "1 entry on 1 of 6 days" in words(overview)
    assert headlines(day) == headlines(timeline) == [kept.headline]
    assert "An entry was withdrawn on 3 Mar, 09:01: It was another." in words(day)
    assert "An entry was withdrawn" in words(timeline)
    assert "1 entry from 1 source" in words(day)
    assert "An entry was withdrawn" not in words(client.get(f"/the-flood/timeline/?as_of=log:{size}&kind=1"))
    assert (one.status_code, two.status_code) == (410, 410)
    assert "It was another." in words(one)

    again(published, editor)
    day = client.get(f"/the-flood/day-3/?as_of=log:{size}")
    assert headlines(day) == [kept.headline]
    assert "An entry was withdrawn" in words(day)


def again(event, editor):
    """Have ``event``, which was withdrawn, be published again."""
    publishing.reopen_event(fresh(event), by=editor, seen=fresh(event).version)
    publishing.submit(fresh(event), by=editor, seen=fresh(event).version)
    publish(fresh(event), editor, note="It was this one.")


def test_a_time_is_read_by_the_clock_of_the_chronicle(clock, client, published, editor):
    clock(60)
    retell(published, editor, headline="The other bridge is closed")
    now = Log.objects.get().size
    by_time = {
        "2021-03-03T09:30": "A bridge is closed",
        "2021-03-03T10:00": "The other bridge is closed",
        "2021-03-03T13:59+04:00": "A bridge is closed",
        "2021-03-03T14:00:00%2B04:00": "The other bridge is closed",
        "2021-03-03T10:00Z": "The other bridge is closed",
        "2021-03-03": "The other bridge is closed",
        f"log:{now - 1}": "A bridge is closed",
    }
    for written, headline in by_time.items():
        page = client.get(f"/the-flood/day-3/?as_of={written}")
        assert (written, headlines(page)) == (written, [headline])
    assert "as it was known on 3 March 2021, 09:30" in text_of(bar_of(client, "2021-03-03T09:30"))

    refused = {
        "2020-01-01T00:00": "Nothing was printed by then.",
        "log:0": "Nothing was printed by then.",
        f"log:{now + 1}": f"The log has no {now + 1} editions yet.",
        "2021-03-03T10:01": "That time has not come yet.",
        "yesterday": "“yesterday” is no time. Write a time as 2020-11-08T18:00, a day as 2020-11-08, or",
        "2021-02-30T10:00": "“2021-02-30T10:00” is no time.",
        "2021-02-30": "“2021-02-30” is no time.",
        "9999-12-31": "That time has not come yet.",
        "9999-12-31T23:30-12:00": "That time has not come yet.",
        "0001-01-01T00:00%2B14:00": "Nothing was printed by then.",
        "2021-03-02": "Nothing was printed by then.",
        "2021-03-04": "That time has not come yet.",
    }
    for written, sentence in refused.items():
        page = client.get(f"/the-flood/day-3/?as_of={written}")
        assert (page.status_code, sentence in words(page)) == (404, True), written


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("written", "at", "sentence"),
    [
        (
            "2021-03-28T01:30",
            "2021-03-28T01:30",
            "The clocks of Lisbon skipped 01:30 that day; it is read as 02:30.",
        ),
        (
            "2021-10-31T01:30",
            "2021-10-31T00:30",
            "The clocks of Lisbon showed 01:30 twice that day; the first is meant.",
        ),
        ("2021-10-31T01:30+00:00", "2021-10-31T01:30", ""),
        ("2021-07-01T12:00", "2021-07-01T11:00", ""),
    ],
)
def test_a_time_that_clocks_skip_or_show_twice_is_read_and_said(written, at, sentence):
    asked = asked_of(written, lambda: ZoneInfo("Europe/Lisbon"))

    assert asked.at == datetime.fromisoformat(f"{at}+00:00")
    assert asked.sentence == sentence


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("zone", "day", "at"),
    [
        ("Europe/Lisbon", "2021-03-28", "2021-03-28T22:59:59.999"),
        ("Europe/Lisbon", "2021-10-31", "2021-10-31T23:59:59.999"),
        (
            "Asia/Beirut",
            "2021-03-27",
            "2021-03-27T21:59:59.999",
        ),  # Its clocks skip the midnight that ends it.
        ("Atlantic/Azores", "2021-03-27", "2021-03-28T00:59:59.999"),
    ],
)
def test_a_day_is_read_as_its_end(zone, day, at):
    assert asked_of(day, lambda: ZoneInfo(zone)).at == datetime.fromisoformat(f"{at}+00:00")


def test_a_day_is_read_and_said_and_keeps_to_the_budget(clock, client, published, editor):
    clock(60 * 14 + 59)
    retell(published, editor, headline="The other bridge is closed")
    clock()
    retell(published, editor, headline="No bridge is closed")
    clock(60 * 24)

    for day, headline in {
        "2021-03-03": "The other bridge is closed",
        "2021-03-04": "No bridge is closed",
    }.items():
        assert headlines(client.get(f"/the-flood/day-3/?as_of={day}")) == [headline]
    bar = text_of(bar_of(client, "2021-03-03"))
    assert "as it was known on 3 March 2021, 23:59" in bar
    assert "The end of that day is meant, by the clocks of Lisbon." in bar
    remembered.forget()
    assert queries(client, "/the-flood/day-3/?as_of=2021-03-03&kind=1") <= MOST


def bar_of(client, moment, page="/the-flood/day-3/"):
    return re.search(
        r'<aside class="asof".*?</aside>', client.get(f"{page}?as_of={moment}").content.decode(), re.S
    )[0]


def test_the_bar_leads_to_other_moments_and_the_page_keeps_its_own(clock, client, published, editor):
    size = Log.objects.get().size
    clock()
    retell(published, editor, headline="The other bridge is closed")
    page = client.get(f"/the-flood/day-3/?kind=1&as_of=log:{size}")

    before, after, back = re.findall(r'<a [^>]*href="([^"]*)"', bar_of(client, f"log:{size}"))
    assert back == "http://testserver/the-flood/day-3/"
    assert client.get(after)["Location"] == f"http://testserver/the-flood/day-3/?as_of=log:{size + 1}"
    assert client.get(before)["Location"] == "http://testserver/the-flood/day-3/?as_of=log:2"
    assert client.get("/the-flood/timegate/day-3/?before=2").status_code == 404
    assert client.get("/the-flood/day-3/?as_of=1")["Location"] == "/the-flood/day-3/?as_of=log:1"
    assert f"/the-flood/entry/1/?as_of=log:{size}" in links(page)
    assert f'name="as_of" value="log:{size}"' in main_of(page)
    assert "/the-flood/corrections/" in page.content.decode()
    assert client.get(f"/the-flood/day-03/?as_of=log:{size}")["Location"].endswith(
        f"/day-3/?as_of=log:{size}"
    )


def test_a_timeline_of_then_is_narrowed_by_terms_and_days_alone(clock, client, published):
    address = f"/the-flood/timeline/?as_of=log:{Log.objects.get().size}"
    clock()
    EventFactory(published=True, headline="A road is closed", kind=KindFactory(name="Traffic"))

    assert headlines(client.get(address)) == ["A bridge is closed"]
    assert headlines(client.get(f"{address}&kind=1&from=2021-03-03")) == ["A bridge is closed"]
    assert headlines(client.get(f"{address}&kind=2")) == []
    page = client.get(f"{address}&q=road&standing=disputed")
    assert notices(page) == [
        "What was known then is narrowed by terms and days alone. Passed over: words, standing."
    ]
    assert headlines(page) == ["A bridge is closed"]
    assert 'type="search" name="q" dir="auto" value' not in main_of(page)


def test_programs_find_earlier_states_by_memento(clock, client, published, editor):
    size = Log.objects.get().size
    clock(60)
    retell(published, editor, headline="The other bridge is closed")
    page, now = client.get(f"/the-flood/entry/1/?as_of=log:{size}"), client.get("/the-flood/entry/1/")
    base = "http://testserver/the-flood"

    assert page["Memento-Datetime"] == "Wed, 03 Mar 2021 09:00:00 GMT"
    assert page["X-Robots-Tag"] == "noindex"
    assert head_of(page)["canonical"] == f"{base}/entry/1/"
    assert f'<{base}/entry/1/>; rel="original"' in page["Link"]
    for rel, at in (("first", 1), ("prev", size - 1), ("next", size + 1), ("last", size + 1)):
        assert f'<{base}/entry/1/?as_of=log:{at}>; rel="{rel} memento"; datetime="' in page["Link"]
    assert f'<{base}/timegate/entry/1/>; rel="timegate"' in now["Link"]

    listed = client.get("/the-flood/timemap/entry/1/")
    assert listed["Content-Type"] == "application/link-format"
    assert re.findall(r'<([^>]*)>; rel="([^"]*memento)"', listed.content.decode()) == [
        (f"{base}/entry/1/?as_of=log:{size}", "first memento"),
        (f"{base}/entry/1/?as_of=log:{size + 1}", "last memento"),
    ]
    for at, found in (
        (None, size + 1),
        ("Wed, 03 Mar 2021 09:30:00 GMT", size),
        ("Fri, 01 Jan 2010 00:00:00 GMT", 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", size + 1),
        ("Wednesday, 03-Mar-21 09:30:00 GMT", size),
    ):
        gate = client.get("/the-flood/timegate/entry/1/", headers={"Accept-Datetime": at} if at else {})
        assert (gate.status_code, gate["Location"]) == (302, f"{base}/entry/1/?as_of=log:{found}")
        assert "Accept-Datetime" in gate["Vary"]
    assert client.get("/the-flood/timegate/entry/1/", headers={"Accept-Datetime": "soon"}).status_code == 400
    assert client.get("/the-flood/timemap/feeds/").status_code == 404


def test_lists_and_terms_are_those_of_then_though_places_moved_and_were_renamed(
    clock, client, published, editor
):
    north, south = PlaceFactory(name="The north"), PlaceFactory(name="The south")
    quay, road = PlaceFactory(name="The quay", within=north), PlaceFactory(name="The road")
    at_quay = EventFactory(published=True, headline="The quay is shut", wording="10:15", places=[quay])
    EventFactory(published=True, headline="The road is open", wording="11:15", places=[quay, road])
    size, number = Log.objects.get().size, Term.objects.get(label="The north").number
    saved = client.get(f"/the-flood/place/{number}-the-north/")

    clock()
    quay = fresh(quay)
    quay.within = south
    rename(quay, editor, "The pier")
    retell(at_quay, editor, headline="The pier is shut")
    EventFactory(published=True, headline="The mole is built", wording="12:15", places=[north])
    remembered.forget()

    page = client.get(f"/the-flood/place/{number}-the-north/?as_of=log:{size}")
    assert headlines(page) == headlines(saved) == ["The road is open", "The quay is shut"]
    assert "The quay" in words(page)
    assert "The pier" not in words(page)
    timeline = client.get(f"/the-flood/timeline/?as_of=log:{size}&place={number}&order=oldest")
    assert headlines(timeline) == ["The quay is shut", "The road is open"]
    assert choices(timeline)[0].label
    assert client.get(f"/the-flood/place/{number}-the-north/?as_of=log:4").status_code == 404
    now = client.get(f"/the-flood/timeline/?place={number}")
    assert headlines(now) == ["The mole is built"]


@pytest.mark.parametrize("address", ["", "day-3/", "entry/1/", "timeline/", "kind/1-damage/"])
def test_a_moment_takes_no_more_queries_for_more_changes(clock, client, published, editor, address):
    EventFactory(published=True, headline="A road is closed", wording="10:15")
    size = Log.objects.get().size
    counts = []
    for changes in (1, 6):
        for n in range(changes):
            clock()
            retell(published, editor, headline=f"Bridge {changes}.{n}")
            EventFactory(published=True, headline=f"Report {n}", wording="11:15")
        remembered.forget()
        counts.append(queries(client, f"/the-flood/{address}?as_of=2021-03-03T09:00"))
        assert f"(log:{size})" in client.get(f"/the-flood/{address}?as_of=2021-03-03T09:00").content.decode()

    assert counts[0] == counts[1] <= MOST


@pytest.mark.django_db(transaction=True)
def test_a_page_of_then_is_read_in_one_snapshot(clock, client, published):
    said = []

    def listen(execute, sql, params, many, context):
        raw = connection.connection
        said.append(raw.in_transaction if connection.vendor == "sqlite" else raw.info.transaction_status.name)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        response = client.get("/the-flood/day-3/?as_of=log:6")

    assert response.status_code == 200
    assert len(said) > 3
    assert set(said) == {True if connection.vendor == "sqlite" else "INTRANS"}
    assert not connection.in_atomic_block


def test_a_moment_keeps_the_lines_of_key_events_and_is_told_whole_in_either_order(
    clock, client, published, editor
):
    gone = EventFactory(published=True, headline="The quay is shut", wording="10:15", is_key=True)
    EventFactory(published=True, headline="The road is open", wording="11:15")
    clock()
    withdraw(gone, editor)
    size, saved = Log.objects.get().size, client.get("/the-flood/")
    clock()
    EventFactory(published=True, headline="The mole is built", wording="12:15", is_key=True)
    retell(published, editor, wording="08:00")
    remembered.forget()

    assert "An entry was withdrawn" in words(saved)
    assert plain(client.get(f"/the-flood/?as_of=log:{size}")) == plain(saved)
    day = client.get(f"/the-flood/day-3/?as_of=log:{size}&order=newest&since=1")
    as_it_went = client.get(f"/the-flood/day-3/?as_of=log:{size}")
    assert headlines(day) == headlines(as_it_went)[::-1] == ["A bridge is closed", "The road is open"]
    assert notices(day) == ["What was known then is told whole, and not what came since another moment."]


def test_a_timeline_of_then_keeps_the_line_of_what_was_taken_down_by_then(clock, client, published):
    EventFactory(published=True, headline="The quay is shut", wording="10:15")
    EventFactory(published=True, headline="The road is open", wording="11:15")
    before = Log.objects.get().size
    clock()
    take("entry/2")
    size, saved = Log.objects.get().size, client.get("/the-flood/timeline/")
    clock()
    take("entry/3")
    remembered.forget()
    asks = queries(client, f"/the-flood/timeline/?as_of=log:{size}")
    then = client.get(f"/the-flood/timeline/?as_of=log:{size}")

    assert "/the-flood/entry/2/" in links(saved)
    assert f"/the-flood/entry/2/?as_of=log:{size}" in links(then)
    assert words(saved).count("was taken down") == words(then).count("was taken down") == 1
    assert "The road is open" not in words(then)
    assert "was taken down" not in words(client.get(f"/the-flood/timeline/?as_of=log:{before}"))
    assert "was taken down" not in words(client.get(f"/the-flood/timeline/?as_of=log:{size}&kind=1"))
    assert asks <= MOST


def test_the_slider_steps_over_the_changes_of_the_page_itself(clock, client, published, editor):
    own = [Edition.objects.get(subject="entry/1").seq]
    EventFactory(published=True, headline="A road is closed", day=DayFactory(date=date(2021, 3, 4)))
    tell(published.day, editor, 1)
    retell(published, editor, headline="The other bridge is closed")
    own.append(Log.objects.get().size)
    whole, of_day = own[1], [own[0], own[1] - 1, own[1]]
    first = Edition.objects.get(subject="page/2021-03-03", edition=1).seq
    of_day = sorted({first, *of_day})

    for page, sizes in (("day-3/", of_day), ("entry/1/", own)):
        for n, size in enumerate(sizes, 1):
            bar = bar_of(client, f"log:{size}", f"/the-flood/{page}")
            assert f"Change {n} of {len(sizes)} of this page" in bar
            assert f'type="range" name="change" min="1" max="{len(sizes)}" value="{n}"' in bar
            led = client.get(f"/the-flood/timegate/{page}?change={n}&kind=1")["Location"]
            assert led == f"http://testserver/the-flood/{page}?kind=1&as_of=log:{size}"
        for n in ("0", f"{len(sizes) + 1}", "x", "9" * 18):
            assert client.get(f"/the-flood/timegate/{page}?change={n}").status_code == 404
        remembered.forget()
        assert queries(client, f"/the-flood/{page}?as_of=log:{own[0]}") <= MOST
    assert 'name="as_of" min="1"' in bar_of(client, f"log:{whole}", "/the-flood/timeline/")
    assert 'name="change"' in bar_of(client, "2021-03-03T09:00")


def test_a_long_day_of_then_is_that_which_was_served_then(clock, client, published, editor, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    roads = [
        EventFactory(published=True, headline=f"Road {n} is closed", wording=f"1{n}:15", is_key=n > 2)
        for n in range(5)
    ]
    size, day = Log.objects.get().size, "/the-flood/day-3/"
    after = Entry.objects.get(headline="Road 0 is closed").sk
    addresses = (day, f"{day}?after={after}", f"{day}?order=newest", f"{day}?kind=1")
    saved = {address: plain(client.get(address)) for address in addresses}
    assert all("Road 4 is closed" in html for html in saved.values())
    clock()
    retell(roads[0], editor, headline="Road 0 is open")
    retell(roads[3], editor, kind=KindFactory(name="Traffic"), wording="09:05")
    retell(roads[4], editor, headline="Road 4 is open")

    for address, html in saved.items():
        remembered.forget()
        then = client.get(f"{address}{'&' if '?' in address else '?'}as_of=log:{size}")
        assert plain(then) == html
        assert 'name="change"' in then.content.decode()
