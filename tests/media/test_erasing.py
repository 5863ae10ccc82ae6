"""Files that are taken down for good: what goes when, what is refused afterwards, and what stays."""

import os
import time

import pytest
from django.utils import timezone

from media import checking, erasing, intake, renditions, storage
from media.intake import NOTHING_OF_IT, TAKEN_DOWN
from media.limits import SETTLED_AFTER
from media.models import Asset, Custody, Publication, Rendition
from media.probing import Refused
from tests.support.pictures import OURS, THEIRS, files_in, saved, scene, take, upload

pytestmark = pytest.mark.django_db
PICTURE = saved(scene())


@pytest.fixture
def picture(media_folder, django_capture_on_commit_callbacks):
    """One that is public, which once had another credit."""
    asset = take(PICTURE, "a name.jpg")
    renditions.make(asset)
    renditions.make(asset, imprint={"credit": "A. Name"})
    with django_capture_on_commit_callbacks(execute=True):
        renditions.publish(asset, [asset.renditions.first().sha256])
    Custody.tell(asset, "opened", by=None, note="For a name.")
    return asset


def emptied(asset):
    erasing.empty([asset], by=None, at=timezone.now())
    asset.refresh_from_db()
    return asset


def settle(folder):
    for path in files_in(folder):
        os.utime(path, (time.time() - SETTLED_AFTER - 1,) * 2)


def test_its_row_keeps_a_hash_and_no_word(picture, django_capture_on_commit_callbacks):
    sha256, likeness = picture.sha256, picture.likeness
    with django_capture_on_commit_callbacks(execute=True):
        emptied(picture)

    assert (picture.name, picture.imprint, picture.sha256, picture.likeness) == ("", {}, sha256, likeness)
    assert not Custody.objects.exclude(note="").exists()
    assert not Rendition.objects.exists() and not Publication.objects.exists()
    assert list(storage.files(storage.PUBLIC)) == []


def test_every_copy_that_was_ever_made_goes_with_it(picture, media_folder):
    before = len(list(files_in(media_folder)))
    assert before > 1 + len({row.sha256 for row in Rendition.objects.all()})
    emptied(picture)

    assert len(erasing.remove([picture])) > 0
    settle(media_folder)
    assert erasing.remove([picture]) == []
    assert list(files_in(media_folder)) == []
    assert erasing.remove([picture]) == []
    assert list(checking.problems()) == []


def test_what_covers_parts_of_it_goes_too(picture, media_folder):
    covered = intake.redact(picture, [(0, 0, 20, 20)], by=None)
    renditions.make(covered)
    emptied(picture)
    settle(media_folder)

    assert erasing.remove([picture]) == []
    assert list(files_in(media_folder)) == []
    assert Asset.objects.filter(erased_at=None).count() == 0


def test_the_same_bytes_elsewhere_stay_whole(picture, media_folder):
    theirs = take(PICTURE, "other.jpg", collection=THEIRS)
    renditions.make(theirs)
    emptied(picture)
    settle(media_folder)

    assert erasing.remove([picture]) == []
    assert list(checking.problems()) == []
    assert storage.original(theirs.sha256).read_bytes() == PICTURE
    assert all(storage.rendition(row.filename).is_file() for row in theirs.renditions.all())


def test_the_same_bytes_are_not_taken_in_again(picture, media_folder):
    emptied(picture)
    settle(media_folder)
    erasing.remove([picture])

    with pytest.raises(Refused, match=TAKEN_DOWN):
        intake.take(upload(PICTURE), name="again.jpg", collection=OURS, by=None)
    assert list(files_in(media_folder)) == []
    assert take(PICTURE, collection=THEIRS).name


def test_who_was_looking_at_them_meanwhile_is_refused_and_leaves_no_copy(picture, media_folder):
    """Two uploads of the same bytes: what was drawn of the second goes again."""
    with intake.arriving(upload(PICTURE), collection=THEIRS, name="b.jpg") as arrival:
        drawn = renditions.draw(arrival)
        emptied(arrival.keep(by=None))
        with pytest.raises(Refused, match=TAKEN_DOWN):
            arrival.keep(by=None)
        renditions.discard(drawn)
    named = {row.filename for row in Rendition.objects.all()}
    assert not [
        one for one in drawn if one.filename not in named and storage.rendition(one.filename).exists()
    ]


def test_no_copy_is_made_of_it_any_more(picture, media_folder):
    stale = Asset.objects.get(pk=picture.pk)
    emptied(picture)
    renditions.make(stale, imprint={"credit": "Another"})

    assert not Rendition.objects.exists()


def test_who_covers_parts_of_it_meanwhile_is_refused_and_leaves_no_picture(picture, media_folder):
    stale = Asset.objects.get(pk=picture.pk)
    emptied(picture)
    before = set(files_in(media_folder))
    with pytest.raises(Refused, match=NOTHING_OF_IT):
        intake.redact(stale, [(0, 0, 20, 20)], by=None)

    assert Asset.objects.count() == 1
    assert set(files_in(media_folder)) == before


def test_copies_that_are_its_own_no_longer_go_by_themselves(picture, media_folder):
    """Its rows name those with the second credit; those with the first stay on the disk until they go."""
    second = {row.sha256 for row in picture.renditions.all()}
    first = set().union(*picture.custody.values_list("hashes", flat=True)) - second
    assert first and all(there(sha256) for sha256 in first)
    told = sorted(first)[0]
    settle(media_folder)

    assert erasing.remove_copies([picture], but={told}) == []
    assert {sha256 for sha256 in first if there(sha256)} == {told}
    assert all(there(sha256) for sha256 in second)
    assert storage.original(picture.sha256).exists()


def there(sha256):
    return [path for path in storage.files(storage.RENDITIONS) if path.stem == sha256]
