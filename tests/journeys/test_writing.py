"""An event as it is written, cited, approved and published by two people, counted click by click."""

from datetime import date

import pytest
from playwright.sync_api import expect

from chronicle.models import Entry
from events.models import Citation, Event, Place, Source
from tests.support.browser import open_at, sign_in
from tests.support.factories import CitationFactory, DayFactory, EventFactory, KindFactory, PlaceFactory

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "https://www.ilvarradio.example/n/4471?utm_source=mail"
COUNTING = """
    addEventListener("click", ({ isTrusted, target }) => {
        if (isTrusted) window.clicked(target.textContent);
    }, true);
    addEventListener("keydown", ({ key, target }) => {
        if (key === "Enter" && !target.closest("button, a, summary")) window.clicked(key);
    }, true);
    addEventListener("load", () => window.loaded(location.pathname));
"""


class Counted:
    """A window whose clicks, Enter among them, and loads of pages are counted."""

    def __init__(self, page):
        self.page, self.clicks, self.loads = page, [], []
        page.expose_function("clicked", self.clicked)
        page.expose_function("loaded", self.loaded)
        page.add_init_script(COUNTING)

    def clicked(self, what):
        self.clicks.append(what)

    def loaded(self, where):
        self.loads.append(where)

    def begin(self):
        # The page to sign in at is idle too, until what was sent there is answered.
        expect(self.page.locator(".desk-links")).to_be_visible()
        self.page.wait_for_load_state("networkidle")
        self.clicks.clear()
        self.loads.clear()


@pytest.mark.on_both
def test_two_people_bring_an_event_to_readers_in_8_clicks_and_2_loads(
    page, window, live_server, editor, moderator, complaints
):
    DayFactory()
    KindFactory(name="Water level")
    writing, deciding = Counted(page), Counted(window())
    sign_in(page, live_server, editor)
    sign_in(deciding.page, live_server, moderator)
    writing.begin()
    deciding.begin()

    page.click(".model-event .add")
    expect(page.locator(":focus")).to_have_attribute("name", "headline")
    lacking = page.locator("#now .no")
    expect(lacking.filter(has_text="Headline")).to_have_count(1)
    page.keyboard.type("Water passes the quay wall")
    expect(lacking.filter(has_text="Headline")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.type("half past two at night")
    expect(page.locator("#reading")).to_contain_text("02:30")
    page.keyboard.press("Tab")
    page.keyboard.type("Wat")
    page.click("#id_citations-0-address")
    page.keyboard.type(ADDRESS)
    expect(page.locator("#citations-0 .known")).to_contain_text("New here, and so is its host")
    for words in ("Water above the quay wall", "Ilvar Radio", "4 March 2021"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.locator("#id_citations-0-quote").focus()
    page.keyboard.type("At half past two the water stood above the quay wall.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messagelist")).to_contain_text("Submitted")
    expect(page.locator("#now")).to_contain_text("Ilvar Radio")

    at_review = deciding.page
    at_review.click(".desk-links >> text=Review")
    at_review.click("button.approve")
    expect(at_review.locator("#reviewing")).to_contain_text("Approved")

    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(".bar .leading")).to_have_text("Save and publish")
    page.click(".bar .leading")
    expect(page.locator(".messagelist")).to_contain_text("Published: readers see it as it is here.")

    reader = window()
    reader.goto(f"{live_server.url}{Entry.objects.get().get_absolute_url()}")
    expect(reader.locator("h1")).to_have_text("Water passes the quay wall")
    expect(reader.locator(".rests")).to_contain_text("Ilvar Radio")
    source = Source.objects.get()
    assert (source.published_on, source.canonical_url) == ("2021-03-04", "https://ilvarradio.example/n/4471")
    clicks = writing.clicks + deciding.clicks
    loads = writing.loads + deciding.loads
    assert len(clicks) <= 8, clicks
    assert len(loads) <= 2, loads
    assert complaints == []


