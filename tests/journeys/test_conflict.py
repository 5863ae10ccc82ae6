"""Two people write one event at once, the line of one cut meanwhile: both texts are there at the end."""

import re

import pytest
from playwright.sync_api import expect

from events.models import Event, Revision
from tests.support.browser import is_sound, sign_in
from tests.support.factories import EventFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)

NO_LINE = re.compile("There is no connection")


@pytest.fixture
def written_by_both(page, window, live_server):
    """An event that two people have open: mira, and jonas in a window of his own."""
    event = EventFactory(
        headline="Sarn lock is opened",
        text="<p>Keepers open the Sarn lock by night. The water below it rises by 20 cm.</p>",
    )
    pages = {}
    for name, tab in (("mira", page), ("jonas", window())):
        person = PersonFactory(username=name, editor=True)
        person.set_password(name * 2)
        person.save()
        sign_in(tab, live_server, person)
        tab.goto(f"{live_server.url}/desk/events/event/{event.pk}/change/")
        pages[name] = tab
    return event, pages["mira"], pages["jonas"]


def test_with_the_line_cut_in_the_middle_both_texts_are_kept(written_by_both, live_server, axe):
    event, mira, jonas = written_by_both
    mira.fill("#id_headline", "Sarn lock is opened by hand")
    mira.context.set_offline(True)
    mira.locator(".ProseMirror").first.click()
    mira.keyboard.press("Control+End")
    mira.keyboard.type(" The River Authority says so.")
    expect(mira.locator(".keeping >> nth=0")).to_have_text(NO_LINE)
    jonas.fill("#id_headline", "The Sarn lock is opened by its keepers")
    jonas.fill("#id_wording", "about 04:00")
    jonas.fill("#id_saying", "The keepers’ log.")
    jonas.locator(".ProseMirror").first.click()
    jonas.keyboard.press("Control+Home")
    jonas.keyboard.type("At last: ")
    jonas.click("[name=_save]")
    expect(jonas.locator(".messagelist")).to_contain_text("was changed successfully")

    mira.context.set_offline(False)
    mira.click("[name=_save]")

    expect(mira.locator("h1")).to_contain_text("jonas saved this while you were writing", ignore_case=True)
    expect(mira.locator(".clash")).to_have_count(2)
    expect(mira.locator(".settled")).to_contain_text("about 04:00")
    expect(mira.locator(".progress")).to_contain_text("0 of 2 chosen. Open: Headline, Text.")
    is_sound(mira, axe)
    mira.locator(".clash").first.get_by_label("Yours, not saved").focus()
    mira.keyboard.press("Space")
    expect(mira.locator(".progress")).to_contain_text("1 of 2 chosen. Open: Text.")
    mira.locator("#clash-text .ProseMirror").click()
    mira.keyboard.press("Control+End")
    mira.keyboard.type(" Both.")
    expect(mira.locator("#clash-text").get_by_label("Both together, as edited here")).to_be_checked()
    expect(mira.locator(".progress")).to_contain_text("2 of 2 chosen.")
    mira.get_by_role("button", name="Save what is chosen").click()
    expect(mira.locator(".messagelist")).to_contain_text("was changed successfully")

    saved = Event.objects.get(pk=event.pk)
    assert (saved.headline, saved.wording) == ("Sarn lock is opened by hand", "about 04:00")
    for words in ("At last: Keepers", "The River Authority says so.", "Both."):
        assert words in saved.text
    mira.goto(f"{live_server.url}/desk/events/event/{event.pk}/history/")
    expect(mira.locator(".revision")).to_have_count(3)
    expect(mira.locator(".revisions")).to_contain_text("The keepers’ log.")
    is_sound(mira, axe)
    jonas.goto(f"{live_server.url}/desk/")
    expect(jonas.locator(".messagelist")).to_contain_text("after you, having written at the same time")

    mira.locator(".revision", has_text="The keepers’ log.").get_by_text("Restore this version").click()
    is_sound(mira, axe)
    mira.get_by_role("button", name="Restore as a new draft").click()
    expect(mira.locator("#id_headline")).to_have_value("The Sarn lock is opened by its keepers")
    assert Revision.objects.filter(saved=True).count() == 3
