"""Files that are a page or a script as well, in Chromium: none runs in the site's origin, however opened."""

import hashlib
from contextlib import suppress

import pytest
from playwright.sync_api import Error

from events.editorial import materials, publishing
from media import storage
from tests.support.browser import sign_in
from tests.support.cast import fresh
from tests.support.factories import EventFactory, PersonFactory, show
from tests.support.hostile_files import DRAWING, PAGE, POLYGLOTS, script_of_a_gif
from tests.support.media import COMPLETE
from tests.support.pictures import files_in, upload

pytestmark = pytest.mark.django_db(transaction=True)

ENDINGS = ("jpg", "webp", "avif", "pdf", "txt")
FEW = 12
SETTLED = 400
"""Milliseconds after which what runs at all has run."""


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


@pytest.fixture
def heard(context):
    """Where scripts of hostile files ran, in any frame of any tab."""
    origins = []
    context.expose_binding("ran", lambda source, origin: origins.append(origin))
    return origins


def visit(page, site, addresses):
    """Open each address by itself, then all in every element that loads one, on a page of the site."""
    for address in addresses:
        # What is to be saved is no page.
        with suppress(Error):
            page.goto(site + address)
    elements = (
        '<img src="{0}"><iframe src="{0}"></iframe><object data="{0}"></object><embed src="{0}">'
        '<script src="{0}"></script><link rel="stylesheet" href="{0}">'
    )
    for number in range(0, len(addresses), FEW):
        frames = "".join(elements.format(address) for address in addresses[number : number + FEW])
        route(page, f"{site}/frames-{number}", f"<!doctype html>{frames}", "text/html")
        page.goto(f"{site}/frames-{number}")
        page.wait_for_timeout(SETTLED)


def route(page, address, body, content_type):
    page.route(address, lambda route: route.fulfill(body=body, content_type=content_type))


def served_as(page, site, content, content_type):
    """An address of the site's origin where ``content`` is, without what the site says of its files."""
    address = f"/{hashlib.sha256(content).hexdigest()}"
    route(page, site + address, content, content_type)
    return address


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        *((make(), "text/html") for name, make in POLYGLOTS.items() if name in ("comment.jpg", "late.txt")),
        (PAGE, "text/html"),
        (DRAWING, "image/svg+xml"),
        (script_of_a_gif(), "text/javascript"),
    ],
    ids=["comment", "text", "page", "drawing", "script"],
)
def test_control_where_a_script_runs_it_is_heard(page, live_server, heard, content, content_type):
    visit(page, live_server.url, [served_as(page, live_server.url, content, content_type)])

    assert live_server.url in heard


@pytest.fixture
def all_persons(db):
    return PersonFactory(username="all", groups=("Editors", "Moderators"))


@pytest.fixture
def taken(story, editor, moderator):
    """Every such file taken in, approved, and shown by an entry."""
    media = []
    for name, make in POLYGLOTS.items():
        added = materials.add(story, upload(make(), name), by=editor)
        words = {name: value for name, value in COMPLETE.items() if name != "taken"}
        media.append(materials.change(added, by=editor, seen=1, **words))
        materials.approve(media[-1], by=moderator, seen=2)
    event = show(EventFactory(approved=True), *media)
    publishing.publish(event, by=editor, seen=event.version)
    return [fresh(material) for material in media]


def test_neither_readers_nor_the_desk_get_anything_of_them_that_runs(
    page, live_server, heard, taken, all_persons, media_folder
):
    site, desk = live_server.url, "/desk/events/material/"
    names = [path.name for path in files_in(media_folder / "public")]
    pictures = [material for material in taken if material.asset.kind == "picture"]
    assert len(names) >= 3 * len(pictures) >= 30

    for path in ("/the-flood/day-3/", "/the-flood/entry/1/", "/the-flood/media/", "/the-flood/asset/1/"):
        page.goto(site + path)
    visit(page, site, [f"/media/{name[:2]}/{name}" for name in names])
    sign_in(page, live_server, all_persons)
    for path in (desk, "/desk/review/"):
        page.goto(site + path)
    visit(page, site, [f"{desk}{each.pk}/picture/{each.asset_id}/480/" for each in pictures])
    for material in taken:
        page.goto(f"{site}{desk}{material.pk}/change/")
        with page.expect_download() as saved:
            page.click("text=Save the original")
        assert saved.value.path().read_bytes() == storage.original(material.asset.sha256).read_bytes()

    assert heard == []


def test_even_were_such_a_file_public_it_would_run_nothing(page, live_server, heard, media_folder):
    addresses = []
    for content in (PAGE, DRAWING, *(make() for make in POLYGLOTS.values())):
        name = hashlib.sha256(content).hexdigest()
        for ending in ENDINGS:
            place = storage.public(f"{name}.{ending}")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            addresses.append(f"/media/{name[:2]}/{place.name}")

    visit(page, live_server.url, addresses)

    assert heard == []
