"""Reasons, notes and other words of forms that no server keeps before they are sent outlive a crash."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_unsaved import kill_who_has, notes_in, with_profile
from tests.support.browser import is_sound, sign_in
from tests.support.cast import fresh
from tests.support.factories import CitationFactory, EventFactory, PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)
TYPED, SOON = "Told twice, by two of us.", 1_200
OFFER = "section[aria-label='Not sent']"


@pytest.fixture
def boss():
    person = PersonFactory(username="boss", admin=True)
    person.set_password(person.username * 2)
    person.save()
    return person


def test_a_browser_that_is_killed_offers_them_where_they_were_typed(
    chromium, live_server, boss, draft, tmp_path, axe
):
    citation = CitationFactory(event=EventFactory(headline="Another"), by=PersonFactory(editor=True))
    event, desk = f"events/event/{draft.pk}", f"{live_server.url}/desk"
    typed = {
        f"{event}/change/": "#discard_reason",
        f"{event}/take-down/": "[name=reason]",
        f"review/?citation={citation.pk}": ".rejecting [name=words]",
        f"events/story/{draft.story.pk}/people/": "[name=username]",
    }
    page = with_profile(chromium, tmp_path)
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server, boss)
    for path, field in typed.items():
        page.goto(f"{desk}/{path}")
        type_into(page, field)
    kill_who_has(tmp_path)

    page = with_profile(chromium, tmp_path)
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server, boss)
    for path, field in typed.items():
        page.goto(f"{desk}/{path}")
        expect(page.locator(OFFER)).to_have_count(1)
        page.get_by_role("button", name="Put it back").click()
        expect(page.locator(field).first).to_have_value(TYPED)
        expect(page.locator(field).first).to_be_focused()

    page.goto(f"{desk}/{event}/change/")
    expect(page.locator(OFFER)).to_be_visible()
    is_sound(page, axe)
    page.get_by_role("button", name="Put it back").click()
    page.click(".verb-discard button")
    expect(page.locator(".messagelist .success")).to_contain_text("Discarded")
    assert fresh(draft).state == "discarded"
    page.goto(f"{desk}/{event}/take-down/")
    page.get_by_role("button", name="Throw it away").click()
    page.wait_for_timeout(300)
    assert sorted(str(note["address"]).split("?")[0].split(" ")[0] for note in notes_in(page)) == [
        f"/desk/events/story/{draft.story.pk}/people/",
        "/desk/review/",
    ]
    page.context.set_offline(True)
    page.context.close()


def test_what_is_sent_stays_until_it_has_come_to_something(page, live_server, boss, draft):
    citation = CitationFactory(event=EventFactory(headline="Another"), by=PersonFactory(editor=True))
    event, desk = f"events/event/{draft.pk}/change/", f"{live_server.url}/desk"
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, live_server, boss)

    page.goto(f"{desk}/{event}")
    type_into(page, "#discard_reason")
    page.context.set_offline(True)
    page.click(".verb-discard button")
    page.context.set_offline(False)
    page.goto(f"{desk}/{event}")
    expect(page.locator(OFFER)).to_be_visible()

    people = f"{desk}/events/story/{draft.story.pk}/people/"
    page.goto(people)
    page.fill("[name=username]", "nobody-such")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[name=username]")).to_have_value("nobody-such")
    page.goto(people)
    expect(page.locator(OFFER)).to_be_visible()

    page.goto(f"{desk}/review/?citation={citation.pk}")
    type_into(page, ".rejecting [name=words]")
    page.locator(".rejecting [type=radio]").first.check()
    page.context.set_offline(True)
    page.click(".rejecting .button.reject")
    expect(page.locator(".said [role=alert]")).to_contain_text("There is no connection: nothing was sent.")
    page.context.set_offline(False)
    page.goto(f"{desk}/review/?citation={citation.pk}")
    offer = page.locator(".decide > section")
    assert offer.bounding_box()["y"] < page.locator("button.approve").bounding_box()["y"]
    page.get_by_role("button", name="Put it back").click()
    page.locator(".rejecting [type=radio]").first.check()
    page.click(".rejecting .button.reject")
    expect(page.locator(".messagelist .success")).to_contain_text("Rejected")
    page.wait_for_timeout(SOON)
    assert not [note for note in notes_in(page) if "/review/" in note["address"]]


def test_what_is_typed_as_one_signs_out_goes(page, live_server, boss, draft):
    sign_in(page, live_server, boss)
    page.goto(f"{live_server.url}/desk/events/event/{draft.pk}/take-down/")
    page.route("**/logout/", lambda route: (page.wait_for_timeout(SOON), route.continue_()))

    page.locator("[name=reason]").first.fill(TYPED)
    page.locator("[action$='/logout/'] [type=submit]").first.evaluate(
        "button => button.form.requestSubmit(button)"
    )

    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
    page.wait_for_timeout(SOON)
    assert notes_in(page) == []


def type_into(page, field):
    page.locator(field).first.evaluate("field => field.closest('details')?.setAttribute('open', '')")
    page.locator(field).first.fill(TYPED)
    page.wait_for_timeout(SOON)
