"""An administrator asks that an event be taken down, another confirms it, and the page follows the worker."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.erasing import job
from events.models import Takedown, Words
from tests.support.browser import is_sound, sign_in
from tests.support.factories import PersonFactory


@pytest.fixture
def boss(db):
    return PersonFactory(admin=True)


@pytest.fixture
def other(db):
    return PersonFactory(username="other-boss", is_superuser=True)


def go(page, words):
    """Follow the link with these words by the keyboard alone."""
    link = page.get_by_role("link", name=words)
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_it_is_asked_for_confirmed_and_followed_by_keyboard(
    page, window, live_server, published, boss, other, axe
):
    sign_in(page, live_server, boss)
    page.goto(f"{live_server.url}/desk/events/event/{published.pk}/change/")
    go(page, "Take down for good…")
    is_sound(page, axe)
    page.focus("[name=reason]")
    page.keyboard.type("A court forbids it.")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("4 O 12/26")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")
    is_sound(page, axe)
    assert "Another administrator confirms it" in page.inner_text("#content")

    second = window()
    second.emulate_media(reduced_motion="reduce")
    sign_in(second, live_server, other)
    go(second, "Takedowns 1")
    is_sound(second, axe)
    go(second, str(Takedown.objects.get()))
    is_sound(second, axe)
    second.focus("[name=slug]")
    second.keyboard.type("the-flood")
    second.keyboard.press("Enter")
    second.wait_for_selector("progress")
    is_sound(second, axe)
    second.goto(f"{live_server.url}/desk/takedowns/")
    is_sound(second, axe)
    second.go_back()

    job.erase(Takedown.objects.get().pk, timezone.now())

    second.wait_for_selector("#progress >> text=the words are in no row and no file")
    expect(second.locator("progress")).to_have_count(0)
    assert published.headline not in second.inner_text("body")
    is_sound(second, axe)


def test_words_of_decisions_are_asked_for_by_keyboard(page, live_server, published, boss, axe):
    sign_in(page, live_server, boss)
    decision = Words.objects.exclude(text="").first().decision
    page.goto(f"{live_server.url}/desk/events/decision/{decision.pk}/change/")
    go(page, "Take down for good…")
    is_sound(page, axe)
    page.focus("[name=reason]")
    page.keyboard.type("A witness is named.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")
    is_sound(page, axe)
    assert f"decision/{decision.pk} its words" in page.inner_text("#content")
