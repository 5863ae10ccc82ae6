"""A manager invites somebody to a story, who makes an account and is at the desk of that story alone."""

import pytest
from playwright.sync_api import expect

from tests.support.browser import is_sound, sign_in
from tests.support.cast import make_member
from tests.support.factories import EventFactory, StoryFactory

PASSWORD = "a long way to the quay"


@pytest.fixture
def manager_of(story):
    return make_member("our-manager", story, "manager")


@pytest.fixture
def another(chromium):
    """Somebody else's browser."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context
    context.close()


def test_somebody_is_invited_and_takes_part(page, another, live_server, draft, manager_of, axe):
    EventFactory(day__story=StoryFactory(slug="the-fire"), kind__story=StoryFactory(slug="the-fire"))
    sign_in(page, live_server, manager_of)
    page.click("#events_story_people-of + ul a")
    page.select_option("#invite_role", "editor")
    page.click("[value=invite]")
    link = page.input_value("#link")
    is_sound(page, axe)

    tab = another.new_page()
    tab.goto(link)
    is_sound(tab, axe)
    tab.fill("[name=username]", "ana")
    tab.fill("[name=password1]", PASSWORD)
    tab.fill("[name=password2]", PASSWORD)
    tab.click("[type=submit]")
    tab.goto(f"{live_server.url}/desk/events/event/")
    expect(tab.locator("#result_list tbody tr")).to_have_count(1)
    assert tab.locator("#result_list").inner_text().count(draft.headline) == 1
    tab.goto(link)
    assert "was used already" in tab.inner_text("#content")
    is_sound(tab, axe)

    page.goto(f"{live_server.url}/desk/events/story/{draft.story.pk}/people/")
    assert "ana" in page.inner_text("#content table >> nth=0")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="ana", exact=True))
    row.locator("select").select_option("moderator")
    row.locator("[value=change]").click()
    expect(page.locator(".messagelist")).to_contain_text("has the other role")
    page.click(".former summary")
    is_sound(page, axe)
