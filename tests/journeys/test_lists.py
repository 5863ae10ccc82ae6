"""Lists of the desk by keys and by thumb: saved views, cards with their state in sight, a list of keys."""

from playwright.sync_api import expect

from events.models import SavedView
from tests.support.browser import open_at, sign_in
from tests.support.cast import make_event, make_member


def test_a_view_is_saved_and_reached_by_keys(page, live_server, editor, day, kind, source):
    for number in range(3):
        make_event(editor, day, kind, headline=f"Event {number}", source=source)
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/event/?q=event&state=draft")

    page.click(".views summary")
    page.fill("#view-name", "To be written")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Saved as “To be written”")
    expect(page.locator(".views [aria-current]")).to_have_text("To be written")
    assert SavedView.objects.get().query == "q=event&state=draft"

    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/events/event/")
    page.keyboard.press("v")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/event/?q=event&state=draft")
    page.locator("body").press("j")
    page.keyboard.press("j")
    expect(page.locator("#result_list tbody th a").nth(1)).to_be_focused()
    page.keyboard.press("?")
    dialog = page.locator("#all-keys")
    expect(dialog).to_contain_text("your views of it")
    dialog.get_by_label("Keys of one letter do something").uncheck()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.click(".ask-keys")
    expect(dialog).to_be_visible()


def test_they_are_cards_on_a_phone_and_everyone_can_use_them(page, live_server, draft, story, axe):
    sign_in(page, live_server, make_member("manager-here", story, "manager"))
    found = []

    for path in ("events/event/", "events/citation/", f"events/story/{story.pk}/words/", "keys/"):
        for width in (1280, 390, 320):
            open_at(page, live_server, path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            for badge in page.locator("#result_list .badge").all():
                box = badge.bounding_box()
                assert box["x"] >= 0 and box["x"] + box["width"] <= width, (path, width)
            if width != 320:
                found += axe(page)

    assert not found, "\n".join(found)
