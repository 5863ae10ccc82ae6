"""What somebody types and does not save is there again: after a closed tab, without a line, signed out."""

import re

import pytest
from playwright.sync_api import expect

from events.models import Event
from tests.journeys.test_people import sign_in
from tests.support.factories import DayFactory, KindFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

KEPT, NO_LINE = re.compile("Kept before it is saved"), re.compile("There is no connection")
TYPED = "Typed for an hour"


@pytest.fixture
def adding(page, live_server):
    """Somebody who begins a new event, of a day and a kind."""
    day, editor = DayFactory(), PersonFactory(editor=True)
    editor.set_password(editor.username * 2)
    editor.save()
    kind = KindFactory(story=day.story)
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/event/add/?day={day.pk}")
    page.select_option("#id_kind", str(kind.pk))
    page.fill("#id_headline", TYPED)
    return editor


def test_a_closed_tab_loses_nothing(page, live_server, adding, chromium, axe):
    expect(page.locator(".keeping >> nth=0")).to_have_text(KEPT)
    address = page.url
    page.context.close()

    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    again = context.new_page()
    sign_in(again, live_server, adding)
    again.goto(address)
    expect(again.locator(".unsaved")).to_contain_text("You typed something here")
    assert axe(again) == []
    again.click(".unsaved a")
    expect(again.locator("#id_headline")).to_have_value(TYPED)
    again.click("[name=_save]")
    expect(again.locator(".messagelist")).to_contain_text("was added successfully")
    assert Event.objects.get().headline == TYPED
    again.goto(address)
    expect(again.locator(".unsaved")).to_have_count(0)
    context.close()


def test_without_a_connection_it_stays_in_the_browser(page, live_server, adding):
    page.context.set_offline(True)
    page.fill("#id_headline", f"{TYPED}, offline")
    expect(page.locator(".keeping >> nth=0")).to_have_text(NO_LINE)

    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#id_headline")).to_have_value(f"{TYPED}, offline")


def test_signed_out_while_typing_it_is_in_the_form_after_signing_in(page, live_server, adding):
    page.context.clear_cookies(name="sessionid")
    page.click("[name=_save]")
    page.fill("[name=username]", adding.username)
    page.fill("[name=password]", adding.username * 2)
    page.click("[type=submit]")

    expect(page.locator("#id_headline")).to_have_value(TYPED)
    assert not Event.objects.exists()


def test_signing_in_beside_the_form_goes_on_with_it(page, live_server, adding):
    page.context.clear_cookies(name="sessionid")
    page.fill("#id_headline", f"{TYPED}, and more")
    expect(page.locator(".keeping >> nth=0")).to_contain_text("You are signed out")
    with page.expect_popup() as opened:
        page.click("[data-sign-in] a")
    window = opened.value
    window.fill("[name=username]", adding.username)
    window.fill("[name=password]", adding.username * 2)
    window.click("[type=submit]")

    expect(page.locator(".keeping >> nth=0")).to_have_text(KEPT)
    expect(page.locator("[data-sign-in]")).to_be_hidden()
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("was added successfully")
    assert Event.objects.get().headline == f"{TYPED}, and more"
