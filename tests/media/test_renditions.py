"""Copies of pictures: made, shown to readers, taken down, swept away."""

import os
import stat
import time

import pytest
from django.db import transaction

from media import intake, renditions, storage
from media.models import Custody, Publication, Rendition
from tests.support.factories import PersonFactory
from tests.support.pictures import THEIRS, files_in, read, saved, scene, take

pytestmark = pytest.mark.django_db

HOUR = 3600


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


@pytest.fixture
def picture():
    return take(saved(scene(600, 400)), by=PersonFactory(editor=True))


@pytest.fixture
def copies(picture):
    return renditions.make(picture)


def hashes(copies) -> list[str]:
    return [copy.sha256 for copy in copies]


def public_files(media_folder) -> set[str]:
    return {path.name for path in files_in(media_folder / "public")}


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """What a commit does, done when the block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_copies_are_made_in_each_size_and_format(picture, copies):
    assert {(copy.width, copy.height, copy.format, copy.blurred) for copy in copies} == {
        (width, height, format, blurred)
        for width, height, blurred in ((480, 320, False), (480, 320, True), (600, 400, False))
        for format in ("avif", "webp", "jpeg")
    }
    for copy in copies:
        content = storage.rendition(copy.filename).read_bytes()
        assert (len(content), read(content).size) == (copy.byte_count, (copy.width, copy.height))
        assert storage.digest(storage.rendition(copy.filename)) == (copy.sha256, copy.byte_count)
    assert copies[0].filename == f"{copies[0].sha256}.avif"
    assert {copy.mime for copy in copies} == {"image/avif", "image/webp", "image/jpeg"}
    assert picture.custody.last().verb == "rendered"
    assert sorted(picture.custody.last().hashes) == sorted(hashes(copies))


def test_made_again_they_are_the_same_rows(picture, copies):
    again = renditions.make(picture, by=PersonFactory(editor=True))

    assert [copy.pk for copy in again] == [copy.pk for copy in copies]
    assert picture.custody.filter(verb="rendered").count() == 1


def test_with_other_words_they_are_others_and_the_words_are_kept(picture, copies):
    words = {"credit": "A. Person", "rights": "CC BY 4.0", "source_type": "digitalCapture"}

    others = renditions.make(picture, imprint=words)

    assert not set(hashes(others)) & set(hashes(copies))
    assert Rendition.objects.count() == len(copies)
    picture.refresh_from_db()
    assert picture.imprint == words
    assert hashes(renditions.make(picture)) == hashes(others)


@pytest.mark.parametrize(
    ("content", "name"), [(b"Sim. \xc3\xa9\n", "x.txt"), (b"%PDF-1.4\n/Author (Ana)\n%%EOF\n", "x.pdf")]
)
def test_the_copy_of_a_document_is_the_file_as_it_came(content, name, media_folder, commit):
    document = take(content, name)

    [copy] = renditions.make(document, imprint={"credit": "Ana Reis"})
    with commit():
        renditions.publish(document, [copy.sha256])

    ending = name[-3:]
    assert (copy.format, copy.sha256, copy.byte_count) == (ending, document.sha256, len(content))
    assert (copy.width, copy.height, copy.blurred) == (None, None, False)
    assert public_files(media_folder) == {f"{document.sha256}.{ending}"}
    place = storage.public(copy.filename)
    assert (place.read_bytes(), stat.S_IMODE(place.stat().st_mode)) == (content, 0o644)
    # The original stays closed, and is no second name of what readers get.
    assert stat.S_IMODE(storage.original(document.sha256).stat().st_mode) == 0o600
    assert storage.original(document.sha256).stat().st_nlink == 1
    assert [copy] == renditions.make(document)
    with commit():
        renditions.take_down([copy.sha256])
    assert public_files(media_folder) == set()


def test_a_document_that_has_other_bytes_by_now_is_not_copied(media_folder):
    document = take(b"words", "x.txt")
    storage.original(document.sha256).write_bytes(b"wards")

    with pytest.raises(intake.Refused, match="other bytes"):
        renditions.make(document)

    assert list(files_in(media_folder / "renditions")) == []


def test_nothing_is_public_until_it_is_published(picture, copies, media_folder, commit):
    assert public_files(media_folder) == set()

    with commit():
        renditions.publish(picture, hashes(copies[:2]), by=PersonFactory(moderator=True))

    assert public_files(media_folder) == {copy.filename for copy in copies[:2]}
    for copy in copies[:2]:
        file = storage.public(copy.filename)
        assert file == media_folder / "public" / copy.sha256[:2] / copy.filename
        assert file.read_bytes() == storage.rendition(copy.filename).read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o644
    told = picture.custody.last()
    assert (told.verb, told.by_name, told.hashes) == ("published", "moderator", sorted(hashes(copies[:2])))


def test_published_again_it_is_told_once(picture, copies, commit):
    for _ in range(2):
        with commit():
            renditions.publish(picture, hashes(copies))

    assert picture.custody.filter(verb="published").count() == 1
    assert Publication.objects.count() == len(copies)


@pytest.mark.parametrize("wrong", ["0" * 64, "../../x", ""])
def test_what_is_no_copy_of_the_picture_is_not_published(picture, copies, wrong, media_folder):
    with pytest.raises(ValueError, match="names no rendition"):
        renditions.publish(picture, [copies[0].sha256, wrong])

    assert public_files(media_folder) == set()


def test_nor_is_another_pictures(picture, copies):
    other = take(saved(scene(500, 300)))

    with pytest.raises(ValueError, match="names no rendition"):
        renditions.publish(other, hashes(copies))


def test_taken_down_readers_get_it_no_longer(picture, copies, media_folder, commit):
    with commit():
        renditions.publish(picture, hashes(copies))

    with commit():
        renditions.take_down(hashes(copies[:1]), note="The licence ended.")
        assert copies[0].filename in public_files(media_folder)

    assert public_files(media_folder) == {copy.filename for copy in copies[1:]}
    told = picture.custody.last()
    assert (told.verb, told.hashes, told.note) == ("taken down", [copies[0].sha256], "The licence ended.")
    assert storage.rendition(copies[0].filename).exists()


def test_taken_down_in_a_transaction_that_fails_it_stays(picture, copies, media_folder, commit):
    with commit():
        renditions.publish(picture, hashes(copies))

    with commit(), pytest.raises(RuntimeError), transaction.atomic():
        renditions.take_down(hashes(copies))
        raise RuntimeError

    assert public_files(media_folder) == {copy.filename for copy in copies}
    assert Publication.objects.count() == len(copies)


def test_taken_down_for_one_it_stays_for_the_other(picture, copies, media_folder, commit):
    """Two stories may have the same picture, one with leave and one without."""
    theirs = take(saved(scene(600, 400)), collection=THEIRS)
    assert hashes(renditions.make(theirs)) == hashes(copies)
    with commit():
        renditions.publish(picture, hashes(copies))
        renditions.publish(theirs, hashes(copies))

    with commit():
        renditions.take_down(hashes(copies), asset=picture)
    assert len(public_files(media_folder)) == len(copies)

    with commit():
        renditions.take_down(hashes(copies))
    assert public_files(media_folder) == set()
    assert [told.asset for told in Custody.objects.filter(verb="taken down")] == [picture, theirs]


def test_what_was_public_stays_so_when_the_copies_are_made_anew(picture, copies, media_folder, commit):
    with commit():
        renditions.publish(picture, hashes(copies))

    renditions.make(picture, imprint={"credit": "A. Person"})
    age(media_folder, HOUR)
    renditions.prune()

    assert public_files(media_folder) == {copy.filename for copy in copies}
    with commit():
        renditions.take_down(hashes(copies))
    assert public_files(media_folder) == set()


def test_nothing_taken_down_is_nothing_told():
    renditions.take_down([])
    renditions.take_down(["0" * 64])

    assert Custody.objects.count() == 0


def age(folder, seconds: float) -> None:
    then = time.time() - seconds
    for path in files_in(folder):
        os.utime(path, (then, then))


def test_what_nothing_names_is_swept_away_once_it_is_old(picture, copies, media_folder, commit):
    with commit():
        renditions.publish(picture, hashes(copies[:1]))
    kept = set(files_in(media_folder))
    lost = [
        media_folder / "incoming" / "half",
        storage.original("a" * 64),
        storage.rendition("b" * 64 + ".webp"),
        storage.public("c" * 64 + ".jpg"),
        storage.public(copies[1].filename),
    ]
    for path in lost:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"lost")

    assert renditions.prune() == []
    age(media_folder, HOUR + 1)
    assert sorted(renditions.prune()) == sorted(lost)

    assert set(files_in(media_folder)) == kept


def test_a_file_that_comes_while_it_is_swept_is_left(media_folder):
    content = saved(scene())
    asset = take(content)
    place = storage.original(asset.sha256)
    age(media_folder, 2 * HOUR)

    again = intake.take(_Upload(content), collection=THEIRS, by=None, name="x.jpg")

    assert again.sha256 == asset.sha256
    assert not storage.remove_if_old(place, seconds=HOUR)
    assert not storage.remove_if_old(place.with_name("f" * 64), seconds=0)


class _Upload:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def chunks(self):
        yield self.content


def test_a_picture_whose_copies_cannot_be_made_has_none(picture, media_folder):
    storage.original(picture.sha256).write_bytes(b"\xff\xd8\xff and no more")

    with pytest.raises(intake.Refused):
        renditions.make(picture)

    assert (picture.renditions.count(), list(files_in(media_folder / "incoming"))) == (0, [])


def test_a_name_that_is_none_of_ours_leads_nowhere():
    for name in ("../../etc/passwd", "x", "a" * 63, "A" * 64, "a" * 64 + "/../x", "a" * 64 + ".jpg\n"):
        with pytest.raises(ValueError, match="no file of ours"):
            storage.public(name)
