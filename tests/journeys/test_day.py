"""A day as its editor works on it: from a digest to submitted in few clicks, by keys alone, on a phone."""

import pytest
from playwright.sync_api import expect

from events.models import Event
from tests.support.browser import open_at, sign_in
from tests.support.cast import fresh
from tests.support.factories import EventFactory, SourceFactory

MOST_CLICKS = 10
CLOSED = "bridge mill ford quay dam school station market church harbour road ferry".split()
DIGEST = (
    "Water over the old town\n\n"
    "On the third day of the flood, March 3, the river rose by two metres overnight. "
    + " ".join(f"At {hour}:00, the {name} was closed." for hour, name in enumerate(CLOSED, start=6))
)


class Hand:
    """Whoever works at a page: each click and each Enter is counted, typing is free."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, what):
        self.count += 1
        self.page.click(what)

    def enter(self):
        self.count += 1
        self.page.keyboard.press("Enter")

    def choose(self, field, words):
        """Find a row by typing, and take the first."""
        box = self.page.locator(f".field-{field} .select2-search__field")
        if not box.count():
            self.click(f".field-{field} .select2-selection")
            box = self.page.locator(".select2-dropdown .select2-search__field")
        box.type(words)
        expect(self.page.locator(".select2-results__option--highlighted")).to_contain_text(words)
        self.enter()


def test_a_digest_of_thirteen_is_submitted_in_ten_clicks(page, live_server, editor, story, place, complaints):
    SourceFactory(title="The bulletin of noon")
    sign_in(page, live_server, editor)
    hand = Hand(page)

    hand.click("text=Import a digest")
    page.fill("[name=text]", DIGEST)
    page.fill("[name=new_outlet]", "The Courier")
    hand.click("text=Show what it reads")
    hand.click("button[value=import]")
    expect(page.locator("#rows .hl")).to_have_count(13)
    hand.click("#all")
    hand.click("summary:has-text('Change 13')")
    hand.choose("places", str(place))
    hand.choose("source", "The bulletin of noon")
    page.fill("[name=quote]", "All of this was confirmed at noon.")
    hand.click("text=Change and submit them")

    expect(page.locator(".messagelist")).to_contain_text("13 changed and submitted.")
    for event in Event.objects.all():
        assert (event.state, event.citations.count(), list(event.places.all())) == ("submitted", 2, [place])
    assert hand.count <= MOST_CLICKS
    assert complaints == []


def test_adds_orders_and_submits_by_keyboard_alone(page, live_server, editor, day, kind):
    first, second = (EventFactory(cited=True, headline=name, wording="12:00") for name in ("One", "Two"))
    sign_in(page, live_server, editor)
    open_at(page, live_server, f"events/day/{day.pk}/desk/")
    keys = page.keyboard
    expect(page.locator(":focus")).to_have_text("One")

    keys.press("Alt+ArrowDown")
    expect(page.locator("#rows .hl")).to_have_text(["Two", "One"])
    expect(page.locator(":focus")).to_have_text("One")
    keys.press("n")
    for wording, headline in (("20 past 10 p.m.", "Pumps arrive"), ("06:15", "The ford is closed")):
        expect(page.locator(":focus")).to_have_attribute("name", "wording")
        keys.type(wording)
        expect(page.locator("#reading")).to_contain_text("Read as 3 March 2021")
        keys.press("Tab")
        keys.type(headline)
        keys.press("Enter")
        expect(page.locator("#rows")).to_contain_text(headline)
    page.locator("#rows .hl", has_text="Two").focus()
    for key in ("x", "j", "x", "j", "x"):
        keys.press(key)
    expect(page.locator(".foot .leading:visible")).to_have_text("Submit 2 of 3")
    keys.press(".")
    keys.press("Enter")

    expect(page.locator(".refusals tbody th")).to_have_text("Pumps arrive")
    assert {fresh(first).state, fresh(second).state} == {"submitted"}
    page.drag_and_drop("#rows tr:has-text('One')", "#rows tr:has-text('Two')")
    expect(page.locator("#rows .hl")).to_have_text(["The ford is closed", "One", "Two", "Pumps arrive"])


@pytest.mark.parametrize("width", [1280, 390])
def test_a_day_is_for_everyone(page, live_server, both, axe, width):
    for number in range(3):
        EventFactory(cited=True, headline=f"Quay {number} is closed", wording="12:00")
    event = EventFactory(headline="Power is back", wording="late in the evening")
    sign_in(page, live_server, both)
    open_at(page, live_server, f"events/day/{event.day_id}/desk/", width)
    found = axe(page)
    page.locator("[name=ticked]").last.check()
    page.click("summary:has-text('Change')")
    found += axe(page)
    page.click("text=Change them")
    expect(page.locator(".errorlist.nonfield")).to_contain_text("Fill in what is to be changed")
    page.click("[name=ticked] >> nth=0")
    page.click("button:has-text('Submit')")
    expect(page.locator(".refusals tbody th")).to_have_text("Power is back")

    assert found + axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
