"""A reader goes from a correction to what was known before it, along other moments, and comes back."""

import re

import pytest
from playwright.sync_api import expect

from events.editorial import writing
from tests.support.cast import fresh, publish

PHONE = {"width": 390, "height": 844}
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def corrected(published, editor):
    event = fresh(published)
    event.headline = "The other bridge is closed"
    writing.save_event(event, by=editor, seen=event.version)
    publish(event, editor, note="It was the other bridge.")
    return event


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_sees_what_was_known_before_a_correction(corrected, live_server, chromium, axe, script):
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=script, reduced_motion="reduce"
    )
    page, found = context.new_page(), []
    headline = page.locator(".event h3")

    page.goto(f"{live_server.url}/the-flood/day-3/")
    page.get_by_text("As known then…").click()
    expect(page.get_by_label("What readers could see at this time")).to_be_visible()

    page.goto(f"{live_server.url}/the-flood/day-3/?as_of=log:6")
    expect(headline).to_have_text("A bridge is closed")
    page.get_by_role("link", name="Change after").click()
    expect(headline).to_have_text("The other bridge is closed")
    page.get_by_role("link", name="Change before").click()
    expect(headline).to_have_text("A bridge is closed")

    page.get_by_text("Another time").click()
    slider = page.get_by_label(re.compile(r"^Change \d of \d of this page$"))
    slider.focus()
    slider.press("ArrowRight")
    page.get_by_role("button", name="Go there").first.click()
    expect(page).to_have_url(re.compile(r"\?as_of=log:7$"))
    page.go_back()

    headline.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/entry/1/\?as_of=log:6$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("A bridge is closed")
    if script:
        page.get_by_text("Another time").click()
        for size in (PHONE, {"width": 1280, "height": 900}):
            page.set_viewport_size(size)
            found += axe(page)
            assert page.evaluate(FITS)
    page.get_by_role("link", name="Back to now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The other bridge is closed")
    context.close()
    assert found == []
