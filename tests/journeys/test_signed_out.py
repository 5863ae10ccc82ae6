"""Somebody is signed out while they type: they sign in beside the form, and what they pressed is done."""

import pytest
from playwright.sync_api import expect

from events.models import Event, Material
from tests.support.browser import is_sound, sign_in
from tests.support.cast import fresh
from tests.support.factories import CitationFactory, EventFactory, PersonFactory, PlaceFactory, StoryFactory
from tests.support.hostile_files import picture

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "The passage gives 40 boats, not 14."


@pytest.fixture
def boss():
    """An administrator, who knows their password."""
    person = PersonFactory(username="boss", admin=True)
    person.set_password(person.username * 2)
    person.save()
    return person


def end_session(page):
    page.context.clear_cookies(name="sessionid")
    # As when somebody comes back to the window.
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-sign-in]")).to_be_visible()


def press(page, button, person):
    """Press ``button`` while signed out, and sign in in the window that opens."""
    with page.expect_popup() as opened:
        button.click()
    with opened.value.expect_event("close"):
        fill_in(opened.value, person)


def fill_in(window, person):
    window.fill("[name=username]", person.username)
    window.fill("[name=password]", person.username * 2)
    window.click("form:has([name=password]) [type=submit]")


def test_every_form_goes_on_where_it_was(page, live_server, boss, draft, axe):
    story, event = draft.story, draft
    desk = f"{live_server.url}/desk"
    sign_in(page, live_server, boss)

    page.goto(f"{desk}/events/event/{event.pk}/change/")
    page.fill("#id_headline", "Another headline")
    end_session(page)
    is_sound(page, axe)
    press(page, page.locator("[name=_save]"), boss)
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert fresh(event).headline == "Another headline"

    page.locator("details:has(#discard_reason)").evaluate("details => { details.open = true; }")
    page.fill("#discard_reason", "Told twice.")
    end_session(page)
    press(page, page.locator(".verb-discard button"), boss)
    expect(page.locator(".messagelist .success")).to_contain_text("Discarded")
    assert fresh(event).state == Event.State.DISCARDED
    page.click(".verb-bring-back button")
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto(f"{desk}/events/story/{story.pk}/policy/")
    page.fill("[name=citations_needed]", "3")
    stays(page)
    end_session(page)
    press(page, page.locator("[type=submit][value=Save]"), boss)
    expect(page.locator(".messagelist .success")).to_contain_text("The policy was changed")
    assert fresh(story).citations_needed == 3

    page.goto(f"{desk}/events/story/{story.pk}/people/")
    PersonFactory(username="ana")
    page.fill("[name=username]", "ana")
    end_session(page)
    press(page, page.locator("[value=add]"), boss)
    expect(page.locator(".messagelist .success")).to_contain_text("has the role")

    citation = CitationFactory(event=EventFactory(), by=PersonFactory(editor=True))
    page.goto(f"{desk}/review/?citation={citation.pk}")
    page.click(".rejecting > summary")
    page.check("[name=code] >> nth=0")
    page.fill(".rejecting [name=words]", REASON)
    page.context.clear_cookies(name="sessionid")
    page.click("button.reject")
    expect(page.locator("[data-sign-in]")).to_be_visible()
    expect(page.locator(".rejecting [name=words]")).to_have_value(REASON)
    press(page, page.locator("button.reject"), boss)
    expect(page.locator(".said")).to_contain_text("Rejected")
    assert fresh(citation).state == "rejected"


def stays(page):
    """Who would leave the page is asked, and stays."""
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.click("#site-name a")
    assert asked == ["beforeunload"]


def test_what_was_ticked_goes_on_or_is_ticked_again(page, live_server, boss, draft):
    story, event, desk = draft.story, draft, f"{live_server.url}/desk"
    sign_in(page, live_server, boss)
    StoryFactory(slug="elsewhere", title="Else")
    place = PlaceFactory(story=story)
    page.goto(f"{desk}/events/place/")
    page.select_option("[name=action]", "copy_into_another_story")
    page.check(f".action-select[value='{place.pk}']")
    end_session(page)
    press(page, page.locator("[name=index]"), boss)
    expect(page.get_by_role("heading", name="Copy into another story")).to_be_visible()

    page.goto(f"{desk}/events/place/")
    page.select_option("[name=action]", "copy_into_another_story")
    page.check(f".action-select[value='{place.pk}']")
    page.context.clear_cookies(name="sessionid")
    page.click("[name=index]")
    fill_in(page, boss)
    expect(page.locator(".messagelist .warning")).to_contain_text("What you ticked is ticked again")
    expect(page.locator(f".action-select[value='{place.pk}']")).to_be_checked()
    expect(page.locator("[name=action]")).to_have_value("copy_into_another_story")
    expect(page.locator(".action-counter")).to_contain_text("1 of")

    page.goto(f"{desk}/events/day/{event.day_id}/desk/")
    page.check(f"[name=ticked][value^='{event.pk}:']")
    end_session(page)
    press(page, page.locator("[name=deed][value=submit]"), boss)
    expect(page.locator(".messagelist .success")).to_contain_text("1 ")
    assert fresh(event).state == Event.State.SUBMITTED


def test_a_file_that_was_chosen_goes_up_once_somebody_has_signed_in(page, live_server, boss, story):
    sign_in(page, live_server, boss)
    page.goto(f"{live_server.url}/desk/events/material/add/")
    page.context.clear_cookies(name="sessionid")
    drawn = {"name": "bridge.png", "mimeType": "image/png", "buffer": picture("PNG")}
    page.set_input_files("[name=file]", drawn)
    expect(page.locator("[data-sign-in]")).to_be_visible()
    press(page, page.locator("[data-sign-in] a"), boss)

    expect(page.locator("[data-list] .done")).to_contain_text("bridge.png")
    assert Material.objects.count() == 1


def test_nothing_goes_on_in_the_name_of_another(page, live_server, boss, axe):
    event = EventFactory()
    other = PersonFactory(username="other-boss", admin=True)
    other.set_password(other.username * 2)
    other.save()
    sign_in(page, live_server, boss)
    page.goto(f"{live_server.url}/desk/events/event/{event.pk}/change/")
    page.fill("#id_headline", "Another headline")
    end_session(page)
    press(page, page.locator("[name=_save]"), other)

    expect(page.locator("[data-sign-in]")).to_contain_text("sign in as boss to go on")
    assert fresh(event).headline != "Another headline"
    theirs = page.context.new_page()
    theirs.goto(page.url)
    expect(theirs.locator("#id_headline")).not_to_have_value("Another headline")
    expect(theirs.locator(".unsaved")).to_have_count(0)
    theirs.close()
    with page.expect_popup() as opened:
        page.click("[data-sign-in] a")
    expect(opened.value.locator(".sheet")).to_contain_text("other-boss is signed in now")
    is_sound(opened.value, axe)
    with opened.value.expect_event("close"):
        fill_in(opened.value, boss)
    # What was pressed is sent now.
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert fresh(event).headline == "Another headline"
