"""From the desk to the page: a moderator approves, an editor publishes, a reader sees it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.on_both


def test_what_a_moderator_approves_and_an_editor_publishes_is_read(
    window, live_server, editor, moderator, citation
):
    reader = window()
    reader.goto(f"{live_server.url}/the-flood/entry/1/")
    expect(reader.get_by_role("heading", name="There is nothing at this address")).to_be_visible()

    at_review = sign_in(window, live_server, moderator)
    at_review.goto(f"{live_server.url}/desk/review/")
    at_review.get_by_role("button", name="Approve").click()
    expect(at_review.locator(".messagelist")).to_contain_text("Approved")
    at_desk = sign_in(window, live_server, editor)
    at_desk.goto(f"{live_server.url}/desk/events/event/{citation.event_id}/change/")
    at_desk.get_by_role("button", name="Publish").first.click()
    expect(at_desk.locator(".messagelist")).to_contain_text("Published")
    reader.goto(f"{live_server.url}/the-flood/day-3/")

    expect(reader.get_by_role("link", name="A bridge is closed")).to_be_visible()
    expect(reader.locator(".event")).to_contain_text("Single source")


def test_an_editor_who_publishes_too_early_is_told_what_is_missing(window, live_server, editor, citation):
    page = sign_in(window, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/event/{citation.event_id}/change/")

    page.get_by_role("button", name="Publish").first.click()

    expect(page.locator(".messagelist")).to_contain_text("needs 1 more approved citation")


def sign_in(window, live_server, person):
    """A window of their own in which ``person`` is signed in to the desk."""
    page = window()
    page.goto(f"{live_server.url}/desk/login/")
    page.fill("[name=username]", person.username)
    page.fill("[name=password]", person.username * 2)
    page.click("[type=submit]")
    return page
