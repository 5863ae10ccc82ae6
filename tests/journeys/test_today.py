"""Today as it is used: by an editor at the keyboard, a moderator, and whoever opens an empty desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.editorial import moderation, publishing
from tests.support.browser import open_at, sign_in
from tests.support.cast import fresh
from tests.support.factories import CitationFactory, EventFactory

SENTENCE = "The passage gives 40 boats, not 14. Is the 14 from the Harbour Office?"


@pytest.fixture
def busy(editor, moderator, source):
    """Something of each kind that waits."""
    ready = EventFactory(approved=True, headline="Cranes at quay 4 stop", wording="12:00")
    publishing.submit(ready, by=editor, seen=ready.version)
    due = EventFactory(approved=True, headline="Talks at the port are broken off")
    publishing.schedule(due, by=editor, seen=due.version, at=timezone.now() + timedelta(hours=2))
    citation = due.citations.get()
    moderation.reopen(citation, by=moderator, seen=citation.version)
    EventFactory(submitted=True, headline="Harbour Office says 14 boats are adrift")
    back = CitationFactory(event=EventFactory(headline="Water passes the quay wall"), source=source)
    moderation.reject(back, by=moderator, seen=1, code="not_in_source", words=SENTENCE)
    EventFactory(headline="Power is back in the old town", wording="late in the evening")
    return ready


def test_an_editor_publishes_from_a_line_by_keyboard(page, live_server, editor, busy):
    sign_in(page, live_server, editor)
    expect(page.locator(":focus")).to_have_text("Talks at the port are broken off")
    for _ in range(2):
        page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text("Cranes at quay 4 stop")

    page.keyboard.press(".")

    expect(page.locator(".messagelist .success")).to_have_text("Published: readers see it as it is here.")
    expect(page.locator("h1")).to_have_text("Today")
    assert fresh(busy).state == "published"


def test_whoever_turns_off_keys_of_one_letter_presses_nothing_by_a_word(page, live_server, editor, busy):
    sign_in(page, live_server, editor)
    expect(page.locator(":focus")).to_have_text("Talks at the port are broken off")
    page.keyboard.press("?")
    page.locator("#single-keys").uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Cranes at quay 4 stop", exact=True).focus()

    page.keyboard.type("j.")

    expect(page.locator(":focus")).to_have_text("Cranes at quay 4 stop")
    page.click(".ask-keys")
    page.locator("#single-keys").check()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Talks at the port are broken off", exact=True).focus()
    page.keyboard.press("j")
    expect(page.locator(":focus")).not_to_have_text("Talks at the port are broken off")


@pytest.mark.parametrize("width", [1280, 390])
def test_today_is_for_everyone(page, live_server, both, busy, axe, width):
    sign_in(page, live_server, both)
    open_at(page, live_server, "", width)
    for summary in page.locator(".fold summary").all():
        summary.click()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    if width == 390:
        page.click(".menu summary")
        expect(page.locator(".menu nav >> text=Sources")).to_be_visible()
        assert axe(page) == []


def test_finds_whatever_is_at_the_desk_by_a_key(page, live_server, both, busy, axe):
    sign_in(page, live_server, both)
    expect(page.locator(":focus")).to_have_text("Talks at the port are broken off")
    page.keyboard.press("Control+k")
    page.keyboard.type("crane")
    page.keyboard.press("Enter")

    expect(page.locator(".found a").first).to_have_text("Cranes at quay 4 stop")
    assert axe(page) == []


def test_an_empty_desk_teaches_its_first_steps(page, live_server, admin_person, axe):
    sign_in(page, live_server, admin_person)

    expect(page.locator("h1")).to_have_text("Nothing waits for you")
    assert axe(page) == []
    page.click("text=Begin a story")
    expect(page.locator("[name=title]")).to_be_visible()
