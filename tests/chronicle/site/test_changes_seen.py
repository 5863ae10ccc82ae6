"""That a day shows what became of its entries and of its own words, without a reader looking for it."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from chronicle.site import marks
from events.editorial import closing, publishing, writing
from tests.support.cast import fresh, publish, retell
from tests.support.counting import MOST, queries
from tests.support.factories import CitationFactory, EventFactory
from tests.support.reading import main_of, text_of, words

DAY = "/the-flood/day-3/"
MOST_OF_A_DAY = 6
BAKU = ZoneInfo("Asia/Baku")


def change_on(client, page=DAY):
    return re.findall(r'<p class="change[^"]*">.*?</p>', main_of(client.get(page)))


def test_a_corrected_entry_says_so_on_its_day_and_leads_to_its_history(
    client, published, editor, other_source
):
    assert change_on(client) == []
    retell(published, editor, "Another bridge.", headline="The other bridge is closed")
    CitationFactory(approved=True, event=published, source=other_source, quote="It was shut.")

    (mark,) = change_on(client)
    assert re.search(r'class="change loud"><a href="/the-flood/entry/1/#history">Corrected \d+ \w{3}', mark)
    assert change_on(client, "/the-flood/timeline/") == [mark]

    publishing.withdraw(fresh(published), by=editor, seen=fresh(published).version, reason="It was dry.")
    publishing.reopen_event(fresh(published), by=editor, seen=fresh(published).version)
    publishing.submit(fresh(published), by=editor, seen=fresh(published).version)
    publish(fresh(published), editor, note="It was not.")
    (mark,) = change_on(client)
    assert 'class="change">' in mark
    assert "Restored " in mark


def test_a_withdrawn_entry_keeps_a_line_in_its_place_with_its_reason(client, published, editor, day):
    EventFactory(published=True, headline="The quay is shut")
    publishing.withdraw(published, by=editor, seen=published.version, reason="<b>It was</b> dry.")

    page = client.get(DAY)

    assert re.search(r"An entry was withdrawn on [^:]*:\d\d: <b>It was</b> dry. Its record", words(page))
    assert "/the-flood/entry/1/" in main_of(page)
    assert "A bridge is closed" not in page.content.decode()
    assert "1 entry from" in words(page)
    assert "An entry was withdrawn" not in words(client.get(f"{DAY}?standing=single"))


def test_a_day_of_which_all_is_withdrawn_says_no_more_that_nothing_is_recorded(client, published, editor):
    publishing.withdraw(published, by=editor, seen=published.version, reason="It was dry.")

    said = words(client.get(DAY))

    assert "An entry was withdrawn" in said
    assert "Nothing" not in said.partition("An entry was withdrawn")[0]
    assert "That does not mean that nothing happened" not in said


def test_a_day_takes_as_many_queries_with_more_that_was_changed(client, published, editor):
    retell(published, editor, "Another bridge.", headline="The other bridge is closed")
    before = queries(client, DAY)
    for number in range(3):
        other = EventFactory(published=True, headline=f"Quay {number} is shut")
        retell(other, editor, "Another quay.", headline=f"Quay {number} is open")
        gone = EventFactory(published=True, headline=f"Gate {number} is shut")
        publishing.withdraw(gone, by=editor, seen=gone.version, reason="It was open.")

    assert queries(client, DAY) == before <= MOST_OF_A_DAY


def test_what_was_printed_on_a_later_date_than_its_day_says_how_much_later(client, published):
    evening, told = datetime(2020, 11, 8, 18, tzinfo=UTC), date(2020, 11, 8)

    def late(at, day_at=evening):
        return marks.late_words(at, told, day_at, BAKU)

    assert late(None) == late(evening, day_at=None) == late(evening + timedelta(hours=1)) == ""
    assert late(evening + timedelta(hours=2)) == "Added 1 day later"
    assert late(evening + timedelta(days=12)) == "Added 12 days later"
    assert late(evening + timedelta(hours=2), day_at=evening - timedelta(days=30)) == "Added 1 day later"
    years_later = evening + timedelta(days=2000)
    assert late(years_later, day_at=years_later) == ""
    assert "later" not in words(client.get(DAY))


def test_what_was_printed_after_its_day_was_closed_says_so(client, published, day, editor):
    morning = datetime(2020, 11, 9, 6, tzinfo=UTC)

    def late(at, closed_at=morning):
        return marks.late_words(at, date(2020, 11, 8), morning, BAKU, closed_at=closed_at)

    later = timedelta(hours=2)
    assert late(morning - later) == late(morning) == late(morning + later, closed_at=None) == ""
    assert late(morning + later) == "Added after the day was closed"
    assert late(morning + timedelta(days=3)) == "Added 3 days later"

    closing.close_day(fresh(day), by=editor, seen=day.version)
    closing.open_day(fresh(day), by=editor, seen=day.version)
    EventFactory(published=True, headline="A mill is shut")
    closing.close_day(fresh(day), by=editor, seen=day.version)
    assert "after the day was closed" not in words(client.get(DAY))

    EventFactory(published=True, headline="A road is shut")
    assert words(client.get(DAY)).count("Added after the day was closed") == 1


def test_the_words_of_a_day_have_their_history_at_its_foot(client, published, day, editor):
    assert "See what has changed" not in words(client.get(DAY))
    for headline, note in (("The river falls", "It fell."), ("The river rises", "It rose.")):
        day = fresh(day)
        day.headline = headline
        writing.save_day(day, by=editor, seen=day.version)
        publishing.publish_day(fresh(day), by=editor, seen=fresh(day).version, note=note)

    assert "was printed more than once. See what has changed" in words(client.get(DAY))
    said = words(client.get(f"{DAY}changes/"))
    assert "What has changed in day 3" in said
    assert "Headline: The river taken out: falls put in: rises It rose." in said
    assert client.get("/the-flood/day-9/changes/").status_code == 404


def test_a_line_of_the_story_shows_at_once_that_it_was_corrected_or_withdrawn(client, editor):
    stays = EventFactory(published=True, is_key=True, headline="The gate fails", wording="08:15")
    goes = EventFactory(published=True, is_key=True, headline="The dam fails", wording="10:00")
    retell(stays, editor, "One leaf.", headline="One leaf of the gate fails")
    publishing.withdraw(goes, by=editor, seen=goes.version, reason="It held.")

    day, overview = client.get("/the-flood/day-3/"), client.get("/the-flood/")

    keys = day.content.decode().partition("Key events of the day")[2].partition("</details>")[0]
    at = r"\d+ \w+( \d{4})?, \d\d:\d\d"
    assert re.search(rf"One leaf of the gate fails Corrected {at}", text_of(keys))
    assert re.search(rf"An entry was withdrawn {at}: It held\.", text_of(keys))
    assert f'href="#entry-{goes.printed.number}"' in keys
    story = text_of(re.search(r'id="story-so-far">.*?</ol>', main_of(overview), re.S).group())
    assert re.search(rf"One leaf of the gate fails Corrected {at}", story)
    assert re.search(rf"An entry was withdrawn {at}: It held\.", story)
    assert "The dam fails" not in overview.content.decode() + day.content.decode()
    assert max(queries(client, "/the-flood/"), queries(client, "/the-flood/day-3/")) <= MOST
