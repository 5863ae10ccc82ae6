"""The desk in a browser: its policy blocks nothing it needs, and everyone can use it."""

import pytest
from playwright.sync_api import expect

from events.models import Event
from tests.support.browser import open_at, sign_in
from tests.support.cast import fresh

PAGES = (
    "",
    "events/event/",
    "events/event/add/",
    "events/event/{event}/change/",
    "events/citation/{citation}/change/",
    "events/source/{source}/change/",
    "events/place/{place}/change/",
    "events/day/{day}/change/",
    "events/day/{day}/desk/",
    "events/decision/",
    "review/",
)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_blocked_or_wider_than_the_screen(
    page, live_server, both, citation, place, complaints, width
):
    sign_in(page, live_server, both)
    event = citation.event
    rows = {"event": event, "citation": citation, "source": citation.source, "place": place, "day": event.day}

    for path in PAGES:
        open_at(page, live_server, path.format(**{name: row.pk for name, row in rows.items()}), width)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert complaints == []


def test_nothing_of_a_list_or_a_row_below_a_form_is_cut_off(page, live_server, editor, citation):
    """The last column of the events on a desktop, their state and the width of a choice on a phone."""
    sign_in(page, live_server, editor)
    right = "element => element.getBoundingClientRect().right"

    open_at(page, live_server, "events/event/")
    cut_at = page.locator("#changelist-form .results").evaluate(right)
    assert page.locator("#result_list .column-cited").evaluate(right) <= cut_at

    Event.objects.update(headline="A headline of many words " * 8)
    open_at(page, live_server, f"events/event/{citation.event_id}/change/")
    beside = page.locator("#beside").evaluate("aside => aside.getBoundingClientRect().left")
    assert page.locator("#id_headline").evaluate(right) <= beside

    open_at(page, live_server, "events/event/", 390)
    cut_at = page.locator("#changelist-form .results").evaluate(right)
    assert page.locator("#result_list .field-state_and_mark").first.evaluate(right) <= cut_at
    open_at(page, live_server, f"events/event/{citation.event_id}/change/", 390)
    row = page.locator("#citations-0 .field-stance.form-row").evaluate(right)
    assert page.locator("#id_citations-0-stance").evaluate(right) <= row


def test_axe_finds_nothing_wrong(page, live_server, admin_person, draft, place, text, axe):
    draft.places.add(place)
    sign_in(page, live_server, admin_person)

    found = []
    changes = [
        f"events/{name}/{row.pk}/change/"
        for name, row in (("event", draft), ("place", place), ("text", text))
    ]
    for path in ("", "events/event/", "events/event/add/", *changes, "events/decision/", "review/"):
        open_at(page, live_server, path)
        found += [f"{path}: {finding}" for finding in axe(page)]

    assert not found, "\n".join(found)


def test_an_editor_writes_in_the_text_box_and_saves(page, live_server, editor, draft, complaints):
    sign_in(page, live_server, editor)
    open_at(page, live_server, f"events/event/{draft.pk}/change/")

    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" It opens again.")
    page.click("[name=_save]")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")

    assert fresh(draft).text == "<p>The city closed the bridge. It opens again.</p>"
    assert complaints == []


