"""Every file is looked at, byte for byte; what is not as it was is named in a sentence. And the commands."""

import os
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from media import checking, renditions, storage
from media.models import Publication, Rendition
from tests.support.emptying import unguarded
from tests.support.pictures import saved, scene, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shown(media_folder, django_capture_on_commit_callbacks):
    """Copies of a picture, all of them public."""
    picture = take(saved(scene(300, 200)))
    copies = renditions.make(picture)
    with django_capture_on_commit_callbacks(execute=True):
        renditions.publish(picture, [copy.sha256 for copy in copies])
    return copies


def called(command: str, *arguments: str) -> str:
    told = StringIO()
    call_command(command, *arguments, stdout=told, stderr=StringIO())
    return told.getvalue()


def test_all_is_well():
    told = []

    assert list(checking.problems(progress=lambda: told.append(1))) == []

    assert len(told) == checking.files_to_check() == 1 + 6 + 6


def original(copies):
    return storage.original(copies[0].asset.sha256)


def copy(copies):
    return storage.rendition(copies[0].filename)


def public(copies):
    return storage.public(copies[0].filename)


def changed(path):
    """One bit of a file, in a file of its own."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("which", "what"),
    [(original, "The original of asset "), (copy, "Rendition "), (public, "What readers get as ")],
)
def test_a_changed_bit_is_found_wherever_it_is(shown, which, what):
    changed(which(shown))

    [wrong] = checking.problems()
    assert wrong.startswith(what)
    assert wrong.endswith(" has other bytes than it had.")


@pytest.mark.parametrize(("which", "what"), [(original, "The original of asset "), (copy, "Rendition ")])
def test_a_file_that_is_missing_is_found(shown, which, what):
    which(shown).unlink()

    [wrong] = checking.problems()
    assert wrong.startswith(what)
    assert wrong.endswith(" is not there.")


def test_a_public_file_that_is_missing_is_found(shown):
    public(shown).unlink()

    assert list(checking.problems()) == [
        f"Readers cannot get {shown[0].filename}, which asset {shown[0].asset_id} names."
    ]


def test_a_file_that_nothing_publishes_is_found(shown):
    Publication.objects.filter(filename=shown[0].filename).delete()
    (public(shown).parent / "stray.html").write_text("<script>alert(1)</script>")
    elsewhere = public(shown).parent / shown[1].filename
    elsewhere.write_bytes(public(shown[1:]).read_bytes())

    folder = shown[0].filename[:2]
    assert sorted(checking.problems()) == sorted(
        f"Readers can get {folder}/{name}, which nothing names."
        for name in (shown[0].filename, shown[1].filename, "stray.html")
    )


def test_files_are_compared_with_those_that_readers_are_told_of(shown):
    told = [(copy.filename, "the record") for copy in shown[1:]] + [(f"{'d' * 64}.pdf", "the record")]

    assert sorted(checking.problems(lambda: told)) == [
        f"Asset {shown[0].asset_id} publishes {shown[0].filename}, of which readers are told nowhere.",
        f"Readers cannot get {'d' * 64}.pdf, which the record names.",
    ]


def test_a_file_that_readers_are_told_of_needs_no_row(shown):
    """As of a record that was carried elsewhere, without its desk."""
    told = [(copy.filename, "the record") for copy in shown]
    Publication.objects.all().delete()

    assert list(checking.problems(lambda: told)) == []
    assert len(list(checking.problems())) == len(shown)


def test_what_is_otherwise_only_for_a_moment_is_no_fault(shown):
    told = [(copy.filename, "the record") for copy in shown]
    answers = [[*told, (f"{'d' * 64}.pdf", "the record")], told]

    assert list(checking.problems(lambda: answers.pop(0))) == []
    assert answers == []


@pytest.mark.parametrize("folder", [storage.INCOMING, storage.ORIGINALS, storage.RENDITIONS])
def test_a_private_file_that_no_row_names_is_found_once_it_is_old(shown, folder):
    places = {storage.ORIGINALS: storage.original("c" * 64), storage.RENDITIONS: storage.rendition("c" * 64)}
    path = places.get(folder, storage.folder(folder) / ("c" * 64))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left")

    assert list(checking.problems()) == []
    then = time.time() - 3601
    os.utime(path, (then, then))
    assert (list(checking.problems()), checking.left_behind()) == ([], 1)
    renditions.prune()
    assert list(checking.problems()) == []


def test_the_database_is_not_asked_for_each_file(shown, django_assert_max_num_queries):
    stray = [storage.folder(storage.PUBLIC) / f"{number}.txt" for number in range(300)]
    for path in stray:
        path.write_text("stray")

    with django_assert_max_num_queries(30):
        assert len(list(checking.problems())) == len(stray)


def test_a_row_that_says_another_length_is_found(shown):
    Rendition.objects.filter(pk=shown[0].pk).update(byte_count=1)

    [wrong] = checking.problems()
    assert wrong.endswith(f"has {shown[0].byte_count} bytes, and its row says 1.")


def test_a_file_that_cannot_be_read_is_found(shown):
    original(shown).unlink()
    original(shown).mkdir()

    [wrong] = checking.problems()
    assert "The original of asset" in wrong
    assert "cannot be read" in wrong


def test_a_changed_row_of_an_original_is_found(shown):
    with unguarded():
        type(shown[0].asset).objects.update(byte_count=5)
        [wrong] = checking.problems()

    assert "its row says 5" in wrong


def test_missing_copies_are_made(shown):
    take(saved(scene(200, 300)))
    assert "Every picture and document has its copies." in called("make_renditions")
    assert Rendition.objects.count() == 12

    copy(shown).unlink()
    called("make_renditions")
    assert len(list(checking.problems())) == 1
    called("make_renditions", "--all")
    assert list(checking.problems()) == []


def test_a_picture_that_cannot_be_made_smaller_is_named(shown):
    original(shown).write_bytes(b"\xff\xd8\xff")

    with pytest.raises(CommandError, match=rf"Asset {shown[0].asset_id}: This picture is damaged"):
        called("make_renditions", "--all")
