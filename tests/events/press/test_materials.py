"""Media in the record: printed with what shows them, printed again, taken from it; their files with them."""

import pytest
from django.db import transaction

from chronicle.models import Edition, Term
from chronicle.record.rebuilding import rebuild
from chronicle.record.verifying import problems
from events import press
from events.editorial import publishing
from events.models import Event
from media.models import Custody, Publication
from tests.support.cast import editions_of, entry_of, publish, term_of
from tests.support.factories import EventFactory, PlaceFactory, SourceFactory, fresh
from tests.support.media import change, make_material, public_files, take_down, use

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_folder")]


def hashes(document) -> set[str]:
    return {each["sha256"] for each in document["renditions"]}


def is_sound() -> bool:
    return list(problems()) == []


@pytest.fixture
def material():
    return make_material()


@pytest.fixture
def showing(material, editor):
    """A published event that shows the medium."""
    event = use(EventFactory(approved=True), material)
    publish(event, editor)
    return fresh(event)


def test_what_an_event_shows_is_printed_before_it(showing, material):
    entry, medium = entry_of(showing), term_of(material)

    assert entry.document["media"] == [{"subject": "asset/1", "caption": ""}]
    subjects = list(Edition.objects.order_by("seq").values_list("subject", flat=True))
    assert subjects.index("asset/1") < subjects.index(entry.subject)
    assert (medium.label, medium.slug) == ("The old bridge from the quay", "the-old-bridge-from-the-quay")
    document = medium.document
    assert (document["credit"], document["rights"], document["width"]) == ("Ana Reis", "CC-BY-4.0", 320)
    assert {each["format"] for each in document["renditions"]} == {"avif", "webp", "jpeg"}
    assert not any(each["blurred"] for each in document["renditions"])
    assert is_sound()


def test_its_files_are_public_from_then_on_and_no_others(showing, material, story):
    make_material(story, width=300)

    assert {name.partition(".")[0] for name in public_files()} == hashes(term_of(material).document)
    assert material.asset.sha256 not in str(public_files())


def test_a_printing_that_is_undone_lets_nobody_get_a_file(material, editor):
    event = use(EventFactory(approved=True), material)

    with pytest.raises(RuntimeError), transaction.atomic():
        publishing.publish(event, by=editor, seen=event.version)
        raise RuntimeError

    assert not Publication.objects.exists()
    assert not Term.objects.filter(facet="asset").exists()


def test_what_is_not_printed_of_a_medium(story, editor):
    secret = "Sent by her brother Tomas"
    material = make_material(
        story, latitude="38.72", longitude="-9.14", people=secret, obtained=secret, consent_note=secret
    )
    publish(use(EventFactory(approved=True), material), editor)

    printed = str(term_of(material).document)
    for never in (secret, "38.72", "9.14", material.asset.name, material.asset.sha256):
        assert never not in printed


def test_the_place_and_the_source_of_a_medium_are_printed_before_it(editor):
    place, source = PlaceFactory(name="The quay"), SourceFactory(title="Photographs")
    material = make_material(place=place, source=source)
    publish(use(EventFactory(approved=True), material), editor)

    document = term_of(material).document
    assert document["place"] == term_of(place).subject
    assert document["source"] == term_of(source).subject
    assert is_sound()


def test_media_stand_in_the_order_of_the_desk_with_their_captions(editor):
    first, second = make_material(), make_material(width=400)
    event = use(EventFactory(approved=True), second, first, caption="As seen from here")
    publish(event, editor)

    assert entry_of(event).document["media"] == [
        {"subject": term_of(each).subject, "caption": "As seen from here"} for each in (second, first)
    ]


def test_only_what_was_approved_is_printed(editor):
    pending, rejected = make_material(approved=False), make_material(width=400, approved=False)
    type(rejected).objects.filter(pk=rejected.pk).update(state="rejected")
    gone = take_down(make_material(width=401), "Its licence ended.")
    event = use(EventFactory(approved=True), pending, fresh(rejected), gone)

    # The press prints no more than may be seen, whatever the desk lets through.
    with transaction.atomic():
        press.print_event(press.for_printing(Event.objects.filter(pk=event.pk)).get(), by=editor)

    assert "media" not in entry_of(event).document
    assert not Term.objects.filter(facet="asset").exists()