@pytest.fixture
def sent_back(editor, source, place):
    """An event with a place, one citation approved, and one that was sent back."""
    event = EventFactory(approved=True, headline="Water passes the quay wall", places=[place], by=editor)
    CitationFactory(event=event, source=source, rejected=True, by=editor)
    return event


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_for_everyone(page, live_server, both, sent_back, axe, width):
    sign_in(page, live_server, both)
    open_at(page, live_server, f"events/event/{sent_back.pk}/change/", width)
    page.fill("[name=wording]", "half past two")
    expect(page.locator("#reading button")).to_have_count(2)
    for summary in page.locator("#beside summary:visible, .cite summary:visible").all():
        summary.click()

    assert axe(page) == []
    # At 320 px, and at 200 % of 1280, nothing is reached by scrolling sideways.
    for narrow in (width, 640, 320):
        page.set_viewport_size({"width": narrow, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= narrow
    heights = page.locator("#acts .button").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 44


def test_of_two_readings_one_is_pressed_and_a_name_that_is_new_is_added(page, live_server, editor, sent_back):
    sign_in(page, live_server, editor)
    open_at(page, live_server, f"events/event/{sent_back.pk}/change/")
    page.fill("[name=wording]", "half past two")
    page.get_by_role("button", name="14:30, afternoon").click()
    expect(page.locator("#reading")).to_contain_text("14:30")

    page.locator(".field-places .select2-search__field").click()
    page.keyboard.type("Kessmar roads")
    expect(page.locator(".select2-results__option").last).to_have_text("Add “Kessmar roads”")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")

    event = Event.objects.get()
    assert event.wording == "half past two in the afternoon"
    assert sorted(map(str, event.places.all())) == ["Kessmar roads", "The old bridge"]
    expect(page.locator(".field-places .select2-selection__choice")).to_have_count(2)


def test_several_addresses_are_several_rows_and_a_preview_shows_them(page, live_server, editor, sent_back):
    known = Citation.objects.filter(state="approved").get().source
    Source.objects.filter(pk=known.pk).update(
        url="https://post.example/1", canonical_url="https://post.example/1"
    )
    sign_in(page, live_server, editor)
    open_at(page, live_server, f"events/event/{sent_back.pk}/change/")

    page.fill("#id_citations-2-address", "https://www.post.example/1 https://radio.example/n/4471")
    expect(page.locator("#citations-2 .known")).to_contain_text("cited by 1 event")
    expect(page.locator("#citations-3 .known")).to_contain_text("New here")
    page.fill("#id_citations-2-quote", "It was shut at noon.")
    page.locator("#citations-3 .page-text summary").click()
    page.locator("#citations-3 .page-text textarea").fill(
        "Shut again\n\nThe bridge was shut on 5 March 2021, we hear."
    )
    expect(page.locator("#id_citations-3-title")).to_have_value("Shut again")
    page.fill("#id_citations-3-outlet_name", "Ilvar Radio")
    page.fill("#id_citations-3-quote", "The bridge was shut.")
    with page.expect_popup() as opened:
        page.keyboard.press("Alt+p")
    preview = opened.value

    for name, width in (("desktop", 800), ("phone", 360)):
        frame = preview.frame_locator(f".{name} iframe")
        expect(frame.locator("h1")).to_have_text("Water passes the quay wall")
        expect(frame.locator(".rests")).to_contain_text("Ilvar Radio")
        assert preview.locator(f".{name} iframe").bounding_box()["width"] >= width
    assert Citation.objects.count() == 2
    page.click("[name=_save]")
    expect(page.locator("#now")).to_contain_text("Ilvar Radio")
    assert Citation.objects.count() == 4


def test_without_a_script_and_without_a_mouse_an_event_is_written_and_submitted(
    chromium, live_server, editor
):
    day = DayFactory()
    DayFactory(date=date(2021, 3, 5))
    KindFactory(name="Water level")
    PlaceFactory(name="Kessmar")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, editor)
    page.goto(f"{live_server.url}/desk/events/event/add/")
    page.locator("[name=headline]").focus()

    page.keyboard.type("Water passes the quay wall")
    page.locator("[name=kind]").select_option(label="Water level")
    page.locator("[name=day]").select_option(label=str(day))
    for name, words in {
        "input[name=places]": "kessmar; Kessmar roads",
        "[name=citations-0-address]": ADDRESS,
        "[name=citations-0-title]": "Water above the quay wall",
        "[name=citations-0-outlet_name]": "Ilvar Radio",
        "[name=citations-0-quote]": "The water stood above the quay wall.",
    }.items():
        page.locator(name).focus()
        page.keyboard.type(words)
    page.locator(".leading").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Submitted")
    context.close()

    event = Event.objects.get()
    assert event.day == day
    assert (event.state, str(event.citations.get().source)) == (
        "submitted",
        "Ilvar Radio: Water above the quay wall",
    )
    assert Place.objects.count() == 2
