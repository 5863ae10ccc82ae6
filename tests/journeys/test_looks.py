"""What is seen of the day 43 of the sample without scrolling, what is printed of it, and what it weighs."""

import gzip
import re
from datetime import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from tests.support.media import public_files
from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries

DAY = "/the-44-days/day-43/"
DESKTOP, PHONE = (1280, 900), (390, 844)
TOP = "element => element.getBoundingClientRect().top"
WIDTH = "element => element.getBoundingClientRect().width"


@pytest.fixture(scope="module")
def shown_once(built_once, django_db_blocker):
    """The sample, and its pictures where readers get them."""
    with django_db_blocker.unblock():
        public_files()


@pytest.fixture
def site(shown_once, built, request):
    """The address of a site with the sample, at which nobody changes anything but the test itself.

    Were the server named among what a test needs, the sample would be made anew for each.
    """
    return request.getfixturevalue("live_server").url


def seen(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    return page


def top_of(page, selector):
    return page.locator(selector).first.evaluate(TOP)


def test_the_first_entry_of_a_day_is_seen_without_scrolling(page, site):
    assert top_of(seen(page, site + DAY, DESKTOP), ".event") <= 420
    assert top_of(seen(page, site + DAY, PHONE), ".event") <= 560


@pytest.mark.parametrize(("width", "days"), [(1280, 44), (1000, 32), (861, 32), (390, 14), (320, 11)])
def test_the_strip_shows_the_days_that_fit_among_them_the_current_one(page, site, width, days):
    seen(page, site + DAY, (width, 800))

    cells = page.locator(".strip .cell:visible")
    expect(cells).to_have_count(days)
    expect(page.locator(".strip [aria-current]")).to_be_visible()
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert min(box["width"] for box in boxes) >= 24
    assert min(box["height"] for box in boxes) >= 24
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)


def test_text_and_headlines_keep_to_a_measure_that_can_be_read(page, site):
    seen(page, site + DAY, DESKTOP)

    for selector in (".event .text", ".event h3"):
        widths = [line.evaluate(WIDTH) for line in page.locator(selector).all()]
        assert max(widths) <= 32.5 * 16, selector


def test_places_and_people_stand_beside_an_entry_where_there_is_room(page, site):
    beside = "card => card.querySelector('.notes').getBoundingClientRect().left >= "
    beside += "card.querySelector('.body').getBoundingClientRect().right"

    assert seen(page, site + DAY, DESKTOP).locator(".card").first.evaluate(beside)
    assert not seen(page, site + DAY, PHONE).locator(".card").first.evaluate(beside)


def test_the_first_result_of_a_filtered_timeline_is_seen_without_scrolling(page, site):
    timeline = f"{site}/the-44-days/timeline/?part=evening"

    assert top_of(seen(page, timeline, DESKTOP), ".event") <= 420
    expect(page.get_by_role("link", name="Oldest first")).to_be_visible()
    assert top_of(seen(page, timeline, PHONE), ".event") <= 560
    expect(page.get_by_role("link", name="Oldest first")).not_to_be_visible()


def test_what_holds_for_every_entry_is_said_once(page, site):
    seen(page, site + DAY, DESKTOP)

    expect(page.get_by_text("Single source throughout.")).to_be_visible()
    expect(page.locator(".event .standing:visible")).to_have_count(0)
    seen(page, f"{site}{DAY[:-3]}1/", DESKTOP)
    expect(page.locator(".event")).to_have_count(2)


def test_a_phone_shows_the_first_result_after_filtering_and_no_open_form(page, site):
    seen(page, site + DAY, PHONE)
    page.locator(".filter > summary").click()
    page.get_by_role("checkbox", name="Evening").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**part=evening**")

    assert 0 <= top_of(page, ".event") <= 560
    expect(page.get_by_role("checkbox", name="Evening")).not_to_be_visible()
    chip = page.locator(".chosen a", has_text="Part of the day")
    assert 0 <= chip.evaluate(TOP) < top_of(page, ".event")
    chip.click()
    page.wait_for_url("**/day-43/*results")
    expect(page.locator(".event h3")).to_have_count(14)