def test_a_use_that_is_taken_back_is_an_edition_and_its_files_go(showing, material, editor):
    before = public_files()
    publish(use(showing), editor, note="The picture was of another bridge.")

    assert "media" not in entry_of(showing).document
    assert editions_of(showing)[-1].action == "correction"
    assert before
    assert public_files() == set()
    assert is_sound()


def test_one_more_medium_is_an_addition(showing, material, editor):
    publish(use(showing, material, make_material(width=400)), editor, note="A second picture.")

    assert editions_of(showing)[-1].action == "addition"


def test_nothing_is_printed_where_the_media_are_the_same(showing, material, editor):
    assert publish(use(showing, material), editor) is None


def test_what_two_entries_show_goes_with_the_last_of_them(showing, material, editor):
    other = use(EventFactory(approved=True, headline="A mill stands in water"), material)
    publish(other, editor)

    publishing.withdraw(fresh(showing), by=editor, seen=showing.version, reason="Another bridge.")
    assert public_files()
    publishing.withdraw(fresh(other), by=editor, seen=fresh(other).version, reason="Another mill.")
    assert public_files() == set()
    assert is_sound()


def test_a_restored_entry_shows_its_picture_again(showing, editor):
    before = public_files()
    publishing.withdraw(showing, by=editor, seen=showing.version, reason="Another bridge.")
    publishing.reopen_event(fresh(showing), by=editor, seen=fresh(showing).version)
    publish(showing, editor, note="It was this bridge.")

    assert public_files() == before


def test_a_medium_is_printed_again_with_the_cards_that_show_it(showing, material, editor):
    before = public_files()
    material = change(material, credit="Ana Reis for the Harbour Post")

    with transaction.atomic():
        editions = press.print_material(material, by=editor, note="The credit was cut.")

    assert [edition.action for edition in editions] == ["addition"]
    assert "Ana Reis for the Harbour Post" in entry_of(showing).card
    # The credit is written into the files, so that they are others now.
    assert public_files().isdisjoint(before)
    assert {name.partition(".")[0] for name in public_files()} == hashes(term_of(material).document)
    assert is_sound()


def test_printed_again_as_it_is_it_makes_no_edition(showing, material, editor):
    assert press.print_material(material, by=editor, note="") == []


def test_a_change_of_a_medium_needs_a_note(showing, material, editor):
    material = change(material, alt="A bridge.")

    with pytest.raises(press.NoteNeeded):
        press.print_material(material, by=editor, note=" ")


def test_a_medium_that_no_entry_shows_is_not_printed(material, editor):
    EventFactory(published=True)

    assert press.print_material(material, by=editor, note="New.") == []
    assert public_files() == set()


def test_taken_down_it_goes_from_every_entry_with_an_edition_that_says_why(showing, material, editor):
    showing.headline = "Staged and not published"
    showing.save()
    reason = "A picture was taken down: its licence ended on 5 March 2021."
    material = take_down(material, "Its licence ended on 5 March 2021.")

    editions = press.print_material(material, by=None, note=reason)

    assert [edition.action for edition in editions] == ["withdrawal", "correction"]
    entry = entry_of(showing)
    assert (entry.document["note"], "media" in entry.document) == (reason, False)
    assert entry.headline != "Staged and not published"
    assert "<figure" not in entry.card
    medium = term_of(material)
    assert medium.document["renditions"] == []
    assert medium.document["taken_down"] == "Its licence ended on 5 March 2021."
    assert public_files() == set()
    told = Custody.objects.filter(asset=material.asset, verb="taken down").get()
    assert told.note == "Its licence ended on 5 March 2021."
    assert is_sound()


def test_what_is_graphic_has_blurred_renditions_as_well(editor):
    material = make_material(graphic="graphic")
    publish(use(EventFactory(approved=True), material), editor)

    document = term_of(material).document
    assert {each["blurred"] for each in document["renditions"]} == {True, False}


def test_the_record_with_media_is_rebuilt_as_it_was(showing, material, editor):
    card = entry_of(showing).card
    type(entry_of(showing)).objects.update(card="ruined")
    Term.objects.filter(facet="asset").update(label="ruined", slug="ruined")
    assert not is_sound()

    rebuild()

    assert entry_of(showing).card == card
    assert term_of(material).label == "The old bridge from the quay"
    assert is_sound()
