"""What is put away instead of being deleted: by whom, from where, and how it comes back."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from events.editorial import keeping, materials, moderation, publishing, scheduling, using, writing
from events.editorial.ending import ended
from events.editorial.refused import Refused, Stale
from events.importers.drafts import import_digest
from events.models import Citation, Decision, Event, Material, Use
from tests.support.cast import approve_all, fresh, make_event, publish
from tests.support.factories import CitationFactory, MaterialFactory, show
from tests.support.importing import FROM, read
from tests.support.pictures import saved, scene, upload

WHY = "Told twice."


def discard(event, by, reason=WHY):
    keeping.discard(event, by=by, seen=fresh(event).version, reason=reason)


def take_back(citation, by, words=""):
    keeping.take_back(citation, by=by, seen=fresh(citation).version, words=words)


def last(row):
    return row.decisions.first()


def test_a_draft_is_discarded_with_a_reason_and_brought_back_with_all_that_was_cited(
    draft, editor, other_editor
):
    discard(draft, editor)

    assert (fresh(draft).state, last(draft).note, last(draft).by) == ("discarded", WHY, editor)
    assert draft.citations.count() == 1

    keeping.bring_back(draft, by=other_editor, seen=1)

    assert (fresh(draft).state, fresh(draft).version) == ("draft", 1)
    assert [row.verb for row in draft.decisions.all()] == ["bring back", "discard"]


def test_a_submitted_one_too(draft, editor):
    publishing.submit(draft, by=editor, seen=1)

    discard(draft, editor)

    assert fresh(draft).state == "discarded"


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_not_without_a_reason(draft, editor, reason):
    with pytest.raises(Refused, match="Say why"):
        discard(draft, editor, reason)


def test_not_by_a_moderator_and_not_as_it_was_not_seen(draft, editor, moderator):
    with pytest.raises(Refused, match="You may not discard this"):
        discard(draft, moderator)
    with pytest.raises(Stale):
        keeping.discard(draft, by=editor, seen=0, reason=WHY)
    assert fresh(draft).state == "draft"


def test_a_scheduled_one_first_has_its_publication_cancelled(draft, editor, moderator):
    approve_all(draft, moderator)
    publish(draft, editor, at=timezone.now() + timedelta(days=1))
    with pytest.raises(Refused, match="You cannot discard this: it is scheduled"):
        discard(draft, editor)

    scheduling.unschedule(draft, by=editor, seen=1)
    discard(draft, editor)

    assert fresh(draft).state == "discarded"


def test_what_readers_have_seen_is_not_discarded(published, editor):
    with pytest.raises(Refused, match="it is published"):
        discard(published, editor)
    publishing.withdraw(published, by=editor, seen=1, reason="Another bridge.")
    publishing.reopen_event(published, by=editor, seen=1)

    with pytest.raises(Refused, match="Readers have seen this event"):
        discard(published, editor)


def of_a_discarded(event, citation, editor, moderator):
    """What people try with an event that is discarded."""
    event.headline = "Other words"
    yield lambda: writing.save_event(event, by=editor, seen=1)
    yield lambda: CitationFactory(event=event, source=citation.source, quote="Another quotation.")
    citation.quote = "Other words of it."
    yield lambda: writing.save_citation(citation, by=editor, seen=1)
    yield lambda: moderation.approve(citation, by=moderator, seen=1)
    yield lambda: moderation.reject(citation, by=moderator, seen=1, code="inexact", words="No.")
    yield lambda: take_back(citation, editor)
    yield lambda: using.show(event, [], by=editor, seen=1)


@pytest.mark.parametrize("number", range(7))
def test_nothing_is_done_in_it_until_it_is_back(draft, citation, editor, moderator, number):
    discard(draft, editor)
    event, cited = fresh(draft), fresh(citation)
    attempt = list(of_a_discarded(event, cited, editor, moderator))[number]

    with pytest.raises(Refused, match="was discarded: bring it back first"):
        attempt()
    assert (fresh(draft).headline, fresh(citation).state) == ("A bridge is closed", "pending")

    keeping.bring_back(draft, by=editor, seen=1)
    attempt()


@pytest.mark.parametrize("verb", ["publish", "submit"])
def test_it_is_neither_published_nor_submitted(draft, editor, moderator, verb):
    approve_all(draft, moderator)
    discard(draft, editor)

    with pytest.raises(Refused, match="it is discarded"):
        getattr(publishing, verb)(draft, by=editor, seen=1)


def test_an_import_makes_a_discarded_draft_again(story, editor):
    first = import_digest(read(story), story, FROM, by=editor)
    discard(first.drafts[0], editor)

    again = import_digest(read(story), story, FROM, by=editor)

    assert [event.headline for event in again.drafts] == [first.drafts[0].headline]
    assert again.were_there == len(first.drafts) - 1


def test_an_event_that_is_cited_cannot_be_deleted_whatever_was_decided(day, kind, source, editor):
    event = make_event(editor, day, kind)
    Citation.objects.bulk_create(
        [Citation(event=event, source=source, quote="So it was.", submitted_by=editor, changed_by=editor)]
    )

    with pytest.raises(ProtectedError):
        event.delete()


def test_its_author_takes_a_pending_citation_back_and_submits_it_again(draft, citation, editor, moderator):
    take_back(citation, editor, "Another source is better.")

    assert (fresh(citation).state, last(citation).note) == ("taken_back", "Another source is better.")
    with pytest.raises(Refused, match="You cannot approve this: it is taken back"):
        moderation.approve(citation, by=moderator, seen=1)

    keeping.submit_again(citation, by=editor, seen=1)

    assert (fresh(citation).state, fresh(citation).version) == ("pending", 2)
    assert [row.verb for row in citation.decisions.all()] == ["submit", "take back", "submit"]
    moderation.approve(citation, by=moderator, seen=2)


def test_one_that_was_taken_back_counts_nowhere(draft, citation, editor):
    take_back(citation, editor)

    with pytest.raises(Refused, match="Add a citation first"):
        publishing.submit(draft, by=editor, seen=1)
    with pytest.raises(Refused, match=r"It has 0 approved, 0 pending and 0 rejected\."):
        publish(draft, editor)


def test_nobody_else_takes_it_back_submits_it_again_or_changes_it_meanwhile(
    citation, editor, other_editor, admin_person
):
    for person in (other_editor, admin_person):
        with pytest.raises(Refused, match="only editor, who submitted it, may"):
            take_back(citation, person)
    take_back(citation, editor)
    changed = fresh(citation)
    changed.quote = "Words of somebody else."

    with pytest.raises(Refused, match="only editor, who submitted it, may"):
        keeping.submit_again(citation, by=other_editor, seen=1)
    with pytest.raises(Refused, match="You may not change this: only editor"):
        writing.save_citation(changed, by=other_editor, seen=1)
    assert writing.save_citation(changed, by=editor, seen=1).state == "pending"


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_what_was_decided_on_is_not_taken_back(citation, editor, moderator, decision):
    more = {"code": "inexact", "words": "No."} if decision == "reject" else {}
    getattr(moderation, decision)(citation, by=moderator, seen=1, **more)

    with pytest.raises(Refused, match="You cannot take this back: it is"):
        take_back(citation, editor)


def test_nor_a_change_of_what_readers_see(published, editor):
    citation = published.citations.get()
    citation.quote = "Other words."
    writing.save_citation(citation, by=editor, seen=1)

    with pytest.raises(Refused, match="Readers see what was approved of this citation"):
        take_back(citation, editor)


@pytest.fixture
def material(db, media_folder):
    return MaterialFactory()


def put_away(material, by):
    keeping.discard_material(material, by=by, seen=fresh(material).version, words="Blurred.")


def test_whoever_uploaded_a_medium_discards_it_and_brings_it_back(material, editor, moderator):
    put_away(material, editor)

    assert (fresh(material).state, last(material).note) == ("discarded", "Blurred.")
    with pytest.raises(Refused, match="it is discarded"):
        materials.approve(material, by=moderator, seen=2)
    with pytest.raises(Refused, match="You cannot change this medium: it is discarded"):
        materials.change(material, by=editor, seen=2, caption="Another")
    with pytest.raises(Refused, match="readers never saw it"):
        materials.take_down(material, by=editor, reason="Asked for.")

    keeping.bring_back_material(material, by=editor, seen=2)

    materials.approve(material, by=moderator, seen=2)
    assert fresh(material).state == "approved"


def test_the_same_bytes_bring_it_back_and_make_whoever_sends_them_an_author(
    story, editor, both, media_folder
):
    def send(by):
        return materials.add(story, upload(saved(scene(64, 40)), "bridge.jpg"), by=by)

    material = send(editor)
    keeping.discard_material(material, by=editor, seen=1)

    assert send(both) == material

    assert (fresh(material).state, Material.objects.count()) == ("pending", 1)
    assert materials.authors_of(material) == {editor.pk, both.pk}


def test_only_what_is_pending_and_never_approved_and_shown_nowhere(
    material, editor, other_editor, admin_person, moderator, draft
):
    for person in (other_editor, admin_person):
        with pytest.raises(Refused, match="only editor, who uploaded it, may"):
            put_away(material, person)
    show(draft, material)
    with pytest.raises(Refused, match="An event shows this medium"):
        put_away(material, editor)
    show(draft)
    materials.approve(material, by=moderator, seen=2)
    with pytest.raises(Refused, match="You cannot discard this: it is approved"):
        put_away(material, editor)
    materials.reopen(material, by=moderator, seen=2)

    with pytest.raises(Refused, match="was approved before"):
        put_away(material, editor)


def test_an_event_does_not_begin_to_show_what_was_discarded(material, editor, draft):
    put_away(material, editor)

    with pytest.raises(Refused, match="was discarded: bring it back first"):
        show(draft, material)
    assert not Use.objects.exists()


def test_nobody_takes_it_down_when_a_consent_is_over(material, editor):
    Material.objects.update(consent="withdrawn")
    put_away(material, editor)

    assert ended(timezone.now()) == []
    keeping.bring_back_material(material, by=editor, seen=2)
    assert ended(timezone.now()) == [material.pk]


def test_no_decision_is_gone_after_all_that(draft, citation, editor, moderator):
    moderation.reject(citation, by=moderator, seen=1, code="inexact", words="No.")
    discard(draft, editor)
    keeping.bring_back(draft, by=editor, seen=1)

    verbs = list(Decision.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["open", "submit", "reject", "discard", "bring back"]
    assert Event.objects.get().citations.get().state == "rejected"
