"""Pictures with a canary in each place that a format has for words, from the desk to all that readers get."""

import random

import pytest

from chronicle.models import Sheet
from events.editorial import materials
from events.models import Material, Story
from media import storage
from tests.support import canaries
from tests.support.canaries import canary, sings
from tests.support.chance import SEED, tries
from tests.support.crawling import crawl
from tests.support.desk import Desk
from tests.support.factories import EventFactory, fresh, show
from tests.support.pictures import files_in, upload

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {"caption": "The old bridge", "alt": "A bridge of stone.", "credit": "A. Silva", "rights": "own"}


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


def told_of(editor, moderator, content, name) -> Material:
    """The medium of an upload, described by an editor and approved by a moderator, all at the desk."""
    desk = Desk(editor)
    [taken] = desk.client.post(
        "/desk/events/material/add/",
        {"story": Story.objects.get().pk, "file": upload(content, name)},
        headers={"accept": "application/json"},
    ).json()["files"]
    return approved(Material.objects.get(pk=taken["pk"]), editor, moderator, **WORDS)


def approved(material, editor, moderator, **words) -> Material:
    desk = Desk(editor)
    if words:
        assert desk.save(desk.open(material), **words).status_code == 302
    seen = fresh(material).version
    Desk(moderator).post("review", data={"medium": material.pk, "verb": "approve", "seen": seen})
    assert fresh(material).state == "approved"
    return fresh(material)


def test_from_the_desk_to_the_last_public_byte_they_stay_in_the_sealed_original(
    story, editor, moderator, media_folder
):
    chosen = random.Random(SEED).sample(sorted(canaries.FILES), tries(len(canaries.FILES)))
    contents = {(format, place): canaries.FILES[format, place]() for format, place in chosen}
    media = [
        told_of(editor, moderator, content, f"{canary('name')}-{place}.{format}")
        for (format, place), content in contents.items()
    ]
    covered = materials.cover(media[0], [(0, 0, 9, 9)], by=editor, seen=media[0].version)
    media[0] = approved(covered, editor, moderator)
    event = show(EventFactory(approved=True), *media)
    Desk(editor).press(event, "publish")

    found = crawl()

    assert [address for address, content in found.items() if sings(content)] == []
    assert [sheet.pk for sheet in Sheet.objects.all() if sings(repr(sheet.document).encode())] == []
    public = set(files_in(media_folder / "public"))
    assert {f"/media/{path.name[:2]}/{path.name}" for path in public} <= set(found)
    # Of the same pixels with the same words the files are the same.
    assert len(public) >= 9
    assert [path for path in files_in(media_folder / "renditions") if sings(path.read_bytes())] == []
    for material, content in zip(media, contents.values(), strict=True):
        assert sings(content)
        assert storage.original(material.asset.sha256).read_bytes() == content

    # A control: what is said in words is read by everybody, and heard here.
    approved(media[-1], editor, moderator, caption=canary("caption"))
    assert "/the-flood/entry/1/" in [address for address, content in crawl().items() if sings(content)]
