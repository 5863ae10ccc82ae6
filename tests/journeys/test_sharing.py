"""Somebody shares a link, and a machine reads what it leads to."""

import json

import pytest

from tests.support.reading import DATA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("address", ["/the-flood/", "/the-flood/day-3/", "/the-flood/entry/1/"])
def test_the_block_of_data_is_read_and_breaks_no_policy(page, live_server, published, address):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(live_server.url + address)
    data = json.loads(page.locator("script[type='application/ld+json']").text_content())

    assert data["@context"] == "https://schema.org"
    assert page.locator("head link[rel=canonical]").get_attribute("href") == live_server.url + address
    assert said == []


def test_control_a_script_would_break_it(page, live_server, published):
    said = []
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{live_server.url}/the-flood/")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: '1'}))")
    page.wait_for_timeout(200)

    assert "Content Security Policy" in "".join(said)


def test_a_viewer_of_links_is_sent_a_picture_that_a_browser_shows(page, live_server, published):
    page.goto(f"{live_server.url}/the-flood/day-3/")
    address = page.locator('meta[property="og:image"]').get_attribute("content")

    answer = page.goto(address)

    assert answer.headers["content-type"] == "image/png"
    assert page.locator("img").evaluate("image => [image.naturalWidth, image.naturalHeight]") == [1200, 630]
    assert not DATA.search(page.content())
