"""The life of two pictures, all at a browser: taken in, described, approved, shown, read, taken down."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.editorial.working import Worker
from events.models import Material
from tests.support.dropping import drop, sent
from tests.support.factories import EventFactory
from tests.support.pictures import saved, scene

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("media_folder"),
    pytest.mark.on_both,
]

BRIDGE, CAR, BROKEN = "bridge.jpg", "car.png", "broken.jpg"
ALT = {BRIDGE: "A bridge of three arches.", CAR: "A car on its side, in brown water."}
CAPTION = {BRIDGE: "The old bridge at noon", CAR: "A car in the river"}


@pytest.fixture
def event(db):
    return EventFactory(approved=True, headline="A bridge is closed")


@pytest.fixture
def desk(window, live_server):
    """A window of their own in which somebody is signed in to the desk, and where it is."""

    def opened(person):
        page = window()
        # Colours that go over into others slowly are seen halfway, and are none of ours.
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{live_server.url}/desk/")
        page.fill("[name=username]", person.username)
        page.fill("[name=password]", person.username * 2)
        page.click("[type=submit]")
        page.wait_for_selector("#logout-form")
        return page

    return opened


@pytest.fixture
def reader(chromium):
    """Somebody who reads without scripts."""
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_two_of_three_files_become_pictures_that_readers_see_until_their_licence_ends(
    desk, reader, live_server, editor, moderator, event, axe
):
    site, day = live_server.url, f"{live_server.url}/the-flood/day-3/"
    at_desk = desk(editor)
    take_in(at_desk, site)
    assert axe(at_desk) == []
    give_rights(at_desk, until=timezone.now().date() + timedelta(days=1))
    describe(at_desk, site)
    put_into(at_desk, site, event)

    publish(at_desk, site, event)
    expect(at_desk.locator(".messagelist")).to_contain_text("It is not approved yet.")
    approve(desk(moderator), site)
    publish(at_desk, site, event)
    expect(at_desk.locator(".messagelist")).to_contain_text("Published")

    reader.goto(day)
    expect(reader.locator(f"figure img[alt='{ALT[BRIDGE]}']")).to_be_visible()
    ask_for_the_covered_one(reader)

    Worker("test").pass_once(timezone.now() + timedelta(days=3))
    reader.goto(day)
    expect(reader.locator(".event figure")).to_have_count(0)
    reader.get_by_role("link", name="A bridge is closed").click()
    expect(reader.locator(".history")).to_contain_text(
        re.compile(r"A picture was taken down: Its licence end(s|ed) on \d+ \w+ \d{4}\.")
    )


def take_in(page, site):
    """Three files, one of them broken: it says so beside that one alone."""
    page.goto(f"{site}/desk/events/material/add/")
    files = [
        sent(BRIDGE, saved(scene(400, 300))),
        sent(BROKEN, saved(scene(300, 200))[:-900]),
        sent(CAR, saved(scene(300, 400), "PNG"), "image/png"),
    ]
    drop(page, "[data-drop]", files)
    expect(page.locator("[data-sum]")).to_have_text("2 of 3 taken in, 1 not.")
    refused = page.locator(".taken li.refused")
    expect(refused.locator("b")).to_have_text(BROKEN)
    expect(refused.locator("p")).to_contain_text("damaged")
    assert set(Material.objects.values_list("asset__name", flat=True)) == {BRIDGE, CAR}


def give_rights(page, *, until):
    page.get_by_role("button", name="Give them one credit and one right").click()
    page.get_by_label("Credit", exact=True).fill("A. Silva")
    page.get_by_label("Rights", exact=True).select_option("CC-BY-4.0")
    page.get_by_label("Licence ends", exact=True).fill(until.isoformat())
    page.get_by_role("button", name="Save for 2 media").click()
    expect(page.locator(".messagelist")).to_contain_text("Changed: 2 media.")


def describe(page, site):
    for name in (BRIDGE, CAR):
        page.goto(f"{site}/desk/events/material/")
        page.locator("#result_list a.tile", has_text=name).click()
        page.get_by_label("Caption", exact=True).fill(CAPTION[name])
        page.get_by_label("Alternative text", exact=True).fill(ALT[name])
        page.get_by_label("Graphic", exact=True).select_option("graphic" if name == CAR else "none")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".messagelist .success")).to_be_visible()


def put_into(page, site, event):
    """Both, in order, by the box that looks for them."""
    page.goto(f"{site}/desk/events/event/{event.pk}/change/")
    for row, name in enumerate((BRIDGE, CAR)):
        page.get_by_role("button", name="Add another Medium").click()
        page.locator(f"#uses-{row} .select2-selection").click()
        page.locator(".select2-search__field").last.fill(CAPTION[name])
        page.locator(".select2-results__option", has_text=CAPTION[name]).click()
        page.locator(f"#id_uses-{row}-position").fill(str(row))
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def publish(page, site, event):
    page.goto(f"{site}/desk/events/event/{event.pk}/change/")
    page.get_by_role("button", name="Publish").first.click()


def approve(page, site):
    page.goto(f"{site}/desk/review/")
    for _ in range(2):
        name = page.locator("#item-name").inner_text()
        page.get_by_role("button", name="Approve").first.click()
        expect(page.locator(".messagelist")).to_contain_text(f"Approved: “{name}”")


def ask_for_the_covered_one(reader):
    covered = reader.locator("figure", has_text="It is blurred until you ask for it.")
    blurred = covered.locator("img").get_attribute("src")
    covered.get_by_role("link", name="Show it").click()
    shown = reader.locator("figure.large img")
    expect(shown).to_have_attribute("alt", ALT[CAR])
    assert shown.get_attribute("src") != blurred


def tab_to(page, selector, *, most=150):
    """By Tab alone, to what ``selector`` names."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}.")


