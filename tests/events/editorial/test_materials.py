"""Media: taken in, described, covered, decided on and taken down; who may, and on what."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from chronicle.record.verifying import problems
from events.editorial import ending, materials
from events.editorial.refused import Refused, Stale
from events.editorial.showing import today
from events.models import Decision, Material
from events.models.hmac import hmac_of
from media.models import Asset
from tests.support.cast import editions_of, entry_of, fresh, make_person, publish, term_of
from tests.support.factories import EventFactory, MaterialFactory, PlaceFactory, StoryFactory, show
from tests.support.media import public_files
from tests.support.pictures import files_in, saved, scene, upload

BOX = (0, 0, 20, 10)


@pytest.fixture(autouse=True)
def _folder(media_folder):
    return media_folder


@pytest.fixture
def material(db):
    return MaterialFactory()


def add(story, by, content=None, name="bridge.jpg"):
    return materials.add(story, upload(content or saved(scene(64, 40)), name), by=by)


def approve(material, by):
    materials.approve(material, by=by, seen=fresh(material).version)


def change(material, by, **fields):
    return materials.change(material, by=by, seen=fresh(material).version, **fields)


def cover(material, by, *boxes):
    return materials.cover(material, boxes or [BOX], by=by, seen=fresh(material).version)


def verbs_on(material):
    return list(Decision.objects.filter(material=material).order_by("pk").values_list("verb", flat=True))


def test_an_upload_is_a_pending_medium_with_copies_for_the_desk(story, editor):
    added = add(story, editor)

    assert (added.state, added.version, added.submitted_by, added.story) == ("pending", 1, editor, story)
    assert added.asset.collection == story.key
    assert added.asset.renditions.exists()
    assert verbs_on(added) == ["submit"]


def test_a_document_is_one_too(story, editor):
    added = add(story, editor, b"Um texto.\n", "note.txt")

    assert (added.asset.kind, added.asset.mime) == ("document", "text/plain")


def test_the_same_bytes_are_the_same_medium_in_one_story_and_another_in_the_next(story, editor, other_editor):
    first, again = add(story, editor), add(story, other_editor, name="other.jpg")
    elsewhere = add(StoryFactory(slug="the-fire", title="The fire"), editor)

    assert first == again
    assert again.submitted_by == editor
    assert elsewhere != first
    assert verbs_on(first) == ["submit"]


def test_a_file_that_could_not_be_copied_is_copied_when_it_is_sent_again(story, editor):
    first = add(story, editor)
    first.asset.renditions.all().delete()

    assert add(story, editor) == first
    assert first.asset.renditions.exists()


def test_what_is_no_picture_is_refused_without_a_trace(story, editor, media_folder):
    with pytest.raises(Refused, match="SVG"):
        add(story, editor, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg")

    assert (Material.objects.count(), Asset.objects.count(), list(files_in(media_folder))) == (0, 0, [])


def test_only_editors_add_change_and_cover(story, material, moderator):
    for forbidden in (
        lambda: add(story, moderator),
        lambda: change(material, moderator, credit="B"),
        lambda: cover(material, moderator),
        lambda: materials.focus(material, 0.5, 0.5, by=moderator),
    ):
        with pytest.raises(Refused, match="You may not"):
            forbidden()


def test_approving_says_by_whom_when_and_which_words_and_picture(material, moderator):
    approve(material, moderator)

    approved = fresh(material)
    decision = Decision.objects.get(material=material, verb="approve")
    assert (approved.state, approved.approved_by, approved.approved_version) == ("approved", moderator, 2)
    assert decision.words.get().hmac == hmac_of(approved.words())
    assert "Caption: The old bridge\n" in decision.read
    assert "Rights: Own work\n" in decision.read
    assert (decision.from_state, decision.to_state, decision.version) == ("pending", "approved", 2)


def test_the_copies_carry_the_credit_that_was_approved(material, moderator):
    before = {one.sha256 for one in material.asset.renditions.all()}

    approve(material, moderator)

    assert fresh(material.asset).imprint == {
        "credit": "A. Silva",
        "rights": "Own work",
        "source_type": "digitalCapture",
    }
    assert before.isdisjoint(one.sha256 for one in material.asset.renditions.all())


def test_nobody_approves_what_they_uploaded_changed_or_covered(story, both, other_editor, admin_person):
    own = add(story, both)
    changed = change(MaterialFactory(), both, credit="B")
    covered = cover(MaterialFactory(), both)
    # Somebody else had the last word.
    for one in (changed, covered):
        change(one, other_editor, credit="C")
    by_admin = add(story, admin_person, saved(scene(90, 40)))

    for one, person in ((own, both), (changed, both), (covered, both), (by_admin, admin_person)):
        with pytest.raises(Refused, match="You uploaded or changed this medium"):
            approve(one, person)


def test_editors_approve_nothing(material, other_editor):
    with pytest.raises(Refused, match="You may not approve"):
        approve(material, other_editor)


@pytest.mark.parametrize("changes", [{"alt": "Otherwise."}, {"credit": "B"}, {"graphic": "graphic"}])
def test_other_words_go_back_to_review(material, moderator, other_editor, changes):
    approve(material, moderator)

    change(material, other_editor, **changes)

    changed = fresh(material)
    assert (changed.state, changed.version, changed.changed_by) == ("pending", 3, other_editor)
    assert changed.approved_by is None
    with pytest.raises(Stale, match="you saw version 2, it is now version 3"):
        materials.approve(material, by=moderator, seen=2)


def test_the_same_words_again_change_nothing(material, moderator, editor):
    approve(material, moderator)

    change(material, editor, alt=material.alt, credit=material.credit)

    assert (fresh(material).state, fresh(material).version) == ("approved", 2)


@pytest.mark.django_db
def test_a_coordinate_is_the_same_however_it_is_written():
    one, other = (
        Material(asset=Asset(sha256="x"), latitude=Decimal(text), longitude=Decimal("9.1"))
        for text in ("38.720000", "38.72")
    )

    assert one.words() == other.words()


def test_what_no_form_would_take_is_refused(material, editor):
    for wrong in ({"taken": "yesterday"}, {"rights": "mine"}, {"alt": "x" * 1_001}):
        with pytest.raises(Refused, match="cannot be saved"):
            change(material, editor, **wrong)
    elsewhere = PlaceFactory(story=StoryFactory(slug="the-fire", title="The fire"))
    with pytest.raises(Refused, match="belongs to another story"):
        change(material, editor, place=elsewhere)


@pytest.mark.parametrize(
    "taken",
    ["2021", "2021-03", "2021-03-03", "2021-03-03T05:40", "2021-03-03T05:40:10Z", "2021-03-03T05:40+04:00"],
)
def test_when_it_was_taken_is_a_date_or_a_time(material, editor, taken):
    assert change(material, editor, taken=taken).taken == taken


def test_what_is_covered_is_another_file_and_goes_back_to_review(material, moderator, editor):
    approve(material, moderator)

    covered = fresh(cover(material, editor))

    assert covered.printable == covered.shown != covered.asset
    assert (covered.shown.made_from, covered.shown.boxes) == (covered.asset, [list(BOX)])
    assert covered.shown.renditions.exists()
    assert (fresh(material).state, fresh(material).version) == ("pending", 3)
    assert verbs_on(material) == ["submit", "change", "approve", "cover"]


def test_it_is_uncovered_by_no_boxes(material, editor):
    cover(material, editor)

    assert materials.cover(material, [], by=editor, seen=fresh(material).version).printable == material.asset


def test_what_is_not_covered_is_not_uncovered(material, editor, moderator):
    approve(material, moderator)

    with pytest.raises(Refused, match="Nothing of it is covered"):
        materials.cover(material, [], by=editor, seen=fresh(material).version)

    assert fresh(material).state == "approved"


def test_boxes_outside_and_boxes_over_black_are_refused(story, editor, material):
    with pytest.raises(Refused, match="outside the picture"):
        cover(material, editor, (0, 0, 10_000, 10))

    black = scene(64, 40)
    black.paste("black", (0, 0, 64, 40))
    added = add(story, editor, saved(black, "PNG"), "black.png")
    first = cover(added, editor, (0, 0, 5, 5)).shown
    again = add(story, editor, saved(black, "PNG", compress_level=1), "again.png")
    with pytest.raises(Refused, match=r"exactly as another medium|black already"):
        cover(again, editor, (0, 0, 5, 5))
    assert fresh(added).shown == first


def test_an_upload_of_what_was_covered_is_the_medium_that_it_was_made_of(
    story, material, editor, media_folder
):
    covered = cover(material, editor)
    file = next(path for path in files_in(media_folder) if path.name == covered.shown.sha256)

    assert add(story, editor, file.read_bytes()) == material


def test_where_to_look_is_kept_for_both_files_and_asks_nobody(material, editor, moderator):
    cover(material, editor)
    approve(material, moderator)

    materials.focus(material, 0.25, 0.75, by=editor)

    now = fresh(material)
    assert [(file.focus_x, file.focus_y) for file in (now.asset, now.shown)] == [(0.25, 0.75)] * 2
    assert now.state == "approved"


def test_a_rejection_keeps_its_reason_and_reopening_undoes_it(material, moderator):
    with pytest.raises(Refused, match="Choose a reason"):
        materials.reject(material, by=moderator, seen=2, code="inexact", words="x")
    with pytest.raises(Refused, match="in a few words"):
        materials.reject(material, by=moderator, seen=2, code="may_harm", words=" ")

    materials.reject(material, by=moderator, seen=2, code="may_harm", words="A face is seen.")

    decision = Decision.objects.get(material=material, verb="reject")
    assert (fresh(material).state, decision.reason_code, decision.note) == (
        "rejected",
        "may_harm",
        "A face is seen.",
    )
    materials.reopen(material, by=moderator, seen=2)
    assert fresh(material).state == "pending"


@pytest.fixture
def in_print(material, moderator, editor):
    """An event that readers see with the medium."""
    approve(material, moderator)
    event = show(EventFactory(approved=True), material)
    publish(event, editor)
    assert public_files()
    return fresh(event)


def shown_by(event):
    return [member["subject"] for member in entry_of(event).document.get("media", [])]


def test_what_is_taken_down_goes_from_every_entry_which_says_why(in_print, material, editor):
    materials.take_down(material, by=editor, reason="Its maker asked for it.")

    now = fresh(material)
    assert (now.state, now.taken_down_reason) == ("approved", "Its maker asked for it.")
    assert (public_files(), shown_by(in_print)) == (set(), [])
    last = editions_of(in_print)[-1].document
    assert last["note"] == "A picture was taken down: Its maker asked for it."
    assert (now.asset.custody.last().verb, now.asset.custody.last().by) == ("taken down", editor)
    assert list(problems()) == []
    with pytest.raises(Refused, match="taken down already"):
        materials.take_down(material, by=editor, reason="Again.")


def test_so_goes_what_was_public_before_it_was_covered(in_print, material, editor):
    cover(material, editor)
    assert public_files()

    materials.take_down(material, by=editor, reason="A face is seen.")

    assert public_files() == set()


def test_readers_get_what_is_covered_once_that_is_approved(in_print, material, editor, moderator):
    before = public_files()
    cover(material, editor)
    assert public_files() == before

    approve(material, moderator)

    after = public_files()
    assert after and before.isdisjoint(after)
    assert list(problems()) == []


def test_other_words_are_printed_once_they_are_approved(in_print, material, editor, moderator):
    change(material, editor, credit="B. Costa")
    assert term_of(material).document["credit"] == "A. Silva"

    approve(material, moderator)

    assert term_of(material).document["credit"] == "B. Costa"
    assert "B. Costa" in entry_of(in_print).card


def test_where_to_look_is_printed_at_once(in_print, material, editor):
    materials.focus(material, 0.25, 0.75, by=editor)

    assert term_of(material).document["focus"] == ["0.2500", "0.7500"]


def test_nothing_that_waits_for_review_is_printed_with_where_to_look(in_print, material, editor, moderator):
    before = term_of(material).document
    change(material, editor, caption="Words of one person", rights="own")
    cover(material, editor)

    materials.focus(material, 0.25, 0.75, by=editor)
    assert {**term_of(material).document, "focus": None, "note": ""} == before


def test_what_is_rejected_goes_from_readers_who_saw_it(in_print, material, editor, moderator):
    """Its earlier words were approved; whoever looked again says that it does not show what they say."""
    change(material, editor, caption="Words of one person", rights="own")

    materials.reject(material, by=moderator, seen=fresh(material).version, code="may_harm", words="No.")

    document = term_of(material).document
    assert (document["taken_down"], document["renditions"]) == ("It was rejected on review.", [])
    assert "Words of one person" not in str(document)


def test_what_is_taken_down_leaves_the_words_that_were_approved(in_print, material, editor):
    approved = term_of(material).document["caption"]
    change(material, editor, caption="Words of one person")

    materials.take_down(material, by=editor, reason="Its maker asked for it.")

    document = term_of(material).document
    assert (document["caption"], document["renditions"]) == (approved, [])
    assert document["taken_down"] == "Its maker asked for it."


@pytest.mark.parametrize("ends", [None, date(2031, 3, 3)])
def test_nobody_prolongs_a_licence_alone(material, editor, moderator, ends):
    change(material, editor, licence_ends=today(material.story))
    approve(material, moderator)
    publish(show(EventFactory(approved=True), material), editor)
    change(material, editor, licence_ends=ends)
    later = timezone.now() + timedelta(days=2)

    assert ending.ended(later) == [material.pk]
    assert "Its licence ends on" in ending.take_down_ended(material.pk, later)
    assert public_files() == set()


def test_a_caption_of_an_event_is_approved_as_the_medium_is(in_print, material, editor, both, moderator):
    event = show(in_print, material, caption="At dawn", by=both)
    assert fresh(material).state == "pending"
    with pytest.raises(Refused, match="not approved"):
        publish(event, editor, note="A caption.")
    with pytest.raises(Refused, match="another moderator"):
        approve(material, both)

    approve(material, moderator)
    publish(event, editor, note="A caption.")

    assert entry_of(event).document["media"] == [{"subject": "asset/1", "caption": "At dawn"}]
    show(EventFactory(approved=True), material, caption="At dawn", by=editor)
    assert fresh(material).state == "approved"


def test_what_readers_see_keeps_credit_rights_and_words_for_those_who_cannot_see(
    in_print, material, editor, moderator
):
    change(material, editor, credit="", rights="", alt="")

    with pytest.raises(Refused, match=r"no credit.*by what right.*no alternative text"):
        approve(material, moderator)

    assert term_of(material).document["credit"] == "A. Silva"


def test_what_comes_back_waits_on_the_desk_until_its_entries_are_published_again(
    in_print, material, editor, moderator
):
    materials.take_down(material, by=editor, reason="Its maker asked for it.")
    materials.reopen(material, by=moderator, seen=2)
    approve(material, moderator)

    assert term_of(material).document["taken_down"] == ""
    assert fresh(in_print).staged
    publish(in_print, editor, note="Its maker agreed.")
    assert shown_by(in_print) == ["asset/1"]
    assert public_files()


def test_the_worker_ends_a_licence_in_print(in_print, material):
    Material.objects.update(licence_ends=date(2021, 3, 3))

    assert ending.take_down_ended(material.pk, timezone.now())

    assert (public_files(), shown_by(in_print)) == (set(), [])
    last = editions_of(in_print)[-1].document
    assert last["note"] == "A picture was taken down: Its licence ended on 3 March 2021."


def test_an_approval_shows_it_again_once_it_may_be(material, editor, moderator):
    approve(material, moderator)
    change(material, editor, consent="withdrawn")
    assert fresh(material).taken_down_reason == "The consent of those shown was withdrawn."
    with pytest.raises(Refused, match="The consent of those shown was withdrawn"):
        approve(material, moderator)

    change(material, editor, consent="given")
    assert fresh(material).taken_down_at
    approve(material, moderator)

    assert (fresh(material).taken_down_at, fresh(material).taken_down_reason) == (None, "")


def test_an_ended_licence_is_not_approved(material, editor, moderator):
    change(material, editor, licence_ends=date(2021, 3, 3))

    with pytest.raises(Refused, match=r"Its licence ended on 3 March 2021\. Readers may not see it"):
        approve(material, moderator)


def test_a_reason_is_needed_and_fits(material, editor):
    for reason, said in ((" ", "Say why"), ("x" * 301, "at most 300")):
        with pytest.raises(Refused, match=said):
            materials.take_down(material, by=editor, reason=reason)
    with pytest.raises(Refused, match="You may not take this down"):
        materials.take_down(material, by=make_person("reader"), reason="x")


def test_opening_the_original_is_kept_and_for_those_who_may(material, moderator):
    with materials.open_original(material, by=moderator) as file:
        assert len(file.read()) == material.asset.byte_count

    assert [(told.verb, told.by) for told in material.asset.custody.all()][-1] == ("opened", moderator)
    with pytest.raises(Refused, match="You may not open the original"):
        materials.open_original(material, by=make_person("reader"))
