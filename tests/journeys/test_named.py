"""A reader who wants to know of a place: found by another spelling, filtered, shared, paged, and back."""

from datetime import date, time, timedelta

import pytest
from playwright.sync_api import expect

from tests.support.record import Telling, make_page, make_source, make_story, make_term, print_entries

TOWN = "/halm/place/2-karsted-karstat/"


def named(*names):
    return [
        {"name": name, "language": language, "used_by": by, "preferred": shown}
        for name, language, by, shown in names
    ]


@pytest.fixture
def halm(transactional_db):
    """A flood of 44 days along a river whose banks spell their town otherwise."""
    first = date(2021, 1, 1)
    story = make_story(
        slug="halm", title="The Halm flood", first_date=first, last_date=first + timedelta(days=43)
    )
    bank = make_term(story, "place", "Left bank")
    town = make_term(
        story,
        "place",
        "Karsted",
        within=bank.subject,
        latitude="52.114",
        longitude="4.873",
        precision="2500",
        names=named(
            ("Karsted", "en", "Left-bank sources, River Authority", True),
            ("Karstat", "en", "Right-bank sources", True),
            ("Карстат", "ru", "One agency", False),
            ("كارستد", "ar", "Voice of the Harbour", False),
        ),
    )
    gate, quay = (make_term(story, "place", name, within=town.subject) for name in ("Lower Gate", "Old Quay"))
    damage, relief = make_term(story, "kind", "Damage"), make_term(story, "kind", "Relief")
    port, union = make_term(story, "actor", "Port"), make_term(story, "actor", "Dockers’ union")
    papers = ("Halm Courier", "Radio Estuary")
    sources = [make_source(story, f"Bulletin {n}", papers[n % 2]) for n in range(6)]
    for n in range(44):
        tellings = [
            Telling(
                headline=f"Report {n} of {place.label}",
                kind=(damage, relief)[(n + at) % 2],
                places=[place],
                actors=[(port, union)[at % 2]],
                sources=[sources[(n + at) % 6]],
                stance="disputes" if (n + at) % 6 == 5 else "supports",
                at=time(9 + at),
            )
            for at, place in enumerate((gate, quay, bank))
        ]
        print_entries(make_page(story, first + timedelta(days=n)), tellings)
    return story


def test_a_place_is_found_by_another_spelling_filtered_shared_paged_and_left(page, window, live_server, halm):
    page.goto(f"{live_server.url}/halm/timeline/")
    page.locator("#q").press_sequentially("карст")
    page.locator("#suggested a", has_text="Karsted / Karstat").click()
    page.wait_for_url(f"**{TOWN}")

    page.get_by_role("checkbox", name="Lower Gate").check()
    page.get_by_role("checkbox", name="Damage").check()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**place=3**")
    address = page.url
    expect(page.locator(".event")).to_have_count(22)

    other = window()
    other.goto(address)
    assert other.locator(".event h3").all_inner_texts() == page.locator(".event h3").all_inner_texts()

    page.locator(".chosen a", has_text="Lower Gate").click()
    page.wait_for_url(lambda url: "place=" not in url)
    first = page.locator(".event h3").all_inner_texts()
    page.get_by_role("link", name="Older entries").click()
    page.wait_for_url("**after=**")
    assert not set(first) & set(page.locator(".event h3").all_inner_texts())
    page.go_back()
    expect(page.locator(".event h3")).to_have_text(first)


def test_and_without_a_script_by_the_box_in_the_header_and_the_index(chromium, live_server, halm):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/halm/")
    page.get_by_placeholder("Any name or spelling").fill("Карстат")
    page.get_by_placeholder("Any name or spelling").press("Enter")
    page.wait_for_url("**/timeline/?q=**")
    expect(page.locator(".event")).to_have_count(0)

    page.get_by_role("link", name="Places", exact=True).click()
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="К").click()
    page.locator("li", has_text="Карстат").get_by_role("link").click()
    page.wait_for_url(f"**{TOWN}")
    expect(page.locator(".event")).to_have_count(40)
    page.get_by_role("checkbox", name="Old Quay").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".event")).to_have_count(40)
    page.get_by_role("link", name="Older entries").click()
    expect(page.locator(".event")).to_have_count(4)
    page.get_by_text("The same as a table").click()
    page.get_by_role("row", name="Day 44").get_by_role("link").click()
    expect(page.locator(".event")).to_have_count(2)
    assert context.cookies() == []
    context.close()


ADDRESSES = [
    TOWN,
    TOWN + "?kind=1&q=report",
    "/halm/kind/1-damage/",
    "/halm/actor/1-port/",
    "/halm/outlet/1-halm-courier/",
    "/halm/source/6-bulletin-5/",
    "/halm/places/",
    "/halm/places/?order=number",
    "/halm/sources/?order=date",
    "/halm/people/",
    "/halm/outlets/?from=zzz",
]


def test_axe_finds_nothing_wrong_with_any_of_it_at_any_width(page, live_server, halm, axe):
    for address in ADDRESSES:
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(live_server.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            if width == 390:
                page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
                assert axe(page) == [], address
