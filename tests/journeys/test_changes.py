"""A reader sees a correction on a day, follows and compares it, goes to the evening before, and comes back;
a live day gains an entry."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.editorial import publishing, writing
from tests.support.cast import fresh, publish
from tests.support.factories import EventFactory

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def clock(monkeypatch):
    """The time by which all is printed: late on the day that is told, until hours pass."""
    at = [datetime(2021, 3, 3, 18, 40, tzinfo=UTC)]
    monkeypatch.setattr(timezone, "now", lambda: at[0])

    def pass_by(hours):
        at[0] += timedelta(hours=hours)

    return pass_by


@pytest.fixture
def corrected(clock, published, editor):
    """A day of an entry corrected the morning after, and of a withdrawn one, whose own words were changed."""
    clock(14)
    gone = EventFactory(published=True, headline="A road is closed", wording="10:15")
    publishing.withdraw(gone, by=editor, seen=gone.version, reason="It was another road.")
    event = fresh(published)
    event.headline = "The other bridge is closed"
    writing.save_event(event, by=editor, seen=event.version)
    publish(event, editor, note="It was the other bridge.")
    day = fresh(published.day)
    day.headline = "The river rises"
    writing.save_day(day, by=editor, seen=day.version)
    publishing.publish_day(fresh(day), by=editor, seen=fresh(day).version, note="It rose.")
    return event


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.fixture
def seen(axe):
    """Looks at a page as a reader does at a desk and on a phone; ``found`` is what axe finds wrong."""

    def look(page, name):
        look.found += axe(page)
        page.set_viewport_size(PHONE)
        assert fits(page), name
        look.found += axe(page)
        page.set_viewport_size(DESK)

    look.found = []
    return look


def follows_the_correction(page, seen):
    """From the card to the history, to what the mark means, and to any two editions beside each other."""
    page.get_by_role("link", name=re.compile("^Corrected ")).click()
    expect(page).to_have_url(re.compile("/entry/1/#history$"))
    expect(page.locator("#history ins")).to_have_text("put in: The other")
    page.locator("#history").get_by_role("link", name="Correction", exact=True).click()
    expect(page.locator("#correction")).to_contain_text("Words or facts that stood were taken out")
    seen(page, "codebook")
    page.go_back()
    page.get_by_role("link", name="Compare any two").click()
    expect(page.locator("#compare ins")).to_have_text("put in: The other")
    page.locator("#verify > summary").click()
    expect(page.get_by_role("link", name="checkpoint")).to_be_visible()
    seen(page, "comparison")


def goes_to_the_evening_before_and_comes_back(page, seen):
    """By the clock, as it is typed, and by the bar over the page."""
    page.get_by_text("As known then…").click()
    page.get_by_label("What readers could see at this time").fill("2021-03-03T20:00")
    page.get_by_role("button", name="Go there").click()
    expect(page.locator(".asof")).to_contain_text("as it was known on 3 March 2021, 20:00")
    expect(page.locator(".event h3")).to_have_text("A bridge is closed")
    expect(page.get_by_role("link", name=re.compile("^Corrected "))).to_have_count(0)
    seen(page, "the evening before")
    page.get_by_role("link", name="Back to now").click()
    expect(page.locator(".event h3")).to_have_text("The other bridge is closed")


def finds_all_that_was_changed(page, seen):
    page.get_by_role("link", name="See what has changed").click()
    expect(page.locator("#history ins")).to_have_text("put in: The river rises")
    seen(page, "changes")
    page.get_by_role("navigation", name="Chronicle", exact=True).get_by_role(
        "link", name="Corrections"
    ).click()
    expect(page.locator(".history > ol > li")).to_have_count(3)
    seen(page, "corrections")
    page.get_by_label("What was done").select_option("withdrawal")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".history > ol > li")).to_have_count(1)
    page.get_by_role("link", name="Day 3 · 3 March").click()
    expect(page.get_by_role("heading", name="The other bridge is closed")).to_be_visible()


def is_offered_what_came_since(page, seen):
    """Nothing moves before it is asked for."""
    # As when its reader comes back to it; else it asks every twenty seconds.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^1 new since .*08:40\. Show them$"))
    expect(page.get_by_role("heading", name="A wall falls")).to_have_count(0)
    seen(page, "live")
    page.get_by_role("link", name="Show them").click()
    expect(page.locator(".event")).to_have_text(re.compile("A wall falls.*New", re.S))
    seen(page, "difference")
    page.get_by_role("link", name="Show the whole day").click()


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_follows_a_correction_and_a_live_day_gains_an_entry(
    clock, corrected, live_server, chromium, seen, script
):
    context = chromium.new_context(viewport=DESK, java_script_enabled=script, reduced_motion="reduce")
    page, look = context.new_page(), seen if script else lambda page, name: None
    page.goto(f"{live_server.url}/the-flood/day-3/")
    gone = page.locator(".event.gone")
    expect(gone).to_have_text(
        re.compile(r"10:15 An entry was withdrawn on .*: It was another road\. Its record")
    )
    look(page, "day")

    follows_the_correction(page, look)
    page.goto(f"{live_server.url}/the-flood/day-3/")
    goes_to_the_evening_before_and_comes_back(page, look)
    finds_all_that_was_changed(page, look)

    clock(1)
    EventFactory(published=True, headline="A wall falls", wording="15:00")
    if script:
        is_offered_what_came_since(page, look)
    else:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="A wall falls")).to_be_visible()
    page.get_by_role("link", name="Newest first").click()
    expect(page.locator(".event h3").first).to_have_text("A wall falls")
    page.get_by_role("link", name="Feeds", exact=True).click()
    look(page, "feeds")
    context.close()
    assert seen.found == []
