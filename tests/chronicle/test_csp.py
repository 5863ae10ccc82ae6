"""What the browser of a reader is told, and what it is never asked to load or keep."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from events.editorial import publishing
from tests.support.cast import approve_all, fresh, make_event, publish
from tests.support.reading import without_data
from tests.support.record import make_story

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SHEETS = ["fonts.css", "leaf.css", "list.css", "overview.css", "print.css", "site.css", "tokens.css"]
LOADED = (
    r"<(?:link(?! rel=\"(?:canonical|alternate)\")|img|script|iframe|source|video|audio|object|embed|use)\b"
    r"[^>]*?(?:href|src|data)=\"([^\"]*)\""
)


@pytest.fixture
def addresses(published, day, kind, source, editor, moderator):
    """Every kind of public page, with the status that it answers."""
    make_story(title="Another", slug="another")
    gone = make_event(editor, day, kind, headline="A rumour", source=source, quote="They say so.")
    approve_all(gone, moderator)
    publish(gone, editor)
    publishing.withdraw(gone, by=editor, seen=gone.version, reason="Nobody had said so.")
    kept, withdrawn = (fresh(event).printed.number for event in (published, gone))
    return {
        "/": 200,
        "/another/": 200,
        "/the-flood/": 200,
        "/the-flood/day-3/": 200,
        "/the-flood/day-2/": 200,
        "/the-flood/day-3/?kind=1&part=afternoon": 200,
        "/the-flood/day-3/?kind=99": 200,
        "/the-flood/timeline/?q=bridge": 200,
        "/the-flood/timeline/suggest/?q=b": 200,
        "/the-flood/2021-03-03/": 301,
        f"/the-flood/entry/{kept}/": 200,
        f"/the-flood/entry/{withdrawn}/": 410,
        "/the-flood/day-77/": 404,
        "/no-such/": 404,
    }


def each(client, addresses):
    for address, status in addresses.items():
        response = client.get(address)
        assert response.status_code == status, address
        yield address, response


def test_every_public_page_has_the_strict_policy(client, addresses):
    found = {response["Content-Security-Policy"] for _, response in each(client, addresses)}

    assert found == {POLICY}


def test_other_headers_keep_a_page_to_itself(client, addresses):
    for address, response in each(client, addresses):
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["Referrer-Policy"] == "same-origin", address
        assert response["X-Frame-Options"] == "DENY", address


def test_no_page_has_a_style_or_a_script_of_its_own(client, addresses):
    for address, response in each(client, addresses):
        html = without_data(response).lower()
        assert "<script" not in html, address
        assert "<style" not in html, address
        assert not re.search(r"<[^>]*\s(style|on\w+)=", html), address
        assert "javascript:" not in html, address


def test_nothing_is_loaded_from_elsewhere(client, addresses):
    loaded = set()
    for _, response in each(client, addresses):
        loaded |= {unescape(address) for address in re.findall(LOADED, response.content.decode())}

    ours = {f"/static/chronicle/{name}" for name in ("favicon.svg", *SHEETS)}
    assert loaded == {*ours, "/static/django_htmx/htmx-2.min.js", "/static/chronicle/live.js"}


@pytest.mark.parametrize("name", SHEETS)
def test_style_sheets_load_only_what_lies_beside_them(name):
    sheet = Path(finders.find(f"chronicle/{name}"))
    text = sheet.read_text()

    assert "@import" not in text
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
        assert (sheet.parent / address).is_file(), address


def test_a_reader_is_given_no_cookie_and_pages_do_not_vary_by_one(client, addresses):
    for address, response in each(client, addresses):
        assert not response.cookies, address
        assert "cookie" not in response.get("Vary", "").lower(), address


def test_a_person_of_the_desk_gets_the_very_same_pages(client, addresses, editor):
    seen_by_all = {address: response.content for address, response in each(client, addresses)}
    client.force_login(editor)

    for address, response in each(client, addresses):
        assert response.content == seen_by_all[address]
        assert "cookie" not in response.get("Vary", "").lower(), address
        assert not response.cookies, address
