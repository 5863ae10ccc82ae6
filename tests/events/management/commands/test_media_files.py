"""The files of media against the record: what is wrong is named or mended, what is printed stays."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from chronicle.models import Sheet
from chronicle.record import files
from chronicle.record.verifying import problems
from events import press
from events.editorial import publishing
from media import renditions, storage
from media.models import Asset, Custody, Publication, Rendition
from tests.support.cast import fresh, publish, term_of
from tests.support.emptying import unguarded
from tests.support.factories import EventFactory, PersonFactory, StoryFactory
from tests.support.media import approve, make_material, paper_of, take_down, use

# What is taken down goes once that is committed.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media_folder")]

WHOLE = "The files are whole: 2 originals, 4 that readers get.\n"


@pytest.fixture
def editor():
    return PersonFactory(editor=True)


@pytest.fixture
def picture():
    return make_material()


@pytest.fixture
def event(picture, editor):
    """A published event with a picture and a document."""
    paper = make_material(asset=paper_of(StoryFactory()), caption="The report")
    shown = use(EventFactory(approved=True), picture, paper)
    publish(shown, editor)
    return fresh(shown)


def called(command: str, *arguments: str) -> str:
    told = StringIO()
    call_command(command, *arguments, stdout=told, stderr=StringIO())
    return told.getvalue()


def refused(command: str, *arguments: str) -> list[str]:
    """What a command that ends with 1 says."""
    with pytest.raises(CommandError) as said:
        called(command, *arguments)
    return str(said.value).splitlines()


def one(picture) -> Rendition:
    """A rendition of it that is public."""
    return picture.asset.renditions.filter(blurred=False).first()


def public_names() -> set[str]:
    return {path.name for path in storage.files(storage.PUBLIC)}


def flip(path) -> None:
    """One bit of a file, under that name alone."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)


def test_what_is_printed_is_what_readers_get(event, picture):
    assert called("verify_media") == WHOLE
    assert {name for name, _ in files.named()} == public_names()
    assert list(problems()) == []


@pytest.mark.parametrize(
    ("place", "what"),
    [
        (lambda copy: storage.original(copy.asset.sha256), "The original of asset"),
        (lambda copy: storage.rendition(copy.filename), "Rendition"),
        (lambda copy: storage.public(copy.filename), "What readers get as"),
    ],
)
def test_a_flipped_bit_is_named(event, picture, place, what):
    flip(place(one(picture)))

    first, fault = refused("verify_media")
    assert first == "The files are not as they were."
    assert fault.startswith(what)
    assert fault.endswith("has other bytes than it had.")


def test_a_file_that_is_printed_and_missing_is_named_with_what_names_it(event, picture):
    storage.public(one(picture).filename).unlink()

    assert refused("verify_media")[1:] == [
        f"Readers cannot get {one(picture).filename}, which asset/1 of the-flood names."
    ]


def test_a_file_too_many_is_named(event, picture):
    hidden = picture.asset.renditions.filter(blurred=True).first().filename
    storage.show(hidden)
    (storage.folder(storage.PUBLIC) / "index.html").write_text("<script>go()</script>")

    assert sorted(refused("verify_media")[1:]) == [
        f"Readers can get {hidden[:2]}/{hidden}, which nothing names.",
        "Readers can get index.html, which nothing names.",
    ]


def test_what_rows_publish_and_nothing_printed_names_is_named(event, picture):
    hidden = picture.asset.renditions.filter(blurred=True).first()
    renditions.publish(picture.asset, [hidden.sha256])

    assert refused("verify_media")[1:] == [
        f"Asset {picture.asset.pk} publishes {hidden.filename}, of which readers are told nowhere."
    ]


def test_a_sheet_that_names_another_file_is_found_by_both(event, picture):
    term = term_of(picture)
    with unguarded():
        sheet = Sheet.objects.get(commitment=term.commitment)
        sheet.document["renditions"][0]["sha256"] = "d" * 64
        sheet.save()

    assert "its document is not the one that was printed" in " ".join(problems())
    assert any(f"Readers cannot get {'d' * 64}.avif" in fault for fault in refused("verify_media"))


def test_a_sheet_without_sense_ends_no_verification(event, picture):
    with unguarded():
        Sheet.objects.filter(commitment=term_of(picture).commitment).update(document={"renditions": [7]})

    assert len(refused("verify_media")) == 1 + 3


def test_of_what_was_withdrawn_readers_get_nothing_and_all_is_well(event, picture, editor):
    publishing.withdraw(event, by=editor, seen=event.version, reason="Another bridge.")

    assert called("verify_media") == "The files are whole: 2 originals, 0 that readers get.\n"
    assert public_names() == set()


def test_what_is_as_it_should_be_is_left_alone(event, picture):
    before = Custody.objects.count()

    assert "Removed 0 of 13 files." in called("prune_renditions")

    assert Custody.objects.count() == before
    assert called("verify_media") == WHOLE


def lose_files(picture):
    for path in list(storage.files(storage.PUBLIC)):
        path.unlink()


def lose_rows(picture):
    Publication.objects.filter(asset=picture.asset).delete()
    lose_files(picture)


def publish_too_much(picture):
    renditions.publish(
        picture.asset, picture.asset.renditions.filter(blurred=True).values_list("sha256", flat=True)
    )