def test_a_wide_screen_stays_at_the_top_when_a_filter_is_sent(page, site):
    seen(page, site + DAY, DESKTOP)
    page.get_by_role("checkbox", name="Evening").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**part=evening**")

    assert page.evaluate("scrollY") == 0
    assert top_of(page, ".event") <= 500


def test_the_filter_scrolls_by_itself_and_its_button_stays(page, site):
    seen(page, site + DAY, (1280, 600))
    page.mouse.wheel(0, 1500)
    page.wait_for_function("scrollY > 1000")

    button = page.get_by_role("button", name="Show").bounding_box()
    assert button["y"] + button["height"] <= 600
    assert page.locator(".facets").evaluate("box => box.scrollHeight > box.clientHeight")


def test_day_43_takes_five_sheets_of_paper_with_its_pictures_and_its_sources_as_notes(page, site):
    seen(page, site + DAY, DESKTOP)
    paper = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 5
    page.emulate_media(media="print")
    assert "day-43/ · as printed" in page.locator(".print-only").inner_text()
    expect(page.locator(".cite q").first).to_be_visible()
    assert not page.locator(".filter, .site, .days").locator("visible=true").count()


def test_the_story_so_far_has_eight_key_events_and_five_on_a_phone(page, site):
    story = make_story()
    kind = make_term(story, "kind", "Damage")
    told = [Telling(f"Key {hour}", kind, at=time(hour), key=True) for hour in range(12)]
    print_entries(make_page(story), told)
    chapters = page.locator("#story-so-far li:visible")

    seen(page, f"{site}/the-flood/", DESKTOP)
    expect(chapters).to_have_count(8)
    seen(page, f"{site}/the-flood/", PHONE)
    expect(chapters).to_have_count(5)


def test_40_entries_of_some_length_weigh_at_most_60_kilobytes(client, db):
    story = make_story()
    kinds = [make_term(story, "kind", name) for name in ("Damage", "Rescue", "Statement")]
    places = [make_term(story, "place", f"Village {n}") for n in range(25)]
    actors = [make_term(story, "actor", f"Brigade {n}") for n in range(25)]
    sources = [make_source(story, f"Bulletin {n}", f"Paper {n % 9}") for n in range(30)]
    tellings = [
        Telling(
            headline=f"Report {n} of what the river did to the lower town, as told by those who live there",
            kind=kinds[n % 3],
            places=[places[n % 25], places[(n * 7 + 3) % 25]],
            actors=[actors[n % 25], actors[(n * 11 + 5) % 25]],
            sources=[sources[n % 30], sources[(n * 13 + 7) % 30]],
        )
        for n in range(40)
    ]
    print_entries(make_page(story, headline="The river rises"), tellings)

    page = client.get("/the-flood/day-3/").content

    assert page.count(b'id="entry-') == 40
    assert len(gzip.compress(page)) <= 60_000


def test_all_that_a_latin_page_loads_weighs_at_most_250_kilobytes(page, site):
    story = make_story()
    told = Telling("Rain", make_term(story, "kind", "Damage"), sources=[make_source(story)])
    [entry] = print_entries(make_page(story), [told])
    loaded = set()
    page.on("response", lambda answer: loaded.add(answer.url.partition("/static/")[2]))
    for path in ("/the-flood/", "/the-flood/timeline/", "/the-flood/day-3/", entry.get_absolute_url()):
        seen(page, site + path, DESKTOP)
        page.wait_for_load_state("networkidle")

    weights = {name.rpartition("/")[2]: weight_of(name) for name in loaded if name}
    assert {"site.css", "list.css", "overview.css", "htmx-2.min.js"} <= weights.keys()
    assert sum(name.endswith(".woff2") for name in weights) == 3
    assert not any("-ext-" in name or "cyrillic" in name for name in weights)
    assert 150_000 < sum(weights.values()) <= 250_000, weights


def weight_of(name):
    """How many bytes of a file are sent: words are compressed on the way, as WhiteNoise does it."""
    body = Path(finders.find(name)).read_bytes()
    return len(body) if name.endswith(".woff2") else len(gzip.compress(body))