def press(page, selector):
    """The button or link, by the keyboard; what it does is waited for by who asks."""
    tab_to(page, selector)
    page.keyboard.press("Enter")


def type_into(page, **words):
    for name, typed in words.items():
        tab_to(page, f"[name={name}]")
        page.keyboard.type(typed)


def test_by_keyboard_alone(desk, live_server, editor, moderator, event):
    site, at_desk = live_server.url, desk(editor)
    choose_and_describe(at_desk, site)
    cover_a_part(at_desk)
    put_into_by_keys(at_desk, site, event)

    at_review = desk(moderator)
    at_review.goto(f"{site}/desk/review/")
    press(at_review, "button.approve")
    expect(at_review.locator(".messagelist")).to_contain_text("Approved")
    at_desk.goto(f"{site}/desk/events/event/{event.pk}/change/")
    press(at_desk, "#verb-publish")
    expect(at_desk.locator(".messagelist")).to_contain_text("Published")

    at_desk.goto(f"{site}/the-flood/day-3/")
    press(at_desk, ".covered a")
    expect(at_desk.locator("figure.large img")).to_have_attribute("alt", ALT[CAR])
    press(at_desk, ".covered a")
    expect(at_desk.get_by_role("link", name="Show it").first).to_be_visible()


def choose_and_describe(page, site):
    file = {"name": CAR, "mimeType": "image/png", "buffer": saved(scene(300, 200), "PNG")}
    # Before the page is there: asked for at the same moment, the window opens that no test can use.
    page.on("filechooser", lambda window: window.set_files([file]))
    page.goto(f"{site}/desk/events/material/add/")
    press(page, "[type=file]")
    page.get_by_role("link", name="Describe it").wait_for()
    press(page, ".taken .done a")
    page.wait_for_selector("[name=alt]")
    type_into(page, caption=CAPTION[CAR], alt=ALT[CAR], credit="A. Silva", rights="Own", graphic="Gr")
    press(page, "[name=_continue]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    known = Material.objects.get()
    assert (known.caption, known.alt) == (CAPTION[CAR], ALT[CAR])
    assert (known.rights, known.graphic) == ("own", "graphic")


def cover_a_part(page):
    """In numbers: a box can be drawn, and need not be."""
    press(page, ".at-hand a")
    page.wait_for_selector("[data-cover]")
    for name, typed in {"x": "10", "y": "20", "width": "100", "height": "50"}.items():
        tab_to(page, f"[name$='-0-{name}']")
        page.keyboard.type(typed)
    press(page, "[name=cover]")
    expect(page.locator(".messagelist")).to_contain_text("Covered.")
    assert Material.objects.get().shown.boxes == [[10, 20, 100, 50]]


def put_into_by_keys(page, site, event):
    page.goto(f"{site}/desk/events/event/{event.pk}/change/")
    press(page, "#uses-group .add-row a")
    tab_to(page, "#uses-0 .select2-selection")
    page.keyboard.press("Enter")
    page.wait_for_selector(".select2-container--open .select2-search__field:focus")
    page.keyboard.type(CAPTION[CAR])
    page.wait_for_selector(f".select2-results__option--highlighted:has-text('{CAPTION[CAR]}')")
    page.keyboard.press("Enter")
    press(page, "[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert event.uses.get().material.caption == CAPTION[CAR]
