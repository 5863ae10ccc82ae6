"""A new story by keyboard alone: every field is reached by Tab, and its time zone is chosen by arrows."""

import pytest
from playwright.sync_api import expect

from events.models import Story

AT = "document.activeElement.name"
SEEN = """options => options.map(option => {
    const box = option.getBoundingClientRect();
    return [box.left, box.right].every(x => x >= 0 && x <= innerWidth)
        && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === option;
})"""


@pytest.fixture
def form(page, live_server, admin_person):
    """The empty form of a story, in which nothing will be clicked."""
    page.goto(f"{live_server.url}/desk/events/story/add/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "adminadmin")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=zone][role=combobox]")
    return page


def tab_to(page, name):
    for _ in range(30):
        if page.evaluate(AT) == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}.")


def fill_in(page, **typed):
    for name, words in typed.items():
        tab_to(page, name)
        page.keyboard.press("Control+A")
        page.keyboard.type(words)


def pointed_at(page):
    """What a screen reader is told to read while the box keeps the focus."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent"
    )


def test_a_story_with_its_zone_is_made_by_keyboard_alone(form):
    fill_in(form, title="The strike", first_date="2022-05-01", zone="lisb")
    form.keyboard.press("ArrowDown")
    assert pointed_at(form) == "Europe/Lisbon"
    form.keyboard.press("Enter")
    expect(form.get_by_role("combobox", name="Time zone")).to_have_value("Europe/Lisbon")
    tab_to(form, "_save")
    form.keyboard.press("Enter")
    form.wait_for_selector(".messagelist .success")

    story = Story.objects.get()
    assert (story.title, story.slug, story.zone) == ("The strike", "the-strike", "Europe/Lisbon")
    assert f"{story.first_date}" == "2022-05-01"


def test_the_list_of_zones_goes_by_arrows_enter_and_escape(form):
    box, offered = (
        form.get_by_role("combobox", name="Time zone"),
        form.get_by_role("listbox").get_by_role("option"),
    )
    fill_in(form, zone="new y")
    expect(offered).to_have_text(["America/New_York"])
    expect(box).to_have_attribute("aria-expanded", "true")
    form.keyboard.press("Enter")
    expect(box).to_have_value("America/New_York")

    fill_in(form, zone="istanbul")
    expect(offered).to_have_text(["Asia/Istanbul", "Europe/Istanbul"])
    told = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        form.keyboard.press(key)
        told.append(pointed_at(form))
    assert told == ["Asia/Istanbul", "Europe/Istanbul", "Asia/Istanbul", "Europe/Istanbul"]
    form.keyboard.press("Escape")
    expect(form.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("istanbul")


def test_enter_takes_none_of_several_for_granted(form):
    fill_in(form, title="The strike", first_date="2022-05-01", zone="istanb")
    form.keyboard.press("Enter")

    expect(form.locator(".errorlist")).to_contain_text("Did you mean Asia/Istanbul or Europe/Istanbul?")
    expect(form.get_by_role("combobox", name="Time zone")).to_have_value("istanb")
    assert not Story.objects.exists()


def test_a_zone_is_chosen_by_pointer_too(form):
    form.get_by_role("combobox", name="Time zone").press_sequentially("bak")
    form.get_by_role("option", name="Asia/Baku").click()

    expect(form.get_by_role("combobox", name="Time zone")).to_have_value("Asia/Baku")
    assert form.evaluate(AT) == "zone"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_open_list_is_seen_whole_and_axe_finds_nothing_wrong(form, axe, width):
    form.set_viewport_size({"width": width, "height": 844})
    fill_in(form, zone="lon")
    form.keyboard.press("ArrowDown")

    offered = form.get_by_role("listbox").get_by_role("option")
    assert offered.count() > 2
    assert offered.evaluate_all(SEEN) == [True] * offered.count()
    assert min(option.bounding_box()["height"] for option in offered.all()) >= 24
    assert axe(form) == []
