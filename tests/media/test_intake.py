"""An upload becomes an asset: whole, or not at all."""

import hashlib
import stat
from pathlib import Path

import pytest
from django.core.files.base import File

from media import intake, storage
from media.limits import LARGEST
from media.models import Asset, Custody
from media.probing import Refused
from tests.support.factories import PersonFactory
from tests.support.pictures import OURS, THEIRS, files_in, saved, scene, take, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


def test_a_picture_is_kept_as_it_came_with_its_facts(media_folder):
    content = saved(scene(320, 200), exif=_turned(6))

    asset = take(content, "Bridge.jpg", declared="image/jpeg", by=PersonFactory(editor=True))

    asset.refresh_from_db()
    assert asset.sha256 == hashlib.sha256(content).hexdigest()
    assert (asset.kind, asset.mime, asset.byte_count) == ("picture", "image/jpeg", len(content))
    assert (asset.width, asset.height, asset.frames) == (200, 320, 1)
    assert (asset.name, asset.collection, asset.boxes) == ("Bridge.jpg", OURS, [])
    assert -(2**63) <= asset.likeness < 2**63
    [file] = files_in(media_folder)
    assert file == storage.original(asset.sha256)
    assert file.read_bytes() == content


def _turned(orientation: int) -> bytes:
    exif = scene(1, 1).getexif()
    exif[0x0112] = orientation
    return exif.tobytes()


def test_who_added_it_is_written_down():
    asset = take(saved(scene()), by=PersonFactory(editor=True))

    [told] = asset.custody.all()
    assert (told.verb, told.by_name, told.by.username) == ("added", "editor", "editor")


def test_a_document_has_no_size_and_no_likeness():
    asset = take(b"Ein Text.\n", "note.txt", declared="text/plain")

    assert (asset.kind, asset.mime, asset.width, asset.likeness) == ("document", "text/plain", None, None)


def test_originals_are_closed_to_others(media_folder):
    asset = take(saved(scene()))

    assert stat.S_IMODE(storage.original(asset.sha256).stat().st_mode) == 0o600
    assert stat.S_IMODE((media_folder / "originals").stat().st_mode) == 0o700
    assert stat.S_IMODE((media_folder / "incoming").stat().st_mode) == 0o700


def test_the_same_bytes_are_the_same_asset_in_one_collection():
    first, again = take(saved(scene())), take(saved(scene()), "other.jpg")

    assert first == again
    assert (Asset.objects.count(), Custody.objects.count()) == (1, 1)


def test_across_collections_the_file_alone_is_kept_once(media_folder):
    ours, theirs = take(saved(scene())), take(saved(scene()), collection=THEIRS)

    assert ours != theirs
    assert len(list(files_in(media_folder))) == 1


def test_a_file_larger_than_may_be_is_refused_as_it_comes_without_a_trace(media_folder):
    class Endless(File):
        sent = 0

        def chunks(self, chunk_size=None):
            while True:
                self.sent += 1
                yield b"\xff\xd8\xff" + b"x" * (1024 * 1024)

    endless = Endless(None)

    with pytest.raises(Refused, match="more than 50 MB"):
        intake.take(endless, collection=OURS, by=None, name="x.jpg")

    assert endless.sent == LARGEST // (1024 * 1024 + 3) + 1
    assert (Asset.objects.count(), list(files_in(media_folder))) == (0, [])


def test_what_is_refused_leaves_no_trace(media_folder):
    with pytest.raises(Refused):
        take(saved(scene())[:-500])

    assert (Asset.objects.count(), list(files_in(media_folder))) == (0, [])


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\photos\\x.jpg", "x.jpg"),
        ("a\x00b\u202egpj.jpg", "abgpj.jpg"),
        ("  .hidden.jpg ", "hidden.jpg"),
        ("e\u0301te\u0301.jpg", "été.jpg"),
        ("", "unnamed"),
        ("/", "unnamed"),
        ("x" * 300 + ".jpeg", "x" * 250 + ".jpeg"),
        ("y" * 300, "y" * 255),
    ],
)
def test_a_name_is_cleaned(said, name):
    assert intake.cleaned(said) == name


def test_whoever_opens_the_original_is_written_down():
    content = saved(scene())
    asset, moderator = take(content), PersonFactory(moderator=True)

    with intake.open_original(asset, by=moderator) as file:
        assert file.read() == content
    intake.open_original(asset, by=moderator, verb="copied").close()

    assert [(told.verb, told.by_name) for told in asset.custody.all()] == [
        ("added", ""),
        ("opened", "moderator"),
        ("copied", "moderator"),
    ]


def test_where_to_look_is_kept_and_written_down():
    asset = take(saved(scene()))

    intake.focus(asset, 0.25, 0.5, by=None)

    asset.refresh_from_db()
    assert (asset.focus_x, asset.focus_y) == (0.25, 0.5)
    assert asset.custody.last().note == "0.250, 0.500"


def test_a_file_that_somebody_else_left_behind_is_taken_over(media_folder):
    content = saved(scene())
    lost = storage.original(hashlib.sha256(content).hexdigest())
    lost.parent.mkdir(parents=True)
    lost.write_bytes(b"cut off")

    take(content)

    assert lost.read_bytes() == content


def test_an_upload_with_a_path_of_its_own_is_read_too(tmp_path: Path):
    path = tmp_path / "x.jpg"
    path.write_bytes(saved(scene()))

    with path.open("rb") as file:
        asset = intake.take(File(file), collection=OURS, by=None, name="x.jpg")

    assert asset.width == 320
    assert upload(b"x").size == 1