@pytest.mark.parametrize("harm", [lose_files, lose_rows, publish_too_much])
def test_what_readers_should_get_and_do_not_is_mended(event, picture, harm):
    before = public_names()
    harm(picture)
    assert refused("verify_media")

    assert "Mended what readers get of " in called("prune_renditions")

    assert called("verify_media") == WHOLE
    assert public_names() == before


def left_over(picture) -> str:
    """A file that a server which was killed in time did not take from readers, of what was taken down."""
    name = one(picture).filename
    press.print_material(take_down(picture, "Its licence ended."), by=None, note="It was taken down.")
    storage.show(name)
    return name


def test_what_was_taken_down_goes_at_once_though_it_came_just_now(event, picture):
    name = left_over(picture)

    assert "Mended what readers get of 1 medium." in called("prune_renditions")

    assert name not in public_names()
    assert called("verify_media")


def test_control_swept_away_alone_it_would_stay_for_an_hour(event, picture):
    name = left_over(picture)

    renditions.prune()

    assert name in public_names()


def test_a_file_of_two_stays_with_the_other(event, picture, editor):
    """Taken down for one story, it is public for the other: two have the same bytes."""
    other = StoryFactory(slug="the-fire", title="The fire")
    theirs = make_material(other)
    renditions.make(theirs.asset, imprint=picture.asset.imprint)
    renditions.publish(theirs.asset, [one(picture).sha256])
    press.print_material(take_down(picture, "Its licence ended."), by=None, note="It was taken down.")

    called("prune_renditions")

    assert one(picture).filename in public_names()


def test_what_cannot_be_mended_is_named_and_comes_back_with_its_bytes(event, picture):
    lost = one(picture).filename
    storage.rendition(lost).unlink()
    storage.public(lost).unlink()

    said = refused("prune_renditions")
    assert said[0].startswith(
        "Readers cannot get every file that they are told of. Run manage.py make_renditions"
    )
    assert said[1:] == ["asset/1 of the-flood"]

    called("make_renditions", "--all")
    called("prune_renditions")
    assert called("verify_media") == WHOLE


@pytest.mark.parametrize("place", [storage.rendition, storage.public])
def test_a_changed_copy_comes_back_with_its_bytes(event, picture, place):
    flip(place(one(picture).filename))
    assert refused("verify_media")

    called("make_renditions", "--all")

    assert called("verify_media") == WHOLE


def test_files_of_a_record_that_has_no_desk_are_kept(event, picture):
    Publication.objects.all().delete()
    named = {name for name, _ in files.named()}

    renditions.prune(named, older_than=0)
    assert public_names() == named

    # Control.
    renditions.prune(older_than=0)
    assert public_names() == set()


def upgrade(material) -> None:
    """Have its renditions be others when they are made again, as with another Pillow."""
    Asset.objects.filter(pk=material.asset.pk).update(imprint={"credit": "Drawn by another version"})
    material.asset.refresh_from_db()


def withdrawn_and_restored(event, editor) -> None:
    publishing.withdraw(fresh(event), by=editor, seen=fresh(event).version, reason="Another bridge.")
    renditions.prune(older_than=0)
    publishing.reopen_event(fresh(event), by=editor, seen=fresh(event).version)
    publish(event, editor, note="It was this bridge.")


def test_after_an_upgrade_what_is_printed_stays_as_it_was_printed(event, picture, editor):
    document, before = term_of(picture).document, public_names()
    private = make_material(width=300)
    renditions.make(private.asset)
    ours = set(private.asset.renditions.values_list("sha256", flat=True))
    upgrade(picture)
    upgrade(private)

    said = called("make_renditions", "--all")

    assert "Of 1 they stay as printed, and would be others now." in said
    assert term_of(picture).document == document
    assert public_names() == before
    assert {each["sha256"] for each in document["renditions"]} <= {
        copy.sha256 for copy in picture.asset.renditions.all()
    }
    # Nobody ever had those of the other: they are made anew.
    assert ours.isdisjoint(private.asset.renditions.values_list("sha256", flat=True))
    withdrawn_and_restored(event, editor)
    assert public_names() == before
    assert called("verify_media").startswith("The files are whole: 3 originals, 4 ")


def test_control_made_otherwise_they_would_be_lost_with_the_next_withdrawal(event, picture, editor):
    upgrade(picture)
    renditions.make(picture.asset)

    withdrawn_and_restored(event, editor)

    assert [fault[:18] for fault in refused("verify_media")[1:]] == ["Readers cannot get"] * 3


def test_with_other_words_it_is_printed_again_and_its_files_are_others(event, picture, editor):
    before = term_of(picture)
    upgrade(picture)
    called("make_renditions", "--all")
    picture.credit, picture.version = "Ana Reis for the Harbour Post", picture.version + 1
    material = approve(picture)
    press.make_ready(material)
    press.print_material(material, by=editor, note="The credit was cut.")

    after = term_of(picture)
    assert after.edition == before.edition + 1
    old, new = ({each["sha256"] for each in row.document["renditions"]} for row in (before, after))
    assert old.isdisjoint(new)
    assert called("verify_media") == WHOLE


def test_a_document_that_lost_its_copy_has_it_again(event, picture):
    [copy] = Rendition.objects.filter(format="txt")
    storage.rendition(copy.filename).unlink()

    called("make_renditions", "--all")

    assert called("verify_media") == WHOLE
