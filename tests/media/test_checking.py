"""Every file is looked at, byte for byte; what is not as it was is named in a sentence. And the commands."""

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

    assert len(told) == checking.files_to_check() == 1 + 6 + 6 + 6
    assert called("verify_media") == "The files are whole: 1 originals, 6 that readers get.\n"


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
        f"Readers cannot get {shown[0].filename}, which asset {shown[0].asset_id} publishes."
    ]


def test_a_file_that_nothing_publishes_is_found(shown):
    Publication.objects.filter(filename=shown[0].filename).delete()
    (public(shown).parent / "stray.html").write_text("<script>alert(1)</script>")

    assert sorted(checking.problems()) == sorted(
        f"Readers can get {name}, which nothing publishes." for name in (shown[0].filename, "stray.html")
    )


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


def test_the_command_names_every_fault(shown):
    changed(original(shown))
    changed(copy(shown))

    with pytest.raises(CommandError) as said:
        called("verify_media")

    assert str(said.value).startswith("The files are not as they were.\nThe original of asset ")
    assert str(said.value).count("\n") == 2


def test_a_changed_row_of_an_original_is_found(shown):
    with unguarded():
        type(shown[0].asset).objects.update(byte_count=5)
        [wrong] = checking.problems()

    assert "its row says 5" in wrong


def test_missing_copies_are_made(shown):
    take(saved(scene(200, 300)))
    assert "Every picture has its copies." in called("make_renditions")
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


def test_files_that_nothing_names_are_pruned(shown):
    assert called("prune_renditions") == "Removed 0 of 13 files.\n"
