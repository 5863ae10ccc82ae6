"""An approval that lapsed: a number changes, a moderator reads the difference and presses a key."""

import pytest
from playwright.sync_api import expect

from tests.support.factories import EventFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.on_both]


@pytest.fixture
def printed(db):
    return EventFactory(published=True, headline="One civilian injured", text="<p>One, the city says.</p>")


def sign_in(page, site, person):
    page.context.clear_cookies()
    page.goto(f"{site}/desk/")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", person.username * 2)
    page.click("[type=submit]")


def change_the_number(page, site, event):
    page.goto(f"{site}/desk/events/event/{event.pk}/change/")
    page.fill("[name=headline]", "Two civilians injured")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#content")).to_contain_text("1 approval was given to its earlier words")


def publish(page, site, event):
    page.goto(f"{site}/desk/events/event/{event.pk}/change/")
    page.fill("[name=note]:visible", "The city counted again.")
    page.get_by_role("button", name="Publish", exact=False).first.click()


def headline_of_readers(page, site):
    page.goto(f"{site}/the-flood/entry/1/")
    return page.locator("h1").inner_text()


def test_it_is_confirmed_with_one_key_and_only_then_published(page, live_server, printed, editor, moderator):
    site = live_server.url
    sign_in(page, site, editor)
    change_the_number(page, site, printed)
    publish(page, site, printed)
    expect(page.locator(".messagelist")).to_contain_text("A moderator confirms it first.")
    assert "One civilian" in headline_of_readers(page, site)

    sign_in(page, site, moderator)
    page.goto(f"{site}/desk/review/")
    expect(page.locator(".item del").first).to_contain_text("One civilian")
    expect(page.locator(".item ins").first).to_contain_text("Two civilians")
    page.keyboard.press("a")
    expect(page.locator(".messagelist")).to_contain_text("Confirmed: “Two civilians injured”.")

    sign_in(page, site, editor)
    publish(page, site, printed)
    expect(page.locator(".messagelist")).to_contain_text("Published")
    assert "Two civilians" in headline_of_readers(page, site)


def test_a_key_that_is_pressed_elsewhere_decides_nothing(page, live_server, printed, editor, moderator):
    site = live_server.url
    sign_in(page, site, editor)
    change_the_number(page, site, printed)
    sign_in(page, site, moderator)
    page.goto(f"{site}/desk/review/")
    page.get_by_role("link", name="View site").focus()

    page.keyboard.press("a")

    page.goto(f"{site}/desk/review/")
    expect(page.locator(".item")).to_have_count(1)
