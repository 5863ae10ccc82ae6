"""A word list is kept while it is typed: after a closed tab, a crash, without a line, in two tabs."""

import re

import pytest
from playwright.sync_api import expect

from events.models import HouseWord, Unsaved
from tests.journeys.test_unsaved import KEPT, NO_LINE, kill_who_has, notes_in, with_profile
from tests.support.browser import is_sound, sign_in
from tests.support.cast import make_member
from tests.support.factories import StoryFactory

pytestmark = pytest.mark.django_db(transaction=True)
FIELD, TYPED = "[name=word-0-because]", "the city says so"


@pytest.fixture
def manager():
    person = make_member("manager-here", StoryFactory(), "manager")
    person.set_password(person.username * 2)
    person.save()
    return person


@pytest.fixture
def address(live_server, manager):
    return f"{live_server.url}/desk/events/story/{manager.memberships.get().story_id}/words/"


def type_into(page, words=TYPED):
    for name, value in (("say", "shut"), ("instead_of", "closed"), ("because", words)):
        page.fill(f"[name=word-0-{name}]", value)


def test_a_closed_tab_a_session_that_ends_and_another_machine_lose_nothing(
    page, live_server, manager, address, window, axe
):
    sign_in(page, live_server, manager)
    page.goto(address)
    type_into(page)
    expect(page.locator(".keeping")).to_have_text(KEPT)
    page.close()

    other = window()
    other.on("dialog", lambda dialog: dialog.accept())
    sign_in(other, live_server, manager)
    other.goto(address)
    other.click(".unsaved a")
    expect(other.locator(FIELD)).to_have_value(TYPED)
    is_sound(other, axe)
    other.context.clear_cookies(name="sessionid")
    other.click("[type=submit][value=Save]")
    other.fill("[name=username]", manager.username)
    other.fill("[name=password]", manager.username * 2)
    other.click("form:has([name=password]) [type=submit]")
    expect(other.locator(FIELD)).to_have_value(TYPED)
    other.click("[type=submit][value=Save]")
    expect(other.locator(".messagelist .success")).to_contain_text("saved")
    assert HouseWord.objects.get().because == TYPED
    expect(other.locator(".unsaved")).to_have_count(0)
    assert not Unsaved.objects.exclude(typed="").exists()
    assert notes_in(other) == []


def test_two_tabs_are_told_and_back_shows_what_would_be_saved(page, live_server, manager, address):
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server, manager)
    page.goto(address)
    type_into(page)
    expect(page.locator(".keeping")).to_have_text(KEPT)
    second = page.context.new_page()
    second.goto(address)
    type_into(second, "the mayor says so")
    expect(second.locator(".keeping")).to_contain_text("You have this open in another tab")
    second.close()

    page.click("#site-name a")
    page.wait_for_url(f"{live_server.url}/desk/")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value(TYPED)
    expect(page.locator(".unsaved")).to_have_count(1)
    assert sorted(re.findall(r"the\+(\w+)\+says", " ".join(row.typed for row in Unsaved.objects.all()))) == [
        "city",
        "mayor",
    ]


def test_a_browser_that_is_killed_without_a_line_brings_it_back(
    chromium, live_server, manager, address, tmp_path
):
    page = with_profile(chromium, tmp_path)
    sign_in(page, live_server, manager)
    page.goto(address)
    page.context.set_offline(True)
    type_into(page)
    expect(page.locator(".keeping")).to_have_text(NO_LINE)
    kill_who_has(tmp_path)

    page = with_profile(chromium, tmp_path)
    sign_in(page, live_server, manager)
    page.goto(address)
    page.click(".unsaved a")
    expect(page.locator(FIELD)).to_have_value(TYPED)
    page.context.set_offline(True)
    page.context.close()
