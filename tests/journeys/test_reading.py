"""A reader in a browser: without a script, by keyboard, on a phone, and with no other host asked."""

from datetime import date, time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from chronicle.models import Entry
from events.editorial import publishing
from tests.support.cast import approve_all, entry_of, fresh, make_event, publish
from tests.support.factories import EventFactory, PlaceFactory, TextFactory
from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries
from tests.support.taking import take


@pytest.fixture
def told(published, editor, moderator, day, kind, source, other_source):
    """A day with an entry of the afternoon, one that happened the day before, and a withdrawn one."""
    before = make_event(editor, day, kind, "A dam is opened", source, wording="the day before at 23:00")
    gone = make_event(editor, day, kind, "A road is closed", other_source, wording="in the morning")
    for event in (before, gone):
        approve_all(event, moderator)
        publish(event, editor)
    event = fresh(gone)
    publishing.withdraw(event, by=editor, seen=event.version, reason="It was another road.")
    return published


def tell_at_length():
    """A day of long words and of words from right to left, with a key event, a dispute and what goes on."""
    long, arabic = (
        "Donaudampfschifffahrtsgesellschaft" * 3,
        "قال المتحدث باسم الميناء إن البوابة السفلى أُغلقت",
    )
    story = make_story(slug="the-strike", title=long, last_date=None)
    kind, source = make_term(story, "kind", long), make_source(story, long, arabic)
    named = {"places": [make_term(story, "place", arabic)], "actors": [make_term(story, "actor", long)]}
    day = make_page(
        story, story.first_date, headline=long, sentence=arabic, summary=f"<p>{arabic}</p>", occasion=long
    )
    print_entries(
        day,
        [
            Telling(arabic, kind, sources=[source], at=time(9), key=True, **named),
            Telling(long, kind, sources=[source], at=time(11), minutes=780, goes_on=True, **named),
            Telling("A truce", make_term(story, "kind", "Strike"), at=time(20), standing="disputed"),
        ],
    )


@pytest.fixture
def addresses(told):
    """Every kind of public page, by what it is; beside the flood, a drought of three years."""
    make_story(
        slug="the-drought", title="The drought", first_date=date(2019, 1, 1), last_date=date(2021, 9, 9)
    )
    tell_at_length()
    TextFactory(published=True)
    taken = entry_of(
        EventFactory(headline="A name is told", places=[PlaceFactory(name="Mill")], published=True)
    )
    take(taken.subject, "place/1", legal=True)
    number = Entry.objects.get(headline=told.headline).number
    gone = Entry.objects.get(withdrawn_at__isnull=False).number
    return {
        "overview": "/the-flood/",
        "day": "/the-flood/day-3/",
        "filtered": "/the-flood/day-3/?kind=1&part=afternoon",
        "nothing matches": "/the-flood/day-3/?part=evening",
        "empty day": "/the-flood/day-5/",
        "entry": f"/the-flood/entry/{number}/",
        "withdrawn": f"/the-flood/entry/{gone}/",
        "taken down": f"/the-flood/entry/{taken.number}/",
        "a place taken down": "/the-flood/place/1/",
        "not found": "/the-flood/day-99/",
        "all days": "/the-flood/days/",
        "a text": "/the-flood/about/",
        "a window of days": "/the-drought/day-400/?part=night",
        "a year of many": "/the-drought/days/2020/",
        "many years": "/the-drought/",
        "timeline": "/the-flood/timeline/",
        "filtered timeline": "/the-flood/timeline/?part=afternoon",
        "several chronicles": "/",
        "long words, right to left": "/the-strike/day-1/",
    }


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_wrong_in_either_scheme(page, live_server, addresses, axe, width):
    page.set_viewport_size({"width": width, "height": 844})
    for name, path in addresses.items():
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert axe(page) == [], name


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_no_page_is_wider_than_the_screen(page, live_server, addresses, width):
    page.set_viewport_size({"width": width, "height": 800})

    for name, path in addresses.items():
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_no_page_asks_another_host_or_is_blocked_by_its_own_policy(page, live_server, addresses):
    asked, blocked = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: blocked.append(message.text) if "Policy" in message.text else None)

    for path in addresses.values():
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")

    assert {urlsplit(url).netloc for url in asked} == {urlsplit(live_server.url).netloc}
    assert any(url.endswith(".woff2") for url in asked)
    assert blocked == []


def test_a_reader_filters_and_checks_a_claim_without_a_script(chromium, live_server, addresses):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + addresses["day"])
    expect(page.locator(".event h3")).to_have_count(2)

    page.get_by_role("checkbox", name="Afternoon").check()
    page.get_by_role("button", name="Show").click()

    expect(page.locator(".event")).to_have_count(1)
    page.locator(".event summary").click()
    expect(page.get_by_text("The bridge was closed.")).to_be_visible()
    page.get_by_role("link", name="A bridge is closed").click()
    expect(page.get_by_role("heading", name="What it rests on")).to_be_visible()
    assert context.cookies() == []
    context.close()


def test_a_reader_gets_from_the_overview_to_an_entry_by_keyboard(page, live_server, addresses):
    page.goto(live_server.url + addresses["overview"])

    tab_to(page, "Day 3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/day-3/")
    tab_to(page, "A bridge is closed")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entry/*/")

    assert page.get_by_role("heading", level=1).inner_text() == "A bridge is closed"


def tab_to(page, words):
    """Press Tab until what has the focus says ``words``."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in (page.evaluate("document.activeElement.textContent") or ""):
            return
    raise AssertionError(f"No Tab leads to “{words}”.")


def test_the_keyboard_skips_the_days_and_the_filter(page, live_server, addresses):
    page.goto(f"{live_server.url}/the-flood/day-3/")

    tab_to(page, "Skip the days")
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Skip to the entries":
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("!!document.activeElement.closest('.event')")


def test_a_phone_folds_the_filter_and_a_desktop_shows_it(page, live_server, addresses):
    page.goto(live_server.url + addresses["day"])
    expect(page.get_by_role("checkbox", name="Afternoon")).to_be_visible()

    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()

    expect(page.get_by_role("checkbox", name="Afternoon")).not_to_be_visible()
    page.locator(".filter > summary").click()
    expect(page.get_by_role("checkbox", name="Afternoon")).to_be_visible()


def test_on_a_phone_what_is_tapped_is_large_enough(page, live_server, addresses):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + addresses["filtered"])
    page.locator(".filter > summary").click()
    page.locator(".menu > summary").click()

    for selector, least in (
        (".menu a", 40),
        (".menu > summary", 40),
        (".opt", 40),
        (".apply button", 40),
        (".chosen a", 40),
        (".strip .cell", 24),
        (".pager a", 24),
        (".cites summary", 24),
    ):
        boxes = [each.bounding_box() for each in page.locator(selector).locator("visible=true").all()]
        assert boxes, selector
        assert min(box["height"] for box in boxes) >= least, selector


def test_a_standing_has_its_colour_and_its_shape_besides_its_word(page, live_server, addresses):
    page.goto(f"{live_server.url}/the-strike/day-1/")

    seen = page.locator(".standing.disputed")
    assert seen.inner_text() == "Disputed"
    assert seen.evaluate("element => getComputedStyle(element).color") == "rgb(155, 28, 49)"
    assert seen.evaluate("element => getComputedStyle(element, '::before').borderRadius") == "0px"