def test_a_button_asks_before_it_leaves_unsaved_words_behind(page, live_server, editor, draft):
    sign_in(page, live_server, editor)
    open_at(page, live_server, f"events/event/{draft.pk}/change/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))

    page.fill("[name=headline]", "Typed and not saved")
    page.click("summary:text-is('Discard')")
    page.fill(".verb-discard [name=reason]", "Not of this story.")
    page.click(".verb-discard button")

    assert "not saved" in asked[0]
    assert page.input_value("[name=headline]") == "Typed and not saved"
    assert fresh(draft).state == "draft"


def test_a_link_asks_too(page, live_server, editor, draft):
    sign_in(page, live_server, editor)
    open_at(page, live_server, f"events/event/{draft.pk}/change/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.click(".desk-links a[href$='/desk/events/day/']", no_wait_after=True)
    page.wait_for_url("**/desk/events/day/")
    open_at(page, live_server, f"events/event/{draft.pk}/change/")
    page.fill("[name=headline]", "Typed and not saved")
    page.click(".desk-links a[href$='/desk/events/day/']", no_wait_after=True)
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert page.input_value("[name=headline]") == "Typed and not saved"


def test_a_link_asks_of_a_choice_and_after_a_refusal_and_not_of_a_search(
    page, live_server, editor, draft, place
):
    sign_in(page, live_server, editor)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    change, days = f"events/event/{draft.pk}/change/", ".desk-links a[href$='/desk/events/day/']"

    def leave():
        page.click(days)
        page.wait_for_url("**/desk/events/day/")
        open_at(page, live_server, change)

    open_at(page, live_server, change)
    page.locator(".field-places .select2-search__field").click()
    page.keyboard.type("zz")
    page.keyboard.press("Escape")
    leave()
    assert asked == []

    page.locator(".field-places .select2-search__field").click()
    page.locator(".select2-results__option", has_text="The old bridge").click()
    leave()
    assert asked == ["beforeunload"]

    page.fill("[name=wording]", "qqq when")
    page.click("[name=_save]")
    page.wait_for_selector(".errornote")
    leave()
    assert asked == ["beforeunload"] * 2


def test_the_focus_is_where_one_sees_it(page, live_server, editor, draft):
    """On a new source, whose first field a script stands in for, and in a citation just added."""
    sign_in(page, live_server, editor)
    seen = "const box = document.activeElement.getBoundingClientRect(); box.width > 20 && box.height > 10"

    open_at(page, live_server, "events/source/add/")
    page.wait_for_selector(".select2")
    page.wait_for_timeout(200)
    assert page.evaluate(f"() => {{ {seen.replace('; ', '; return ', 1)} }}")

    open_at(page, live_server, f"events/event/{draft.pk}/change/")
    page.locator(".add-row a", has_text="Add another Citation").press("Enter")
    assert page.evaluate(f"() => {{ {seen.replace('; ', '; return ', 1)} }}")
    assert page.evaluate("() => !!document.activeElement.closest('.inline-related')")


def test_a_time_to_publish_at_is_typed_straight_through(page, live_server, editor, draft):
    sign_in(page, live_server, editor)
    open_at(page, live_server, f"events/event/{draft.pk}/change/")

    page.click("summary:text-is('Publish at that time')")
    page.locator(".verb [type=datetime-local]").focus()
    page.keyboard.type("120120270900AM")

    assert page.input_value(".verb [type=datetime-local]") == "2027-12-01T09:00"


def test_a_moderator_reviews_with_the_keyboard_and_without_scripts(
    chromium, live_server, moderator, citation
):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, moderator)
    open_at(page, live_server, "review/")

    page.locator("summary", has_text="Reject").focus()
    page.keyboard.press("Enter")
    page.get_by_label("The quotation is not exact").check()
    page.get_by_label("In a few words").fill("It says “shut”.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".success")
    context.close()

    assert fresh(citation).state == "rejected"


def test_what_is_needed_is_asked_for_at_its_field_before_anything_is_sent(page, live_server, editor, outlet):
    sign_in(page, live_server, editor)
    open_at(page, live_server, "events/source/add/")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    page.click("[name=_save]")
    expect(page.locator(".field-title .errorlist")).to_have_text("This field is required.")
    expect(page.locator(".field-outlet .select2-selection")).to_be_focused()
    page.locator(".field-outlet .select2-selection").press("Enter")
    page.locator(".select2-results__option", has_text=str(outlet)).click()
    page.fill("[name=title]", "The river rises")
    page.locator("[name=title]").blur()
    expect(page.locator(".errorlist")).to_have_count(0)
    assert [address for address in sent if "unsaved" not in address] == []
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
