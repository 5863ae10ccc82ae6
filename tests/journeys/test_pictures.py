"""A reader and pictures, in a browser: without a script, with no other host asked, and nothing to upset."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from events import press
from events.editorial import materials, publishing
from tests.support.factories import EventFactory
from tests.support.media import make_material, take_down, use

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media_folder")]

DAY, MEDIA = "/the-flood/day-3/", "/the-flood/media/"
ASSETS = ("/the-flood/asset/1/", "/the-flood/asset/2/", "/the-flood/asset/2/?show=yes")
LOADED = "image => image.complete && image.naturalWidth"


@pytest.fixture
def told(editor):
    """A day with an entry that shows a picture and one that may upset."""
    plain = make_material(width=1000, height=700)
    upsetting = make_material(width=500, graphic="upsetting", caption="A car in the river")
    event = use(EventFactory(approved=True, headline="A bridge is closed"), plain, upsetting)
    publishing.publish(event, by=editor, seen=event.version)
    return plain


@pytest.fixture
def unscripted(chromium):
    context = chromium.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def width_of(picture):
    """How wide the file is that a browser took, once it is there."""
    picture.scroll_into_view_if_needed()
    picture.page.wait_for_function("image => image.complete", arg=picture.element_handle())
    return picture.evaluate(LOADED)


def test_every_page_with_pictures_is_for_everybody(told, page, live_server, axe):
    hosts, said = set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("console", lambda message: said.append(message.text))

    for path in (DAY, "/the-flood/entry/1/", *ASSETS, MEDIA, f"{MEDIA}?part=night&q=nothing"):
        page.goto(live_server.url + path)
        for picture in page.locator("main img").all():
            assert width_of(picture), path
        assert axe(page) == [], path
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page) == [], f"{path} on a phone"
        page.set_viewport_size({"width": 1280, "height": 900})

    assert hosts == {urlsplit(live_server.url).netloc}
    assert said == []


def test_a_browser_takes_a_size_that_is_enough(told, page, live_server):
    page.goto(live_server.url + DAY)

    first = page.locator("main img").first
    width_of(first)
    assert first.evaluate("image => image.currentSrc").endswith(".avif")
    assert first.evaluate("image => image.getBoundingClientRect().width") <= 520


def test_a_tile_is_cut_about_what_was_pointed_at(told, page, live_server, editor):
    position = "image => getComputedStyle(image).objectPosition"
    page.goto(live_server.url + MEDIA)
    assert page.locator(".media img").last.evaluate(position) == "50% 50%"

    materials.focus(told, 0.0, 0.75, by=editor)

    page.reload()
    assert page.locator(".media img").last.evaluate(position) == "0% 80%"


def test_what_may_upset_is_asked_for_without_a_script(told, unscripted, live_server):
    unscripted.goto(live_server.url + DAY)
    covered = unscripted.locator("figure", has_text="It is blurred until you ask for it")
    blurred = covered.locator("img").get_attribute("src")

    covered.get_by_role("link", name="Show it").click()

    expect(unscripted).to_have_url(re.compile(r"\?show=yes$"))
    shown = unscripted.locator("figure.large img")
    expect(shown).not_to_have_attribute("src", blurred)
    unscripted.get_by_role("link", name="Blur it again").click()
    expect(shown).to_have_attribute("src", blurred)


def test_a_licence_ends_and_the_picture_goes(told, page, live_server):
    page.goto(live_server.url + DAY)
    file = page.locator("main img").first.get_attribute("src")
    reason = "A picture was taken down: its licence ended on 5 March 2021."

    press.print_material(take_down(told, "Its licence ended on 5 March 2021."), by=None, note=reason)

    page.goto(live_server.url + DAY)
    expect(page.locator("main img")).to_have_count(1)
    page.goto(f"{live_server.url}/the-flood/entry/1/")
    assert reason in page.locator(".history").inner_text()
    assert page.goto(live_server.url + file).status == 404
